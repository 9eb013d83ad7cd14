"""``growthsheet status``: who has answered, and who has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from growthsheet.cli import output
from growthsheet.cli.options import as_json, option, resolve_settings, roster_from, roster_options
from growthsheet.text.quoting import one_line

if TYPE_CHECKING:
    from growthsheet.analysis.responses import Response

MOST_NAMED = 20
"""The most people who are named on the screen; the table has all of them."""


@click.command()
@click.argument("answers", type=click.Path(exists=True, file_okay=False))
@option("--roster", required=True, metavar="FILE", help="Who may answer.")
@option("--cycle", metavar="ID", help="The review cycle (default: the newest of the answers).")
@roster_options
@option("--csv", "as_csv", is_flag=True, help="Print a table of everybody, as CSV.")
@as_json
def status(answers: str, roster: str, config: str | None, as_csv: bool, as_json: bool, **given: Any) -> None:
    """Tell of each person on the roster how much is answered in ANSWERS, a folder that collect wrote.

    Answers count, and not files: a workbook that came back blank is no answer. The same of the managers' part.
    """
    from growthsheet.analysis.responses import COLUMNS, response_results
    from growthsheet.returns.collected import returned_before
    from growthsheet.sources.answers import load_answers
    from growthsheet.sources.tables.write_csv import csv_bytes

    people = roster_from(roster, resolve_settings(config, given)).with_answers(load_answers(answers))
    responses = people.responses(returned_before(answers, people.cycle.id))
    if as_json:
        output.emit({"cycle": people.cycle.id, "responses": response_results(responses).records()})
    elif as_csv:
        click.echo(csv_bytes(COLUMNS, ([*map(str, each.row)] for each in responses)), nl=False)
    else:
        output.show_problems(people.problems)
        click.echo("\n".join(told_responses(responses, "--csv")))


def told_responses(responses: Sequence[Response], table: str) -> Iterator[str]:
    """Yield lines with how many have answered, and with those who have not, each with manager and address."""
    from growthsheet.analysis.responses import STATES, summed_up

    if not responses:
        return
    yield f"{summed_up(responses)}. All of them: {table}"
    missing = [each for each in responses if each.unanswered]
    rows = []
    for each in missing[:MOST_NAMED]:
        who = f"  {one_line(each.person.name)} ({one_line(each.person.id)})"
        rows.append((who, STATES[each.state], f"manager: {one_line(each.manager) or '-'}", one_line(each.person.email)))
    yield from output.format_table(rows).splitlines() if rows else ()
    if len(missing) > MOST_NAMED:
        yield f"  and {len(missing) - MOST_NAMED:,} more"
