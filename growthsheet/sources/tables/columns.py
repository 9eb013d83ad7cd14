"""Tables read from any format, and the decision for a whole column about ambiguous cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Generic, TypeVar

from growthsheet.text.counts import first_of, plural
from growthsheet.text.numbers import read_number
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.cell_formats import Formatted, Unreadable

TableCell = str | int | float | Decimal | date | None
"""The value of a cell; a blank one is None. Text files hold text only, frames and workbooks the other types too."""
NAMED_ROWS = 5
"""How many rows are named that have the same fault."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def in_rows(found: Iterable[tuple[str, int]]) -> str:
    """Return what was found, each with its row; only the first few are named.

    >>> in_rows([("'x'", 3), ("'y'", 7)])
    "'x' (row 3), 'y' (row 7)"
    """
    return first_of([f"{text} (row {row})" for text, row in found], NAMED_ROWS)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its header, its cells and their rows. Its repr never shows a cell (it may be a salary)."""

    table: str
    name: str
    rows: Sequence[int] = field(repr=False)
    cells: Sequence[TableCell] = field(repr=False)

    @property
    def texts(self) -> list[str]:
        """Return the cells as texts."""
        return list(map(text_of, self.cells))

    @property
    def place(self) -> str:
        """Return the place of the column: ``people.csv, column Salary``."""
        return f"{self.table}, column {one_line(self.name)}"

    def at(self, index: int) -> str:
        """Return the place of a cell: ``people.csv, row 12, column Salary``."""
        return f"{self.table}, row {self.rows[index]}, column {one_line(self.name)}"

    def report(
        self, findings: ProblemList, code: str, faults: Mapping[int, str], expected: str, hint: str, ask: bool = False
    ) -> None:
        """Add one problem for cells that have the same fault; ``faults`` holds what was found, by the cell's index.

        ``ask``: it is a question, whose answer may be that all is right.
        """
        told = in_rows((found, self.rows[index]) for index, found in faults.items())
        place, found = self.place, f"{plural(faults, 'cell')}: {told}"
        if len(faults) == 1:
            [(index, found)] = faults.items()
            place = self.at(index)
        if faults:
            (findings.ask if ask else findings.error)(code, place, found, expected, hint)


FieldColumns = Mapping[str, TableColumn]
"""Columns of a table by the field that each holds."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A header and the rows below it; ``rows`` holds each row's number as a spreadsheet shows it."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[int] = field(repr=False)
    cells: Sequence[Sequence[TableCell]] = field(repr=False)

    def column(self, index: int) -> TableColumn:
        """Return the column at an index, counted from 0."""
        return TableColumn(self.name, self.header[index], self.rows, [row[index] for row in self.cells])


_DATE = re.compile(r"\d{1,4}([-/.]) ?\d{1,2}\1 ?\d{1,4}(?:[T ]+\d{1,2}:\d\d(?::\d\d)?)?")
_AMOUNT = re.compile(r"\d(?:[.,'\s]?\d){2,}|\d[\d.,]*\s?[kK]\b")


def quoted(cell: object) -> str:
    """Return a cell as a message may repeat it: without numbers, because in any column they may be pay.

    Dates and numbers of one or two digits within a text are kept.

    >>> quoted("Intern"), quoted("73,131.00 a year"), quoted(50), quoted("€50"), quoted("PM 2"), quoted("31/02/2026")
    ("'Intern'", "'… a year'", 'a number', 'a number', "'PM 2'", "'31/02/2026'")
    """
    text = str(cell)
    if isinstance(cell, int | float | Decimal) or read_number(text):
        return "a number"
    return f"'{one_line(text if _DATE.fullmatch(text) else _AMOUNT.sub('…', text))}'"


_ERROR = re.compile(r"#(?:N/?A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|####*)")


def is_error(text: str) -> bool:
    """Return whether a text is an error that a spreadsheet wrote out, such as ``#REF!``."""
    return text[:1] == "#" and bool(_ERROR.fullmatch(text.strip()))


