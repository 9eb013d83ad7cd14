"""Tables and single cells, which refer to each other by name and never by row or column number.

The role of a :class:`Column` is *data* (growthsheet fills it in), *input* (a person does) or *calculated* (a formula
does). A calculated column has a measure, whose parameters are resolved by name: to a column of the same row, a single
cell (:class:`NamedCell`), or, with ``bind``, a column of another table.
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
"""The beginning of each key, before an id or a code; it tells keys from texts that somebody typed."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a column; in a matrix, ``of`` is the person whose column it is.

    A ``table`` of ``""`` is the table of the column that refers to it, and an ``of`` of None is the same person.
    """

    table: str
    column: str
    of: str | None = None


Bind = str | Ref
"""The binding of a parameter: the name of a column in the same row or of a single cell, or a reference."""


@dataclass(frozen=True)
class Column:
    """One column of a table. Made by :func:`data_column`, :func:`input_column` and :func:`calculated_column`.

    Parameters
    ----------
    name
        The name in Python, in frames, and in the workbook's defined names.
    header
        The header in English; that of a matrix column is the person's name and is not translated.
    style
        The name of a style of the theme.
    of
        In a matrix, the id of the person whose column it is.
    choices
        The column with the choices of the drop-down.
    prompt
        The input message of its cells: a title and a text, or the name of the field with the row's own text.
    look
        The column of the same row whose code decides the colours, if its own value is a translated word.
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
    outlined: bool = False
    """True if it belongs to a group of columns that can be closed."""

    @cached_property
    def key(self) -> str:
        """The name that is unique within the table."""
        return f"{self.name}@{self.of}" if self.of else self.name


def data_column(name: str, header: str = "", style: str = "text", **more: Any) -> Column:
    """Return a column that growthsheet fills in."""
    return Column(name, header, "data", style, **more)


def input_column(name: str, header: str, style: str = "text", **more: Any) -> Column:
    """Return a column that a person fills in."""
    return Column(name, header, "input", style, **more)


def calculated_column(
    measure: Measure, header: str = "", style: str = "text", /, *, name: str = "", **more: Any
) -> Column:
    """Return a column of formulas; its note is the description of the measure."""
    fields = {key: more.pop(key) for key in ("of", "hidden", "note", "look") if key in more}
    fields.setdefault("note", measure.words)
    return Column(name or measure.name, header, "calculated", style, measure=measure, bind=more, **fields)


