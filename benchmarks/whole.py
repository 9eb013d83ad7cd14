"""Whole processes to be timed: everybody's workbook into a folder, by growthsheet and by the hand-written script.

``python -m benchmarks.whole build roster.csv folder`` reads the roster, takes in everybody's answers and builds.
``python -m benchmarks.whole play calls.pickle folder N`` writes N files from ready calls.
"""

from __future__ import annotations

import pickle
import sys
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


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"build": build, "play": play}[what](*arguments)
    print(peak_of_this_process())
