"""``growthsheet status``: who has answered, and who has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from growthsheet.cli import output
from growthsheet.cli.options import FilePath, added, of_cycle, resolve_settings, roster_from

if TYPE_CHECKING:
    from growthsheet.tasks.status import Response


@click.command()
@click.argument("answers", type=FilePath(exists=True, file_okay=False))
@added("status", "roster")
def status(answers: str, roster: str, config: str | None, as_csv: bool, as_json: bool, **given: Any) -> None:
    """Show how much each person on the roster has answered in ANSWERS, a folder that collect wrote.

    Answers count, not files: a workbook that was returned blank is not an answer. The managers' part is shown too. With
    --cycle and an earlier cycle, the people are those who were there on its date.
    """
    from growthsheet.tasks import status as task
    from growthsheet.text.quoting import one_line

    settings = of_cycle(resolve_settings(config, given), answers)
    people, responses, notes = task.status(answers, roster_from(roster, settings))
    output.show_problems(notes)
    if as_json:
        output.emit({"cycle": people.cycle.id, "responses": responses})
    elif as_csv:
        click.echo(task.as_csv(responses), nl=False)
    else:
        click.echo(f"{one_line(people.cycle.label)} ({people.cycle.id}), as of {people.as_of.isoformat()}")
        click.echo("\n".join(told_responses(responses, "growthsheet status ... --csv")))


def told_responses(responses: Sequence[Response], table: str) -> Iterator[str]:
    """Yield lines with how many have answered, and how many managers; and with those who are not complete."""
    from growthsheet.tasks.status import unanswered, unrated

    for told, more in ((unanswered, f". For everybody, with numbers: {table}"), (unrated, "")):
        for (first,), *rows in filter(None, [[*told(responses)]]):
            yield first + more
            yield from output.format_table([row for row in rows if len(row) > 1]).splitlines() if rows else ()
            yield from (row[0] for row in rows if len(row) == 1)
