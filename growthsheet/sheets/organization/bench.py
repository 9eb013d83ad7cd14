"""Bench: for each role, the number of possible successors and those who are most ready."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from growthsheet.analysis.succession import Succession
from growthsheet.analysis.survey import Survey
from growthsheet.measures import ratings
from growthsheet.sheets.person.career import PATH_NOTE, PATHS
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.text.labels import unique_labels
from growthsheet.workbook.blocks import Heading, Sheet
from growthsheet.workbook.tables import TableData, data_column, keyed_table

BENCH = "Bench"
READY = {
    "ready_90": ("90% ready", "How many of them reach 90% or more of what it expects.", 0.9),
    "ready_75": ("75% ready", "How many of them reach 75% or more of what it expects.", 0.75),
}

BENCH_ROLES = keyed_table(
    "bench_roles",
    data_column("role", "Role", "name"),
    data_column("holders", "People in it", "tally", note="How many people hold the role."),
    data_column("path", "Path", "person", note=PATH_NOTE),
    data_column("candidates", "May come next", "tally", note="How many people have it as a next role, or aim for it."),
    data_column("rated", "Rated enough", "tally", note="How many of them have rated 80% or more of what it expects."),
    *(data_column(name, header, "count", note=note) for name, (header, note, _) in READY.items()),
)
NEAREST_PEOPLE = keyed_table(
    "bench_nearest",
    data_column("role", "Role", "name"),
    data_column("place", "Rank", "count"),
    data_column("person", "Person", "person"),
    data_column("team", "Team", "person"),
    data_column("readiness", "Readiness", "percent", note=ratings.readiness.words),
    data_column("completeness", "Complete", "percent", note=ratings.completeness.words),
)


def organization_bench(survey: Survey, found: Sequence[Succession]) -> Sheet:
    """Return the tab."""
    translate = survey.view.context.translate
    purpose = "Who is close to which next role: for conversations, not a checklist for promotion."
    return Sheet(
        BENCH,
        dated(survey.view.context, purpose),
        (
            Heading(translate("Role by role")),
            TableData(BENCH_ROLES, [_role(survey, each) for each in found]),
            Heading(translate("The ten people closest to each role")),
            rows_or(
                NEAREST_PEOPLE,
                list(_nearest(survey, found)),
                translate("Nobody has rated 80% of a role that may come next."),
            ),
        ),
        main="bench_nearest",
        freeze="role",
    )


def _role(survey: Survey, found: Succession) -> dict[str, Any]:
    return {
        "key": f"k:{found.role.id}",
        "role": found.role.name,
        "path": survey.view.context.translate(PATHS[found.role.path]),
        "holders": found.holders,
        "candidates": len(found.candidates),
        "rated": found.rated,
        **{name: found.ready(least) if found.rated else None for name, (_, _, least) in READY.items()},
    }


def _nearest(survey: Survey, found: Sequence[Succession]) -> Iterator[dict[str, Any]]:
    teams, people = survey.view.teams, (person for each in found for person, _, _ in each.nearest)
    names = unique_labels({person.id: person.name for person in people})
    for each in found:
        for place, (person, readiness, completeness) in enumerate(each.nearest, 1):
            yield {
                "key": f"k:{each.role.id}:{person.id}",
                "role": each.role.name,
                "place": place,
                "person": names[person.id],
                "team": teams.get(person.manager) or teams[""],
                "readiness": readiness,
                "completeness": completeness,
            }
