"""``growthsheet migrate``: move answers to a changed catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from growthsheet.cli import output
from growthsheet.cli.options import added
from growthsheet.text.counts import plural

if TYPE_CHECKING:
    from growthsheet.tasks.migrate import MigrationReport


@click.command()
@click.argument("answers")
@added("migrate", "quiet")
def migrate(answers: str, old: str, new: str, out: str, quiet: bool, as_json: bool) -> None:
    """Move ANSWERS (a folder, or its answers.csv) to the next version of a catalog, into another folder.

    No rating is dropped: what has no place in the new catalog stays under its old id. What was copied or merged is
    marked "Re-check" in its note, and so is a value whose label is not on the new scale; it is kept in the note only.
    "growthsheet catalog diff" shows beforehand what will happen.
    """
    from pathlib import Path

    import growthsheet as gs
    from growthsheet.model.answers import kept
    from growthsheet.sources.answers import put_answers
    from growthsheet.storage.atomic import make_folder
    from growthsheet.storage.lock import FolderLock

    moved, report = gs.migrate(gs.load_answers(answers), gs.load_catalog(old), gs.load_catalog(new))
    make_folder(Path(out))
    with FolderLock(Path(out)):
        if any(Path(out, kind.file).exists() for kind in kept()):
            raise gs.OutputError(f"{out} holds answers already; name another folder")
        put_answers(moved, Path(out), report.problems)
    if as_json:
        names = ("before", "after", "added", "counts", "renumbered", "unplaced")
        output.emit({name: getattr(report, name) for name in names} | {"out": out, "problems": report.problems})
    if not quiet:
        output.print_line(_told(report, out))
        output.show_problems(report.problems)


def _told(report: MigrationReport, out: str) -> str:
    """Return the outcome of the ratings in one line."""
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in report.counts.items() if number)
    ratings = plural(report.before, "rating") + (f" ({kinds})" if kinds else "")
    told = f"Moved {ratings} to {out}/: {report.after:,} now, {report.added:,} of them added to be re-checked"
    if report.renumbered or report.unplaced:
        values = plural(report.renumbered, "value")
        told += (
            f"; {values} renumbered, and {report.unplaced:,} left blank to be re-checked, by the labels of the scales"
        )
    return told
