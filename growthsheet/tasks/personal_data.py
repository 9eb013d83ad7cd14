"""Export or erase one person's data in a folder of answers and workbooks.

These are searched, in the folder and those below it: the answers (``answers.csv`` and those beside it), the workbooks
and pages under any name, the manifest, and the agendas and invitations that it names. Rosters, sent mails and copies
elsewhere are not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.model.answers import KINDS
from growthsheet.returns.collected import RESPONSES, response_rows
from growthsheet.sources.answers import PROBLEMS, answer_file_names, answer_files, put_answers, read_problems
from growthsheet.storage import manifest
from growthsheet.storage.atomic import (
    PathLike,
    is_there,
    make_folder,
    open_plain,
    remove_leftovers,
    sha256,
    write_atomically,
)
from growthsheet.storage.lock import LOCK, locked
from growthsheet.storage.together import delete, write_folder
from growthsheet.storage.zipped import zipped
from growthsheet.tasks.find_personal_data import PersonalData, all_files, concerns_person, find_personal_data, rows_of
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.quoting import quote


@dataclass(frozen=True)
class PersonalDataReport:
    """The report of an export or erasure: the files concerned, and what is left for somebody to review."""

    person: str
    files: tuple[str, ...]
    """Paths relative to the folder, each with the action taken."""
    left: tuple[Problem, ...] = ()
    """Others' workbooks and texts that name the person, and files whose owner is unknown."""


@strict
def export_person(folder: PathLike, person: str, out: PathLike) -> PersonalDataReport:
    """Copy one person's data, by id, from a folder: their answers as CSV files, and their own workbooks.

    Parameters
    ----------
    out
        A new folder, or a new file whose name ends in ``.zip``.

    Raises
    ------
    InputError
        When there is nothing of that person, or a folder or the answers cannot be read.
    OutputError
        When ``out`` exists already and is not an empty folder.
    """
    top, target = Path(folder), Path(os.path.abspath(out))
    writable = [home for home in _written_to(top) if os.access(home, os.W_OK)]  # into others, no run can write either
    make_folder(target.parent)
    with locked(*writable, target.parent):
        found = find_personal_data(top, person)
        _check_found(found)
        if target.exists() and not (target.is_dir() and not any(target.iterdir())):
            raise OutputError(f"{out} already exists; name another one")
        if target.suffix.lower() == ".zip":
            write_atomically(target, zipped(_copies(found)))
        else:
            write_folder(target, _copies(found))
    counts = {home: rows_of(answers, person)[1] for home, answers in found.answers.items()}
    done = [f"{found.name(home / KINDS['ratings'].file)}: {plural(n, 'row')} copied" for home, n in counts.items() if n]
    return PersonalDataReport(person, (*done, *(f"{found.name(path)}: copied" for path in found.own)), found.left)


def _copies(found: PersonalData) -> Iterator[tuple[Path, bytes]]:
    """Yield all files of a person, each with its path in the folder and its bytes."""
    for home, answers in found.answers.items():
        theirs, number = rows_of(answers, found.person)
        if number:
            for name, blocks in answer_files(theirs).items():
                yield home.relative_to(found.folder) / name, b"".join(blocks)
    for path in found.own:
        with open_plain(path) as file:
            yield path.relative_to(found.folder), file.read()


