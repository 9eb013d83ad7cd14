"""Make one file of a build, if it is needed and may be written.

This code runs in the workers: it takes a job and the file's manifest entry, and returns a small summary.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from growthsheet.errors import GrowthsheetError, InputError, Problem
from growthsheet.storage.atomic import (
    fingerprint,
    inside,
    is_there,
    make_folder,
    open_plain,
    reason,
    sha256,
    write_atomically,
)
from growthsheet.storage.manifest import ManifestEntry
from growthsheet.xlsx.encryption import decrypt, encrypt, is_encrypted

JobKind = Literal["person", "team", "organization", "agenda", "invitation"]
JobStatus = Literal["written", "updated", "replaced", "unchanged", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """A workbook to be made.

    Parameters
    ----------
    path
        Its path relative to the output folder, with slashes: ``people/ana-E1.xlsx``.
    kind, subject
        The kind of workbook, and the id of the person or manager it is for.
    spec
        A hash of everything that goes into the file, growthsheet's version included: while it stays the same, the file
        is not made again. A function that returns the hash is allowed too; it is called in the worker.
    make
        A function that returns the bytes, always the same ones. To be sent to other processes it must be a function of
        an importable module, or a `functools.partial` of one.
    replaces
        The hash of a changed file whose content these bytes carry over: that one may be replaced.
    former
        The path of that file, if it is not ``path``: it is moved there first.
    leaves_out
        True if some of that content has no place in these bytes, so that a backup is needed in any case.
    carries
        True if these bytes hold something that was filled in in a file, this one or another.
    refusal
        The reason why the content of a changed file could not be carried over.
    check
        A function that finds what would fail, in less time than ``make``. A dry run calls it in place of ``make``
        where the bytes decide nothing.
    """

    path: str
    kind: JobKind
    subject: str
    spec: str | Callable[[], str]
    make: Callable[[], bytes]
    replaces: str = ""
    former: str = ""
    leaves_out: bool = False
    carries: bool = False
    refusal: Problem | None = None
    check: Callable[[], None] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a job: the new manifest entry, and what to report."""

    entry: ManifestEntry
    status: JobStatus
    problem: Problem | None = None


def run_jobs(
    folder: Path, force: bool, dry_run: bool, password: str, tasks: Iterable[tuple[Job, ManifestEntry | None]]
) -> list[Outcome]:
    """Run some jobs, each with its file's manifest entry; one that fails does not stop the rest."""
    return [run_job(folder, job, known, force, dry_run, password) for job, known in tasks]


def run_job(
    folder: Path, job: Job, known: ManifestEntry | None, force: bool = False, dry_run: bool = False, password: str = ""
) -> Outcome:
    """Make a workbook and put it in place, unless it is there already, or somebody changed the file that is there."""
    try:
        return _settle(folder, job, known, force, dry_run, password)
    except Exception as error:
        if os.environ.get("GROWTHSHEET_DEBUG") == "1":
            traceback.print_exc()
        problem = Problem("workbook-failed", job.path, _told(error), hint="correct that, and run again")
        return Outcome(_kept(job, known, "failed"), "failed", problem)


def _settle(folder: Path, job: Job, known: ManifestEntry | None, force: bool, dry_run: bool, password: str) -> Outcome:
    target = inside(folder, job.path)
    if job.former and not dry_run and not is_there(target):
        os.replace(inside(folder, job.former), target)
    found = fingerprint(target)
    if job.refusal and not found and not force:  # what could not be read lies elsewhere, under a former name
        return Outcome(_kept(job, known, "refused"), "refused", job.refusal)
    spec = job.spec if isinstance(job.spec, str) else job.spec()
    if found and known and (known.spec, known.on_disk, bool(known.sealed)) == (spec, found, bool(password)):
        return Outcome(_kept(job, known, "written"), "unchanged")
    if dry_run and job.check and _is_ours(job, known, found):
        job.check()
        return Outcome(_kept(job, known, "written"), "updated" if job.replaces else "written")
    data = job.make()
    made = ManifestEntry(job.path, job.kind, job.subject, spec, sha256(data), "written", job.carries)
    found = fingerprint(target)  # again: somebody may have saved the file while the new one was being made
    if found and _inside(target, password) == made.sha256:  # in place, but its run was killed before recording it
        return Outcome(replace(made, sealed=found if password else ""), "unchanged")
    ours = _is_ours(job, known, found)
    if not ours and not force:
        return Outcome(_kept(job, known, "refused"), "refused", _refusal(job, known, found))
    if not dry_run:
        make_folder(target.parent)
        if found and (not ours or job.leaves_out or known is None or found != known.on_disk):
            back_up(target)
        if password:
            data = encrypt(data, password)
            made = replace(made, sealed=sha256(data))
        write_atomically(target, data)
    return Outcome(made, "replaced" if not ours else "updated" if job.replaces else "written")


def _is_ours(job: Job, known: ManifestEntry | None, found: str) -> bool:
    """Return whether the file with this hash may be replaced: nobody changed it, or the job carries it over."""
    return found in ("", job.replaces) or (known is not None and found == known.on_disk and not known.updated)


def _inside(path: Path, password: str) -> str:
    """Return the hash of a file; if it should have a password, that of the decrypted workbook."""
    if not password:
        return fingerprint(path)
    with open_plain(path) as file:
        data = file.read()
    try:
        return sha256(decrypt(data, path.name, password)) if is_encrypted(data) else ""
    except InputError:
        return ""


def back_up(path: Path) -> Path:
    """Copy a file to ``<stem>.backup-<its hash>.<suffix>`` beside it, never over another; return the copy's path."""
    with open_plain(path) as file:
        data = file.read()
    digest = sha256(data)
    for digits in (8, 64):  # the long name is for a backup that was changed itself
        copy = path.with_name(f"{path.stem}.backup-{digest[:digits]}{path.suffix}")
        there = fingerprint(copy)
        if there == digest:
            break
        if not there:
            write_atomically(copy, data)
            break
    else:
        raise FileExistsError(None, "its backups were changed; move them away")
    return copy


def _kept(job: Job, known: ManifestEntry | None, status: Literal["written", "refused", "failed"]) -> ManifestEntry:
    """Return the manifest entry of a file that was left as it is."""
    if known is None:
        return ManifestEntry(job.path, job.kind, job.subject, "", "", status)
    return replace(known, kind=job.kind, subject=job.subject, status=status)


def _refusal(job: Job, known: ManifestEntry | None, found: str) -> Problem:
    """Return the reason why a file is not overwritten."""
    if job.refusal:
        return job.refusal
    if known is None or not known.sha256:
        said = "growthsheet did not write this file"
    elif found == known.on_disk:
        said = "it holds what somebody filled in, carried over from an earlier file"
    else:
        said = "somebody changed it since it was written"
    hint = "carry over its answers with --update, or replace it with --force, which keeps a backup"
    return Problem("changed-file", job.path, said, "no file, or the file as it was written", hint)


def _told(error: Exception) -> str:
    """Return a safe message for an error: our own in full; of others only the class, as the text may contain pay."""
    if isinstance(error, InputError):
        return "; ".join(map(str, error.problems))
    if isinstance(error, GrowthsheetError):
        return " ".join(str(error).split())
    return reason(error) if isinstance(error, OSError) else type(error).__name__
