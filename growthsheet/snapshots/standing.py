"""Where people stand: the numbers of the workbook for one person's ratings, in Python.

The very measures that the tabs show as formulas are read here as values; snapshots and tables for notebooks are made
from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..blocks import Book, Facts, Sheet
from ..measures import career, coaching, ratings
from ..model import Activity, Role
from ..sheets.lists import POINTS, scale_rows, threshold_facts
from ..tables import Rows, Table, given, measured, worked_out
from ..values import Values
from ..views import Member, Occasion, Said, TeamView

_SKILL = {"skill_points": POINTS["skill_points"]}
_INTEREST = {"interest_points": POINTS["interest_points"]}

TABLE = Table(
    "standing",
    (
        given("key"),
        *(given(name) for name in ("expected", "expected_here", "importance", "order", "worth")),
        *(given(name) for name in ("skill", "experience", "interest", "manager", "agreed")),
        measured(ratings.used, **_SKILL),
        measured(ratings.gap),
        measured(ratings.priority),
        measured(ratings.wish, **_INTEREST),
        measured(ratings.rank, priorities="priority", wishes="wish", gaps="gap", orders="order"),
        measured(ratings.route, experience_points=POINTS["experience_points"], **_INTEREST),
        measured(coaching.keenness, **_INTEREST),
        measured(coaching.apart, **_SKILL),
        measured(coaching.strength),
    ),
)

_GAPS: dict[str, Any] = {"gaps": TABLE["gap"]}
COUNTED = ("readiness", "completeness", "met", "one_short", "more_short", "not_rated")
"""The numbers of a person for a role."""

COUNTS = (
    worked_out(ratings.expected_count, "Expected", expected_here=TABLE["expected_here"]),
    worked_out(ratings.rated_count, "Rated", **_GAPS),
    worked_out(ratings.completeness, "Complete"),
    worked_out(ratings.readiness, "Readiness", priorities=TABLE["priority"], worths=TABLE["worth"], **_GAPS),
    worked_out(career.met, "Met", **_GAPS),
    worked_out(career.one_short, "One short", **_GAPS),
    worked_out(career.more_short, "More short", **_GAPS),
    worked_out(career.not_rated, "Not rated", role_count="expected_count"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one person stands in one activity; None where the workbook shows nothing."""

    activity: Activity
    order: int
    expected: float | None
    skill: float | str | None
    manager: float | str | None
    used: float | None
    gap: float | None
    rank: int | None
    route: str | None
    keenness: float | None
    apart: float | None
    strength: int | None


Stood = Mapping[str, Mapping[str, Standing]]
"""By person id and activity id, where everybody of a team stands."""


def standings(view: TeamView) -> Stood:
    """Where each member of a team stands in each activity of the team; what a role does not expect has no gap."""
    return {member.person.id: _standings(view, member) for member in view.present}


def _standings(view: TeamView, member: Member) -> dict[str, Standing]:
    values = _values(view.occasion, member.role, member.said, view.activities)
    activities = view.activities.values()
    columns = [values.column(TABLE.name, name) for name in Standing.__dataclass_fields__ if name != "activity"]
    return {cells[0].id: Standing(*cells) for cells in zip(activities, *columns, strict=True)}


def readiness(occasion: Occasion, role: Role, said: Said) -> dict[str, Any]:
    """How ready somebody is for a role, with its completeness and how many activities are met, short and not rated."""
    values = _values(occasion, role, said, occasion.expected(role))
    return {name: values.fact(name) for name in COUNTED}


def _values(occasion: Occasion, role: Role, said: Said, activities: Iterable[str]) -> Values:
    """One person's ratings against one role, as measures read them."""
    made = occasion.made
    if _values not in made:  # what measures read is found once for everybody
        made[_values] = Values(_book(occasion, role, Said(), occasion.expected(role))).of_others(_OWN)
    of_others: Callable[[Book], Values] = made[_values]
    return of_others(_book(occasion, role, said, activities))


_OWN = frozenset((TABLE.name, column.key) for column in TABLE.columns)


def _book(occasion: Occasion, role: Role, said: Said, activities: Iterable[str]) -> Book:
    """One person's ratings against one role; it is never written."""
    made, key = occasion.made, (_book, role.id)
    if key not in made:
        facts = Facts((*threshold_facts(occasion.catalog), *COUNTS))
        made[key] = _asked(occasion, role), (facts, *scale_rows(occasion.catalog))
    asked, others = made[key]
    rows = Rows(TABLE, [asked[activity] | _said(activity, said) for activity in activities])
    return Book(TABLE.name, "", (Sheet("", "", (rows, *others)),), {})


def _asked(occasion: Occasion, role: Role) -> dict[str, dict[str, Any]]:
    """What a role asks of each activity."""
    expected, order = occasion.expected(role), occasion.order(role)
    return {
        activity.id: {"key": f"k:{activity.id}", "order": order[activity.id]}
        | (_expected(occasion, role, activity) if activity.id in expected else {})
        for activity in occasion.catalog.current
    }


def _said(activity: str, said: Said) -> dict[str, Any]:
    own, manager, agreed = (ratings.get(activity) for ratings in (said.own, said.manager, said.agreed))
    return {
        "skill": own.skill if own else None,
        "experience": own.experience if own else None,
        "interest": own.interest if own else None,
        "manager": manager.skill if manager else None,
        "agreed": agreed.skill if agreed else None,
    }


def _expected(occasion: Occasion, role: Role, activity: Activity) -> dict[str, Any]:
    return {
        "expected": role.expected[activity.id],
        "expected_here": 1,
        "importance": occasion.catalog.importance(role, activity),
        "worth": occasion.worth(role, activity),
    }
