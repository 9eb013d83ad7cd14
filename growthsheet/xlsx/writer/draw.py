"""Draw a book, block by block, into the worksheets of a workbook."""

# Longer than 300 lines: all blocks share the sheet, the layout, the formats and the values.

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from growthsheet.errors import WorkbookError
from growthsheet.expr import Measure
from growthsheet.model.excel_limits import MAX_HEIGHT, MAX_PROPERTY
from growthsheet.workbook.blocks import (
    Book,
    Cards,
    Charts,
    Heading,
    Legend,
    Links,
    NamedCells,
    Paragraphs,
    Sheet,
)
from growthsheet.workbook.styles import STYLES, Style
from growthsheet.workbook.tables import Column, NamedCell, Table, TableData
from growthsheet.workbook.values import Values
from growthsheet.xlsx.markers import FIXED_DATE, IDENTITY_SHEET, PROPERTY
from growthsheet.xlsx.writer.charts import draw_chart
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet, shortened
from growthsheet.xlsx.writer.conditional_formats import color_columns, color_range, hide_blank_rows
from growthsheet.xlsx.writer.formats import Formats
from growthsheet.xlsx.writer.layout import (
    LABEL,
    ROW_HEIGHT,
    TITLE_ROWS,
    Layout,
    TablePlace,
    defined_names,
    title_rows,
)
from growthsheet.xlsx.writer.page_setup import set_up
from growthsheet.xlsx.writer.text_size import (
    card_columns,
    is_turned,
    least_height,
    lines,
    shown_columns,
    text_height,
    turned_height,
    turned_text,
)
from growthsheet.xlsx.writer.validation import explain, validate

if TYPE_CHECKING:
    from growthsheet.xlsx.writer.long_tables import LongTable

LOGO_ACROSS, LOGO_DOWN, LOGO_EDGE = 160, 52, 900
"""The most pixels of a logo, and those of the width of a tab that a small screen shows."""

_BLANK = "\1"
"""The character around the name of a parameter in a formula that is reused for several columns."""


