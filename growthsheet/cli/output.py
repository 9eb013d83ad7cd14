"""What is printed: data on stdout, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ..counts import counted

if TYPE_CHECKING:
    from ..errors import Problem
    from ..folder.tally import Progress, Report

MOST_SHOWN = 50
AS_JSON = "growthsheet.json"
"""Where a context remembers that JSON was asked for."""


def emit(record: object) -> None:
    """Print data as JSON, in ASCII, so that no terminal and no pipe can spoil it."""
    import json

    click.echo(json.dumps(record, indent=2))


def tell(line: str) -> None:
    """Print a line for people."""
    click.echo(line, err=True)


def fail(line: str) -> None:
    """Print why nothing came of it."""
    click.echo(f"{click.style('error', fg='red')}: {line}", err=True)


def refuse(problems: Sequence[Problem], as_json: bool) -> None:
    """Print everything that is wrong with what was read."""
    if as_json:
        emit({"problems": [problem.record() for problem in problems]})
    show(problems)
    tell(f"{counted(problems, 'error')}; nothing was done.")


def show(problems: Iterable[Problem], err: bool = True) -> None:
    """Print problems, one a line, those of one kind together, errors first; at most 50 and then the count."""
    problems = list(problems)
    kinds = {(problem.severity, problem.code): None for problem in problems}
    order = {kind: place for place, kind in enumerate(sorted(kinds, key=lambda kind: kind[0] == "note"))}
    problems.sort(key=lambda problem: order[problem.severity, problem.code])
    for problem in problems[:MOST_SHOWN]:
        if problem.severity == "note":
            click.secho(f"note: {problem}", err=err, dim=True)
        else:
            click.echo(f"{click.style('error', fg='red')}: {problem}", err=err)
    if len(problems) > MOST_SHOWN:
        click.echo(f"and {len(problems) - MOST_SHOWN:,} more", err=err)


def table(rows: Sequence[Sequence[object]]) -> str:
    """Rows as aligned columns; numbers stand at the right.

    >>> print(table([("role", "people"), ("Director", 12), ("Analyst", 7)]))
    role      people
    Director      12
    Analyst        7
    """
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    right = [all(isinstance(cell, int) for cell in column) for column in zip(*rows[1:], strict=True)]
    sides = [str.rjust if numbers else str.ljust for numbers in right] or [str.ljust] * len(widths)
    return "\n".join(
        "  ".join(side(text, width) for side, text, width in zip(sides, line, widths, strict=True)).rstrip()
        for line in texts
    )


def report_of(report: Report, notes: Sequence[Problem]) -> dict[str, object]:
    """What a run did, for ``--json``."""
    return {
        "folder": report.folder.as_posix(),
        "dry_run": report.dry_run,
        "counts": dict(report.counts),
        "files": list(report.names),
        "problems": [problem.record() for problem in report.problems],
        "notes": [note.record() for note in (*notes, *report.notes)],
        "seconds": round(report.seconds, 3),
    }


def tell_report(report: Report, notes: Sequence[Problem], quiet: bool) -> None:
    """Print what a run did: its errors, a line that sums it up, and the notes."""
    show(report.problems)
    if not quiet:
        tell(report.summary())
        show((*notes, *report.notes))


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """What is called with the progress of a run: a bar, on a terminal; else nothing."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Workbooks", total=None)
        yield lambda now: bar.update(task, total=now.total, completed=now.done)
