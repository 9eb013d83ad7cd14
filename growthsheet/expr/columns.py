"""The words for whole columns: sums, and searches for a position, a text or a number.

A column that is searched for many rows is *prepared*: an index of it, which finds the same faster, is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from growthsheet.expr.tally import Tally
from growthsheet.expr.tree import CellValue, ColumnValues, RatingCell, define_word
from growthsheet.expr.vocabulary import PLAIN_NUMBERS, counts

__all__ = [
    "chosen",
    "count",
    "kth_largest",
    "looked_up",
    "lower_median",
    "pick",
    "pick_text",
    "place_of",
    "position",
    "total",
]


@define_word("SUM({0})")
def total(column: ColumnValues) -> float:
    """Return the sum of a column's numbers."""
    return sum(_numbers(column))


@define_word("COUNT({0})")
def count(column: ColumnValues) -> float:
    """Return how many numbers a column holds."""
    return len(_numbers(column))


@define_word("LARGE({0},{1})")
def kth_largest(column: ColumnValues, k: float) -> float:
    """Return the number of a column that is the k-th from the highest; the column holds as many numbers."""
    return sorted(_numbers(column))[-int(k)]


@kth_largest.prepared
def _each_from_the_highest(column: ColumnValues) -> Callable[[float], float]:
    ordered = sorted(_numbers(column))
    return lambda k: ordered[-int(k)]


@define_word('IF(COUNT({0})=0,"",SMALL({0},INT((COUNT({0})+1)/2)))')
def lower_median(column: ColumnValues) -> float | None:
    """Return the middle number of a column, or the lower of two middle ones: scales are ordinal, so no mean."""
    numbers = sorted(_numbers(column))
    return numbers[(len(numbers) + 1) // 2 - 1] if numbers else None


@define_word('IFERROR(MATCH({0},{1},0),"")')
def position(key: str, keys: ColumnValues) -> float | None:
    """Return the position of a row key in a column, from 1; blank if it is not there."""
    wanted = key.casefold()
    return next((n for n, k in enumerate(keys, 1) if isinstance(k, str) and k.casefold() == wanted), None)


@position.prepared
def _position_of_each(keys: ColumnValues) -> Callable[[str], float | None]:
    places: dict[str, int] = {}
    for n, key in enumerate(keys, 1):
        if isinstance(key, str):
            places.setdefault(key.casefold(), n)
    return lambda key: places.get(key.casefold())


@define_word('IFERROR(MATCH({0},{1},0),"")')
def place_of(a: float, column: ColumnValues) -> float | None:
    """Return the position of a number in a column, from 1; blank if it is not there."""
    return next((n for n, other in enumerate(column, 1) if counts(other) and other == a), None)


@place_of.prepared
def _place_of_each(column: ColumnValues) -> Callable[[CellValue], float | None]:
    places: dict[CellValue, int] = {}
    for n, number in enumerate(column, 1):
        if counts(number):
            places.setdefault(number, n)
    return places.get


@define_word('IFERROR(INDEX({2},MATCH({0},{1},0)),"")')
def looked_up(key: RatingCell, keys: ColumnValues, texts: ColumnValues) -> str | None:
    """Return the text in the row of a number or a row key; blank if there is no such row."""
    found = position.body(key, keys) if isinstance(key, str) else place_of.body(key, keys)
    return _at(texts, found) if found else None


@looked_up.prepared
def _text_beside_each(keys: ColumnValues, texts: ColumnValues) -> Callable[[RatingCell], str | None]:
    positions, places = _position_of_each(keys), _place_of_each(keys)

    def beside(key: RatingCell) -> str | None:
        found = positions(key) if isinstance(key, str) else places(key)
        return _at(texts, found) if found else None

    return beside


@define_word("SUMPRODUCT(({1}={0})*({2}))")
def chosen(label: str, labels: ColumnValues, numbers: ColumnValues) -> float:
    """Return the number in the row of the label that a person chose, or 0 if there is none; labels are unique."""
    wanted = label.casefold()
    pairs = zip(labels, numbers, strict=True)
    return sum(n for text, n in pairs if isinstance(text, str) and text.casefold() == wanted)  # type: ignore[misc]


@chosen.prepared
def _number_of_each(labels: ColumnValues, numbers: ColumnValues) -> Callable[[str], float]:
    beside: dict[str, list[Any]] = {}
    for text, number in zip(labels, numbers, strict=True):
        if isinstance(text, str):
            beside.setdefault(text.casefold(), []).append(number)
    return lambda label: sum(beside.get(label.casefold(), ()))


@define_word('IF(INDEX({0},{1})="","",INDEX({0},{1}))')
def pick(column: ColumnValues, place: float) -> float | None:
    """Return the number at a position of a column; a blank stays blank."""
    return _at(column, place)  # type: ignore[no-any-return]


@define_word('IF(INDEX({0},{1})="","",INDEX({0},{1}))')
def pick_text(column: ColumnValues, place: float) -> str | None:
    """Return the text at a position of a column; a blank stays blank."""
    return _at(column, place)  # type: ignore[no-any-return]


def _at(column: ColumnValues, place: float) -> Any:  # a number or a text: the caller knows which the column holds
    cell = column[int(place) - 1]
    return None if cell == "" else cell


def _numbers(column: ColumnValues) -> list[float]:
    if type(column) is Tally:
        return column.numbers()
    return [cell for cell in column if cell is not None and (type(cell) in PLAIN_NUMBERS or counts(cell))]  # type: ignore[misc]
