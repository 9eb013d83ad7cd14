"""Read the tabs of the user's own workbooks (catalogs, rosters), with the checks of returned workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from growthsheet.errors import InputError
from growthsheet.xlsx.markers import IDENTITY_SHEET
from growthsheet.xlsx.reader.cell_formats import NO_VALUE, Unreadable, formatted, unreadable
from growthsheet.xlsx.reader.cells import StoredCell, StoredValue
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.workbook import NamedRange, ReadSheet, ReadWorkbook, ref

__all__ = ["UserTab", "read_user_tabs", "ref"]

_PERCENT = {"9": "0%", "10": "0.00%"}
"""The built-in number formats that show a percentage."""
_PLAIN = "0", None, False
MOST_MERGED = 10_000
"""How many rows of a merged area are filled; an area may claim a whole column."""


@dataclass(frozen=True)
class UserTab:
    """One tab: the values of its filled cells by row and column, both from 1."""

    name: str
    rows: Mapping[int, Mapping[int, StoredValue]] = field(repr=False)
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    """The rows that hold something and are hidden or filtered out."""
    hidden_columns: Sequence[int] = ()
    """The columns that hold something and are hidden."""
    struck_rows: Sequence[int] = ()
    """The rows with a text that is struck through."""
    merged: Sequence[NamedRange] = ()

    def text(self, row: int, column: int) -> str:
        """Return a cell's value as text without blanks around it; "" if there is none."""
        value = self.rows.get(row, {}).get(column)
        return "" if value is None else str(value).strip()

    @cached_property
    def grid(self) -> list[tuple[int, list[Any]]]:
        """The number of each row and its cells, as many in each row; a blank one is None."""
        width = max(max(cells) for cells in self.rows.values())
        return [(number, [cells.get(column) for column in range(1, width + 1)]) for number, cells in self.rows.items()]


def read_user_tabs(source: Path | bytes, name: str, *, lenient: bool = False) -> list[UserTab]:
    """Return the tabs of a workbook that are not empty, in their order; formulas are read as their values.

    What stands in a merged area stands in all of its rows. Cells whose value is not known are refused; if
    ``lenient``, they come as :class:`Unreadable`, and numbers with the format that shows them.

    Raises
    ------
    InputError
        If it is not a workbook that can be read safely, or if cells hold errors; all of these are reported at once.
    """
    book = ReadWorkbook(open_package(source, name))
    tabs = [_tab(sheet, book, lenient) for sheet in book.all_sheets() if sheet.name != IDENTITY_SHEET]
    cells = (cell for tab in tabs for row in tab.rows.values() for cell in row.values())
    broken = dict.fromkeys(cell.problem(name) for cell in cells if isinstance(cell, Unreadable))
    if broken and not lenient:
        raise InputError(broken)
    return [tab for tab in tabs if tab.rows]


def _tab(sheet: ReadSheet, book: ReadWorkbook, lenient: bool) -> UserTab:
    rows = {row: cells for row in sorted(sheet.rows) if (cells := dict(_cells(sheet, row, lenient, book)))}
    spans = sheet.stored.hidden_columns
    for area in sheet.merged:
        value = rows.get(area.first, {}).get(area.left)
        for row in range(area.first + 1, min(area.last, area.first + MOST_MERGED) + 1):
            if value is not None and row in rows:  # a row that holds nothing else is none
                rows[row].setdefault(area.left, value)
    there = [row for row in sheet.stored.hidden_rows if row in rows]
    filled = {column for cells in rows.values() for column in cells} if spans else ()
    columns = sorted(column for column in filled if any(first <= column <= last for first, last in spans))
    struck = [row for row, cells in rows.items() if any(_is_struck(sheet, row, column, book) for column in cells)]
    return UserTab(sheet.name, rows, sheet.name in book.hidden, there, columns, struck, sheet.merged)


def _is_struck(sheet: ReadSheet, row: int, column: int, book: ReadWorkbook) -> bool:
    return column in sheet.rows[row] and book.formats.get(sheet.rows[row][column][1], _PLAIN)[2]


def _cells(sheet: ReadSheet, row: int, lenient: bool, book: ReadWorkbook) -> Iterator[tuple[int, StoredValue]]:
    for column in sorted(sheet.rows[row]):
        cell = sheet.cell(row, column)
        if cell.kind in ("error", "broken") or _has_no_value(cell, sheet.rows[row][column][0]):
            found = f"the error {cell.value}" if cell.kind == "error" else str(cell.value or NO_VALUE)
            yield column, unreadable(found, f"{sheet.name}!{ref(row, column)}")
        elif cell.kind == "number" and lenient and isinstance(cell.value, int | float):
            number, code, _ = book.formats.get(sheet.rows[row][column][1], _PLAIN)
            yield column, formatted(cell.value, code or _PERCENT.get(number, ""))
        elif cell.kind != "blank":
            yield column, cell.value


def _has_no_value(cell: StoredCell, kind: str) -> bool:
    """Return whether a formula was never worked out; one that came to an empty text was."""
    return cell.kind == "blank" and cell.formula and kind != "str"
