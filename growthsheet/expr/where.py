"""Count or sum the rows that meet conditions, and rank a row among the others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from operator import mul
from typing import TYPE_CHECKING, Any

from growthsheet.errors import ExpressionError
from growthsheet.expr.tally import Tally
from growthsheet.expr.tree import TIGHTEST, CellValue, ColumnValues, Node, Word, add, node
from growthsheet.expr.vocabulary import PLAIN_NUMBERS, counts
from growthsheet.text.language import Translate

if TYPE_CHECKING:
    from growthsheet.expr.source import PythonSource


class _Where(Word):
    """COUNTIFS and SUMIFS: the number of rows that meet every condition, or the sum over them."""

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

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        *parts, signs = node.args
        spelled = [part.excel(texts, translate) for part in parts]
        for n, sign in enumerate(signs):
            if sign != "=":
                place = self.summed + 2 * n + 1
                spelled[place] = f'"{sign}"&{spelled[place]}'
        return f"{'SUMIFS' if self.summed else 'COUNTIFS'}({','.join(spelled)})"

    def source(self, node: Node, source: PythonSource) -> str:
        *parts, signs = node.args
        given = [part.source(source) for part in parts]
        columns = [*range(self.summed), *range(self.summed, len(parts), 2)]
        if not source.fixed(parts[n].args[0] for n in columns):
            return f"{source.name(_found)}({self.summed}, {signs!r}, {', '.join(given)})"
        wholes = ", ".join(given[n] for n in columns)
        ready = source.once(f"{source.name(_prepared)}({self.summed}, {signs!r}, {wholes})")
        return f"{ready}({', '.join(given[self.summed + 1 :: 2])})"


def _found(summed: bool, signs: Sequence[str], *values: Any) -> Any:
    """Return the number of rows that meet the conditions, or the sum over them."""
    conditions = values[summed:]
    if len(values) == 2 and type(tally := values[0]) is Tally:
        times = [*tally.times.values()]
        return sum([times[n] for n in _TESTS[signs[0]](range(len(times)), [*tally.times], values[1])])
    rows: Sequence[int] = range(len(conditions[0]))
    for column, against, sign in zip(conditions[::2], conditions[1::2], signs, strict=True):
        rows = _TESTS[sign](rows, column, against)
    return sum([values[0][n] for n in rows if counts(values[0][n])]) if summed else len(rows)


def _prepared(summed: bool, signs: Sequence[str], *columns: ColumnValues) -> Callable[..., Any]:
    """Return a faster function for columns that do not change; its arguments are the values to compare with.

    Rows are indexed by the cells that must equal something; of the few that do, the other cells are compared.
    """
    tested = columns[summed:]
    equal = [n for n, sign in enumerate(signs) if sign == "="]
    others = [n for n, sign in enumerate(signs) if sign != "="]
    rows_of: dict[tuple[Any, ...], list[int]] = {}
    for row, key in enumerate(zip(*(_keys(tested[n]) for n in equal), strict=True) if equal else [()] * len(tested[0])):
        if None not in key:
            rows_of.setdefault(key, []).append(row)
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
    """Return a function that counts rows with equal keys and one order condition, by search in sorted numbers."""
    numbers_of = {key: sorted(column[n] for n in rows if counts(column[n])) for key, rows in rows_of.items()}
    side = bisect_right if sign in (">", "<=") else bisect_left

    def found(*against: Any) -> int:
        numbers: Sequence[Any] = numbers_of.get(_key(against[n] for n in equal), ())
        below = side(numbers, against[other])
        return below if sign in ("<", "<=") else len(numbers) - below

    return found


def _keys(column: ColumnValues) -> list[Any]:
    """Return the key of each cell as in :func:`_key`, or None if it is neither a text nor a number."""
    return [cell.casefold() if isinstance(cell, str) else cell if counts(cell) else None for cell in column]


def _key(cells: Iterable[Any]) -> tuple[Any, ...]:
    """Return cells as a key for look-up, with texts in lower case."""
    return tuple([cell.casefold() if isinstance(cell, str) else cell for cell in cells])


def _alike(rows: Sequence[int], column: ColumnValues, against: CellValue) -> Sequence[int]:
    """Return the rows whose cell equals a number, or a text without regard to case."""
    if isinstance(against, str):
        wanted = against.casefold()
        return [n for n in rows if isinstance(cell := column[n], str) and cell.casefold() == wanted]
    return [n for n in rows if column[n] == against and counts(column[n])]


def _ordered(sign: str) -> Callable[[Sequence[int], ColumnValues, Any], Sequence[int]]:
    """Return a function that finds the rows whose number is above or below another; compiled, to be fast."""
    number = "(cell := column[n]) is not None and (type(cell) in PLAIN or counts(cell))"
    found: Callable[[Sequence[int], ColumnValues, Any], Sequence[int]] = eval(
        f"lambda rows, column, against: [n for n in rows if {number} and cell {sign} against]",
        {"PLAIN": PLAIN_NUMBERS, "counts": counts},
    )
    return found


_TESTS: dict[str, Callable[[Sequence[int], ColumnValues, Any], Sequence[int]]] = {
    "=": _alike,
    **{sign: _ordered(sign) for sign in (">", ">=", "<=", "<")},
}

count_where = _Where("count_where", summed=False)
sum_where = _Where("sum_where", summed=True)


class _Place(Word):
    """The rank of a row: counted key by key in formulas; in Python, looked up in rows that are sorted once."""

    def __init__(self) -> None:
        self.name, self.tight, self.infix = "place", add.tight, True

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        counted: Node = node.args[0]
        return counted.excel(texts, translate)

    def source(self, node: Node, source: PythonSource) -> str:
        counted, signs, own, columns = node.args
        if not source.fixed(column.args[0] for column in columns):
            return str(counted.source(source))
        wholes = ", ".join(column.source(source) for column in columns)
        places = source.once(f"{source.name(_places)}({signs!r}, {wholes})")
        return f"{places}({', '.join(cell.source(source) for cell in own)})"


def _places(signs: Sequence[int], *columns: Sequence[Any]) -> Callable[..., int]:
    """Return a function that ranks a row's cells among those of all rows; a sign of -1 puts the larger first."""
    # a cell that is not a number is ranked last
    keys = [
        [sign * cell if counts(cell) else inf for cell in column] for sign, column in zip(signs, columns, strict=True)
    ]
    rows = sorted(zip(*keys, strict=True))
    return lambda *own: bisect_left(rows, tuple(map(mul, signs, own))) + 1


_PLACE = _Place()


def place(*keys: tuple[str, Node, Node]) -> Node:
    """Return a node for the rank of a row, from 1, when rows are ordered by several keys.

    A key is (``">"`` if the larger comes first or ``"<"``, the row's own value, the whole column). No two rows may
    have the same value of the last key.
    """
    ahead = [
        count_where(*((column, "=", own) for _, own, column in keys[:n]), (column, sign, own))
        for n, (sign, own, column) in enumerate(keys)
    ]
    counted = node(1)
    for each in ahead:
        counted = counted + each
    signs, own, columns = zip(*((-1 if sign == ">" else 1, own, column) for sign, own, column in keys), strict=True)
    return Node(_PLACE, (counted, signs, own, columns), "number")
