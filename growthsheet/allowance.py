"""A person's allocation, from the same measures that the team's tab shows as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from .expr import serial
from .measures import budget as m
from .model import BudgetPolicy, Pay, Person, minor_units
from .model.budget import base_pay


def allocation(person: Person, history: Sequence[Pay], policy: BudgetPolicy, day: date) -> Decimal | None:
    """The training budget of the fiscal year that holds a day, in the currency of the pay; None without pay.

    >>> ana = Person(id="1", name="Ana", role="pm", start=date(2026, 7, 1))
    >>> pay = Pay(person="1", amount=120000, currency="USD", basis="annual")
    >>> allocation(ana, [pay], BudgetPolicy(), date(2026, 3, 1))
    Decimal('1800')
    >>> allocation(ana, [pay], BudgetPolicy(prorate="days"), date(2026, 3, 1))
    Decimal('1814.79')
    """
    base = base_pay(person, history, policy, day)
    if base is None:
        return None
    first, last = policy.fiscal_year(day)
    cells = {
        "year_start": serial(first),
        "year_end": serial(last),
        "start": serial(person.start) if person.start else None,
        "end": serial(person.end) if person.end else None,
        "base": float(base),
        "rate": policy.rate,
        "prorate": policy.prorate.value,
        "minor": minor_units(history[-1].currency),
        "floor": None if policy.floor is None else float(policy.floor),
        "cap": None if policy.cap is None else float(policy.cap),
    }
    for measure in (m.first_day, m.last_day, m.proration, m.allocation):
        cells[measure.name] = measure.function(**{p.name: cells[p.name] for p in measure.parameters})
    return Decimal(f"{cells['allocation']:.15g}")
