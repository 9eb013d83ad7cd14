"""Build the workbooks of a whole roster into a folder."""
# Longer than 300 lines: the hash of a view, and which workbooks there are, belong to the one function that builds.

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from growthsheet.batch.job import JobKind
from growthsheet.batch.run import Job, Progress, Report, run
from growthsheet.errors import OutputError, Problem, refusal
from growthsheet.model import Cycle
from growthsheet.model.parts import Part
from growthsheet.returns.carry_over import Carried, carry, waiting_note
from growthsheet.returns.waiting import WAITING, only, save_waiting
from growthsheet.roster.find_people import find_all
from growthsheet.roster.groups import kept_column, ungrouped_notes, values_of
from growthsheet.roster.plans import Organization, Plan, Team
from growthsheet.roster.roster import Roster
from growthsheet.storage import manifest
from growthsheet.storage.file_names import file_names
from growthsheet.text.arguments import strict
from growthsheet.text.quoting import one_line
from growthsheet.version import __version__
from growthsheet.views.context import BuildContext
from growthsheet.views.organization import OrganizationView
from growthsheet.views.person import PersonView
from growthsheet.views.team import TeamView
from growthsheet.workbook.theme import Theme
from growthsheet.xlsx.encryption import check_password as check_password

Books = Literal["people", "teams", "organization", "groups"]
WorkbookSubject = Plan | Team | Organization


@strict
def build(
    roster: Roster,
    folder: str | Path,
    *,
    books: Sequence[Books] = ("people", "teams"),
    managers: Iterable[str] = (),
    of: Iterable[str] = (),
    by: str | None = None,
    executor: Executor | None = None,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    update: bool = False,
    force: bool = False,
    dry_run: bool = False,
    password: str = "",
    plain: bool = False,
    theme: Theme | None = None,
) -> Report:
    """Write everybody's workbook, a workbook for each manager, and one for the organization if requested.

    Parameters
    ----------
    roster
        From :func:`growthsheet.load_roster`.
    folder
        The folder for ``people/<name>-<id>.xlsx``, ``teams/<name>-<id>.xlsx``, ``organization.xlsx`` and
        ``manifest.json``; it is made if it does not exist.
    books
        The kinds of workbooks: ``people``, ``teams``, ``organization``, ``groups``.
    managers
        Limits the build to these managers' teams (id, e-mail or unique name) and their people; the organization is
        always everybody.
    of, by
        The groups: everybody below each of these managers, or everybody with each value of a kept roster column. Each
        gets the organization's workbook for that part, in ``groups/``.
    executor, workers
        The number of processes; or any ``concurrent.futures`` executor to work in, and how many workers it has, if
        they are more than this machine's cores.
    progress
        A function that is called with a :class:`Progress` now and then.
    update
        Carry over what people filled in: a file that they changed is read, kept as a backup, and replaced by a new
        one with everything that they typed. A file that cannot be read safely is left alone.
    force
        Replace files that somebody changed, each after a backup.
    dry_run
        Write nothing; report what would be done. Everything is read and laid out, but no workbook is made: a file
        counts as to be written when its content changed, even if its bytes would be the same.
    password
        Encrypts the workbooks (AES-256), and opens those that are read for ``update``; needs the extra ``encrypt``.
        The bytes of encrypted files differ each time; a file that is up to date is left as it is.
    plain
        Write workbooks without a password into a folder whose workbooks have one, which is refused otherwise.
    theme
        The look of the workbooks, if not that of the roster's options.

    Returns
    -------
    Report
        Counts, problems, notes and paths. A file that somebody changed is refused, and is a problem, unless it is
        updated or replaced.

    Raises
    ------
    InputError
        When a manager is not found, the policy does not fit the roster, or an exchange rate is missing.
    OutputError
        When another run writes into the folder, or its workbooks have another password.
    """
    of = [*of]
    groups = of if by is None else by
    if "groups" in books and (not groups or (of and by is not None)):
        expected, hint = "managers, or a kept column", "say --of MANAGER or --by COLUMN (of=, by= in Python), not both"
        raise refusal("which-groups", "build", "no groups, or two kinds of groups", expected, hint)
    _check_policy(roster)
    roster = roster.with_options(theme=theme) if theme else roster
    roster = _in_cycle(roster, Path(folder), update)
    managers = list(managers)
    if password:
        check_password(password)
    carried = _carried(roster, Path(folder), books, managers, password) if update else Carried(roster)
    jobs = _Jobs(carried, books, managers, groups)
    about = {
        "catalog": f"{roster.catalog.id} {roster.catalog.version}",
        "cycle": roster.cycle.id,
        "cycle_label": roster.cycle.label,
        "cycle_date": roster.cycle.date.isoformat(),
        "as_of": roster.as_of.isoformat(),
    }
    if update and not dry_run:  # before the workbooks are replaced in which they stand
        save_waiting(Path(folder), carried.waiting)
    report = run(
        jobs,
        Path(folder),
        executor=executor,
        workers=workers,
        progress=progress,
        force=force,
        dry_run=dry_run,
        password=password,
        plain=plain,
        about=about,
    )
    errors = [problem for problem in carried.problems if problem.severity == "error"]
    apart = ungrouped_notes(by, roster.people) if "groups" in books and by else ()
    notes = (*roster.cycle_notes, *apart, *(problem for problem in carried.problems if problem.severity == "note"))
    waiting = {key for key, paths in carried.awaited.items() if paths - set(report.names)}
    if update and not dry_run:
        try:
            save_waiting(Path(folder), only(carried.waiting, waiting))
        except OutputError as error:  # such as another run that has begun meanwhile: it knows of them, and deletes them
            notes = (*notes, Problem("waiting", WAITING, one_line(str(error)), hint="run again", severity="note"))
    if failed := {key for key in waiting if carried.awaited[key] - {"", *report.names}}:
        notes = (*notes, waiting_note(failed))
    unread = {problem for problem in carried.refusals.values() if problem not in report.problems}  # replaced by force
    notes = (*notes, *(replace(problem, severity="note") for problem in sorted(unread, key=attrgetter("place"))))
    notes = (*notes, *_former_files(carried.roster, Path(folder), books))
    problems = sorted((*report.problems, *errors), key=lambda problem: problem.place)
    return replace(report, problems=tuple(problems), notes=notes)


