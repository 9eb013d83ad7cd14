"""Counting and summing the rows in which conditions hold, and a row's place among the others."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import ExpressionError
from .tree import TIGHTEST, Arguments, Cell, Column, Node, Say, Word, node
from .vocabulary import counts


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
        conditions = values[self.summed :]
        rows: Sequence[int] = range(len(conditions[0]))
        for column, against, sign in zip(conditions[::2], conditions[1::2], signs, strict=True):
            rows = _TESTS[sign](rows, column, against)
        return sum(values[0][n] for n in rows if counts(values[0][n])) if self.summed else len(rows)


def _alike(rows: Sequence[int], column: Column, against: Cell) -> Sequence[int]:
    """The rows whose cell equals a number, or a text without regard to case."""
    if isinstance(against, str):
        wanted = against.casefold()
        return [n for n in rows if isinstance(cell := column[n], str) and cell.casefold() == wanted]
    return [n for n in rows if column[n] == against and counts(column[n])]


def _ordered(holds: Callable[[Any, Any], bool]) -> Callable[[Sequence[int], Column, Any], Sequence[int]]:
    """Finds the rows whose number stands in an order to another one."""
    return lambda rows, column, against: [n for n in rows if counts(column[n]) and holds(column[n], against)]


_TESTS: dict[str, Callable[[Sequence[int], Column, Any], Sequence[int]]] = {
    "=": _alike,
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
    "<=": _ordered(operator.le),
    "<": _ordered(operator.lt),
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
