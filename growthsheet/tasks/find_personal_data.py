"""Find the data of one person in a folder of answers and workbooks, and the places where others mention them."""

# Longer than 300 lines: whose a file is, and whom it names, are two questions to the same files.

from __future__ import annotations

import quopri
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.html.page import OWNER
from growthsheet.model import Answers
from growthsheet.model.answers import kept
from growthsheet.returns.find_files import READ, walk
from growthsheet.sources.answers import load_answers
from growthsheet.storage import manifest
from growthsheet.storage.atomic import fingerprint, inside, open_plain, reason
from growthsheet.text.quoting import one_line, quote
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.markers import PROPERTY, column_name
from growthsheet.xlsx.reader.checks import LARGEST_FILE
from growthsheet.xlsx.reader.zip_archive import Archive

if TYPE_CHECKING:
    from growthsheet.xlsx.reader.workbook import ReadWorkbook

PAGES_AND_LETTERS = frozenset([".html", ".htm", ".md", ".docx", ".txt", ".eml"])
"""The endings of pages and letters, whoever wrote them."""
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


def find_personal_data(
    folder: Path, person: str, names: Iterable[str] = (), listed: Iterable[Path] = ()
) -> PersonalData:
    """Search a folder and those below it; raise InputError if a folder or the answers in it cannot be read.

    ``names`` and ``listed`` are the person's names and own files as far as they are known from before.
    """
    files, left = all_files(folder), list[Problem]()
    answers = _answers(files)
    recorded = {
        inside(path.parent, name): entry
        for path in files
        if path.name == manifest.MANIFEST
        for name, entry in manifest.load(path.parent).items()
    }
    written = {path for path, entry in recorded.items() if entry.on_disk and _fingerprint(path) == entry.on_disk}
    own, others, known = set(listed) & set(files), [], set(names)
    for path in files:
        searched = path.is_symlink() or path.suffix.lower() in READ | PAGES_AND_LETTERS
        if path in own or path.name.startswith("~$") or not searched:
            continue
        owner = _owner(path, person, recorded.get(path), path in written)
        if owner is None:
            left.append(_unclear(path, folder))
        elif (owner["kind"] in manifest.PERSONAL, owner["id"]) == (True, person):
            own.add(path)
            known.add(owner.get("name", ""))
        else:
            others.append(path)
    long_enough = frozenset(name for name in known if len(name) >= SHORTEST_NAME)
    found = PersonalData(folder, person, long_enough, answers, tuple(sorted(own)), (), files)
    left += [*_named_in_files(found, others, written), *_named_in_answers(found)]
    return replace(found, left=tuple(left))


def all_files(folder: Path) -> tuple[Path, ...]:
    """Return every file in a folder and those below it; raise InputError if one of them cannot be opened."""
    closed: list[OSError] = []
    files = tuple(walk(folder, closed))
    if closed:
        expected, hint = "a folder", "check the permissions"
        raise InputError([Problem("not-readable", str(e.filename), reason(e), expected, hint) for e in closed])
    return files


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


def _fingerprint(path: Path) -> str:
    with suppress(OutputError):  # a link or a folder in place of the file
        return fingerprint(path)
    return ""


def _owner(path: Path, person: str, entry: manifest.ManifestEntry | None, unchanged: bool) -> Mapping[str, str] | None:
    """Return the kind of a file and the id of the person it is about; None if nobody can tell.

    The manifest tells it of letters, of unchanged workbooks, and of those that cannot be read; other files are opened
    only as far as needed to see that they are not the person's.
    """
    recorded = {"kind": entry.kind, "id": entry.subject} if entry else None
    if path.is_symlink():
        return None
    if path.suffix.lower() in PAGES_AND_LETTERS:
        page = OWNER.search((_text_of(path) or "")[:4096])
        return recorded or ({**page.groupdict(), "id": unescape(page["id"])} if page else {"kind": "", "id": ""})
    if recorded and unchanged and (recorded["id"] != person or (entry and entry.sealed)):
        return recorded
    text = _raw_text(path)
    if text and PROPERTY.casefold() in text and not _ids_in(text, person):
        return {"kind": "", "id": ""}
    return identity_of(path) or recorded


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


