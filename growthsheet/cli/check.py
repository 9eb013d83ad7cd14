"""``growthsheet check``: report everything that is wrong with some files, and where."""

from __future__ import annotations

from typing import Any

import click

from growthsheet.cli import output
from growthsheet.cli.options import FilePath, added, on_stdin, resolve_settings, taken

_FILES = FilePath(exists=True, dir_okay=False, allow_dash=True)


@click.command()
@click.argument("files", nargs=-1, required=True, type=_FILES, metavar="FILE...")
@added("roster", "framework")
def check(files: tuple[str, ...], config: str | None, as_json: bool, **given: Any) -> None:
    """Find everything that is wrong with each FILE, and where it is.

    A FILE is a catalog (.xlsx, .yaml, .yml, .json, or a table or matrix of roles), a roster (.csv, .tsv, .txt, .xlsx),
    settings (.toml), a translation (.po, .mo), or a filled-in workbook (.xlsx). The headers of a table show if it is
    a catalog or a roster; - is a roster as text on stdin. Exits with 1 if there is an error; notes are not errors.
    """
    from growthsheet.tasks import check as checking

    mapping: dict[str, str] = given["map"]
    levels = taken(given, "ladder", "scale")
    kinds = {checking.kind_of(file, mapping) if file != "-" else "roster" for file in files}
    if "catalog" in kinds:
        given["map"] = {field: mapping[field] for field in mapping if field not in checking.FRAMEWORK_ONLY}
    settings = resolve_settings(config, given) if kinds & {"roster", "workbook"} else None
    found = [checking.check(file, settings, on_stdin(file), mapping=mapping, **levels) for file in files]
    if as_json:
        counts = {"errors": sum(each.errors for each in found), "notes": sum(each.notes for each in found)}
        output.emit({"files": [vars(each) for each in found], **counts})
    else:
        for each in found:
            click.echo(f"{each.file}: {each.summary}")
            output.show_problems(each.problems, err=False)
    output.end(problem for each in found for problem in each.problems)
