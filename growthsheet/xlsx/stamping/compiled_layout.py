"""Compile a layout once, and fill it for each of its books; the parts are the same bytes as if written in full.

A book is written once on worksheets that put marks in place of the values that vary, and its parts are split there. For
another book only those values are computed and inserted, and the parts with them compressed; all other parts are
compressed already. A compiled layout changes its state while it works, so it is for one thread only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import StringIO
from itertools import chain
from typing import Any

from xlsxwriter.xmlwriter import XMLwriter

from growthsheet.expr import CellValue
from growthsheet.model.excel_limits import MAX_PROPERTY
from growthsheet.workbook.blocks import Book, Charts, Heading, Paragraphs
from growthsheet.workbook.values import At, Values
from growthsheet.xlsx.markers import IDENTITY_SHEET, PROPERTY
from growthsheet.xlsx.stamping.fill import LayoutFill, NotStampable, require
from growthsheet.xlsx.stamping.layout_match import Differences, texts
from growthsheet.xlsx.stamping.placeholders import Spot, Trace, TracedSheet
from growthsheet.xlsx.writer.charts import point
from growthsheet.xlsx.writer.checked_sheet import shortened
from growthsheet.xlsx.writer.draw import draw_book
from growthsheet.xlsx.writer.layout import LABEL, Layout
from growthsheet.xlsx.writer.xlsxwriter_version import OPTIONS
from growthsheet.xlsx.writer.zip_parts import PartsWorkbook, pack, pressed

CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"


class CompiledLayout:
    """One layout, compiled from one of its books; ``places`` are the places where its books differ.

    Raises
    ------
    WorkbookError
        If the written parts are not as expected; no workbook is made from an incomplete layout.
    NotStampable
        If books of this layout differ in something that must be written in full.
    """

    def __init__(self, book: Book, places: Differences) -> None:
        self.places = places
        values = Values(book)
        self._values, changed = values.of_others(places.cells), values.depending(places.cells)
        self._spots = _Spots(book)
        self._cells = sorted(places.cells, key=str)
        self._texts = sorted(places.texts)
        own = [spot for at in self._cells for spot in self._spots.of(at)]
        own += [self._spots.text(sheet, n) for sheet, n in self._texts]
        own += [(IDENTITY_SHEET, row, 1) for row, _ in enumerate(book.identity)]
        self._worked_out = list(changed - places.cells)
        formulas = [spot for at in self._worked_out for spot in self._spots.of(at)]
        trace = Trace({*own, *formulas})
        workbook = PartsWorkbook(OPTIONS)
        draw_book(workbook, book, values, partial(TracedSheet, trace))
        self._gaps = LayoutFill(workbook.parts, trace, own, formulas)
        self._charts = dict(_charts(book, workbook, changed))
        self._core = _opened(workbook.parts[CORE], [_element("dc:title", book.title)])
        self._custom = _opened(workbook.parts[CUSTOM], _properties(book))
        varying = {*self._gaps.names, *self._charts, CORE, CUSTOM}
        parts = workbook.parts.items()
        self._parts = {name: None if name in varying else pressed(name, text.encode()) for name, text in parts}
        self._pictures = workbook.pictures

    # -- stamping ----------------------------------------------------------------------------------------------------

    def bytes(self, book: Book) -> bytes:
        """Return the workbook of another book of the layout.

        Raises
        ------
        NotStampable
            If it holds something that must be written in full.
        """
        values = self._values(book)
        formulas = chain.from_iterable(_cells(values, at) for at in self._worked_out)
        made = self._gaps.filled(list(self._own(book, values)), formulas)
        made |= {name: chart.text(values).encode() for name, chart in self._charts.items()}
        made[CORE] = _closed(self._core, [_element("dc:title", book.title)]).encode()
        made[CUSTOM] = _closed(self._custom, _properties(book)).encode()
        parts = (part or pressed(name, made[name]) for name, part in self._parts.items())
        return pack((*parts, *self._pictures))

    def _own(self, book: Book, values: Values) -> Iterator[Any]:
        """Yield the varying values of a book, in the order of their cells."""
        for at in self._cells:
            yield from _cells(values, at)
        told = [texts(book.sheets[sheet])[n] for sheet, n in self._texts] + [*book.identity.values()]
        if not all(told):
            raise NotStampable
        yield from told


def _cells(values: Values, at: At) -> Sequence[CellValue]:
    return values.column(*at) if isinstance(at, tuple) else (values.fact(at),)


class _Spots:
    """The places of the cells of a book."""

    def __init__(self, book: Book) -> None:
        self._book, self._layout = book, Layout(book)

    def of(self, at: At) -> Iterator[Spot]:
        """Yield the places of a column or of a single cell."""
        if isinstance(at, tuple):
            place = self._layout.tables[at[0]]
            for row, _ in enumerate(self._book.tables[at[0]].rows, place.first):
                yield place.sheet, row, place.columns[at[1]]
        else:
            yield self._layout.facts[at]

    def text(self, number: int, n: int) -> Spot:
        """Return the place of a tab's text; see :func:`texts`."""
        sheet = self._book.sheets[number]
        tab = self._book.tab(sheet)
        rows = [0]
        for block, start in zip(sheet.blocks, self._layout.starts[tab], strict=True):
            if isinstance(block, (Heading, Paragraphs)):
                rows += range(start, start + (len(block.lines) if isinstance(block, Paragraphs) else 1))
        return tab, rows[n], LABEL


class _Chart:
    """A chart whose points vary: XlsxWriter writes them for each book."""

    def __init__(self, chart: Any, text: str, at: tuple[str, str]) -> None:
        self._chart, self._at = chart, at
        self._pieces = _opened(text, [self._points()])

    def text(self, values: Values) -> str:
        """Return the part of the chart with these values."""
        (series,) = self._chart.series
        self._chart.formula_data[series["val_data_id"]] = [point(cell) for cell in values.column(*self._at)]
        return _closed(self._pieces, [self._points()])

    def _points(self) -> str:
        self._chart.fh = StringIO()
        self._chart._write_val(*self._chart.series)
        return str(self._chart.fh.getvalue())


def _charts(book: Book, workbook: PartsWorkbook, changed: Iterable[At]) -> Iterator[tuple[str, _Chart]]:
    blocks = [block for sheet in book.sheets for block in sheet.blocks if isinstance(block, Charts)]
    charts = [chart for block in blocks for chart in block.charts]
    for number, (chart, drawn) in enumerate(zip(charts, workbook.charts, strict=True), 1):
        if (chart.table, chart.labels) in changed:
            raise NotStampable
        if (at := (chart.table, chart.series[0])) in changed:
            name = f"xl/charts/chart{number}.xml"
            yield name, _Chart(drawn, workbook.parts[name], at)


def _opened(text: str, held: list[str]) -> list[str]:
    """Return the pieces before, between and after some texts, each of which occurs once."""
    pieces = [text]
    for each in held:
        cut_there = pieces.pop().split(each)
        require(len(cut_there) == 2, f"{each} is missing, or stands twice")
        pieces += cut_there
    return pieces


def _closed(pieces: list[str], held: list[str]) -> str:
    return "".join([text for pair in zip(pieces, [*held, ""], strict=True) for text in pair])


def _element(tag: str, text: str) -> str:
    file = XMLwriter()
    file.fh = StringIO()
    file._xml_data_element(tag, shortened(text, MAX_PROPERTY))
    return str(file.fh.getvalue())


def _properties(book: Book) -> list[str]:
    return [f'name="{PROPERTY}{key}">' + _element("vt:lpwstr", value) for key, value in book.identity.items()]
