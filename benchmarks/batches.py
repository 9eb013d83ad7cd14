"""Everybody's workbook, whole processes from the roster file to files on the disk: by hand, by one, by several."""

from __future__ import annotations

import pickle
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import recording, sample
from benchmarks.timing import FRESH, Line, installed, race_of_processes
from benchmarks.workbooks import BY_HAND, OURS

WORKERS = {
    "one process": "1",
    "two, --workers 2": "2",
    "two, loky": "loky",
    "two, a dask cluster": "distributed",
}


def batch(people: int, rounds: int) -> list[Line]:
    """A batch beside the script by hand, which plays four of the sample's workbooks in turns."""
    with TemporaryDirectory() as name:
        roster, calls = Path(name, "roster.csv"), Path(name, "calls.pickle")
        sample.write_roster(roster, people)
        plans = [sample.roster(10).person(f"P{number}") for number in range(1, 5)]
        taken = [recording.record(plan.to_bytes) for plan in plans]
        calls.write_bytes(pickle.dumps([(one.options, one.runs()) for one in taken]))
        ways = {
            BY_HAND: ["-m", "benchmarks.whole", "play", str(calls), FRESH, str(people)],
            OURS: ["-m", "benchmarks.whole", "build", str(roster), FRESH],
        }
        return race_of_processes(f"{people:,} people into a folder", ways, rounds)


def workers(people: int, rounds: int) -> list[Line]:
    """A batch by one process and by two, whoever starts them."""
    with TemporaryDirectory() as name:
        roster = Path(name, "roster.csv")
        sample.write_roster(roster, people)
        ways = {
            who: ["-m", "benchmarks.whole", "build", str(roster), FRESH, by]
            for who, by in WORKERS.items()
            if by.isdigit() or installed(by)
        }
        return race_of_processes(f"{people:,} people, shared out", ways, rounds)
