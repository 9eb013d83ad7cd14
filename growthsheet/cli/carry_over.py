"""``growthsheet carry-over``: what people bring along into the next fiscal year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import click

from growthsheet.cli import output
from growthsheet.cli.options import added, resolve_settings, roster_from
from growthsheet.sources.rosters.carry_in import CARRY_IN_COLUMNS
from growthsheet.text.counts import plural


@click.command()
@click.argument("roster")
@added("carry-over", "roster", "quiet")
def carry_over(
    roster: str, answers: str, out: str, config: str | None, quiet: bool, as_json: bool, **given: Any
) -> None:
    """Write what each person on ROSTER, the last fiscal year's, brings along into the next year.

    It is what is left at the end of the year, as on the teams' tabs, times the share that the settings carry over.
    People who have left by then bring nothing.
    """
    from pathlib import Path

    import growthsheet as gs
    from growthsheet.sources.tables.write_csv import csv_bytes
    from growthsheet.storage.atomic import write_atomically
    from growthsheet.text.numbers import written_plainly

    settings, said = resolve_settings(config, given), gs.load_answers(answers)
    if not settings.as_of:  # the whole year counts, with those who left or started since its last review cycle
        dates = {cycle.id: cycle.date for cycle in said.cycles}
        day = settings.cycle_date or dates.get(settings.cycle or "") or max(dates.values(), default=date.today())
        settings = settings.model_copy(update={"as_of": settings.policy.fiscal_year(day)[1]})
    people = roster_from(roster, settings).with_answers(said)
    table = people.carry_over()
    rows = ((id, name, written_plainly(Decimal(f"{amount:.15g}")), code) for id, name, amount, code in table.rows)
    write_atomically(Path(out), csv_bytes(CARRY_IN_COLUMNS, rows))
    first, last = people.context.fiscal_year
    if as_json:
        told = {"people": len(table), "from": f"{first}", "to": f"{last}", "out": out}
        output.emit({**told, "problems": people.problems})
    if not quiet:
        output.print_line(f"Wrote what {plural(table, 'person')} bring along from {first} to {last} into {out}")
        output.show_problems(people.problems)
