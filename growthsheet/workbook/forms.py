"""The parts of a workbook that people fill in, apart from their looks; returned workbooks are read by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from growthsheet.model.answers import KINDS, OWN_ANSWERS, AnswerKind
from growthsheet.model.parts import Part
from growthsheet.workbook.tables import Column, Table


def answer_row(table: Table, kind: AnswerKind, answer: Part, labels: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Return the cells of an answer in a table, and its currency: labels for codes, and plain numbers for amounts."""
    shown = {column.key for column in table.columns} | {"currency"}
    cells = {name: getattr(answer, name) for name in kind.columns if name in shown}
    cells |= {name: float(cells[name]) for name in kind.money & cells.keys() if cells[name] is not None}
    choices = ((name, of) for name, of in kind.choices.items() if name in shown)
    return cells | {name: labels.get(of, {}).get(cells[name], "") for name, of in choices}


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def row_label(*names: str) -> str:
    """Return the visible names of what a row is about, such as a person and an activity, as one text."""
    return ", ".join(names)


@dataclass(frozen=True)
class InputTable:
    """A table that people fill in, each row of which is an answer.

    Parameters
    ----------
    answers
        The name of the kind of answer.
    shapes
        The table in every shape in which it is written; all have the same input columns.
    extended
        True if people add rows, each with its own id; otherwise each row is for an activity.
    sources
        The sources of the answers, if there are several.
    holds
        If each row is for a person and an activity: by input column, the source and the field of the answer.
    tab
        The tab that the table is on.
    labels, protected, rows
        The columns with the visible names of what each row is about, and those whose values nobody should change; and
        the list, in the workbook itself, of the rows that the table was written with, by id with both.
    """

    answers: str
    shapes: tuple[Table, ...]
    extended: bool = False
    sources: tuple[str, ...] = ()
    holds: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    tab: str = ""
    labels: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    rows: str = ""
    own: str = ""
    """The source of the answers in the organization's own columns, if the table has any."""

    def with_columns(self, columns: Iterable[Column]) -> InputTable:
        """Return the same table with more columns."""
        more = tuple(columns)
        shapes = (Table(shape.name, (*shape.columns, *more), shape.lines) for shape in self.shapes)
        return replace(self, shapes=tuple(shapes)) if more else self

    @property
    def name(self) -> str:
        """The table's name."""
        return self.shapes[0].name

    @cached_property
    def asked(self) -> dict[str, Column]:
        """The columns that people fill in, by key."""
        return {column.key: column for column in self.shapes[0].columns if column.role == "input"}

    def field(self, column: str) -> str:
        """Return the field of the answer that a column holds."""
        return self.holds[column][1] if column in self.holds else column

    def sources_of(self, kind: str) -> tuple[str, ...]:
        """Return the sources of the answers of a kind that the table holds; none if it holds none."""
        if kind == OWN_ANSWERS:
            return (self.own,) if self.own else ()
        return (self.sources or ("",)) if kind == self.answers else ()

    @cached_property
    def calculated(self) -> tuple[str, ...]:
        """The keys of the columns with formulas that people see."""
        shapes = [[c.key for c in shape.columns if c.role == "calculated" and c.header] for shape in self.shapes]
        return tuple(key for key in shapes[0] if all(key in keys for keys in shapes))

    def heading(self, key: str) -> str:
        """Return the heading of a column in English, or its key if it has none."""
        columns = (column for shape in self.shapes for column in shape.columns)
        return next((column.header for column in columns if column.key == key and column.header), key)

    def protected_values(self, row: Mapping[str, Any]) -> str:
        """Return the protected values of a row; if people extend the table, a hash of the row's texts or nothing."""
        if not self.extended:
            return "|".join(_plain(row.get(name)) for name in self.protected)
        texts = [_plain(row.get(name)).strip() for name in ("activity", *KINDS[self.answers].texts)]
        return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16] if any(texts) else ""

    @cached_property
    def headings(self) -> frozenset[str]:
        """The headings of the columns, in English."""
        return frozenset(column.header for shape in self.shapes for column in shape.columns if column.header)

    @cached_property
    def bare(self) -> frozenset[str]:
        """The keys of the columns without a heading; the key is written in its place, in every language."""
        return frozenset(column.key for shape in self.shapes for column in shape.columns if not column.header)


@dataclass(frozen=True)
class Form:
    """All tables and single cells that people fill in in one kind of workbook."""

    tables: tuple[InputTable, ...]
    facts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Single cells by name: the label, and the kind of value expected."""
    facts_tab: str = ""
    """The tab of the single cells."""
    lists: tuple[str, ...] = ()
    """The lists whose words people choose from; each workbook contains the codes of its words."""
    shown: tuple[str, ...] = ()
    """Tables on tabs of formulas, where somebody may type a rating; what is typed over a formula is reported."""
