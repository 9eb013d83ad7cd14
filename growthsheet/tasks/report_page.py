"""Make a printable page from a returned workbook or a folder of answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from growthsheet.errors import InputError, Problem
from growthsheet.returns.collect import collect
from growthsheet.returns.collected import with_folder
from growthsheet.returns.reference import cycle_of
from growthsheet.roster.plans import Organization, Plan, Team
from growthsheet.roster.roster import Roster
from growthsheet.sources.translations.load import language_for
from growthsheet.storage.atomic import PathLike
from growthsheet.tasks.status import told_of_answers
from growthsheet.text.arguments import strict
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.identity import read_identity
from growthsheet.xlsx.reader.workbook import ReadWorkbook


@strict
def report(
    source: PathLike,
    roster: Roster,
    *,
    person: str = "",
    team: str = "",
    organization: bool = False,
    of: str = "",
    by: str = "",
) -> Plan | Team | Organization:
    """Return the plan, team or organization in a source; its ``to_html()`` is the page.

    Expected levels, pay and names come from the roster and its catalog, never from a returned file.

    Parameters
    ----------
    source
        A returned workbook (.xlsx), which holds its owner, cycle and language; or a folder of answers.
    roster
        The roster of the people; its options decide what a page may show.
    person, team
        The person or the manager (id, e-mail or unique name) to make a page for, if the source is a folder.
    organization
        True for a page of the organization, if the source is a folder.
    of, by
        A group, as in :meth:`Roster.group`: the manager whom it is below; or a value of the kept column ``by``.

    Raises
    ------
    InputError
        When the source cannot be read, or the reader of the page is not clear.
    """
    whose = {"person": person, "team": team, "organization": organization, "of": of}
    return report_with_problems(source, roster, whose, by=by)[0]


def report_with_problems(
    source: PathLike,
    roster: Roster,
    whose: Mapping[str, object],
    *,
    by: str | None = None,
    cycle: str = "",
    own_language: bool = True,
) -> tuple[Plan | Team | Organization, tuple[Problem, ...]]:
    """Return the same, and the problems of the workbook or the answers; ``cycle`` is the only one that it may be of.

    ``whose`` holds the arguments of :func:`report` that name a reader. With ``own_language``, the page of a workbook is
    in the workbook's language, not in the roster's.
    """
    path = Path(source)
    named = {option: option if who is True else str(who) for option, who in whose.items() if who}
    told = ", ".join(named.values()) + (f", by {by}" if by else "")
    if path.suffix.lower() == ".xlsx" and not path.is_dir():
        if named:
            raise _whose(path, told, "no name: the workbook says whose it is")
        return _of_workbook(path, roster, cycle, own_language)
    if len(named) != 1 or (by and "of" not in named):
        raise _whose(path, told or "nobody named", "one person, one manager's team, the organization, or one group")
    answered = with_folder(roster, path)
    problems = told_of_answers(answered)
    (option, who), *_ = named.items()
    if option == "organization":
        return answered.organization(), problems
    if option == "of":
        return answered.group(who, by=by or None), problems
    return answered.person(who) if option == "person" else answered.team(who), problems


def _whose(path: Path, found: str, expected: str) -> InputError:
    hint = "--person, --team, --organization and --of are for answers"
    return InputError([Problem("whose-page", one_line(str(path), 200), one_line(found), expected, hint)])


def _of_workbook(path: Path, roster: Roster, only: str, own_language: bool) -> tuple[Plan | Team, tuple[Problem, ...]]:
    """Return the plan or team of a returned workbook, in the workbook's own cycle, and the problems."""
    identity, kind, _ = read_identity(ReadWorkbook(open_package(path, one_line(path.name, 200))))
    try:
        cycle = cycle_of(identity)
    except ValueError:
        cycle = roster.cycle  # collect reports what is wrong with the file
    of_file = replace(roster, cycle=cycle, cycle_named=frozenset(["id"]))
    if own_language and (language := language_for(identity.get("language", ""), roster.options.language)):
        of_file = of_file.with_options(language=language)
    collected = collect(path, roster=of_file, cycle=only or None)
    if collected.counts["rejected"]:
        raise InputError(problem for problem in collected.problems if problem.severity == "error")
    answered = of_file.with_answers(collected.answers)
    problems = tuple(each for each in collected.problems if each.code != "nothing-came")
    return answered.person(identity["id"]) if kind == "person" else answered.team(identity["id"]), problems
