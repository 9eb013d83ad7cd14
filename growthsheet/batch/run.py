"""Write many workbooks into a folder, on one core or many: resumable, and with the same bytes either way."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from growthsheet.batch.job import Job, run_jobs
from growthsheet.batch.report import Progress, Report, RunReport
from growthsheet.batch.workers import processes, share_out
from growthsheet.errors import InputError, OutputError
from growthsheet.model.excel_limits import MAX_PATH, units
from growthsheet.storage import manifest
from growthsheet.storage.atomic import fingerprint, inside, make_folder, open_plain, remove_leftovers
from growthsheet.storage.file_names import fold
from growthsheet.storage.lock import FolderLock
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.encryption import decrypt

__all__ = ["Job", "Progress", "Report", "run"]


def run(
    jobs: Iterable[Job],
    folder: Path,
    *,
    executor: Executor | None = None,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    force: bool = False,
    dry_run: bool = False,
    password: str = "",
    plain: bool = True,
    about: Mapping[str, object] | None = None,
) -> Report:
    """Make the workbooks that are not there yet; return a report of what was done and what went wrong.

    A file that somebody changed is left alone, a workbook that fails does not stop the rest, and an interrupted run
    can be continued: its folder ends up with the same bytes as that of an uninterrupted run.

    Parameters
    ----------
    jobs
        The jobs, iterated twice, because all paths are checked before anything is written; an iterator becomes a list.
    folder
        The output folder, made if it does not exist.
    executor
        Any executor whose futures are those of `concurrent.futures`; the caller shuts it down.
    workers
        The number of processes if there is no executor; with 1, the work is done in this process. With an executor,
        how many workers get work at once, if they are more than this machine's cores.
    progress
        A function that is called with a :class:`Progress` now and then.
    force
        Replace changed files as well, each after a backup beside it.
    dry_run
        Make everything but write nothing, and report what would happen.
    password
        Encrypts the files; blank for none. It is sent to other processes, and stored nowhere.
    plain
        Write files without a password, or with another one, even into a folder whose files have one.
    about
        The manifest's description of the run; the same run must have the same one. Without it, that of the last run
        stays.

    Raises
    ------
    OutputError
        When two jobs have one path, a path leaves the folder or is too long for Excel, another run writes into it, the
        folder's files have another password, or a worker died.
    InputError
        When the folder's manifest is damaged.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as out:
    ...     report = run([Job("people/ana-E1.xlsx", "person", "E1", "v1", bytes)], Path(out))
    ...     report.counts, report.names
    ({'written': 1}, ('people/ana-E1.xlsx',))
    """
    jobs = list(jobs) if isinstance(jobs, Iterator) else jobs
    total, inner = _checked(jobs, folder)
    tally = RunReport(total)
    with ExitStack() as stack:
        journal = None if dry_run else _hold(stack, folder, inner)
        first_lines = manifest.opening(manifest.about(folder) if about is None else about)
        entries = manifest.load(folder)
        if not plain:
            _check_sealed(folder, entries.values(), password)
        tasks = ((job, entries.get(job.path)) for job in jobs)
        settle = partial(run_jobs, Path(os.path.abspath(folder)), force, dry_run, password)
        if executor is not None:
            workers = max(workers, os.cpu_count() or 1)  # an executor does not say how many it has
        elif workers > 1:
            executor = processes(workers)
            stack.callback(executor.shutdown, cancel_futures=True)
        results = stack.enter_context(closing(share_out(settle, tasks, total, executor, workers)))
        for outcomes in results:
            if journal:
                journal.add(outcome.entry for outcome in outcomes if outcome.entry != entries.get(outcome.entry.path))
            entries.add(outcome.entry for outcome in outcomes)
            tally.add(outcomes)
            if progress:
                progress(tally.progress())
        if journal:
            for path in inner:  # an executor such as dask's goes on when a worker was killed in the middle of a file
                remove_leftovers(path)
            manifest.save(folder, first_lines, entries)
    return tally.report(folder, dry_run)


def _checked(jobs: Iterable[Job], folder: Path) -> tuple[int, set[Path]]:
    """Return the number of jobs and their folders, after a check of all paths."""
    seen = {fold(manifest.MANIFEST): "the manifest"}
    folders = {folder}
    for job in jobs:
        target = inside(folder, job.path)
        folders.add(target.parent)
        if other := seen.get(key := fold(job.path)):
            raise OutputError(f"{job.path} is the path of {job.kind} {job.subject} and of {other}; nothing was written")
        seen[key] = f"{job.kind} {job.subject}"
        if (path := os.path.abspath(target)).endswith(".xlsx") and units(path) > MAX_PATH:
            found = f"{one_line(path, 400)} has {units(path)} characters, and Excel opens paths of {MAX_PATH} at most"
            raise OutputError(f"{found}; name a folder with a shorter path; nothing was written")
    return len(seen) - 1, folders


def _check_sealed(folder: Path, entries: Iterable[manifest.ManifestEntry], password: str) -> None:
    """Raise OutputError if the folder has files with a password, and this run has none or another one."""
    for entry in entries:
        path = inside(folder, entry.path)
        if not entry.sealed or not path.exists():
            continue
        if not password:
            hint = "give it with --password-file, or say --plain to write them without one"
            raise OutputError(f"the workbooks in {folder} have a password: {hint}")
        if fingerprint(path) != entry.sealed:  # somebody changed it, and may have given it another password
            continue
        try:
            with open_plain(path) as file:
                decrypt(file.read(), entry.path, password)
        except InputError as error:
            raise OutputError(f"the workbooks in {folder} have another password: build into another folder") from error
        return


def _hold(stack: ExitStack, folder: Path, inner: Iterable[Path]) -> manifest.Journal:
    """Lock the folder for this run, clean up after killed ones, and open the journal."""
    make_folder(folder)
    stack.enter_context(FolderLock(folder))
    for path in inner:
        remove_leftovers(path)
    return stack.enter_context(manifest.Journal(folder))
