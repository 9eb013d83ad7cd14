"""Counting and summing the rows in which conditions hold, and a row's place among the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import ExpressionError
from .tally import Tally
from .tree import TIGHTEST, Arguments, Cell, Column, Node, Say, Word, node
from .vocabulary import PLAIN, counts

if TYPE_CHECKING:
    from .source import Source


class _Where(Word):
    """COUNTIFS and SUMIFS: how many rows, or the sum over the rows, in which every condition holds."""

    def __init__(self, name: str, summed: bool) -> None:
        self.name, self.tight, self.infix, self.summed = name, TIGHTEST, False, summed

    def __call__(self, *operands: Any) -> Node:
        columns, conditions = operands[: self.summed], operands[self.summed :]
        for column, sign, against in conditions:
            if column.kind != "column" or sign not in _TESTS or node(against).blank:
                raise ExpressionError(
                    f"{self.name}(): a condition is (column, sign, what is there), sign one of {[*_TESTS]}"
                )
        parts = [part for column, _, against in conditions for part in (column, node(against))]
        signs = tuple(sign for _, sign, _ in conditions)
        return Node(self, (*columns, *parts, signs), "number")

    def spell(self, node: Node, texts: Mapping[str, str], say: Say) -> str:
        *parts, signs = node.args
        spelled = [part.excel(texts, say) for part in parts]
        for n, sign in enumerate(signs):
            if sign != "=":
                place = self.summed + 2 * n + 1
                spelled[place] = f'"{sign}"&{spelled[place]}'
        return f"{'SUMIFS' if self.summed else 'COUNTIFS'}({','.join(spelled)})"

    def compute(self, node: Node, arguments: Arguments, say: Say) -> Any:
        *parts, signs = node.args
        values = [part.value(arguments, say) for part in parts]
        return _found(self.summed, signs, *values)

    def source(self, node: Node, source: Source) -> str:
        *parts, signs = node.args
        given = [part.source(source) for part in parts]
        columns = [*range(self.summed), *range(self.summed, len(parts), 2)]
        if not source.fixed(parts[n] for n in columns):
            return f"{source.name(_found)}({self.summed}, {signs!r}, {', '.join(given)})"
        wholes = ", ".join(given[n] for n in columns)
        ready = source.once(f"{source.name(_prepared)}({self.summed}, {signs!r}, {wholes})")
        return f"{ready}({', '.join(given[self.summed + 1 :: 2])})"


def _found(summed: bool, signs: Sequence[str], *values: Any) -> Any:
    """How many rows there are in which the conditions hold, or the sum over them."""
    conditions = values[summed:]
    if len(values) == 2 and isinstance(tally := values[0], Tally):
        times = [*tally.times.values()]
        return sum([times[n] for n in _TESTS[signs[0]](range(len(times)), [*tally.times], values[1])])
    rows: Sequence[int] = range(len(conditions[0]))
    for column, against, sign in zip(conditions[::2], conditions[1::2], signs, strict=True):
        rows = _TESTS[sign](rows, column, against)
    return sum([values[0][n] for n in rows if counts(values[0][n])]) if summed else len(rows)


def _prepared(summed: bool, signs: Sequence[str], *columns: Column) -> Callable[..., Any]:
    """The same for columns that do not change, as a function of what stands against them.

    Rows are kept by what they hold where a cell must equal something; of those, few are looked at one by one.
    """
    tested = columns[summed:]
    equal = [n for n, sign in enumerate(signs) if sign == "="]
    others = [n for n, sign in enumerate(signs) if sign != "="]
    rows_of: dict[tuple[Any, ...], list[int]] = {}
    for row, cells in enumerate(zip(*(tested[n] for n in equal), strict=True) if equal else [()] * len(tested[0])):
        if None not in cells and all(isinstance(cell, str) or counts(cell) for cell in cells):
            rows_of.setdefault(_key(cells), []).append(row)
    if len(others) == 1 and not summed:
        return _counted(rows_of, equal, others[0], signs[others[0]], tested[others[0]])

    def found(*against: Any) -> Any:
        rows: Sequence[int] = rows_of.get(_key(against[n] for n in equal), ())
        for n in others:
            rows = _TESTS[signs[n]](rows, tested[n], against[n])
        return sum(columns[0][n] for n in rows if counts(columns[0][n])) if summed else len(rows)

    return found


def _counted(
    rows_of: Mapping[tuple[Any, ...], Sequence[int]], equal: Sequence[int], other: int, sign: str, column: Sequence[Any]
) -> Callable[..., int]:
    """How many rows of those alike have a number in an order to another one: found by halving, in sorted numbers."""
    numbers_of = {key: sorted(column[n] for n in rows if counts(column[n])) for key, rows in rows_of.items()}
    side = bisect_right if sign in (">", "<=") else bisect_left

    def found(*against: Any) -> int:
        numbers: Sequence[Any] = numbers_of.get(_key(against[n] for n in equal), ())
        below = side(numbers, against[other])
        return below if sign in ("<", "<=") else len(numbers) - below

    return found


def _key(cells: Iterable[Any]) -> tuple[Any, ...]:
    """What cells are found by: texts without regard to case."""
    return tuple([cell.casefold() if isinstance(cell, str) else cell for cell in cells])


def _alike(rows: Sequence[int], column: Column, against: Cell) -> Sequence[int]:
    """The rows whose cell equals a number, or a text without regard to case."""
    if isinstance(against, str):
        wanted = against.casefold()
        return [n for n in rows if isinstance(cell := column[n], str) and cell.casefold() == wanted]
    return [n for n in rows if column[n] == against and counts(column[n])]


def _ordered(sign: str) -> Callable[[Sequence[int], Column, Any], Sequence[int]]:
    """Finds the rows whose number stands in an order to another one; compiled, for there may be very many."""
    number = "(cell := column[n]) is not None and (type(cell) in PLAIN or counts(cell))"
    found: Callable[[Sequence[int], Column, Any], Sequence[int]] = eval(
        f"lambda rows, column, against: [n for n in rows if {number} and cell {sign} against]",
        {"PLAIN": PLAIN, "counts": counts},
    )
    return found


_TESTS: dict[str, Callable[[Sequence[int], Column, Any], Sequence[int]]] = {
    "=": _alike,
    **{sign: _ordered(sign) for sign in (">", ">=", "<=", "<")},
}

count_where = _Where("count_where", summed=False)
sum_where = _Where("sum_where", summed=True)


def place(*keys: tuple[str, Node, Node]) -> Node:
    """A row's place, from 1, when rows are ordered by several keys.

    A key is (``">"`` where the larger comes first or ``"<"``, the row's own value, the whole column); the last one
    must tell any two rows apart.
    """
    ahead = [
        count_where(*((column, "=", own) for _, own, column in keys[:n]), (column, sign, own))
        for n, (sign, own, column) in enumerate(keys)
    ]
    tree = node(1)
    for counted in ahead:
        tree = tree + counted
    return tree
