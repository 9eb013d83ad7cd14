"""``growthsheet demo``: make a sample roster with ratings, and its workbooks."""

from __future__ import annotations

import click

from growthsheet.cli import output
from growthsheet.cli.options import added


@click.command()
@added("demo", "language", "quiet")
def demo(out: str, language: str | None, locale_folder: str | None, quiet: bool, as_json: bool) -> None:
    """Make a sample roster with ratings, plans and budgets of invented people, and their workbooks."""
    import growthsheet as gs
    from growthsheet.tasks import demo as sample

    spoken = gs.load_language(language or "en", locale_folder)
    with output.progress_bar(quiet) as progress:
        report = sample.write(out, progress, spoken)
    output.tell_report(report, spoken.notes, quiet, as_json, sample.sample().problems)
    if not quiet:
        output.print_line(
            f"They were built from {report.folder / 'roster.csv'}. With yours: growthsheet build ROSTER --out DIR"
        )
    output.end(report.problems)