def _former_files(roster: Roster, folder: Path, books: Sequence[Books]) -> Iterator[Problem]:
    """Yield a note for each file of an earlier run whose owner has another file name now, or leads nobody any more."""
    kinds = {"person": ("people", roster.people), "team": ("teams", roster.managers)}
    now = {
        (kind, id): f"{book}/{name}"
        for kind, (book, owners) in kinds.items()
        for id, name in file_names([(owner.name, owner.id) for owner in owners]).items()
    }
    known = {person.id for person in roster.people}
    for path, entry in manifest.load(folder).items():
        home = now.get((entry.kind, entry.subject), "")
        if entry.kind not in kinds or kinds[entry.kind][0] not in books or entry.subject not in known or path == home:
            continue
        if os.path.lexists(folder / path):
            found = f"it is now {home}" if home else "its owner leads nobody any more"
            hint = "delete it; if somebody has filled it in, collect it first"
            yield Problem("former-file", path, found, "one workbook for each", hint, severity="note")


def _in_cycle(roster: Roster, folder: Path, update: bool) -> Roster:
    """Return the roster with what is not named of its cycle taken from the folder's last run, if it is of the same."""
    there, now, named = cycle_built(folder), roster.cycle, roster.cycle_named
    notes: list[Problem] = []

    def note(code: str, found: str, hint: str) -> None:
        notes.append(Problem(code, manifest.MANIFEST, found, hint=hint, severity="note"))

    if there and (there.id == now.id or (update and not {"id", "date"} & named)):
        if there.id != now.id:
            note("cycle-from-files", f"the cycle is {there.id}", "name another one with --cycle")
        now = there.model_copy(update={name: getattr(now, name) for name in named & {"label", "date"}})
        for part, old, new in (("date", there.date, now.date), ("label", there.label, now.label)):
            if new != old != now.id:  # what was named counts: somebody may build again to correct it
                found = f"the {part} of the cycle {now.id} was {old}; it is {new} now"
                note("cycle-disagrees", found, "leave the option out if that is wrong")
    elif there and update and "id" not in named:
        found = f"the workbooks were of the cycle {there.id}; they are of {now.id} now"
        note("cycle-disagrees", found, f"say --cycle {there.id} if that is wrong")
    return replace(roster, cycle=now, cycle_notes=tuple(notes))


def cycle_built(folder: Path) -> Cycle | None:
    """Return the cycle of the run that wrote a folder; None if that is not known, as of an older version's."""
    about = manifest.about(folder)
    with suppress(ValueError):
        day = date.fromisoformat(about.get("cycle_date", ""))
        return Cycle(id=about.get("cycle", ""), label=about.get("cycle_label", ""), date=day)
    return None


def _check_policy(roster: Roster) -> None:
    """Raise InputError if a floor or a cap, an amount in one currency, meets people paid in another currency."""
    paid_in = sorted({pay.currency for pay in roster.reading.pay})
    if len(paid_in) > 1 and (roster.policy.floor is not None or roster.policy.cap is not None):
        expected = "one currency if there is a floor or a cap"
        raise refusal("several-currencies", "policy", ", ".join(paid_in), expected, "build each currency by itself")


def _carried(roster: Roster, folder: Path, books: Sequence[Books], managers: list[str], password: str) -> Carried:
    """Return the roster with the answers that were filled in in the folder's workbooks."""
    filled_in = [book for book in books if book in ("people", "teams")]
    wanted = {path: _owner(made) for path, made in _made(roster, filled_in, managers, "")}
    teams = [team.view for team in roster.teams(managers)] if managers else []
    among = {id for team in teams for id in (team.manager.id, *(member.person.id for member in team.members))}
    return carry(roster, folder, wanted, among if managers else None, password)


