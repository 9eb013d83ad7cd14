"""A column of very many cells with few different values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from growthsheet.expr.vocabulary import counts


class Tally(Sequence[Any]):
    """A column that stores how often it holds each value; iteration returns equal cells together.

    Counting takes time in proportion to the different values. A truth value is not told from the number equal to it.

    >>> tally = Tally([3, None, 1, 3, "n/a"])
    >>> [*tally], tally.numbers()
    ([3, 3, None, 1, 'n/a'], [3, 3, 1])
    """

    def __init__(self, cells: Iterable[Any] = ()) -> None:
        self.times: Counter[Any] = Counter(cells)

    def add(self, other: Tally) -> None:
        """Add the cells of another tally."""
        self.times.update(other.times)

    def numbers(self) -> list[Any]:
        """Return the numbers, each as often as the column holds it."""
        alike = [[cell] * times for cell, times in self.times.items() if counts(cell)]
        return [*chain.from_iterable(alike)]

    def __len__(self) -> int:
        return self.times.total()

    def __iter__(self) -> Iterator[Any]:
        return self.times.elements()

    def __getitem__(self, place: Any) -> Any:
        return [*self][place]
