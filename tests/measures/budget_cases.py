"""The training budget: each sentence with its cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from growthsheet.expr import Measure, serial
from growthsheet.measures import budget as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
_GAPS: dict[str, Any] = {"activity_choice": 7, "at": 2, "total_gaps": [0, 5], "whose": ["a", "b", "b", "c", "d"]} | {
    "activities": [7, 7, 8, 7, 8],
    "gaps": [0, 2, 3, Blank.FORMULA, 1],
}
LEAP = (date(2028, 1, 1), date(2028, 12, 31))
BRITISH = (date(2025, 4, 6), date(2026, 4, 5))


def share(
    wanted: Any,
    start: date | None = None,
    end: date | None = None,
    year: tuple[date, date] = YEAR,
    prorate: str = "months",
    base: Any = 1,
    away: Any = None,
) -> Case:
    """The employed share of a fiscal year, from the first and the last employed day."""
    first, last = (serial(day) for day in year)
    days = {
        "first_day": m.first_day.function(year_start=first, start=serial(start) if start else None),
        "last_day": m.last_day.function(year_end=last, end=serial(end) if end else None),
    }
    return says(m.proration, wanted, base=base, **days, year_start=first, year_end=last, prorate=prorate, away=away)


def allowed(wanted: Any, base: Any = 120000, proration: Any = 1, minor: int = 2, **bounds: Any) -> Case:
    """An allocation at 3%."""
    return says(m.allocation, wanted, base=base, rate=0.03, proration=proration, minor=minor, **bounds)


def line(wanted: Any, actual: Any, estimate: Any, minor: int = 2) -> Case:
    """What a line amounts to."""
    return says(m.amount, wanted, minor=minor, actual=actual, estimate=estimate)


STATUSES = ["planned", "requested", "approved", "booked", "spent", "rejected", "cancelled"]
_LINES: dict[str, Any] = {
    # one line of each status for ana, worth 1, 2, 4...; one for ben; one of nobody
    "amounts": [1.1, 2.2, 4.4, 8.8, 16.16, Blank.FORMULA, Blank.FORMULA, 32, 64],
    "keys": ["ana", "ANA", "ana", "ana", "ana", "ana", "ana", "ben", "none"],
    "statuses": [*STATUSES, "spent", "approved"],
}


def lines(measure: Measure, wanted: Any, key: str, minor: int = 2) -> Case:
    """A sum over the lines of somebody."""
    return says(measure, wanted, key=key, minor=minor, **_LINES)


def left(wanted: Any, allocation: Any, committed: Any, spent: Any, carry_in: Any = None, minor: int = 2) -> Case:
    """What is left."""
    cells = {"allocation": allocation, "committed": committed, "spent": spent, "carry_in": carry_in}
    return says(m.available, wanted, **cells, minor=minor)


def became(wanted: Any, who: str, order: int, used: Any, then: Any = 1, paid: Any = None) -> Case:
    """What became of somebody's gap in an activity; ana has a line for 1, all have one for 3, cyd's was cancelled."""
    lines = {"whose": ["ana", "none", "cyd"], "activities": [1, 3, 4], "amounts": [500, 0, Blank.FORMULA]}
    return says(m.outcome, wanted, expected=3, then=then, who=who, order=order, used=used, paid=paid, **lines)


CASES: dict[str, list[Case]] = {
    "Employed days lie within the fiscal year.": [
        says(m.first_day, 46023, year_start=46023, start=None),
        says(m.first_day, 46023, year_start=46023, start=40000),
        says(m.first_day, 46100, year_start=46023, start=46100),
        says(m.last_day, 46387, year_end=46387, end=None),
        says(m.last_day, 46387, year_end=46387, end=50000),
        says(m.last_day, 46200, year_end=46387, end=46200),
        says(m.last_day, 46387, year_end=46387, end="open"),
    ],
    "A month counts when employed on its 15th.": [
        share(1),
        share(1, start=date(2026, 1, 15)),
        share(11 / 12, start=date(2026, 1, 16)),
        share(6 / 12, start=date(2026, 7, 1)),
        share(6 / 12, start=date(2026, 7, 15)),
        share(5 / 12, start=date(2026, 7, 16)),
        share(9 / 12, end=date(2026, 9, 30)),
        share(9 / 12, end=date(2026, 9, 15)),
        share(8 / 12, end=date(2026, 9, 14)),
        share(1 / 12, start=date(2026, 5, 15), end=date(2026, 5, 15)),
        share(0, start=date(2026, 5, 16), end=date(2026, 6, 14)),
    ],
    "Days count against the year's days, in a leap year of 366.": [
        share(1, prorate="days"),
        share(184 / 365, start=date(2026, 7, 1), prorate="days"),
        share(1 / 365, start=date(2026, 12, 31), prorate="days"),
        share(1, year=LEAP, prorate="days"),
        share(307 / 366, start=date(2028, 2, 29), year=LEAP, prorate="days"),
        share(60 / 366, end=date(2028, 2, 29), year=LEAP, prorate="days"),
    ],
    "In a leap year a month is a month.": [share(10 / 12, start=date(2028, 2, 29), year=LEAP)],
    "A fiscal year from 6 April has twelve 15ths, too.": [
        share(1, year=BRITISH),
        share(1, start=date(2025, 4, 15), year=BRITISH),
        share(11 / 12, start=date(2025, 4, 16), year=BRITISH),
        share(1, end=date(2026, 3, 15), year=BRITISH),
        share(11 / 12, end=date(2026, 3, 14), year=BRITISH),
        share(1, year=BRITISH, prorate="days"),
    ],
    "Who left before the year or starts after it has no share.": [
        share(0, end=date(2025, 12, 31)),
        share(0, end=date(2025, 12, 31), prorate="days"),
        share(0, end=date(2019, 3, 1), prorate="days"),
        share(0, start=date(2027, 1, 1)),
        share(0, start=date(2027, 3, 1), prorate="days"),
    ],
    "Times between two spells of employment do not count.": [
        share(8 / 12, away=4),
        share(243 / 365, away=122, prorate="days"),
        share(1, away=4, prorate="none"),
        *(share(0.5, start=date(2026, 7, 1), away=nothing) for nothing in (None, 0)),
    ],
    "Without proration the share is whole; without pay there is none.": [
        share(1, start=date(2026, 12, 1), prorate="none"),
        share(None, base=None),
        share(None, base=None, prorate="none"),
    ],
    "An allocation is base times rate times proration, rounded to the minor unit.": [
        allowed(3600),
        allowed(1800, proration=0.5),
        allowed(1814.79, proration=184 / 365),
        allowed(1620, base=54000),
        allowed(2700, base=90000),
        allowed(2580, base=86000),
        allowed(2700, proration=0.75),
        allowed(2100, base=70000),
        allowed(150001, base=5000033, minor=0),
        allowed(300.003, base=10000.1, minor=3),
        allowed(0, base=0),
        allowed(None, base=None, proration=None),
    ],
    "Then comes the floor, then the cap.": [
        allowed(4000, floor=4000),
        allowed(3600, floor=500),
        allowed(2000, cap=2000),
        allowed(3600, cap=9000),
        allowed(2000, floor=4000, cap=2000),
        allowed(500, base=0, floor=500),
        *(allowed(3600, floor=blank, cap=blank) for blank in (None, Blank.NOTHING, Blank.FORMULA)),
    ],
    "A person's own rate comes before the general one; without pay there is none.": [
        says(m.person_rate, 0.05, base=120000, rate=0.03, own_rate=0.05),
        says(m.person_rate, 0, base=120000, rate=0.03, own_rate=0),
        *(says(m.person_rate, 0.03, base=1, rate=0.03, own_rate=blank) for blank in (None, Blank.NOTHING)),
        says(m.person_rate, None, base=None, rate=0.03, own_rate=0.05),
    ],
    "A fixed amount comes before a share of pay, and needs none.": [
        says(m.allowance, 1500.5, minor=2, sized=3600, fixed=1500.5),
        says(m.allowance, 1501, minor=0, sized=None, fixed=1500.5),
        says(m.allowance, 0, minor=2, sized=3600, fixed=0),
        *(says(m.allowance, 3600, minor=2, sized=3600, fixed=blank) for blank in (None, Blank.NOTHING)),
        *(says(m.allowance, None, minor=2, sized=blank, fixed=None) for blank in (None, Blank.FORMULA)),
    ],
    "Without a share there is neither floor nor budget.": [allowed(0, proration=0, floor=500, cap=2000)],
    "An amount in another currency is rounded to that currency's minor unit.": [
        says(m.converted, 2268, amount=2100, exchange_rate=1.08, minor=2),
        says(m.converted, 331590, amount=2100, exchange_rate=157.9, minor=0),
        says(m.converted, 645.645, amount=2100, exchange_rate=0.30745, minor=3),
        says(m.converted, None, amount=2100, exchange_rate=None, minor=2),
    ],
    "A line counts its actual amount, else its estimate.": [
        line(90, 90, 100),
        line(100, None, 100),
        line(0, 0, 100),
        line(None, None, None),
        line(100, "n/a", 100),
        line(None, Blank.FORMULA, "?"),
    ],
    "Each line is rounded to its currency's minor unit.": [
        line(10.13, 10.125, None),
        line(10, 10.4, None, minor=0),
        line(11, None, 10.5, minor=0),
        line(10.126, 10.1255, None, minor=3),
    ],
    "A line without a status is planned, without a category or person it belongs to none.": [
        says(m.line_status, "planned", amount=5, codes=STATUSES, choice=None),
        says(m.line_status, "booked", amount=5, codes=STATUSES, choice=4),
        says(m.line_status, None, amount=None, codes=STATUSES, choice=4),
        says(m.line_key, "none", amount=5, codes=["training", "other"], choice=None),
        says(m.line_key, "other", amount=5, codes=["training", "other"], choice=2),
        says(m.line_key, None, amount=None, codes=["training", "other"], choice=2),
    ],
    "A line has the decimals of the currency of whom it is for.": [
        says(m.line_minor, 0, fallback=2, minors=[2, 0, 3], at=2),
        says(m.line_minor, 3, fallback=2, minors=[2, 0, 3], at=3),
        says(m.line_minor, 2, fallback=2, minors=[2, 0, 3], at=None),
        says(m.line_minor, 2, fallback=2, minors=[0, None, 3], at=2),
    ],
    "What was rejected or cancelled does not count.": [
        says(m.counted, None if status in ("rejected", "cancelled") else 5, amount=5, line_status=status)
        for status in STATUSES
    ]
    + [says(m.counted, None, amount=None, line_status="spent")],
    "Each line counts once: planned and requested, approved and booked, or spent.": [
        lines(m.planned_money, 3.3, "ana"),
        lines(m.committed, 13.2, "ana"),
        lines(m.spent, 16.16, "ana"),
        lines(m.planned_money, 0, "ben"),
        lines(m.spent, 32, "ben"),
        lines(m.committed, 64, "none"),
        lines(m.committed, 0, "carl"),
        lines(m.spent, 16, "ana", minor=0),
    ],
    "Available is allocation and carried in, less committed, less spent.": [
        left(2000, 3600, 900, 700),
        left(2500, 3600, 900, 700, carry_in=500),
        left(-100, 600, 400, 300),
        left(0.1, 0.3, 0.1, 0.1),
        left(None, None, 0, 0),
        left(1000, 3600, 1300, 1300, minor=0),
    ],
    "The bar shows what share of the allocation, and of what was carried in, is left.": [
        says(m.left_share, 0.6, allocation=900, available=600, carry_in=100),
        says(m.left_share, -0.5, allocation=100, available=-50),
        says(m.left_share, None, allocation=0, available=0),
        says(m.left_share, 0.3333, allocation=0.9, available=0.3),
    ],
    "More than there is, is told.": [
        says(m.budget_state, "Over budget", available=-0.01),
        says(m.budget_state, None, available=0),
        says(m.budget_state, None, available=None),
    ],
    "Sums are in one currency.": [
        says(m.sum_of, 3.3, minor=2, column=[1.1, 2.2, Blank.FORMULA]),
        says(m.sum_of, 3, minor=0, column=[1, 2, None]),
        says(m.sum_in, 3.3, currency="EUR", minor=2, column=[1.1, 9, 2.2], currencies=["EUR", "USD", "EUR"]),
        says(m.sum_in, 0, currency="JPY", minor=0, column=[1.1, 9, 2.2], currencies=["EUR", "USD", "EUR"]),
        says(m.sum_in, None, currency=None, minor=2, column=[1.1], currencies=["EUR"]),
    ],
    "A line is tied to a gap, to none, to an activity that is not rated, or to none.": [
        says(m.budget_link, "gap", counted=5, at=2, gap=1),
        says(m.budget_link, "nogap", counted=5, at=2, gap=0),
        says(m.budget_link, "unrated", counted=5, at=2, gap=None),
        says(m.budget_link, "noactivity", counted=5, at=None, gap=None),
        says(m.budget_link, None, counted=None, at=2, gap=1),
    ],
    "A line closes the gap of the person it is for; if it is for the whole team, anybody's.": [
        says(m.gap_of_line, 2, **_GAPS | {"person_code": "b"}),
        says(m.gap_of_line, 0, **_GAPS | {"person_code": "a"}),
        says(m.gap_of_line, 5, **_GAPS | {"person_code": "none"}),
        says(m.gap_of_line, None, **_GAPS | {"person_code": "c"}),  # not rated
        says(m.gap_of_line, 0, **_GAPS | {"person_code": "d"}),  # whose role does not expect it
        says(m.gap_of_line, None, **_GAPS | {"person_code": "e"}),  # who has left: nothing is known
        says(m.gap_of_line, None, **_GAPS | {"activity_choice": None, "at": None, "person_code": "b"}),
    ],
    "Priorities without money and money without a gap are told.": [
        says(m.money_for, 7.5, at=2, minor=2, amounts=[5, 2.5, 9, Blank.FORMULA], ats=[2, 2, 1, 2]),
        says(m.money_for, 0, at=3, minor=2, amounts=[5, 2.5, 9], ats=[2, 2, Blank.FORMULA]),
        says(m.money_for, None, at=None, minor=2, amounts=[5], ats=[2]),
        says(m.without_money, "No money", money_for=0),
        says(m.without_money, None, money_for=0.01),
        says(m.without_money, None, money_for=None),
        says(
            m.money_without_gap,
            10,
            minor=2,
            amounts=[1, 2, 4, 8, Blank.FORMULA],
            budget_links=["gap", "nogap", "unrated", "noactivity", Blank.FORMULA],
        ),
    ],
    "What would carry over is a share of what is left, and nothing of what is overspent.": [
        says(m.carried_out, 137.5, available=550, carry_over=0.25, minor=2),
        says(m.carried_out, 0, available=-550, carry_over=1, minor=2),
        says(m.carried_out, 550, available=550, carry_over=1, minor=2),
        says(m.carried_out, 0, available=550, carry_over=0, minor=2),
        says(m.carried_out, 11, available=21, carry_over=0.5, minor=0),
        says(m.carried_out, None, available=None, carry_over=1, minor=2),
    ],
    "A line counts in the currency of whom it is for, else in the book's.": [
        says(m.line_currency, "EUR", fallback="USD", currencies=["USD", "EUR"], at=2),
        says(m.line_currency, "USD", fallback="USD", currencies=["EUR", "EUR"], at=None),
        says(m.line_currency, "-", fallback="-", currencies=["EUR"], at=Blank.FORMULA),
        says(m.in_currency, "books:EUR", code="books", currency="EUR"),
        says(m.in_currency, None, code=None, currency="EUR"),
    ],
    "Lines of a status are counted and added, whatever it is.": [
        says(m.line_count, 2, key="rejected", keys=["rejected", "spent", "rejected", Blank.FORMULA]),
        says(m.line_count, 0, key="booked", keys=["rejected", Blank.FORMULA]),
        says(m.line_money, 3.3, key="spent", minor=2, amounts=[1.1, 5, 2.2], keys=["spent", "booked", "spent"]),
        says(m.line_money, 0, key="spent", minor=2, amounts=[Blank.FORMULA], keys=[Blank.FORMULA]),
    ],
    "The lines of an activity are counted but for those that were rejected or cancelled.": [
        says(m.lines_for, 2, at=2, amounts=[5, 0, Blank.FORMULA, 9], ats=[2, 2, 2, 1]),
        says(m.lines_for, 0, at=3, amounts=[5], ats=[2]),
        says(m.lines_for, None, at=None, amounts=[5], ats=[2]),
    ],
    "Activities are ranked by their money, then by the order of the catalog; those without any have no rank.": [
        says(m.money_rank, rank, money=money, order=n, moneys=[0.5, 0, 70, 0.5], orders=[1, 2, 3, 4])
        for n, (money, rank) in enumerate(((0.5, 2), (0, None), (70, 1), (0.5, 3)), 1)
    ],
    "A gap of the last cycle has money where the person or the whole team has a line for it.": [
        became("moneyhigher", "ana", 1, used=2),
        became("barehigher", "ana", 2, used=2),
        became("moneyhigher", "ana", 2, used=2, paid=1),
        became("moneyhigher", "ana", 1, used=2, paid=1),
        became("barehigher", "ana", 2, used=2, paid=Blank.FORMULA),
        became(None, "ana", 2, used=2, then=3, paid=1),
        became("bareunrated", "ben", 1, used=None),
        became("moneysame", "ben", 3, used=1),
        became("moneylower", "ben", 3, used=0),
        became("moneyunrated", "ben", 3, used=Blank.FORMULA),
        became("baresame", "cyd", 4, used=1),
        became(None, "ana", 1, used=2, then=3),
        became(None, "ana", 1, used=2, then=None),
    ],
    "What became of gaps is counted over all people's.": [
        says(
            m.outcomes_counted,
            2,
            code="baresame",
            outcomes=["baresame", Blank.FORMULA, "BareSame", "barelower"],
        ),
        says(m.outcomes_counted, 0, code="baresame", outcomes=[Blank.FORMULA, None]),
    ],
}