def draw_book(
    workbook: Workbook,
    book: Book,
    values: Values,
    sheets: Callable[[], Worksheet],
    tables: list[LongTable] | None = None,
) -> None:
    """Draw a book into a workbook and close it; ``sheets`` makes its worksheets.

    If ``tables`` is a list, long tables are appended to it, and only their first row is drawn.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            _Writer(workbook, book, values, sheets, tables).write()
            workbook.close()
    except (XlsxWriterException, UserWarning) as error:
        raise WorkbookError(str(error)) from error


@dataclass
class _Writer:
    workbook: Workbook
    book: Book
    values: Values
    new_sheet: Callable[[], Worksheet]
    long: list[LongTable] | None

    def __post_init__(self) -> None:
        self.looks = Formats(self.workbook, self.book)
        self.layout, self.translate = Layout(self.book), self.book.translate
        self.sheets: dict[str, CheckedSheet] = {}
        self.spelled: dict[int, list[str]] = {}
        self.looked: dict[tuple[str, str, bool, str, bool], Any] = {}

    def write(self) -> None:
        for sheet in self.book.sheets:  # all of them first: links and validations refer to later tabs
            tab = self.workbook.add_worksheet(self.book.tab(sheet), self.new_sheet)
            self.sheets[sheet.name] = CheckedSheet(tab)
        for sheet in self.book.sheets:
            self._sheet(sheet, self.sheets[sheet.name])
        for name, target in defined_names(self.book, self.layout):
            if self.workbook.define_name(name, target) not in (None, 0):
                raise WorkbookError(f"{name}: XlsxWriter refused the name")
        self._identify(CheckedSheet(self.workbook.add_worksheet(IDENTITY_SHEET, self.new_sheet)))

    def _identify(self, out: CheckedSheet) -> None:
        """Write the identity into the properties and onto a hidden tab; a line on the first tab has it, too."""
        title, footer = (shortened(text, MAX_PROPERTY) for text in (self.book.title, self.book.footer))
        about = {"title": title, "author": "growthsheet", "created": FIXED_DATE, "comments": footer}
        self.workbook.set_properties(about)
        self.workbook.set_size(2400, 1400)
        for row, (key, value) in enumerate(self.book.identity.items()):
            out.text(row, 0, key)
            out.text(row, 1, value)
            out.ok(self.workbook.set_custom_property(PROPERTY + key, shortened(value, MAX_PROPERTY), "text"))
        out.raw.hide()

    # -- a tab -----------------------------------------------------------------------------------------------------

    def _sheet(self, sheet: Sheet, out: CheckedSheet) -> None:
        self._widths(sheet, out)
        out.text(0, LABEL, sheet.title or out.name, self.looks.named("title"))
        out.raw.set_row(0, 28)
        out.text(1, LABEL, sheet.purpose, self.looks.named("purpose"))
        if title_rows(sheet) == TITLE_ROWS:
            out.raw.set_row(TITLE_ROWS - 1, 8)
        if sheet is self.book.sheets[0]:
            self._logo(out)
        self._links(sheet, out)
        for block, start in zip(sheet.blocks, self.layout.starts[out.name], strict=True):
            match block:
                case Heading(text):
                    out.text(start, LABEL, text, self.looks.named("heading"))
                    out.raw.set_row(start, 22)
                case Paragraphs(lines):
                    for n, line in enumerate(lines):
                        out.text(start + n, LABEL, line, self.looks.named("paragraph"))
                case NamedCells(facts, column, in_title):
                    for fact in facts:
                        self._fact(out, fact, labelled=not in_title)
                    if sheet.one_page and not column and not in_title:
                        out.height(start + len(facts), 8)
                case Cards():
                    self._cards(out, start, block)
                case Legend():
                    self._legend(out, start)
                case Links(names):
                    for n, (name, what) in enumerate(names):
                        tab = self.book.tab(name)
                        out.link(start + n, LABEL, tab, tab, self.looks.named("link"))
                        out.text(start + n, LABEL + 1, what, self.looks.named("remark"))
                case TableData():
                    self._rows(out, start, block)
                case Charts(charts):
                    offsets = accumulate((chart.size[0] + 10 for chart in charts), initial=0)
                    for chart, offset in zip(charts, offsets, strict=False):
                        drawn = draw_chart(self.workbook, self.layout, self.values, chart)
                        options = {"description": chart.described, "object_position": 2, "x_offset": offset}
                        out.ok(out.raw.insert_chart(start, LABEL, drawn, options), start, LABEL)
        set_up(sheet, self.layout, out)

    def _links(self, sheet: Sheet, out: CheckedSheet) -> None:
        """Write the links at the top of a tab: to the first tab and others, and to columns of its main table."""
        look, (back, on) = self.looks.named("link"), "→←" if self.book.right_to_left else "←→"
        front = self.book.tab(self.book.sheets[0])
        if out.name != front and title_rows(sheet) == TITLE_ROWS and not sheet.hidden:
            out.link(2, LABEL, front, f"{back} {front}", look)
        for n, link in enumerate(sheet.links, 1):
            if link.tab:
                out.link(2, LABEL + n, link.tab, f"{link.tab} {on}", look)
            else:
                place = self.layout.tables[sheet.main]
                col, to = place.columns[link.at], place.columns[link.to]
                text = f"{link.text} {on}" if to > col else f"{back} {link.text}"
                out.link(0, col, out.name, text, look, xl_rowcol_to_cell(place.header, to))

    def _logo(self, out: CheckedSheet) -> None:
        """Put the theme's logo, if it has one, to the right of the tab's title."""
        image, data = self.book.theme.image, self.book.theme.logo
        if image is None or not isinstance(data, bytes):
            return
        scale = min(LOGO_ACROSS / image.width, LOGO_DOWN / image.height)
        right = min(LOGO_EDGE, 7 * sum(self.layout.widths[out.name]))
        options = {"image_data": BytesIO(data), "description": "Logo", "object_position": 3, "y_offset": 4}
        options |= {"x_offset": max(0, right - image.width * scale), "x_scale": scale, "y_scale": scale}
        out.ok(out.raw.insert_image(0, LABEL, f"logo.{image.kind}", options))

    def _widths(self, sheet: Sheet, out: CheckedSheet) -> None:
        tables = [block.table for block in sheet.blocks if isinstance(block, TableData)]
        for col, width in enumerate(self.layout.widths[out.name], LABEL):
            out.ok(out.raw.set_column(col, col, width))
        for table in tables:
            places = self.layout.tables[table.name].columns
            for column in table.columns:
                if column.hidden or column.outlined:
                    col, width = places[column.key], STYLES[column.style].width
                    if column.outlined:
                        width = self.layout.widths[out.name][col - LABEL]
                    options = {"hidden": True} if column.hidden else {"level": 1}
                    out.ok(out.raw.set_column(col, col, width, None, options))
        if not tables:
            out.ok(out.raw.set_column(0, 0, 2))
        out.raw.set_default_row(ROW_HEIGHT)

    # -- blocks ----------------------------------------------------------------------------------------------------

    def _legend(self, out: CheckedSheet, row: int) -> None:
        kinds = (("input", "You fill this in"), ("data", "Given, or worked out for you"))
        for n, (role, told) in enumerate(kinds):
            out.text(row, LABEL + n, self.translate(told), self.looks.cell(role, STYLES["label"], ""))
        found = zip((self.translate(told) for _, told in kinds), self.layout.widths[out.name], strict=False)
        out.height(row, 6 + 15 * max(lines(text, width) for text, width in found))

    def _fact(self, out: CheckedSheet, fact: NamedCell, labelled: bool) -> None:
        _, row, col = self.layout.facts[fact.name]
        if labelled:
            label = "label" if col == LABEL + 1 else "label beside"
            out.text(row, col - 1, self.translate(fact.label), self.looks.named(label))
        style = STYLES[fact.style]
        edge = {"right": 0} if style.spread else {}
        look = self.looks.cell(fact.role, style, self.book.currency, **edge)
        self._value(out, fact, look if labelled else self.looks.named("status"))
        if fact.note and labelled and col == LABEL + 1 and not style.spread:
            out.text(row, LABEL + 2, self.translate(fact.note).split("\n")[0], self.looks.named("remark"))
        if fact.role == "input":
            validate(out, self.layout, fact, row, row, col)
        last = self._spread(out, row, col, fact, style) if style.spread else col
        color_range(out, self.looks, style.color_scale, (row, col), (row, last), f"${xl_col_to_name(col)}")

    def _value(self, out: CheckedSheet, fact: NamedCell, look: Any) -> None:
        """Write a single cell: its value or its formula."""
        _, row, col = self.layout.facts[fact.name]
        if fact.measure is None:
            out.cell(row, col, fact.value, look)
        else:
            sources = self.book.names.of_fact(fact)
            texts = {name: self.layout.text(source, out.name) for name, source in sources.items()}
            out.formula(row, col, fact.measure.excel(texts, self.translate), self.values.fact(fact.name), look)

    def _spread(self, out: CheckedSheet, row: int, col: int, fact: NamedCell, style: Style) -> int:
        """Format the cells right of a named cell like it, as room for its sentence; return the last one's column."""
        widths = list(accumulate(self.layout.widths[out.name][col - LABEL :]))
        last = col + next((n for n, width in enumerate(widths) if width >= style.spread), len(widths) - 1)
        for other in range(col + 1, last + 1):
            out.blank(row, other, self.looks.cell(fact.role, style, "", left=0, right=int(other == last)))
        return last

    def _cards(self, out: CheckedSheet, start: int, block: Cards) -> None:
        columns = card_columns(self.layout.widths[out.name], len(block.figures))
        for fact, col in zip(block.figures, columns, strict=True):
            out.text(start, LABEL + col, self.translate(fact.label), self.looks.named("card label"))
            self._value(out, fact, self.looks.figure(STYLES[fact.style], self.book.currency))
            if fact.note:
                explain(out, start + 1, LABEL + col, self.translate(fact.note))
            style, place = STYLES[fact.style], (start + 1, LABEL + col)
            color_range(out, self.looks, style.color_scale, place, place, f"${xl_col_to_name(LABEL + col)}")
            bar = block.bars.get(fact.name)
            if bar is None:
                out.blank(start + 2, LABEL + col, self.looks.named("card bar"))
            else:
                self._value(out, bar, self.looks.named("card bar"))
                out.bars((start + 2, LABEL + col), (start + 2, LABEL + col), only=True)
        for n, height in enumerate((17, 29, 8, 8)):
            out.height(start + n, height)

    def _rows(self, out: CheckedSheet, start: int, block: TableData) -> None:
        place = self.layout.tables[block.table.name]
        out.height(start, self._header_height(block))
        drawn = block if self.long is None else self._without_long_rows(out, block, self.long)
        for column in block.table.columns:
            self._header(out, start, place, column)
            self._column(out, drawn, column, place.columns[column.key])
        for n, height in enumerate(self._heights(drawn)):
            out.height(place.first + n, height)
        if _grows(block.table):
            out.grow(place.first, place.last)
        if block.hidden:
            for row in range(place.header, place.last + 1):
                out.raw.set_row(row, None, None, {"hidden": True})
        if block.table.shown_by:
            hide_blank_rows(out, self.looks, place, block.table)
        color_columns(out, self.looks, place, block, dict(self.book.ends))

    @cached_property
    def _long_names(self) -> frozenset[str]:
        from growthsheet.xlsx.writer.long_tables import long_tables

        return long_tables(self.book)

    def _without_long_rows(self, out: CheckedSheet, block: TableData, tables: list[LongTable]) -> TableData:
        """Return the table to be drawn: of a long one only its first row, and the table is appended to ``tables``."""
        from growthsheet.xlsx.writer.long_tables import LongTable

        if block.table.name not in self._long_names:
            return block
        place, heights = self.layout.tables[block.table.name], list(self._heights(block))
        number = list(self.sheets.values()).index(out) + 1
        out.rows_elsewhere(place.first, heights, place.columns.values())
        tables.append(LongTable(number, place, block, heights, out.raw.row_spans))
        # rows that XlsxWriter does not write must still widen the range that the sheet declares as used
        out.ok(out.raw._check_dimensions(place.last, max(place.columns.values())))
        return replace(block, rows=block.rows[:1])

    def _header(self, out: CheckedSheet, row: int, place: TablePlace, column: Column) -> None:
        """Write a header; whoever selects it reads what the column means."""
        col = place.columns[column.key]
        head, turned = self._head(column), is_turned(column)
        shown = turned_text(head, STYLES[column.style]) if turned else head
        out.text(row, col, shown, self.looks.header(STYLES[column.style], turned))
        if column.note and column.header and not (column.hidden or column.of):
            explain(out, row, col, self.translate(column.note))
        elif shown != head:
            explain(out, row, col, head)
        if STYLES[column.style].bar and not column.hidden:
            out.bars((place.first, col), (place.last, col))

    def _column(self, out: CheckedSheet, block: TableData, column: Column, col: int) -> None:
        place, currency = self.layout.tables[block.table.name], self.book.currency
        looks: Iterable[Any]
        if STYLES[column.style].money:  # each row may have a currency of its own
            looks = [self._look(column, row.get("currency") or currency, block.table.top) for row in block.rows]
        else:
            looks = repeat(self._look(column, currency, block.table.top))
        if column.measure is None:
            out.cells(place.first, col, [row.get(column.key) for row in block.rows], looks)
        else:
            values = self.values.column(block.table.name, column.key)
            sources = self.book.names.of_column(block.table, column)
            texts = {name: self.layout.text(source, out.name, block.table.name) for name, source in sources.items()}
            out.formulas(place.first, col, self._formula(column.measure, texts), values, looks)
        if column.role == "input":
            validate(out, self.layout, column, place.first, place.last, col, block.rows)

    def _formula(self, measure: Measure, texts: Mapping[str, str]) -> str:
        """Return a measure's formula; a team has the same one for each person, so its text is made once."""
        if id(measure) not in self.spelled:
            blanks = {name: f"{_BLANK}{name}{_BLANK}" for name in texts}
            self.spelled[id(measure)] = measure.excel(blanks, self.translate).split(_BLANK)
        return "".join([texts[piece] if n % 2 else piece for n, piece in enumerate(self.spelled[id(measure)])])

    def _look(self, column: Column, currency: str, top: bool) -> Any:
        """Return the format of a column's cells."""
        key = (column.role, column.style, column.hidden, currency, top)
        if key not in self.looked:
            style = STYLES[column.style]
            style = replace(style, top=top or style.top)
            if column.hidden and not style.money:  # LibreOffice lets centred text overflow into an empty cell beside it
                style = replace(style, align="left")
            self.looked[key] = self.looks.cell(column.role, style, currency)
        return self.looked[key]

    def _header_height(self, block: TableData) -> float:
        shown = shown_columns(block.table)
        upright = [lines(self._head(c), STYLES[c.style].width - 1) for c in shown if not is_turned(c)]
        turned = turned_height(self._head(c) for c in shown if is_turned(c))
        return max(8 + 15 * max(upright, default=1), turned)

    def _head(self, column: Column) -> str:
        return (column.header if column.of else self.translate(column.header)) or column.key

    def _heights(self, block: TableData) -> Iterator[float]:
        """Yield the heights of rows, which depend on growthsheet's texts only and not on inputs."""
        growing = [c for c in shown_columns(block.table) if c.role == "data" and STYLES[c.style].lines]
        place = self.layout.tables[block.table.name]
        there = [
            name
            for name, other in self.layout.tables.items()
            if (other.sheet, other.header) == (place.sheet, place.header)
        ]
        least = max(least_height(self.book, self.book.tables[name].table) for name in there)
        if not growing:
            yield from repeat(min(6 + least, MAX_HEIGHT), len(block.rows))
            return
        room = {c.key: self.layout.widths[place.sheet][place.columns[c.key] - LABEL] for c in growing}
        for row in block.rows:
            needed = [text_height(str(row.get(c.key) or ""), STYLES[c.style], room[c.key]) for c in growing]
            yield min(6 + max([least, *needed]), MAX_HEIGHT)


def _grows(table: Table) -> bool:
    """Return whether rows grow with what people type."""
    return any(column.role == "input" and STYLES[column.style].wrap for column in shown_columns(table))