def _named_in_files(found: PersonalData, others: list[Path], unchanged: Collection[Path]) -> Iterator[Problem]:
    """Yield a problem for each file about others that names the person: a workbook, a page, a letter."""
    from growthsheet.xlsx.reader.checks import open_package
    from growthsheet.xlsx.reader.workbook import ReadWorkbook

    for path in others:
        if path.suffix.lower() in PAGES_AND_LETTERS:
            said, text = "a text", _text_of(path)
            if text is None:
                yield _unclear(path, found.folder)
                continue
            named = is_named(found.names, text)
        else:
            said, end = "somebody else's workbook", "sharedstrings.xml" if path in unchanged else ".xml"
            text = _raw_text(path, end=end)
            named = text is None or _ids_in(text, found.person) or _named_in(found.names, text)
            try:
                book = ReadWorkbook(open_package(path, path.name)) if named else None
                named = book is not None and mentions_person(book, found.person, found.names)
            except InputError:  # it has a password
                yield _unclear(path, found.folder)
                continue
        if named:
            said, hint = f"{said}, in which the person is named", "build it again without the person, or erase it"
            yield Problem("named-elsewhere", found.name(path), said, hint=hint, severity="note")


def _text_of(path: Path) -> str | None:
    """Return the text of a page or a letter, without what is attached to it; None if it cannot be read."""
    if path.suffix.lower() == ".docx":
        return _raw_text(path, "word/")
    with open_plain(path) as file:
        data = file.read(LARGEST_FILE).partition(b"Content-Disposition: attachment")[0]
    return (quopri.decodestring(data) if path.suffix.lower() == ".eml" else data).decode(errors="replace")


def _raw_text(path: Path, start: str = "", end: str = ".xml") -> str | None:
    """Return the text of those parts of a workbook or Word document whose names start and end so, in small letters.

    That is much faster than to read a workbook's cells. It is None if the file is no zip archive or in another
    encoding: then the cells have to be read.
    """
    try:
        with open_plain(path) as file:
            archive = Archive(file.read(LARGEST_FILE + 1), path.name)
        parts = [p for p in archive.parts if p.casefold().startswith(start) and p.casefold().endswith(end)]
        found = [b"".join(archive.chunks(part)) for part in parts]
    except (InputError, OutputError):
        return None
    if any(b"utf-8" not in part[:200].lower() for part in found):
        return None
    text = unescape(b"".join(found).decode(errors="replace"))
    if "<r>" in text or "<w:r" in text:  # a name may be in two runs
        text += re.sub("<[^<>]*>", "", re.sub("<w:(?:br|tab)/>|</w:p>", " ", text))
    return text.casefold()


def _ids_in(text: str, person: str) -> bool:
    """Return whether an id may be in a cell of its own, as the key of a row, or in the line with the identity."""
    id = person.casefold()
    cell, line = f">{id}</", f"id: {id} "
    if text.count(cell) > text.count(f"{cell}v>") or any(f">{KEY}{of}{id}</" in text for of in ("", "team:")):
        return True
    return line in text and re.search(rf"\b{re.escape(line)}", text) is not None


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


def _unclear(path: Path, folder: Path) -> Problem:
    found, hint = "it cannot be read, so nobody can tell whose it is", "open it and check it yourself"
    place = one_line(path.relative_to(folder).as_posix(), 300)
    return Problem("whose-unknown", place, found, hint=hint, severity="note")


_OF_PEOPLE = tuple(column_name(table, "key") for table in ("people", "budgets", "everybody"))
"""The key columns of tables with a row for each person; other tables have numbers, activities or roles as keys."""


def is_named(names: Iterable[str], text: str) -> bool:
    """Return whether a text contains one of the names as separate words.

    >>> is_named(["Ana"], "Ask ana's team"), is_named(["Ana"], "Bananas"), is_named(["田中"], "田中さん")
    (True, False, True)
    """
    return _named_in(names, text.casefold())


def _named_in(names: Iterable[str], text: str) -> bool:
    return any(_stands(name.casefold(), text) for name in names)


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
    grid = book.names.get(column_name("grid", "key"))
    points = (grid.sheet, grid.first - 1) if grid else None  # the row with the points of a scale, which are no ids
    key, others = f"{KEY}{person}", {person, f"{KEY}team:{person}"}
    for sheet in book.all_sheets():
        for row, column, text in sheet.texts():
            if (text in others and (sheet.name, row) != points) or is_named(names, text):
                return True
            here = (
                (area.sheet, area.left) == (sheet.name, column) and row in range(area.first, area.last + 1)
                for area in areas
            )
            # A program may have dropped the names: better to report a workbook too many than one too few.
            if text == key and (not book.names or any(here)):
                return True
    return False


def concerns_person(problem: Problem, person: str, names: Iterable[str], files: Iterable[str]) -> bool:
    """Return whether a problem is about a person or one of their files."""
    text = f"{problem.place} {problem.found} {problem.hint}"
    at_the_end = f" ({person})" if problem.code == "nothing-came" else f" of {person}"
    by_id = problem.place.endswith(at_the_end) or (problem.code, problem.found) == ("unknown-person", quote(person))
    return by_id or is_named(names, text) or any(file in text for file in files)
