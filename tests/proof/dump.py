"""A workbook as text that a reviewer reads, by name, and the golden files that hold such texts.

Where all rows of a column have one formula, it has one line: ``assessment.gap 'Gap' [fill F3F4F6] =
MAX({expected}-{used},0) -> 1 | ''``; else one line a row, ``assessment.skill[talks]``. A cell with the fill of an
input is ``asked``. What has coordinates stands in a text of its own: widths, frozen panes, where each table starts,
print set-up. So one more column changes a few lines, however many it moves.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.proof.names import Names, Place, letters
from tests.proof.parts import Book, Cell, Sheet, row_and_column
from tests.proof.places import places, printed
from tests.proof.rules import rules
from tests.proof.texts import cell_looks, shown

GOLDEN = Path(__file__).parent.parent / "golden"
_LONG = 100
"""Values with more characters stand on a line each."""


class Dump(NamedTuple):
    """A workbook as two texts: what is in it, by name, and where it stands."""

    contents: str
    places: str


class Shown(NamedTuple):
    """A cell as text: its formula by name, or nothing, its value, and its look."""

    formula: str
    value: str
    look: str


def dump(
    data: bytes, tables: Mapping[str, Place] | None = None, single: Mapping[str, tuple[str, int, int]] | None = None
) -> Dump:
    """A workbook as text, the same for the same workbook; with the places of its tables and single named cells."""
    book = Book(data)
    cells = {sheet.name: list(book.cells(sheet)) for sheet in book.sheets}
    names = Names(tables or {}, single or {}, [cell for each in cells.values() for cell in each])
    looks = cell_looks(book)
    contents, where = [*_properties(book), *_defined_names(book, names)], []
    for sheet in book.sheets:
        tab = _Tab(sheet, cells[sheet.name], names, looks)
        contents += ["", f"== {sheet.name}", *rules(book, sheet, names, tab.values), *tab.lines()]
        where += [*places(book, sheet, names, tab.others), ""]
    return Dump("\n".join(contents) + "\n", "\n".join(where))


def golden(name: str, text: str) -> None:
    """Fail unless ``tests/golden/NAME.txt`` holds just this text.

    With ``GROWTHSHEET_GOLDEN=write`` in the environment the file is written, and the test fails all the same: what
    was written wants to be read.
    """
    file = GOLDEN / f"{name}.txt"
    held = file.read_text(encoding="utf-8") if file.exists() else ""
    if os.environ.get("GROWTHSHEET_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"{file.name} was written: read it, then run again without GROWTHSHEET_GOLDEN", pytrace=False)
    if held != text:
        changes = list(difflib.unified_diff(held.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1))
        listed = "\n".join(changes[:80])
        more = f"\n... and {len(changes) - 80} lines more" if len(changes) > 80 else ""
        hint = "GROWTHSHEET_GOLDEN=write takes it over"
        pytest.fail(f"{file.name} holds another workbook; {hint}\n{listed}{more}", pytrace=False)


def _properties(book: Book) -> Iterator[str]:
    for item in book.xml("docProps/core.xml"):
        yield f"property {item.tag.rpartition('}')[2]}: {item.text or ''}"
    if "docProps/custom.xml" in book.names:
        for item in book.xml("docProps/custom.xml"):
            yield f"custom property {item.get('name')}: {''.join(item.itertext())}"


def _defined_names(book: Book, names: Names) -> Iterator[str]:
    elsewhere = printed(book)
    for item in book.workbook.iterfind("{*}definedNames/{*}definedName"):
        if item not in elsewhere:
            scope = item.get("localSheetId")
            within = f" on {book.sheets[int(scope)].name}" if scope else ""
            yield f"name {item.get('name')}{within} = {names.formula(item.text or '')}"


class _Tab:
    """The cells of one tab as text."""

    def __init__(self, sheet: Sheet, cells: Iterable[Cell], names: Names, looks: list[str]) -> None:
        self._sheet, self._names, self._looks = sheet.name, names, looks
        self._cells = {row_and_column(cell.ref): cell for cell in cells}
        self._in_order = list(self._cells) == sorted(self._cells)
        self.values = {cell.ref: cell.value for cell in self._cells.values()}
        self.others = [cell for cell in self._cells.values() if not self._is_named(cell) and self._tells(cell)]
        """Cells that belong to no table and to no single named cell, unless there is nothing to tell of them."""

    def lines(self) -> Iterator[str]:
        """The lines about the cells, from top to bottom."""
        if not self._in_order:
            yield "the file does not hold its cells in order"
        tables = {p.header: name for name, p in self._names.tables.items() if p.sheet == self._sheet}
        single = {row for sheet, row, _ in self._names.single if sheet == self._sheet}
        others = {row: list(cells) for row, cells in groupby(self.others, lambda cell: row_and_column(cell.ref)[0])}
        for row in sorted({*tables, *single, *others}):
            if row in single:
                yield from self._single_line(row)
            if row in tables:
                yield from self._table(tables[row])
            if row in others:
                yield " | ".join(map(self._other, others[row]))

    def _is_named(self, cell: Cell) -> bool:
        row, column = row_and_column(cell.ref)
        names = self._names
        return bool(names.single_at(self._sheet, row, column) or names.table(self._sheet, row, column))

    def _tells(self, cell: Cell) -> bool:
        return cell.formula is not None or cell.value is not None or "asked" in self._looks[cell.style]

    def _shown(self, row: int, column: int) -> Shown:
        cell = self._cells.get((row, column))
        if cell is None:
            return Shown("", "no cell", "")
        formula = ""
        if cell.formula is not None:
            stored = f"({cell.stored}) " if cell.stored else ""
            formula = f"{stored}= {self._names.formula(cell.formula[1:], self._sheet, row)}"
        value = "blank" if cell.value is None and not formula else shown(cell.value)
        return Shown(formula, value, self._looks[cell.style])

    def _other(self, cell: Cell) -> str:
        row, column = row_and_column(cell.ref)
        return f"{letters(column)}{_words(self._shown(row, column))}"

    def _single_line(self, row: int) -> Iterator[str]:
        """A single named cell between its label and its help; other cells of its row stand behind them."""
        cells = [column for at, column in sorted(self._cells) if at == row and self._tells(self._cells[at, column])]
        for column in cells:
            if name := self._names.single_at(self._sheet, row, column):
                yield f"{name}{_words(self._shown(row, column))}"

    def _table(self, name: str) -> Iterator[str]:
        place = self._names.tables[name]
        columns = sorted(place.columns.items(), key=lambda each: each[1])
        headers = {column: self._shown(place.header, column) for _, column in columns}
        looks = sorted({header.look for header in headers.values() if header.look})
        yield f"{name} header{''.join(f' [{look}]' for look in looks)}"
        for key, column in columns:
            header = " ".join(filter(None, [headers[column].formula, headers[column].value]))
            yield from self._column(name, f"{name}.{key}", header, column)

    def _column(self, table: str, name: str, header: str, column: int) -> Iterator[str]:
        """A column on one line where its rows are alike, else on one line a row."""
        place = self._names.tables[table]
        rows = range(place.header + 1, place.last + 1)
        cells = [self._shown(row, column) for row in rows]
        values = " | ".join(_runs([cell.value for cell in cells]))
        first = cells[0]
        alike = all((cell.formula, cell.look) == (first.formula, first.look) for cell in cells)
        if alike and len(values) <= _LONG:
            yield f"{name} {header}{_words(first._replace(value=values))}"
        else:
            yield f"{name} {header}"
            for row, cell in zip(rows, cells, strict=True):
                yield f"{name}[{self._names.label(table, row)}]{_words(cell)}"


def _words(cell: Shown) -> str:
    look = f" [{cell.look}]" if cell.look else ""
    return f"{look} {cell.formula} -> {cell.value}" if cell.formula else f"{look}: {cell.value}"


def _runs(values: list[str]) -> Iterator[str]:
    """Values, neighbours that are the same together.

    >>> list(_runs(["1", "''", "''"]))
    ['1', "'' x 2"]
    """
    for value, same in groupby(values):
        count = len(list(same))
        yield value if count == 1 else f"{value} x {count}"
