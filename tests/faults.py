"""Calls of the system that fail, and processes that are killed at one of them."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest

CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "mkdir", "rmdir")
"""The calls of the system by which files are written."""

LOOKS = ("stat", "lstat", "scandir", "listdir")
"""The calls by which files are found; whether a run is killed at one of them makes no difference to any file."""


class Killed(BaseException):
    """Raised by every call of a process that was killed: nothing of its cleaning up is done either."""


HOW = ("once", "no file is replaced any more", "killed")


@contextmanager
def failing(at: int, how: str, calls: Iterable[str] = CALLS) -> Iterator[list[str]]:
    """Let the n-th call of the system fail, or others after it as well; yield the names of the calls that were made."""
    made: list[str] = []

    def call(real: Callable[..., Any], *given: Any, **more: Any) -> Any:
        made.append(real.__name__)
        if how == "killed" and len(made) >= at:
            raise Killed
        if len(made) == at or (how == HOW[1] and len(made) > at and real.__name__ == "replace"):
            about = [str(given[0])] if given and isinstance(given[0], str | os.PathLike) else []
            raise PermissionError(13, "Permission denied", *about)
        return real(*given, **more)

    with pytest.MonkeyPatch.context() as patch:
        for name in calls:
            patch.setattr(os, name, partial(call, getattr(os, name)))
        yield made
