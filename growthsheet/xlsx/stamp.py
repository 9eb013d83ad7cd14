"""A layout compiled once, and stamped for each book of it: the same parts, byte for byte, as if it were written.

A book is written once on worksheets that leave marks where values of its own stand; the parts are cut there. For
another book only those values are computed, put into the gaps and pressed; all other parts are pressed already. A
stamp keeps what it is at work on, so it is for one thread only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import partial
from io import StringIO
from typing import Any

from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.xmlwriter import XMLwriter

from ..blocks import Book, Chart, Charts, Heading, Prose
from ..errors import WorkbookError
from ..expr import Cell
from ..values import At, Values
from .charts import point
from .checked import MAX_PROPERTY, MAX_TEXT, CheckedSheet, PlainWorksheet, shortened
from .layout import LABEL, Layout
from .likeness import Differences, texts
from .marks import IDENTITY_SHEET
from .packing import OPTIONS, PartsWorkbook, pack, pressed
from .tracing import MARK, Spot, Trace, TracedSheet, cut, of_formula, spots
from .write import draw_book

STRINGS, CORE, CUSTOM = "xl/sharedStrings.xml", "docProps/core.xml", "docProps/custom.xml"


class Odd(Exception):
    """Something that only the ordinary way can write, or refuse."""


class Stamp:
    """One layout, compiled from one of its books; ``places`` are where its books differ.

    Raises
    ------
    WorkbookError
        When what was written is not what is expected here: no workbook comes from a stamp that is not whole.
    Odd
        When books of this layout differ in what only the ordinary way can write.
    """

    def __init__(self, book: Book, places: Differences) -> None:
        self.places = places
        self._like = Values(book)
        self._changed = self._like.depending(places.cells)
        self._spots = _Spots(book)
        self._cells = sorted(places.cells, key=str)
        self._texts = sorted(places.texts)
        own = [spot for at in self._cells for spot in self._spots.of(at)]
        own += [self._spots.text(sheet, n) for sheet, n in self._texts]
        own += [(IDENTITY_SHEET, row, 1) for row, _ in enumerate(book.identity)]
        worked_out = {at: list(self._spots.of(at)) for at in self._changed - places.cells}
        trace = Trace({*own, *(spot for found in worked_out.values() for spot in found)})
        workbook = PartsWorkbook(OPTIONS)
        draw_book(workbook, book, self._like, partial(TracedSheet, trace))
        self._cut(workbook, trace, own, worked_out)
        self._charts = dict(_charts(book, workbook, self._changed))
        self._cut_properties(book, workbook)
        varying = {*self._sheets, *self._charts, STRINGS, CORE, CUSTOM}
        self._parts = {
            name: None if name in varying else pressed(name, text.encode()) for name, text in workbook.parts.items()
        }
        self._known: dict[Cell, tuple[str, str]] = {}

    # -- compiling ---------------------------------------------------------------------------------------------------

    def _cut(self, workbook: PartsWorkbook, trace: Trace, own: list[Spot], worked_out: dict[At, list[Spot]]) -> None:
        """Cut the sheets at their marks."""
        self._sheets: dict[str, list[str]] = {}
        where: dict[tuple[Spot, str], tuple[str, int]] = {}
        for name, text in workbook.parts.items():
            if MARK in text:
                self._sheets[name], places = cut(text)
                where |= {trace.marks[mark]: (name, place) for mark, place in places.items()}
        _require(len(where) == len(trace.marks), "a mark is missing, or stands twice")
        number = {spot: n for n, spot in enumerate(own)}
        self._written: list[tuple[str, int, str, int]] = []  # part, place, a text of the layout or the number of a cell
        for spot, text in trace.order:
            varies = spot in number
            part, place = where.pop((spot, "cell" if varies else "text"))
            self._written.append((part, place, "" if varies else text, number.get(spot, -1)))
        self._formulas: list[tuple[At, str, list[tuple[int, int]]]] = []
        for at, found in worked_out.items():
            ends = [(where.pop((spot, "type")), where.pop((spot, "value"))) for spot in found]
            parts = {part for pair in ends for part, _ in pair}
            _require(len(parts) <= 1, f"{at} stands on two tabs")
            self._formulas.append((at, next(iter(parts), ""), [(a, b) for (_, a), (_, b) in ends]))
        _require(not where, "a mark stands for nothing")
        self._head, opened, _ = workbook.parts[STRINGS].partition(' count="')
        _require(bool(opened), "the shared texts begin otherwise")
        self._si = {text: _si(text) for _, _, text, n in self._written if n < 0}

    def _cut_properties(self, book: Book, workbook: PartsWorkbook) -> None:
        title = _element("dc:title", book.title)
        self._core = _opened(workbook.parts[CORE], [title])
        self._custom = _opened(workbook.parts[CUSTOM], [_property(*entry) for entry in book.identity.items()])

    # -- stamping ----------------------------------------------------------------------------------------------------

    def bytes(self, book: Book) -> bytes:
        """The workbook of another book of the layout.

        Raises
        ------
        Odd
            When it holds something that only the ordinary way can write.
        """
        values = self._like.of_another(book, self._changed)
        sheets = {name: pieces.copy() for name, pieces in self._sheets.items()}
        made = {STRINGS: self._fill_texts(sheets, list(self._own(book, values)))}
        self._fill_formulas(sheets, values)
        made |= {name: "".join(pieces) for name, pieces in sheets.items()}
        made |= {name: chart.text(values) for name, chart in self._charts.items()}
        made[CORE] = _closed(self._core, [_element("dc:title", book.title)])
        made[CUSTOM] = _closed(self._custom, [_property(*entry) for entry in book.identity.items()])
        return pack(part or pressed(name, made[name].encode()) for name, part in self._parts.items())

    def _own(self, book: Book, values: Values) -> Iterator[Any]:
        """What the book holds of its own, in the order of its cells."""
        for at in self._cells:
            if isinstance(at, tuple):
                yield from values.column(*at)
            else:
                yield values.fact(at)
        told = [texts(book.sheets[sheet])[n] for sheet, n in self._texts] + [*book.identity.values()]
        if not all(told):
            raise Odd
        yield from told

    def _fill_texts(self, sheets: dict[str, list[str]], own: list[Any]) -> str:
        """Fill in what is no formula; gives the shared texts, numbered in the order of writing."""
        numbers: dict[str, int] = {}
        count = 0
        for part, place, text, n in self._written:
            if n < 0:
                sheets[part][place] = str(numbers.setdefault(text, len(numbers)))
                count += 1
                continue
            cell = own[n]
            if cell is None or cell == "":
                sheets[part][place] = "/>"
            elif isinstance(cell, str):
                if len(cell) * 2 > MAX_TEXT:
                    raise Odd
                sheets[part][place] = f' t="s"><v>{numbers.setdefault(cell, len(numbers))}</v></c>'
                count += 1
            elif type(cell) in (int, float) and math.isfinite(cell):
                sheets[part][place] = f"><v>{cell:.16G}</v></c>"
            else:
                raise Odd
        known = self._si
        listed = "".join([known.get(text) or _si(text) for text in numbers])
        return f'{self._head} count="{count}" uniqueCount="{len(numbers)}">{listed}</sst>'

    def _fill_formulas(self, sheets: dict[str, list[str]], values: Values) -> None:
        known = self._known
        if len(known) > 5_000:  # texts of people, mostly
            known.clear()
        for at, part, places in self._formulas:
            cells = values.column(*at) if isinstance(at, tuple) else (values.fact(at),)
            pieces = sheets[part] if part else []
            for cell, (kind, value) in zip(cells, places, strict=True):
                shown = known.get(cell)
                if shown is None:
                    shown = known[cell] = _shown(cell)
                pieces[kind], pieces[value] = shown


class _Spots:
    """Where the cells of a book stand."""

    def __init__(self, book: Book) -> None:
        self._book, self._layout = book, Layout(book)

    def of(self, at: At) -> Iterator[Spot]:
        """The cells of a column or a fact."""
        if isinstance(at, tuple):
            place = self._layout.tables[at[0]]
            first, rows = place.first, len(self._book.tables[at[0]].rows)
            return spots(place.sheet, first, first + rows - 1, place.columns[at[1]])
        tab, row = self._layout.facts[at]
        return spots(tab, row, row, LABEL + 1)

    def text(self, number: int, n: int) -> Spot:
        """The cell of a tab's text; see :func:`texts`."""
        sheet = self._book.sheets[number]
        tab = self._book.tab(sheet)
        rows = [0]
        for block, start in zip(sheet.blocks, self._layout.starts[tab], strict=True):
            if isinstance(block, (Heading, Prose)):
                rows += range(start, start + (len(block.lines) if isinstance(block, Prose) else 1))
        return tab, rows[n], LABEL


