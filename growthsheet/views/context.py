"""Exactly what one reader may see: the only thing that a workbook of theirs is made from.

A person's view has no field for a salary, so no tab can show one. A team's view holds as much pay as the team's files
may hold, and no more.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from growthsheet.measures.ratings import used, weighted_expectation
from growthsheet.model import Activity, BudgetPolicy, Catalog, Cycle, Rating, Role
from growthsheet.text.language import ENGLISH, Language, Translate

RIGHT_TO_LEFT = frozenset(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages that are written from right to left."""

T = TypeVar("T")


@dataclass(frozen=True)
class BuildContext:
    """What every workbook of one build shares: catalog, review cycle, policy, dates, options, language."""

    catalog: Catalog
    cycle: Cycle
    policy: BudgetPolicy
    as_of: date
    blind: bool = False
    core: bool = False
    language: Language = ENGLISH

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is sent to other processes: what many workbooks share is made once there, not once a piece of work."""
        return _unpacked, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps(tuple(getattr(self, each.name) for each in fields(self)))

    @cached_property
    def translate(self) -> Translate:
        """What spells English words in the workbooks' language."""
        return self.language.translate

    @property
    def fiscal_year(self) -> tuple[date, date]:
        """The first and last day of the fiscal year."""
        return self.policy.fiscal_year(self.as_of)

    @property
    def right_to_left(self) -> bool:
        """Whether the catalog's or the workbook's language is written from right to left."""
        spoken = (self.catalog.locale, self.language.code)
        return any(code.replace("_", "-").partition("-")[0].lower() in RIGHT_TO_LEFT for code in spoken)

    def expected(self, role: Role) -> dict[str, Activity]:
        """The activities that a role expects, by id, in catalog order; in a short round, the core ones."""
        if role.id not in self._expected:
            wanted = set(role.expected) & set(role.core) if self.core and role.core else set(role.expected)
            self._expected[role.id] = {a.id: a for a in self.catalog.current if a.id in wanted}
        return self._expected[role.id]

    @cached_property
    def _expected(self) -> dict[str, dict[str, Activity]]:
        """What was asked before, by role: a team asks once for each person and activity."""
        return {}

    @cached_property
    def cache(self) -> dict[Any, Any]:
        """What was made before and serves many workbooks; see :func:`alike`."""
        return {}

    def order(self, role: Role) -> dict[str, int]:
        """For each activity its place by importance in the role, then by catalog order, from 1."""
        activities = sorted(self.catalog.current, key=lambda activity: -self.catalog.importance(role, activity))
        return {activity.id: number for number, activity in enumerate(activities, 1)}

    def weighted_expectation(self, role: Role, activity: Activity) -> float:
        """What an activity adds to readiness when it is met."""
        known = self._weighted_expectations.get((role.id, activity.id))
        if known is None:
            expected, importance = role.expected[activity.id], self.catalog.importance(role, activity)
            lowest = self.catalog.scale("skill").values[0]
            known = float(weighted_expectation.function(expected=expected, importance=importance, lowest=lowest))
            self._weighted_expectations[role.id, activity.id] = known
        return known

    @cached_property
    def _weighted_expectations(self) -> dict[tuple[str, str], float]:
        """What was asked before, by role and activity."""
        return {}


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> BuildContext:
    return BuildContext(*pickle.loads(packed))


@dataclass(frozen=True)
class Ratings:
    """What was said about one person, by activity."""

    own: Mapping[str, Rating] = field(default_factory=dict)
    manager: Mapping[str, Rating] = field(default_factory=dict)
    agreed: Mapping[str, Rating] = field(default_factory=dict)


NO_RATINGS = Ratings()


@dataclass(frozen=True)
class PastCycle:
    """What was said about one person in a review cycle before this one."""

    cycle: Cycle
    ratings: Ratings

    def used(self, activity: str, catalog: Catalog) -> Any:
        """The skill that counted then."""
        own, agreed = self.ratings.own.get(activity), self.ratings.agreed.get(activity)
        skills = (rating.skill if rating else None for rating in (agreed, own))
        return used.function(*skills, catalog.scale("skill").values)


def cached(make: Callable[[BuildContext], T]) -> Callable[[BuildContext], T]:
    """Make what is the same in all workbooks of an occasion once."""

    @wraps(make)
    def known(context: BuildContext) -> T:
        if make not in context.cache:
            context.cache[make] = make(context)
        thing: T = context.cache[make]
        return thing

    return known
