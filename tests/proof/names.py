"""What the cells of a workbook are called: ``table.column[row]`` and names of single cells instead of coordinates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl.formula.tokenizer import Token, Tokenizer

from tests.proof.formulas import reference
from tests.proof.parts import Cell, row_and_column

_CELL = re.compile(r"(\$?)([A-Z]+)(\$?)([0-9]+)")
_PARTS = {2: "label", 4: "help"}
"""By its column, what stands in the row of a single named cell of the third column."""


class Place(NamedTuple):
    """Where a table stands: rows and columns count from 1, and ``last`` is its last row."""

    sheet: str
    header: int
    last: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Corner:
    """One corner of a reference, and which of its two halves stay when the formula is copied."""

    column: int
    row: int
    keeps_column: bool
    keeps_row: bool

    @classmethod
    def of(cls, text: str) -> _Corner:
        found = _CELL.fullmatch(text)
        assert found, text
        row, column = row_and_column(found[2] + found[4])
        return cls(column, row, bool(found[1]), bool(found[3]))


class Names:
    """Names of cells, from where the tables and the single named cells stand and from the keys in the file."""

    def __init__(
        self, tables: Mapping[str, Place], single: Mapping[str, tuple[str, int, int]], cells: Iterable[Cell] = ()
    ) -> None:
        self.tables = tables
        self.single = {place: name for name, place in single.items()}
        keys = {(p.sheet, row, min(p.columns.values())): "" for p in tables.values() for row in _rows(p)}
        for cell in cells:
            place = (cell.sheet, *row_and_column(cell.ref))
            if place in keys and cell.value is not None:
                keys[place] = str(cell.value).removeprefix("k:")
        self._labels: dict[tuple[str, int], str] = {}
        for name, place in tables.items():
            found = [keys[place.sheet, row, min(place.columns.values())] for row in _rows(place)]
            often = Counter(found)
            for n, (row, key) in enumerate(zip(_rows(place), found, strict=True), start=1):
                self._labels[name, row] = key if key and often[key] == 1 else f"#{n}"
        self._letters = {name: {at: key for key, at in place.columns.items()} for name, place in tables.items()}
        self._at = {(p.sheet, row): name for name, p in tables.items() for row in range(p.header, p.last + 1)}

    def table(self, sheet: str, row: int, column: int) -> str:
        """The table that a cell belongs to, its header included, or nothing."""
        table = self._at.get((sheet, row), "")
        return table if table and column in self._letters[table] else ""

    def label(self, table: str, row: int) -> str:
        """What a row of a table is called: its key, or its number where the key does not tell it apart."""
        return self._labels[table, row]

    def area(self, sheet: str, area: str) -> str:
        """What an area such as ``K10:K11`` is called; its coordinates where it has no name."""
        first, _, last = area.partition(":")
        return self._span(sheet, _Corner.of(first), _Corner.of(last or first)) or area

    def formula(self, text: str, sheet: str = "", row: int = 0) -> str:
        """A formula, without its ``=``, whose references are spelled by name: ``MAX({expected}-{used},0)``.

        ``{gap}`` is the cell of the formula's own row, ``{assessment.gap}`` a whole column, ``{assessment.gap[talks]}``
        one cell, ``{check}`` a single named cell. A ``~`` marks a column that moves when the formula is copied, and
        ``[+0]`` tells how far away the row is where it moves and is not the row of the same table. A formula that
        stands nowhere (a defined name, a series) must name the tab of all it reads.
        """
        tokens = Tokenizer(f"={text}").items
        return "".join(self._token(token, sheet, row) for token in tokens)

    def _token(self, token: Token, sheet: str, row: int) -> str:
        found = reference(token.value) if token.subtype == Token.RANGE else None
        if not found or not (found.tab or sheet):
            return str(token.value)
        first, last = _Corner.of(found.first), _Corner.of(found.last)
        home = found.tab or sheet
        if ":" not in token.value.rpartition("!")[2]:
            name = self._corner(home, first, sheet, row)
        else:
            kept = all(corner.keeps_column and corner.keeps_row for corner in (first, last))
            name = (self._span(home, first, last) if kept else "") or self._corners(home, first, last, sheet, row)
        needless = f"{home}!" if found.tab == sheet else ""
        return f"{{{needless}{name}}}" if name else str(token.value)

    def _corners(self, home: str, first: _Corner, last: _Corner, sheet: str, row: int) -> str:
        names = [self._corner(home, corner, sheet, row) for corner in (first, last)]
        return ":".join(names) if all(names) else ""

    def _corner(self, home: str, at: _Corner, sheet: str, row: int) -> str:
        """What one cell that a formula reads is called, with marks for what moves."""
        moves = "" if at.keeps_column else "~"
        offset = "" if at.keeps_row else f"[{at.row - row:+}]"
        if single := self.single_at(home, at.row, at.column):
            return moves + single + offset
        table = self.table(home, at.row, at.column)
        if not table:
            return ""
        if home == sheet and not at.keeps_row and at.row == row:
            return moves + self._letters[table][at.column]
        which = offset or (" header" if at.row == self.tables[table].header else f"[{self.label(table, at.row)}]")
        return f"{moves}{table}.{self._letters[table][at.column]}{which}"

    def single_at(self, sheet: str, row: int, column: int) -> str:
        """What a single named cell is called, or one beside it in its row; nothing if there is none."""
        beside = self.single.get((sheet, row, 3), "")
        return self.single.get((sheet, row, column)) or (beside and f"{beside}.{_PARTS.get(column, letters(column))}")

    def _span(self, sheet: str, first: _Corner, last: _Corner) -> str:
        """What an area is called, or nothing."""
        ends = [self.single_at(sheet, corner.row, corner.column) for corner in (first, last)]
        if first.row == last.row and all(ends):
            return ":".join(dict.fromkeys(ends))
        table = self.table(sheet, first.row, first.column)
        if not table or table != self.table(sheet, last.row, last.column):
            return ""
        place, keys = self.tables[table], self._letters[table]
        whole = (first.column, last.column) == (min(keys), max(keys)) and len(keys) > 1
        columns = "" if whole else "." + ":".join(dict.fromkeys((keys[first.column], keys[last.column])))
        return table + columns + self._lines(table, place, first.row, last.row)

    def _lines(self, table: str, place: Place, first: int, last: int) -> str:
        if first == place.header:
            if last == place.header:
                return " header"
            return " with header" if last == place.last else f" with header to [{self.label(table, last)}]"
        if (first, last) == (place.header + 1, place.last):
            return ""
        return f"[{':'.join(dict.fromkeys(self.label(table, row) for row in (first, last)))}]"


def _rows(place: Place) -> range:
    return range(place.header + 1, place.last + 1)


def letters(column: int) -> str:
    """The letters of a column from its number.

    >>> letters(28)
    'AB'
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
