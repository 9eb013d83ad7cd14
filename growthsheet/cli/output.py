"""Print data on stdout, everything else on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from growthsheet.batch.report import Progress, Report
    from growthsheet.errors import Problem

MOST_SHOWN = 50
MOST_PLACES = 5
"""The most places that are named of one problem."""
AS_JSON = "growthsheet.json"
"""The key in a click context that records the option ``--json``."""


def emit(record: object) -> None:
    """Print data as JSON, in ASCII, so that no terminal and no pipe can spoil it; problems and the like as records."""
    import json

    click.echo(json.dumps(record, indent=2, default=lambda each: each.record()))


def print_line(line: str) -> None:
    """Print a line for people."""
    click.echo(line, err=True)


def print_failure(line: str) -> None:
    """Print the reason why a command failed."""
    click.echo(f"{click.style('error', fg='red')}: {line}", err=True)


def print_problems(problems: Sequence[Problem], as_json: bool) -> None:
    """Print all problems of an input."""
    from growthsheet.text.counts import plural

    if as_json:
        emit({"problems": problems})
    show_problems(problems)
    print_line(f"{plural(problems, 'error')}; nothing was done.")


def show_problems(problems: Iterable[Problem], err: bool = True, everything: str = "listed by --json") -> None:
    """Print problems, one a line, those of one kind together, errors first; at most 50 lines and then the count.

    A problem in many places is one line, with the first of them; ``everything`` names where all of them are.
    """
    alike: dict[Problem, list[Problem]] = {}
    for problem in problems:
        alike.setdefault(replace(problem, place=""), []).append(problem)
    lines = [line for group in alike.values() for line in _folded(group)]
    kinds = {(problem.severity, problem.code): None for problem, _ in lines}
    order = {kind: place for place, kind in enumerate(sorted(kinds, key=lambda kind: kind[0] == "note"))}
    lines.sort(key=lambda line: order[line[0].severity, line[0].code])
    for problem, _ in lines[:MOST_SHOWN]:
        if problem.severity == "note":
            click.secho(f"note: {problem}", err=err, dim=True)
        else:
            click.echo(f"{click.style('error', fg='red')}: {problem}", err=err)
    if rest := sum(count for _, count in lines[MOST_SHOWN:]):
        click.echo(f"and {rest:,} more", err=err)
    if rest or len(lines) < sum(map(len, alike.values())):
        click.echo(f"All of them are {everything}", err=err)


def _folded(alike: Sequence[Problem]) -> list[tuple[Problem, int]]:
    """Return problems that differ only in their place as one problem if they are many, with their number."""
    if len(alike) <= MOST_PLACES:
        return [(problem, 1) for problem in alike]
    from growthsheet.text.counts import first_of

    places = first_of([problem.where for problem in alike], MOST_PLACES, "; ")
    return [(replace(alike[0], place=places, about=""), len(alike))]


def format_table(rows: Sequence[Sequence[object]]) -> str:
    """Return rows as a text with aligned columns; numbers are aligned right.

    >>> print(format_table([("role", "people"), ("Director", 12), ("Analyst", 7)]))
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


def tell_report(
    report: Report, notes: Sequence[Problem], quiet: bool, as_json: bool, in_json: Sequence[Problem] = ()
) -> None:
    """Print the report of a run: its errors, a summary line, and the notes; as JSON, too, with some more notes."""
    if as_json:
        told = {"folder": report.folder.as_posix(), "dry_run": report.dry_run, "counts": dict(report.counts)}
        told |= {"files": report.names, "problems": report.problems, "notes": (*in_json, *notes, *report.notes)}
        emit({**told, "seconds": round(report.seconds, 3)})
    show_problems(report.problems)
    if not quiet:
        print_line(report.summary())
        show_problems((*notes, *report.notes))


def end(problems: Iterable[Problem]) -> None:
    """End the command with the exit code 1 if there is an error among the problems; notes are none."""
    if any(problem.severity == "error" for problem in problems):
        click.get_current_context().exit(1)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """Yield the function that shows the progress of a run as a bar on a terminal; None elsewhere."""
    in_notebook = "JPY_PARENT_PID" in os.environ  # its terminal keeps each state of the bar
    if quiet or in_notebook or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=1, label="Workbooks", file=sys.stderr) as bar:

        def show(now: Progress) -> None:
            bar.length = now.total
            bar.update(now.done - bar.pos)

        yield show
