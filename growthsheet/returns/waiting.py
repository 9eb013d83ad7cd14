"""Answers that leave the workbook they were typed into, kept in the folder until they stand in another one.

A person who moves to another team takes the former manager's ratings along. The workbooks of both teams are replaced
one after the other, and either may fail; until the new one is in place, these answers stand in tables of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from growthsheet.errors import OutputError
from growthsheet.model import Answers
from growthsheet.model.answers import AnswerKey, kept
from growthsheet.sources.answers import load_answers, save_answers
from growthsheet.storage.atomic import reason, temporary_name
from growthsheet.storage.lock import FolderLock
from growthsheet.storage.together import current

WAITING = ".growthsheet-waiting"
"""The name of the folder with these tables."""


def load_waiting(folder: Path) -> Answers:
    """Return the answers that wait in a folder of workbooks; none if there are no such tables."""
    home = folder / WAITING
    return load_answers(home) if any(current(home / kind.file).is_file() for kind in kept()) else Answers()


def save_waiting(folder: Path, answers: Answers) -> None:
    """Write the answers that wait, in place of those of an earlier run; without any, delete the tables."""
    waits = any(True for _ in answers.each())
    if waits or (folder / WAITING).exists():
        with FolderLock(folder):
            if waits:
                save_answers(answers, folder / WAITING)
            else:
                _delete(folder / WAITING)


def _delete(tables: Path) -> None:
    """Delete the tables all at once: some of them without the others could not be read, or would tell half of it."""
    aside = tables.with_name(temporary_name())
    try:
        os.rename(tables, aside)
    except OSError as error:
        raise OutputError(f"{tables} cannot be deleted: {reason(error)}") from error
    shutil.rmtree(aside, ignore_errors=True)  # whatever stays of it is removed by the next run


def only(answers: Answers, keys: Collection[AnswerKey]) -> Answers:
    """Return the answers with these keys, and the cycles that they refer to."""
    part = answers.with_each(lambda kind, found: (each for each in found if kind.key_of(each) in keys))
    needed = {answer.cycle for kind, answer in part.each() if "cycle" in kind.key}
    return part.model_copy(update={"cycles": tuple(cycle for cycle in answers.cycles if cycle.id in needed)})
