"""Files that are old or new, never something between, and never somebody else's.

Everything that is written goes through `write_atomically`: a temporary file beside the target, forced to the disk,
then put in place in one step. A crash, a full disk or a kill leaves the old file or the new one.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from growthsheet.errors import OutputError

PathLike = str | os.PathLike[str]
"""A path, as functions take one."""

TEMPORARY = re.compile(r"\.growthsheet-[0-9a-f]{16}\.tmp")
# Blank, hidden, "..", a name that Windows would shorten, or characters that are reserved somewhere.
ILLEGAL = re.compile(r'^$|^\.|[. ]$|[\x00-\x1f<>:"|?*\\]')
WINDOWS = sys.platform == "win32"
# Windows does not replace a file that Excel (or a virus scanner, for a moment) holds open: seconds between attempts.
PAUSES = (0.05, 0.1, 0.2, 0.4) if WINDOWS else ()
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Put a file in place as a whole, readable by its owner only; whatever goes wrong, the old file stays.

    Parameters
    ----------
    path
        The file; its folder must be there.
    data
        The content, at once or in parts.

    Raises
    ------
    OutputError
        When the path is a link or a folder, or the system refuses (a full disk, no right to write, open in Excel).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_atomically(Path(folder, "a.txt"), b"new")
    ...     Path(folder, "a.txt").read_bytes()
    b'new'
    """
    temporary = path.with_name(f".growthsheet-{secrets.token_hex(8)}.tmp")
    try:
        is_there(path)  # refuses a link or a folder
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | BINARY, 0o600)
        try:
            _fill(file, (data,) if isinstance(data, bytes) else data)
            _replace(temporary, path)
            _sync_folder(path.parent)
        finally:
            with suppress(OSError):  # usually it is gone: it became the file
                os.unlink(temporary)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {reason(error)}") from error


def is_there(path: Path) -> bool:
    """Whether there is a file; a link, a folder or a device in its place is refused, for it would lead elsewhere."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {reason(error)}") from error
    if not stat.S_ISREG(mode):
        raise OutputError(f"{path} is a link, a folder or a device, not a file; move it away")
    return True


def open_plain(path: Path) -> BufferedReader:
    """Open a file for reading, never through a link."""
    try:
        return open(path, "rb", opener=lambda name, flags: os.open(name, flags | NO_FOLLOW))
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {reason(error)}") from error


def reason(error: OSError) -> str:
    """Why the system refused, without the names and values that an error may carry."""
    return error.strerror or type(error).__name__


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hex.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, in hex; blank where there is no file."""
    if not is_there(path):
        return ""
    with open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, for the owner only; one that is there stays as it is."""
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)  # another worker may have been first
        if not path.is_dir():
            raise OutputError(f"{path} is not a folder")
    except OSError as error:
        raise OutputError(f"the folder {path} cannot be made: {reason(error)}") from error


def inside(folder: Path, path: str) -> Path:
    """Where a relative path leads in a folder; refused if it would leave it, by its words or through a link.

    >>> inside(Path("out"), "people/ana-E1.xlsx").as_posix()
    'out/people/ana-E1.xlsx'
    >>> inside(Path("out"), "../ana.xlsx")
    Traceback (most recent call last):
    growthsheet.errors.OutputError: '../ana.xlsx' is not a path inside the folder
    """
    parts = path.split("/")
    if any(ILLEGAL.search(part) for part in parts):
        raise OutputError(f"{path!r} is not a path inside the folder")
    target = folder.joinpath(*parts)
    if Path(os.path.realpath(target.parent)) != Path(os.path.realpath(folder)).joinpath(*parts[:-1]):
        raise OutputError(f"{target.parent} leads elsewhere through a link; nothing is written there")
    return target


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that killed runs left in a folder; call it only while you hold its lock."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                    os.unlink(entry)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OutputError(f"what a killed run left in {folder} cannot be removed: {reason(error)}") from error


def _fill(file: int, parts: Iterable[bytes]) -> None:
    """Write all of it into a new file, force it to the disk, and close it."""
    try:
        for part in parts:
            rest = memoryview(part)
            while rest:  # the system may take less than all at once
                rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)


def _replace(source: Path, target: Path) -> None:
    """Move a file over another in one step; wait a little for a program that holds it open."""
    for pause in PAUSES:
        try:
            os.replace(source, target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    if PAUSES:
        raise OutputError(f"{target} is open in another program; close it in Excel and run again")
    os.replace(source, target)


def _sync_folder(folder: Path) -> None:
    """Force the new name to the disk as well."""
    if WINDOWS:  # Windows cannot open a folder as a file, and keeps its names in a journal of its own
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
