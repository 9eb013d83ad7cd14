"""A scale whose points were given other values: what used to be measured on it moves along."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any


@dataclass(frozen=True)
class ScaleShift:
    """The value of each point of a scale before and now, in the order of the points.

    >>> shift = ScaleShift(((0, 1), (1, 2), (2, 4)))
    >>> print(shift), shift.moved(2), shift.moved(1.5)
    0 is now 1, 1 is now 2, 2 is now 4
    (None, 4, 3)
    """

    pairs: tuple[tuple[float, float], ...]

    @property
    def before(self) -> tuple[float, ...]:
        """The values before."""
        return tuple(before for before, _ in self.pairs)

    @cached_property
    def moves(self) -> bool:
        """Whether a value changed, and the values before are in order, so that it can be told what became of each."""
        return any(before != now for before, now in self.pairs) and all(a < b for a, b in pairwise(self.before))

    def moved(self, value: Any) -> Any:
        """Return what became of a value; between two points it stays as far from both, in proportion."""
        if not self.moves or not isinstance(value, int | float) or not self.before[0] <= value <= self.before[-1]:
            return value
        at = max(1, min(bisect_right(self.before, value), len(self.pairs) - 1))
        (low, low_now), (high, high_now) = self.pairs[at - 1], self.pairs[at]
        found = round(low_now + (value - low) * (high_now - low_now) / (high - low), 2)
        return int(found) if float(found).is_integer() else found

    def __str__(self) -> str:
        return ", ".join(f"{before:g} is now {now:g}" for before, now in self.pairs if before != now)
