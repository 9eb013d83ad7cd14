"""The exact cases of the training budget: from a person's pay to the cell of a recalculated workbook."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as told
from hypothesis import settings
from hypothesis import strategies as st

from growthsheet.measures import budget as m
from growthsheet.model import BudgetPolicy, Pay, Person, minor_units
from growthsheet.model.budget import Proration, _since, away, base_pay
from growthsheet.views.allocation import person_allocation
from growthsheet.workbook.blocks import Book, NamedCells, Sheet
from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column, named_value
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.write import to_bytes
from tests.expr.asking import everyday_differences, office_differences

DAY = date(2026, 6, 1)


def pay(amount: float, basis: str = "annual", start: date | None = None, currency: str = "USD", **more: Any) -> Pay:
    """Pay of the one person."""
    return Pay(person="1", amount=Decimal(str(amount)), currency=currency, basis=basis, start=start, **more)


def person(**more: Any) -> Person:
    """The one person."""
    return Person(**{"id": "1", "name": "Ana", "role": "pm"} | more)


RULES = {"rates": {"country:DE": 0.05, "role:VP": 0.02, "person:2": 0.04}}


AWAY = ((date(2026, 3, 1), date(2026, 6, 30)),)
RAISE = [pay(80000), pay(88000, start=date(2026, 4, 1))]

# name: allocation, person, pay, policy
CASES: dict[str, tuple[str, Person, list[Pay], dict[str, Any]]] = {
    "a full year": ("3600.00", person(), [pay(120000)], {}),
    "start on 1 July, by months": ("1800.00", person(start=date(2026, 7, 1)), [pay(120000)], {}),
    "start on 1 July, by days": ("1814.79", person(start=date(2026, 7, 1)), [pay(120000)], {"prorate": "days"}),
    "start on 1 July, not prorated": ("3600.00", person(start=date(2026, 7, 1)), [pay(120000)], {"prorate": "none"}),
    "90,000 full-time-equivalent at 0.6": ("1620.00", person(fte=0.6), [pay(90000, "annual_fte")], {}),
    "90,000 actual at 0.6": ("2700.00", person(fte=0.6), [pay(90000)], {}),
    "a raise on 1 April": ("2580.00", person(), RAISE, {}),
    "a raise, told in any order": ("2580.00", person(), RAISE[::-1], {}),
    "full time, then 0.6 from 1 July": (
        "2160.00",
        person(),
        [pay(90000, "annual_fte", fte=1.0), pay(90000, "annual_fte", fte=0.6, start=date(2026, 7, 1))],
        {},
    ),
    "a leaver on 30 September": ("2700.00", person(end=date(2026, 9, 30)), [pay(120000)], {}),
    "somebody who left in February and came back in July": ("2400.00", person(breaks=AWAY), [pay(120000)], {}),
    "the same, by days": ("2396.71", person(breaks=AWAY), [pay(120000)], {"prorate": "days"}),
    "the same, who left again on 30 September": (
        "1500.00",
        person(breaks=AWAY, end=date(2026, 9, 30)),
        [pay(120000)],
        {},
    ),
    "the same, with more pay since": (
        "2250.00",
        person(breaks=AWAY),
        [pay(90000), pay(120000, start=date(2026, 7, 1))],
        {},
    ),
    "euros": ("2100.00", person(), [pay(70000, currency="EUR")], {}),
    "yen have no decimals": ("150001", person(), [pay(5000033, currency="JPY")], {}),
    "Kuwaiti dinars have three": ("300.003", person(), [pay(10000.1, currency="KWD")], {}),
    "10,000 a month": ("3600.00", person(), [pay(10000, "monthly")], {}),
    "50 an hour, 38.5 hours a week": ("3003.00", person(), [pay(50, "hourly", hours=38.5)], {}),
    "a floor": ("4000.00", person(), [pay(120000)], {"floor": 4000}),
    "a cap": ("2000.00", person(), [pay(120000)], {"cap": 2000}),
    "a floor for somebody who starts next year": ("0", person(start=date(2027, 1, 1)), [pay(9)], {"floor": 4000}),
    "somebody who left last year": ("0", person(end=date(2025, 12, 31)), [pay(120000)], {"floor": 4000}),
    "5% for a country": ("6000.00", person(country="de"), [pay(120000)], RULES),
    "2% for a role, in that country, too": ("2400.00", person(role="vp", country="DE"), [pay(120000)], RULES),
    "4% for one person, whatever the role": ("4800.00", person(id="2", role="vp"), [pay(120000)], RULES),
    "the general rate for all others": ("3600.00", person(country="FR"), [pay(120000)], RULES),
    "a fiscal year from 6 April": (
        "3300.00",
        person(start=date(2026, 4, 16)),
        [pay(120000)],
        {"fiscal_year_start": (4, 6)},
    ),
    "no pay": ("", person(), [], {}),
}


def wanted(name: str) -> Decimal | None:
    """The allocation of a case."""
    return Decimal(CASES[name][0]) if CASES[name][0] else None


@pytest.mark.parametrize("name", CASES)
def test_from_pay(name: str) -> None:
    """The allocation that a person's own workbook shows is exact."""
    _, who, history, policy = CASES[name]
    assert person_allocation(who, history, BudgetPolicy(**policy), DAY) == wanted(name)


