"""Who has answered, by a folder of answers: the states, a table of them, and lines for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from growthsheet.analysis.responses import COLUMNS, managers_responses, summed_up, unfinished
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
    """Return the roster with the answers in a folder, everybody's response in its cycle, and what is odd about them."""
    answered = with_folder(roster, folder)
    return answered, answered.responses(), told_of_answers(answered)


def told_of_answers(answered: Roster) -> tuple[Problem, ...]:
    """Return what is odd about a roster's answers; what was told of its reading is left out, as a build tells it."""
    of_reading = set(answered.reading.notes)
    return (*new_cycle(answered), *(each for each in answered.problems if each not in of_reading))


def new_cycle(answered: Roster) -> tuple[Problem, ...]:
    """Return a note if the roster's cycle has no answers yet, but others have: its id may be mistyped."""
    there = [cycle.id for cycle in answered.answers.cycles]
    if not there or answered.cycle.id in there:
        return ()
    silent = all(each.state == "missing" and each.manager_state in ("", "missing") for each in answered.responses())
    found = f"no answers of {quote(answered.cycle.id)} yet{': nobody has returned anything' if silent else ''}"
    hint = f"if another cycle is meant, name it: there are answers of {', '.join(map(quote, there))}"
    return (Problem("unknown-cycle", "--cycle", found, hint=hint, severity="note"),)


def as_csv(responses: Sequence[Response]) -> bytes:
    """Return the same rows as a CSV file."""
    return csv_bytes(COLUMNS, ([*map(str, each.row)] for each in responses))


def unanswered(responses: Sequence[Response]) -> Iterator[tuple[str, ...]]:
    """Yield how many people are in each state; then name, state, manager and address of those who are not complete.

    Those who are complete in part only, or sent a later file that was refused, are among them; after them come those
    who are complete with answers that are n/a.
    """
    yield (summed_up([each.shown for each in responses], "person"),)
    yield from _named(
        (_who(person.name, person.id), each.words, f"manager: {one_line(each.manager) or '-'}", one_line(person.email))
        for each in [*unfinished(responses), *(each for each in responses if each.finished and each.not_applicable)]
        for person in [each.person]
    )


def unrated(responses: Sequence[Response]) -> Iterator[tuple[str, ...]]:
    """Yield how many managers are in each state; then name, state and address of those who have not rated everybody."""
    managers = managers_responses(responses)
    if managers:
        yield (summed_up([each.state for each in managers], "manager"),)
    left = unfinished(managers)
    yield from _named((_who(each.name, each.id), each.told(str), one_line(each.email)) for each in left)


def _who(name: str, id: str) -> str:
    return f"  {one_line(name)} ({one_line(id)})"


def _named(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the first rows, and how many more there are."""
    found = [*rows]
    yield from found[:NAMED_ON_SCREEN]
    if len(found) > NAMED_ON_SCREEN:
        yield (f"  and {len(found) - NAMED_ON_SCREEN:,} more",)
