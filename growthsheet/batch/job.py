"""One file of a build: is it needed, may it be written, is it in place.

This is what runs in the workers: it gets a job and what the manifest knows, and gives back a small summary.
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
        Where it goes, relative to the output folder, with slashes: ``people/ana-E1.xlsx``.
    kind, subject
        What it is, and the id of whom it is for.
    spec
        A hash of everything that goes into the file, growthsheet's version included: while it stays the same, the file
        is not made again. What gives the hash may stand here too; it is asked where the work is done.
    make
        Gives the bytes, always the same ones. To be sent to other processes it must be a function of an importable
        module, or a `functools.partial` of one.
    replaces
        The hash of a changed file whose content these bytes carry over: that one may be replaced.
    former
        Where that file lies, if not at ``path``: it is moved there first.
    leaves_out
        Whether some of that content has no place in these bytes, so that a backup is needed in any case.
    carries
        Whether these bytes hold what somebody filled in elsewhere.
    refusal
        Why the content of a changed file could not be carried over.
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: what the manifest is to know, and what to tell."""

    entry: ManifestEntry
    status: JobStatus
    problem: Problem | None = None


def run_jobs(
    folder: Path, force: bool, dry_run: bool, password: str, tasks: Iterable[tuple[Job, ManifestEntry | None]]
) -> list[Outcome]:
    """Settle some jobs, each with what the manifest knows about its file; one that fails does not stop the rest."""
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
        problem = Problem("workbook-failed", job.path, _told(error), hint="run again once that is put right")
        return Outcome(_kept(job, known, "failed"), "failed", problem)


def _settle(folder: Path, job: Job, known: ManifestEntry | None, force: bool, dry_run: bool, password: str) -> Outcome:
    target = inside(folder, job.path)
    if job.former and not dry_run and not is_there(target):
        os.replace(inside(folder, job.former), target)
    found = fingerprint(target)
    spec = job.spec if isinstance(job.spec, str) else job.spec()
    if found and known and (known.spec, known.on_disk, bool(known.sealed)) == (spec, found, bool(password)):
        return Outcome(_kept(job, known, "written"), "unchanged")
    data = job.make()
    made = ManifestEntry(
        job.path, job.kind, job.subject, spec, sha256(data), "written", bool(job.replaces) or job.carries
    )
    found = fingerprint(target)  # again: somebody may have saved the file while ours was being made
    if found and _inside(target, password) == made.sha256:  # put in place by a run that was killed before it said so
        return Outcome(replace(made, sealed=found if password else ""), "unchanged")
    there = known.on_disk if known else ""
    ours = found in ("", job.replaces) or (known is not None and found == there and not known.updated)
    if not ours and not force:
        return Outcome(_kept(job, known, "refused"), "refused", _refusal(job, known, found))
    if not dry_run:
        make_folder(target.parent)
        if found and (not ours or job.leaves_out or found != there):
            back_up(target)
        if password:
            data = encrypt(data, password)
            made = replace(made, sealed=sha256(data))
        write_atomically(target, data)
    return Outcome(made, "replaced" if not ours else "updated" if job.replaces else "written")


def _inside(path: Path, password: str) -> str:
    """The hash of a file; where it should have a password, of the workbook inside."""
    if not password:
        return fingerprint(path)
    with open_plain(path) as file:
        data = file.read()
    try:
        return sha256(decrypt(data, path.name, password)) if is_encrypted(data) else ""
    except InputError:
        return ""


def back_up(path: Path) -> Path:
    """Copy a file to ``<stem>.backup-<its hash>.<suffix>`` beside it, never over another one; gives the copy's path."""
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
    """The entry of a file that was left as it is."""
    if known is None:
        return ManifestEntry(job.path, job.kind, job.subject, "", "", status)
    return replace(known, kind=job.kind, subject=job.subject, status=status)


def _refusal(job: Job, known: ManifestEntry | None, found: str) -> Problem:
    """Why a file is not written over."""
    if job.refusal:
        return job.refusal
    if known is None or not known.sha256:
        said = "there is a file that growthsheet did not write"
    elif found == known.on_disk:
        said = "it holds what somebody filled in, carried over from an earlier file"
    else:
        said = "somebody changed it since it was written"
    hint = "carry over what it says with --update; or replace it with --force, which keeps a backup"
    return Problem("changed-file", job.path, said, "no file, or the file as it was written", hint)


def _told(error: Exception) -> str:
    """What may be said about an error: the message of ours; of others only the kind, for the rest may hold pay."""
    if isinstance(error, InputError):
        return "; ".join(map(str, error.problems))
    if isinstance(error, GrowthsheetError):
        return " ".join(str(error).split())
    return reason(error) if isinstance(error, OSError) else type(error).__name__
