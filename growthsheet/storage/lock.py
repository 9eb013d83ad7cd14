"""A lock that lets one run at a time write into a folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from growthsheet.errors import OutputError
from growthsheet.storage.atomic import BINARY, NO_FOLLOW, reason, remove_leftovers
from growthsheet.storage.together import undo

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
    """A context manager that lets one run at a time write into a folder that exists.

    The system releases the lock when the process ends, however it ends; so the empty lock file may stay, and no process
    number needs to be stored. Whoever gets the lock also cleans up what killed runs left in the folder itself.
    Entering it raises OutputError if another run holds the lock, or what a killed run left cannot be cleaned up.

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
        try:
            undo(self.folder)
            remove_leftovers(self.folder)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        _unlock(self._file)
        os.close(self._file)


@contextmanager
def locked(*folders: Path) -> Iterator[None]:
    """Hold the locks of several folders, each once."""
    with ExitStack() as stack:
        for folder in {os.path.realpath(folder): folder for folder in sorted(folders)}.values():
            stack.enter_context(FolderLock(folder))
        yield
