"""What the reader of an organization's workbook may see: everybody's ratings, and of pay only what was pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from growthsheet.model import Activity, Person, Role
from growthsheet.text.labels import unique_labels
from growthsheet.views.context import BuildContext, Ratings


@dataclass(frozen=True, slots=True)
class OrganizationMember:
    """One person of an organization. There is no field for pay."""

    person: Person
    role: Role
    ratings: Ratings
    before: Ratings
    """What was said in the cycle before."""


@dataclass(frozen=True, slots=True)
class BudgetTotals:
    """What some people have for training together, and what they spend, in one currency.

    ``money`` is their allocations with what they carried in: None where nobody has any, or where it would tell of
    fewer than five people, which ``hidden`` says.
    """

    money: Decimal | None = field(default=None, repr=False)
    hidden: bool = False
    planned: Decimal = Decimal(0)
    committed: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)


@dataclass(frozen=True)
class OrganizationBudget:
    """Everybody's training budget in one currency, pooled."""

    teams: Mapping[str, BudgetTotals] = field(default_factory=dict, repr=False)
    """By the manager's id; "" for those who report to nobody."""
    everybody: BudgetTotals = BudgetTotals()
    categories: Mapping[str, BudgetTotals] = field(default_factory=dict, repr=False)
    currency: str = ""
    rates: Mapping[str, float] = field(default_factory=dict)
    """By currency, what one unit of it is worth in that one."""
    rated_on: date | None = None


@dataclass(frozen=True)
class OrganizationView:
    """What an organization's workbook is made from: everybody's ratings, and of pay only what was pooled."""

    context: BuildContext
    people: tuple[OrganizationMember, ...]
    managers: tuple[Person, ...] = ()
    money: OrganizationBudget = OrganizationBudget()

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
