"""The values of a book's formulas, computed in Python from the same trees that the formulas are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from growthsheet.errors import ExpressionError
from growthsheet.expr import CellValue, RowValues
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.tables import Binding, CellRef, ColumnRange, Missing, RowRange, SameRow, as_cell

At = tuple[str, str] | str
"""A column, by its table and key, or a single cell, by its name."""


class _Matrix(NamedTuple):
    """The cells in some columns of a table: row by row, or if ``flat``, all in one sequence, one row after another."""

    table: str
    keys: tuple[str, ...]
    flat: bool


_Place = At | _Matrix | None
_BOOK: Any = object()
"""The place of the book itself, for steps that read from it; the place None holds nothing."""


class _Step(NamedTuple):
    """The computation of the values at a place from those at other places."""

    place: _Place
    reads: tuple[_Place, ...]
    work: Callable[..., Any]


class Values:
    """The values of a book's columns and single cells, computed on first use and cached.

    >>> from growthsheet.expr import measure
    >>> from growthsheet.workbook.blocks import Sheet
    >>> from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column, input_column
    >>> @measure
    ... def short(wanted, skill):
    ...     "How much is missing."
    ...     return wanted - skill
    >>> table = Table("t", (data_column("wanted"), input_column("skill", "Skill"), calculated_column(short)))
    >>> rows = TableData(table, [{"wanted": 3, "skill": 1}, {"wanted": 3}])
    >>> Values(Book("demo", "Demo", (Sheet("S", "", (rows,)),), {})).column("t", "short")
    [2, None]
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._cells: dict[_Place, Any] = {_BOOK: book, None: None}
        self._steps: list[_Step] = []  # each after those whose results it reads
        self._open: set[_Place] = set()

    def of_others(self, changed: Iterable[At]) -> Callable[[Book], Values]:
        """Return a function for the values of books with the same tables and cells that differ only in ``changed``.

        Values that do not depend on these are reused.
        """
        again = self._depending(changed)
        kept = {place: cells for place, cells in self._cells.items() if place not in again}
        steps = [step for step in self._steps if step.place in again]

        def of(book: Book) -> Values:
            made = Values(book)
            cells = made._cells = {**kept, _BOOK: book}
            for place, reads, work in steps:
                cells[place] = work(*[cells[each] for each in reads])
            return made

        return of

    def depending(self, changed: Iterable[At]) -> set[At]:
        """Return the columns and cells that depend on the changed ones, including these."""
        return {at for at in self._depending(changed) if not (at is None or isinstance(at, _Matrix))}

    def _depending(self, changed: Iterable[At]) -> set[_Place]:
        for table, block in self._book.tables.items():
            for column in block.table.columns:
                self.column(table, column.key)
        for name in self._book.named_cells:
            self.fact(name)
        found: set[_Place] = set(changed)
        found.update(step.place for step in self._steps if not found.isdisjoint(step.reads))
        return found

    def column(self, table: str, key: str) -> Sequence[CellValue]:
        """Return a column's values, one for each row."""
        cells: Sequence[CellValue] = self._at((table, key))
        return cells

    def fact(self, name: str) -> CellValue:
        """Return a single cell's value."""
        cell: CellValue = self._at(name)
        return cell

    def _at(self, place: _Place) -> Any:
        if place not in self._cells:
            if place in self._open:
                raise ExpressionError(f"{place} depends on itself")
            self._open.add(place)
            try:
                step = self._step(place)
                self._cells[place] = step.work(*[self._at(each) for each in step.reads])
                self._steps.append(step)
            finally:
                self._open.remove(place)
        return self._cells[place]

    def _step(self, place: Any) -> _Step:
        match place:
            case _Matrix(table, keys, flat):
                return _Step(place, tuple((table, key) for key in keys), _in_one_row if flat else _in_rows)
            case (table, key):
                return self._of_column(table, key)
            case name:
                return self._of_fact(name)

    def _of_column(self, table: str, key: str) -> _Step:
        rows = self._book.tables[table]
        column = rows.table.column(key)
        if column.measure is None:
            return _Step((table, key), (_BOOK,), partial(_given, table, key))
        sources = self._book.names.of_column(rows.table, column)
        reads = tuple(_place(source, table) for source in sources.values())
        fixed = frozenset(name for name, source in sources.items() if not varies(source))
        if len(fixed) < len(sources):
            work = partial(column.measure.over(fixed), _translate=self._book.translate)
            return _Step((table, key), reads, work)
        one = partial(column.measure.function, _translate=self._book.translate)
        return _Step((table, key), reads, lambda *cells: [one(*cells)] * len(rows.rows))

    def _of_fact(self, name: str) -> _Step:
        fact = self._book.named_cells[name]
        if fact.measure is None:
            return _Step(name, (_BOOK,), lambda book: as_cell(book.named_cells[name].value))
        reads = tuple(_place(source, "") for source in self._book.names.of_fact(fact).values())
        return _Step(name, reads, partial(fact.measure.function, _translate=self._book.translate))


def _place(source: Binding, table: str) -> _Place:
    """Return the place that a parameter reads: with a value for each row if it varies, else one for all."""
    match source:
        case SameRow(key):
            return table, key
        case CellRef(name):
            return name
        case ColumnRange(other, key):
            return other, key
        case RowRange(other, keys):
            return _Matrix(other or table, keys, bool(other))
        case Missing():
            return None


def varies(source: Binding) -> bool:
    """Return whether the parameter has a different value in each row."""
    return isinstance(source, SameRow) or (isinstance(source, RowRange) and not source.table)


def _given(table: str, key: str, book: Book) -> list[CellValue]:
    return [as_cell(row.get(key)) for row in book.tables[table].rows]


def _in_rows(*columns: Sequence[CellValue]) -> list[RowValues]:
    return [RowValues(cells) for cells in zip(*columns, strict=True)]


def _in_one_row(*columns: Sequence[CellValue]) -> RowValues:
    return RowValues(chain.from_iterable(zip(*columns, strict=True)))
