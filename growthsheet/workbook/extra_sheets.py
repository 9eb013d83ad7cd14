"""Tabs that an organization adds to workbooks, made of the blocks of which the usual tabs are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, PlainValidator, StrictBool, StringConstraints, model_validator

from growthsheet.errors import ExpressionError
from growthsheet.expr import Measure, Parameter
from growthsheet.model.excel_limits import units
from growthsheet.model.parts import Part, Text, init
from growthsheet.text.ids import id_of
from growthsheet.workbook.blocks import Block, Cards, Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.extra_columns import OWN_PREFIX, given_cell
from growthsheet.workbook.tables import (
    KEY,
    Bind,
    Column,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    keyed_table,
    named_formula,
    named_value,
)

Tables = Mapping[str, Table]


def _tab(name: str) -> str:
    if not 0 < units(name) <= 31 or re.search(r"[\[\]:*?/\\\x00-\x1f]|^'|'$", name) or name.casefold() == "history":
        raise ValueError(f"{name!r} is no name of a tab: 1 to 31 characters, none of [ ] : * ? / \\, not History")
    return name


def _cells(given: object) -> object:
    if not isinstance(given, Mapping) or not all(isinstance(label, str) and label.strip() for label in given):
        raise ValueError("is no mapping from labels to values")
    cells = {label: value if isinstance(value, Measure) else given_cell(value) for label, value in given.items()}
    if blank := [label for label, value in cells.items() if value is None]:
        raise ValueError(f"{blank[0]!r} is neither a text nor a number nor a measure")
    return cells


def _rows(given: object) -> object:
    rows = list(given) if isinstance(given, Iterable) and not isinstance(given, str | Mapping) else [None]
    for row in rows:
        if not isinstance(row, Mapping) or not all(isinstance(header, str) and header.strip() for header in row):
            raise ValueError("is no list of dictionaries from headers to texts and numbers")
    return tuple({header: given_cell(cell) for header, cell in row.items()} for row in rows if row)


def _measures(given: object) -> object:
    if not isinstance(given, Mapping) or not all(isinstance(value, Measure) for value in given.values()):
        raise ValueError("is no mapping from headers to measures: put @gs.measure above each function")
    return dict(given)


def _name(header: str) -> str:
    return id_of(header).replace("-", "_")


class Figures(Part):
    """Values with their labels, below one another: texts, numbers, and measures of whole columns.

    With ``cards``, up to four of them stand side by side, each large below its label. A measure reads columns of the
    tab's tables, and of Assessment or Reviews, by their names.

    >>> from growthsheet.expr import Node, WholeColumn, measure, total
    >>> @measure
    ... def gap_sum(gap: WholeColumn) -> Node:
    ...     "The sum of all gaps."
    ...     return total(gap)
    >>> list(Figures({"Contact": "Tom", "All gaps": gap_sum}).cells)
    ['Contact', 'All gaps']
    """

    cells: Annotated[Mapping[str, str | float | Measure], PlainValidator(_cells)]
    cards: StrictBool = False

    @init
    def __init__(self, cells: Mapping[str, str | float | Measure], *, cards: bool = False) -> None:
        super().__init__(cells=cells, cards=cards)

    @model_validator(mode="after")
    def _few_cards(self) -> Figures:
        if self.cards and len(self.cells) > 4:
            raise ValueError("has more than four cards")
        return self

    def block(self, name: str, tables: Tables) -> Block:
        """Return the block of a tab; ``name`` begins the names of its cells."""
        made = tuple(
            named_formula(value, label, _style(value), name=f"{name}_{n}", **_bound(value, tables))
            if isinstance(value, Measure)
            else named_value(f"{name}_{n}", label, value, _style(value))
            for n, (label, value) in enumerate(self.cells.items())
        )
        return Cards(made) if self.cards else NamedCells(made)


class ExtraTable(Part):
    """A table: rows of texts and numbers by their headers, and columns of measures of the same row.

    >>> ExtraTable([{"Course": "Pricing", "Days": 2}]).headers
    ('Course', 'Days')
    """

    rows: Annotated[tuple[Mapping[str, str | float | None], ...], PlainValidator(_rows)]
    measures: Annotated[Mapping[str, Measure], PlainValidator(_measures)] = {}

    @init
    def __init__(self, rows: Iterable[Mapping[str, Any]], *, measures: Mapping[str, Measure] | None = None) -> None:
        super().__init__(rows=rows, measures=measures or {})

    @model_validator(mode="after")
    def _told_apart(self) -> ExtraTable:
        names = [_name(header) for header in (*self.headers, *self.measures)]
        if not self.headers:
            raise ValueError("has no row with a value")
        if len(set(names)) < len(names) or "key" in names:
            raise ValueError("has two headers that are alike, or one called Key")
        return self

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers of the rows, in their order."""
        return tuple(dict.fromkeys(header for row in self.rows for header in row))

    def table(self, name: str) -> Table:
        """Return the table."""
        return keyed_table(name, *self._columns(), lines=1)

    def _columns(self) -> Iterator[Column]:
        for header in self.headers:
            numbers = all(isinstance(row.get(header, 0), int | float | None) for row in self.rows)
            yield data_column(_name(header), header, "number" if numbers else "person")
        for header, measure in self.measures.items():
            yield calculated_column(measure, header, _style(measure), name=_name(header))

    def block(self, name: str) -> TableData:
        """Return the block of a tab; ``name`` is that of its table."""
        found = ({_name(header): cell for header, cell in row.items()} for row in self.rows)
        return TableData(self.table(name), [{"key": f"{KEY}{n}", **row} for n, row in enumerate(found, 1)])


