"""Who has answered, by a folder of answers: the states, a table of them, and lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from growthsheet.analysis.responses import COLUMNS, summed_up
from growthsheet.analysis.responses import Response as Response
from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers
from growthsheet.returns.collected import with_folder
from growthsheet.roster.roster import Roster
from growthsheet.sources.tables.write_csv import csv_bytes
from growthsheet.storage.atomic import PathLike
from growthsheet.tasks.settings import Settings
from growthsheet.text.quoting import did_you_mean, one_line, quote

NAMED_ON_SCREEN = 20
"""The most people who are named on the screen; the table has all of them."""


def as_of_cycle(settings: Settings, answers: Answers) -> Settings:
    """Return settings in which an earlier cycle of the answers is looked at on its own day, unless another is set.

    People who have joined since owe it no answer, and those who have left since do.

    Raises
    ------
    InputError
        When the cycle that is set is none of the answers'.
    """
    days = {cycle.id: cycle.date for cycle in answers.cycles}
    if not days or settings.cycle is None:
        return settings
    if settings.cycle not in days:
        expected = f"one of {', '.join(map(quote, days))}"
        hint = did_you_mean(settings.cycle, days, "name one of them, or collect files of it first")
        raise InputError([Problem("unknown-cycle", "--cycle", quote(settings.cycle), expected, hint)])
    day = days[settings.cycle]
    return settings if settings.as_of or day == max(days.values()) else settings.model_copy(update={"as_of": day})


def status(folder: PathLike, roster: Roster, answers: Answers) -> tuple[Roster, tuple[Response, ...]]:
    """Return the roster with the answers in a folder, and everybody's response in its cycle."""
    answered = with_folder(roster, folder, answers)
    return answered, answered.responses()


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
