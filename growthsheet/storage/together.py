"""Put several files of a folder in place together: all of them, or none after a failure or a kill.

The new files and copies of the old ones are written beside them first. Then a list of the copies is written, each file
is replaced, and the list is deleted. While the list is there, the copies count: `undo` restores them, and `current`
finds them for those who only read.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from growthsheet.errors import OutputError
from growthsheet.storage.atomic import (
    TEMPORARY,
    fingerprint,
    is_there,
    make_folder,
    open_plain,
    put_in_place,
    reason,
    temporary_name,
    write_aside,
    write_atomically,
)

COPIES = ".growthsheet-copies.json"
"""The name of the list: the name of each file, and that of its copy, which is blank if there was no such file."""


def write_together(folder: Path, files: Mapping[str, bytes | Iterable[bytes]]) -> None:
    """Write files into a folder that exists, all of them or none; call it only while holding the folder's lock.

    ``files`` holds the content of each by its name, as a whole or in parts. If the system refuses one of them, it is an
    OutputError, and all are as they were before.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as home:
    ...     write_together(Path(home), {"a.txt": b"1", "b.txt": b"2"})
    ...     sorted(os.listdir(home))
    ['a.txt', 'b.txt']
    """
    aside: dict[str, Path] = {}
    copies: dict[str, str] = {}
    try:
        for name, data in files.items():
            aside[name] = write_aside(folder / name, data)
        for name in files:
            copies[name] = _copy(folder / name).name if is_there(folder / name) else ""
        write_atomically(folder / COPIES, json.dumps(copies).encode())
        for name, path in aside.items():
            put_in_place(path, folder / name)
        delete(folder / COPIES)
    except BaseException:
        undo(folder)
        raise
    finally:
        left = [] if os.path.lexists(folder / COPIES) else [folder / name for name in copies.values() if name]
        with suppress(OutputError):  # what cannot be deleted now is deleted by the next run
            for path in (*aside.values(), *left):
                delete(path)


def write_folder(folder: Path, files: Iterable[tuple[Path, bytes]]) -> None:
    """Write a new folder as a whole, or over an empty one; call it only while holding the lock of the folder above it.

    Parameters
    ----------
    folder
        The folder.
    files
        The path of each file in it, and its content.
    """
    aside = folder.with_name(temporary_name())
    try:
        for path, data in files:
            make_folder((aside / path).parent)
            write_atomically(aside / path, data)
        with suppress(FileNotFoundError):
            folder.rmdir()
        os.rename(aside, folder)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written: {reason(error)}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)  # after success it no longer exists: it became the folder


def undo(folder: Path) -> None:
    """Restore the files that a killed run was replacing; call it only while holding the folder's lock."""
    copies = _copies(folder)
    for name, copy in copies.items():
        if not copy:
            delete(folder / name)
        elif is_there(folder / copy) and fingerprint(folder / copy) != fingerprint(folder / name):
            put_in_place(folder / copy, folder / name)
    if copies:
        delete(folder / COPIES)


def current(path: Path) -> Path:
    """Return the path of the file that counts: the copy of one that is being replaced, else the file itself.

    It is the path of the folder, hence of no file, while a file is being written that was not there before.
    """
    copy = path.parent / _copies(path.parent).get(path.name, path.name)
    return copy if os.path.lexists(copy) else path


def _copies(folder: Path) -> dict[str, str]:
    """Return the list of copies; it is empty if there is none."""
    if not is_there(folder / COPIES):
        return {}
    try:
        with open_plain(folder / COPIES) as file:
            found = dict(json.loads(file.read()))
        if any(Path(name).name != name or (copy and not TEMPORARY.fullmatch(copy)) for name, copy in found.items()):
            raise ValueError("a path that leads elsewhere")
    except (ValueError, TypeError, RecursionError) as error:
        raise OutputError(f"{folder / COPIES} is damaged: delete it, and check the tables beside it") from error
    return found


def _copy(path: Path) -> Path:
    with open_plain(path) as file:
        return write_aside(path, iter(lambda: file.read(1 << 20), b""))


def delete(path: Path) -> None:
    """Delete a file, if it is there; raise OutputError if the system refuses."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be deleted: {reason(error)}; close it in other programs and run again"
        ) from error
