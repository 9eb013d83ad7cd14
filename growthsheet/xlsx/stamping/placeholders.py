"""A worksheet that is written with marks where values of its own will stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from growthsheet.xlsx.writer.fast_worksheet import FastWorksheet, of_formula, shown

MARK = "\0"
"""Stands around the number of a mark; no file can hold it otherwise, for XML has no such character."""

Spot = tuple[str, int, int]
"""A tab, and a row and a column from 0."""


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


class TracedSheet(FastWorksheet):
    """A worksheet that leaves marks."""

    def __init__(self, trace: Trace) -> None:
        super().__init__()
        self._trace = trace

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        self.str_table._get_shared_string_index(string)
        return self._put_mark(row, col, cell_format, string)

    def _write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> int:
        varies = (self.name, row, col) in self._trace.varying
        return self._put_mark(row, col, cell_format) if varies else super()._write_number(row, col, number, cell_format)

    def _write_blank(self, row: int, col: int, blank: Any, cell_format: Any = None) -> int:
        varies = (self.name, row, col) in self._trace.varying
        return self._put_mark(row, col, cell_format) if varies else super()._write_blank(row, col, blank, cell_format)

    def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        """Write a formula into a cell, with marks where its value varies."""
        spot = self.name, row, col
        kind, stored = shown(value)
        if spot in self._trace.varying:
            kind, stored = self._trace.mark(spot, "type"), self._trace.mark(spot, "value")
        return self._put(row, col, cell_format, of_formula(formula, kind, stored))

    write_string, write_number, write_blank = _write_string, _write_number, _write_blank

    def write_values(self, row: int, col: int, values: Sequence[Any], looks: Iterable[Any]) -> bool:
        """Return False: each cell is written by itself, and marked."""
        return False

    def write_formulas(self, row: int, col: int, formula: str, values: Sequence[Any], looks: Iterable[Any]) -> bool:
        """Return False: each cell is written by itself, and marked."""
        return False

    def _put_mark(self, row: int, col: int, look: Any, text: str = "") -> int:
        spot = self.name, row, col
        self._trace.order.append((spot, text))
        return self._put(row, col, look, self._trace.mark(spot, "cell"))


def cut(text: str) -> tuple[list[str], list[int]]:
    """A text cut at its marks: the pieces before, between and behind them, and their numbers."""
    pieces = text.split(MARK)
    return pieces[::2], [int(mark) for mark in pieces[1::2]]
