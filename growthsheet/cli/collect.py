"""``growthsheet collect``: turn returned workbooks into answers."""

from __future__ import annotations

from typing import Any

import click

from growthsheet.cli import options, output
from growthsheet.cli.status import told_responses
from growthsheet.text.counts import first_of, plural


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@options.added("collect", "password", "roster", "language", "quiet")
def collect(
    paths: tuple[str, ...], out: str, roster: str | None, quiet: bool, as_json: bool, config: str | None, **given: Any
) -> None:
    """Read the workbooks in PATH... (files or folders) and write their answers into tables.

    DIR gets answers.csv, plan-items.csv, budget-items.csv, own-answers.csv, cycles.csv, scales.csv, problems.csv and,
    with --roster, responses.csv; the workbooks are never changed. Answers that are already in DIR are kept. Next:
    growthsheet build ROSTER --answers DIR --out DIR2.
    """
    from pathlib import Path

    import growthsheet as gs
    from growthsheet.returns.collected import RESPONSES, remembered
    from growthsheet.returns.find_files import check_paths
    from growthsheet.storage.atomic import make_folder
    from growthsheet.storage.lock import FolderLock

    how = options.taken(given, "on_conflict", "password")
    settings = options.of_cycle(options.resolve_settings(config, given), out, quiet)
    people = options.roster_from(roster, settings) if roster else None
    folder = Path(out)
    check_paths(map(Path, paths))
    make_folder(folder)
    with FolderLock(folder):  # from before the earlier answers are read: no other run may add to them meanwhile
        found = gs.collect(
            paths,
            roster=people,
            catalog=None if people else settings.catalog,
            cycle=settings.review_cycle if settings.cycle and settings.cycle_date and not people else settings.cycle,
            earlier=folder if (folder / "answers.csv").exists() else None,
            language=None if people else settings.spoken,
            **how,
        )
        found = remembered(found, folder)
        found.put(folder)
    counts, missing = found.counts, [person.id for person in found.missing]
    if as_json:
        who = {"missing": missing, "responses": found.responded, "untied": found.untied}
        output.emit({**counts, **who, "out": out, "problems": found.problems})
    # Who has not answered is told in the last lines; at first, they are most of the roster.
    unsaid = ("nothing-came", "own-file")
    shown = [each for each in found.problems if each.code not in unsaid and not (quiet and each.severity == "note")]
    output.show_problems(shown, everything=f"in {out}/problems.csv")
    if not quiet:
        in_part = sum(each.status == "noted" and each.rejected + each.unknown > 0 for each in found.files)
        responded = told_responses(found.responded, f"{out}/{RESPONSES}") if found.responded else ()
        untied = f"{plural(found.untied, 'refused file')} could not be tied to anybody: {first_of(found.untied, 20)}"
        for line in (*_told(counts, in_part, out), *responded, *([untied] if found.untied else ())):
            output.print_line(line)
    output.end(found.problems)


def _told(counts: dict[str, int], in_part: int, out: str) -> list[str]:
    """Return lines with the numbers of files and cells and their outcome; ``in_part`` files have refused cells."""
    some = f"{in_part:,} taken in part, " if in_part else ""
    files = (
        f"Read {plural(counts['files'], 'file')} into {out}/: "
        f"{counts['accepted']:,} accepted, {some}{counts['noted'] - in_part:,} with notes, "
        f"{counts['rejected']:,} rejected, {counts['skipped']:,} skipped"
    )
    cells = (
        f"{plural(counts['cells'], 'cell')} to fill in, including plans and budgets: "
        f"{counts['taken']:,} taken, {counts['blank']:,} blank, "
        f"{counts['unconfirmed']:,} not confirmed, "
        f"{counts['rejected_cells']:,} rejected, {counts['unknown']:,} unknown"
    )
    return [files, cells]
