"""Where everybody of an organization stands, worked out once for all tabs; the very measures of people's workbooks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from growthsheet.expr import Measure
from growthsheet.measures import organization, ratings, team
from growthsheet.model import Activity, Rating, Role
from growthsheet.views.context import Said
from growthsheet.views.organization import Colleague, OrganizationView


def reader(measure: Measure, *names: str, **fixed: Any) -> Callable[..., Any]:
    """A measure as a function of some of its cells that remembers what it gave: ratings have few values."""

    @cache
    def read(*cells: Any) -> Any:
        return measure.function(**fixed, **dict(zip(names, cells, strict=True)))

    return read


@dataclass(frozen=True, slots=True)
class Stand:
    """How one person stands: the skill that counts in each activity of the survey, and how ready they are."""

    colleague: Colleague
    used: tuple[float | None, ...]
    completeness: float | None
    readiness: float | None
    gap_count: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A level in an activity that somebody's role expects, and what follows from it; blank where it is not rated."""

    level: float | None
    gap: float | None
    importance: int


@dataclass(frozen=True, slots=True)
class Ruler:
    """What a role expects, and what follows at each level: people are many, levels are few."""

    asked: tuple[Mapping[float | None, Asked | None], ...]
    """For each activity of the survey, by level; None where the role does not expect it."""
    places: tuple[int, ...]
    """Of the activities that it expects."""
    added: tuple[Mapping[float | None, tuple[int, float, float, int]], ...]
    """For each of these places, by level, what it adds to what is rated, to priorities, to their worth, and to gaps."""


class Survey:
    """Everybody's numbers."""

    def __init__(self, view: OrganizationView) -> None:
        catalog = view.occasion.catalog
        self.view = view
        self.activities: tuple[Activity, ...] = tuple(catalog.current)
        self.levels: tuple[int, ...] = tuple(catalog.scale("skill").values)
        self.used = reader(ratings.used, "agreed", "skill", skill_points=self.levels)
        self.above = reader(organization.above_manager, "skill", "manager", skill_points=self.levels)
        self.change = reader(organization.change, "used", "before")
        self._completeness = reader(ratings.completeness, "rated_count", "expected_count")
        self._any: tuple[float | None, ...] = (None, *self.levels)
        self._ids = [activity.id for activity in self.activities]
        self.ruler = cache(self._ruler)

    @cached_property
    def stands(self) -> tuple[Stand, ...]:
        """How everybody stands in their own role, in the order of the roster."""
        return tuple(self._stand(colleague) for colleague in self.view.people)

    @cached_property
    def teams(self) -> dict[str, list[Stand]]:
        """By the manager's id, how the people of each team stand; "" are those who report to nobody."""
        found: dict[str, list[Stand]] = {id: [] for id in self.view.teams}
        for stand in self.stands:
            manager = stand.colleague.person.manager
            found[manager if manager in found else ""].append(stand)
        return {id: stands for id, stands in found.items() if stands}

    def said(self, said: Said, cycle: str = "") -> tuple[float | None, ...]:
        """The skill that counts in each activity; of one cycle only, where it is named."""
        agreed, own = (_skills(each, cycle) for each in (said.agreed, said.own))
        return tuple(map(self.used, map(agreed.get, self._ids), map(own.get, self._ids)))

    def ready(self, role: Role, used: Sequence[float | None]) -> tuple[float | None, float | None, int | None]:
        """How much of a role is rated, how much of it is reached, and in how many activities there is a gap."""
        ruler = self.ruler(role.id)
        added = [by_level[used[place]] for place, by_level in zip(ruler.places, ruler.added, strict=True)]
        rated, short, worth, gaps = map(sum, zip((0, 0, 0, 0), *added, strict=True))
        completeness = self._completeness(rated, len(added))
        return completeness, ratings.readiness_of.function(completeness, short, worth), gaps if rated else None

    def _stand(self, colleague: Colleague) -> Stand:
        used = self.said(colleague.said)
        return Stand(colleague, used, *self.ready(colleague.role, used))

    def _ruler(self, name: str) -> Ruler:
        occasion = self.view.occasion
        role = occasion.catalog.role_by_id[name]
        expected = occasion.expected(role)
        asked = [self._asked(role, activity, activity.id in expected) for activity in self.activities]
        places = tuple(place for place, activity in enumerate(self.activities) if activity.id in expected)
        added = (_added(asked[place], occasion.worth(role, self.activities[place])) for place in places)
        return Ruler(tuple(asked), places, tuple(added))

    def _asked(self, role: Role, activity: Activity, expected: bool) -> dict[float | None, Asked | None]:
        if not expected:
            return dict.fromkeys(self._any)
        importance = self.view.occasion.catalog.importance(role, activity)
        gaps = {level: ratings.gap.function(role.expected[activity.id], level) for level in self._any}
        return {level: Asked(level, gap, importance) for level, gap in gaps.items()}


def _added(asked: Mapping[float | None, Asked | None], worth: float) -> dict[Any, tuple[int, float, float, int]]:
    """What each level adds to the sums of a role: nothing where it is not rated."""
    priority, gap_count = ratings.priority.function, team.gap_count.function
    return {
        level: (0, 0, 0, 0) if at.gap is None else (1, priority(at.importance, at.gap), worth, gap_count([at.gap]))
        for level, at in asked.items()
        if at
    }


def _skills(said: Mapping[str, Rating], cycle: str) -> dict[str, Any]:
    """By activity, the skill that was rated; in one cycle only, where it is named."""
    return {name: rating.skill for name, rating in said.items() if not cycle or rating.cycle == cycle}
