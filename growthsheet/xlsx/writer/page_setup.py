"""Set up a tab for printing, and the headers that are repeated on paper and frozen on the screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from growthsheet.workbook.blocks import NamedCells, Sheet
from growthsheet.workbook.styles import TAB_COLOURS
from growthsheet.workbook.tables import Table, TableData
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet
from growthsheet.xlsx.writer.layout import LABEL, ROW_HEIGHT, Layout, title_rows
from growthsheet.xlsx.writer.text_size import shown_columns

LYING, UPRIGHT = (250, 1500), (220, 2100)
"""The readable size of an A4 page, landscape and portrait: column widths across, and points down."""

NARROW = 130
"""The widest tab that is printed in portrait, where text is as large and a page holds twice as many rows."""

IN_SIGHT = 9
"""The most rows that are frozen above a long table; a small screen has room for twice as many."""


def set_up(sheet: Sheet, layout: Layout, out: CheckedSheet) -> None:
    """Set up a tab after it is drawn."""
    raw, book, widths = out.raw, layout.book, layout.widths[out.name]
    raw.hide_gridlines(2)
    if book.right_to_left:
        raw.right_to_left()
    raw.set_tab_color("#" + book.theme.color(TAB_COLOURS[sheet.colour]))
    printed = layout.tables[sheet.main].columns[sheet.print_to] + 1 - LABEL if sheet.print_to else len(widths)
    upright = sheet.portrait or sum(widths[:printed]) <= NARROW
    if not upright:
        raw.set_landscape()
    raw.set_paper(9)
    across, down = UPRIGHT if upright else LYING
    height = ROW_HEIGHT * layout.ends[out.name] + out.added
    pages = math.ceil(sum(widths[:printed]) / across)
    raw.fit_to_pages(pages, 1 if sheet.one_page and height <= down else 0)
    raw.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    out.footer(book.footer)
    if sheet.hidden:
        raw.hide()
        return
    raw.set_selection(*_first_input(sheet, layout) * 2)
    tables = [block.table for block in sheet.blocks if isinstance(block, TableData) and not block.hidden]
    if tables:  # hidden columns to the right of the visible ones are not printed
        top = 0
        if (
            pages > 1 and sheet.freeze
        ):  # its first columns are on each page, and cut a title that is wider than they are
            top = title_rows(sheet)
            out.header(sheet.on_page or sheet.purpose)
            raw.set_margins(left=0.4, right=0.4, top=0.9, bottom=0.6)
        raw.print_area(top, 0, layout.ends[out.name], LABEL - 1 + printed)
        _stay(sheet, layout, _repeated(tables), out)


def _first_input(sheet: Sheet, layout: Layout) -> tuple[int, int]:
    """Return the place of a tab's first cell to type into, else that of its title: A1 is in a hidden column."""
    found = []
    for block in sheet.blocks:
        if isinstance(block, NamedCells):
            found += [layout.facts[fact.name][1:] for fact in block.cells if fact.role == "input"]
        elif isinstance(block, TableData) and not block.hidden:
            place = layout.tables[block.table.name]
            asked = [c for c in block.table.columns if c.role == "input" and not c.hidden]
            found += [(place.first, place.columns[column.key]) for column in asked[:1]]
    return min(found, default=(0, LABEL))


def _repeated(tables: Sequence[Table]) -> str:
    """Return the table whose header is repeated: the last, or the first of those at the end with the same headers.

    A header is repeated on all following pages, so it must not be above other columns than its own.
    """
    found = tables[-1]
    for table in reversed(tables):
        if [column.header for column in shown_columns(table)] != [column.header for column in shown_columns(found)]:
            break
        found = table
    return found.name


def _stay(sheet: Sheet, layout: Layout, repeated: str, out: CheckedSheet) -> None:
    """Repeat a header in print; freeze the header and the first columns of the main table on the screen."""
    raw = out.raw
    raw.repeat_rows(layout.tables[repeated].header)
    if sheet.main not in layout.tables:
        return
    place = layout.tables[sheet.main]
    if sheet.freeze:
        last = max(place.columns.values())
        if sheet.filtered and len(set(place.columns.values())) > last:  # a gap would show buttons above nothing
            raw.autofilter(place.header, 0, place.last, last)
        rows = place.first if repeated == sheet.main and place.first <= IN_SIGHT else 0
        raw.freeze_panes(rows, place.columns[sheet.freeze] + 1)
        raw.repeat_columns(0, place.columns[sheet.freeze])
