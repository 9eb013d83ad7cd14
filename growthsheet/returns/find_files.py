"""Find the returned workbooks under some paths, and report the files that are skipped."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.returns.merge import ReturnedFile
from growthsheet.sheets.forms import FORMS
from growthsheet.sources.answers import answer_file_names
from growthsheet.storage.atomic import fingerprint, reason, sha256
from growthsheet.storage.file_names import fold
from growthsheet.storage.manifest import JOURNAL, MANIFEST, load
from growthsheet.text.language import Translate
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.checks import LARGEST_FILE, regular_file
from growthsheet.xlsx.reader.returned import Returned
from growthsheet.xlsx.reader.zip_archive import Archive

BACKUP = re.compile(r".*\.backup-([0-9a-f]{8}|[0-9a-f]{64})\.xlsx", re.IGNORECASE)
READ = frozenset([".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers", ".zip"])
"""The endings of files that may be workbooks; those that cannot be read are reported with a remedy."""
TEXT = frozenset([".csv", ".tsv", ".xml"])
"""The endings of files that a workbook may have been saved as, if they are called like one."""
CLOSED = "a folder that cannot be opened"
RESPONSES = "responses.csv"
"""The name of the table of who has answered, which collecting writes."""
OURS = ".growthsheet"
"""How the names of files begin that growthsheet keeps for itself: its lock, and what an interrupted run leaves."""
A_LINK = "a link, which is not followed"
OWN = "written by growthsheet, nothing that people fill in"
DROPPINGS = frozenset([".ds_store", "thumbs.db", "desktop.ini"])
LEFT_BEHIND = "left behind by the file manager of a computer"
"""The reasons why files are skipped that nobody needs to hear of, beside the others."""
ZIP = ".zip"
LARGEST_ZIP = 64 * 1024 * 1024


ScalePoints = Mapping[str, Sequence[int]]

ReadFile = Callable[[Path | bytes, str], Returned]
"""A function that reads a file, or its bytes; its second argument is the file's name in messages."""


def find_files(
    given: Iterable[Path], read: ReadFile, names_of_ours: Iterable[str] = ()
) -> tuple[list[ReturnedFile], list[Problem]]:
    """Return the workbooks under some paths, each once, and a note for each skipped file.

    Their names are relative to the folder that all paths share. A text file is taken for a workbook that somebody saved
    so, and read, if its name begins with one of ``names_of_ours``.
    """
    ours = tuple(fold(name) for name in names_of_ours)
    check_paths(given)
    homes = [_whole(path) if path.is_dir() else _whole(path).parent for path in given]
    top = Path(os.path.commonpath(homes)) if homes else Path()
    reasons: dict[Path, str] = {}
    named: set[Path] = set()
    for path in given:
        if path.is_dir() and not path.is_symlink():
            closed: list[OSError] = []
            for file in walk(_whole(path), closed):
                reasons.setdefault(file, A_LINK if file.is_symlink() else _passed_over(file, ours))
            reasons |= {Path(error.filename): f"{CLOSED}: {reason(error)}" for error in closed}
        else:
            named.add(_whole(path))
            reasons[_whole(path)] = ""  # a file that was named is read, whatever it is called
    built = _built({folder for file in reasons for folder in (file.parent, file.parent.parent)})
    files, skipped = [], []
    names: Counter[str] = Counter()
    for file in sorted(reasons):
        name = one_line(file.relative_to(top).as_posix() or ".", 300)
        names[name] += 1
        if names[name] > 1:  # two names that look the same in a message are two files nevertheless
            name = f"{name} ({names[name]})"
        if reasons[file]:
            skipped.append(_skipped(name, reasons[file]))
        elif (packed := _packed(name, file)) is not None:
            for part in packed.parts:
                inside = f"{name}/{one_line(part, 300)}"
                if why := LEFT_BEHIND if part.endswith("/") else _passed_over(Path(part), ours):
                    skipped.append(_skipped(inside, why))
                else:
                    files.append(_in_zip(inside, file, packed, part, read))
        else:
            found = _incoming(name, file, read)
            files.append(replace(found, named=file in named, untouched=found.digest in built))
    return files, skipped


