"""What it costs to make very many workbooks: time a person and memory, as the number of people grows.

``python -m benchmarks.scale roster.csv folder`` builds everybody's workbook in a process of its own and tells what it
took; ``cluster`` as a third argument lets two dask workers build them, kills one half-way, and checks the folder.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import sample
from benchmarks.memory import held, memory
from benchmarks.timing import Cost, Line, Took, of_children, run_module

if TYPE_CHECKING:
    from growthsheet import Progress, Roster

COMPARED = 100
"""The workbooks from a cluster that are compared with those that this process makes."""


class Size(NamedTuple):
    """One run: what it took, and the memory in MB that the process had with the roster, and at most while it wrote.

    On a cluster also the most that a worker had.
    """

    people: int
    took: Took
    roster_mb: float
    peak_mb: float
    worker_mb: float = 0


def scale(people: int) -> list[Line]:
    """What a person costs among 100, 1,000, ... people; each size in a fresh process and a fresh folder."""
    sizes = [measured(10**n) for n in range(2, 9) if 10**n < people] + [measured(people)]
    return [_line(size, sizes[0]) for size in sizes]


def cluster(people: int) -> list[Line]:
    """What a person costs on two dask workers, one of which is killed half-way."""
    size = measured(people, "cluster")
    return [_line(size, size)]


def measured(people: int, *where: str) -> Size:
    """Everybody's workbook, for so many people, in one process or on a cluster."""
    with TemporaryDirectory() as name:
        roster = Path(name, "roster.csv")
        sample.write_roster(roster, people)
        told = run_module("benchmarks.scale", str(roster), str(Path(name, "out")), *where)
    number, seconds, *megabytes = json.loads(told.rpartition("\n")[2])
    return Size(number, Took(*seconds), *megabytes)


def _line(size: Size, first: Size) -> Line:
    """A person's share; memory is what writing took on top of the roster."""
    costs = [
        Cost.of([ours / size.people], None if size is first else [theirs / first.people])
        for ours, theirs in zip(size.took, first.took, strict=True)
    ]
    worker = f", a dask worker at most {size.worker_mb:.0f}" if size.worker_mb else ""
    who = f"of {size.people:,} ({size.roster_mb:.0f} MB with the roster{worker})"
    return Line("one more person", who, *costs, round(size.peak_mb - size.roster_mb, 1))


def build(roster: str, folder: str, where: str = "") -> Size:
    """Everybody's workbook from a roster file, in this process or on a cluster."""
    import growthsheet

    start = Took(perf_counter(), process_time() + of_children())
    loaded = growthsheet.load_roster(Path(roster), currency="EUR", as_of=sample.AS_OF)
    before = held()
    if where:
        counts, worker_mb = on_two_workers(loaded, folder)
    else:
        counts, worker_mb = dict(growthsheet.build(loaded, folder, books=("people",)).counts), 0.0
    took = Took(perf_counter() - start.clock, process_time() + of_children() - start.processor)
    peak = memory("VmHWM")
    # what a killed worker wrote and did not report any more is found in place
    if counts.get("written", 0) + bool(where) * counts.get("unchanged", 0) != len(loaded.people):
        raise RuntimeError(f"not everybody has a workbook: {counts}")
    if wrong := faults(loaded, Path(folder)) if where else []:
        raise RuntimeError(f"{len(wrong)} faults: {wrong[:20]}")
    return Size(len(loaded.people), took, before, peak, worker_mb)


def on_two_workers(roster: Roster, folder: str) -> tuple[dict[str, int], float]:
    """Build on a dask cluster of two processes, and kill one of them half-way; the counts, and a worker's memory."""
    from distributed import Client

    import growthsheet

    peaks, killed = [0.0], list[int]()

    def kill(progress: Progress) -> None:
        if progress.done >= progress.total / 2 and not killed:
            peaks.extend(client.run(memory, "VmHWM").values())
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    with Client(n_workers=2, threads_per_worker=1, dashboard_address=None) as client:
        report = growthsheet.build(
            roster, folder, books=("people",), workers=2, executor=client.get_executor(pure=False), progress=kill
        )
        peaks.extend(client.run(memory, "VmHWM").values())
    with suppress(ProcessLookupError):
        os.kill(killed[0], 0)
        raise RuntimeError("no worker was killed")
    print(f"{dict(report.counts)} on two workers, of which one was killed half-way", file=sys.stderr)
    return dict(report.counts), max(peaks)


def faults(roster: Roster, folder: Path) -> list[str]:
    """What is wrong with a folder: a person's file that is missing or twice, or not as recorded, or other bytes."""
    from growthsheet.storage import manifest
    from growthsheet.storage.atomic import fingerprint
    from growthsheet.storage.lock import LOCK

    entries = manifest.load(folder)
    by_id = {entry.subject: entry for entry in entries.values()}
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    known = {manifest.MANIFEST, LOCK, *entries}
    wrong = [f"{path}: only in one of manifest and folder" for path in there ^ known]
    wrong += [f"{id}: no file or several" for id in {person.id for person in roster.people} ^ set(by_id)]
    if len(entries) != len(by_id):
        wrong.append(f"{len(entries)} files of {len(by_id)} people")
    wrong += [path for path, entry in entries.items() if fingerprint(folder / path) != entry.sha256]
    for person in roster.people[:: max(1, len(roster.people) // COMPARED)]:
        if (folder / by_id[person.id].path).read_bytes() != roster.person(person.id).to_bytes():
            wrong.append(f"{person.id}: other bytes than in one process")
    return wrong


if __name__ == "__main__":
    print(json.dumps(build(*sys.argv[1:])))
