"""From one review cycle to the next: what changed, and how each cycle stood."""

from __future__ import annotations

from growthsheet.expr import BLANK, ColumnValues, Node, count_where, is_number, measure, number, rounded, when


@measure
def change(now, then) -> Node:
    """How much the rating changed since the last cycle; blank where one of the two is not rated.

    Going down is no alarm: people who learn more about a field often rate themselves lower for a while.
    """
    return rounded(now - then, 4)


@measure
def points_since(now, then) -> Node:
    """How much a share changed since the last cycle, in points of a hundred; blank where one of the two is missing."""
    return rounded((now - then) * 100, 1)


@measure
def higher(changes: ColumnValues) -> Node:
    """How many activities are rated higher than in the last cycle."""
    return count_where((changes, ">", 0))


@measure
def unchanged(changes: ColumnValues) -> Node:
    """How many activities are rated the same as in the last cycle."""
    return count_where((changes, "=", 0))


@measure
def lower(changes: ColumnValues) -> Node:
    """How many activities are rated lower than in the last cycle."""
    return count_where((changes, "<", 0))


@measure
def of_cycle(current=None, now=None, then=None) -> Node:
    """A cycle's number: live for this cycle, as it stood for an earlier one."""
    past = when(is_number(then), number(then), BLANK)
    return when(is_number(current), when(is_number(now), number(now), BLANK), past)