@dataclass(frozen=True)
class Table:
    """Columns with a name for all of them. The first column holds the key of each row and is hidden."""

    name: str
    columns: tuple[Column, ...]
    _by_key: Mapping[str, Column] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, list[str]] = field(init=False, repr=False, compare=False)
    lines: int = 1
    """The lines of text for which each row has room at least, since its formulas and inputs vary."""
    shown_by: str = ""
    """The column whose blank cells hide the lines of their rows; the first one's hides the header, too."""
    top: bool = False
    """True if all cells of a row begin at its top, as its long texts do."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", (replace(self.columns[0], hidden=True), *self.columns[1:]))
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
        """Return a reference to a column of this table, to bind parameters to."""
        return Ref(self.name, name)

    def column(self, key: str) -> Column:
        """Return the column with this key."""
        return self._by_key[key]

    @cached_property
    def noted(self) -> list[Column]:
        """The visible columns that have a note, without those of a matrix."""
        return [column for column in self.columns if column.note and not (column.hidden or column.of)]

    def all_of(self, name: str) -> list[str]:
        """Return the keys of all columns with this name: in a matrix, one for each person."""
        return self._by_name.get(name, [])


def keyed_table(name: str, *columns: Column, hidden: Iterable[str] = (), **more: Any) -> Table:
    """Return a table of these columns behind the hidden one with the key of each row.

    ``hidden`` are the names of more columns, which growthsheet fills in for formulas, and which nobody sees; ``more``
    are other attributes of the table.
    """
    unseen = (data_column(each, hidden=True) for each in hidden)
    return Table(name, (data_column("key"), *columns, *unseen), **more)


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
    """Return a single cell that holds a value."""
    return NamedCell(name, label, role, style, value, **more)


def named_formula(measure: Measure, label: str, style: str = "text", /, *, name: str = "", **more: Any) -> NamedCell:
    """Return a single cell that holds a formula."""
    fields = {key: more.pop(key) for key in ("note", "hidden") if key in more}
    fields.setdefault("note", measure.words)
    return NamedCell(name or measure.name, label, "calculated", style, measure=measure, bind=more, **fields)


@dataclass(frozen=True)
class TableData:
    """A table with its rows; a row is a mapping from column keys to values."""

    table: Table
    rows: Sequence[Mapping[str, Any]]
    hidden: bool = False
    """True if its rows are hidden, because only programs read them."""
    beside: bool = False
    """True if it stands to the right of the table before it, in the same rows."""


# -- what a measure reads ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SameRow:
    """The cell of another column in the same row."""

    key: str


@dataclass(frozen=True, slots=True)
class CellRef:
    """A named single cell."""

    name: str


@dataclass(frozen=True, slots=True)
class ColumnRange:
    """A whole column of a table."""

    table: str
    key: str


@dataclass(frozen=True, slots=True)
class RowRange:
    """The cells of the same row in the columns of a matrix; if ``table`` is set, those of all rows of that table."""

    table: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The binding of an optional parameter for which there is nothing."""


Binding = SameRow | CellRef | ColumnRange | RowRange | Missing


class Resolver:
    """A resolver of parameters: it finds the columns and cells of one book that measures read."""

    def __init__(self, tables: Iterable[Table], facts: Iterable[NamedCell]) -> None:
        self.tables = {table.name: table for table in tables}
        self.facts = {fact.name: fact for fact in facts}
        self._keys = {name: {column.key for column in table.columns} for name, table in self.tables.items()}
        self._found: dict[tuple[str, str], dict[str, Binding]] = {}

    def of_column(self, table: Table, column: Column) -> dict[str, Binding]:
        """Return the bindings of a calculated column's parameters."""
        at = (table.name, column.key)
        if at not in self._found:
            self._found[at] = self._sources(column.measure, column.bind, table.name, column.of, ".".join(at))
        return self._found[at]

    def of_fact(self, fact: NamedCell) -> dict[str, Binding]:
        """Return the bindings of a calculated cell's parameters."""
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
            ref = ref if isinstance(ref, Ref) else Ref("", ref)
            source = self._across(ref, table, reader) if p.across else self._find(ref, table, of, p.kind == "column")
            if source is None and (p.needed or p.name in bind):
                raise ExpressionError(f"{reader}: nothing called {ref} for {measure.name}({p.name})")
            found[p.name] = source or Missing()
        return found

    def _across(self, ref: Ref, table: str, reader: str) -> RowRange | None:
        """Return all columns of a name, without the one that reads them if it has the same name."""
        home = self.tables.get(ref.table or table)
        keys = [key for key in home.all_of(ref.column) if f"{home.name}.{key}" != reader] if home else []
        return RowRange(ref.table, tuple(keys)) if keys else None

    def _find(self, ref: Ref, table: str, of: str, column: bool) -> Binding | None:
        home = ref.table or table
        whose = of if ref.of is None else ref.of
        for key in (f"{ref.column}@{whose}", ref.column):
            if key in self._keys.get(home, ()):
                return ColumnRange(home, key) if column or ref.table else SameRow(key)
        return CellRef(ref.column) if ref.column in self.facts and not (ref.table or column) else None


def as_cell(value: Any) -> Any:
    """Return a value as measures read it: a date as a day number, an empty text as None."""
    if isinstance(value, date):
        return serial(value)
    return None if value == "" else value
