"""The vocabulary: the operations that a cell may use, each with its text in formulas and its function in Python.

It is closed and small: it contains only what Excel 2016, LibreOffice 7.4 and Google Sheets compute the same way.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from growthsheet.expr.tree import NOT_AVAILABLE, ColumnValues, RatingCell, define_word

__all__ = [
    "all_numbers",
    "both",
    "counts",
    "day_of",
    "day_of_month",
    "divided",
    "either",
    "filled",
    "is_number",
    "joined",
    "larger",
    "month",
    "negate",
    "not_available",
    "number",
    "on_scale",
    "or_else",
    "reads",
    "rounded",
    "same",
    "serial",
    "smaller",
    "whole",
    "year",
]

_SPREADSHEET_EPOCH = datetime.date(1899, 12, 30)

# -- tests -------------------------------------------------------------------------------------------------------


@define_word("AND({all})", python="({ands})")
def both(*tests: bool) -> bool:
    """Return whether every test is true."""
    return all(tests)


@define_word("OR({all})", python="({ors})")
def either(*tests: bool) -> bool:
    """Return whether at least one test is true."""
    return any(tests)


@define_word("NOT({0})", python="(not {0})")
def negate(test: bool) -> bool:
    """Return whether the test is false."""
    return not test


# -- numbers -----------------------------------------------------------------------------------------------------


def serial(day: datetime.date) -> int:
    """Return a date as spreadsheets count it: the days since 1899-12-30 (correct from 1900-03-01 on)."""
    return (day - _SPREADSHEET_EPOCH).days


def day_of(number: float) -> datetime.date:
    """Return the date of a day number."""
    return _SPREADSHEET_EPOCH + datetime.timedelta(days=int(number))


def _fifteen(value: float) -> Decimal:
    """Return a number with the 15 significant digits that spreadsheets use."""
    return Decimal(f"{value:.15g}")


@define_word("NA()")
def not_available() -> float:
    """Return the value of a point that a chart does not draw."""
    return NOT_AVAILABLE  # type: ignore[return-value]  # it takes the place of a number


@define_word("{0}/{1}", tight=4, python="({0}/{1})")
def divided(a: float, b: float) -> float:
    """Return a number divided by one that cannot be 0."""
    return a / b


@define_word("MAX({0},{1})", python=max)
def larger(a: float, b: float) -> float:
    """Return the larger of two numbers."""
    return max(a, b)


@define_word("MIN({0},{1})", python=min)
def smaller(a: float, b: float) -> float:
    """Return the smaller of two numbers."""
    return min(a, b)


@define_word("ROUND({0},{1})")
def rounded(a: float, digits: float) -> float:
    """Return a number rounded half away from zero, from the 15 digits that spreadsheets use."""
    if a % 1 == 0 and digits >= 0 and abs(a) < 1e15:
        return float(a)  # most numbers are whole, and a Decimal takes time
    if 0 <= digits < 8 and 0 < (scaled := a * 10**digits) < 1e8:
        nearest = round(scaled)
        if abs(scaled - nearest) < 0.4999:  # not near a half, so all ways of rounding give the same
            return float(nearest / 10**digits)
    return float(_fifteen(a).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


@define_word("YEAR({0})")
def year(day: float) -> float:
    """Return the year of a date."""
    return day_of(day).year


@define_word("MONTH({0})")
def month(day: float) -> float:
    """Return the month of a date, 1 to 12."""
    return day_of(day).month


@define_word("DAY({0})")
def day_of_month(day: float) -> float:
    """Return the day of the month of a date, 1 to 31."""
    return day_of(day).day


# -- blanks and texts --------------------------------------------------------------------------------------------


@define_word("ISNUMBER({0})")
def is_number(a: RatingCell) -> bool:
    """Return whether a cell holds a number."""
    return counts(a)


@define_word('{0}<>""', tight=1)
def filled(a: RatingCell) -> bool:
    """Return whether a cell holds anything."""
    return a is not None and a != ""


@define_word("COUNT({all})={n}", tight=1)
def all_numbers(*cells: RatingCell) -> bool:
    """Return whether every cell holds a number."""
    for cell in cells:  # noqa: SIM110  # half the time of all(), and nearly every measure uses it
        if not counts(cell):
            return False
    return True


@define_word("{0}", python="{0}")
def number(a: RatingCell) -> float:
    """Return a cell that was tested to hold a number as a number."""
    return a  # type: ignore[return-value]  # the test before it makes it one


@define_word("IF(ISNUMBER({0}),{0},{1})")
def or_else(a: RatingCell, default: float) -> float:
    """Return a cell's number, or a default if it holds none."""
    return a if counts(a) else default  # type: ignore[return-value]  # counts() is the proof


@define_word("AND(ISNUMBER({0}),ISNUMBER(MATCH({0},{1},0)))")
def on_scale(a: RatingCell, points: ColumnValues) -> bool:
    """Return whether a cell holds a number that is a point of a scale."""
    return counts(a) and a in points


@define_word("{0}={1}", tight=1, python="({0}.casefold()=={1}.casefold())")
def same(a: str, b: str) -> bool:
    """Return whether two texts are equal without regard to case (as everywhere in spreadsheets)."""
    return a.casefold() == b.casefold()


@define_word("{0}={1}", tight=1)
def reads(a: RatingCell, text: str) -> bool:
    """Return whether a cell holds this text, without regard to case."""
    return isinstance(a, str) and a.casefold() == text.casefold()


@define_word('TEXT({0},"0")')
def whole(a: float) -> str:
    """Return a number as text, without decimals."""
    return str(int(_fifteen(a).quantize(Decimal(1), ROUND_HALF_UP)))


@define_word("{joined}", tight=2)
def joined(*texts: str) -> str:
    """Return texts joined to one."""
    return "".join(texts)


PLAIN_NUMBERS = frozenset((int, float))
"""The types of nearly all numbers; code for whole columns tests them first, to save a call of ``counts``."""


def counts(cell: Any) -> bool:
    """Return whether spreadsheets treat a value as a number (a truth value is not one)."""
    kind = type(cell)
    return kind is int or kind is float or (isinstance(cell, (int, float)) and kind is not bool)
