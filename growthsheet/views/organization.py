"""The data for an organization's workbook: everybody's ratings, and pay only as sums over groups of people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from growthsheet.model import Activity, Person, Role
from growthsheet.text.labels import unique_labels
from growthsheet.views.context import BuildContext, Ratings
from growthsheet.views.returned import NONE_RETURNED, ReturnedBy


@dataclass(frozen=True, slots=True)
class OrganizationMember:
    """One person of an organization, without any field for pay."""

    person: Person
    role: Role
    ratings: Ratings
    before: Ratings
    """The ratings of the previous cycle."""


@dataclass(frozen=True, slots=True)
class BudgetTotals:
    """The training budget and the spending of a group of people, in one currency.

    ``money`` is the sum of their allocations and of the money carried over. It is None if nobody has any, or if it is
    suppressed because it would disclose data of fewer than five people; then ``hidden`` is True.
    """

    money: Decimal | None = field(default=None, repr=False)
    hidden: bool = False
    planned: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)


@dataclass(frozen=True)
class OrganizationBudget:
    """The sums of everybody's training budgets in one currency."""

    teams: Mapping[str, BudgetTotals] = field(default_factory=dict, repr=False)
    """The totals by the manager's id; "" for those who report to nobody."""
    everybody: BudgetTotals = BudgetTotals()
    categories: Mapping[str, BudgetTotals] = field(default_factory=dict, repr=False)
    currency: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    """The value of one unit of each currency, in ``currency``."""
    rated_on: date | None = None


@dataclass(frozen=True)
class OrganizationView:
    """The data for an organization's workbook: everybody's ratings, and pay only as sums."""

    context: BuildContext
    people: tuple[OrganizationMember, ...]
    managers: tuple[Person, ...] = ()
    money: OrganizationBudget = OrganizationBudget()
    returned: ReturnedBy = NONE_RETURNED
    id: str = "organization"
    group: str = ""
    """The name of the part of the organization that it is about; blank for all of it."""

    @cached_property
    def kept(self) -> tuple[str, ...]:
        """The names of the roster columns that are kept."""
        return tuple(dict.fromkeys(name for each in self.people for name, _ in each.person.kept))

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """Every activity that somebody's role expects, in catalog order."""
        roles = {colleague.role.id: colleague.role for colleague in self.people}.values()
        expected = {name for role in roles for name in self.context.expected(role)}
        return {a.id: a for a in self.context.catalog.current if a.id in expected}

    @cached_property
    def teams(self) -> dict[str, str]:
        """A unique label for each team that has people, by its manager's id; "" are those who report to nobody."""
        named = unique_labels({manager.id: manager.name for manager in self.managers})
        wanted = [*named, ""] if any(each.person.manager not in named for each in self.people) else named
        return {id: named.get(id) or self.context.translate("No manager") for id in wanted}
