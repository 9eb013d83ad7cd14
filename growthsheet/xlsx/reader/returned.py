"""What a returned workbook says: rows and cells as they were filled in, what became of them, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from growthsheet.errors import Problem
from growthsheet.text.counts import plural
from growthsheet.text.quoting import shown
from growthsheet.xlsx.reader.cells import StoredValue

MOST_OF_A_KIND = 50
"""How many problems of one code are told in full."""


@dataclass(frozen=True, slots=True)
class ReturnedCell:
    """What stands in an input cell: the value that it was taken for; where it was ``refused``, what it says."""

    value: StoredValue = field(repr=False)
    sheet: str
    ref: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of an input table: its key (``k:`` and an id; blank in a row that somebody added) and its input cells."""

    key: str
    cells: Mapping[str, ReturnedCell]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the input cells: ``cells`` = taken + blank + rejected + unknown (in rows that nobody can tell)."""

    cells: int = 0
    taken: int = 0
    blank: int = 0
    rejected: int = 0
    unknown: int = 0


@dataclass(frozen=True, repr=False)
class Returned:
    """A returned workbook. Both sorts of problems may hold notes; ``cell_problems`` are those of single cells."""

    name: str
    kind: Literal["person", "team"]
    identity: Mapping[str, str]
    tables: Mapping[str, tuple[ReturnedRow, ...]]
    facts: Mapping[str, ReturnedCell]
    problems: tuple[Problem, ...]
    cell_problems: tuple[Problem, ...]
    counts: Counts
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By list, the words that the workbook has for codes."""

    def __repr__(self) -> str:
        rows, cells = plural(sum(map(len, self.tables.values())), "row"), plural(self.counts.taken, "cell")
        return f"<Returned {self.kind} workbook {shown(self.name)}: {rows}, {cells} filled in>"


class Problems:
    """Problems in their order, at most ``MOST_OF_A_KIND`` of one code in full."""

    def __init__(self, name: str) -> None:
        self._name, self._found, self._counts = name, list[Problem](), Counter[str]()

    def take(self, problems: Iterable[Problem]) -> None:
        """Add several."""
        for problem in problems:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        """Add one; of too many of one code only the number is kept."""
        self._counts[problem.code] += 1
        if self._counts[problem.code] <= MOST_OF_A_KIND:
            self._found.append(problem)

    def told(self) -> tuple[Problem, ...]:
        """All of them, and how many more there were."""
        severities = {problem.code: problem.severity for problem in self._found}
        rest = (
            Problem(code, self._name, f"{count - MOST_OF_A_KIND:,} more of the same", severity=severities[code])
            for code, count in self._counts.items()
            if count > MOST_OF_A_KIND
        )
        return (*self._found, *rest)
