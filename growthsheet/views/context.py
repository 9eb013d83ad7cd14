"""The data that all workbooks of a build share, and the ratings of one person.

A reader's workbook is made only from a view, which holds exactly what that reader may see. A person's view has no field
for a salary, so no tab can show one. A team's view holds as much pay as the team's files may hold, and no more.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from growthsheet.measures.ratings import used, weighted_expectation
from growthsheet.measures.responses import answered
from growthsheet.model import NOT_APPLICABLE, Activity, BudgetPolicy, Catalog, Cycle, Rating, Role, Scale, Source
from growthsheet.model.answers import scales
from growthsheet.text.language import ENGLISH, Language, Translate
from growthsheet.workbook.extra_columns import ExtraColumn
from growthsheet.workbook.extra_sheets import ExtraSheet
from growthsheet.workbook.theme import THEME, Theme

RIGHT_TO_LEFT = frozenset(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""The languages that are written from right to left."""

T = TypeVar("T")


def has_own_name(scale: Scale, language: Language) -> bool:
    """Return whether a catalog calls a scale something else than it is usually called, in a language or in English."""
    usual = scales()[scale.id].header
    return scale.name.casefold() not in (usual.casefold(), language.translate(usual).casefold())


@dataclass(frozen=True)
class OwnWords:
    """Spells English texts in a language, and the scales as a catalog calls them: ``names`` by their usual names."""

    language: Language
    names: Mapping[str, str]

    def __call__(self, text: str) -> str:
        """The text as the workbook has it."""
        return self.names.get(text, self.language.translate(text))

    def __hash__(self) -> int:
        return hash(tuple(self.names.items()))


def spelled(language: Language, catalog: Catalog) -> Translate:
    """Return what spells English texts in a language, with a catalog's own names for its scales."""
    names = {scales()[scale.id].header: scale.name for scale in catalog.scales if has_own_name(scale, language)}
    both = " / ".join(names.get(word, language.translate(word)) for word in ("Skill", "Interest"))
    names |= dict.fromkeys(("Skill / interest", "Skill against interest: how many activities"), both) if names else {}
    return OwnWords(language, names) if names else language.translate


@dataclass(frozen=True)
class BuildContext:
    """The data that all workbooks of one build share: catalog, review cycle, policy, dates, options, language."""

    catalog: Catalog
    cycle: Cycle
    policy: BudgetPolicy
    as_of: date
    blind: bool = False
    core: bool = False
    language: Language = ENGLISH
    prefill: bool = False
    """True if last cycle's ratings stand in the cells of this one, to be confirmed."""
    theme: Theme = THEME
    extra_columns: tuple[ExtraColumn, ...] = ()
    extra_sheets: tuple[ExtraSheet, ...] = ()
    blind_manager: bool = False
    """True if a manager sees what a person rated only where the manager has rated, too."""
    unanswered: frozenset[str] = frozenset()
    """The activities that nobody answered in this cycle, if there is a newer one."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the context so that each process restores it only once, with the data cached for many workbooks."""
        return _unpacked, (self._packed,)

    @cached_property
    def _packed(self) -> bytes:
        return pickle.dumps(tuple(getattr(self, each.name) for each in fields(self)))

    @cached_property
    def translate(self) -> Translate:
        """The function that translates English texts into the workbooks' language, with the catalog's own names."""
        return spelled(self.language, self.catalog)

    def day(self, day: date) -> str:
        """Return a date as it is written in texts, in the order of the language."""
        return self.theme.shown_day(day, self.translate)

    @property
    def fiscal_year(self) -> tuple[date, date]:
        """The first and last day of the fiscal year: that of the cycle, also in an update after the year has ended."""
        return self.policy.fiscal_year(min(self.as_of, self.cycle.date))

    @property
    def right_to_left(self) -> bool:
        """True if the language of the catalog or of the workbooks is written from right to left."""
        spoken = (self.catalog.locale, self.language.code)
        return any(code.replace("_", "-").partition("-")[0].lower() in RIGHT_TO_LEFT for code in spoken)

    def expected(self, role: Role) -> dict[str, Activity]:
        """Return the activities that a role expects, by id, in catalog order; with ``core``, only the core ones.

        In an earlier cycle, those that nobody answered were not asked: the catalog has got them since. Where that would
        be more than half of a role's activities, so few people answered that it shows nothing.
        """
        if role.id not in self._expected:
            wanted = set(role.expected) & set(role.core) if self.core and role.core else set(role.expected)
            asked = wanted - self.unanswered
            wanted = asked if len(asked) * 2 >= len(wanted) else wanted
            self._expected[role.id] = {a.id: a for a in self.catalog.current if a.id in wanted}
        return self._expected[role.id]

    @cached_property
    def _expected(self) -> dict[str, dict[str, Activity]]:
        """A cache of expected activities by role, which teams read for each person and activity."""
        return {}

    @cached_property
    def cache(self) -> dict[Any, Any]:
        """A cache of data that many workbooks share; see :func:`cached`."""
        return {}

    def in_cycle(self, unanswered: frozenset[str]) -> BuildContext:
        """Return the same data for another cycle, in which nobody answered some activities; each cached."""
        if unanswered == self.unanswered:
            return self
        found: BuildContext = self.cache.setdefault(unanswered, replace(self, unanswered=unanswered))
        return found

    def order(self, role: Role) -> dict[str, int]:
        """Return the rank of each activity, from 1, by importance in the role, then by catalog order."""
        activities = sorted(self.catalog.current, key=lambda activity: -self.catalog.importance(role, activity))
        return {activity.id: number for number, activity in enumerate(activities, 1)}

    def weighted_expectation(self, role: Role, activity: Activity) -> float:
        """Return the weight with which an activity counts in readiness."""
        known = self._weighted_expectations.get((role.id, activity.id))
        if known is None:
            expected, importance = role.expected[activity.id], self.catalog.importance(role, activity)
            lowest = self.catalog.scale("skill").values[0]
            known = float(weighted_expectation.function(expected=expected, importance=importance, lowest=lowest))
            self._weighted_expectations[role.id, activity.id] = known
        return known

    @cached_property
    def _weighted_expectations(self) -> dict[tuple[str, str], float]:
        """A cache of weighted expectations by role and activity."""
        return {}


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> BuildContext:
    return BuildContext(*pickle.loads(packed))