def unknown_cells(table: SourceTable, rows: Iterable[int], columns: Sequence[int], findings: ProblemList) -> set[int]:
    """Tell the cells of some rows and columns whose value is not known, also errors written out; return their rows."""
    unknown: set[int] = set()
    for index in rows:
        for column in columns:
            cell = table.cells[index][column]
            if isinstance(cell, Unreadable) and cell.at:
                findings.add(cell.problem(table.name.partition(", tab ")[0]))
            elif isinstance(cell, Unreadable) or (isinstance(cell, str) and is_error(cell)):
                found = str(cell) if isinstance(cell, Unreadable) else f"the error {cell.strip()}"
                place = table.column(column).at(index)
                findings.error("broken-cell", place, found, "a text, a number or a date", "correct the cell")
            else:
                continue
            unknown.add(index)
    return unknown


def text_of(cell: TableCell) -> str:
    """Return a cell as text, with single spaces; numbers as a person would write them (frames turn ids into 100.0).

    >>> text_of("  Ana   Ruiz "), text_of(100.0), text_of(None), text_of("007")
    ('Ana Ruiz', '100', '', '007')
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        # str.split() would also swallow control characters, which are to be refused, not lost.
        tidy = cell if _CONTROL.search(cell) else " ".join(cell.split())
        return cell if tidy == cell else tidy  # usually the same text, and not held twice
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, Formatted):
        return cell.text
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def control_character(text: str) -> str:
    r"""Return the first character in a text that no workbook can hold, as ``U+0007``; "" if there is none.

    >>> control_character("Ana\x07"), control_character("Ana")
    ('U+0007', '')
    """
    found = _CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ColumnReading(Generic[V]):
    """The result of reading a column.

    ``unreadable`` holds the indexes of cells that no format can read; ``clash`` maps each format to the first cell that
    requires it, if no single format reads the whole column; ``unclear`` is the first cell whose value would differ,
    if several formats read the whole column.
    """

    values: list[V | None] = field(repr=False)
    unreadable: tuple[int, ...] = ()
    clash: Mapping[str, int] = field(default_factory=dict)
    unclear: int | None = None


def read_column(cells: Sequence[TableCell], read: Callable[[TableCell], Mapping[str, V]]) -> ColumnReading[V]:
    """Decide for a whole column which format its cells have: the decimal mark, or the order of day and month.

    ``read`` returns every value that one cell can have, by the name of the format. Formats that cannot read some cell
    drop out. The others must agree on every cell, or the column is reported as unclear; nothing is guessed.

    >>> def read(cell):
    ...     return {"dozen": int(cell) * 12} if cell.endswith("d") else {"dozen": int(cell) * 12, "one": int(cell)}
    >>> read_column(["5", "6"], read).unclear, read_column(["0"], lambda c: {"dozen": 0, "one": 0}).unclear
    (0, None)
    """
    read = lru_cache(None, typed=True)(read)  # True == 1 == 1.0
    readings = [None if cell is None else read(cell) for cell in cells]
    bad = tuple(index for index, reading in enumerate(readings) if reading is not None and not reading)
    firsts: dict[frozenset[str], int] = {}
    for index, reading in enumerate(readings):
        if reading:
            firsts.setdefault(frozenset(reading), index)
    ways = frozenset.intersection(*firsts) if firsts else frozenset()
    if firsts and not ways:
        # Cells that allow more formats than others require nothing.
        narrowest = {ways: index for ways, index in firsts.items() if not any(other < ways for other in firsts)}
        clash = {" or ".join(sorted(ways)): index for ways, index in narrowest.items()}
        return ColumnReading([None] * len(cells), bad, clash=clash)
    way = min(ways, default="")
    for index, reading in enumerate(readings):
        if reading and any(reading[way] != reading[other] for other in ways):
            return ColumnReading([None] * len(cells), bad, unclear=index)
    return ColumnReading([reading[way] if reading else None for reading in readings], bad)
