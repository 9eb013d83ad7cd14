"""A lock that lets one run at a time write into a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from growthsheet.errors import OutputError
from growthsheet.storage.atomic import BINARY, NO_FOLLOW, reason

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)  # closing is not enough: forked workers share the lock


LOCK = ".growthsheet.lock"


class FolderLock:
    """A context manager that lets one run at a time write into a folder.

    The system releases the lock when the process ends, however it ends; so the empty lock file may stay, and no process
    number needs to be stored.

    Parameters
    ----------
    folder
        A folder that exists.

    Raises
    ------
    OutputError
        On entering, if another run holds the lock.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, FolderLock(Path(folder)):
    ...     print("nobody else writes here")
    nobody else writes here
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> FolderLock:
        try:
            self._file = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT | NO_FOLLOW | BINARY, 0o600)
        except OSError as error:
            raise OutputError(f"{self.folder} cannot be written to: {reason(error)}") from error
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            busy = isinstance(error, BlockingIOError | PermissionError)  # Windows raises the second
            why = "another run is writing there; wait until it has ended" if busy else reason(error)
            raise OutputError(f"{self.folder} cannot be locked: {why}") from error
        return self

    def __exit__(self, *_: object) -> None:
        _unlock(self._file)
        os.close(self._file)
