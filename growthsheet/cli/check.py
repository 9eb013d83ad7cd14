"""``growthsheet check``: report everything that is wrong with some files, and where."""

from __future__ import annotations

from typing import Any

import click

from growthsheet.cli import output
from growthsheet.cli.options import as_json, resolve_settings, roster_options


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False), metavar="FILE...")
@roster_options
@as_json
@click.pass_context
def check(
    ctx: click.Context,
    /,
    files: tuple[str, ...],
    config: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Find everything that is wrong with each FILE, and where it is.

    A FILE is a catalog (.xlsx, .yaml, .yml, .json, or a table of roles), a roster (.csv, .tsv, .txt, .xlsx), settings
    (.toml), a translation (.po, .mo), or a workbook that was filled in (.xlsx). A catalog in a table is told from a
    roster by its headers.
    Ends with 1 when there is an error; notes are no errors.
    """
    from growthsheet.tasks import check as checking

    read_by = any(checking.kind_of(file) in ("roster", "workbook") for file in files)
    settings = resolve_settings(config, given) if read_by else None
    found = [checking.check(file, settings) for file in files]
    errors = sum(each.errors for each in found)
    if as_json:
        output.emit(
            {
                "files": [
                    {
                        "file": each.file,
                        "kind": each.kind,
                        "holds": each.holds,
                        "problems": [problem.record() for problem in each.problems],
                    }
                    for each in found
                ],
                "errors": errors,
                "notes": sum(each.notes for each in found),
            }
        )
    else:
        for each in found:
            click.echo(f"{each.file}: {each.summary}")
            output.show_problems(each.problems, err=False)
    ctx.exit(1 if errors else 0)
