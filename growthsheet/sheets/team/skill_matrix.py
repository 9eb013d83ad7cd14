"""Skill matrix: activities by people; the manager's and the agreed ratings are typed here, the rest is calculated.

It is calculated in hidden columns of the same rows, which move along when the table is sorted; the other tabs find
their rows by id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from growthsheet.measures import budget, team
from growthsheet.measures import ratings as m
from growthsheet.model import Activity
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.scales import offered, points
from growthsheet.workbook.tables import (
    Column,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    hidden,
    input_column,
)
from growthsheet.xlsx.markers import PEOPLE, VOTES

SKILL_MATRIX = "Skill matrix"
NAME = "matrix"


BLOCKS = ("self", "manager", "agreed")


def on_matrix(column: str) -> Ref:
    """Return a column of the matrix."""
    return Ref(NAME, column)


@lru_cache(maxsize=64)
def table(
    people: tuple[tuple[str, str], ...], found: tuple[str, str, str, str], last: tuple[tuple[str, str], ...]
) -> Table:
    """Return the table for (code, label) of each member.

    ``found`` are the words for self, manager, agreed and last time; ``last`` is the label and date of the cycle before
    by the code of each member who took part in one.
    """
    own, managers, agreed, before = found
    days = dict(last)
    used = m.used_where_expected
    choices: dict[str, Any] = {"choices": offered("skill")}

    def each(make: Any) -> Iterator[Column]:
        return (make(code, label) for code, label in people)

    return Table(
        NAME,
        (
            data_column("key"),
            data_column("area", "Area", "area"),
            data_column("activity", "Activity", "name"),
            *each(lambda code, label: data_column("self", f"{label}: {own}", "vote", of=code)),
            *(
                data_column("then", f"{label}: {before} ({days[code]})", "vote", of=code)
                for code, label in people
                if code in days
            ),
            *each(lambda code, label: input_column("manager", f"{label}: {managers}", "vote", of=code, **choices)),
            *each(lambda code, label: input_column("agreed", f"{label}: {agreed}", "vote", of=code, **choices)),
            hidden(data_column("order", "Order", "whole")),
            hidden(data_column("area_key")),
            hidden(data_column("top_importance", "Importance", "importance")),
            hidden(data_column("needed", "Needed", "count")),
            hidden(data_column("expected_people", "People", "count")),
            *each(lambda code, label: hidden(data_column("expected", f"{label}: expected", "level", of=code))),
            *each(lambda code, label: hidden(data_column("importance", f"{label}: importance", "level", of=code))),
            *each(lambda code, label: hidden(data_column("weighted_expectation", f"{label}: worth", "level", of=code))),
            *each(
                lambda code, label: calculated_column(
                    used, f"{label}: used", name="used", of=code, hidden=True, skill="self", **points(used)
                )
            ),
            *each(lambda code, label: calculated_column(m.gap, f"{label}: gap", of=code, hidden=True)),
            *each(lambda code, label: calculated_column(m.priority, f"{label}: priority", of=code, hidden=True)),
            *(_since(people, days) if days else ()),
            calculated_column(team.rated_people, hidden=True, people="used"),
            calculated_column(team.covered, hidden=True, people="used"),
            calculated_column(team.working, hidden=True, people="used"),
            calculated_column(team.team_level, hidden=True, people="used"),
            calculated_column(team.flag, hidden=True),
            calculated_column(team.people_short, hidden=True, gaps="gap"),
            calculated_column(team.total_gap, hidden=True, gaps="gap"),
            calculated_column(team.team_rank, hidden=True, total_gaps="total_gap", orders="order"),
        ),
    )


def _since(people: tuple[tuple[str, str], ...], days: Mapping[str, str]) -> Iterator[Column]:
    """Yield the columns with the outcome of each member's gap of the last cycle, and what it is worked out from."""
    read: dict[str, Any] = {
        "who": "code",
        "whose": Ref("lines", "person_code"),
        "activities": Ref("lines", "activity_choice"),
        "amounts": Ref("lines", "counted"),
    }
    yield from (hidden(data_column("code", f"{label}: code", of=code)) for code, label in people)
    yield from (
        hidden(data_column("then", f"{label}: then", "level", of=code)) for code, label in people if code not in days
    )
    yield from (hidden(data_column("paid", f"{label}: paid", "whole", of=code)) for code, label in people)
    yield from (
        calculated_column(budget.outcome, f"{label}: outcome", of=code, hidden=True, **read) for code, label in people
    )


