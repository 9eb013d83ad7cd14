"""Worksheets: XlsxWriter's own without its search of formulas, and one that spells cells as they come."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from ..expr import NOT_AVAILABLE
from .layout import ROW

MAX_FORMULA, MAX_TEXT = 8_192, 32_767


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet whose formulas are written as they are.

    XlsxWriter searches each formula for functions newer than Excel 2010, with 30 regular expressions: half of the
    time that a workbook takes. The vocabulary has no such function.
    """

    def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        """Put a formula into a cell."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class QuickWorksheet(PlainWorksheet):
    """The same part in a third of the time: cells are kept as they will stand in the file, and columns come whole.

    Rows and columns must have no formats of their own: a cell without one has none.
    """

    table: dict[int, dict[int, tuple[Any, str]]]
    """By row and column, a cell's format, and what follows in the file behind that."""

    def write_values(self, row: int, col: int, values: Iterable[Any], looks: Iterable[Any]) -> bool:
        """Put values of the model below one another, unless there is one that no cell holds."""
        table, last = self.table, row - 1
        for last, (value, look) in enumerate(zip(values, looks, strict=False), row):
            if value is None or value == "":
                tail = "/>"
            elif isinstance(value, str):
                if len(value) * 2 > MAX_TEXT and units(value) > MAX_TEXT:
                    return False
                tail = self._text(value)
            elif math.isfinite(value):
                tail = _number(value)
            else:
                return False
            table[last][col] = look, tail
        return self._within(row, last, col)

    def write_formulas(self, row: int, col: int, formula: str, values: Iterable[Any], looks: Iterable[Any]) -> bool:
        """Put a formula into cells below one another, unless there is something that no cell holds."""
        table, last = self.table, row - 1
        between = _escaped(formula.removeprefix("=")).split(ROW)
        for last, (value, look) in enumerate(zip(values, looks, strict=False), row):
            if not (shown := _shown(value)):
                return False
            table[last][col] = look, f"{shown[0]}><f>{str(last + 1).join(between)}</f><v>{shown[1]}</v></c>"
        return len(formula.replace(ROW, str(last + 1))) <= MAX_FORMULA and self._within(row, last, col)

    def _within(self, row: int, last: int, col: int) -> bool:
        return last < row or not (self._check_dimensions(row, col) or self._check_dimensions(last, col))

    # -- single cells ------------------------------------------------------------------------------------------------

    def _write_string(self, row: int, col: int, string: str, cell_format: Any = None) -> int:
        return self._put(row, col, cell_format, self._text(string))

    def _write_number(self, row: int, col: int, number: float, cell_format: Any = None) -> int:
        if not math.isfinite(number):
            return int(super()._write_number(row, col, number, cell_format))  # which refuses it
        return self._put(row, col, cell_format, _number(number))

    def _write_blank(self, row: int, col: int, blank: Any, cell_format: Any = None) -> int:
        return self._put(row, col, cell_format, "/>") if cell_format else 0

    def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        """Put a formula into a cell."""
        kind, text = _spelled(value)
        formula = _escaped(formula.removeprefix("="))
        return self._put(row, col, cell_format, f"{kind}><f>{formula}</f><v>{text}</v></c>")

    def _put(self, row: int, col: int, look: Any, tail: str) -> int:
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = look, tail
        return 0

    def _text(self, string: str) -> str:
        return f' t="s"><v>{self.str_table._get_shared_string_index(string)}</v></c>'

    # -- the part ----------------------------------------------------------------------------------------------------

    def _write_rows(self) -> None:
        self._calculate_spans()
        heads, styles = _Heads(), _Styles({None: ""})
        for row in sorted({*self.table, *self.row_info, *self.comments}):
            about, number = (row, self.row_spans.get(row // 16), self.row_info.get(row)), row + 1
            if not (cells := self.table.get(row)):
                self._write_empty_row(*about)
                continue
            self._write_row(*about)
            found = [f'{heads[col]}{number}"{styles[look]}{tail}' for col, (look, tail) in sorted(cells.items())]
            self.fh.write("".join(found) + "</row>")

    def _calculate_spans(self) -> None:
        found: dict[int, tuple[int, int]] = {}
        for cells in (self.table, self.comments):
            for row, cols in cells.items():
                if cols:
                    low, high = found.get(row // 16, (min(cols), 0))
                    found[row // 16] = min(low, *cols), max(high, *cols)
        self.row_spans = {block: f"{low + 1}:{high + 1}" for block, (low, high) in found.items()}


class _Heads(dict[int, str]):
    """How the cells of a column begin."""

    def __missing__(self, col: int) -> str:
        found = self[col] = f'<c r="{xl_col_to_name(col)}'
        return found


class _Styles(dict[Any, str]):
    """How a cell's format is told; formats are numbered as they are met."""

    def __missing__(self, look: Any) -> str:
        found = self[look] = f' s="{look._get_xf_index()}"'
        return found


# -- what a cell holds ----------------------------------------------------------------------------------------------


class CachedText(str):
    """A formula's text result as XlsxWriter must see it.

    XlsxWriter leaves the type off an empty result, so that LibreOffice computes it anew, and takes a text like
    ``#N/A`` for an error. It tests by equality, so this text equals nothing.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


def result(value: Any) -> Any:
    """A formula's value as XlsxWriter takes it; raises where no cell holds it."""
    if value is None:
        return CachedText("")
    if isinstance(value, str):
        return CachedText(escaped(value))
    if value is NOT_AVAILABLE:
        return "#N/A"  # a plain text, which XlsxWriter takes for the error that it is
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(value)
    return int(value) if value == int(value) and abs(value) < 1e15 else float(value)


_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))


def _spelled(cached: Any) -> tuple[str, str]:
    """What kind of value a formula's cell holds, and the value, as XlsxWriter writes them."""
    if not isinstance(cached, str):
        return "", str(cached)
    return "" if cached == "" else ' t="e"' if cached in _ERRORS else ' t="str"', _escaped(cached)


@lru_cache(maxsize=5_000, typed=True)  # 1 is a number, True is none
def _shown(value: Any) -> tuple[str, str] | None:
    try:
        return _spelled(result(value))
    except ValueError:
        return None


def _number(number: float) -> str:
    return f"><v>{number:.16G}</v></c>"


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def units(text: str) -> int:
    """How many UTF-16 units a text has: what Excel counts.

    >>> units("plan"), units("🎯")
    (4, 2)
    """
    return len(text.encode("utf-16-le")) // 2


def escaped(text: str) -> str:
    """A text as it stands in the file, where XlsxWriter does not see to it: ``_x0041_`` there would mean ``A``.

    >>> escaped("_x0041_")
    '_x005F_x0041_'
    """
    return re.sub(r"(_x[0-9a-fA-F]{4}_)", r"_x005F\1", text) if "_x" in text else text
