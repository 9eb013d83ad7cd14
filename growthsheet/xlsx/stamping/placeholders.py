"""A worksheet that is written with marks where values of its own will stand."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from growthsheet.errors import WorkbookError
from growthsheet.xlsx.writer.worksheet import PlainWorksheet

MARK = "\0"
"""Stands around the number of a mark; no file can hold it otherwise, for XML has no such character."""

Spot = tuple[str, int, int]
"""A tab, and a row and a column from 0."""

_CELL = re.compile(r'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(.*)', re.DOTALL)
_FORMULA = re.compile(r'((?: t="[a-z]+")?)(><f>.*?</f><v>)(.*)(</v></c>)', re.DOTALL)


@dataclass
class Trace:
    """What was written where.

    ``varying`` are the cells that will hold something of their own. Every text is marked, too: its number among the
    shared texts depends on those written before it.
    """

    varying: Collection[Spot]
    order: list[tuple[Spot, str]] = field(default_factory=list)
    """Every cell that holds a text, or may, in the order of writing, with its text."""
    marks: list[tuple[Spot, str]] = field(default_factory=list)
    """What each mark stands for: what is in a ``cell``, or a formula's ``type`` or its ``value``."""

    def mark(self, spot: Spot, what: str) -> str:
        """A new mark."""
        self.marks.append((spot, what))
        return f"{MARK}{len(self.marks) - 1}{MARK}"


class TracedSheet(PlainWorksheet):
    """A worksheet that leaves marks."""

    def __init__(self, trace: Trace) -> None:
        super().__init__()
        self._trace = trace

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        self._trace.order.append(((self.name, row, col), string))
        result: int = super()._write_string(row, col, string, cell_format)
        return result

    def _write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> int:
        self._note(row, col)
        result: int = super()._write_number(row, col, number, cell_format)
        return result

    def _write_blank(self, row: int, col: int, blank: Any, cell_format: Any = None) -> int:
        self._note(row, col)
        result: int = super()._write_blank(row, col, blank, cell_format)
        return result

    def _note(self, row: int, col: int) -> None:
        if (self.name, row, col) in self._trace.varying:
            self._trace.order.append(((self.name, row, col), ""))

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        spot, file = (self.name, row, col), self.__dict__["fh"]
        varies, is_text = spot in self._trace.varying, type(cell).__name__ == "String"
        if not varies and not is_text:
            super()._write_cell(row, col, cell)
            return
        self.fh = StringIO()
        super()._write_cell(row, col, cell)
        written, self.fh = self.fh.getvalue(), file
        head, tail = split_cell(written)
        mark = self._trace.mark
        if found := _FORMULA.fullmatch(tail):
            self.fh.write(f"{head}{mark(spot, 'type')}{found[2]}{mark(spot, 'value')}{found[4]}")
        else:
            self.fh.write(f"{head}{mark(spot, 'cell')}")


def split_cell(cell: str) -> tuple[str, str]:
    """A cell's XML up to its look, and the rest."""
    return _groups(_CELL, cell, 1, 2)


def of_formula(cell: str) -> tuple[str, str]:
    """The type and the value in a formula cell's XML."""
    return _groups(_FORMULA, split_cell(cell)[1], 1, 3)


def _groups(pattern: re.Pattern[str], xml: str, first: int, second: int) -> tuple[str, str]:
    found = pattern.fullmatch(xml)
    if not found:
        raise WorkbookError(f"a cell is not as XlsxWriter writes it: {xml}")
    return found[first], found[second]


def cut(text: str) -> tuple[list[str], list[int]]:
    """A text cut at its marks: the pieces before, between and behind them, and their numbers."""
    pieces = text.split(MARK)
    return pieces[::2], [int(mark) for mark in pieces[1::2]]
