"""What a returned workbook says: rows and cells as they were filled in, what became of them, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from growthsheet.errors import Problem
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line as shown
from growthsheet.xlsx.reader.cells import StoredValue


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
