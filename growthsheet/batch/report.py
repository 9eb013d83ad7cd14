"""How a run goes and what came of it."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from growthsheet.batch.job import Outcome
from growthsheet.errors import Problem
from growthsheet.text.counts import plural


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come, and in how many seconds."""

    done: int
    total: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Files settled in a second, on average."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float:
        """How long the rest will take at this rate.

        >>> Progress(done=250, total=1000, seconds=0.5).seconds_left
        1.5
        """
        return (self.total - self.done) * self.seconds / self.done if self.done else float("inf")


@dataclass(frozen=True)
class Report:
    """What a run did, the same whatever the number of workers, but for the seconds.

    Parameters
    ----------
    folder
        The output folder.
    counts
        How many files were ``written``, ``updated`` (with what somebody had filled in), ``replaced`` (somebody's
        version is kept as a backup), ``unchanged``, ``refused`` or ``failed``.
    problems
        Why files were refused or failed, and which cells could not be carried over.
    names
        The files of this run that are in place, relative to the folder.
    notes
        What is worth knowing about what was carried over.

    >>> report = Report(Path("out"), {"written": 24, "unchanged": 3, "refused": 1}, (), (), 0.93)
    >>> print(report.summary().replace(os.sep, "/"))
    Wrote 24 workbooks to out/ in 0.9 s (3 unchanged, 1 refused)
    """

    folder: Path
    counts: Mapping[str, int]
    problems: tuple[Problem, ...]
    names: tuple[str, ...] = field(repr=False)
    seconds: float
    dry_run: bool = False
    noun: str = "workbook"
    """What was written."""
    notes: tuple[Problem, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files of this run that are in place."""
        return tuple(self.folder.joinpath(name) for name in self.names)

    def summary(self) -> str:
        """One line for people."""
        written = sum(self.counts.get(status, 0) for status in ("written", "updated", "replaced"))
        told = ("updated", "replaced", "unchanged", "refused", "failed")
        rest = ", ".join(f"{self.counts[status]:,} {status}" for status in told if self.counts.get(status))
        verb = "Would write" if self.dry_run else "Wrote"
        took = f"{verb} {plural(written, self.noun)} to {self.folder}{os.sep} in {self.seconds:.1f} s"
        return f"{took} ({rest})" if rest else took


class RunReport:
    """Counts what comes in from the workers, in whatever order."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.counts: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.names: list[str] = []
        self._started = time.monotonic()

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Count some outcomes."""
        for outcome in outcomes:
            self.counts[outcome.status] += 1
            if outcome.problem:
                self.problems.append(outcome.problem)
            else:
                self.names.append(outcome.entry.path)

    def progress(self) -> Progress:
        """How far the run is by now."""
        return Progress(self.counts.total(), self.total, time.monotonic() - self._started)

    def report(self, folder: Path, dry_run: bool) -> Report:
        """What came of it, sorted."""
        problems = tuple(sorted(self.problems, key=lambda problem: problem.place))
        seconds = time.monotonic() - self._started
        return Report(folder, dict(sorted(self.counts.items())), problems, tuple(sorted(self.names)), seconds, dry_run)
