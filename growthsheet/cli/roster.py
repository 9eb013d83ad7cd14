"""``growthsheet roster``: show how a roster is understood."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from growthsheet.cli import output
from growthsheet.cli.groups import Commands
from growthsheet.cli.options import added, resolve_settings, roster_from
from growthsheet.errors import OutputError
from growthsheet.text.counts import plural


@click.group(cls=Commands)
def roster() -> None:
    """Show how a roster is understood."""


@roster.command()
@click.argument("file")
@added("show", "roster")
def show(file: str, config: str | None, as_json: bool, save_mapping: str | None, **given: Any) -> None:
    """Show which columns of FILE are read, which are guesses, how many people there are in each role, and all notes.

    FILE is a .csv, .tsv, .txt or .xlsx file, or - for a text file on stdin. No amount of pay is ever shown.
    """
    settings = resolve_settings(config, given)
    found = roster_from(file, settings)
    if save_mapping:
        from growthsheet.sources.rosters.options import as_toml
        from growthsheet.storage.atomic import is_there, write_atomically

        if is_there(Path(save_mapping)):
            raise OutputError(f"{save_mapping} already exists; name another file")
        write_atomically(Path(save_mapping), as_toml(settings).encode())
    mapped = found.reading.mapped
    names = {role.id: role.name for role in found.catalog.roles}
    roles = Counter(person.role for person in found.people)
    counts = {"people": len(found.people), "teams": len(found.managers), "leavers": len(found.reading.leavers)}
    if as_json:
        output.emit(
            {
                **counts,
                "as_of": found.as_of.isoformat(),
                "cycle": found.cycle.id,
                "currency": found.currency,
                "roles": {role: roles[role] for role in names if role in roles},
                "mapping": [asdict(each) for each in mapped],
                "problems": found.problems,
            }
        )
        return
    told = ", ".join(map(plural, counts.values(), ("person", "team", "leaver")))
    click.echo(f"{told} on {found.as_of}, cycle {found.cycle.id}\n")
    rows = [(each.field, each.column, each.how + " (a guess)" * each.guess) for each in mapped]
    click.echo(output.format_table([("field", "column", "found by"), *rows]) + "\n")
    rows_of_roles = [(name, roles[role]) for role, name in names.items() if role in roles]
    click.echo(output.format_table([("role", "people"), *rows_of_roles]) + "\n")
    output.show_problems(found.problems, err=False)