@dataclass(frozen=True)
class Ratings:
    """The ratings of one person by activity, for each source, and the answers in own columns."""

    own: Mapping[str, Rating] = field(default_factory=dict)
    manager: Mapping[str, Rating] = field(default_factory=dict)
    agreed: Mapping[str, Rating] = field(default_factory=dict)
    typed: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    """The answers in the organization's own columns, by source, activity and column."""

    def seen_by_manager(self, catalog: Catalog) -> Ratings:
        """Return the ratings without what the person says of activities that the manager has not rated."""
        points = catalog.scale("skill").values
        rated = {id for id, rating in self.manager.items() if answered.function(rating.skill, points)}
        own = {id: rating for id, rating in self.own.items() if id in rated}
        typed = {key: text for key, text in self.typed.items() if key[0] != Source.SELF or key[1] in rated}
        return replace(self, own=own, typed=typed)


NO_RATINGS = Ratings()


@dataclass(frozen=True)
class PastCycle:
    """The ratings of one person in an earlier review cycle."""

    cycle: Cycle
    ratings: Ratings
    unanswered: frozenset[str] = frozenset()
    """The activities that nobody answered in that cycle."""

    def dated(self, context: BuildContext) -> str:
        """Return the cycle's label and date."""
        return f"{self.cycle.label}, {context.day(self.cycle.date)}"

    def used(self, activity: str, catalog: Catalog) -> Any:
        """Return the skill that counted in that cycle, by the agreed rating or the person's own."""
        own, agreed = self.ratings.own.get(activity), self.ratings.agreed.get(activity)
        skills = (rating.skill if rating else None for rating in (agreed, own))
        return used.function(*skills, catalog.scale("skill").values)

    def said(self, activity: str, catalog: Catalog) -> Any:
        """Return the skill that counted in that cycle, or n/a if that was the answer."""
        given = (self.ratings.agreed.get(activity), self.ratings.own.get(activity))
        unrated = NOT_APPLICABLE if any(each and each.skill == NOT_APPLICABLE for each in given) else None
        level = self.used(activity, catalog)
        return unrated if level is None else level


def cached(make: Callable[[BuildContext], T]) -> Callable[[BuildContext], T]:
    """Cache the result of a function in the context, so that it is made once for all workbooks of a build."""

    @wraps(make)
    def known(context: BuildContext) -> T:
        if make not in context.cache:
            context.cache[make] = make(context)
        thing: T = context.cache[make]
        return thing

    return known
