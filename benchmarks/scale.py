"""What it costs to make very many workbooks: time a person and memory, as the number of people grows.

``python -m benchmarks.scale roster.csv folder`` builds everybody's workbook in a process of its own and tells what it
took.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import NamedTuple

from benchmarks import sample
from benchmarks.memory import held, memory
from benchmarks.timing import Cost, Line, Took, run_module


class Size(NamedTuple):
    """One run: what it took, and the memory in MB that the process had with the roster, and at most while it wrote."""

    people: int
    took: Took
    roster_mb: float
    peak_mb: float


def scale(people: int) -> list[Line]:
    """What a person costs among 100, 1,000, ... people; each size in a fresh process and a fresh folder."""
    sizes = [measured(10**n) for n in range(2, 9) if 10**n < people] + [measured(people)]
    return [_line(size, sizes[0]) for size in sizes]


def measured(people: int) -> Size:
    """Everybody's workbook, for so many people."""
    with TemporaryDirectory() as name:
        roster = Path(name, "roster.csv")
        sample.write_roster(roster, people)
        number, seconds, *megabytes = json.loads(run_module("benchmarks.scale", str(roster), str(Path(name, "out"))))
    return Size(number, Took(*seconds), *megabytes)


def _line(size: Size, first: Size) -> Line:
    """A person's share; memory is what writing took on top of the roster."""
    costs = [
        Cost.of([ours / size.people], None if size is first else [theirs / first.people])
        for ours, theirs in zip(size.took, first.took, strict=True)
    ]
    who = f"of {size.people:,} ({size.roster_mb:.0f} MB with the roster)"
    return Line("one more person", who, *costs, round(size.peak_mb - size.roster_mb, 1))


def build(roster: str, folder: str) -> Size:
    """Everybody's workbook from a roster file, in this process."""
    import growthsheet

    start = Took(perf_counter(), process_time())
    loaded = growthsheet.load_roster(Path(roster), currency="EUR", as_of=sample.AS_OF)
    before = held()
    report = growthsheet.build(loaded, folder, books=("people",))
    took = Took(perf_counter() - start.clock, process_time() - start.processor)
    if report.counts != {"written": len(loaded.people)}:
        raise RuntimeError(f"not everybody has a workbook: {report.summary()}")
    return Size(len(loaded.people), took, before, memory("VmHWM"))


if __name__ == "__main__":
    print(json.dumps(build(*sys.argv[1:])))
