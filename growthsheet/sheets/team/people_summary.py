"""The rows of people on the Overview of a team, calculated from their columns of the skill matrix."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from growthsheet.analysis.standings import role_readiness
from growthsheet.expr import Measure
from growthsheet.measures import lookups, progress, ratings, responses, team
from growthsheet.measures import overview as summary
from growthsheet.sheets.team.skill_matrix import labelled_members, on_matrix, returning
from growthsheet.text.labels import IN_TITLES, unique_labels
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.tables import (
    Column,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    hidden,
)


def each_person(view: TeamView) -> Table:
    """Return a table of one row, with a column for each person, calculated from the person's columns of the matrix."""
    worth = {"weighted_expectations": on_matrix("weighted_expectation"), "gaps": on_matrix("gap")}
    read: dict[str, Any] = {"priorities": on_matrix("priority"), **worth}
    answers: dict[str, Any] = {"skills": on_matrix("self"), "agreeds": on_matrix("agreed"), **worth}
    named = labelled_members(view)
    return Table(
        "each",
        (
            data_column("key"),
            *(data_column("who", label, of=code) for code, label in named),
            *(data_column("expected_count", label, "count", of=code) for code, label in named),
            *(
                calculated_column(
                    responses.answered_count,
                    label,
                    name=f"{source}_answered",
                    of=code,
                    ratings=on_matrix(source),
                    expected_here=on_matrix("weighted_expectation"),
                )
                for source in ("self", "manager")
                for code, label in named
            ),
            *(calculated_column(ratings.rated_count, label, of=code, gaps=on_matrix("gap")) for code, label in named),
            *(calculated_column(ratings.not_applicable, label, of=code, **answers) for code, label in named),
            *(calculated_column(ratings.completeness, label, of=code) for code, label in named),
            *(calculated_column(ratings.readiness, label, of=code, **read) for code, label in named),
            *(calculated_column(team.gap_count, label, of=code, gaps=on_matrix("gap")) for code, label in named),
            *(
                calculated_column(
                    team.largest_gap, label, of=code, priorities=on_matrix("priority"), activities=on_matrix("activity")
                )
                for code, label in named
            ),
        ),
    )


def each_person_rows(view: TeamView) -> TableData:
    """Return that row."""
    code = view.codes
    row: dict[str, object] = {"key": "k:each"}
    for member in view.present:
        of = code[member.person.id]
        row |= {f"who@{of}": of, f"expected_count@{of}": len(view.context.expected(member.role))}
    return TableData(each_person(view), [row])


def _of_each(name: str) -> Ref:
    return Ref("each", name)


def _answered(source: str, header: str, note: str) -> tuple[Column, Column]:
    """Return how much is answered, in words and, hidden, as a number."""
    name = f"{source}_answered"
    return (
        calculated_column(responses.answered_of, header, "count", name=f"{name}_of", answered_count=name, note=note),
        calculated_column(lookups.found_across, name=name, row=_of_each(name), hidden=True),
    )


def _of_person(measure: Measure, header: str, style: str) -> Column:
    """Return a column that shows the person's value in that row."""
    name = measure.name
    return calculated_column(lookups.found_across, header, style, name=name, row=_of_each(name), note=measure.words)


@lru_cache(maxsize=2)
def people_table(returning: bool) -> Table:
    """Return the table of people; ``returning`` is true if somebody took part in an earlier cycle."""
    change = calculated_column(
        progress.change,
        "Since last cycle",
        "points",
        now="readiness",
        then="readiness_then",
        note="How much readiness changed since the last cycle, in points of a hundred.",
    )
    then = hidden(data_column("readiness_then", "", "percent"))
    return Table(
        "people",
        (
            data_column("key"),
            data_column("name", "Name", "name"),
            data_column("role", "Role", "name"),
            *_answered("self", "Answered", "How many of the expected activities the person has answered."),
            *_answered("manager", "By you", "About how many of them you have answered, on the tab Skill matrix."),
            _of_person(ratings.expected_count, "Expected", "count"),
            _of_person(ratings.rated_count, "Rated", "tally"),
            _of_person(ratings.completeness, "Complete", "complete"),
            _of_person(ratings.readiness, "Readiness", "percent"),
            *((change, then) if returning else ()),
            _of_person(team.gap_count, "Gaps", "count"),
            calculated_column(
                lookups.found_text_across,
                "Highest priority",
                "long",
                name="largest_gap",
                row=_of_each("largest_gap"),
                note=team.largest_gap.words,
            ),
            data_column("who", hidden=True),
            calculated_column(lookups.across_at, name="at", key="who", keys=_of_each("who"), hidden=True),
            calculated_column(summary.plotted, name="plot", value="readiness", hidden=True),
            hidden(data_column("short")),
        ),
        lines=2,
    )


def person_rows(view: TeamView) -> TableData:
    """Return a row for each person."""
    code, names = view.codes, unique_labels({m.person.id: m.person.name for m in view.present}, IN_TITLES)
    rows = [
        {"key": f"k:{id}", "name": m.person.name, "short": names[id], "role": m.role.name, "who": code[id]}
        | {"readiness_then": _readiness_then(view, m)}
        for m in view.present
        for id in (m.person.id,)
    ]
    return TableData(people_table(returning(view)), rows)


def _readiness_then(view: TeamView, member: Member) -> Any:
    if not member.history:
        return None
    return role_readiness(view.context, member.role, member.history[-1].ratings)["readiness"]
