"""Training budgets and spending summed up by team, in one currency, so that no one's share can be derived."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from growthsheet.errors import InputError, Problem
from growthsheet.expr import Measure
from growthsheet.measures import budget as m
from growthsheet.model import BudgetItem, ExchangeRates, Person, minor_units
from growthsheet.views.allocation import plain_amount
from growthsheet.views.organization import BudgetTotals, OrganizationBudget
from growthsheet.views.suppression import one_way


@dataclass(frozen=True, slots=True)
class PersonBudget:
    """One person's allocation and the money carried over; it is only used in sums."""

    person: Person
    allocation: Decimal = field(repr=False)
    fixed: bool = False
    """True if it is a fixed amount, which hides nobody's pay."""
    carry_in: Decimal | None = field(default=None, repr=False)


class Expense(NamedTuple):
    """A budget line, the id of the manager whose team pays it, and its currency."""

    line: BudgetItem
    team: str
    currency: str


class Exchange:
    """A converter of amounts into one currency, by dated rates; if there is only one currency, it needs none.

    Raises
    ------
    InputError
        If currencies have no rate; it lists all of them. An amount is never treated as one in another currency.
    """

    def __init__(self, rates: ExchangeRates | None, currencies: Iterable[str], report: str) -> None:
        found = sorted(set(currencies))
        if not rates and len(found) > 1:
            expected, hint = "dated rates into one of them", "add the table exchange_rates to growthsheet.toml"
            raise InputError([Problem("no-exchange-rate", "exchange_rates", ", ".join(found), expected, hint)])
        self.currency = rates.into if rates else found[0] if found else report
        self.day = rates.date if rates else None
        self.minor = minor_units(self.currency)
        self.rates = {code: rates.rate(code) if rates else 1.0 for code in found}
        self.amount = cache(self._amount)
        missing = [code or "amounts without a currency" for code, rate in self.rates.items() if rate is None]
        if missing:
            expected, hint = f"a rate into {self.currency}", "add it to exchange_rates in growthsheet.toml"
            raise InputError([Problem("no-exchange-rate", "exchange_rates", each, expected, hint) for each in missing])

    def into(self, amount: float, currency: str) -> float:
        """Return an amount converted by its dated rate, rounded."""
        cells = {"amount": amount, "exchange_rate": self.rates[currency], "minor": self.minor}
        return float(m.converted.function(**cells))

    def _amount(self, actual: Decimal | None, estimate: Decimal | None, currency: str) -> float:
        """Return the converted amount of a budget line."""
        found = m.amount.function(minor_units(currency), plain_amount(actual), plain_amount(estimate))
        return self.into(found, currency)


def organization_budget(
    currencies: Mapping[Person, str],
    purses: Iterable[PersonBudget],
    lines: Iterable[BudgetItem],
    managers: Iterable[Person],
    rates: ExchangeRates | None,
    report: str,
    disclosed: Collection[str] = (),
) -> OrganizationBudget:
    """Return the training budgets by team and by category; ``currencies`` holds the currency of each person.

    People without an allocation do not count towards the five that a sum needs, because they hide nobody's share; nor
    do those of whose share a reader may know (``disclosed``, or a fixed amount), because the rest could be worked out.

    Raises
    ------
    InputError
        If amounts are in several currencies and a rate is missing.
    """
    purses, known = list(purses), dict.fromkeys(manager.id for manager in managers)
    expenses = list(_expenses(lines, currencies, known, report))
    code_of = {person.id: code for person, code in currencies.items()}
    codes = {code_of[purse.person.id] for purse in purses} | {expense.currency for expense in expenses}
    exchange = Exchange(rates, codes, report)
    money: dict[str, list[float]] = {team: [] for team in (*known, "")}
    people: dict[str, set[str]] = {team: set() for team in money}
    for purse in purses:
        team = purse.person.manager if purse.person.manager in known else ""
        amounts = (purse.allocation, purse.carry_in)
        money[team] += [exchange.into(float(amount), code_of[purse.person.id]) for amount in amounts if amount]
        if purse.allocation:
            people[team].add(purse.person.id)
    known_of = {*disclosed, *(purse.person.id for purse in purses if purse.fixed)}
    shown, unknown = one_way(people), one_way({team: ids - known_of for team, ids in people.items()})
    spent, by_category = _spending(expenses, exchange)
    rows = shown.rows & unknown.rows
    teams = {
        team: _pool(money[team] if people[team] else [], team in rows, spent.get(team, {}), exchange) for team in money
    }
    everything = [amount for amounts in money.values() for amount in amounts] if any(people.values()) else []
    whole = {name: sum((getattr(pool, name) for pool in teams.values()), Decimal(0)) for name in SPENT}
    return OrganizationBudget(
        teams,
        _pool(everything, shown.total and unknown.total, whole, exchange),
        {code: _pool([], True, sums, exchange) for code, sums in by_category.items()},
        exchange.currency,
        {code: rate for code, rate in exchange.rates.items() if rate is not None},
        exchange.day,
    )


Spending = Mapping[str, Mapping[str, Decimal]]
"""The amounts that are planned, committed and spent, by team or category and by name."""

SPENT: Mapping[str, Measure] = {"planned": m.planned_money, "committed": m.committed, "spent": m.spent}


def _pool(amounts: Sequence[float], shown: bool, spent: Mapping[str, Decimal], exchange: Exchange) -> BudgetTotals:
    if not amounts or not shown:
        return BudgetTotals(None, bool(amounts), **spent)
    return BudgetTotals(_exact(m.sum_of.function(minor=exchange.minor, column=amounts)), False, **spent)


def _expenses(
    lines: Iterable[BudgetItem], currencies: Mapping[Person, str], managers: Collection[str], report: str
) -> Iterator[Expense]:
    """Yield each line that has an amount; the currency is its own, else that of the person or team."""
    people = {person.id: (person.manager, code) for person, code in currencies.items()}
    in_team: dict[str, set[str]] = {}
    for team, code in people.values():
        in_team.setdefault(team, set()).add(code)
    only = {team: named.pop() for team, codes in in_team.items() if len(named := codes - {""}) == 1}
    for line in lines:
        if line.estimate is None and line.actual is None:
            continue
        team, code = people.get(line.person) or (line.team, only.get(line.team, ""))
        yield Expense(line, team if team in managers else "", line.currency or code or report)


def _spending(expenses: Iterable[Expense], exchange: Exchange) -> tuple[Spending, Spending]:
    """Return planned, committed and spent money by team and by category.

    Lines of the same status are added up first, in their order, and then count as one line.
    """
    teams: dict[str, dict[str, float]] = {}
    categories: dict[str, dict[str, float]] = {}
    for line, team, currency in expenses:
        status, amount = line.status, exchange.amount(line.actual, line.estimate, currency)
        for sums in (teams.setdefault(team, {}), categories.setdefault(line.category, {})):
            sums[status] = sums.get(status, 0) + amount
    return _summed(teams, exchange), _summed(categories, exchange)


def _summed(found: Mapping[str, Mapping[str, float]], exchange: Exchange) -> Spending:
    summed = {}
    for key, sums in found.items():
        cells = {"key": "k", "keys": ["k"] * len(sums), "amounts": [*sums.values()], "statuses": [*sums]}
        summed[key] = {name: _exact(each.function(**cells, minor=exchange.minor)) for name, each in SPENT.items()}
    return summed


def _exact(number: float) -> Decimal:
    return Decimal(f"{number:.15g}")
