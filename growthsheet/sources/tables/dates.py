"""Read dates as people and systems write them; the whole column decides whether the day or the month comes first."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial

from growthsheet.sources.tables.columns import NAMED_ROWS, TableCell, TableColumn, quoted, read_column
from growthsheet.storage.shipped_words import listed, shipped_words
from growthsheet.text.folding import folded, folded_words
from growthsheet.text.problem_list import ProblemList

_TIME = r"(?:[T ]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d\d:?\d\d)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}|(\d{{4}})(\d\d)(\d\d)", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.]) ?(\d{{1,2}})\2 ?(\d{{4}}){_TIME}", re.ASCII)
_WORD = "([A-Za-z\u00c0-\u017f]{3,10})"
_DAY_AND_WORD = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -](?:de )?{_WORD}\.?,?[ -](?:de )?(\d{{4}})", re.ASCII)
_WORD_AND_DAY = re.compile(rf"{_WORD}\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.ASCII)
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day first", "month first", "year first"
ORDERS = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST, "ymd": YEAR_FIRST}
_SHORT = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d\d?)", re.ASCII)
_JAPANESE = str.maketrans("年月日", "---")
_YEAR = "(?:0000|0001|1753|1899)"
_NONE = re.compile(rf"(?:(?:\d\d?[-/. ]+){{2}}{_YEAR}|{_YEAR}(?:[-/.]\d\d?){{2}}|0{{8}})(?:[T ].*)?", re.ASCII)
_NO_DAYS = {date(1900, 1, 1), date(1970, 1, 1)}
"""The first days of spreadsheets and of computers."""
FIRST_YEAR = 1900
"""A spreadsheet knows no earlier dates."""
PIVOT = 70
"""Years of two digits before it are of this century, for people who work today."""


def read_date(cell: TableCell) -> Mapping[str, date]:
    """Return every date that a cell can mean, by the order of day and month; empty if it is no date.

    >>> read_date("2026-03-04") == read_date("4.3.2026") == read_date("4 Mar 2026") == read_date("4. März 2026")
    True
    >>> [str(day) for day in read_date("03/04/2026").values()]
    ['2026-04-03', '2026-03-04']
    >>> read_date("13/04/2026")
    {'day first': datetime.date(2026, 4, 13)}
    >>> read_date("4/3/26"), read_date("31.02.2026")
    ({}, {})
    """
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return {DAY_FIRST: day, MONTH_FIRST: day} if day.year >= FIRST_YEAR else {}
    text = cell.strip().translate(_JAPANESE).strip("-") if isinstance(cell, str) else ""
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day_ = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return _both(year, month, day_)
    if found := _YEAR_LAST.fullmatch(text):
        first, mark, second, year = found.groups()
        if mark == ".":  # wherever dates are dotted, the day comes first
            return _both(year, second, first)
        return _dates({DAY_FIRST: (year, second, first), MONTH_FIRST: (year, first, second)})
    if found := _DAY_AND_WORD.fullmatch(text):
        return _both(found[3], _month(found[2]), found[1])
    if found := _WORD_AND_DAY.fullmatch(text):
        return _both(found[3], _month(found[1]), found[2])
    return {}


def dates(
    column: TableColumn,
    findings: ProblemList,
    order: str | None = None,
    siblings: Sequence[TableColumn] = (),
    blank: Collection[str] = (),
) -> list[date | None]:
    """Read a column of dates; problems go to ``findings``.

    The order of day and month is as told, else what the column shows, else what its ``siblings`` show. Words that are
    ``blank`` stand for no date, as do dashes.

    >>> read = lambda *cells: dates(TableColumn("t", "Start", range(len(cells)), cells), ProblemList("t"))
    >>> [str(day) for day in read("03/04/2026", "03/31/2026")]
    ['2026-03-04', '2026-03-31']
    >>> read("03/04/2026", "05/06/2026")  # March or April? asked, not guessed
    [None, None]
    """
    way = ORDERS.get(order or "")
    none = sorted({str(cell) for cell in set(column.cells) if cell is not None and stands_for_none(cell, blank)})
    if none:
        column = replace(column, cells=[None if str(cell) in none else cell for cell in column.cells])
        found = f"{', '.join(map(quoted, none[:NAMED_ROWS]))} read as blank"
        findings.note("placeholder-date", column.place, found, "if one of them is a real date, correct it")
    settled = read_column(column.cells, partial(_in_order, way=way))
    if settled.unclear is not None and not way:
        shown_by = {min(one) for each in siblings for cell in set(each.cells) if len(one := read_date(cell)) == 1}
        if len(shown_by) == 1:
            settled = read_column(column.cells, partial(_in_order, way=min(shown_by)))
            findings.note("date-order", column.place, f"read {min(shown_by)}, as in other columns")
    hint = "write dates as YYYY-MM-DD, or say --date-order dmy, mdy or ymd"
    faults = {index: f"{quoted(column.cells[index])}" for index in settled.unreadable}
    short = {index: found for index, found in faults.items() if _SHORT.fullmatch(str(column.cells[index]).strip())}
    column.report(findings, "not-a-date", short, "dates with a full year", hint)
    others = {index: found for index, found in faults.items() if index not in short}
    column.report(findings, "not-a-date", others, "a date with a full year", hint)
    if settled.clash:
        rows = ", ".join(f"{order} in row {column.rows[i]}" for order, i in sorted(settled.clash.items()))
        findings.error("date-orders-mixed", column.place, rows, "one order of day and month", hint)
    if settled.unclear is not None:
        found = f"{quoted(column.cells[settled.unclear])} and no date in the column has a part over 12"
        expected = "dates that show which part is the month"
        findings.error("date-order-unclear", column.at(settled.unclear), found, expected, hint)
    return settled.values


def stands_for_none(cell: TableCell, blank: Collection[str] = ()) -> bool:
    """Return whether a cell holds what people and systems write for no date, such as 01/01/1900, 31/12/9999 and "-".

    >>> [stands_for_none(cell) for cell in ("01/01/1900", "0000-00-00", "12/31/9999 00:00", "0001-01-01", "1.1.2026")]
    [True, True, True, True, False]
    """
    text = cell.isoformat() if isinstance(cell, date) else str(cell).strip()
    if not text.strip("-\u2013\u2014/.") or " ".join(folded_words(text)) in blank:
        return True
    return bool(_NONE.fullmatch(text)) or any(day in _NO_DAYS or day.year > 2900 for day in read_date(cell).values())


def _in_order(cell: TableCell, way: str | None) -> Mapping[str, date]:
    """Return what a cell can mean if the order is known; only then may its year have two digits."""
    text = cell.strip() if isinstance(cell, str) else ""
    if way and (found := _SHORT.fullmatch(text)):
        one, two, three = found[1], found[3], found[4]
        parts = {DAY_FIRST: (three, two, one), MONTH_FIRST: (three, one, two), YEAR_FIRST: (one, two, three)}
        year, month, day_ = parts[way]
        return _dates({way: (f"{20 if int(year) < PIVOT else 19}{year:0>2}", month, day_)})
    meanings = read_date(cell)
    if way in (DAY_FIRST, MONTH_FIRST):
        return {one: day for one, day in meanings.items() if one == way}
    return meanings


def _both(year: str, month: str, day: str) -> Mapping[str, date]:
    return _dates(dict.fromkeys((DAY_FIRST, MONTH_FIRST), (year, month, day)))


def _dates(parts: Mapping[str, tuple[str, str, str]]) -> Mapping[str, date]:
    found = {}
    for order, (year, month, day) in parts.items():
        # Excel has no dates before 1900, and no roster needs them.
        if int(year) >= FIRST_YEAR:
            try:
                found[order] = date(int(year), int(month), int(day))
            except ValueError:
                continue
    return found


@cache
def months() -> tuple[tuple[str, ...], ...]:
    """Return the names of each month in several languages, from January on, without case and accents."""
    return tuple(tuple(names.split("|")) for names in listed(shipped_words("roster-words.yaml")["months"]))


def _month(word: str) -> str:
    """Return the number of a month by its name or first letters; the invalid "0" for any other word."""
    found = [n for n, names in enumerate(months(), 1) if any(name.startswith(folded(word)) for name in names)]
    return str(found[0]) if len(found) == 1 else "0"
