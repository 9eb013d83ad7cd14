"""The content of a returned workbook: rows and cells as they were filled in, counts, and problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from growthsheet.errors import Problem
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.cells import StoredValue


@dataclass(frozen=True, slots=True)
class ReturnedCell:
    """An input cell with its value as read; if it was ``refused``, its value as stored."""

    value: StoredValue = field(repr=False)
    sheet: str
    ref: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of an input table: its key (``k:`` and an id; blank in a row that somebody added) and its input cells."""

    key: str
    cells: Mapping[str, ReturnedCell]


@dataclass(slots=True)
class Count:
    """The result of reading a file, with counts of its cells: ``cells`` is the sum of those below it."""

    name: str
    status: Literal["accepted", "noted", "rejected", "skipped"] = "accepted"
    cells: int = 0
    taken: int = 0
    blank: int = 0
    unconfirmed: int = 0
    """Cells that were prefilled, and that nobody changed or confirmed."""
    rejected: int = 0
    unknown: int = 0

    def add(self, kind: str) -> None:
        """Count one cell."""
        setattr(self, kind, getattr(self, kind) + 1)

    def move(self, cells: int, kind: str = "rejected") -> None:
        """Move a number of cells from ``taken`` to another count."""
        self.taken -= cells
        setattr(self, kind, getattr(self, kind) + cells)

    @property
    def adds_up(self) -> bool:
        """True if every input cell is counted once."""
        return self.cells == self.taken + self.blank + self.unconfirmed + self.rejected + self.unknown

    def record(self) -> dict[str, str | int]:
        """Return the counts as a plain dictionary."""
        return asdict(self)


@dataclass(frozen=True, repr=False)
class Returned:
    """A returned workbook; ``cell_problems`` are those of single cells, and both kinds of problems include notes."""

    name: str
    kind: str
    identity: Mapping[str, str]
    tables: Mapping[str, tuple[ReturnedRow, ...]]
    facts: Mapping[str, ReturnedCell]
    problems: tuple[Problem, ...]
    cell_problems: tuple[Problem, ...]
    count: Count
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The words of the workbook for codes, by list; also the names of the rows that it was written with."""
    protected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The protected values of these rows, by list."""
    own: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The organization's own columns that are asked in each table, with the kind of what they ask."""
    modified: float = 0.0
    """The time when a program last saved it, as the workbook says; 0 if it does not."""
    guide: frozenset[str] = frozenset()
    """The texts of the tab Guide, which says what the points of the scales mean."""

    def __repr__(self) -> str:
        rows, cells = plural(sum(map(len, self.tables.values())), "row"), plural(self.count.taken, "cell")
        return f"<Returned {self.kind} workbook {one_line(self.name)}: {rows}, {cells} filled in>"
