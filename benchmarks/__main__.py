"""Measure growthsheet side by side with what somebody would write instead, each way making the same.

The yardstick is mostly a script with ready values, formula texts and formats, written straight into memory; see
``benchmarks/recording.py``. Each ratio is time over the yardstick's in the same round.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import batches, organization, people, reading, scale, start, workbooks
from benchmarks.kills import kills
from benchmarks.mutants import mutants
from benchmarks.timing import Line, as_record, table
from benchmarks.trips import trips


def main(typed: Sequence[str] | None = None) -> None:
    """Measure, print the table."""
    options = arguments().parse_args(typed)
    sizes = options.team or [8]
    races: dict[str, Callable[[], list[Line]]] = {
        "person": lambda: workbooks.person(options.rounds),
        "team": lambda: [line for size in sizes for line in workbooks.team(size, options.rounds)],
        "batch": lambda: batches.batch(options.people, options.batches),
        "teams": lambda: [line for size in sizes for line in batches.teams(options.people, size, options.batches)],
        "workers": lambda: batches.workers(options.people, options.batches),
        "scale": lambda: scale.scale(options.people),
        "cluster": lambda: scale.cluster(options.people),
        "organization": lambda: organization.organization(options.people, options.rounds),
        "table": lambda: people.people(options.people, options.rounds),
        "start": lambda: start.start(options.rounds),
        "reading": lambda: [
            *(line for size in sizes for line in reading.reading(size, options.rounds)),
            *reading.collecting(options.files, options.batches),
            *reading.hostile(),
        ],
    }
    proofs: dict[str, Callable[[int, int], object]] = {
        "trips": trips,
        "mutants": mutants,
        "kills": lambda *_: kills()[1],
    }
    if unknown := set(options.what) - set(races) - set(proofs):
        sys.exit(f"unknown: {', '.join(sorted(unknown))}; choose from {', '.join((*races, *proofs))}")
    if any(proofs[name](options.number, options.first) for name in options.what if name in proofs):
        sys.exit(1)
    lines: list[Line] = []
    for name in (name for name in options.what or races if name in races):
        print(f"{name} ...", file=sys.stderr)  # it takes minutes
        lines += races[name]()
    if lines:
        print(f"{machine()}\n\n{table(lines)}")
        if options.json:
            record = {"machine": machine(), "lines": [as_record(line) for line in lines]}
            options.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    told = "person, team, batch, teams, workers, scale, organization, table, start, reading; or trips, mutants, kills"
    parser.add_argument("what", nargs="*", help=told)
    for name, number, words in (
        ("--rounds", 5, "of what takes seconds at most"),
        ("--batches", 1, "rounds of whole batches"),
        ("--people", 200, "in a batch, an organization, a table"),
        ("--files", 100, "returned in a folder"),
        ("--number", 100, "of trips or mutants"),
        ("--first", 0, "of them; each has its own seed"),
    ):
        parser.add_argument(name, type=int, default=number, metavar="N", help=f"{words} (default: {number})")
    parser.add_argument("--team", type=int, action="append", metavar="N", help="people in a team (default: 8)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser


def machine() -> str:
    """What is measured on."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores, {python}, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    main()
