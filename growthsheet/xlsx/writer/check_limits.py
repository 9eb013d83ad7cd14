"""Check a book against the limits of Excel by its layout, without drawing it."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from growthsheet.errors import WorkbookError
from growthsheet.model.excel_limits import LAST_COLUMN, LAST_ROW
from growthsheet.text.counts import plural
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.worksheet import too_long


def check_limits(book: Book) -> None:
    """Raise WorkbookError as drawing would: for a table larger than a sheet, or a text in one too long for a cell.

    Texts of catalogs and translations outside tables are not checked, because they were when they were read.
    """
    layout = Layout(book)
    for name, block in book.tables.items():
        place = layout.tables[name]
        rows, columns = place.last + 1, max(place.columns.values()) + 1
        if rows > LAST_ROW or columns > LAST_COLUMN:
            most = f"at most {LAST_ROW:,} and {LAST_COLUMN:,}"
            raise WorkbookError(f"{place.sheet}: {plural(rows, 'row')} and {plural(columns, 'column')} ({most})")
        for number, row in enumerate(block.rows, place.first):
            for key, value in row.items():
                if isinstance(value, str) and key in place.columns and (found := too_long(value)):
                    raise WorkbookError(f"{place.sheet}!{xl_rowcol_to_cell(number, place.columns[key])}: {found}")
