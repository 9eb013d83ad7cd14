"""The vocabulary: every operation that a cell may use, each with its spelling and its reading in Python.

It is closed and small. Only what Excel 2016, LibreOffice 7.4 and Google Sheets all compute the same way is in it.
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
    """Whether every test holds."""
    return all(tests)


@define_word("OR({all})", python="({ors})")
def either(*tests: bool) -> bool:
    """Whether at least one test holds."""
    return any(tests)


@define_word("NOT({0})", python="(not {0})")
def negate(test: bool) -> bool:
    """Whether the test does not hold."""
    return not test


# -- numbers -----------------------------------------------------------------------------------------------------


def serial(day: datetime.date) -> int:
    """A date as spreadsheets count it: days since 1899-12-30 (right from 1900-03-01 on)."""
    return (day - _SPREADSHEET_EPOCH).days


def day_of(number: float) -> datetime.date:
    """The date of a day number."""
    return _SPREADSHEET_EPOCH + datetime.timedelta(days=int(number))


def _fifteen(value: float) -> Decimal:
    """A float as spreadsheets see it: 15 significant digits."""
    return Decimal(f"{value:.15g}")


@define_word("NA()")
def not_available() -> float:
    """Nothing to draw: a chart leaves the point out."""
    return NOT_AVAILABLE  # type: ignore[return-value]  # it stands for a number that is not there


@define_word("{0}/{1}", tight=4, python="({0}/{1})")
def divided(a: float, b: float) -> float:
    """A number divided by one that cannot be 0."""
    return a / b


@define_word("MAX({0},{1})", python=max)
def larger(a: float, b: float) -> float:
    """The larger of two numbers."""
    return max(a, b)


@define_word("MIN({0},{1})", python=min)
def smaller(a: float, b: float) -> float:
    """The smaller of two numbers."""
    return min(a, b)


@define_word("ROUND({0},{1})")
def rounded(a: float, digits: float) -> float:
    """A number rounded half away from zero, on the 15 digits that spreadsheets keep."""
    if a % 1 == 0 and digits >= 0 and abs(a) < 1e15:
        return float(a)  # most numbers are whole, and a Decimal takes time
    if 0 <= digits < 8 and 0 < (scaled := a * 10**digits) < 1e8:
        nearest = round(scaled)
        if abs(scaled - nearest) < 0.4999:  # nowhere near a half, so all ways of rounding give the same
            return float(nearest / 10**digits)
    return float(_fifteen(a).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


@define_word("YEAR({0})")
def year(day: float) -> float:
    """The year of a date."""
    return day_of(day).year


@define_word("MONTH({0})")
def month(day: float) -> float:
    """The month of a date, 1 to 12."""
    return day_of(day).month


@define_word("DAY({0})")
def day_of_month(day: float) -> float:
    """The day of a date's month, 1 to 31."""
    return day_of(day).day


# -- blanks and texts --------------------------------------------------------------------------------------------


@define_word("ISNUMBER({0})")
def is_number(a: RatingCell) -> bool:
    """Whether a cell holds a number."""
    return counts(a)


@define_word('{0}<>""', tight=1)
def filled(a: RatingCell) -> bool:
    """Whether a cell holds anything."""
    return a is not None and a != ""


@define_word("COUNT({all})={n}", tight=1)
def all_numbers(*cells: RatingCell) -> bool:
    """Whether every cell holds a number."""
    for cell in cells:  # noqa: SIM110  # half the time of all(), and nearly every measure asks
        if not counts(cell):
            return False
    return True


@define_word("{0}", python="{0}")
def number(a: RatingCell) -> float:
    """A cell that was tested to hold a number, as a number."""
    return a  # type: ignore[return-value]  # the test before it makes it one


@define_word("IF(ISNUMBER({0}),{0},{1})")
def or_else(a: RatingCell, default: float) -> float:
    """A cell's number, or a default where it holds none."""
    return a if counts(a) else default  # type: ignore[return-value]  # counts() is the proof


@define_word("AND(ISNUMBER({0}),ISNUMBER(MATCH({0},{1},0)))")
def on_scale(a: RatingCell, points: ColumnValues) -> bool:
    """Whether a cell holds a number that is a point of a scale."""
    return counts(a) and a in points


@define_word("{0}={1}", tight=1, python="({0}.casefold()=={1}.casefold())")
def same(a: str, b: str) -> bool:
    """Whether two texts are the same, without regard to case (as everywhere in spreadsheets)."""
    return a.casefold() == b.casefold()


@define_word("{0}={1}", tight=1)
def reads(a: RatingCell, text: str) -> bool:
    """Whether a cell holds a text, without regard to case."""
    return isinstance(a, str) and a.casefold() == text.casefold()


@define_word('TEXT({0},"0")')
def whole(a: float) -> str:
    """A number as text, without decimals."""
    return str(int(_fifteen(a).quantize(Decimal(1), ROUND_HALF_UP)))


@define_word("{joined}", tight=2)
def joined(*texts: str) -> str:
    """Texts one after the other."""
    return "".join(texts)


PLAIN_NUMBERS = frozenset((int, float))
"""What nearly every number is; whole columns ask for it first, for a call takes time."""


def counts(cell: Any) -> bool:
    """Whether spreadsheets count a value as a number (a truth value is none)."""
    kind = type(cell)
    return kind is int or kind is float or (isinstance(cell, (int, float)) and kind is not bool)