def _built(folders: Iterable[Path]) -> set[str]:
    """Return the hashes of the files that growthsheet wrote, by the manifests of some folders."""
    found = set[str]()
    for folder in folders:
        with suppress(InputError, OutputError):  # a damaged manifest shows nothing
            found.update(entry.on_disk for entry in load(folder).values())
    return found


def check_paths(given: Iterable[Path]) -> None:
    """Raise InputError with each path where nothing is."""
    missing = [path for path in given if not os.path.lexists(path)]
    if missing:
        hint = "check the path"
        raise InputError([Problem("no-such-file", str(path), "nothing is there", "", hint) for path in missing])


def _skipped(name: str, reason: str) -> Problem:
    if reason in (OWN, LEFT_BEHIND):
        return Problem("own-file", name, reason, severity="note")
    if reason.startswith(CLOSED):  # nobody knows whose workbooks are in there
        return Problem("not-readable", name, reason, "a folder", "check the permissions")
    return Problem("skipped", name, reason, severity="note")


def _packed(name: str, file: Path) -> Archive | None:
    """Return the zip file if it is one of workbooks; None for other files, which are read or refused as workbooks."""
    if file.suffix.lower() != ZIP or file.is_symlink():
        return None
    try:
        archive = Archive(regular_file(file, name, LARGEST_ZIP), name)
    except InputError:  # reading it as a workbook gives the same error, or a better one
        return None
    workbooks = any(Path(part).suffix.lower() in READ for part in archive.parts)
    return archive if workbooks and "[Content_Types].xml" not in archive else None


def _in_zip(name: str, file: Path, packed: Archive, part: str, read: ReadFile) -> ReturnedFile:
    def content() -> bytes:
        return b"".join(packed.chunks(part))

    digest = f"not read: {name}"
    with suppress(InputError):  # reading it reports the same
        digest = sha256(content())
    return ReturnedFile(name, digest, file.lstat().st_mtime, lambda: read(content(), name), named=False)


def _whole(path: Path) -> Path:
    """Return an absolute path; a link in its last part stays a link, so that it can be refused."""
    return Path(os.path.realpath(path.parent), path.name) if path.name not in ("", "..") else path.resolve()


def walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield every file below a folder, in order; links to files or folders are yielded, and not followed."""
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders.sort()
        yield from (Path(root, name) for name in sorted(files))
        yield from (Path(root, name) for name in folders if Path(root, name).is_symlink())


def _passed_over(file: Path, ours: tuple[str, ...]) -> str:
    """Return the reason why a file in a folder is not read; blank if it is read."""
    if file.name.startswith("~$"):
        return "the file that a program keeps beside an open workbook"
    if file.name.startswith(OURS) or file.name in (MANIFEST, JOURNAL, RESPONSES, *answer_file_names()):
        return OWN
    if file.name.startswith("._") or file.name.lower() in DROPPINGS or "__MACOSX" in file.parts:
        return LEFT_BEHIND
    if BACKUP.fullmatch(file.name):
        return "a backup of a workbook"
    if file.suffix.lower() not in READ and not (file.suffix.lower() in TEXT and fold(file.stem).startswith(ours)):
        return "not a workbook"
    return ""


def _incoming(name: str, file: Path, read: ReadFile) -> ReturnedFile:
    digest, modified = f"not read: {name}", 0.0
    with suppress(OSError, OutputError):  # it cannot be opened: the reader reports why, and what to do
        about = file.lstat()
        modified = about.st_mtime
        if stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST_FILE:
            digest = fingerprint(file)
    return ReturnedFile(name, digest, modified, partial(read, file, name))


def read_file(
    file: Path | bytes,
    name: str,
    points: ScalePoints,
    translation: Callable[[str], Translate],
    labels: Callable[[str], Mapping[str, Mapping[str, int]]],
    password: str = "",
) -> Returned:
    """Read a workbook; raise InputError for anything that is wrong with it."""
    from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook

    try:
        return read_returned_workbook(file, name, FORMS, points, translation, password, labels)
    except InputError:
        raise
    except Exception as error:  # a fault of the reader's own must lose one file, not all of them
        found, hint = f"it cannot be read ({type(error).__name__})", "save it again in Excel, and report this"
        raise InputError([Problem("unreadable-file", name, found, "a workbook", hint)]) from error
