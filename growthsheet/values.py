"""The Python reading of a book: every formula's value, computed from the same trees that spell the formulas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from .blocks import Book
from .errors import ExpressionError
from .expr import Across, Cell
from .tables import Beside, Nothing, RowAcross, Single, Source, Table, Whole, as_cell

At = tuple[str, str] | str
"""A column, by its table and key, or a fact, by its name."""


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
        self._sources: dict[At, dict[str, Source]] = {}
        self._open: set[object] = set()

    def of_another(self, book: Book, changed: Collection[At]) -> Values:
        """The values of a book of the same tables and facts; all but what is ``changed`` are taken over as they are."""
        made = Values(book)
        made._columns = {at: cells for at, cells in self._columns.items() if at not in changed}
        made._facts = {name: cell for name, cell in self._facts.items() if name not in changed}
        made._sources = self._sources
        return made

    def depending(self, changed: Iterable[At]) -> set[At]:
        """What may change where something else does, that included."""
        for table, block in self._book.tables.items():
            for column in block.table.columns:
                self.column(table, column.key)
        for name in self._book.facts:
            self.fact(name)
        reads = {at: set(self._reads(at)) for at in self._sources}
        found, size = set(changed), -1
        while size < len(found):
            size = len(found)
            found |= {at for at, read in reads.items() if read & found}
        return found

    def _reads(self, at: At) -> Iterator[At]:
        own = at[0] if isinstance(at, tuple) else ""
        for source in self._sources[at].values():
            match source:
                case Beside(key):
                    yield own, key
                case Single(name):
                    yield name
                case Whole(table, key):
                    yield table, key
                case RowAcross(table, keys):
                    yield from ((table or own, key) for key in keys)

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
        sources = self._sources.get((table, key)) or self._book.names.of_column(rows.table, column)
        self._sources[table, key] = sources
        inputs = [self._inputs(source, table) for source in sources.values()]
        fixed = frozenset(name for name, source in sources.items() if not varies(source))
        if len(rows.rows) > 1 and len(fixed) < len(sources):
            values: Sequence[Cell] = column.measure.over(fixed)(*inputs, self._book.say)
            return values
        if not rows.rows:
            return []
        firsts = [each if name in fixed else each[0] for name, each in zip(sources, inputs, strict=True)]
        return [column.measure.function(*firsts, self._book.say)] * len(rows.rows)

    def _fact(self, name: str) -> Cell:
        fact = self._book.facts[name]
        if fact.measure is None:
            cell: Cell = as_cell(fact.value)
            return cell
        sources = self._sources.get(name) or self._book.names.of_fact(fact)
        self._sources[name] = sources
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
