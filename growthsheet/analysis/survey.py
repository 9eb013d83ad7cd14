"""The standings of an organization, computed once for all tabs with the measures of people's workbooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from growthsheet.measures import organization, ratings, team
from growthsheet.model import NOT_APPLICABLE, Activity, Role
from growthsheet.model.ratings import RatingValue
from growthsheet.views.context import Ratings
from growthsheet.views.organization import OrganizationMember, OrganizationView

SkillLevel = float | Literal["n/a"] | None
"""The skill that counts in an activity, ``n/a`` where that is the answer, or None."""


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """The numbers of one person: the skill that counts in each activity of the survey, and the readiness."""

    colleague: OrganizationMember
    used: tuple[SkillLevel, ...]
    completeness: float | None
    readiness: float | None
    gap_count: int | None


@dataclass(frozen=True, slots=True)
class Expectation:
    """A person's level in an expected activity, with its gap and importance; None where it is not rated."""

    level: float | None
    gap: float | None
    importance: int


@dataclass(frozen=True, slots=True)
class RoleExpectations:
    """The expectations of a role, with precomputed numbers for each level, as people are many and levels few."""

    asked: tuple[Mapping[SkillLevel, Expectation | None], ...]
    """For each activity of the survey, by level; None where the role does not expect it."""
    places: tuple[int, ...]
    """The indexes of the activities that it expects."""
    added: tuple[Mapping[SkillLevel, tuple[int, int, float, float, int]], ...]
    """For each of these, by level, what it adds to the sums of rated ones, n/a, priorities, weights and gaps."""


class Survey:
    """The numbers of everybody in an organization, computed on first use and cached."""

    def __init__(self, view: OrganizationView) -> None:
        catalog = view.context.catalog
        self.view = view
        self.activities: tuple[Activity, ...] = tuple(catalog.current)
        self.levels: tuple[int, ...] = tuple(catalog.scale("skill").values)
        self.used = ratings.used.remembered(skill_points=self.levels)
        self.above = organization.above_manager.remembered(skill_points=self.levels)
        self.change = organization.level_change.remembered()
        self._completeness = ratings.completeness.remembered()
        self._any: tuple[SkillLevel, ...] = (None, NOT_APPLICABLE, *self.levels)
        self._ids = [activity.id for activity in self.activities]
        self.ruler = cache(self._ruler)

    @cached_property
    def stands(self) -> tuple[PersonStanding, ...]:
        """The standings of everybody in their own role, in the order of the roster."""
        return tuple(self._stand(colleague) for colleague in self.view.people)

    @cached_property
    def teams(self) -> dict[str, list[PersonStanding]]:
        """The standings of each team, by the manager's id; "" for those who report to nobody."""
        found: dict[str, list[PersonStanding]] = {id: [] for id in self.view.teams}
        for stand in self.stands:
            manager = stand.colleague.person.manager
            found[manager if manager in found else ""].append(stand)
        return {id: stands for id, stands in found.items() if stands}

    def said(self, found: Ratings) -> tuple[SkillLevel, ...]:
        """Return the skill that counts in each activity."""
        agreed, own = ({name: rating.skill for name, rating in each.items()} for each in (found.agreed, found.own))
        return tuple(map(self._level, map(agreed.get, self._ids), map(own.get, self._ids)))

    def _level(self, agreed: RatingValue, own: RatingValue) -> SkillLevel:
        level: float | None = self.used(agreed, own)
        return NOT_APPLICABLE if level is None and NOT_APPLICABLE in (agreed, own) else level

    def ready(self, role: Role, used: Sequence[SkillLevel]) -> tuple[float | None, float | None, int | None]:
        """Return completeness and readiness for a role, and the number of activities with a gap."""
        ruler = self.ruler(role.id)
        added = [by_level[used[place]] for place, by_level in zip(ruler.places, ruler.added, strict=True)]
        rated, not_applicable, short, worth, gaps = map(sum, zip((0, 0, 0, 0, 0), *added, strict=True))
        completeness = self._completeness(rated, not_applicable, len(added))
        return (
            completeness,
            ratings.readiness_of.function(completeness, rated, len(added), short, worth),
            gaps if rated else None,
        )

    def _stand(self, colleague: OrganizationMember) -> PersonStanding:
        used = self.said(colleague.ratings)
        return PersonStanding(colleague, used, *self.ready(colleague.role, used))

    def _ruler(self, name: str) -> RoleExpectations:
        context = self.view.context
        role = context.catalog.role_by_id[name]
        expected = context.expected(role)
        asked = [self._asked(role, activity, activity.id in expected) for activity in self.activities]
        places = tuple(place for place, activity in enumerate(self.activities) if activity.id in expected)
        added = (_added(asked[place], context.weighted_expectation(role, self.activities[place])) for place in places)
        return RoleExpectations(tuple(asked), places, tuple(added))

    def _asked(self, role: Role, activity: Activity, expected: bool) -> dict[SkillLevel, Expectation | None]:
        if not expected:
            return dict.fromkeys(self._any)
        importance = self.view.context.catalog.importance(role, activity)
        rated = {level: None if level == NOT_APPLICABLE else level for level in self._any}
        gaps = {level: ratings.gap.function(role.expected[activity.id], at) for level, at in rated.items()}
        return {level: Expectation(rated[level], gap, importance) for level, gap in gaps.items()}


def _added(
    asked: Mapping[SkillLevel, Expectation | None], weighted_expectation: float
) -> dict[Any, tuple[int, int, float, float, int]]:
    """Return what each level adds to the sums of a role: nothing where it is not rated."""
    priority, gap_count = ratings.priority.function, team.gap_count.function
    return {
        level: (0, int(level == NOT_APPLICABLE), 0, 0, 0)
        if at.gap is None
        else (1, 0, priority(at.importance, at.gap), weighted_expectation, gap_count([at.gap]))
        for level, at in asked.items()
        if at
    }
