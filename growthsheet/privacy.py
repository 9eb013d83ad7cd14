"""One person's data in a folder of answers and workbooks: handed over, or erased.

Looked at are the answers (``answers.csv`` and those beside it), the workbooks, whatever they are called, and the
manifest, in the folder and the folders below it. Nothing else is: not a roster, not a mail, not a copy elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from .belongings import Belongings, belongings, rows_of
from .errors import InputError, OutputError, Problem
from .files import make_folder, open_plain, remove_leftovers, write_atomically
from .folder import manifest
from .folder.lock import FolderLock
from .sources.answers import PROBLEMS, RATINGS, read_problems, save_answers
from .sources.documents import told

PathLike = str | os.PathLike[str]


@dataclass(frozen=True)
class Touched:
    """What was handed over or erased, and what is left for somebody to look at."""

    person: str
    files: tuple[str, ...]
    """Paths relative to the folder, each with what was done."""
    left: tuple[Problem, ...] = ()
    """Others' workbooks and words that name the person, and files of which nobody can tell whose they are."""


def export_person(folder: PathLike, person: str, out: PathLike) -> Touched:
    """Copy what a folder holds of one person, by id: their answers as CSV files, and their own workbooks.

    Raises
    ------
    InputError
        When there is nothing of that person, or the answers cannot be read.
    OutputError
        When the folder that is to get the copies holds something already.
    """
    found, target = belongings(Path(folder), person), Path(out)
    _check_found(found)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise OutputError(f"{target} is not an empty folder; name one that is not there yet")
    done = []
    for home, answers in found.answers.items():
        theirs, number = rows_of(answers, person)
        if number:
            save_answers(theirs, target / home.relative_to(found.folder))
            done.append(f"{found.name(home / RATINGS.file)}: {number} rows copied")
    for path in found.own:
        copy = target / path.relative_to(found.folder)
        make_folder(copy.parent)
        with open_plain(path) as file:
            write_atomically(copy, file.read())
        done.append(f"{found.name(path)}: copied")
    return Touched(person, tuple(done), found.left)


def forget_person(folder: PathLike, person: str) -> Touched:
    """Erase one person, by id, from a folder: their rows in the answers, their own workbooks, what tells of them.

    Everything is read before anything is changed; each file is changed as a whole or not at all. A run that was cut
    short is ended by running it again. Originals elsewhere stay, and would bring the person back when collected.

    Raises
    ------
    InputError
        When there is nothing of that person, or the answers cannot be read.
    OutputError
        When another run writes into the folder, or a file cannot be changed.
    """
    with ExitStack() as locks:
        top = Path(folder)
        for home in _written_to(top):
            locks.enter_context(FolderLock(home))
        found = belongings(top, person)
        problems = {home: read_problems(home) for home in found.answers}
        entries = {home: manifest.load(home) for home in _written_to(top)}
        theirs = {
            home: [path for path, entry in known.items() if (entry.kind, entry.subject) == ("person", person)]
            for home, known in entries.items()
        }
        if not any(theirs.values()):
            _check_found(found)
        done = [*_erase_answers(found, problems)]
        for home, paths in theirs.items():
            if paths:
                _save_manifest(home, [entry for path, entry in entries[home].items() if path not in paths])
                done += [f"{found.name(home / manifest.MANIFEST)}: {len(paths)} lines erased"]
        for path in found.own:  # last: until then a run that was cut short can still tell who the person is
            _erase(path)
            done.append(f"{found.name(path)}: erased")
        for home in {top, *(path.parent for path in found.files)}:
            remove_leftovers(home)
    return Touched(person, tuple(done), found.left)


def _check_found(found: Belongings) -> None:
    if not found.own and not any(rows_of(answers, found.person)[1] for answers in found.answers.values()):
        hint = "check the id; names are not looked for"
        place, wanted = str(found.folder), "a person with answers or a workbook there"
        raise InputError([Problem("nothing-about", place, told(found.person), wanted, hint)])


def _written_to(top: Path) -> list[Path]:
    """The folder, and those below it into which workbooks were built: what a run would lock."""
    if not top.is_dir():
        raise InputError([Problem("no-such-file", str(top), "no folder", "a folder of answers", "check the path")])
    built = {path.parent for name in (manifest.MANIFEST, manifest.JOURNAL) for path in top.rglob(name)}
    return sorted({top, *built})


def _erase_answers(found: Belongings, problems: dict[Path, list[Problem]]) -> Iterator[str]:
    """Write the answers and problems of all the others."""
    words = [told(found.person), f"({found.person})", *found.names, *(path.name for path in found.own)]
    for home, answers in found.answers.items():
        rest, _ = rows_of(answers, found.person, others=True)
        number = rows_of(answers, found.person)[1]
        kept = [p for p in problems[home] if not any(word in f"{p.place} {p.said} {p.hint}" for word in words)]
        gone = len(problems[home]) - len(kept)
        if number or gone:
            save_answers(rest, home, kept)
            yield f"{found.name(home / RATINGS.file)}: {number} rows erased"
        if gone:
            yield f"{found.name(home / PROBLEMS)}: {gone} rows erased"


def _save_manifest(home: Path, entries: list[manifest.Entry]) -> None:
    """The same manifest with these files."""
    path = home / manifest.MANIFEST
    text = path.read_text("utf-8") if path.is_file() else ""
    first_lines, found, _ = text.partition('"files": [')
    manifest.save(home, first_lines if found else manifest.opening({}), entries)


def _erase(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be erased: close it in other programs and run again") from error
