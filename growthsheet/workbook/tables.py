"""Tables and single cells: what stands where is named here, never numbered.

A :class:`Column` is *given* (we fill it in), *asked* (a person does) or *measured* (a formula does). A measured column
says which measure it shows; what that measure reads is found by name: a column of the same row, a single cell
(:class:`NamedCell`), or, where ``bind`` says so, a column of another table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from growthsheet.errors import ExpressionError
from growthsheet.expr import Measure, serial

ColumnRole = Literal["data", "input", "calculated"]

KEY = "k:"
"""What each key begins with; an id or a code follows. A text that somebody typed is not taken for a key."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A column named from elsewhere; ``of`` tells whose it is in a matrix.

    A ``table`` of ``""`` is the reader's own; an ``of`` of None is the reader's own.
    """

    table: str
    column: str
    of: str | None = None


Bind = str | Ref
"""What a parameter reads: the name of a column beside it or of a fact, or a column of another table."""


@dataclass(frozen=True)
class Column:
    """One column of a table. Made by :func:`data_column`, :func:`input_column` and :func:`calculated_column`.

    Parameters
    ----------
    name
        Its name in Python, in frames, and in the workbook's defined names.
    header
        Its header in English; a matrix column's is the person's name and is not translated.
    style
        The name of a style of the theme.
    of
        Whose column it is, in a matrix.
    choices
        The column that a drop-down offers.
    prompt
        What to tell whoever selects a cell to fill it in: a title and a text, or the name of the row's own text.
    look
        The column beside it whose code decides its look, where its own value is a word for people.
    """

    name: str
    header: str
    role: ColumnRole
    style: str = "text"
    of: str = ""
    measure: Measure | None = None
    bind: Mapping[str, Bind] = field(default_factory=dict)
    choices: Ref | None = None
    prompt: tuple[str, str] = ("", "")
    hidden: bool = False
    note: str = ""
    look: str = ""

    @cached_property
    def key(self) -> str:
        """The name that tells it apart in its table."""
        return f"{self.name}@{self.of}" if self.of else self.name


def data_column(name: str, header: str = "", style: str = "text", **more: Any) -> Column:
    """A column that growthsheet fills in."""
    return Column(name, header, "data", style, **more)


def input_column(name: str, header: str, style: str = "text", **more: Any) -> Column:
    """A column that a person fills in."""
    return Column(name, header, "input", style, **more)


def calculated_column(
    measure: Measure, header: str = "", style: str = "text", /, *, name: str = "", **more: Any
) -> Column:
    """A column of formulas; its note is what the measure says of itself."""
    fields = {key: more.pop(key) for key in ("of", "hidden", "note", "look") if key in more}
    fields.setdefault("note", measure.words)
    return Column(name or measure.name, header, "calculated", style, measure=measure, bind=more, **fields)


def hidden(column: Column) -> Column:
    """The same column, not shown."""
    return replace(column, hidden=True)


@dataclass(frozen=True)
class Table:
    """Columns under one name. The first column holds each row's key and is never shown."""

    name: str
    columns: tuple[Column, ...]
    _by_key: Mapping[str, Column] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, list[str]] = field(init=False, repr=False, compare=False)
    lines: int = 1
    """How many lines of text every row has room for at least: formulas and people write into rows, too."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", (hidden(self.columns[0]), *self.columns[1:]))
        keys = [column.key for column in self.columns]
        object.__setattr__(self, "_by_key", dict(zip(keys, self.columns, strict=True)))
        named: dict[str, list[str]] = {}
        for column in self.columns:
            named.setdefault(column.name, []).append(column.key)
        object.__setattr__(self, "_by_name", named)
        if len(set(keys)) < len(keys):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            raise ExpressionError(f"table {self.name}: two columns called {twice}")

    def __getitem__(self, name: str) -> Ref:
        """A column of this table, to bind to."""
        return Ref(self.name, name)

    def column(self, key: str) -> Column:
        """The column of a key."""
        return self._by_key[key]

    @cached_property
    def noted(self) -> list[Column]:
        """The shown columns that have a note, those of a matrix aside."""
        return [column for column in self.columns if column.note and not (column.hidden or column.of)]

    def all_of(self, name: str) -> list[str]:
        """The keys of a name's columns, whoever they belong to."""
        return self._by_name.get(name, [])


