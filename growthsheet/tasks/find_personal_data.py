"""Find the data of one person in a folder of answers and workbooks, and the places where others mention them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers
from growthsheet.model.answers import kept
from growthsheet.returns.find_files import READ, walk
from growthsheet.sources.answers import load_answers
from growthsheet.storage import manifest
from growthsheet.storage.atomic import fingerprint, inside, is_there
from growthsheet.text.quoting import one_line, quote
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.markers import PEOPLE, column_name

if TYPE_CHECKING:
    from growthsheet.xlsx.reader.workbook import NamedRange, ReadWorkbook

SHORTEST_NAME = 3
"""The shortest name that is searched for; shorter ones are part of too many words."""


@dataclass(frozen=True)
class PersonalData:
    """All data about a person in a folder."""

    folder: Path
    person: str
    names: frozenset[str]
    """The names of the person in their own workbooks."""
    answers: Mapping[Path, Answers]
    """Everybody's answers in each folder that has some."""
    own: tuple[Path, ...]
    """The person's own workbooks, backups and copies among them; agendas and invitations."""
    left: tuple[Problem, ...]
    files: tuple[Path, ...]
    """All files that were found."""

    def name(self, path: Path) -> str:
        """Return a path as messages show it: relative to the folder."""
        return one_line(path.relative_to(self.folder).as_posix(), 300)


def find_personal_data(folder: Path, person: str) -> PersonalData:
    """Search a folder and those below it; nothing is changed.

    Raises
    ------
    InputError
        When the answers in it cannot be read.
    """
    closed: list[OSError] = []
    files = tuple(walk(folder, closed))
    left = [_unclear(Path(error.filename), folder) for error in closed]
    answers = _answers(files)
    own = [known for path in files if path.name == manifest.MANIFEST for known in _named(path.parent, person)]
    others: list[Path] = []
    names: set[str] = set()
    for path in files:
        if path in own or path.name.startswith("~$") or not (path.suffix.lower() in READ or path.is_symlink()):
            continue
        identity = identity_of(path)
        if identity is None:
            left.append(_unclear(path, folder))
        elif (identity["kind"], identity["id"]) == ("person", person):
            own.append(path)
            names.add(identity.get("name", ""))
        else:
            others.append(path)
    found = PersonalData(folder, person, frozenset(filter(_long_enough, names)), answers, tuple(own), (), files)
    left += [*_named_in_books(found, others), *_named_in_answers(found)]
    return PersonalData(folder, person, found.names, answers, tuple(own), tuple(left), files)


def rows_of(answers: Answers, person: str, others: bool = False) -> tuple[Answers, int]:
    """Return one person's answers, or those of all the others; and their number of rows.

    A review cycle belongs to nobody: it is included with the answers of one person if they refer to it.
    """
    part = answers.with_each(lambda kind, found: (each for each in found if (each.person == person) is not others))
    needed = {answer.cycle for kind, answer in part.each() if "cycle" in kind.key}
    cycles = tuple(cycle for cycle in answers.cycles if others or cycle.id in needed)
    return part.model_copy(update={"cycles": cycles}), sum(1 for _ in part.each())


def _answers(files: tuple[Path, ...]) -> dict[Path, Answers]:
    """Return the answers in each folder that has some; raise InputError with all their faults."""
    found: dict[Path, Answers] = {}
    faults: list[Problem] = []
    for home in sorted({path.parent for path in files if path.name in {kind.file for kind in kept()}}):
        try:
            found[home] = load_answers(home)
        except InputError as error:
            faults += error.problems
    if faults:
        raise InputError(faults)
    return found


def _named(home: Path, person: str) -> Iterator[Path]:
    """Yield a person's files that only the manifest identifies: letters, and unchanged workbooks with a password."""
    for path, entry in manifest.load(home).items():
        target = inside(home, path)
        theirs = entry.kind in manifest.PERSONAL and entry.subject == person and is_there(target)
        if theirs and (entry.kind != "person" or (entry.sealed and fingerprint(target) == entry.sealed)):
            yield target


def identity_of(path: Path) -> Mapping[str, str] | None:
    """Return the identity in a workbook of growthsheet; None if it cannot be read."""
    from growthsheet.xlsx.reader.checks import open_package
    from growthsheet.xlsx.reader.identity import read_identity
    from growthsheet.xlsx.reader.workbook import ReadWorkbook

    try:
        identity, _, _ = read_identity(ReadWorkbook(open_package(path, path.name)))
    except InputError:
        return None
    return identity


