"""A person's budget allocation, computed with the same measures that the team's tab shows as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from growthsheet.expr import serial
from growthsheet.measures import budget as m
from growthsheet.model import BudgetPolicy, Pay, Person, minor_units
from growthsheet.model.budget import base_pay


def person_allocation(person: Person, history: Sequence[Pay], policy: BudgetPolicy, day: date) -> Decimal | None:
    """Return the training budget of the fiscal year that contains a day, in the currency of the pay; None without pay.

    >>> ana = Person(id="1", name="Ana", role="pm", start=date(2026, 7, 1))
    >>> pay = Pay(person="1", amount=120000, currency="USD", basis="annual")
    >>> person_allocation(ana, [pay], BudgetPolicy(), date(2026, 3, 1))
    Decimal('1800')
    >>> person_allocation(ana, [pay], BudgetPolicy(prorate="days"), date(2026, 3, 1))
    Decimal('1814.79')
    """
    base = base_pay(person, history, policy, day)
    if base is None:
        return None
    cells = {
        "base": float(base),
        "rate": policy.rate,
        "proration": _proration(policy.prorate.value, *policy.fiscal_year(day), person.start, person.end),
        "minor": minor_units(history[-1].currency),
        "floor": None if policy.floor is None else float(policy.floor),
        "cap": None if policy.cap is None else float(policy.cap),
    }
    return Decimal(f"{m.allocation.function(**cells):.15g}")


@lru_cache(maxsize=1024)
def _proration(prorate: str, first: date, last: date, start: date | None, end: date | None) -> float:
    """Return the employed share of a fiscal year; cached, as most people are employed for the whole of it."""
    year_start, year_end = serial(first), serial(last)
    cells = {
        "first_day": m.first_day.function(year_start=year_start, start=serial(start) if start else None),
        "last_day": m.last_day.function(year_end=year_end, end=serial(end) if end else None),
    }
    share = m.proration.function(base=1, year_start=year_start, year_end=year_end, prorate=prorate, **cells)
    return float(share)
