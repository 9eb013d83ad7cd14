"""Measure growthsheet side by side with hand-written XlsxWriter scripts that make the same workbooks.

The yardstick is a script with ready values, formula texts and formats, written straight into memory; see
``benchmarks/recording.py``. Each ratio is time over the yardstick's in the same round.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import organization, reading, recording, sample, scale
from benchmarks.mutants import mutants
from benchmarks.timing import FRESH, Line, as_record, race, race_of_processes, table
from benchmarks.trips import trips

BY_HAND = "XlsxWriter by hand"
UNPREPARED = "... its formula rewriting left out"
OURS = "growthsheet"


def workbook(name: str, write: Callable[[], bytes], rounds: int) -> list[Line]:
    """One workbook: by hand, by hand with a trick, and by growthsheet."""
    taken = recording.record(write)
    runs = taken.runs()
    ways = {
        BY_HAND: lambda: recording.play(runs, taken.options),
        UNPREPARED: lambda: recording.play(runs, taken.options, recording.UnpreparedSheet),
        OURS: write,
    }
    made = [recording.parts(do()) for do in ways.values()]
    if any(each != made[0] for each in made):
        raise SystemExit(f"{name}: the ways do not make the same file")
    return race(name, ways, rounds)


def person(rounds: int) -> list[Line]:
    """One person's workbook, filled in."""
    return workbook("one person", sample.roster(10).person("P1").to_bytes, rounds)


def team(size: int, rounds: int) -> list[Line]:
    """One team's workbook, everybody's answers in it."""
    return workbook(f"a team of {size}", sample.roster(size, size).team("M1").to_bytes, rounds)


def batch(people: int, rounds: int) -> list[Line]:
    """Everybody's workbook, the whole process from the roster file to files on the disk."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        rows = sample.rows(people)[:people]  # managers come before their people
        roster = folder / "roster.csv"
        with roster.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        plans = [sample.roster(10).person(f"P{number}") for number in range(1, 5)]
        taken = [recording.record(plan.to_bytes) for plan in plans]
        calls = folder / "calls.pickle"
        calls.write_bytes(pickle.dumps([(one.options, one.runs()) for one in taken]))
        module = ["-m", "benchmarks.whole"]
        ways = {
            BY_HAND: [*module, "play", str(calls), FRESH, str(len(rows))],
            OURS: [*module, "build", str(roster), FRESH],
        }
        return race_of_processes(f"{len(rows):,} people into a folder", ways, rounds)


def start_up(rounds: int) -> list[Line]:
    """What it takes until something can be done."""
    ways = {
        "python -c pass": ["-c", "pass"],
        "import growthsheet": ["-c", "import growthsheet"],
    }
    ways["growthsheet --help"] = [
        "-c",
        "import sys; from growthsheet.cli import main; sys.argv = ['growthsheet', '--help']; sys.exit(main())",
    ]
    race_of_processes("start", ways, 1)  # so that what is imported is compiled
    return race_of_processes("start", ways, rounds)


def main() -> None:
    """Measure, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.split("\n")[0])
    told = "person, team, batch, organization, start, reading (default: these); trips, mutants; or scale, alone"
    parser.add_argument("what", nargs="*", help=told)
    parser.add_argument("--rounds", type=int, default=15, help="of single workbooks (default: 15)")
    parser.add_argument("--team", type=int, action="append", metavar="N", help="people in a team (default: 50)")
    parser.add_argument(
        "--people",
        type=int,
        default=100,
        metavar="N",
        help="in the batch or the organization, or at most (default: 100)",
    )
    parser.add_argument("--batches", type=int, default=3, metavar="N", help="rounds of the batch (default: 3)")
    parser.add_argument("--files", type=int, default=100, metavar="N", help="returned in a folder (default: 100)")
    parser.add_argument("--number", type=int, default=100, metavar="N", help="of trips or mutants (default: 100)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="of them; each has its own seed (default: 0)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    options = parser.parse_args()
    machine = f"{os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}"
    print(f"{machine}, {platform.system()} {platform.machine()}\n")
    if options.what == ["scale"]:
        sizes = scale.measure([size for size in (1_000, 10_000, 100_000) if size < options.people] + [options.people])
        print(scale.table(sizes))
        write(options.json, {"machine": machine, "sizes": [size.record() for size in sizes]})
        return
    races: dict[str, Callable[[], list[Line]]] = {
        "person": lambda: person(options.rounds),
        "team": lambda: [line for size in options.team or [50] for line in team(size, options.rounds)],
        "batch": lambda: batch(options.people, options.batches),
        "organization": lambda: organization.organization(options.people, options.rounds),
        "start": lambda: start_up(options.rounds),
        "reading": lambda: [
            *reading.reading(options.rounds),
            *reading.collecting(options.files, options.batches),
            *reading.hostile(),
        ],
    }
    proofs: dict[str, Callable[[int, int], object]] = {"trips": trips, "mutants": mutants}
    if unknown := set(options.what) - set(races) - set(proofs):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; choose from {', '.join((*races, *proofs, 'scale'))}")
    if any(proofs[name](options.number, options.first) for name in options.what if name in proofs):
        sys.exit(1)
    if lines := [line for name in options.what or races if name in races for line in races[name]()]:
        print(table(lines))
        write(options.json, {"machine": machine, "lines": [as_record(line) for line in lines]})


def write(path: Path | None, record: dict[str, object]) -> None:
    """Write the figures down, if that is wanted."""
    if path:
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