def _named_in_books(found: PersonalData, others: list[Path]) -> Iterator[Problem]:
    """Yield a problem for each workbook of others that holds the person's id in a cell, or their name."""
    from growthsheet.xlsx.reader.checks import open_package
    from growthsheet.xlsx.reader.workbook import ReadWorkbook

    for path in others:
        if mentions_person(ReadWorkbook(open_package(path, path.name)), found.person, found.names):
            hint = "build it again without the person, or erase it"
            said = "somebody else's workbook, in which the person is named"
            yield Problem("named-elsewhere", found.name(path), said, hint=hint, severity="note")


def _named_in_answers(found: PersonalData) -> Iterator[Problem]:
    """Yield a problem for each text by others that names the person."""
    for home, answers in found.answers.items():
        rest, _ = rows_of(answers, found.person, others=True)
        for kind, answer in rest.each():
            fields = [field for field in kind.texts if is_named(found.names, getattr(answer, field))]
            fields += ["team"] if getattr(answer, "team", "") == found.person else []
            for field in fields:
                whose = one_line(answer.person or "a team")
                place = f"{found.name(home / kind.file)}: {field} of an entry of {whose}"
                said, hint = "the person is named there", "decide whether it may stay"
                yield Problem("named-elsewhere", place, said, hint=hint, severity="note")


def _long_enough(name: str) -> bool:
    return len(name) >= SHORTEST_NAME


def _unclear(path: Path, folder: Path) -> Problem:
    found, hint = "it cannot be read, so nobody can tell whose it is", "look into it yourself"
    place = one_line(path.relative_to(folder).as_posix(), 300)
    return Problem("whose-unknown", place, found, hint=hint, severity="note")


_OF_PEOPLE = tuple(column_name(table, "key") for table in ("people", "budgets", "everybody"))
"""The key columns of tables with a row for each person; other tables have numbers, activities or roles as keys."""


def is_named(names: Iterable[str], text: str) -> bool:
    """Return whether a text contains one of the names as separate words.

    >>> is_named(["Ana"], "Ask ana's team"), is_named(["Ana"], "Bananas"), is_named(["田中"], "田中さん")
    (True, False, True)
    """
    found = text.casefold()
    return any(_stands(name.casefold(), found) for name in names)


def _stands(name: str, text: str) -> bool:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        end += text.startswith("s", end)  # a genitive
        if not (_one_word(text[at - 1 : at], name) or _one_word(name[-1], text[end : end + 1])):
            return True
        at = text.find(name, at + 1)
    return False


def _one_word(before: str, after: str) -> bool:
    """Return whether two texts meet inside a word; scripts without capitals may have no spaces between words."""
    return all(text and (text.isdigit() or text.upper() != text) for text in (before[-1:], after[:1]))


def mentions_person(book: ReadWorkbook, person: str, names: Iterable[str]) -> bool:
    """Return whether a workbook mentions a person: by name, by id in a cell of its own, or as the key of a row."""
    areas = [book.names[name] for name in _OF_PEOPLE if name in book.names]
    key, others = f"{KEY}{person}", {person, f"{KEY}team:{person}"}
    for sheet in book.all_sheets():
        for row, column, text in sheet.texts():
            if text in others or is_named(names, text):
                return True
            if text == key and (
                not book.names  # a program has dropped them: better to report a workbook too many than one too few
                or any(_holds(area, sheet.name, row, column) for area in areas)
                or any(sheet.text(row, left) == PEOPLE for left in range(1, column))
            ):
                return True
    return False


def _holds(area: NamedRange, sheet: str, row: int, column: int) -> bool:
    return (area.sheet, area.left) == (sheet, column) and area.first <= row <= area.last


def concerns_person(problem: Problem, person: str, names: Iterable[str], files: Iterable[str]) -> bool:
    """Return whether a problem is about a person or one of their files."""
    text = f"{problem.place} {problem.found} {problem.hint}"
    at_the_end = f" ({person})" if problem.code == "nothing-came" else f" of {person}"
    by_id = problem.place.endswith(at_the_end) or (problem.code, problem.found) == ("unknown-person", quote(person))
    return by_id or is_named(names, text) or any(file in text for file in files)
