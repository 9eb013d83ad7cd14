"""``growthsheet agenda`` and ``growthsheet invite``: write agendas and e-mails as files; nothing is sent."""

from __future__ import annotations

from typing import Any

import click

from growthsheet.cli import options, output


@click.command()
@click.argument("roster")
@options.added("agenda", "letters", "cycle", "run", "quiet", "roster", "language")
def agenda(roster: str, out: str, answers: str, quiet: bool, as_json: bool, config: str | None, **given: Any) -> None:
    """Write an agenda for the one-to-one with each person on ROSTER who has a manager there.

    Each lists the ratings on which the two differ by two levels or more, then the priorities, then strengths with
    high interest, then open plan items. An agenda that somebody has edited is left alone. With --cycle and an earlier
    cycle, the agendas are for the people who were there on its date.
    """
    from growthsheet.sources.answers import load_answers
    from growthsheet.tasks import letters
    from growthsheet.tasks.status import new_cycle, told_of_answers

    run, who = options.taken(given, "format", "force", "dry_run"), options.taken(given, "managers", "templates")
    if out == "-" and run["format"] != "md":
        raise click.UsageError(f"--out - prints Markdown; name a folder for --format {run['format']}")
    settings = options.of_cycle(options.resolve_settings(config, given), answers, quiet)
    people = options.roster_from(roster, settings).with_answers(load_answers(answers))
    output.show_problems(() if quiet else told_of_answers(people) if out == "-" else new_cycle(people))
    if out == "-":
        texts = letters.agendas(people, **who)
        output.emit(texts) if as_json else click.echo("\n".join(texts.values()), nl=False)
        return
    report = letters.write_agendas(people, out, **who, **run)
    output.tell_report(report, people.problems, quiet, as_json)
    output.end(report.problems)


@click.command()
@click.argument("roster")
@options.added("invite", "letters", "cycle", "run", "quiet", "roster", "language")
def invite(
    roster: str, out: str, answers: str | None, quiet: bool, as_json: bool, config: str | None, **given: Any
) -> None:
    """Write an e-mail as an .eml file that asks each person on ROSTER to fill in the workbook.

    With --for teams, it asks each manager to fill in the team's workbook. With --missing, it reminds people who have
    not answered everything. Nothing is sent: mail programs open the files as drafts. People without an address are
    reported. With --answers and the --cycle of an earlier cycle, it is for the people who were there on its date.
    """
    from growthsheet.returns.collected import with_folder
    from growthsheet.tasks import letters
    from growthsheet.tasks.status import new_cycle

    letter = options.taken(given, "books", "managers", "missing", "deadline", "return_to", "contact", "sender")
    letter |= options.taken(given, "workbooks", "templates", "force", "dry_run")
    if letter["missing"] and not answers:
        raise click.UsageError("--missing needs --answers, which shows who has answered")
    settings = options.of_cycle(options.resolve_settings(config, given), answers, quiet)
    people = options.roster_from(roster, settings)
    people = with_folder(people, answers) if answers else people
    if letter["missing"]:
        output.show_problems(new_cycle(people))
    report = letters.write_invitations(people, out, **letter)
    output.tell_report(report, people.problems, quiet, as_json)
    output.end(report.problems)
