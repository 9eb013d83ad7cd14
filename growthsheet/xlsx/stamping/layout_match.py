"""Compare two books: they have the same layout if they differ only in the values of cells."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from itertools import compress
from operator import is_not
from typing import Any

from growthsheet.workbook.blocks import Block, Book, Cards, Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.styles import STYLES
from growthsheet.workbook.tables import TableData
from growthsheet.workbook.values import At


class OtherLayout(Exception):
    """Raised if two books differ in more than the values of cells."""


@dataclass(frozen=True)
class Differences:
    """The places where books of one layout differ, apart from their titles and identities."""

    cells: frozenset[At] = frozenset()
    """Columns and single cells."""
    texts: frozenset[tuple[int, int]] = frozenset()
    """The number of a tab and of a text on it; see :func:`texts`."""

    def __or__(self, other: Differences) -> Differences:
        return Differences(self.cells | other.cells, self.texts | other.texts)

    def __le__(self, other: Differences) -> bool:
        return self.cells <= other.cells and self.texts <= other.texts


def shape(book: Book) -> Hashable:
    """Return a key that is equal for all books of one layout, and different for most others."""
    sheets = tuple((sheet.name, sheet.purpose) for sheet in book.sheets)
    sizes = tuple((name, len(rows.rows)) for name, rows in book.tables.items())
    rest = tuple(getattr(book, field.name) for field in fields(book) if field.name not in _OWN)
    return rest, tuple(book.identity), sheets, sizes


_OWN = ("title", "sheets", "identity")


def texts(sheet: Sheet) -> list[str]:
    """Return the texts of a tab outside tables and named cells: its title, headings and paragraphs."""
    found = [sheet.title]
    for block in sheet.blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraphs):
            found += block.lines
    return found


def differing_cells(one: Book, other: Book) -> Differences:
    """Return the places where two books of one shape differ.

    Raises
    ------
    OtherLayout
        If they differ in more than the values of cells.
    """
    cells: set[At] = set()
    found: set[tuple[int, int]] = set()
    for number, (a, b) in enumerate(zip(one.sheets, other.sheets, strict=True)):
        _same(a, b, "blocks", "title")
        _require(len(a.blocks) == len(b.blocks))
        for x, y in zip(a.blocks, b.blocks, strict=True):
            if x is not y:
                cells |= _in_block(x, y)
        pairs = zip(texts(a), texts(b), strict=True)
        found |= {(number, n) for n, (told, said) in enumerate(pairs) if told != said}
    return Differences(frozenset(cells), frozenset(found))


def _require(holds: bool) -> None:
    if not holds:
        raise OtherLayout


def _same(one: Any, other: Any, *but: str) -> None:
    _require(type(one) is type(other))
    names = [field.name for field in fields(one) if field.name not in but]
    _require(all(getattr(one, name) == getattr(other, name) for name in names))


def _in_block(one: Block, other: Block) -> set[At]:
    if isinstance(one, TableData) and isinstance(other, TableData):
        _same(one, other, "rows")
        _require(len(one.rows) == len(other.rows))
        keys: set[str] = set()
        for old, new in zip(one.rows, other.rows, strict=True):
            if old is not new:
                keys |= _in_row(old, new)
        _require(all(_may_vary(one, key) for key in keys))
        return {(one.table.name, key) for key in keys}
    if isinstance(one, NamedCells | Cards) and isinstance(other, NamedCells | Cards):
        _same(one, other, "cells", "figures", "bars")
        _require(len(one.cells) == len(other.cells))
        pairs = list(zip(one.cells, other.cells, strict=True))
        for known, fact in pairs:
            if known != fact:
                _same(known, fact, "value")
        return {fact.name for known, fact in pairs if not _alike(known.value, fact.value)}
    if isinstance(one, Paragraphs) and isinstance(other, Paragraphs):
        _same(one, other, "lines")
        _require(len(one.lines) == len(other.lines))
    elif not (isinstance(one, Heading) and isinstance(other, Heading)):
        _require(one == other)
    return set()


def _in_row(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    keys = new.keys() | old.keys() if list(new) != list(old) else compress(new, map(is_not, new.values(), old.values()))
    return {key for key in keys if not _alike(old.get(key), new.get(key))}


def _alike(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)  # 1 and True are different values


def _may_vary(rows: TableData, key: str) -> bool:
    """Return whether values in a column may vary: they affect neither the size of rows and columns nor a format."""
    if key not in {column.key for column in rows.table.columns} or key == "currency":
        return False
    column = rows.table.column(key)
    style = STYLES[column.style]
    grows = column.role == "data" and not column.hidden and (style.lines or style.fit or column.outlined)
    return column.role != "calculated" and not grows
