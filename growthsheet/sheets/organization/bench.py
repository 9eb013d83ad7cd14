"""Bench: for each role, how many people may come next and who is nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from growthsheet.analysis.succession import Succession
from growthsheet.analysis.survey import Survey
from growthsheet.measures import ratings
from growthsheet.sheets.person.career import PATHS
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.workbook.blocks import Heading, Sheet
from growthsheet.workbook.tables import Rows, Table, given

BENCH = "Bench"
READY = {
    "ready_90": ("90 % ready", "How many of them reach 90 % of what it expects, or more.", 0.9),
    "ready_75": ("75 % ready", "How many of them reach 75 % of what it expects, or more.", 0.75),
}

ROLES = Table(
    "bench_roles",
    (
        given("key"),
        given("role", "Role", "name"),
        given("path", "Path", "key", note="Product: grow in the work. People: grow others."),
        given("holders", "People in it", "tally", note="How many people hold the role."),
        given("candidates", "May come next", "tally", note="How many have it as a next role, or aim at it."),
        given("rated", "Rated enough", "tally", note="How many of them have rated 80 % or more of what it expects."),
        *(given(name, header, "count", note=note) for name, (header, note, _) in READY.items()),
    ),
)
NEAREST = Table(
    "bench_nearest",
    (
        given("key"),
        given("role", "Role", "name"),
        given("place", "Place", "rank"),
        given("person", "Person", "person"),
        given("team", "Team", "person"),
        given("readiness", "Readiness", "percent", note=ratings.readiness.words),
        given("completeness", "Complete", "percent", note=ratings.completeness.words),
    ),
)


def bench(survey: Survey, found: Sequence[Succession]) -> Sheet:
    """The tab."""
    say = survey.view.occasion.say
    purpose = "Who is near which next role: a help for talks, not a checklist for promotion."
    return Sheet(
        BENCH,
        dated(survey.view.occasion, purpose),
        (
            Heading(say("Role by role")),
            Rows(ROLES, [_role(survey, each) for each in found]),
            Heading(say("The ten nearest to each role")),
            rows_or(NEAREST, list(_nearest(survey, found)), say("Nobody has rated 80 % of a role that may come next.")),
        ),
        main="bench_nearest",
        freeze="role",
    )


def _role(survey: Survey, found: Succession) -> dict[str, Any]:
    return {
        "key": f"k:{found.role.id}",
        "role": found.role.name,
        "path": survey.view.occasion.say(PATHS[found.role.path]),
        "holders": found.holders,
        "candidates": len(found.candidates),
        "rated": found.rated,
        **{name: found.ready(least) if found.rated else None for name, (_, _, least) in READY.items()},
    }


def _nearest(survey: Survey, found: Sequence[Succession]) -> Iterator[dict[str, Any]]:
    teams = survey.view.teams
    for each in found:
        for place, (person, readiness, completeness) in enumerate(each.nearest, 1):
            yield {
                "key": f"k:{each.role.id}:{person.id}",
                "role": each.role.name,
                "place": place,
                "person": person.name,
                "team": teams.get(person.manager) or teams[""],
                "readiness": readiness,
                "completeness": completeness,
            }
