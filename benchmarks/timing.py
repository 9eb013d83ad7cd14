"""Time things side by side: in turns, round by round, so that whatever else the machine does meets all of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

FRESH = "<a fresh folder>"
HOME = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles."""

    low: float
    middle: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of some values.

        >>> Spread.of([4, 1, 2, 3, 5])
        Spread(low=2.0, middle=3.0, high=4.0)
        """
        return cls(*quantiles(values, n=4, method="inclusive")) if len(values) > 1 else cls(*values * 3)


@dataclass(frozen=True, slots=True)
class Line:
    """One contestant of one race: its times in ms, its times over those of the yardstick, its memory in MB."""

    race: str
    who: str
    ms: Spread
    ratio: Spread | None
    """None for the yardstick itself."""
    peak_mb: float


def race(name: str, ways: Mapping[str, Callable[[], object]], rounds: int) -> list[Line]:
    """Time some ways of doing one thing in this process; the first is the yardstick.

    The peak is that of Python's own memory while it is done once, in a run that is not timed.
    """
    peaks = {who: _traced(do) for who, do in ways.items()}  # it warms up, too
    return compared(name, {who: (lambda do=do: _timed(do)) for who, do in ways.items()}, rounds, peaks)


def race_of_processes(name: str, ways: Mapping[str, Sequence[str]], rounds: int) -> list[Line]:
    """Time whole Python processes, from their start to their end; the first is the yardstick.

    :data:`FRESH` among the arguments becomes an empty folder, another one each time. What a process says last may be
    its peak, as :func:`peak_of_this_process` gives it.
    """
    peaks = dict.fromkeys(ways, 0.0)

    def timed(who: str) -> float:
        with TemporaryDirectory() as folder:
            command = [sys.executable, *(folder if argument == FRESH else argument for argument in ways[who])]
            start = perf_counter()
            said = _ran(command).rpartition("\n")[2]
            taken = perf_counter() - start
        if said.startswith('{"peak_mb"'):
            peaks[who] = max(peaks[who], json.loads(said)["peak_mb"])
        return taken

    return compared(name, {who: (lambda who=who: timed(who)) for who in ways}, rounds, peaks)


def peak_of_this_process() -> str:
    """The most memory that this process has had, as a line for :func:`race_of_processes`."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent had before this process became itself
        found = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        peak = int(found.split()[1]) / 1024
    else:
        import resource

        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    return json.dumps({"peak_mb": round(peak, 1)})


def run_module(module: str, *arguments: str) -> str:
    """What a module says when it is run in a process of its own."""
    return _ran([sys.executable, "-m", module, *arguments])


def compared(name: str, ways: Mapping[str, Callable[[], float]], rounds: int, peaks: Mapping[str, float]) -> list[Line]:
    """Time some ways round by round, each telling its seconds; the first is the yardstick."""
    times: dict[str, list[float]] = {who: [] for who in ways}
    order = list(ways)
    for _ in range(rounds):
        for who in order:
            times[who].append(ways[who]() * 1000)
        order = [*order[1:], order[0]]  # nobody always comes after the same one
    yardstick = next(iter(ways))
    lines = []
    for who, taken in times.items():
        ratios = [ours / theirs for ours, theirs in zip(taken, times[yardstick], strict=True)]
        ratio = None if who == yardstick else Spread.of(ratios)
        lines.append(Line(name, who, Spread.of(taken), ratio, round(peaks[who], 1)))
    return lines


def _timed(do: Callable[[], object]) -> float:
    start = perf_counter()
    do()
    return perf_counter() - start


def _traced(do: Callable[[], object]) -> float:
    tracemalloc.start()
    do()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _ran(command: Sequence[str]) -> str:
    done = subprocess.run(command, cwd=HOME, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout.strip()


def table(lines: Sequence[Line]) -> str:
    """The lines as one aligned table; each ratio is the median over rounds, with its quartiles."""
    head = ("what", "way", "ms", "ratio", "quartiles", "peak MB")
    body = [_cells(line, n == 0 or lines[n - 1].race != line.race) for n, line in enumerate(lines)]
    widths = [max(len(row[n]) for row in (head, *body)) for n in range(len(head))]
    ruler = tuple("-" * width for width in widths)
    padded = ([_padded(cell, widths[n], n) for n, cell in enumerate(row)] for row in (head, ruler, *body))
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def _cells(line: Line, first: bool) -> tuple[str, ...]:
    ratio, quartiles = "1", ""
    if line.ratio:
        ratio = f"{line.ratio.middle:.2f}"
        if line.ratio.low < line.ratio.high:  # of one round alone there is no spread
            quartiles = f"{line.ratio.low:.2f} - {line.ratio.high:.2f}"
    peak = f"{line.peak_mb:.1f}" if line.peak_mb else ""
    return line.race if first else "", line.who, f"{line.ms.middle:,.1f}", ratio, quartiles, peak


def _padded(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column < 2 else cell.rjust(width)


def as_record(line: Line) -> dict[str, Any]:
    """A line for a JSON file."""
    record: dict[str, Any] = {"race": line.race, "who": line.who, "peak_mb": line.peak_mb}
    for name, spread in (("ms", line.ms), ("ratio", line.ratio)):
        record[name] = spread and [round(value, 3) for value in (spread.low, spread.middle, spread.high)]
    return record
