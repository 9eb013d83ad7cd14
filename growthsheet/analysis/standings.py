"""Where people stand: the numbers of the workbook for one person's ratings, in Python.

The very measures that the tabs show as formulas are read here as values; snapshots and tables for notebooks are made
from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from growthsheet.analysis.survey import cached_measure
from growthsheet.measures import career, coaching, ratings
from growthsheet.model import Activity, Rating, Role
from growthsheet.views.context import BuildContext, Ratings
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Book, NamedCells, Sheet
from growthsheet.workbook.scales import POINTS, scale_rows, threshold_cells
from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column
from growthsheet.workbook.values import Values

_SKILL = {"skill_points": POINTS["skill_points"]}
_INTEREST = {"interest_points": POINTS["interest_points"]}

STANDINGS = Table(
    "standing",
    (
        data_column("key"),
        *(data_column(name) for name in ("order", "expected", "importance")),
        *(data_column(name) for name in ("skill", "experience", "interest", "manager", "agreed")),
        calculated_column(ratings.used, **_SKILL),
        calculated_column(ratings.gap),
        calculated_column(ratings.priority),
        calculated_column(ratings.interest_or_default, **_INTEREST),
        calculated_column(
            ratings.rank, priorities="priority", interests_or_default="interest_or_default", gaps="gap", orders="order"
        ),
        calculated_column(ratings.route, experience_points=POINTS["experience_points"], **_INTEREST),
        calculated_column(coaching.valid_interest, **_INTEREST),
        calculated_column(coaching.apart, **_SKILL),
        calculated_column(coaching.strength),
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
    valid_interest: float | None
    apart: float | None
    strength: int | None


Standings = Mapping[str, Mapping[str, Standing]]
"""By person id and activity id, where everybody of a team stands."""


def standings(view: TeamView) -> Standings:
    """Where each member of a team stands in each activity of the team; what a role does not expect has no gap."""
    return {member.person.id: _standings(view, member) for member in view.present}


def _standings(view: TeamView, member: Member) -> dict[str, Standing]:
    values = _values(view.context, member.role, member.ratings, view.activities)
    activities = view.activities.values()
    columns = [values.column(STANDINGS.name, name) for name in Standing.__dataclass_fields__ if name != "activity"]
    return {cells[0].id: Standing(*cells) for cells in zip(activities, *columns, strict=True)}


def _values(context: BuildContext, role: Role, found: Ratings, activities: Iterable[str]) -> Values:
    """One person's ratings against one role, as measures read them."""
    made = context.cache
    if _values not in made:  # what measures read is found once for everybody
        made[_values] = Values(_book(context, role, Ratings(), context.expected(role))).of_others(_OWN)
    of_others: Callable[[Book], Values] = made[_values]
    return of_others(_book(context, role, found, activities))


_OWN = frozenset((STANDINGS.name, column.key) for column in STANDINGS.columns)


def _book(context: BuildContext, role: Role, found: Ratings, activities: Iterable[str]) -> Book:
    """One person's ratings against one role; it is never written."""
    asked, order, facts = _asked(context, role), context.order(role), NamedCells(threshold_cells(context.catalog))
    rows = [{"order": order[id], **asked.get(id, {}), **_said(id, found)} for id in activities]
    return Book(
        STANDINGS.name, "", (Sheet("", "", (TableData(STANDINGS, rows), facts, *scale_rows(context.catalog))),), {}
    )


def _asked(context: BuildContext, role: Role) -> dict[str, dict[str, Any]]:
    """What a role asks of each activity that it expects."""
    key = (_asked, role.id)
    if key not in context.cache:
        context.cache[key] = {
            activity.id: {
                "expected": role.expected[activity.id],
                "importance": context.catalog.importance(role, activity),
                "weighted_expectation": context.weighted_expectation(role, activity),
            }
            for activity in context.expected(role).values()
        }
    asked: dict[str, dict[str, Any]] = context.cache[key]
    return asked


def _said(activity: str, found: Ratings) -> dict[str, Any]:
    own = found.own.get(activity)
    return {
        "skill": own.skill if own else None,
        "experience": own.experience if own else None,
        "interest": own.interest if own else None,
        "manager": _skill(found.manager, activity),
        "agreed": _skill(found.agreed, activity),
    }


# -- ready for a role ------------------------------------------------------------------------------------------------


def role_readiness(context: BuildContext, role: Role, found: Ratings) -> dict[str, Any]:
    """How ready somebody is for a role, with its completeness and how many activities are met, short and not rated."""
    used, gap, priority = _readers(context)
    asked = _asked(context, role)
    skills = zip(*([_skill(ratings, id) for id in asked] for ratings in (found.agreed, found.own)), strict=True)
    gaps = [gap(at["expected"], used(*each)) for at, each in zip(asked.values(), skills, strict=True)]
    cells: dict[str, Any] = {
        "gaps": gaps,
        "priorities": [priority(at["importance"], short) for at, short in zip(asked.values(), gaps, strict=True)],
        "weighted_expectations": [at["weighted_expectation"] for at in asked.values()],
        "expected_count": len(asked),
        "role_count": len(asked),
    }
    for measure in _COUNTS:
        cells[measure.name] = measure.function(**{p.name: cells[p.name] for p in measure.parameters})
    return {name: cells[name] for name in COUNTED}


def _skill(ratings: Mapping[str, Rating], activity: str) -> Any:
    rating = ratings.get(activity)
    return rating.skill if rating else None


def _readers(context: BuildContext) -> tuple[Callable[..., Any], ...]:
    """Used, gap and priority as functions that remember what they gave."""
    if _readers not in context.cache:
        context.cache[_readers] = (
            cached_measure(ratings.used, "agreed", "skill", skill_points=context.catalog.scale("skill").values),
            cached_measure(ratings.gap, "expected", "used"),
            cached_measure(ratings.priority, "importance", "gap"),
        )
    readers: tuple[Callable[..., Any], ...] = context.cache[_readers]
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