class _Chart:
    """A chart whose points vary: XlsxWriter writes them anew."""

    def __init__(self, chart: Any, text: str, series: list[tuple[Any, tuple[str, str]]]) -> None:
        self._chart, self._series = chart, series
        self._pieces = _opened(text, [self._points(each) for each, _ in series])

    def text(self, values: Values) -> str:
        """The part."""
        for each, (table, key) in self._series:
            self._chart.formula_data[each["val_data_id"]] = [point(cell) for cell in values.column(table, key)]
        return _closed(self._pieces, [self._points(each) for each, _ in self._series])

    def _points(self, series: Any) -> str:
        self._chart.fh = StringIO()
        self._chart._write_val(series)
        return str(self._chart.fh.getvalue())


def _charts(book: Book, workbook: PartsWorkbook, changed: Iterable[At]) -> Iterator[tuple[str, _Chart]]:
    found = [block for sheet in book.sheets for block in sheet.blocks if isinstance(block, (Chart, Charts))]
    blocks = [chart for block in found for chart in (block.charts if isinstance(block, Charts) else (block,))]
    for number, (block, drawn) in enumerate(zip(blocks, workbook.charts, strict=True), 1):
        if (block.table, block.labels) in changed:
            raise Odd
        keys = [(block.table, key) for key, _ in block.series]
        series = [pair for pair in zip(drawn.series, keys, strict=True) if pair[1] in changed]
        if series:
            name = f"xl/charts/chart{number}.xml"
            yield name, _Chart(drawn, workbook.parts[name], series)


