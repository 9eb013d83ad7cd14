"""Long tables of plain data: XlsxWriter writes the first row, and the others are rendered in the same form.

The output is the same, cell by cell, as when XlsxWriter writes each cell. Rows are read once, one after another, and
compressed at once, so that 50,000 people need no more memory than a few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from operator import getitem
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from growthsheet.errors import WorkbookError
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.styles import STYLES
from growthsheet.workbook.tables import TableData, as_cell
from growthsheet.xlsx.writer.fast_worksheet import of_number, of_text
from growthsheet.xlsx.writer.layout import TablePlace
from growthsheet.xlsx.writer.worksheet import too_long
from growthsheet.xlsx.writer.zip_parts import STRINGS, ZipPart, pressed, shared

MANY = 200
"""The fewest rows of a long table."""


_CHUNK = 250
_CELL = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"(?: t="s")?(?:/>|><v>[^<]*</v></c>)')
_PLAIN = re.compile(r"(?! )(?:[^\W_]|[ .,@-])+(?<! )").fullmatch
"""Matches a text that is written without escapes, as most names are."""


@dataclass(frozen=True)
class LongTable:
    """A long table: its sheet's number, its place, the heights of its rows, and the column spans of its sheet."""

    sheet: int
    place: TablePlace
    block: TableData
    heights: Iterable[float]
    spans: Mapping[int, str]
    """The first and last used column for each sixteen rows; filled in when the sheet is drawn."""


def long_tables(book: Book) -> frozenset[str]:
    """Return the names of a book's long tables: many rows of data, with one format for each column, by themselves."""
    found = set()
    for sheet in book.sheets:
        for block, below in zip_longest(sheet.blocks, sheet.blocks[1:]):
            shared = isinstance(below, TableData) and below.beside
            if isinstance(block, TableData) and not (shared or block.beside or block.hidden) and _is_plain(block):
                found.add(block.table.name)
    return frozenset(found)


def _is_plain(block: TableData) -> bool:
    columns = block.table.columns
    return len(block.rows) >= MANY and all(c.role == "data" and not STYLES[c.style].money for c in columns)


def parts(drawn: Mapping[str, str], tables: Iterable[LongTable]) -> Iterator[ZipPart]:
    """Yield the compressed parts of a workbook, with all rows of its long tables."""
    strings = _Strings(drawn[STRINGS])
    longs: dict[str, list[LongTable]] = {}
    for table in tables:
        longs.setdefault(f"xl/worksheets/sheet{table.sheet}.xml", []).append(table)
    for name, text in drawn.items():
        if name in longs:
            yield pressed(name, _sheet(text, longs[name], strings))
        elif name != STRINGS:
            yield pressed(name, text.encode())
    yield pressed(STRINGS, strings.text().encode())  # last: by then all texts are known


def _sheet(text: str, tables: Iterable[LongTable], strings: _Strings) -> Iterator[bytes]:
    """Yield a sheet in pieces, with every row of its long tables, which are below one another."""
    for long in tables:
        head, row, text = _cut(text, long)
        yield head.encode()
        yield from _rows(long, row, strings)
    yield text.encode()


def _cut(text: str, long: LongTable) -> tuple[str, re.Match[str], str]:
    """Return the text before a table's first row, that row, and the text after it."""
    first = long.place.first + 1
    found = re.search(rf'<row r="{first}" spans="[^"]*"[^>]*>(.*?)</row>', text)
    if not found or len(_CELL.findall(found[1])) != len(long.place.columns):
        raise WorkbookError(f"{long.block.table.name}: its first row is not as XlsxWriter draws it")
    return text[: found.start()], found, text[found.end() :]


def _rows(long: LongTable, found: re.Match[str], strings: _Strings) -> Iterator[bytes]:
    """Yield every row in the form of the first one, with the row's number in each of its cells."""
    keys = sorted(long.place.columns, key=lambda key: long.place.columns[key])
    first, *others = (f'<c r="{xl_col_to_name(long.place.columns[key])}' for key in keys)
    ends = zip(_CELL.findall(found[1]), (*others, "</row>"), strict=True)
    cells = [_Cells(style, after, strings) for style, after in ends]
    pieces: list[str] = []
    for number, (row, height) in enumerate(zip(long.block.rows, long.heights, strict=True), long.place.first + 1):
        pixels = int(height * 4 / 3 + 0.5)  # as XlsxWriter rounds the heights of all other rows
        opened = f'" spans="{long.spans[(number - 1) // 16]}" ht="{pixels * 0.75:.16g}" customHeight="1">{first}'
        pieces.append(str(number).join(('<row r="', opened, *map(getitem, cells, map(row.get, keys)))))
        if number % _CHUNK == 0:
            yield "".join(pieces).encode()
            pieces.clear()
    yield "".join(pieces).encode()


class _Cells(dict[Any, str]):
    """The XML of one column's cells by their values, from after the row's number to that of the next cell."""

    def __init__(self, style: str, after: str, strings: _Strings) -> None:
        self._style, self._after, self._strings = f'" s="{style}"', after, strings

    def __missing__(self, value: Any) -> str:
        """Return the XML of a new value; texts are not cached, because most are in one row only."""
        cell = as_cell(value)
        if isinstance(cell, str):
            return f"{self._style}{of_text(self._strings.number(cell))}{self._after}"
        self[value] = f"{self._style}{'/>' if cell is None else of_number(cell)}{self._after}"
        return self[value]


class _Strings:
    """The shared texts that XlsxWriter collected, followed by those of the long tables."""

    def __init__(self, drawn: str) -> None:
        self._drawn, self._numbers, self._references = drawn, dict[str, int](), 0
        found = re.search(r' count="(\d+)" uniqueCount="(\d+)"', drawn)
        if not found:
            raise WorkbookError("the texts are not as XlsxWriter writes them")
        self._counts = found
        self._count, self._unique = int(found[1]), int(found[2])

    def number(self, text: str) -> int:
        """Return the number of a text, which is added if it is new."""
        self._references += 1
        number = self._numbers.get(text)
        if number is None:
            if found := too_long(text):
                raise WorkbookError(found)
            number = self._numbers[text] = self._unique + len(self._numbers)
        return number

    def text(self) -> str:
        """Return the part with all texts, each as XlsxWriter writes it."""
        texts = "".join(f"<si><t>{text}</t></si>" if _PLAIN(text) else shared(text) for text in self._numbers)
        counts = f' count="{self._count + self._references}" uniqueCount="{self._unique + len(self._numbers)}"'
        head, tail = self._drawn[: self._counts.start()], self._drawn[self._counts.end() : -len("</sst>")]
        return f"{head}{counts}{tail}{texts}</sst>"
