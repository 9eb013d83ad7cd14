"""Where people stand: the numbers of the workbook for one person's ratings, in Python.

The very measures that the tabs show as formulas are read here as values; snapshots and tables for notebooks are made
from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from growthsheet.analysis.survey import reader
from growthsheet.measures import career, coaching, ratings
from growthsheet.model import Activity, Rating, Role
from growthsheet.views.context import Occasion, Said
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Book, Facts, Sheet
from growthsheet.workbook.scales import POINTS, scale_rows, threshold_facts
from growthsheet.workbook.tables import Rows, Table, given, measured
from growthsheet.workbook.values import Values

_SKILL = {"skill_points": POINTS["skill_points"]}
_INTEREST = {"interest_points": POINTS["interest_points"]}

TABLE = Table(
    "standing",
    (
        given("key"),
        *(given(name) for name in ("order", "expected", "importance")),
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

COUNTED = ("readiness", "completeness", "met", "one_short", "more_short", "not_rated")
"""The numbers of a person for a role."""


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
    asked, order, facts = _asked(occasion, role), occasion.order(role), Facts(threshold_facts(occasion.catalog))
    rows = [{"order": order[id], **asked.get(id, {}), **_said(id, said)} for id in activities]
    return Book(TABLE.name, "", (Sheet("", "", (Rows(TABLE, rows), facts, *scale_rows(occasion.catalog))),), {})


def _asked(occasion: Occasion, role: Role) -> dict[str, dict[str, Any]]:
    """What a role asks of each activity that it expects."""
    key = (_asked, role.id)
    if key not in occasion.made:
        occasion.made[key] = {
            activity.id: {
                "expected": role.expected[activity.id],
                "importance": occasion.catalog.importance(role, activity),
                "worth": occasion.worth(role, activity),
            }
            for activity in occasion.expected(role).values()
        }
    asked: dict[str, dict[str, Any]] = occasion.made[key]
    return asked


def _said(activity: str, said: Said) -> dict[str, Any]:
    own = said.own.get(activity)
    return {
        "skill": own.skill if own else None,
        "experience": own.experience if own else None,
        "interest": own.interest if own else None,
        "manager": _skill(said.manager, activity),
        "agreed": _skill(said.agreed, activity),
    }


# -- ready for a role ------------------------------------------------------------------------------------------------


def readiness(occasion: Occasion, role: Role, said: Said) -> dict[str, Any]:
    """How ready somebody is for a role, with its completeness and how many activities are met, short and not rated."""
    used, gap, priority = _readers(occasion)
    asked = _asked(occasion, role)
    skills = zip(*([_skill(ratings, id) for id in asked] for ratings in (said.agreed, said.own)), strict=True)
    gaps = [gap(at["expected"], used(*each)) for at, each in zip(asked.values(), skills, strict=True)]
    cells: dict[str, Any] = {
        "gaps": gaps,
        "priorities": [priority(at["importance"], short) for at, short in zip(asked.values(), gaps, strict=True)],
        "worths": [at["worth"] for at in asked.values()],
        "expected_count": len(asked),
        "role_count": len(asked),
    }
    for measure in _COUNTS:
        cells[measure.name] = measure.function(**{p.name: cells[p.name] for p in measure.parameters})
    return {name: cells[name] for name in COUNTED}


def _skill(ratings: Mapping[str, Rating], activity: str) -> Any:
    rating = ratings.get(activity)
    return rating.skill if rating else None


def _readers(occasion: Occasion) -> tuple[Callable[..., Any], ...]:
    """Used, gap and priority as functions that remember what they gave."""
    if _readers not in occasion.made:
        occasion.made[_readers] = (
            reader(ratings.used, "agreed", "skill", skill_points=occasion.catalog.scale("skill").values),
            reader(ratings.gap, "expected", "used"),
            reader(ratings.priority, "importance", "gap"),
        )
    readers: tuple[Callable[..., Any], ...] = occasion.made[_readers]
    return readers


_COUNTS = (
    ratings.rated_count,
    ratings.completeness,
    ratings.readiness,
    career.met,
    career.one_short,
    career.more_short,
    career.not_rated,
)
"""In an order in which each finds what it reads."""