def _style(value: str | float | Measure) -> str:
    text = isinstance(value, str) or (isinstance(value, Measure) and value.tree.kind == "text")
    return "remark" if text else "number"


def _bound(measure: Measure, tables: Tables) -> dict[str, Bind]:
    return {p.name: _found(measure, p, tables) for p in measure.parameters}


def _found(measure: Measure, p: Parameter, tables: Tables) -> Ref:
    """Return the column of some table that a parameter names."""
    for name, table in tables.items():
        there = {column.name for column in table.columns} if p.kind == "column" else ()
        if key := next((key for key in (p.name, OWN_PREFIX + p.name) if key in there), ""):
            return Ref(name, key)
    raise ExpressionError(f"{measure.name}({p.name}) reads no column of the tab's tables, of Assessment or of Reviews")


ExtraBlock = Heading | Paragraphs | Figures | ExtraTable


def _blocks(given: object) -> object:
    if not isinstance(given, Sequence) or not given or not all(isinstance(each, ExtraBlock) for each in given):
        raise ValueError("are none of Heading, Paragraphs, Figures and ExtraTable")
    for each in given:
        lines = [each.text] if isinstance(each, Heading) else each.lines if isinstance(each, Paragraphs) else ()
        if isinstance(lines, str) or not all(isinstance(line, str) for line in lines):
            raise ValueError(f"are no texts: {each!r}")
    return tuple(given)


class ExtraSheet(Part):
    """A tab that is added to each workbook of people, of teams, or of the organization, before the last one.

    Parameters
    ----------
    name
        The name of the tab, at most 31 characters.
    blocks
        Its content from top to bottom: :class:`Heading`, :class:`Paragraphs`, :class:`Figures`, :class:`ExtraTable`.
    purpose
        A sentence below the title; it is also beside the link on the first tab.
    on
        The workbooks that have it: of each ``person``, each ``team``, or the ``organization``.
    """

    name: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_tab)]
    blocks: Annotated[tuple[ExtraBlock, ...], PlainValidator(_blocks)]
    purpose: Text = ""
    on: Literal["person", "team", "organization"] = "person"

    @init
    def __init__(
        self,
        name: str,
        blocks: Sequence[ExtraBlock],
        *,
        purpose: str = "",
        on: Literal["person", "team", "organization"] = "person",
    ) -> None:
        super().__init__(name=name, blocks=blocks, purpose=purpose, on=on)

    def sheet(self, tables: Tables) -> Sheet:
        """Return the tab in a workbook that has these tables, too."""
        id = f"own_{_name(self.name)}"
        names = {n: f"{id}_{n}" for n, _ in enumerate(self.blocks)}
        own = {names[n]: each.table(names[n]) for n, each in enumerate(self.blocks) if isinstance(each, ExtraTable)}
        made = [self._block(each, names[n], {**own, **tables}) for n, each in enumerate(self.blocks)]
        return Sheet(self.name, self.purpose, tuple(made), main=next(iter(own), ""))

    def _block(self, each: ExtraBlock, name: str, tables: Tables) -> Block:
        if isinstance(each, Figures):
            return each.block(name, tables)
        return each.block(name) if isinstance(each, ExtraTable) else each
