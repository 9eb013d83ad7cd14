"""A column of very many cells, of which few differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from growthsheet.expr.vocabulary import counts


class Tally(Sequence[Any]):
    """Cells of which it only matters how often each stands there; a column in which equal ones stand together.

    What counts them takes as long as there are different ones. Nothing tells a truth from its number here.

    >>> tally = Tally([3, None, 1, 3, "n/a"])
    >>> [*tally], tally.numbers()
    ([3, 3, None, 1, 'n/a'], [3, 3, 1])
    """

    def __init__(self, cells: Iterable[Any] = ()) -> None:
        self.times: Counter[Any] = Counter(cells)

    def add(self, other: Tally) -> None:
        """Count the cells of another one, too."""
        self.times.update(other.times)

    def numbers(self) -> list[Any]:
        """The numbers, each as often as it stands there."""
        alike = [[cell] * times for cell, times in self.times.items() if counts(cell)]
        return [*chain.from_iterable(alike)]

    def __len__(self) -> int:
        return self.times.total()

    def __iter__(self) -> Iterator[Any]:
        return self.times.elements()

    def __getitem__(self, place: Any) -> Any:
        return [*self][place]
