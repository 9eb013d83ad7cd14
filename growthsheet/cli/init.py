"""``growthsheet init``: write a starter folder."""

from __future__ import annotations

import click

from growthsheet.cli import output
from growthsheet.cli.options import FilePath, added


@click.command()
@click.argument("folder", metavar="DIR", type=FilePath(file_okay=False))
@added("init")
def init(folder: str, catalog: str | None, as_json: bool) -> None:
    """Write catalog.xlsx, roster.csv and growthsheet.toml into DIR, for you to change and build.

    The roster holds invented people, so you can also build at once.
    """
    import growthsheet as gs

    written = [path.as_posix() for path in (gs.start(folder, catalog) if catalog else gs.start(folder))]
    if as_json:
        output.emit({"files": written})
    output.print_line(f"Wrote {', '.join(written)}")
    output.print_line(f"Now: cd {folder}, then growthsheet build roster.csv --out plans")
