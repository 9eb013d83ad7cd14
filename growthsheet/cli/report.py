"""``growthsheet report``: make a printable page of a returned workbook or of answers."""

from __future__ import annotations

from typing import Any

import click

from growthsheet.cli import options, output


@click.command()
@click.argument("source")
@options.added("report", "roster", "language")
def report(source: str, roster: str, html: str, share: bool, as_json: bool, config: str | None, **given: Any) -> None:
    """Make one self-contained, printable page of SOURCE: a returned workbook, or a folder of answers.

    A workbook already says whose it is; for answers, choose --person, --team, --organization, or a group with --of. The
    page shows the same tables and numbers as that reader's workbook, in a returned workbook's language.
    """
    from pathlib import Path

    from growthsheet.storage.atomic import write_atomically
    from growthsheet.tasks.report_page import report_with_problems

    whose = options.taken(given, "person", "team", "organization", "of")
    settings = options.of_cycle(options.resolve_settings(config, given), source)
    people = options.roster_from(roster, settings).with_options(share=share)
    found, problems = report_with_problems(
        source, people, whose, by=given["by"], cycle=given["cycle"] or "", own_language=not given["language"]
    )
    page = found.to_html()
    output.show_problems(problems, everything="listed by check")
    if html == "-":
        output.emit({"html": page}) if as_json else click.echo(page, nl=False)
    else:
        write_atomically(Path(html), page.encode())
        if as_json:
            output.emit({"html": html, "bytes": len(page.encode())})
        output.print_line(f"Wrote {html}")
    output.end(problems)
