"""Find the returned workbooks under some paths, and report the files that are skipped."""

from __future__ import annotations

import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.returns.merge import ReturnedFile
from growthsheet.sheets.forms import FORMS
from growthsheet.sources.answers import answer_file_names
from growthsheet.storage.atomic import TEMPORARY, fingerprint, reason
from growthsheet.storage.lock import LOCK
from growthsheet.storage.manifest import JOURNAL, MANIFEST
from growthsheet.storage.together import COPIES
from growthsheet.text.language import Translate
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.checks import LARGEST_FILE
from growthsheet.xlsx.reader.returned import Returned

BACKUP = re.compile(r".*\.backup-([0-9a-f]{8}|[0-9a-f]{64})\.xlsx", re.IGNORECASE)
READ = frozenset([".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers", ".zip"])
"""The endings of files that may be workbooks; those that cannot be read are reported with a remedy."""
OUR_FILES = frozenset([MANIFEST, JOURNAL, LOCK, COPIES])


ScalePoints = Mapping[str, Sequence[int]]

ReadFile = Callable[[Path, str], Returned]
"""A function that reads a file; its second argument is the file's name in messages."""


def find_files(given: Iterable[Path], read: ReadFile) -> tuple[list[ReturnedFile], list[Problem]]:
    """Return the workbooks under some paths, each once, and a note for each skipped file.

    Their names are relative to the folder that all paths share.
    """
    check_paths(given)
    homes = [_whole(path) if path.is_dir() else _whole(path).parent for path in given]
    top = Path(os.path.commonpath(homes)) if homes else Path()
    reasons: dict[Path, str] = {}
    for path in given:
        if path.is_dir() and not path.is_symlink():
            closed: list[OSError] = []
            for file in walk(_whole(path), closed):
                reasons.setdefault(file, _passed_over(file))
            reasons |= {Path(error.filename): f"a folder that cannot be opened: {reason(error)}" for error in closed}
        else:
            reasons[_whole(path)] = ""  # a file that was named is read, whatever it is called
    files, skipped = [], []
    names: Counter[str] = Counter()
    for file in sorted(reasons):
        name = one_line(file.relative_to(top).as_posix() or ".", 300)
        names[name] += 1
        if names[name] > 1:  # two names that look the same in a message are two files nevertheless
            name = f"{name} ({names[name]})"
        if reasons[file]:
            skipped.append(Problem("skipped", name, reasons[file], severity="note"))
        else:
            files.append(_incoming(name, file, read))
    return files, skipped


def check_paths(given: Iterable[Path]) -> None:
    """Raise InputError with each path where nothing is."""
    missing = [path for path in given if not os.path.lexists(path)]
    if missing:
        hint = "check the path"
        raise InputError([Problem("no-such-file", str(path), "nothing is there", "", hint) for path in missing])


def _whole(path: Path) -> Path:
    """Return an absolute path; a link in its last part stays a link, so that it can be refused."""
    return Path(os.path.realpath(path.parent), path.name) if path.name not in ("", "..") else path.resolve()


def walk(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """Yield every file below a folder, in order; links to files or folders are yielded, and not followed."""
    for root, folders, files in os.walk(folder, onerror=closed.append):
        folders.sort()
        yield from (Path(root, name) for name in sorted(files))
        yield from (Path(root, name) for name in folders if Path(root, name).is_symlink())


def _passed_over(file: Path) -> str:
    """Return the reason why a file in a folder is not read; blank if it is read."""
    if file.is_symlink():
        return "a link, which is not followed"
    if file.name.startswith("~$"):
        return "the mark that a program leaves beside a workbook that is open"
    if file.name in OUR_FILES or file.name in answer_file_names() or TEMPORARY.fullmatch(file.name):
        return "written by growthsheet, no workbook"
    if BACKUP.fullmatch(file.name):
        return "a backup of a workbook"
    if file.suffix.lower() not in READ:
        return "no workbook"
    return ""


def _incoming(name: str, file: Path, read: ReadFile) -> ReturnedFile:
    digest, modified = f"not read: {name}", 0.0
    with suppress(OSError, OutputError):  # it cannot be opened: the reader reports why, and what to do
        about = file.lstat()
        modified = about.st_mtime
        if stat.S_ISREG(about.st_mode) and about.st_size <= LARGEST_FILE:
            digest = fingerprint(file)
    return ReturnedFile(name, digest, modified, partial(read, file, name))


def read_file(file: Path, name: str, points: ScalePoints, translate: Translate = str, password: str = "") -> Returned:
    """Read a workbook; raise InputError for anything that is wrong with it."""
    from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook

    try:
        return read_returned_workbook(file, name, FORMS, points, translate, password)
    except InputError:
        raise
    except Exception as error:  # a fault of the reader's own must lose one file, not all of them
        found, hint = f"it cannot be read ({type(error).__name__})", "save it again in Excel, and report this"
        raise InputError([Problem("unreadable-file", name, found, "a workbook", hint)]) from error
