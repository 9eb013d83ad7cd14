"""The data for a manager's workbook: that manager's people, with as much pay as the file may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from growthsheet.model import Activity, BudgetItem, Person, Rating, Role
from growthsheet.text.labels import IN_HEADERS, short, unique_labels
from growthsheet.views.context import NO_RATINGS, BuildContext, PastCycle, Ratings
from growthsheet.views.returned import ReceivedWorkbook


class TeamPay(StrEnum):
    """The amount of data about pay that a team's file may hold."""

    SALARY = "salary"
    ALLOWANCE = "allowance"
    POOLED = "pooled"
    NONE = "none"


@dataclass(frozen=True)
class Member:
    """One person of a team, with no more of their pay than the team's file may hold."""

    person: Person
    role: Role
    ratings: Ratings = NO_RATINGS
    """The ratings that the manager may see now."""
    answered: Mapping[str, Rating] = field(default_factory=dict)
    """All of the person's own ratings, also those that the manager sees only later."""
    history: tuple[PastCycle, ...] = ()
    """The review cycles before this one, oldest first; none if earlier values are not to be shown."""
    paid: tuple[str, ...] = ()
    """The activities for which there was money in the fiscal year of the last cycle, if that year has ended."""
    base: Decimal | None = field(default=None, repr=False)
    allocation: Decimal | None = field(default=None, repr=False)
    fixed: bool = False
    """True if the allocation is a fixed amount, and no share of pay."""
    own_rate: float | None = field(default=None, repr=False)
    """The person's own rate, where it is another than the general one."""
    carry_in: Decimal | None = None
    currency: str = ""
    returned: ReceivedWorkbook | None = None
    """The person's workbook that came back in this cycle, if one did."""
    left: bool = False
    """True if the person has left; then only the budget of that fiscal year shows a row for them."""


@dataclass(frozen=True)
class TeamView:
    """The data for a manager's workbook, with that manager's people only."""

    context: BuildContext
    manager: Person
    members: tuple[Member, ...]
    pay: TeamPay = TeamPay.SALARY
    pools: Mapping[str, Decimal] = field(default_factory=dict, repr=False)
    """By currency, the sum of allocations, if only that may be shown."""
    answers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """The budget lines of the team and its people, by the name of their kind."""
    currency: str = ""
    returned: ReceivedWorkbook | None = None
    """The team's workbook that came back in this cycle, if it did."""

    @property
    def budget_items(self) -> tuple[BudgetItem, ...]:
        """The lines of the training budgets of the team and its people."""
        return self.answers.get("budget_items", ())

    @cached_property
    def present(self) -> tuple[Member, ...]:
        """The members who have not left."""
        return tuple(member for member in self.members if not member.left)

    @cached_property
    def currencies(self) -> list[str]:
        """The team's currencies, that of its totals first."""
        found = {member.currency for member in self.members if member.currency} | set(self.pools)
        first = [self.currency] if self.currency else []
        return first + sorted(found - set(first))

    @cached_property
    def own_rules(self) -> bool:
        """True if some member has a rate or a fixed amount of their own, as far as the file may tell."""
        return any(member.fixed or member.own_rate is not None for member in self.members)

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Every activity that some member's role expects, in catalog order."""
        expected = {name for member in self.present for name in self.context.expected(member.role)}
        return {a.id: a for a in self.context.catalog.current if a.id in expected}

    @cached_property
    def reviewed(self) -> tuple[tuple[str, str], ...]:
        """The ids of each present member and of each activity that the member's role expects, in catalog order."""
        return tuple((m.person.id, activity) for m in self.present for activity in self.context.expected(m.role))

    @cached_property
    def codes(self) -> dict[str, str]:
        """A short code for each member: ids may hold ``*`` or ``?``, which formulas would take for patterns."""
        return {member.person.id: f"p{number:04}" for number, member in enumerate(self.members, 1)}

    @cached_property
    def labels(self) -> dict[str, str]:
        """A unique label for each member, for drop-downs: the name, with the id where two share it."""
        return unique_labels({member.person.id: member.person.name for member in self.members})

    @cached_property
    def headers(self) -> dict[str, str]:
        """A unique name for each member, short enough to stand above a narrow column."""
        return unique_labels({member.person.id: member.person.name for member in self.members}, IN_HEADERS)

    @property
    def called(self) -> str:
        """The manager's name, short enough for a title."""
        return short(self.manager.name)
