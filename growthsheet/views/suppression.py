"""What may be told of groups, so that nothing can be told of fewer than five people: not even by subtracting."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

FEWEST = 5
"""A number over fewer people would tell too much of each of them."""

HIDDEN = "…"
"""What stands in a cell that is left out."""

Cells = Mapping[tuple[Any, Any], Collection[str]]
Axes = tuple[list[Any], list[Any]]
RowKey = TypeVar("RowKey")
ColumnKey = TypeVar("ColumnKey")


@dataclass(frozen=True, slots=True)
class Shown(Generic[RowKey, ColumnKey]):
    """The rows and columns of a table that may be shown, and whether its total may be."""

    rows: frozenset[RowKey]
    columns: frozenset[ColumnKey]
    total: bool


def one_way(groups: Mapping[RowKey, Collection[str]]) -> Shown[RowKey, str]:
    """Which groups may be shown beside their total; nobody belongs to two of them.

    Groups of fewer than five are left out; while those left out hold fewer than five together, the next smallest is
    left out, too; when none is left, the total.

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
    """Which rows and columns of a table may be shown with all their cells, beside the totals in both directions.

    ``cells`` holds the people behind each number, by row and column; somebody may stand behind several. What is left
    out of a row, of a column, and of both at once is then a number over nobody, or over five people and more; and so
    is every number that can be worked out of those shown, by whatever sums and differences.

    >>> two_way({("pm", 1): "12345", ("pm", 2): "67890", ("vp", 1): "ab", ("vp", 2): "cdefg"})
    Shown(rows=frozenset(), columns=frozenset({1, 2}), total=True)
    """
    return max((_left(cells, first) for first in (None, 0, 1)), key=lambda shown: _worth(cells, shown))


def _left(cells: Cells, first: int | None) -> Shown[Any, Any]:
    """What is left after taking rows or columns away, the smallest first; ``first`` takes from one axis if it can."""
    axes: Axes = ([*dict.fromkeys(row for row, _ in cells)], [*dict.fromkeys(column for _, column in cells)])
    while small := _too_small(cells, axes):
        lines = [(axis != first, *line) for axis in (0, 1) for line in _lines(cells, axes, axis, small[axis])]
        if not lines:
            return Shown(frozenset(), frozenset(), False)
        _, _, axis, place = min(lines)
        del axes[axis][place]
    return Shown(frozenset(axes[0]), frozenset(axes[1]), True)


def _worth(cells: Cells, shown: Shown[Any, Any]) -> tuple[int, int]:
    """How many people stand in the cells that are left; then, in how many lines."""
    inner = sum(len(cells[at]) for at in cells if at[0] in shown.rows and at[1] in shown.columns)
    return inner, len(shown.rows) + len(shown.columns)


_REST = object()
"""All rows, or all columns, that are left out: together they can be told from the totals."""


def _too_small(cells: Cells, axes: Axes) -> Any:
    """Where the fewest people stand behind a number that can be told, if they are too few: its row and column."""
    blocks: dict[tuple[Any, Any], set[str]] = {}
    for (row, column), people in cells.items():
        at = (row if row in axes[0] else _REST, column if column in axes[1] else _REST)
        blocks.setdefault(at, set()).update(people)
    found = [(len(people), n, at) for n, (at, people) in enumerate(blocks.items()) if 0 < len(people) < FEWEST]
    return min(found)[-1] if found else None


def _lines(cells: Cells, axes: Axes, axis: int, wanted: Any) -> Iterator[tuple[int, int, int]]:
    """The row or column to leave out, or all that are shown where it is the rest: people, direction, place."""
    for place, name in enumerate(axes[axis]):
        people = {each for at, them in cells.items() if at[axis] == name for each in them}
        if people and wanted in (name, _REST):
            yield len(people), axis, place
