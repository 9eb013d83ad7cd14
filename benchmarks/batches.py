"""Everybody's workbook, whole processes from the roster file to files on the disk: by hand, by one, by several."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import recording, sample
from benchmarks.timing import FRESH, Line, installed, race_of_processes
from benchmarks.workbooks import BY_HAND, OURS
from growthsheet.roster.plans import Plan, Team

WORKERS = {
    "one process": "1",
    "two, --workers 2": "2",
    "two, loky": "loky",
    "two, a dask cluster": "distributed",
}


def batch(people: int, rounds: int) -> list[Line]:
    """A batch of people beside the script by hand, which plays four of the sample's workbooks in turns."""
    plans = [sample.roster(10).person(f"P{number}") for number in range(1, 5)]
    return _raced(f"{people:,} people into a folder", plans, "people", people, (people, 10), rounds)


def teams(people: int, size: int, rounds: int) -> list[Line]:
    """A batch of teams, each of so many, the same way."""
    number = max(1, people // size)
    made = [sample.roster(4 * size, size).team(f"M{number}") for number in range(1, min(number, 4) + 1)]
    rows = 1 + number * (size + 1)  # a director, and each team with its manager
    return _raced(f"{number:,} teams of {size} into a folder", made, "teams", number, (rows, size), rounds)


def _raced(
    name: str, made: Sequence[Plan | Team], books: str, files: int, people: tuple[int, int], rounds: int
) -> list[Line]:
    with TemporaryDirectory() as folder:
        roster, calls = Path(folder, "roster.csv"), Path(folder, "calls.pickle")
        sample.write_roster(roster, *people)
        taken = [(script.options, script.runs()) for script in map(recording.script, made)]
        for (options, runs), one in zip(taken, made, strict=True):
            if not recording.same(recording.play(runs, options), one.to_bytes()):
                raise SystemExit(f"not the same workbook as growthsheet's: {one}")
        calls.write_bytes(pickle.dumps(taken))
        ways = {
            BY_HAND: ["-m", "benchmarks.whole", "play", str(calls), FRESH, str(files)],
            OURS: ["-m", "benchmarks.whole", "build", str(roster), FRESH, books],
        }
        return race_of_processes(name, ways, rounds)


def workers(people: int, rounds: int) -> list[Line]:
    """A batch by one process and by two, whoever starts them."""
    with TemporaryDirectory() as name:
        roster = Path(name, "roster.csv")
        sample.write_roster(roster, people)
        ways = {
            who: ["-m", "benchmarks.whole", "build", str(roster), FRESH, "people", by]
            for who, by in WORKERS.items()
            if by.isdigit() or installed(by)
        }
        return race_of_processes(f"{people:,} people, shared out", ways, rounds)