COLUMNS = Table(
    "budgets",
    (
        data_column("key"),
        data_column("base", "Base", "money"),
        data_column("currency", "Currency"),
        calculated_column(m.proration, "Share", "share"),
        calculated_column(m.allocation, "Allocation", "money"),
        *(data_column(name, name, "date") for name in ("start", "end", "year_start", "year_end")),
        *(data_column(name, name) for name in ("rate", "prorate", "floor", "cap", "minor")),
        data_column("away", "Away", "whole"),
        calculated_column(m.first_day, hidden=True),
        calculated_column(m.last_day, hidden=True),
        data_column("exchange_rate", "Rate", "fx"),
        calculated_column(m.converted, "In dollars", "sum", amount="allocation", minor="dollar_decimals"),
    ),
)


def book() -> Book:
    """Every case as the row of a table."""
    rows = []
    for name, (_, who, history, options) in CASES.items():
        policy = BudgetPolicy(**options)
        base = base_pay(who, history, policy, DAY)
        currency = history[-1].currency if history else ""
        first, last = policy.fiscal_year(DAY)
        cells = {"key": name, "base": None if base is None else float(base), "currency": currency}
        cells |= {"start": who.start, "end": who.end, "year_start": first, "year_end": last}
        cells |= {"away": away(who, policy, DAY) or None}
        cells |= {
            "rate": policy.rate_of(who),
            "prorate": Proration(policy.prorate).value,
            "minor": minor_units(currency),
        }
        cells |= {"floor": policy.floor and float(policy.floor), "cap": policy.cap and float(policy.cap)}
        rows.append(cells | {"exchange_rate": 1.08 if currency == "EUR" else None})
    decimals = NamedCells((named_value("dollar_decimals", "Decimals", 2, "whole"),))
    return Book("demo", "Cases", (Sheet("Budget", "", (decimals, TableData(COLUMNS, rows))),), {})


def test_in_cells() -> None:
    """The same cases as a table of formulas have the same allocations."""
    found = Values(book()).column("budgets", "allocation")
    told = {name: None if cell is None else Decimal(f"{cell:.15g}") for name, cell in zip(CASES, found, strict=True)}
    assert told == {name: wanted(name) for name in CASES}


def test_euros_in_dollars() -> None:
    """EUR 2,100.00 are USD 2,268.00 at 1.08; a missing rate gives nothing, never the same number."""
    found = dict(zip(CASES, Values(book()).column("budgets", "converted"), strict=True))
    assert {name: amount for name, amount in found.items() if amount is not None} == {"euros": 2268}


@pytest.mark.engines
def test_recalculated() -> None:
    """Formualizer and IronCalc find the same amounts in the workbook."""
    assert everyday_differences(to_bytes(book())) == []


@pytest.mark.slow
@pytest.mark.engines
def test_recalculated_in_libreoffice() -> None:
    """LibreOffice finds the same amounts in the workbook."""
    assert office_differences([to_bytes(book())]) == []


DAYS = st.dates(date(2025, 11, 1), date(2027, 2, 28))


@pytest.mark.slow
@told(
    starts=st.lists(st.none() | DAYS, max_size=4),
    away=st.none() | st.tuples(DAYS, DAYS).map(sorted).map(tuple),
    employed=st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda span: not all(span) or span[0] <= span[1]),
    policy=st.builds(
        BudgetPolicy, prorate=st.sampled_from(Proration), fiscal_year_start=st.sampled_from([(1, 1), (4, 6), (10, 16)])
    ),
)
@settings(max_examples=75, deadline=None, derandomize=True, database=None)
def test_spans_count_as_their_days_do(
    starts: list[date | None],
    away: tuple[date, date] | None,
    employed: tuple[date | None, date | None],
    policy: BudgetPolicy,
) -> None:
    """Base pay, which counts whole spans, is what walking through the year day by day gives."""
    history = [pay(1000 * n + 365, start=start) for n, start in enumerate(starts, 1)]
    who = person(start=employed[0], end=employed[1], breaks=(away,) if away else ())
    assert base_pay(who, history, policy, DAY) == walked(who, history, policy)


def walked(who: Person, history: list[Pay], policy: BudgetPolicy) -> Decimal | None:
    """The base pay, a day of the fiscal year at a time."""
    steps = sorted(history, key=lambda each: each.start or date.min)
    if not steps:
        return None
    first, last = policy.fiscal_year(DAY)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day for day in days if (who.start or day) <= day <= (who.end or day)]
    days = [day for day in days if not any(since <= day <= until for since, until in who.breaks)]
    counted = [day for day in days if policy.prorate == Proration.DAYS or day.day == 15]
    amounts = [
        max((each for each in steps if (each.start or date.min) <= day), default=steps[0], key=_since).amount
        for day in counted
    ]
    amounts = amounts or [steps[-1].amount]
    return (sum(amounts, Decimal(0)) / len(amounts)).quantize(Decimal("0.01"))
