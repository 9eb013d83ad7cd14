"""``growthsheet export`` and ``growthsheet forget``: export or erase one person's data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from growthsheet.cli import output
from growthsheet.cli.options import FilePath, added

if TYPE_CHECKING:
    from growthsheet.tasks.personal_data import PersonalDataReport


@click.command()
@click.argument("person")
@click.argument("folder", type=FilePath(exists=True, file_okay=False))
@added("export")
def export(person: str, folder: str, out: str, as_json: bool) -> None:
    """Copy the answers, workbooks, pages and letters of PERSON (an id) from FOLDER and those below it, and list them.

    Answers about the person are copied no matter who gave them, so the manager's ratings too. Texts and files of others
    that name the person are listed but not copied. No file in FOLDER is changed.
    """
    import growthsheet as gs

    _told(gs.export_person(folder, person, out), as_json, {"out": out})


@click.command()
@click.argument("person")
@click.argument("folder", type=FilePath(exists=True, file_okay=False))
@added("forget")
def forget(person: str, folder: str, yes: bool, dry_run: bool, as_json: bool) -> None:
    """Erase the answers, workbooks, pages and letters of PERSON (an id) from FOLDER and those below it, and list them.

    Answers about the person are erased no matter who gave them. Texts and files of others that name the person are
    listed for you to decide. This cannot be undone. If a run is cut short, give the same command again to finish it.
    """
    import growthsheet as gs

    if not dry_run and not yes:
        for line in gs.forget_person(folder, person, dry_run=True).files:
            output.print_line(line)
        click.confirm("Erase all of this?", abort=True, err=True)
    _told(gs.forget_person(folder, person, dry_run), as_json, {"dry_run": dry_run})


def _told(touched: PersonalDataReport, as_json: bool, more: dict[str, object]) -> None:
    """Print the files concerned on stdout, and what is left to review on stderr."""
    if as_json:
        output.emit({**vars(touched), **more})
    else:
        for line in touched.files:
            click.echo(line)
    output.show_problems(touched.left)
