"""Read the tabs of the user's own workbooks (catalogs, rosters), with the checks of returned workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from growthsheet.errors import InputError, Problem
from growthsheet.xlsx.markers import IDENTITY_SHEET
from growthsheet.xlsx.reader.cells import StoredValue
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.workbook import ReadSheet, ReadWorkbook, ref

__all__ = ["UserTab", "read_user_tabs", "ref"]


@dataclass(frozen=True)
class UserTab:
    """One tab: the values of its filled cells by row and column, both from 1."""

    name: str
    rows: Mapping[int, Mapping[int, StoredValue]] = field(repr=False)

    def text(self, row: int, column: int) -> str:
        """Return a cell's value as text without blanks around it; "" if there is none."""
        value = self.rows.get(row, {}).get(column)
        return "" if value is None else str(value).strip()


def read_user_tabs(source: Path | bytes, name: str) -> list[UserTab]:
    """Return the tabs of a workbook that are not empty, in their order; formulas are read as their values.

    Raises
    ------
    InputError
        If it is not a workbook that can be read safely, or if cells hold errors; all of these are reported at once.
    """
    broken: list[Problem] = []
    sheets = ReadWorkbook(open_package(source, name)).all_sheets()
    tabs = [UserTab(s.name, _rows(s, name, broken)) for s in sheets if s.name != IDENTITY_SHEET]
    if broken:
        raise InputError(broken)
    return [tab for tab in tabs if tab.rows]


def _rows(sheet: ReadSheet, name: str, broken: list[Problem]) -> dict[int, dict[int, StoredValue]]:
    return {row: cells for row in sorted(sheet.rows) if (cells := dict(_cells(sheet, row, name, broken)))}


def _cells(sheet: ReadSheet, row: int, name: str, broken: list[Problem]) -> Iterator[tuple[int, StoredValue]]:
    for column in sorted(sheet.rows[row]):
        cell = sheet.cell(row, column)
        if cell.kind in ("error", "broken"):
            place = f"{name}, {sheet.name}!{ref(row, column)}"
            found = f"the error {cell.value}" if cell.kind == "error" else str(cell.value)
            broken.append(Problem("broken-cell", place, found, "a text, a number or a date", "correct the cell"))
        elif cell.kind != "blank":
            yield column, cell.value
