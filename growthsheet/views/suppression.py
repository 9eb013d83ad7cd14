"""Suppression of numbers about groups, so that none about fewer than five people can be seen or derived."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

FEWEST = 5
"""The fewest people about whom a number is shown; with fewer, it would disclose too much of each of them."""

HIDDEN = "…"
"""The text in a cell whose number is suppressed."""

Cells = Mapping[tuple[Any, Any], Collection[str]]
Axes = tuple[list[Any], list[Any]]
RowKey = TypeVar("RowKey")
ColumnKey = TypeVar("ColumnKey")


@dataclass(frozen=True, slots=True)
class Shown(Generic[RowKey, ColumnKey]):
    """The rows and columns of a table that may be shown, and whether its total may be shown."""

    rows: frozenset[RowKey]
    columns: frozenset[ColumnKey]
    total: bool


def one_way(groups: Mapping[RowKey, Collection[str]]) -> Shown[RowKey, str]:
    """Return which groups may be shown beside their total; nobody belongs to two groups.

    Groups of fewer than five are suppressed. While the suppressed ones hold fewer than five people together, the next
    smallest is suppressed, too; if no other group is left, so is the total.

    >>> sorted(one_way({"a": "12345", "b": "67", "c": "890123"}).rows)
    ['c']
    """
    small = {name for name, people in groups.items() if 0 < len(people) < FEWEST}
    others = sorted((name for name in groups if groups[name] and name not in small), key=lambda name: len(groups[name]))
    hidden = set(small)
    for name in others:
        if not hidden or sum(len(groups[each]) for each in hidden) >= FEWEST:
            break
        hidden.add(name)
    total = not hidden or sum(len(groups[each]) for each in hidden) >= FEWEST
    return Shown(frozenset(groups.keys() - hidden), frozenset(), total)


def two_way(cells: Cells) -> Shown[Any, Any]:
    """Return which rows and columns of a table may be shown with all their cells, beside the totals of both.

    ``cells`` holds the people counted in each number, by row and column; somebody may be counted in several. The
    suppressed part of a row, of a column, and of both is then about nobody, or about five people or more; and so is
    every number that can be derived from those shown, by any sums and differences.

    >>> two_way({("pm", 1): "12345", ("pm", 2): "67890", ("vp", 1): "ab", ("vp", 2): "cdefg"})
    Shown(rows=frozenset(), columns=frozenset({1, 2}), total=True)
    """
    return max((_left(cells, first) for first in (None, 0, 1)), key=lambda shown: _worth(cells, shown))


def _left(cells: Cells, first: int | None) -> Shown[Any, Any]:
    """Return what is shown after removing lines, the smallest first; axis ``first`` is preferred where possible."""
    axes: Axes = ([*dict.fromkeys(row for row, _ in cells)], [*dict.fromkeys(column for _, column in cells)])
    while small := _too_small(cells, axes):
        lines = [(axis != first, *line) for axis in (0, 1) for line in _lines(cells, axes, axis, small[axis])]
        if not lines:
            return Shown(frozenset(), frozenset(), False)
        _, _, axis, place = min(lines)
        del axes[axis][place]
    return Shown(frozenset(axes[0]), frozenset(axes[1]), True)


def _worth(cells: Cells, shown: Shown[Any, Any]) -> tuple[int, int]:
    """Return the number of people in the cells that are shown, and the number of rows and columns."""
    inner = sum(len(cells[at]) for at in cells if at[0] in shown.rows and at[1] in shown.columns)
    return inner, len(shown.rows) + len(shown.columns)


_REST = object()
"""All suppressed rows, or columns, as one: their sum can be derived from the totals."""


def _too_small(cells: Cells, axes: Axes) -> Any:
    """Return the row and column of the derivable number about the fewest people, or None if those are enough."""
    blocks: dict[tuple[Any, Any], set[str]] = {}
    for (row, column), people in cells.items():
        at = (row if row in axes[0] else _REST, column if column in axes[1] else _REST)
        blocks.setdefault(at, set()).update(people)
    found = [(len(people), n, at) for n, (at, people) in enumerate(blocks.items()) if 0 < len(people) < FEWEST]
    return min(found)[-1] if found else None


def _lines(cells: Cells, axes: Axes, axis: int, wanted: Any) -> Iterator[tuple[int, int, int]]:
    """Yield the lines that may be removed (one, or all for the rest): number of people, axis, index."""
    for place, name in enumerate(axes[axis]):
        people = {each for at, them in cells.items() if at[axis] == name for each in them}
        if people and wanted in (name, _REST):
            yield len(people), axis, place
