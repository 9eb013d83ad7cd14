"""Whole processes to be timed: everybody's workbook into a folder, by growthsheet and by the hand-written script.

``python -m benchmarks.whole build roster.csv folder`` reads the roster, takes in everybody's answers and builds.
``python -m benchmarks.whole play calls.pickle folder N`` writes N files from ready calls.
``python -m benchmarks.whole collect folder N`` collects N returned workbooks.
``python -m benchmarks.whole hostile folder`` reads whatever there is, and tells the slowest.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.timing import peak_of_this_process


def build(roster: str, folder: str) -> None:
    """Everybody's workbook from a roster file."""
    import growthsheet
    from benchmarks.sample import AS_OF, answered

    loaded = answered(growthsheet.load_roster(Path(roster), currency="EUR", as_of=AS_OF))
    report = growthsheet.build(loaded, folder, books=("people",))
    if len(list(Path(folder, "people").glob("*.xlsx"))) != len(loaded.people):
        raise RuntimeError(f"not everybody has a workbook: {report}")


def play(calls: str, folder: str, files: str) -> None:
    """So many workbooks, from recordings taken in turns."""
    from benchmarks import recording

    with open(calls, "rb") as file:
        recordings = pickle.load(file)
    for number in range(int(files)):
        options, runs = recordings[number % len(recordings)]
        Path(folder, f"{number}.xlsx").write_bytes(recording.play(runs, options))


def collect(folder: str, files: str) -> None:
    """Everybody's answers from a folder of returned workbooks."""
    import growthsheet

    collected = growthsheet.collect(folder)
    if collected.counts["accepted"] != int(files):
        raise RuntimeError(f"not every file was accepted: {collected.counts}")


def hostile(folder: str) -> None:
    """Read every file of a folder; prints which one took the longest, and how long."""
    from growthsheet.errors import InputError
    from growthsheet.xlsx.read import read_book

    slowest = (0.0, "")
    for file in sorted(Path(folder).iterdir()):
        start = time.process_time()
        with suppress(InputError):
            read_book(file, file.name)
        slowest = max(slowest, (time.process_time() - start, file.name))
    print(json.dumps({"ms": slowest[0] * 1000, "file": slowest[1]}))


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"build": build, "play": play, "collect": collect, "hostile": hostile}[what](*arguments)
    print(peak_of_this_process())
