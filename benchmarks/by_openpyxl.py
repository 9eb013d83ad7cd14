"""The same workbooks by openpyxl: written cell by cell with everything ready made, or filled into an empty workbook.

What is ready made is what openpyxl reads in the workbook of growthsheet: values, formula texts, looks, notes, lists to
choose from, conditional formats, charts, names, pages. It has to read the same in what it wrote. What openpyxl cannot
write is lost: the values of formulas, which stay blank until a spreadsheet has worked them out.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

LOOK = ("font", "fill", "border", "alignment", "number_format", "protection")
PAGE = (
    *("sheet_state", "sheet_properties", "sheet_format", "views", "auto_filter", "print_title_rows", "print_area"),
    *("page_setup", "page_margins", "print_options"),
)
COLUMN, ROW = ("width", "hidden", "min", "max", "outlineLevel"), ("height", "hidden", "outlineLevel")

Said = dict[str, Any]
"""Names of attributes, and what they are."""
Change = tuple[str, int, int, Any]
"""Tab, row, column, value."""


@dataclass
class Tab:
    """All that stands on a tab."""

    name: str
    cells: list[tuple[int, int, Any, tuple[Any, ...]]]
    """Row, column, value, look."""
    notes: list[tuple[int, int, Said]]
    columns: dict[str, Said]
    rows: dict[int, Said]
    choices: list[Any]
    formats: list[tuple[str, Any, Any]]
    """Where, the rule, and what it makes cells look like."""
    charts: list[Any]
    page: Said
    footer: Said


@dataclass
class Ready:
    """All that a workbook holds."""

    tabs: list[Tab]
    names: dict[str, str]
    about: Said
    marks: list[Said]


def ready(data: bytes) -> Ready:
    """What openpyxl reads in a workbook."""
    book = load_workbook(BytesIO(data))
    looks: dict[int, tuple[Any, ...]] = {}
    return Ready(
        [_tab(sheet, looks) for sheet in book],
        {name: each.attr_text for name, each in book.defined_names.items()},
        _said(book.properties, ("title", "creator", "subject", "description", "keywords", "category")),
        [_said(each, ("name", "value")) for each in book.custom_doc_props],
    )


def _tab(sheet: Worksheet, looks: dict[int, tuple[Any, ...]]) -> Tab:
    there = [cell for row in sheet for cell in row if cell.value is not None or cell.has_style]
    for cell in there:
        if cell.style_id not in looks:
            looks[cell.style_id] = tuple(copy(getattr(cell, name)) for name in LOOK)
    return Tab(
        sheet.title,
        [(cell.row, cell.column, cell.value, looks[cell.style_id]) for cell in there],
        [(c.row, c.column, _said(c.comment, ("text", "author", "height", "width"))) for c in there if c.comment],
        {key: _said(each, COLUMN) for key, each in sheet.column_dimensions.items()},
        {key: _said(each, ROW) for key, each in sheet.row_dimensions.items()},
        sheet.data_validations.dataValidation,
        [(str(each.sqref), rule, rule.dxf) for each in sheet.conditional_formatting for rule in each.rules],
        sheet._charts,
        _said(sheet, PAGE),
        {name: getattr(sheet.oddFooter, name).text for name in ("left", "center", "right")},
    )


def _said(thing: Any, names: tuple[str, ...]) -> Said:
    return {name: getattr(thing, name) for name in names}


def write(ready: Ready) -> bytes:
    """The workbook, written anew."""
    book = Workbook()
    book.remove(book.active)
    styles: dict[int, Any] = {}
    for tab in ready.tabs:
        sheet = book.create_sheet(tab.name)
        _cells(sheet, tab, styles)
        for column, said in tab.columns.items():
            _translate(sheet.column_dimensions[column], said)
        for row, said in tab.rows.items():
            _translate(sheet.row_dimensions[row], said)
        for choice in tab.choices:
            sheet.add_data_validation(choice)
        for where, rule, _ in tab.formats:
            sheet.conditional_formatting.add(where, rule)
        for chart in tab.charts:
            sheet.add_chart(chart)
        for part, text in tab.footer.items():
            getattr(sheet.oddFooter, part).text = text
        _translate(sheet, tab.page)
    for name, text in ready.names.items():
        book.defined_names[name] = DefinedName(name, attr_text=text)
    _translate(book.properties, ready.about)
    for mark in ready.marks:
        book.custom_doc_props.append(StringProperty(**mark))
    return _saved(book)


def _cells(sheet: Worksheet, tab: Tab, styles: dict[int, Any]) -> None:
    for row, column, value, look in tab.cells:
        cell = sheet.cell(row, column, value)
        if id(look) in styles:
            cell._style = styles[id(look)]  # as many do, for it is much faster
        else:
            _translate(cell, dict(zip(LOOK, look, strict=True)))
            styles[id(look)] = cell._style
    for row, column, said in tab.notes:
        sheet.cell(row, column).comment = Comment(**said)


def _translate(thing: Any, said: Said) -> None:
    for name, value in said.items():
        setattr(thing, name, value)


def changes(empty: Ready, filled: Ready) -> list[Change]:
    """What has to be typed into the empty workbook; formulas and looks stay as they are."""
    pairs = zip(empty.tabs, filled.tabs, strict=True)
    found = [(tab.name, dict(_values(tab)), _values(full)) for tab, full in pairs]
    return [(name, *place, value) for name, had, has in found for place, value in has if had.get(place) != value]


def _values(tab: Tab) -> list[tuple[tuple[int, int], Any]]:
    return [((row, column), value) for row, column, value, _ in tab.cells]


def fill(empty: bytes, changes: list[Change]) -> bytes:
    """The empty workbook with more in it."""
    book = load_workbook(BytesIO(empty))
    for tab, row, column, value in changes:
        book[tab].cell(row, column, value)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    for sheet in book:  # openpyxl forgets how deep columns are grouped
        sheet.column_dimensions.max_outline = sheet.sheet_format.outlineLevelCol
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
