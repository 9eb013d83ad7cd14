"""What a workbook is told by when it comes back: defined names for its columns, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from xlsxwriter import Workbook

from growthsheet.errors import WorkbookError
from growthsheet.model.excel_limits import MAX_PROPERTY
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.tables import CellRef
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet, shortened
from growthsheet.xlsx.writer.layout import Layout

IDENTITY_SHEET = "_growthsheet"
FIXED_DATE = datetime(2020, 1, 1, tzinfo=UTC)
"""The creation date of every workbook: the same input gives the same bytes."""


def define_names(workbook: Workbook, book: Book, layout: Layout) -> None:
    """One defined name a column, which follows inserts, renames and sorts."""
    for name, target in _names(book, layout):
        if workbook.define_name(name, target) not in (None, 0):
            raise WorkbookError(f"{name}: XlsxWriter refused the name")


def _names(book: Book, layout: Layout) -> Iterator[tuple[str, str]]:
    for block in book.tables.values():
        for column in block.table.columns:
            if column.role == "input" or column is block.table.columns[0]:
                name = f"gs_col_{block.table.name}_{column.name}"
                if column.of:
                    name += f"_{block.table.all_of(column.name).index(column.key) + 1}"
                yield name, "=" + layout.range(block.table.name, column.key)
    for fact in book.named_cells.values():
        if fact.role == "input":
            yield f"gs_cell_{fact.name}", "=" + layout.text(CellRef(fact.name), "")


def identify(workbook: Workbook, book: Book, out: CheckedSheet) -> None:
    """Who this file is about, three times over: properties, a hidden sheet, and the line on the guide."""
    title, footer = (shortened(text, MAX_PROPERTY) for text in (book.title, book.footer))
    workbook.set_properties({"title": title, "author": "growthsheet", "created": FIXED_DATE, "comments": footer})
    workbook.set_size(2400, 1400)
    for row, (key, value) in enumerate(book.identity.items()):
        out.text(row, 0, key)
        out.text(row, 1, value)
        out.ok(workbook.set_custom_property(f"growthsheet_{key}", shortened(value, MAX_PROPERTY), "text"))
    out.raw.hide()
