"""The progress of a run, and its report."""

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
    """The progress of a run: files done, files in total, seconds elapsed."""

    done: int
    total: int
    seconds: float

    @property
    def per_second(self) -> float:
        """Return the average number of files done in a second."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float:
        """Return the seconds that the rest will take at this rate.

        >>> Progress(done=250, total=1000, seconds=0.5).seconds_left
        1.5
        """
        return (self.total - self.done) * self.seconds / self.done if self.done else float("inf")


@dataclass(frozen=True)
class Report:
    """The report of a run; but for the seconds, it does not depend on the number of workers.

    Parameters
    ----------
    folder
        The output folder.
    counts
        The numbers of files ``written``, ``updated`` (with what somebody had filled in), ``replaced`` (somebody's
        version is kept as a backup), ``unchanged``, ``refused`` and ``failed``.
    problems
        The reasons why files were refused or failed, and the cells that could not be carried over.
    names
        The files of this run that are in place, relative to the folder.
    notes
        Notes about the content that was carried over.

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
    """The word for what was written."""
    notes: tuple[Problem, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Return the paths of this run's files that are in place."""
        return tuple(self.folder.joinpath(name) for name in self.names)

    def summary(self) -> str:
        """Return the report as one line of text."""
        written = sum(self.counts.get(status, 0) for status in ("written", "updated", "replaced"))
        told = ("updated", "replaced", "unchanged", "refused", "failed")
        rest = ", ".join(f"{self.counts[status]:,} {status}" for status in told if self.counts.get(status))
        verb = "Would write" if self.dry_run else "Wrote"
        took = f"{verb} {plural(written, self.noun)} to {self.folder}{os.sep} in {self.seconds:.1f} s"
        return f"{took} ({rest})" if rest else took


class RunReport:
    """A counter of the workers' outcomes, which may arrive in any order."""

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
        """Return the current progress of the run."""
        return Progress(self.counts.total(), self.total, time.monotonic() - self._started)

    def report(self, folder: Path, dry_run: bool) -> Report:
        """Return the final report, sorted."""
        problems = tuple(sorted(self.problems, key=lambda problem: problem.place))
        seconds = time.monotonic() - self._started
        return Report(folder, dict(sorted(self.counts.items())), problems, tuple(sorted(self.names)), seconds, dry_run)