@dataclass(frozen=True)
class NamedCell:
    """A single named cell with its label. Made by :func:`named_value` and :func:`named_formula`."""

    name: str
    label: str
    role: ColumnRole
    style: str = "text"
    value: Any = None
    measure: Measure | None = None
    bind: Mapping[str, Bind] = field(default_factory=dict)
    note: str = ""
    hidden: bool = False
    choices: Ref | None = None
    prompt: tuple[str, str] = ("", "")


def named_value(
    name: str, label: str, value: Any, style: str = "text", role: ColumnRole = "data", **more: Any
) -> NamedCell:
    """A single cell that holds a value."""
    return NamedCell(name, label, role, style, value, **more)


def named_formula(measure: Measure, label: str, style: str = "text", /, *, name: str = "", **more: Any) -> NamedCell:
    """A single cell that holds a formula."""
    fields = {key: more.pop(key) for key in ("note", "hidden") if key in more}
    fields.setdefault("note", measure.words)
    return NamedCell(name or measure.name, label, "calculated", style, measure=measure, bind=more, **fields)


@dataclass(frozen=True)
class TableData:
    """A table with its rows; a row is a mapping from column keys to values."""

    table: Table
    rows: Sequence[Mapping[str, Any]]
    hidden: bool = False
    """Whether its rows are hidden: what only programs read."""


# -- what a measure reads ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SameRow:
    """The cell of another column in the same row."""

    key: str


@dataclass(frozen=True, slots=True)
class CellRef:
    """A fact."""

    name: str


@dataclass(frozen=True, slots=True)
class ColumnRange:
    """A whole column of a table."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class RowRange:
    """The row's cells across a matrix; where ``table`` names another table, all its rows' cells."""

    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An optional parameter that this table has nothing for."""


Binding = SameRow | CellRef | ColumnRange | RowRange | Missing


class Resolver:
    """Finds what measures read, among the tables and facts of one book."""

    def __init__(self, tables: Iterable[Table], facts: Iterable[NamedCell]) -> None:
        self.tables = {table.name: table for table in tables}
        self.facts = {fact.name: fact for fact in facts}
        self._keys = {name: {column.key for column in table.columns} for name, table in self.tables.items()}
        self._found: dict[tuple[str, str], dict[str, Binding]] = {}

    def of_column(self, table: Table, column: Column) -> dict[str, Binding]:
        """What a measured column's parameters read."""
        at = (table.name, column.key)
        if at not in self._found:
            self._found[at] = self._sources(column.measure, column.bind, table.name, column.of, ".".join(at))
        return self._found[at]

    def of_fact(self, fact: NamedCell) -> dict[str, Binding]:
        """What a measured fact's parameters read."""
        return self._sources(fact.measure, fact.bind, "", "", fact.name)

    def _sources(
        self, measure: Measure | None, bind: Mapping[str, Bind], table: str, of: str, reader: str
    ) -> dict[str, Binding]:
        assert measure is not None, reader
        if unknown := set(bind) - {p.name for p in measure.parameters}:
            raise ExpressionError(f"{reader}: {measure.name} has no parameter {', '.join(sorted(unknown))}")
        found: dict[str, Binding] = {}
        for p in measure.parameters:
            ref = bind.get(p.name, p.name)
            source = self._find(ref if isinstance(ref, Ref) else Ref("", ref), table, of, p.kind == "column", p.across)
            if source is None and (p.needed or p.name in bind):
                raise ExpressionError(f"{reader}: nothing called {ref} for {measure.name}({p.name})")
            found[p.name] = source or Missing()
        return found

    def _find(self, ref: Ref, table: str, of: str, column: bool, across: bool) -> Binding | None:
        home = ref.table or table
        if across:
            keys = self.tables[home].all_of(ref.column) if home in self.tables else []
            return RowRange(ref.table, tuple(keys)) if keys else None
        whose = of if ref.of is None else ref.of
        for key in (f"{ref.column}@{whose}", ref.column):
            if key in self._keys.get(home, ()):
                return ColumnRange(home, key) if column or ref.table else SameRow(key)
        return CellRef(ref.column) if ref.column in self.facts and not (ref.table or column) else None


def as_cell(value: Any) -> Any:
    """A value as measures see it: dates are day numbers, an empty text is blank."""
    if isinstance(value, date):
        return serial(value)
    return None if value == "" else value
