"""What it costs to make very many workbooks: time a person and memory, as the number of people grows.

``python -m benchmarks.scale roster.csv folder`` builds everybody's workbook in a process of its own and tells what it
took.
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks import sample
from benchmarks.timing import HOME

PROCESS = Path("/proc/self")


@dataclass(frozen=True, slots=True)
class Size:
    """One run: seconds, and the memory in MB that the process had with the roster, and at most while it wrote."""

    people: int
    reading: float
    building: float
    roster_mb: float
    peak_mb: float

    def record(self) -> dict[str, Any]:
        """The same for a JSON file."""
        return asdict(self)


def measure(sizes: Sequence[int]) -> list[Size]:
    """Everybody's workbook, for so many people each time; each size in a fresh process and a fresh folder."""
    return [_measured(size) for size in sizes]


def _measured(people: int) -> Size:
    with TemporaryDirectory() as name:
        roster = Path(name, "roster.csv")
        write_roster(roster, people)
        command = [sys.executable, "-m", "benchmarks.scale", str(roster), str(Path(name, "out"))]
        done = subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True)
        return Size(**json.loads(done.stdout))


def write_roster(path: Path, people: int) -> None:
    """A roster file of so many people, managers among them."""
    rows = sample.rows(people)[:people]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def build(roster: str, folder: str) -> Size:
    """Everybody's workbook from a roster file, in this process."""
    import growthsheet

    start = perf_counter()
    loaded = growthsheet.load_roster(Path(roster), currency="EUR", as_of=sample.AS_OF)
    read = perf_counter()
    before = held()
    report = growthsheet.build(loaded, folder, books=("people",))
    built = perf_counter()
    if report.counts != {"written": len(loaded.people)}:
        raise RuntimeError(f"not everybody has a workbook: {report.summary()}")
    return Size(len(loaded.people), read - start, built - read, before, memory("VmHWM"))


def held() -> float:
    """The memory in MB that this process has now; its peak begins anew."""
    if PROCESS.exists():
        (PROCESS / "clear_refs").write_text("5")
    return memory("VmRSS")


def memory(what: str) -> float:
    """What Linux says of this process's memory, in MB; other systems cannot measure a peak anew, and give 0."""
    if not PROCESS.exists():
        return 0.0
    lines = (PROCESS / "status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(what)).split()[1]) / 1024


def table(sizes: Sequence[Size]) -> str:
    """The sizes as one table; what a person costs against the first size is the ratio."""
    head = "|  people | reading, s | building, s | ms a person | ratio | roster, MB | writing on top, MB |"
    first = _each(sizes[0])
    return "\n".join(
        [
            head,
            "| ------: | ---------: | ----------: | ----------: | ----: | ---------: | -----------------: |",
            *(
                f"| {s.people:>7,} | {s.reading:>10.1f} | {s.building:>11.1f} | {_each(s):>11.2f} "
                f"| {_each(s) / first:>5.2f} | {s.roster_mb:>10.0f} | {s.peak_mb - s.roster_mb:>18.0f} |"
                for s in sizes
            ),
        ]
    )


def _each(size: Size) -> float:
    return (size.reading + size.building) / size.people * 1000


if __name__ == "__main__":
    print(json.dumps(build(*sys.argv[1:]).record()))
