"""Where everybody of an organization stands, worked out once for all tabs; the very measures of people's workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ..expr import Measure
from ..measures import organization, ratings
from ..model import Activity, Role
from ..overall import Colleague, OrganizationView
from ..views import Said


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
    rated: int
    completeness: float | None
    readiness: float | None


@dataclass(frozen=True, slots=True)
class Ruler:
    """What a role expects: the places of its activities in the survey, with level, importance and worth."""

    places: tuple[int, ...]
    expected: tuple[float, ...]
    importance: tuple[int, ...]
    worths: tuple[float, ...]


class Survey:
    """Everybody's numbers."""

    def __init__(self, view: OrganizationView) -> None:
        catalog = view.occasion.catalog
        self.view = view
        self.activities: tuple[Activity, ...] = tuple(catalog.current)
        self.levels: tuple[int, ...] = tuple(catalog.scale("skill").values)
        self.used = reader(ratings.used, "agreed", "skill", skill_points=self.levels)
        self.gap = reader(ratings.gap, "expected", "used")
        self.above = reader(organization.above_manager, "skill", "manager", skill_points=self.levels)
        self.change = reader(organization.change, "used", "before")
        self._priority = reader(ratings.priority, "importance", "gap")
        self._completeness = reader(ratings.completeness, "rated_count", "expected_count")
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

    def gaps(self, stand: Stand) -> Iterator[tuple[int, float | None]]:
        """The place of each activity that the role expects, with the gap."""
        ruler = self.ruler(stand.colleague.role.id)
        for place, expected in zip(ruler.places, ruler.expected, strict=True):
            yield place, self.gap(expected, stand.used[place])

    def said(self, said: Said, cycle: str = "") -> tuple[float | None, ...]:
        """The skill that counts in each activity; of one cycle only, where it is named."""
        own, agreed = said.own, said.agreed
        return tuple(
            self.used(_skill(agreed.get(activity.id), cycle), _skill(own.get(activity.id), cycle))
            for activity in self.activities
        )

    def ready(self, role: Role, used: Sequence[float | None]) -> tuple[int, float | None, float | None]:
        """How many activities of a role are rated, their share, and how much of the role is reached."""
        ruler = self.ruler(role.id)
        gaps = [self.gap(expected, used[n]) for n, expected in zip(ruler.places, ruler.expected, strict=True)]
        rated = ratings.rated_count.function(gaps=gaps)
        completeness = self._completeness(rated, len(gaps))
        priorities = [self._priority(importance, gap) for importance, gap in zip(ruler.importance, gaps, strict=True)]
        cells = {"completeness": completeness, "priorities": priorities, "worths": ruler.worths, "gaps": gaps}
        return rated, completeness, ratings.readiness.function(**cells)

    def _stand(self, colleague: Colleague) -> Stand:
        used = self.said(colleague.said)
        return Stand(colleague, used, *self.ready(colleague.role, used))

    def _ruler(self, name: str) -> Ruler:
        occasion = self.view.occasion
        role = occasion.catalog.role_by_id[name]
        expected = occasion.expected(role)
        places = tuple(n for n, activity in enumerate(self.activities) if activity.id in expected)
        asked = [self.activities[n] for n in places]
        return Ruler(
            places,
            tuple(role.expected[activity.id] for activity in asked),
            tuple(occasion.catalog.importance(role, activity) for activity in asked),
            tuple(occasion.worth(role, activity) for activity in asked),
        )


def _skill(rating: Any, cycle: str) -> Any:
    return rating.skill if rating and (not cycle or rating.cycle == cycle) else None
