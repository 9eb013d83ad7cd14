"""``growthsheet build``: a workbook for each person and each manager."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from growthsheet.cli import options, output

if TYPE_CHECKING:
    from growthsheet.tasks.settings import Settings


@click.command()
@click.argument("roster")
@options.added("build", "roster", "language", "cycle", "password", "run", "quiet")
def build(
    roster: str, answers: str | None, carry_in: str | None, quiet: bool, as_json: bool, config: str | None, **given: Any
) -> None:
    """Make a workbook for each person on ROSTER, and one for each manager.

    ROSTER is a .csv, .tsv, .txt or .xlsx file as HR systems export it, or - for a text file on stdin.
    """
    import growthsheet as gs
    from growthsheet.returns.collected import with_folder

    how = options.taken(given, "books", "managers", "workers", "update", "force", "dry_run", "password", "plain")
    shown, out = options.taken(given, "blind", "blind_manager", "core", "prefill", "share"), given.pop("out")
    settings = options.resolve_settings(config, given)
    if how["update"]:
        settings = _of_folder(settings, Path(out))
    people = options.roster_from(roster, options.of_cycle(settings, answers, quiet)).with_options(**shown)
    if answers:
        people = with_folder(people, answers)
    if carry_in:
        people = people.with_carry_in(carry_in)
    with output.progress_bar(quiet) as progress:
        report = gs.build(people, out, of=settings.of, by=settings.by, progress=progress, **how)
    output.tell_report(report, people.problems, quiet, as_json)
    if "teams" in how["books"] and people.options.pay == "salary" and people.reading.pay and not quiet:
        output.print_line("Managers' workbooks hold salaries; --pay allowance leaves them out.")
    output.end(report.problems)


def _of_folder(settings: Settings, folder: Path) -> Settings:
    """Return the settings of an update: the folder's cycle, unless another one is named, with the people of today."""
    from growthsheet.batch.build import cycle_built

    there = cycle_built(folder)
    if there and (settings.cycle == there.id or not {"id", "date"} & settings.cycle_named):
        label = settings.cycle_label or (there.label if there.label != there.id else None)
        known = {"cycle": there.id, "cycle_label": label, "cycle_date": settings.cycle_date or there.date}
        settings = settings.model_copy(update=known)
    if settings.as_of:
        return settings
    # Who came and who left since the cycle began is what an update is for.
    return settings.model_copy(update={"as_of": max(date.today(), settings.cycle_date or date.min)})
