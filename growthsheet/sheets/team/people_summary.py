"""The rows of people on the Overview of a team, calculated from their rows of the tab Reviews."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from growthsheet.analysis.responses import Response
from growthsheet.analysis.standings import role_readiness
from growthsheet.measures import progress, ratings, responses, team
from growthsheet.sheets.team.reviews import on_reviews, returning
from growthsheet.text.labels import IN_CHARTS, unique_labels
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.tables import Column, Table, TableData, calculated_column, data_column, keyed_table


def _answered(source: str, header: str, note: str) -> tuple[Column, Column]:
    """Return how much is answered, in words and, hidden, as a number."""
    name = f"{source}_answered"
    read: dict[str, Any] = {"whose": on_reviews("who"), "answers": on_reviews(name)}
    return (
        calculated_column(responses.answered_of, header, "count", name=f"{name}_of", answered_count=name, note=note),
        calculated_column(team.answered_by_person, name=name, hidden=True, **read),
    )


@lru_cache(maxsize=2)
def people_table(returning: bool) -> Table:
    """Return the table of people; ``returning`` is true if somebody took part in an earlier cycle."""
    change = calculated_column(
        progress.points_since,
        "Since last cycle",
        "change",
        now="readiness",
        then="readiness_then",
        note=(
            "How much readiness changed since the last cycle, in percentage points. The last cycle is measured by what"
            " the role expects today, so it may differ from what was shown then."
        ),
    )
    whose: dict[str, Any] = {"whose": on_reviews("who")}
    gaps: dict[str, Any] = {**whose, "gaps": on_reviews("gap")}
    priorities: dict[str, Any] = {**whose, "priorities": on_reviews("priority")}
    worth: dict[str, Any] = {**gaps, "weighted_expectations": on_reviews("weighted_expectation")}
    answers: dict[str, Any] = {**worth, "skills": on_reviews("skill"), "agreeds": on_reviews("agreed")}
    return keyed_table(
        "people",
        data_column("name", "Name", "activity"),
        data_column("role", "Role", "person"),
        calculated_column(ratings.readiness_of, "Readiness", "bar", name="readiness", note=ratings.readiness.words),
        calculated_column(team.gaps_of_person, "Gaps", "count", name="gap_count", **gaps),
        calculated_column(ratings.completeness, "Complete", "complete_line"),
        calculated_column(
            team.largest_gap,
            "Highest priority",
            "point_line",
            priorities=on_reviews("priority_of_person"),
            activities=on_reviews("activity"),
        ),
        *_answered("self", "Answered", "How many of the expected activities the person has answered."),
        *_answered("manager", "By you", "How many of them you have answered about, on the tab Reviews."),
        *((change,) if returning else ()),
        calculated_column(team.rated_by_person, name="rated_count", hidden=True, **gaps),
        calculated_column(responses.wholly_rated, hidden=True, answered_count="manager_answered"),
        calculated_column(team.not_applicable_by_person, name="not_applicable", hidden=True, **answers),
        calculated_column(ratings.many_not_applicable, hidden=True),
        calculated_column(team.short_of_person, name="short", hidden=True, **priorities),
        calculated_column(team.rated_expectation, name="weighted_expectation", hidden=True, **worth),
        calculated_column(team.bar_label, hidden=True, answered_count="self_answered"),
        calculated_column(team.sort_key, hidden=True, value="readiness"),
        calculated_column(team.worst_first, hidden=True, sort_keys="sort_key", numbers="number"),
        hidden=("expected_count", "who", "number", "waiting", "label", *(("readiness_then",) if returning else ())),
        lines=2,
    )


def person_rows(view: TeamView, states: Sequence[Response]) -> TableData:
    """Return a row for each person; ``states`` are theirs."""
    code, names = view.codes, unique_labels({m.person.id: m.person.name for m in view.present}, IN_CHARTS)
    rows = [
        {"key": f"k:{id}", "name": m.person.name, "label": names[id], "role": m.role.name, "who": code[id], "number": n}
        | {"expected_count": state.expected, "readiness_then": _readiness_then(view, m)}
        | {"waiting": int(state.state == "unconfirmed")}
        for n, (m, state) in enumerate(zip(view.present, states, strict=True), 1)
        for id in (m.person.id,)
    ]
    return TableData(people_table(returning(view)), rows)


def _readiness_then(view: TeamView, member: Member) -> Any:
    if not member.history:
        return None
    last = member.history[-1]
    return role_readiness(view.context.in_cycle(last.unanswered), member.role, last.ratings)["readiness"]
