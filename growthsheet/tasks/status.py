"""Who has answered, by a folder of answers: the states, a table of them, and lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from growthsheet.analysis.responses import COLUMNS, summed_up
from growthsheet.analysis.responses import Response as Response
from growthsheet.errors import Problem
from growthsheet.returns.collected import with_folder
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import load_answers
from growthsheet.sources.tables.write_csv import csv_bytes
from growthsheet.storage.atomic import PathLike
from growthsheet.tasks.settings import Settings
from growthsheet.text.quoting import one_line, quote

NAMED_ON_SCREEN = 20
"""The most people who are named on the screen; the table has all of them."""


def as_of_cycle(settings: Settings, answers: PathLike) -> Settings:
    """Return settings in which an earlier cycle of a folder's answers is looked at on its own day, unless one is set.

    People who have joined since owe it no answer, and those who have left since do.
    """
    if settings.cycle is None or settings.as_of or not Path(answers, "answers.csv").exists():
        return settings
    days = {cycle.id: cycle.date for cycle in load_answers(answers).cycles}
    day = days.get(settings.cycle)
    return settings if day in (None, max(days.values(), default=None)) else settings.model_copy(update={"as_of": day})


def status(folder: PathLike, roster: Roster) -> tuple[Roster, tuple[Response, ...], tuple[Problem, ...]]:
    """Return the roster with the answers in a folder, everybody's response in its cycle, and a note if it is new."""
    answered = with_folder(roster, folder)
    responses, there = answered.responses(), [cycle.id for cycle in answered.answers.cycles]
    if not there or answered.cycle.id in there:
        return answered, responses, ()
    silent = all(each.state == "missing" and each.manager_state in ("", "missing") for each in responses)
    found = f"no answers of {quote(answered.cycle.id)} yet{': nobody has returned anything' if silent else ''}"
    hint = f"if another cycle is meant, name it: there are answers of {', '.join(map(quote, there))}"
    return answered, responses, (Problem("unknown-cycle", "--cycle", found, hint=hint, severity="note"),)


def as_csv(responses: Sequence[Response]) -> bytes:
    """Return the same rows as a CSV file."""
    return csv_bytes(COLUMNS, ([*map(str, each.row)] for each in responses))


def unanswered(responses: Sequence[Response]) -> Iterator[tuple[str, ...]]:
    """Yield how many people are in each state; then name, state, manager and address of those who are not complete."""
    yield (summed_up(responses),)
    missing = sorted((each for each in responses if each.state != "complete"), key=lambda each: not each.unanswered)
    for each in missing[:NAMED_ON_SCREEN]:
        who, manager = f"  {one_line(each.person.name)} ({one_line(each.person.id)})", one_line(each.manager) or "-"
        yield who, each.words, f"manager: {manager}", one_line(each.person.email)
    if len(missing) > NAMED_ON_SCREEN:
        yield (f"  and {len(missing) - NAMED_ON_SCREEN:,} more",)
