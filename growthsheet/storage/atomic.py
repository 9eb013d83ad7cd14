"""Write files atomically, and open, hash and delete them without following links.

Every file is written by `write_atomically`: the data goes to a temporary file beside the target, is flushed to the
disk, and then replaces the target in one step. A crash, a full disk or a kill leaves the old file or the new one.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from growthsheet.errors import OutputError

PathLike = str | os.PathLike[str]
"""A path as an argument of functions."""

TEMPORARY = re.compile(r"\.growthsheet-[0-9a-f]{16}\.tmp")
# Blank, hidden, "..", a name that Windows would shorten, or characters that are reserved on some system.
ILLEGAL = re.compile(r'^$|^\.|[. ]$|[\x00-\x1f<>:"|?*\\]')
WINDOWS = sys.platform == "win32"
# Windows does not replace a file that Excel (or a virus scanner, for a moment) holds open: seconds between attempts.
PAUSES = (0.05, 0.1, 0.2, 0.4) if WINDOWS else ()
NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
BINARY = getattr(os, "O_BINARY", 0)


def write_atomically(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file as a whole, readable by its owner only; if anything fails, the old file stays.

    Its folder must exist. It is an OutputError if the path is a link or a folder, or the system refuses (a full disk,
    no right to write, open in Excel).

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_atomically(Path(folder, "a.txt"), b"new")
    ...     Path(folder, "a.txt").read_bytes()
    b'new'
    """
    temporary = write_aside(path, data)
    try:
        put_in_place(temporary, path)
    finally:
        with suppress(OSError):  # after success it no longer exists: it became the file
            os.unlink(temporary)


def temporary_name() -> str:
    """Return a new name for a temporary file or folder."""
    return f".growthsheet-{secrets.token_hex(8)}.tmp"


def write_aside(path: Path, data: bytes | Iterable[bytes]) -> Path:
    """Write the content of a file to a temporary file beside it; return the path of that one."""
    temporary = path.with_name(temporary_name())
    try:
        is_there(path)  # refuses a link or a folder
        file = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | NO_FOLLOW | BINARY, 0o600)
        try:
            _fill(file, (data,) if isinstance(data, bytes) else data)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {reason(error)}") from error
    return temporary


def put_in_place(temporary: Path, path: Path) -> None:
    """Replace a file by a temporary one in one step, and flush the change to the disk."""
    try:
        _replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {reason(error)}") from error


def is_there(path: Path) -> bool:
    """Return whether a file exists; raise OutputError if a link, a folder or a device has its path."""
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
    """Open a file for reading, but not if it is a link."""
    try:
        return open(path, "rb", opener=lambda name, flags: os.open(name, flags | NO_FOLLOW))
    except OSError as error:
        raise OutputError(f"{path} cannot be read: {reason(error)}") from error


def reason(error: OSError) -> str:
    """Return the reason of a system error, without the names and values that the error may contain."""
    return error.strerror or type(error).__name__


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hex.

    >>> sha256(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file, in hex; blank if there is no file."""
    if not is_there(path):
        return ""
    with open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_folder(path: Path) -> None:
    """Create a folder and its parents, accessible to the owner only; folders that exist stay unchanged."""
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        if links := [folder for folder in missing if folder.is_symlink()]:
            raise OutputError(f"{links[0]} is a link that leads nowhere; remove it, or name another folder")
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)  # another worker may have created it meanwhile
        if not path.is_dir():
            raise OutputError(f"{path} is not a folder")
    except OSError as error:
        raise OutputError(f"the folder {path} cannot be made: {reason(error)}") from error


def inside(folder: Path, path: str) -> Path:
    """Return the path of a file in a folder; raise OutputError if it is outside, by ``..`` or through a link.

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
    """Delete the temporary files and folders that killed runs left in a folder; the caller holds the folder's lock."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not TEMPORARY.fullmatch(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry)
                elif entry.is_file(follow_symlinks=False):
                    os.unlink(entry)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OutputError(f"what a killed run left in {folder} cannot be removed: {reason(error)}") from error


def _fill(file: int, parts: Iterable[bytes]) -> None:
    """Write all parts into an open file, flush it to the disk, and close it."""
    try:
        for part in parts:
            rest = memoryview(part)
            while rest:  # the system may write only a part of it
                rest = rest[os.write(file, rest) :]
        os.fsync(file)
    finally:
        os.close(file)


def _replace(source: Path, target: Path) -> None:
    """Replace a file by another in one step; on Windows, wait a moment if a program has it open."""
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
    """Flush the folder, with the new name in it, to the disk."""
    if WINDOWS:  # Windows cannot open a folder as a file; its file system logs changes of names
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
