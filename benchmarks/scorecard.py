"""Test what is promised about safety, and report each line with its command, its count and what was found.

``python -m benchmarks.scorecard`` runs all lines in small sizes, ``--full`` in those of a release; a name runs one
line.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import leaks
from benchmarks.fuzz import fuzz
from benchmarks.kills import kills
from benchmarks.mutants import mutants
from benchmarks.planted import known, planted
from benchmarks.trips import trips


@dataclass(frozen=True)
class Check:
    """A line of the scorecard: what must not happen, what is counted, and how it is tried in a size."""

    what: str
    counted: str
    tried: Callable[[int], tuple[int, Sequence[object]]]
    small: int
    full: int
    most: float = 0
    """The share of what is tried that may be found; only planted faults may survive."""


def hostile(_: int) -> tuple[int, list[str]]:
    """Read each file that was made to do harm; it is refused under its code, told with one problem, or read."""
    from growthsheet.errors import InputError
    from growthsheet.sheets.forms import FORMS
    from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
    from tests.making import small_catalog
    from tests.xlsx.reader.hostile import HARMLESS, REFUSED, TOLD, made

    points = {scale.id: scale.values for scale in small_catalog().scales}
    wrong, slowest = list[str](), (0.0, "")
    for case in (*REFUSED, *TOLD, *HARMLESS):
        data, start = made(case), time.process_time()
        try:
            found = read_returned_workbook(data, "ana.xlsx", FORMS, points)
            codes = {problem.code for problem in (*found.problems, *found.cell_problems)}
        except InputError as error:
            codes = {problem.code for problem in error.problems}
        slowest = max(slowest, (time.process_time() - start, case))
        expected = REFUSED.get(case, TOLD.get(case, (None, "")))[1]
        if (expected not in codes) if expected else codes:
            wrong.append(f"{case}: {sorted(codes)}")
    if slowest[0] > 2:
        wrong.append(f"{slowest[1]}: {slowest[0]:.1f} s")
    print("\n".join((*wrong, f"the slowest took {slowest[0]:.2f} s of processor time ({slowest[1]})")))
    return len(REFUSED) + len(TOLD) + len(HARMLESS), wrong


def determinism(number: int) -> tuple[int, list[str]]:
    """Build the same in processes with other hash seeds, time zones, languages and numbers of workers."""
    from tests.batch.test_batch import SAME, digests

    seeds, zones, languages = ("0", "4242", "17"), ("Pacific/Kiritimati", "America/Los_Angeles"), ("C", "de_DE.UTF-8")
    wrong, files = list[str](), 0
    with TemporaryDirectory() as top:
        script = Path(top, "run.py")
        script.write_text(SAME)
        first: dict[str, str] = {}
        for run, (seed, zone, language) in enumerate(list(product(seeds, zones, languages))[:number]):
            out = Path(top, f"out{run}")
            path = os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])
            environment = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "PYTHONPATH": path}
            command = [sys.executable, str(script), str(out), str(1 + run % 2)]
            subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)
            found = digests(out)
            files += len(found)
            first = first or found
            wrong += [f"{name}: {environment}" for name in first if found.get(name) != first[name]]
    return files, wrong


def faults(number: int) -> tuple[int, list[str]]:
    """Plant so many faults in each of the modules that matter most."""
    done = list(planted(number))
    left = [f"{fault.module}:{fault.line}: {fault.what}" for _, _, survivors in done for fault in survivors]
    return sum(count for _, count, _ in done), left


CHECKS: dict[str, Check] = {
    "kills": Check(
        "a file that is neither old nor new, or lost, after a kill or a failing call", "calls", kills, 50, 1
    ),
    "canaries": Check(
        "somebody's pay in anything that a command prints or writes", "outputs", lambda _: leaks.commands(), 1, 1
    ),
    "texts": Check("a formula, link or markup from data", "outputs", leaks.texts, 6, 1),
    "determinism": Check("different bytes from the same input", "files", determinism, 2, 12),
    "fuzz": Check("an input of any kind without an answer", "files", lambda n: (n, fuzz(n)), 500, 25_000),
    "mutants": Check("a returned workbook without an answer", "files", lambda n: (n, range(mutants(n))), 200, 25_000),
    "hostile": Check("a hostile file that is not reported as such, or takes longer than 2 s", "files", hostile, 1, 1),
    "trips": Check("a rating lost or changed on the way", "round trips", lambda n: (n, trips(n)), 50, 5_000),
    "planted": Check("a planted fault that no test finds", "faults", faults, 2, 12, 0.15),
    "known": Check("a fault of a kind that was found before, that its tests do not see", "tests", known, 10, 1),
}
"""In ``kills``, ``texts`` and ``known`` the size is the step from one that is tried to the next."""


def main(typed: Sequence[str] | None = None) -> int:
    """Try the lines, print the table; return 1 if anything was found that must not be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scorecard", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help=f"which lines: {', '.join(CHECKS)} (default: all)")
    parser.add_argument("--full", action="store_true", help="in the sizes of a release; an hour or two")
    parser.add_argument("--size", type=int, help="another size")
    options = parser.parse_args(typed)
    if unknown := set(options.names) - set(CHECKS):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    rows, failed = list[str](), False
    for name in options.names or CHECKS:
        check, began = CHECKS[name], time.perf_counter()
        size = options.size or (check.full if options.full else check.small)
        with redirect_stdout(sys.stderr):
            tried, found = check.tried(size)
        failed |= len(found) > check.most * tried
        seconds = time.perf_counter() - began
        command = f"`{name} --size {size}`"
        rows.append(f"| {check.what} | {tried:,} {check.counted} | {len(found):,} | {command} | {seconds:,.0f} |")
        print(rows[-1], file=sys.stderr, flush=True)
    print("| must not happen | tried | found | `python -m benchmarks.scorecard ...` | s |\n|---|--:|--:|---|--:|")
    print("\n".join(rows))
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