def _require(holds: bool, told: str) -> None:
    if not holds:
        raise WorkbookError(f"a layout cannot be compiled: {told}")


def _opened(text: str, held: list[str]) -> list[str]:
    """What stands before, between and behind some texts, each of which stands there once."""
    pieces = [text]
    for each in held:
        cut_there = pieces.pop().split(each)
        _require(len(cut_there) == 2, f"{each} is missing, or stands twice")
        pieces += cut_there
    return pieces


def _closed(pieces: list[str], held: list[str]) -> str:
    return "".join([text for pair in zip(pieces, [*held, ""], strict=True) for text in pair])


def _element(tag: str, text: str) -> str:
    file = XMLwriter()
    file.fh = StringIO()
    file._xml_data_element(tag, shortened(text, MAX_PROPERTY))
    return str(file.fh.getvalue())


def _property(key: str, value: str) -> str:
    return f'name="growthsheet_{key}">' + _element("vt:lpwstr", value)


def _si(text: str) -> str:
    """A shared text as XlsxWriter writes it."""
    file = SharedStrings()
    file.fh = StringIO()
    file._write_si(text)
    return str(file.fh.getvalue())


def _shown(cell: Cell) -> tuple[str, str]:
    """The type and the value of a formula's cell as XlsxWriter writes them."""
    sheet = PlainWorksheet()
    CheckedSheet(sheet).formula(0, 0, "=0", cell)
    sheet.fh = StringIO()
    sheet._write_cell(0, 0, sheet.table[0][0])
    return of_formula(sheet.fh.getvalue())
