"""Finding things: the row of a key, the words of a code, the code of the words a person chose."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RowValues,
    TextCell,
    chosen,
    looked_up,
    measure,
    pick,
    pick_text,
    place_of,
    position,
    when,
)


@measure
def at(key: TextCell, keys: ColumnValues) -> Node:
    """The row of the same id on another tab."""
    return position(key, keys)


@measure
def at_rank(n, ranks: ColumnValues) -> Node:
    """The row that holds this rank on another tab."""
    return place_of(n, ranks)


@measure
def found(at, column: ColumnValues) -> Node:
    """The number in that place."""
    return pick(column, at)


@measure
def found_text(at, column: ColumnValues) -> Node:
    """The text that stands there."""
    return pick_text(column, at)


@measure
def found_across(at, row: RowValues) -> Node:
    """The number that stands at that place of a row."""
    return pick(row, at)


@measure
def found_text_across(at, row: RowValues) -> Node:
    """The text that stands at that place of a row."""
    return pick_text(row, at)


@measure
def choice(label: TextCell, labels: ColumnValues, numbers: ColumnValues) -> Node:
    """Which entry of the list was chosen; blank where it is not in the list."""
    return when(chosen(label, labels, numbers) > 0, chosen(label, labels, numbers), BLANK)


@measure
def word(code: TextCell, codes: ColumnValues, labels: ColumnValues) -> Node:
    """The words for a code."""
    return looked_up(code, codes, labels)