def _made(
    roster: Roster, books: Sequence[Books], managers: list[str], groups: list[str] | str
) -> Iterator[tuple[str, WorkbookSubject]]:
    """Yield for each workbook its path and the subject it is made from."""
    # File names are chosen among everybody, so that a team built alone gets the same names as in a full build.
    if "people" in books:
        among = (person.id for team in roster.teams(managers) for person in team.people)
        plans = map(roster.person, among) if managers else roster.plans()
        names = file_names([(person.name, person.id) for person in roster.people])
        yield from ((f"people/{names[plan.person.id]}", plan) for plan in plans)
    if "teams" in books:
        names = file_names([(manager.name, manager.id) for manager in roster.managers])
        yield from ((f"teams/{names[team.manager.id]}", team) for team in roster.teams(managers))
    if "organization" in books:
        yield "organization.xlsx", roster.organization()
    if "groups" in books:
        yield from _groups(roster, groups)


def _groups(roster: Roster, groups: list[str] | str) -> Iterator[tuple[str, Organization]]:
    """Yield for each group its path and the part of the organization: those of managers, or by a kept column."""
    if isinstance(groups, str):
        column = kept_column(groups, roster.people)
        names = file_names([(column, value) for value in values_of(column, roster.people)])
        yield from ((f"groups/{name}", roster.group(value, column)) for value, name in names.items())
    else:
        names = file_names([(manager.name, manager.id) for manager in roster.managers])
        found = find_all(groups, roster.managers, "manager")
        yield from ((f"groups/{names[manager.id]}", roster.group(manager.id)) for manager in found)


def _owner(made: WorkbookSubject) -> tuple[JobKind, str]:
    """Return the kind of a workbook, and the id of the person or manager it is for."""
    match made:
        case Plan():
            return "person", made.person.id
        case Team():
            return "team", made.manager.id
        case Organization():
            return "organization", made.view.id


class _Jobs:
    """The jobs of a build, made anew at each iteration: 100,000 of them would take too much memory."""

    def __init__(self, carried: Carried, books: Sequence[Books], managers: list[str], groups: list[str] | str) -> None:
        self._carried, self._books, self._managers, self._groups = carried, books, managers, groups

    def __iter__(self) -> Iterator[Job]:
        for path, made in _made(self._carried.roster, self._books, self._managers, self._groups):
            yield _job(path, made, self._carried)


def _job(path: str, made: WorkbookSubject, carried: Carried) -> Job:
    return Job(
        path,
        *_owner(made),
        partial(content_hash, made.view),
        partial(make_workbook, made),
        replaces=carried.replaces.get(path, ""),
        former=carried.former.get(path, ""),
        leaves_out=path in carried.leaving_out,
        carries=_owner(made) in carried.fed,
        refusal=carried.refusals.get(path),
        check=partial(check_workbook, made),
    )


def make_workbook(made: WorkbookSubject) -> bytes:
    """Return the bytes of a workbook; a function of this module, so that other processes can import it."""
    from growthsheet.xlsx.writer.xlsxwriter_version import is_tested

    if not isinstance(made, Plan) or not is_tested():
        return made.to_bytes()
    from growthsheet.xlsx.stamping.cache import stamped

    return stamped(made.book())


def check_workbook(made: WorkbookSubject) -> None:
    """Check a workbook as far as possible without drawing it."""
    from growthsheet.xlsx.writer.check_limits import check_limits

    check_limits(made.book())


def content_hash(view: PersonView | TeamView | OrganizationView) -> str:
    """Return a hash of everything that goes into a workbook, growthsheet's version included."""
    digest = hashlib.sha256(__version__.encode())
    for part in _parts(view):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


MOST_LANGUAGES = 16
"""The most contexts whose hash is kept; older ones belong to builds that are over."""
_CONTEXTS: dict[int, tuple[BuildContext, str]] = {}


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, BuildContext):
        # all workbooks of one language share a context, and its catalog is long: it is hashed once
        known = _CONTEXTS.get(id(value))
        if known is None or known[0] is not value:
            spelled = hashlib.sha256("\0".join(_fields(value)).encode()).hexdigest()
            if len(_CONTEXTS) > MOST_LANGUAGES:
                _CONTEXTS.clear()
            known = _CONTEXTS[id(value)] = (value, spelled)
        yield known[1]
    elif isinstance(value, Part):
        yield f"{type(value).__name__}{_values_of(type(value))(value)}"
    elif hasattr(value, "__dataclass_fields__"):
        yield from _fields(value)
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield str(key)
            yield from _parts(entry)
    elif isinstance(value, tuple):
        for entry in value:
            yield from _parts(entry)
    else:
        yield f"{type(value).__name__}:{value}"


@cache
def _values_of(kind: type[Part]) -> Callable[[Part], Any]:
    return attrgetter(*kind.model_fields)


def _fields(value: Any) -> Iterator[str]:
    for name in value.__dataclass_fields__:
        yield name
        entry = getattr(value, name)
        yield from [entry.__qualname__] if callable(entry) else _parts(entry)
