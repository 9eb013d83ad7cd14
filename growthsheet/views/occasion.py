"""Exactly what one reader may see: the only thing that a workbook of theirs is made from.

A person's view has no field for a salary, so no tab can show one. A team's view holds as much pay as the team's files
may hold, and no more.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache, wraps
from typing import Any, TypeVar

from growthsheet.expr import Say
from growthsheet.measures.ratings import used, worth
from growthsheet.model import Activity, BudgetItem, BudgetPolicy, Catalog, Cycle, Person, PlanItem, Rating, Role
from growthsheet.text.labels import IN_HEADERS, labels, short
from growthsheet.text.language import ENGLISH, Language

RIGHT_TO_LEFT = frozenset(["ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])
"""Languages that are written from right to left."""

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Occasion:
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
    def say(self) -> Say:
        """What spells English words in the workbooks' language."""
        return self.language.say

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
    def made(self) -> dict[Any, Any]:
        """What was made before and serves many workbooks; see :func:`alike`."""
        return {}

    def order(self, role: Role) -> dict[str, int]:
        """For each activity its place by importance in the role, then by catalog order, from 1."""
        activities = sorted(self.catalog.current, key=lambda activity: -self.catalog.importance(role, activity))
        return {activity.id: number for number, activity in enumerate(activities, 1)}

    def worth(self, role: Role, activity: Activity) -> float:
        """What an activity adds to readiness when it is met."""
        known = self._worths.get((role.id, activity.id))
        if known is None:
            expected, importance = role.expected[activity.id], self.catalog.importance(role, activity)
            lowest = self.catalog.scale("skill").values[0]
            known = float(worth.function(expected=expected, importance=importance, lowest=lowest))
            self._worths[role.id, activity.id] = known
        return known

    @cached_property
    def _worths(self) -> dict[tuple[str, str], float]:
        """What was asked before, by role and activity."""
        return {}


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Occasion:
    return Occasion(*pickle.loads(packed))


@dataclass(frozen=True)
class Said:
    """What was said about one person, by activity."""

    own: Mapping[str, Rating] = field(default_factory=dict)
    manager: Mapping[str, Rating] = field(default_factory=dict)
    agreed: Mapping[str, Rating] = field(default_factory=dict)


@dataclass(frozen=True)
class Earlier:
    """What was said about one person in a review cycle before this one."""

    cycle: Cycle
    said: Said

    def used(self, activity: str, catalog: Catalog) -> Any:
        """The skill that counted then."""
        own, agreed = self.said.own.get(activity), self.said.agreed.get(activity)
        cells = {"skill": own.skill if own else None, "agreed": agreed.skill if agreed else None}
        return used.value(cells | {"skill_points": catalog.scale("skill").values})


@dataclass(frozen=True)
class PersonView:
    """What a person's own workbook is made from. There is no field for pay."""

    occasion: Occasion
    person: Person
    role: Role
    said: Said = Said()
    history: tuple[Earlier, ...] = ()
    """The review cycles before this one, oldest first; none where earlier values are not to be shown."""
    shared: bool = False
    """Whether the manager's ratings are shown to the person."""
    plan_items: tuple[PlanItem, ...] = ()
    budget_items: tuple[BudgetItem, ...] = ()
    allocation: Decimal | None = field(default=None, repr=False)
    carry_in: Decimal | None = None
    currency: str = ""

    @property
    def called(self) -> str:
        """The person's name, short enough for a title."""
        return short(self.person.name)

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """The rows of the assessment: what the role expects, then what the target and next roles add."""
        return _activities(self)


def for_all(make: Callable[[Occasion], Thing]) -> Callable[[Occasion], Thing]:
    """Make what is the same in all workbooks of an occasion once."""

    @wraps(make)
    def known(occasion: Occasion) -> Thing:
        if make not in occasion.made:
            occasion.made[make] = make(occasion)
        thing: Thing = occasion.made[make]
        return thing

    return known


def alike(make: Callable[[PersonView], Thing]) -> Callable[[PersonView], Thing]:
    """Make what is the same for everybody of a role and a target role once for all of them.

    It is made from a view of nobody in that role, so nothing of one person's can get into another one's workbook.
    """

    @wraps(make)
    def known(view: PersonView) -> Thing:
        made, key = view.occasion.made, (make, view.role.id, view.person.target_role)
        if key not in made:
            nobody = Person(id="-", name="-", role=view.role.id, target_role=view.person.target_role)
            made[key] = make(PersonView(view.occasion, nobody, view.role))
        thing: Thing = made[key]
        return thing

    return known


@alike
def _activities(view: PersonView) -> dict[str, Activity]:
    rows = view.occasion.expected(view.role)
    if view.occasion.core:
        return rows
    roles = view.occasion.catalog.role_by_id
    ahead = [roles[name] for name in dict.fromkeys((view.person.target_role, *view.role.next)) if name in roles]
    added = {activity for role in ahead for activity in role.expected}
    return rows | {a.id: a for a in view.occasion.catalog.current if a.id in added and a.id not in rows}


class TeamPay(StrEnum):
    """How much of pay a team's file may hold."""

    SALARY = "salary"
    ALLOWANCE = "allowance"
    POOLED = "pooled"
    NONE = "none"


@dataclass(frozen=True)
class Member:
    """One person of a team, with no more of their pay than the team's file may hold."""

    person: Person
    role: Role
    said: Said = Said()
    history: tuple[Earlier, ...] = ()
    """The review cycles before this one, oldest first; none where earlier values are not to be shown."""
    paid: tuple[str, ...] = ()
    """The activities for which there was money in the fiscal year of the last cycle, where that year has ended."""
    base: Decimal | None = field(default=None, repr=False)
    allocation: Decimal | None = field(default=None, repr=False)
    carry_in: Decimal | None = None
    currency: str = ""
    left: bool = False
    """Whether the person has left: a budget row in that fiscal year, and nothing else."""


@dataclass(frozen=True)
class TeamView:
    """What a manager's workbook is made from: that manager's people only."""

    occasion: Occasion
    manager: Person
    members: tuple[Member, ...]
    pay: TeamPay = TeamPay.SALARY
    pools: Mapping[str, Decimal] = field(default_factory=dict, repr=False)
    """Currency -> the sum of allocations, where only that may be shown."""
    budget_items: tuple[BudgetItem, ...] = ()
    currency: str = ""

    @cached_property
    def present(self) -> tuple[Member, ...]:
        """The members who are there."""
        return tuple(member for member in self.members if not member.left)

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Every activity that some member's role expects, in catalog order."""
        expected = {name for member in self.present for name in self.occasion.expected(member.role)}
        return {a.id: a for a in self.occasion.catalog.current if a.id in expected}

    @cached_property
    def codes(self) -> dict[str, str]:
        """A short code for each member: ids may hold ``*`` or ``?``, which formulas would take for patterns."""
        return {member.person.id: f"p{number:04}" for number, member in enumerate(self.members, 1)}

    @cached_property
    def labels(self) -> dict[str, str]:
        """A unique label for each member, for drop-downs: the name, with the id where two share it."""
        return labels({member.person.id: member.person.name for member in self.members})

    @cached_property
    def headers(self) -> dict[str, str]:
        """A unique name for each member, short enough to stand above a narrow column."""
        return labels({member.person.id: member.person.name for member in self.members}, IN_HEADERS)

    @property
    def called(self) -> str:
        """The manager's name, short enough for a title."""
        return short(self.manager.name)
