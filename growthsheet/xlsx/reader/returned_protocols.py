"""What a reader of returned workbooks gives, and what is counted of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from growthsheet.errors import Problem


class Cell(Protocol):
    """A cell as the reader of workbooks gives it: read as what its column asks for."""

    @property
    def value(self) -> Any:
        """A point of the scale or ``n/a``, an amount, a date, a text; None where the cell is blank."""

    @property
    def refused(self) -> bool:
        """Whether it is not what its column asks for; then the reader has told why, and the value is worth nothing."""

    @property
    def sheet(self) -> str:
        """The tab it stands on."""

    @property
    def ref(self) -> str:
        """Where it stands there, as ``F7``."""


class Row(Protocol):
    """A row as the reader of workbooks gives it; the key is blank in a row that somebody added."""

    @property
    def key(self) -> str:
        """The hidden key, ``k:`` and an id."""

    @property
    def cells(self) -> Mapping[str, Cell]:
        """What a person may have filled in, by column."""


class Returned(Protocol):
    """A returned workbook as its reader gives it."""

    @property
    def name(self) -> str:
        """What problems call the file."""

    @property
    def kind(self) -> str:
        """``person`` or ``team``."""

    @property
    def identity(self) -> Mapping[str, str]:
        """Whose it is, of which cycle, made by which catalog."""

    @property
    def tables(self) -> Mapping[str, Sequence[Row]]:
        """The rows of each table that asks for something."""

    @property
    def facts(self) -> Mapping[str, Cell]:
        """The single cells that are asked for, by name."""

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """The words that the workbook has for the codes of its lists, by list."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with the file."""

    @property
    def cell_problems(self) -> Sequence[Problem]:
        """What is wrong with, or to be said about, single cells."""


@dataclass(slots=True)
class Count:
    """What became of a file and of its input cells: ``cells`` = taken + blank + rejected + unknown."""

    name: str
    status: Literal["accepted", "noted", "rejected", "skipped"] = "accepted"
    cells: int = 0
    taken: int = 0
    blank: int = 0
    rejected: int = 0
    unknown: int = 0

    def add(self, kind: str) -> None:
        """Count one cell."""
        setattr(self, kind, getattr(self, kind) + 1)

    def move(self, cells: int, kind: str = "rejected") -> None:
        """Count cells that were taken as something else."""
        self.taken -= cells
        setattr(self, kind, getattr(self, kind) + cells)

    @property
    def adds_up(self) -> bool:
        """Whether every input cell was accounted for."""
        return self.cells == self.taken + self.blank + self.rejected + self.unknown

    def record(self) -> dict[str, str | int]:
        """The same as a plain dictionary."""
        return asdict(self)
