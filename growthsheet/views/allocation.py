"""A person's budget: the allocation and what is carried over, by the measures that tabs show as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from growthsheet.expr import serial
from growthsheet.measures import budget as m
from growthsheet.model import BudgetItem, BudgetPolicy, Pay, Person, minor_units
from growthsheet.model.budget import Money, away, base_pay


def plain_amount(amount: Money | None) -> float | None:
    """Return an amount as measures and cells have it."""
    return None if amount is None else float(amount)


def person_allocation(
    person: Person, history: Sequence[Pay], policy: BudgetPolicy, day: date, fixed: Decimal | None = None
) -> Decimal | None:
    """Return the training budget of the fiscal year that contains a day, in the currency of the pay; None without pay.

    A fixed amount is taken as it is, in the person's currency.

    >>> ana = Person(id="1", name="Ana", role="pm", start=date(2026, 7, 1))
    >>> pay = Pay(person="1", amount=120000, currency="USD", basis="annual")
    >>> person_allocation(ana, [pay], BudgetPolicy(), date(2026, 3, 1))
    Decimal('1800')
    >>> person_allocation(ana, [pay], BudgetPolicy(prorate="days"), date(2026, 3, 1))
    Decimal('1814.79')
    """
    if fixed is not None:
        allowed = m.allowance.function(sized=None, fixed=float(fixed), minor=minor_units(person.currency))
        return Decimal(f"{allowed:.15g}")
    base = base_pay(person, history, policy, day)
    if base is None:
        return None
    cells = {
        "base": float(base),
        "rate": policy.rate_of(person),
        "proration": _proration(
            str(policy.prorate), *policy.fiscal_year(day), person.start, person.end, away(person, policy, day)
        ),
        "minor": minor_units(history[-1].currency),
        "floor": plain_amount(policy.floor),
        "cap": plain_amount(policy.cap),
    }
    return Decimal(f"{m.allocation.function(**cells):.15g}")


def person_carry_over(
    allocation: Decimal, carry_in: Decimal | None, lines: Iterable[BudgetItem], currency: str, policy: BudgetPolicy
) -> Decimal:
    """Return what a person brings along into the next fiscal year: the policy's share of what these lines leave.

    >>> from growthsheet.model.budget import Status
    >>> booked = BudgetItem(id="1", person="1", category="books", title="", status=Status.BOOKED, estimate=600)
    >>> person_carry_over(Decimal(3600), Decimal(250), [booked], "USD", BudgetPolicy(carry_over=0.5))
    Decimal('1625')
    """
    minor = minor_units(currency)
    paid = [line for line in lines if (line.actual, line.estimate) != (None, None)]
    cells = {
        "key": "k",
        "keys": ["k"] * len(paid),
        "amounts": [m.amount.function(minor, plain_amount(line.actual), plain_amount(line.estimate)) for line in paid],
        "statuses": [str(line.status) for line in paid],
        "minor": minor,
    }
    used = {"committed": m.committed.function(**cells), "spent": m.spent.function(**cells)}
    left = m.available.function(float(allocation), **used, minor=minor, carry_in=plain_amount(carry_in))
    share = m.carried_out.function(available=left, carry_over=policy.carry_over, minor=minor)
    return Decimal(f"{share:.15g}")


@lru_cache(maxsize=1024)
def _proration(prorate: str, first: date, last: date, start: date | None, end: date | None, away: int) -> float:
    """Return the employed share of a fiscal year; cached, as most people are employed for the whole of it."""
    year_start, year_end = serial(first), serial(last)
    cells = {
        "first_day": m.first_day.function(year_start=year_start, start=serial(start) if start else None),
        "last_day": m.last_day.function(year_end=year_end, end=serial(end) if end else None),
    }
    share = m.proration.function(base=1, year_start=year_start, year_end=year_end, prorate=prorate, away=away, **cells)
    return float(share)
