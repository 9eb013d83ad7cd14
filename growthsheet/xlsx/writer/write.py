"""Write a book as an Excel file. Only this module starts XlsxWriter to do so."""

from __future__ import annotations

import io

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from growthsheet.workbook.blocks import Book
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.draw import draw_book
from growthsheet.xlsx.writer.xlsxwriter_version import OPTIONS, is_tested


def to_bytes(book: Book) -> bytes:
    """Return the workbook of a book, made in memory (XlsxWriter's temporary files would hold people's data).

    Raises
    ------
    WorkbookError
        If XlsxWriter warns about anything or refuses it.
    """
    if not is_tested():
        return plainly_written(book)
    # imported here: modules that use private parts of XlsxWriter may fail to import with another version
    from growthsheet.xlsx.writer import fast_worksheet, long_tables, zip_parts

    if long_tables.long_tables(book):
        workbook, tables = zip_parts.PartsWorkbook(OPTIONS), list[long_tables.LongTable]()
        draw_book(workbook, book, Values(book), fast_worksheet.FastWorksheet, tables)
        return zip_parts.pack((*long_tables.parts(workbook.parts, tables), *workbook.pictures))
    return written(book)


def written(book: Book) -> bytes:
    """Return the same workbook with every row of every table written by the fast worksheet."""
    from growthsheet.xlsx.writer import fast_worksheet, zip_parts

    buffer = io.BytesIO()
    draw_book(zip_parts.PackedWorkbook(buffer, OPTIONS), book, Values(book), fast_worksheet.FastWorksheet)
    return buffer.getvalue()


def plainly_written(book: Book) -> bytes:
    """Return the same workbook, written by XlsxWriter's documented methods only, in more time."""
    buffer = io.BytesIO()
    draw_book(Workbook(buffer, OPTIONS), book, Values(book), Worksheet)
    return buffer.getvalue()