def returning(view: TeamView) -> bool:
    """Return whether a member of the team took part in an earlier cycle."""
    return any(member.history for member in view.present)


def labelled_members(view: TeamView) -> tuple[tuple[str, str], ...]:
    """Return (code, label) of each present member."""
    code = view.codes
    return tuple((code[member.person.id], view.headers[member.person.id]) for member in view.present)


def columns(view: TeamView) -> Table:
    """Return the matrix table of this team."""
    translate, code = view.context.translate, view.codes
    own, managers, agreed, before = map(translate, ("self", "manager", "agreed", "last time"))
    last = tuple((code[m.person.id], m.history[-1].dated) for m in view.present if m.history)
    return table(labelled_members(view), (own, managers, agreed, before), last)


def skill_matrix(view: TeamView) -> Sheet:
    """Return the tab."""
    translate, code = view.context.translate, view.codes
    ids = {f"{block}@{code[m.person.id]}": f"k:{m.person.id}" for m in view.present for block in BLOCKS}
    votes = {column: column.partition("@")[0] for column in ids}
    shown = columns(view).columns
    who = Table("matrix_people", tuple(column for column in shown if not column.hidden or column.name == "key"))
    return Sheet(
        SKILL_MATRIX,
        translate("Type your own and the agreed ratings; an agreed one counts first. Gap map and Coverage follow."),
        (
            TableData(who, [{"key": PEOPLE, **ids}, {"key": VOTES, **votes}], hidden=True),
            TableData(
                columns(view), [_row(view, activity, n) for n, activity in enumerate(view.activities.values(), 1)]
            ),
        ),
        title=f"{translate(SKILL_MATRIX)}: {view.called}",
        main=NAME,
        freeze="activity",
        colour="fill",
    )


def _row(view: TeamView, activity: Activity, order: int) -> dict[str, Any]:
    context, code = view.context, view.codes
    row: dict[str, Any] = {
        "key": f"k:{activity.id}",
        "area": context.catalog.area_by_id[activity.area].name,
        "area_key": f"a:{activity.area}",
        "activity": activity.name,
        "order": order,
    }
    expecting = [member for member in view.present if activity.id in context.expected(member.role)]
    for member in view.present:
        row |= _said(member, activity.id, code[member.person.id])
    for member in expecting:
        of = code[member.person.id]
        row[f"expected@{of}"] = member.role.expected[activity.id]
        row[f"importance@{of}"] = context.catalog.importance(member.role, activity)
        row[f"weighted_expectation@{of}"] = context.weighted_expectation(member.role, activity)
        if member.history:
            row |= {f"code@{of}": of, f"then@{of}": member.history[-1].used(activity.id, context.catalog)}
            row[f"paid@{of}"] = 1 if activity.id in member.paid else None
    top = max(context.catalog.importance(member.role, activity) for member in expecting)
    needed = team.needed.function(top_importance=top, expected_people=len(expecting))
    return row | {"top_importance": top, "needed": needed, "expected_people": len(expecting)}


def _said(member: Member, activity: str, of: str) -> dict[str, Any]:
    found = {"self": member.ratings.own, "manager": member.ratings.manager, "agreed": member.ratings.agreed}
    return {f"{block}@{of}": ratings[activity].skill for block, ratings in found.items() if activity in ratings}