@strict
def forget_person(folder: PathLike, person: str, dry_run: bool = False) -> PersonalDataReport:
    """Erase one person, by id, from a folder: their rows in the answers, their own workbooks, problems about them.

    Everything is read before anything is changed, and what is to be erased is written down; each file is changed as a
    whole or not at all. An interrupted run is completed by running it again. Originals elsewhere stay, and would bring
    the person back when collected.

    Parameters
    ----------
    dry_run
        Change nothing; report what would be erased.

    Raises
    ------
    InputError
        When there is nothing of that person, or a folder or the answers cannot be read.
    OutputError
        When another run writes into the folder, or a file cannot be changed.
    """
    top = Path(folder)
    homes = _written_to(top)
    with locked(*([] if dry_run else homes)):
        names, listed = _listed(top, person)
        found = find_personal_data(top, person, names, listed)
        problems = {home: read_problems(home) for home in found.answers}
        entries = {home: manifest.load(home) for home in homes}
        theirs = {
            home: [p for p, entry in known.items() if entry.kind in manifest.PERSONAL and entry.subject == person]
            for home, known in entries.items()
        }
        if not (is_there(_list_of(top, person)) or any(theirs.values())):
            _check_found(found)
        if not dry_run:  # first of all: what is erased can no longer tell what else there is
            write_atomically(_list_of(top, person), json.dumps(_as_list(found)).encode())
        done = [*_erase_answers(found, problems, dry_run)]
        if not dry_run:
            for path in found.own:
                delete(path)
            for home, paths in theirs.items():
                if paths:
                    _save_manifest(home, {path: entry for path, entry in entries[home].items() if path not in paths})
            for home in {top, *(path.parent for path in found.files)}:
                remove_leftovers(home)
            delete(_list_of(top, person))
    lines = {found.name(home / manifest.MANIFEST): plural(paths, "line") for home, paths in theirs.items() if paths}
    done += [f"{name}: {number} erased" for name, number in lines.items()]
    done += [f"{found.name(path)}: erased" for path in found.own]
    return PersonalDataReport(person, tuple(done), found.left)


def _list_of(top: Path, person: str) -> Path:
    """Return the path of the list of what is to be erased."""
    return top / f".growthsheet-erasing-{sha256(person.encode())[:16]}.json"


def _as_list(found: PersonalData) -> dict[str, list[str]]:
    files = [path.relative_to(found.folder).as_posix() for path in found.own]
    return {"names": sorted(found.names), "files": files}


def _listed(top: Path, person: str) -> tuple[list[str], list[Path]]:
    """Return the names and files of a person in the list of an erasure that was cut short; none if there is no list."""
    path = _list_of(top, person)
    if not is_there(path):
        return [], []
    with open_plain(path) as file:
        found = json.loads(file.read())
    return found["names"], [top / name for name in found["files"]]


def _check_found(found: PersonalData) -> None:
    if not found.own and not any(rows_of(answers, found.person)[1] for answers in found.answers.values()):
        hint = "check the id; names are not searched for"
        place, expected = str(found.folder), "a person with answers or a workbook there"
        raise InputError([Problem("nothing-about", place, quote(found.person), expected, hint)])


def _written_to(top: Path) -> list[Path]:
    """Return the folder, and those below it that hold answers or that workbooks were built into: what a run locks."""
    if not top.is_dir():
        raise InputError([Problem("no-such-file", str(top), "no folder", "a folder of answers", "check the path")])
    names = {manifest.MANIFEST, manifest.JOURNAL, LOCK, *answer_file_names()}
    return sorted({top, *(path.parent for path in all_files(top) if path.name in names)})


def _erase_answers(found: PersonalData, problems: dict[Path, list[Problem]], dry_run: bool) -> Iterator[str]:
    """Write the answers and problems of all the others; yield what was erased."""
    files = [path.name for path in found.own]
    for home, answers in found.answers.items():
        rest, _ = rows_of(answers, found.person, others=True)
        number = rows_of(answers, found.person)[1]
        kept = [p for p in problems[home] if not concerns_person(p, found.person, found.names, files)]
        gone = len(problems[home]) - len(kept)
        responses = response_rows(home)
        named = any(found.person in (row.get("person_id"), row.get("manager_id")) for row in responses)
        if responses and (number or gone or named):  # collect and status tell it anew
            if not dry_run:
                delete(home / RESPONSES)
            yield f"{found.name(home / RESPONSES)}: erased"
        if (number or gone) and not dry_run:
            put_answers(rest, home, kept)
        if number or gone:
            yield f"{found.name(home / KINDS['ratings'].file)}: {plural(number, 'row')} erased"
        if gone:
            yield f"{found.name(home / PROBLEMS)}: {plural(gone, 'row')} erased"


def _save_manifest(home: Path, entries: Mapping[str, manifest.ManifestEntry]) -> None:
    """Save the folder's manifest with these entries."""
    path = home / manifest.MANIFEST
    text = path.read_text("utf-8") if path.is_file() else ""
    first_lines, found, _ = text.partition('"files": [')
    manifest.save(home, first_lines if found else manifest.opening({}), entries)
