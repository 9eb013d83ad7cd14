"""Whole processes to be timed: everybody's workbook into a folder, by growthsheet and by the hand-written script.

``python -m benchmarks.whole build roster.csv folder people workers`` reads the roster, takes in answers, builds.
``python -m benchmarks.whole play calls.pickle folder N`` writes N files from ready calls.
``python -m benchmarks.whole collect folder N`` collects N returned workbooks.
``python -m benchmarks.whole hostile folder`` reads whatever there is, and tells the slowest.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Literal

from benchmarks.memory import peak_of_this_process
from benchmarks.timing import took


def build(roster: str, folder: str, books: Literal["people", "teams"], workers: str = "1") -> None:
    """Everybody's workbook from a roster file, or those of teams, by so many processes or by whoever is named."""
    import growthsheet
    from benchmarks.sample import AS_OF, answered

    loaded = answered(growthsheet.load_roster(Path(roster), currency="EUR", as_of=AS_OF))
    managers = [each.id for each in loaded.managers if each.manager] if books == "teams" else []
    with executor(workers) as others:
        number = int(workers) if others is None else 1
        report = growthsheet.build(loaded, folder, books=(books,), managers=managers, workers=number, executor=others)
    if len(list(Path(folder, books).glob("*.xlsx"))) != len(managers or loaded.people):
        raise RuntimeError(f"not everybody has a workbook: {report}")


@contextmanager
def executor(workers: str) -> Iterator[Executor | None]:
    """Two processes of loky or of a dask cluster; nobody for a number."""
    if workers == "loky":
        from loky import ProcessPoolExecutor

        with ProcessPoolExecutor(2) as pool:
            yield pool
    elif workers == "distributed":
        from distributed import Client

        with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
            yield client.get_executor(pure=False)
    else:
        yield None


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
    from growthsheet.sheets.forms import FORMS
    from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook

    def read(file: Path) -> None:
        with suppress(InputError):
            read_returned_workbook(file, file.name, FORMS)

    found = [(took(partial(read, file)), file.name) for file in sorted(Path(folder).iterdir())]
    slowest, name = max(found, key=lambda each: each[0].processor)
    print(json.dumps({"took": slowest, "file": name}))


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"build": build, "play": play, "collect": collect, "hostile": hostile}[what](*arguments)
    print(peak_of_this_process())
