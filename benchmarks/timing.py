"""Time things side by side: in turns, round by round, so that whatever else the machine does meets all of them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, NamedTuple

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


class Took(NamedTuple):
    """Seconds: by the clock, and of processor time, which other work on the machine hardly changes."""

    clock: float
    processor: float


@dataclass(frozen=True, slots=True)
class Cost:
    """Times in ms, and each over that of the yardstick in the same round; the yardstick has no ratio."""

    ms: Spread
    ratio: Spread | None = None

    @classmethod
    def of(cls, seconds: Sequence[float], yardstick: Sequence[float] | None = None) -> Cost:
        """The cost, from the seconds of each round."""
        ratios = yardstick and [ours / theirs for ours, theirs in zip(seconds, yardstick, strict=True)]
        return cls(Spread.of([each * 1000 for each in seconds]), Spread.of(ratios) if ratios else None)


@dataclass(frozen=True, slots=True)
class Line:
    """One contestant of one race: what it costs by the clock and in processor time, its memory in MB."""

    race: str
    who: str
    clock: Cost
    processor: Cost
    peak_mb: float = 0.0


def race(name: str, ways: Mapping[str, Callable[[], object]], rounds: int) -> list[Line]:
    """Time some ways of doing one thing in this process; the first is the yardstick.

    The peak is that of Python's own memory while it is done once, in a run that is not timed.
    """
    peaks = {who: traced(do) for who, do in ways.items()}  # it warms up, too
    return compared(name, {who: (lambda do=do: took(do)) for who, do in ways.items()}, rounds, peaks)


def race_of_processes(name: str, ways: Mapping[str, Sequence[str]], rounds: int) -> list[Line]:
    """Time whole Python processes, from their start to their end; the first is the yardstick.

    :data:`FRESH` among the arguments becomes an empty folder, another one each time. What a process says last may be
    its peak, as :func:`benchmarks.memory.peak_of_this_process` gives it.
    """
    peaks = dict.fromkeys(ways, 0.0)

    def timed(who: str) -> Took:
        said: list[str] = []
        with TemporaryDirectory() as folder:
            command = [sys.executable, *(folder if argument == FRESH else argument for argument in ways[who])]
            taken = took(lambda: said.extend(_ran(command).splitlines()), of_children)
        if said and said[-1].startswith('{"peak_mb"'):
            peaks[who] = max(peaks[who], json.loads(said[-1])["peak_mb"])
        return taken

    return compared(name, {who: (lambda who=who: timed(who)) for who in ways}, rounds, peaks)


def race_of_tellers(name: str, ways: Mapping[str, Sequence[str]], rounds: int) -> list[Line]:
    """Time modules, each run in a process of its own that tells what a part of its work took."""
    peaks = dict.fromkeys(ways, 0.0)

    def told(who: str) -> Took:
        *seconds, peak = json.loads(run_module(*ways[who]).rpartition("\n")[2])
        peaks[who] = max(peaks[who], peak)
        return Took(*seconds)

    return compared(name, {who: (lambda who=who: told(who)) for who in ways}, rounds, peaks)


def installed(module: str) -> bool:
    """Whether something to compare with is there; tells so if it is not."""
    if there := find_spec(module) is not None:
        return there
    print(f"left out, for it is not installed: {module}", file=sys.stderr)
    return there


def run_module(module: str, *arguments: str) -> str:
    """What a module says when it is run in a process of its own."""
    return _ran([sys.executable, "-m", module, *arguments])


def compared(name: str, ways: Mapping[str, Callable[[], Took]], rounds: int, peaks: Mapping[str, float]) -> list[Line]:
    """Time some ways round by round, each telling what it took; the first is the yardstick."""
    times: dict[str, list[Took]] = {who: [] for who in ways}
    order = list(ways)
    for _ in range(rounds):
        for who in order:
            times[who].append(ways[who]())
        order = [*order[1:], order[0]]  # nobody always comes after the same one
    columns = {who: list(zip(*taken, strict=True)) for who, taken in times.items()}
    yardstick = next(iter(ways))
    lines = []
    for who, seconds in columns.items():
        against = [None, None] if who == yardstick else columns[yardstick]
        lines.append(Line(name, who, *map(Cost.of, seconds, against), round(peaks[who], 1)))
    return lines


def took(do: Callable[[], object], processor: Callable[[], float] = process_time) -> Took:
    """Do it; what that took."""
    start = Took(perf_counter(), processor())
    do()
    return Took(perf_counter() - start.clock, processor() - start.processor)


def of_children() -> float:
    """The seconds of processor time of all processes that this one has waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def traced(do: Callable[[], object]) -> float:
    """Do it; the peak of Python's own memory meanwhile, in MB."""
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
    head = ("what", "way", "ms", "ratio", "quartiles", "processor ms", "ratio", "peak MB")
    body = [_cells(line, n == 0 or lines[n - 1].race != line.race) for n, line in enumerate(lines)]
    widths = [max(len(row[n]) for row in (head, *body)) for n in range(len(head))]
    ruler = ("-" * width if n < 2 else "-" * (width - 1) + ":" for n, width in enumerate(widths))
    padded = ([_padded(cell, widths[n], n) for n, cell in enumerate(row)] for row in (head, ruler, *body))
    return "\n".join(f"| {' | '.join(row)} |" for row in padded)


def _cells(line: Line, first: bool) -> tuple[str, ...]:
    clock, ratio, quartiles = _told(line.clock)
    processor, alike, _ = _told(line.processor)
    peak = f"{line.peak_mb:.1f}" if line.peak_mb else ""
    return line.race if first else "", line.who, clock, ratio, quartiles, processor, alike, peak


def _told(cost: Cost) -> tuple[str, str, str]:
    ratio, quartiles = "1", ""
    if cost.ratio:
        digits = 2 if cost.ratio.middle >= 0.1 else 3
        ratio = f"{cost.ratio.middle:.{digits}f}"
        if cost.ratio.low < cost.ratio.high:  # of one round alone there is no spread
            quartiles = f"{cost.ratio.low:.{digits}f} - {cost.ratio.high:.{digits}f}"
    return f"{cost.ms.middle:,.1f}", ratio, quartiles


def _padded(cell: str, width: int, column: int) -> str:
    return cell.ljust(width) if column < 2 else cell.rjust(width)


def as_record(line: Line) -> dict[str, Any]:
    """A line for a JSON file: of each spread its lower quartile, median and upper quartile."""
    record: dict[str, Any] = {"race": line.race, "who": line.who, "peak_mb": line.peak_mb}
    for name, cost in (("clock", line.clock), ("processor", line.processor)):
        spreads = {"ms": cost.ms, "ratio": cost.ratio}
        record[name] = {
            key: spread and [round(value, 3) for value in (spread.low, spread.middle, spread.high)]
            for key, spread in spreads.items()
        }
    return record
