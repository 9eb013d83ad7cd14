"""Workbooks' files are filled in and read, cell by cell and by name, without a spreadsheet program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from growthsheet.sheets.forms import FORMS
from growthsheet.xlsx.reader.returned import ReturnedCell
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from tests.proof.hands import Hands

Where = tuple[str, str, str]
"""The table, the key of the row, and the column."""


def cells_of(path: Path) -> dict[Where, ReturnedCell]:
    """All cells of a workbook that may be filled in."""
    return _cells(path.read_bytes())


@lru_cache(64)
def _cells(data: bytes) -> dict[Where, ReturnedCell]:
    book = read_returned_workbook(data, "book.xlsx", FORMS)
    return {
        (table, row.key.removeprefix("k:"), column): cell
        for table, rows in book.tables.items()
        for row in rows
        for column, cell in row.cells.items()
    }


def fill(path: Path, typed: Mapping[Where, Any]) -> None:
    """Type into a workbook's file; a day as the number that a spreadsheet program makes of it, None clears the cell."""
    hands, cells = Hands(path.read_bytes()), cells_of(path)
    for where, value in typed.items():
        cell = hands.cell(cells[where].sheet, cells[where].ref)
        cell.type((value - date(1899, 12, 30)).days if isinstance(value, date) else value)
    path.write_bytes(hands.save())
