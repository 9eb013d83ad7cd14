"""Standings: the numbers of a workbook for one person's ratings, computed in Python.

They are computed with the same measures that the tabs show as formulas; snapshots and tables for notebooks are made
from them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from growthsheet.expr import Measure
from growthsheet.measures import career, coaching, ratings
from growthsheet.model import NOT_APPLICABLE, Activity, Person, Role
from growthsheet.model.answers import scales
from growthsheet.views.context import BuildContext, Ratings, cached
from growthsheet.views.organization import OrganizationMember
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.results import Results, schema

COUNTED = ("readiness", "completeness", "met", "one_short", "more_short", "not_rated")
"""The names of the numbers of a person for a role."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The numbers of one person in one activity; None where the workbook shows nothing."""

    activity: Activity
    order: int
    expected: float | None
    skill: float | str | None
    manager: float | str | None
    agreed: float | str | None
    used: float | None
    importance: int | None
    gap: float | None
    priority: float | None
    rank: int | None
    route: str | None
    valid_interest: float | None
    apart: float | None
    strength: int | None

    @property
    def status(self) -> str:
        """``rated``, ``n/a``, ``not rated``, or ``not expected`` of the role."""
        if self.expected is None:
            return "not expected"
        not_applicable = NOT_APPLICABLE in (self.skill, self.agreed)
        return "rated" if self.used is not None else NOT_APPLICABLE if not_applicable else "not rated"


Standings = Mapping[str, Mapping[str, Standing]]
"""The standings of a team, by person id and activity id."""


def standings(view: TeamView) -> Standings:
    """Return the standing of each member in each activity of a team; activities not expected have no gap."""
    return {
        member.person.id: _standings(view.context, member.role, member.ratings, view.activities)
        for member in view.present
    }


def _standings(
    context: BuildContext, role: Role, found: Ratings, activities: Mapping[str, Activity]
) -> dict[str, Standing]:
    asked, order = _asked(context, role), context.order(role)
    columns = _columns(activities, asked, found)
    columns["order"] = [order[id] for id in activities]
    _add(context, columns, _OF_ACTIVITIES)
    own = [columns[name] for name in ("priority", "interest_or_default", "gap", "order")]
    columns["rank"] = _RANK(*own, *own)
    cells = (columns[name] for name in Standing.__dataclass_fields__ if name != "activity")
    return {row[0].id: Standing(*row) for row in zip(activities.values(), *cells, strict=True)}


_OF_ACTIVITIES = (
    *(ratings.used, ratings.gap, ratings.priority, ratings.interest_or_default),
    *(ratings.route, coaching.valid_interest, coaching.apart, coaching.strength),
)
"""The measures of an activity, each after those whose results it reads."""

_RANK = ratings.rank.over(frozenset(("priorities", "interests_or_default", "gaps", "orders")))


def _columns(activities: Collection[str], asked: Mapping[str, Any], found: Ratings) -> dict[str, list[Any]]:
    """Return the columns with a role's expectations of some activities, and with somebody's ratings of them."""
    of_role, own = [asked.get(id, {}) for id in activities], [found.own.get(id) for id in activities]
    columns = {name: [at.get(name) for at in of_role] for name in ("expected", "importance", "weighted_expectation")}
    columns |= {name: [getattr(rating, name, None) for rating in own] for name in ("skill", "experience", "interest")}
    for name, given in (("manager", found.manager), ("agreed", found.agreed)):
        columns[name] = [getattr(given.get(id), "skill", None) for id in activities]
    return columns


def _add(context: BuildContext, columns: dict[str, list[Any]], measures: Iterable[Measure]) -> None:
    """Add a column for each measure, computed row by row."""
    functions = _functions(context)
    for measure in measures:
        names, function = functions[measure.name]
        columns[measure.name] = [*map(function, *(columns[name] for name in names))]


@cached
def _functions(context: BuildContext) -> dict[str, tuple[list[str], Callable[..., Any]]]:
    """Return, for each measure of activities, the columns that it reads and its function."""
    limits = context.catalog.thresholds
    fixed: dict[str, Any] = {f"{scale.id}_points": scale.values for scale in context.catalog.scales}
    fixed |= {"experience_high": limits.experience_high, "interest_high": limits.interest_high}
    fixed["covered_from"] = limits.covered
    found = {}
    for measure in _OF_ACTIVITIES:
        names = [p.name for p in measure.parameters]
        alike = {name: fixed[name] for name in names if name in fixed}
        found[measure.name] = [name for name in names if name not in fixed], measure.remembered(**alike)
    return found


def _asked(context: BuildContext, role: Role) -> dict[str, dict[str, Any]]:
    """Return level, importance and weight of each activity that a role expects; cached by role."""
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


def gap_results(context: BuildContext, people: Iterable[Member | OrganizationMember]) -> Results:
    """Return a row for each person and each activity that the role expects."""
    found = (row for each in people for row in gap_records(context, each.person, each.role, each.ratings))
    return schema("gaps").table(found)


def gap_records(
    context: BuildContext, person: Person, role: Role, found: Ratings, activities: Mapping[str, Activity] | None = None
) -> Iterator[dict[str, Any]]:
    """Yield a row of the table of gaps for each activity; without ``activities``, for those that the role expects."""
    areas, rows = context.catalog.area_by_id, context.expected(role) if activities is None else activities
    head = {"person_id": person.id, "person": person.name, "role": role.name, "team_id": person.manager}
    for id, at in _standings(context, role, found, rows).items():
        own, activity = found.own.get(id), at.activity
        of = {"area": areas[activity.area].name, "activity_id": id, "activity": activity.name, "self": at.skill}
        yield {
            **head,
            **of,
            **{scale: getattr(own, scale, None) for scale in scales()},
            **{name: getattr(at, name) for name in _SHOWN},
        }


_SHOWN = ("expected", "manager", "agreed", "used", "importance", "gap", "priority", "rank", "route", "status")
"""The attributes of a standing that are columns of the table of gaps."""


# -- ready for a role ------------------------------------------------------------------------------------------------


def role_readiness(context: BuildContext, role: Role, found: Ratings) -> dict[str, Any]:
    """Return the readiness of somebody for a role, its completeness, and the counts of met, short and unrated ones."""
    numbers = role_numbers(context, role, found)
    return {name: numbers[name] for name in COUNTED}


def role_numbers(context: BuildContext, role: Role, found: Ratings) -> dict[str, Any]:
    """Return all numbers of somebody for a role, by the names of their measures."""
    asked = _asked(context, role)
    columns = _columns(asked, asked, found)
    _add(context, columns, _OF_ACTIVITIES[:3])
    cells: dict[str, Any] = {
        "gaps": columns["gap"],
        "priorities": columns["priority"],
        "weighted_expectations": columns["weighted_expectation"],
        "skills": columns["skill"],
        "agreeds": columns["agreed"],
        "expected_count": len(asked),
        "role_count": len(asked),
    }
    for measure in OF_ROLE:
        cells[measure.name] = measure.function(**{p.name: cells[p.name] for p in measure.parameters})
    return cells


OF_ROLE = (
    *(ratings.rated_count, ratings.not_applicable, ratings.completeness, ratings.readiness),
    *(career.met, career.one_short, career.more_short, career.not_rated),
)
"""The measures of a person and a role, each after those whose results it reads."""
