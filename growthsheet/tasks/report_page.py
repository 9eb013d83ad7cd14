"""Make a printable page from a returned workbook or a folder of answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from growthsheet.errors import InputError, Problem
from growthsheet.returns.collect import collect
from growthsheet.returns.reference import cycle_of
from growthsheet.roster.plans import Plan, Team
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import load_answers
from growthsheet.storage.atomic import PathLike
from growthsheet.text.arguments import strict
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.identity import read_identity
from growthsheet.xlsx.reader.workbook import ReadWorkbook


@strict
def report(source: PathLike, roster: Roster, *, person: str = "", team: str = "") -> Plan | Team:
    """Return the plan or team in a source; its ``to_html()`` is the page.

    Expected levels, pay and names come from the roster and its catalog, never from a returned file.

    Parameters
    ----------
    source
        A returned workbook (.xlsx), which holds its owner and its cycle; or a folder of answers.
    roster
        The roster of the people; its options decide what a page may show.
    person, team
        The person or the manager (id, e-mail or unique name) to make a page for, if the source is a folder.

    Raises
    ------
    InputError
        When the source cannot be read, or the person or team of the page is not clear.
    """
    return report_with_problems(source, roster, person=person, team=team)[0]


def report_with_problems(
    source: PathLike, roster: Roster, *, person: str = "", team: str = "", cycle: str = ""
) -> tuple[Plan | Team, tuple[Problem, ...]]:
    """Return the same plan or team, and the problems of the workbook; ``cycle`` is the only one that it may be of."""
    path = Path(source)
    named = [name for name in (person, team) if name]
    if path.suffix.lower() == ".xlsx" and not path.is_dir():
        if named:
            raise _whose(path, ", ".join(named), "nobody named: the workbook says whose it is")
        return _of_workbook(path, roster, cycle)
    if len(named) != 1:
        raise _whose(path, ", ".join(named) or "nobody named", "one person, or one manager's team")
    answered = roster.with_answers(load_answers(path))
    return answered.person(person) if person else answered.team(team), ()


def _whose(path: Path, found: str, expected: str) -> InputError:
    hint = "--person and --team are for answers"
    return InputError([Problem("whose-page", one_line(str(path), 200), one_line(found), expected, hint)])


def _of_workbook(path: Path, roster: Roster, only: str) -> tuple[Plan | Team, tuple[Problem, ...]]:
    """Return the plan or team of a returned workbook, in the workbook's own cycle, and the problems."""
    identity, kind, _ = read_identity(ReadWorkbook(open_package(path, one_line(path.name, 200))))
    try:
        cycle = cycle_of(identity)
    except ValueError:
        cycle = roster.cycle  # collect reports what is wrong with the file
    of_file = replace(roster, cycle=cycle, cycle_named=frozenset(["id"]))
    collected = collect(path, roster=of_file, cycle=only or None)
    if collected.counts["rejected"]:
        raise InputError(problem for problem in collected.problems if problem.severity == "error")
    answered = of_file.with_answers(collected.answers)
    problems = tuple(each for each in collected.problems if each.code != "nothing-came")
    return answered.person(identity["id"]) if kind == "person" else answered.team(identity["id"]), problems
