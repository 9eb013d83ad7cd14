"""``growthsheet build``: a workbook for each person and each manager."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from growthsheet.cli import options, output

BOOKS = ("people", "teams", "organization", "groups")


@click.command()
@click.argument("roster")
@options.out_option("The folder for the workbooks.")
@options.books_option(BOOKS, "people,teams", "Which workbooks: people, teams, organization, groups.")
@options.repeated("--of", metavar="MANAGER", help="A group of everybody below this manager (id, e-mail or unique name)")
@options.option("--by", metavar="COLUMN", help="A group for each value of this roster column; it is kept.")
@options.repeated(
    "--team", "teams", metavar="MANAGER", help="Only this manager's team and its people (id, e-mail or unique name)"
)
@options.roster_options
@options.language_options
@options.cycle_options
@options.option("--answers", metavar="DIR", help="Earlier or collected answers to show in the workbooks.")
@options.option("--carry-in", metavar="FILE", help="The file that carry-over wrote for the last fiscal year.")
@options.option("--share", is_flag=True, help="Show the manager's and the agreed ratings in people's files.")
@options.option("--prefill", is_flag=True, help="Put in last cycle's ratings; they count once they are confirmed.")
@options.option("--blind", is_flag=True, help="Hide what the role expects until a row is rated.")
@options.option(
    "--blind-manager", is_flag=True, help="Hide people's own ratings in a manager's file until the manager rates."
)
@options.option("--core", is_flag=True, help="A short round: only the activities at the core of each role.")
@options.option(
    "--rate",
    metavar="SHARE",
    help="The share of annual pay that goes into training, as 0.03 or 3% (default 0.03).",
)
@options.option(
    "--prorate",
    type=click.Choice(["months", "days", "none"]),
    help="How the employed share of the year is counted (default months).",
)
@options.pay_options("file")
@options.password_file
@options.option("--plain", is_flag=True, help="Write workbooks without a password where those in DIR have one.")
@options.option(
    "--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="The number of processes (default 1)."
)
@options.option("--update", is_flag=True, help="Read files that people filled in, and carry over what they typed.")
@options.run_options
@options.as_json
@click.pass_context
def build(
    ctx: click.Context,
    /,
    roster: str,
    out: str,
    books: tuple[str, ...],
    teams: tuple[str, ...],
    answers: str | None,
    carry_in: str | None,
    share: bool,
    blind: bool,
    blind_manager: bool,
    prefill: bool,
    core: bool,
    update: bool,
    quiet: bool,
    as_json: bool,
    config: str | None,
    **given: Any,
) -> None:
    """Make a workbook for each person on ROSTER, and one for each manager.

    ROSTER is a .csv, .tsv, .txt or .xlsx file as HR systems export it, or - for a text file on stdin.
    """
    import growthsheet as gs
    from growthsheet.returns.collected import with_folder

    passed_on = options.taken(given, "workers", "force", "dry_run", "password", "plain")
    settings = options.resolve_settings(config, given)
    if update and not settings.as_of:  # who came and who left since the cycle began is what an update is for
        settings = settings.model_copy(update={"as_of": max(date.today(), settings.cycle_date or date.min)})
    people = options.roster_from(roster, options.of_cycle(settings, answers, quiet))
    people = people.with_options(blind=blind, blind_manager=blind_manager, core=core, share=share, prefill=prefill)
    if answers:
        people = with_folder(people, answers)
    if carry_in:
        people = people.with_carry_in(carry_in)
    with output.progress_bar(quiet) as progress:
        report = gs.build(
            people,
            out,
            books=books,  # type: ignore[arg-type]  # they were checked when they were parsed
            managers=teams,
            of=settings.of,
            by=settings.by,
            progress=progress,
            update=update,
            **passed_on,
        )
    if as_json:
        output.emit(output.report_of(report, people.problems))
    output.tell_report(report, people.problems, quiet)
    if "teams" in books and people.options.pay == "salary" and people.reading.pay and not quiet:
        output.print_line("Managers' workbooks hold salaries; --pay allowance leaves them out.")
    ctx.exit(1 if report.problems else 0)
