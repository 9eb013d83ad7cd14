"""The Python reading of a book: every formula's value, computed from the same trees that spell the formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .blocks import Book
from .errors import ExpressionError
from .expr import Across, Cell
from .tables import Beside, Nothing, RowAcross, Single, Source, Table, Whole, as_cell


class Values:
    """The values of a book's columns and facts, computed when asked for and kept.

    >>> from growthsheet.expr import measure
    >>> from growthsheet.blocks import Sheet
    >>> from growthsheet.tables import Rows, Table, asked, given, measured
    >>> @measure
    ... def short(wanted, skill):
    ...     "How much is missing."
    ...     return wanted - skill
    >>> table = Table("t", (given("wanted"), asked("skill", "Skill"), measured(short)))
    >>> rows = Rows(table, [{"wanted": 3, "skill": 1}, {"wanted": 3}])
    >>> Values(Book("demo", "Demo", (Sheet("S", "", (rows,)),), {})).column("t", "short")
    [2, None]
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._columns: dict[tuple[str, str], Sequence[Cell]] = {}
        self._facts: dict[str, Cell] = {}
        self._open: set[object] = set()

    def table(self, name: str) -> Table:
        """A table of the book."""
        return self._book.tables[name].table

    def column(self, table: str, key: str) -> Sequence[Cell]:
        """A column's values, a row each."""
        at = (table, key)
        if at not in self._columns:
            self._columns[at] = self._guarded(at, lambda: self._column(table, key))
        return self._columns[at]

    def fact(self, name: str) -> Cell:
        """A single cell's value."""
        if name not in self._facts:
            self._facts[name] = self._guarded(name, lambda: self._fact(name))
        return self._facts[name]

    def _guarded(self, at: object, compute: Any) -> Any:
        if at in self._open:
            raise ExpressionError(f"{at} depends on itself")
        self._open.add(at)
        try:
            return compute()
        finally:
            self._open.remove(at)

    def _column(self, table: str, key: str) -> Sequence[Cell]:
        rows = self._book.tables[table]
        column = rows.table.column(key)
        if column.measure is None:
            return [as_cell(row.get(key)) for row in rows.rows]
        sources = self._book.names.of_column(rows.table, column)
        inputs = [self._inputs(source, table) for source in sources.values()]
        fixed = frozenset(name for name, source in sources.items() if not varies(source))
        if len(fixed) < len(sources):
            values: Sequence[Cell] = column.measure.over(fixed)(*inputs, self._book.say)
            return values
        return [column.measure.function(*inputs, self._book.say)] * len(rows.rows) if rows.rows else []

    def _fact(self, name: str) -> Cell:
        fact = self._book.facts[name]
        if fact.measure is None:
            cell: Cell = as_cell(fact.value)
            return cell
        sources = self._book.names.of_fact(fact)
        inputs = [self._inputs(source, "") for source in sources.values()]
        value: Cell = fact.measure.function(*inputs, self._book.say)
        return value

    def _inputs(self, source: Source, table: str) -> Any:
        """What a parameter reads: a value for each row where it varies, else one for all."""
        match source:
            case Beside(key):
                return self.column(table, key)
            case Single(name):
                return self.fact(name)
            case Whole(other, key):
                return self.column(other, key)
            case RowAcross(other, keys):
                columns = [self.column(other or table, key) for key in keys]
                across = [Across(cells) for cells in zip(*columns, strict=True)]
                return Across(cell for cells in across for cell in cells) if other else across
            case Nothing():
                return None


def varies(source: Source) -> bool:
    """Whether each row reads something of its own."""
    return isinstance(source, Beside) or (isinstance(source, RowAcross) and not source.table)
