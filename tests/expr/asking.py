"""Puts formulas and what they read into a workbook, and asks engines what they compute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from growthsheet.expr import Measure, Node, RowValues
from growthsheet.expr.measure import one_row
from growthsheet.text.language import Translate
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet
from tests.proof.engines import (
    Difference,
    formualizer_differences,
    ironcalc_differences,
    libreoffice_differences,
    require,
)

EVERYDAY: tuple[tuple[str, Callable[[bytes], list[Difference]]], ...] = (
    ("formualizer", formualizer_differences),
    ("ironcalc", ironcalc_differences),
)
"""The engines of the ordinary run; LibreOffice takes seconds to start."""


class Blank(Enum):
    """The ways in which a cell can show nothing; all of them are None in Python."""

    EMPTY = "an empty cell"
    FORMULA = "a formula that shows an empty text"
    NOTHING = "an optional parameter that nothing is bound to"


def seen(value: Any) -> Any:
    """A value as measures see it in Python."""
    if isinstance(value, RowValues):
        return RowValues(seen(cell) for cell in value)
    if isinstance(value, list | tuple):
        return [seen(cell) for cell in value]
    return None if isinstance(value, Blank) else value


def value_of(tree: Node, cells: Mapping[str, Any], translate: Translate = str) -> Any:
    """The value of a tree for these cells."""
    return one_row("asked", [*cells], tree)(**cells, _translate=translate)


@dataclass
class Asking:
    """A workbook that is being filled with formulas, each with the value that Python computes for it.

    A list is a column, an :class:`RowValues` a row, anything else one cell.
    """

    translate: Translate = str
    shared: Mapping[str, Any] = field(default_factory=dict)
    """What every formula may read, by the names of parameters."""

    def __post_init__(self) -> None:
        self._out = BytesIO()
        self._book = Workbook(self._out, {"in_memory": True, "strings_to_formulas": False})
        names = ("Formulas", "Cells", "Columns", "Rows of it")  # a name with spaces wants its quotes
        self._formulas, self._cells, self._columns, self._rows = (
            CheckedSheet(self._book.add_worksheet(name)) for name in names
        )
        self._at = dict.fromkeys(names, 0)
        self._texts = {name: self._put(value) for name, value in self.shared.items()}
        self._shared = {name: seen(value) for name, value in self.shared.items()}

    def add(self, tree: Node | Measure, /, cached: Any = None, **arguments: Any) -> Any:
        """Add a formula and what it reads; gives the value that Python computes, which is cached unless told."""
        texts = self._texts | {name: self._put(value) for name, value in arguments.items()}
        node = tree.tree if isinstance(tree, Measure) else tree
        value = value_of(node, self._shared | {name: seen(value) for name, value in arguments.items()}, self.translate)
        formula = node.excel(texts, self.translate)
        told = value if cached is None else cached
        self._formulas.formula(self._next("Formulas"), 0, "=" + formula, told)
        return value

    def bytes(self) -> bytes:
        """The workbook's file."""
        self._book.close()
        return self._out.getvalue()

    def _next(self, sheet: str) -> int:
        self._at[sheet] += 1
        return self._at[sheet] - 1

    def _put(self, value: Any) -> str:
        if value is Blank.NOTHING:
            return '""'
        if isinstance(value, RowValues):
            row = self._next("Rows of it")
            for col, cell in enumerate(value):
                _write(self._rows, row, col, cell)
            return f"'Rows of it'!$A${row + 1}:${xl_col_to_name(len(value) - 1)}${row + 1}"
        if isinstance(value, list):
            col = self._next("Columns")
            for row, cell in enumerate(value):
                _write(self._columns, row, col, cell)
            letter = xl_col_to_name(col)
            return f"Columns!${letter}$1:${letter}${len(value)}"
        row = self._next("Cells")
        _write(self._cells, row, 0, value)
        return f"Cells!$A${row + 1}"


def _write(sheet: CheckedSheet, row: int, col: int, value: Any) -> None:
    if value is Blank.FORMULA:
        sheet.formula(row, col, '=""', None)
    elif isinstance(value, bool):
        sheet.raw.write_boolean(row, col, value)
    else:
        sheet.cell(row, col, None if isinstance(value, Blank) else value)


def everyday_differences(data: bytes) -> list[str]:
    """What formualizer and IronCalc find otherwise."""
    found: list[Difference] = []
    for engine, differences in EVERYDAY:
        require(engine)
        found += differences(data)
    return [str(difference) for difference in found]


def office_differences(datas: Iterable[bytes]) -> list[str]:
    """What LibreOffice finds otherwise in any of several workbooks."""
    require("libreoffice")
    return [str(difference) for found in libreoffice_differences(list(datas)) for difference in found]
