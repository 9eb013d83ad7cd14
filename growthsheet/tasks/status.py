"""Who has answered, by a folder of answers: the states, a table of them, and lines for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from growthsheet.analysis.responses import COLUMNS, summed_up
from growthsheet.analysis.responses import Response as Response
from growthsheet.returns.collected import with_folder
from growthsheet.roster.roster import Roster
from growthsheet.sources.tables.write_csv import csv_bytes
from growthsheet.storage.atomic import PathLike
from growthsheet.text.quoting import one_line

NAMED_ON_SCREEN = 20
"""The most people who are named on the screen; the table has all of them."""


def status(answers: PathLike, roster: Roster) -> tuple[Roster, tuple[Response, ...]]:
    """Return the roster with the answers in a folder, and everybody's response in its cycle."""
    answered = with_folder(roster, answers)
    return answered, answered.responses()


def as_csv(responses: Sequence[Response]) -> bytes:
    """Return the same rows as a CSV file."""
    return csv_bytes(COLUMNS, ([*map(str, each.row)] for each in responses))


def unanswered(responses: Sequence[Response]) -> Iterator[tuple[str, ...]]:
    """Yield how many people are in each state; then name, state, manager and address of those who have not answered."""
    yield (summed_up(responses),)
    missing = [each for each in responses if each.unanswered]
    for each in missing[:NAMED_ON_SCREEN]:
        who, manager = f"  {one_line(each.person.name)} ({one_line(each.person.id)})", one_line(each.manager) or "-"
        yield who, each.words, f"manager: {manager}", one_line(each.person.email)
    if len(missing) > NAMED_ON_SCREEN:
        yield (f"  and {len(missing) - NAMED_ON_SCREEN:,} more",)
