"""Finding things: the row of a key, the words of a code, the code of the words a person chose."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    Across,
    Column,
    Node,
    Text,
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
def at(key: Text, keys: Column) -> Node:
    """The row of the same id on another tab."""
    return position(key, keys)


@measure
def at_rank(n, ranks: Column) -> Node:
    """The row that holds this rank on another tab."""
    return place_of(n, ranks)


@measure
def across_at(key: Text, keys: Across) -> Node:
    """The place of an id in a row of ids."""
    return position(key, keys)


@measure
def found(at, column: Column) -> Node:
    """The number that stands there."""
    return pick(column, at)


@measure
def found_text(at, column: Column) -> Node:
    """The text that stands there."""
    return pick_text(column, at)


@measure
def found_across(at, row: Across) -> Node:
    """The number that stands at that place of a row."""
    return pick(row, at)


@measure
def found_text_across(at, row: Across) -> Node:
    """The text that stands at that place of a row."""
    return pick_text(row, at)


@measure
def choice(label: Text, labels: Column, numbers: Column) -> Node:
    """Which entry of the list was chosen; blank where it is none of them."""
    return when(chosen(label, labels, numbers) > 0, chosen(label, labels, numbers), BLANK)


@measure
def word(code: Text, codes: Column, labels: Column) -> Node:
    """The words for a code."""
    return looked_up(code, codes, labels)
