"""Numbers as people and systems write them; a column decides which mark is the decimal one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from growthsheet.sources.problem_list import ProblemList
from growthsheet.sources.tables.columns import TableCell, TableColumn, read_column, shown
from growthsheet.sources.tables.currencies import candidates

MAX_AMOUNT = Decimal(10) ** 12
"""The largest amount that is read."""

_LONGEST = 60
_MARKS = {".": ",", ",": "."}
"""Each decimal mark and the other one, which may then part the thousands."""

_SPELLINGS = str.maketrans(
    dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")  # spaces that do not break
    | dict.fromkeys("\u2018\u2019\u00b4`", "'")  # quotes and accents that stand for an apostrophe
    | dict.fromkeys("\u2212\u2013\u2014", "-")  # the minus sign and dashes
)

# A mark after a letter ends an abbreviation (Fr.500), it does not start a number (.5).
_SHAPE = re.compile(
    r"(?P<lead>\D*?)(?P<digits>(?<![^\W\d_])[.,]?\d(?:[\d.,' ]*\d)?(?:[.,]-{1,2})?)(?P<tail>\D*)", re.ASCII
)


def _written(mark: str) -> re.Pattern[str]:
    group = re.escape(_MARKS[mark])
    thousands = rf"[1-9]\d{{0,2}}(?P<by>[ '{group}])\d{{3}}(?:(?P=by)\d{{3}})*"
    lakhs = r"[1-9]\d?(?:,\d\d)+,\d{3}" if mark == "." else r"(?!)"  # 1,23,456.00 as in India
    return re.compile(rf"(?P<whole>\d+|{thousands}|{lakhs})?(?:{re.escape(mark)}(?P<part>\d+|-{{1,2}}))?", re.ASCII)


_WRITTEN = {mark: _written(mark) for mark in _MARKS}


@dataclass(frozen=True, slots=True)
class Written:
    """A number as it is written: what stands around it, and its value by decimal mark."""

    sign: str
    values: Mapping[str, Decimal] = field(repr=False)


_NOTHING = Written("", {})


def read_number(text: str) -> Written | None:
    """Everything that a text can mean as a number; None when it is no number at all.

    >>> read_number("$1,234.50").values
    {'.': Decimal('1234.50')}
    >>> sorted(read_number("1.234").values.values())
    [Decimal('1.234'), Decimal('1234')]
    >>> read_number("(1 200,5 €)").values, read_number("(1 200,5 €)").sign
    ({',': Decimal('-1200.5')}, '€')
    >>> read_number("1e5"), read_number("12 34")
    (None, None)
    """
    found = _SHAPE.fullmatch(text.translate(_SPELLINGS).strip()) if len(text) <= _LONGEST else None
    around = found and _around(found["lead"].replace(" ", ""), found["tail"].replace(" ", ""))
    if not found or not around:
        return None
    factor, sign = around
    values = {}
    for mark, pattern in _WRITTEN.items():
        if number := pattern.fullmatch(found["digits"]):
            whole = re.sub(r"\D", "", number["whole"] or "") or "0"
            part = (number["part"] or "").strip("-")
            values[mark] = factor * Decimal(f"{whole}.{part}" if part else whole)
    return Written(sign, values) if values else None


def _around(lead: str, tail: str) -> tuple[int, str] | None:
    """The factor 1 or -1 and the currency sign that stand around the digits; None when something else does."""
    minuses = lead.count("-") + tail.count("-") + lead.count("(")
    if lead.count("(") != tail.count(")") or minuses + lead.count("+") > 1:
        return None
    signs = [sign for sign in (re.sub(r"[-+(]", "", lead), re.sub(r"[-)]", "", tail)) if sign]
    if not all(sign == "%" or candidates(sign) for sign in signs):
        return None
    # "$65,000 USD": the code says more than the sign.
    return (-1 if minuses else 1), max(signs, key=len, default="")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers, with the currency or percent sign that stood at each. Its repr shows none of them."""

    values: list[Decimal | None] = field(repr=False)
    signs: list[str] = field(repr=False)


def numbers(
    column: TableColumn,
    findings: ProblemList,
    *,
    most: Decimal = MAX_AMOUNT,
    secret: bool = False,
    percent: bool = False,
) -> Numbers:
    """Read a column of numbers from 0 to ``most``.

    What is wrong goes to ``findings``, without amounts if ``secret``. A percent sign is refused unless ``percent``.

    >>> read = lambda *cells: numbers(TableColumn("t", "Pay", range(len(cells)), cells), ProblemList("t")).values
    >>> read("1.234", "2,50")
    [Decimal('1234'), Decimal('2.50')]
    >>> read("1,234", "5,678")  # over a thousand, or one and a bit? asked, not guessed
    [None, None]
    """
    written = {cell: _read(cell, percent) for cell in set(column.cells)}
    settled = read_column(column.cells, partial(_in_range, written=written, most=most))
    for index in settled.unreadable:
        _refuse(column, index, written[column.cells[index]].values, findings, most, secret)
    if settled.clash:
        rows = " and ".join(f"'{mark}' in row {column.rows[i]}" for mark, i in sorted(settled.clash.items()))
        hint = "write the whole column in one style"
        findings.error("decimal-marks-mixed", column.place, f"the decimal mark is {rows}", "one decimal mark", hint)
    if settled.unclear is not None:
        found = (
            "thousands or decimals?" if secret else f"'{shown(column.cells[settled.unclear])}': thousands or decimals?"
        )
        expected = "numbers that show which mark is the decimal one"
        hint = "write two decimals (1234.50) or no thousands mark"
        findings.error("decimal-mark-unclear", column.at(settled.unclear), found, expected, hint)
    return Numbers(settled.values, [written[cell].sign for cell in column.cells])


def _read(cell: TableCell, percent: bool) -> Written:
    """What a cell can mean; nothing, when it is no number."""
    if isinstance(cell, str):
        written = read_number(cell)
        return written if written and (percent or written.sign != "%") else _NOTHING
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return _NOTHING
    value = Decimal(str(cell))
    return Written("", dict.fromkeys(_MARKS, value)) if value.is_finite() else _NOTHING


def _in_range(cell: TableCell, written: Mapping[TableCell, Written], most: Decimal) -> Mapping[str, Decimal]:
    return {mark: value for mark, value in written[cell].values.items() if 0 <= value <= most}


def _refuse(
    column: TableColumn, index: int, meanings: Mapping[str, Decimal], findings: ProblemList, most: Decimal, secret: bool
) -> None:
    kind, code = "not a number", "not-a-number"
    if meanings:
        code = "number-out-of-range"
        kind = "a negative number" if max(meanings.values()) < 0 else "too large a number"
    found = kind if secret else f"'{shown(column.cells[index])}' is {kind}"
    findings.error(code, column.at(index), found, f"a number from 0 to {most:,}", "correct it or leave it blank")
