"""Draws a book into an Excel file. The only module that starts XlsxWriter."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from growthsheet.workbook.blocks import Book
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.draw import draw_book
from growthsheet.xlsx.writer.xlsxwriter_version import OPTIONS, is_tested

if TYPE_CHECKING:
    pass


def to_bytes(book: Book) -> bytes:
    """The workbook of a book, complete in memory (XlsxWriter's temporary files would hold people's data).

    Raises
    ------
    WorkbookError
        When XlsxWriter warns about anything or refuses it.
    """
    if not is_tested():
        return plainly_written(book)
    # imported here: what uses XlsxWriter's private parts may not even load with another version
    from growthsheet.xlsx.writer import fast_worksheet, long_tables, zip_parts

    if any(map(long_tables.is_long, book.tables.values())):
        workbook, tables = zip_parts.PartsWorkbook(OPTIONS), list[long_tables.LongTable]()
        draw_book(workbook, book, Values(book), fast_worksheet.FastWorksheet, tables)
        return zip_parts.pack(long_tables.parts(workbook.parts, tables))
    return written(book)


def written(book: Book) -> bytes:
    """The same with each cell written by itself, however many rows a table has."""
    from growthsheet.xlsx.writer import fast_worksheet, zip_parts

    buffer = io.BytesIO()
    draw_book(zip_parts.PackedWorkbook(buffer, OPTIONS), book, Values(book), fast_worksheet.FastWorksheet)
    return buffer.getvalue()


def plainly_written(book: Book) -> bytes:
    """Return the same workbook by XlsxWriter's documented methods only: the slow twin of all fast ways."""
    buffer = io.BytesIO()
    draw_book(Workbook(buffer, OPTIONS), book, Values(book), Worksheet)
    return buffer.getvalue()
