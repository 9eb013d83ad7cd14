"""A whole roster into a folder: which workbooks, under which names, made from what."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any, Literal

from .. import __version__
from ..errors import InputError, Problem
from ..model.parts import Part
from ..plans import Plan, Team
from ..roster import Roster
from ..views import Occasion, PersonView, TeamView
from .names import file_names
from .run import Job, Progress, Report, run

Books = Literal["people", "teams"]


def build(
    roster: Roster,
    folder: str | Path,
    *,
    books: Sequence[Books] = ("people", "teams"),
    managers: Iterable[str] = (),
    executor: Executor | None = None,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    force: bool = False,
    dry_run: bool = False,
) -> Report:
    """Write everybody's workbook, and a workbook for each manager.

    Parameters
    ----------
    roster
        From :func:`growthsheet.load_roster`.
    folder
        Gets ``people/<name>-<id>.xlsx``, ``teams/<name>-<id>.xlsx`` and ``manifest.json``; made if it is not there.
    books
        Which kinds.
    managers
        Only the teams of these (id, e-mail or unique name), and only their people.
    executor, workers
        Where to work: any ``concurrent.futures`` executor, or so many processes.
    progress
        Called with a :class:`Progress` now and then.
    force
        Replace files that somebody changed, each after a backup.
    dry_run
        Write nothing; tell what would be done.

    Returns
    -------
    Report
        Counts, problems and paths. A file that somebody changed is refused, and is a problem.

    Raises
    ------
    InputError
        When managers are not found, or the policy does not fit the roster.
    OutputError
        When another run writes into the folder.
    """
    if unknown := set(books) - {"people", "teams"}:
        raise ValueError(f"books are 'people' and 'teams', not {', '.join(sorted(map(repr, unknown)))}")
    _check_policy(roster)
    jobs = list(_jobs(roster, books, list(managers)))
    about = {
        "catalog": f"{roster.catalog.id} {roster.catalog.version}",
        "cycle": roster.cycle.id,
        "as_of": roster.as_of.isoformat(),
    }
    return run(
        jobs,
        Path(folder),
        executor=executor,
        workers=workers,
        progress=progress,
        force=force,
        dry_run=dry_run,
        about=about,
    )


def _check_policy(roster: Roster) -> None:
    """A floor or a cap is one amount in one currency; it says nothing about people paid in another."""
    paid_in = sorted({pay.currency for pay in roster.reading.pay})
    if len(paid_in) > 1 and (roster.policy.floor is not None or roster.policy.cap is not None):
        wanted = "one currency, where there is a floor or a cap"
        raise InputError(
            [Problem("several-currencies", "policy", ", ".join(paid_in), wanted, "build each currency alone")]
        )


def _jobs(roster: Roster, books: Sequence[Books], managers: list[str]) -> Iterator[Job]:
    # names are settled among everybody, so that a team built alone gets the names it has in the whole
    teams = list(roster.teams(managers))
    if "people" in books:
        plans = [roster.person(p.id) for team in teams for p in team.people] if managers else list(roster.plans())
        names = file_names([(person.name, person.id) for person in roster.people])
        for plan in plans:
            path = f"people/{names[plan.person.id]}"
            yield Job(path, "person", plan.person.id, spec(plan.view), partial(make_person, plan.view))
    if "teams" in books:
        names = file_names([(manager.name, manager.id) for manager in roster.managers])
        for team in teams:
            path = f"teams/{names[team.manager.id]}"
            yield Job(path, "team", team.manager.id, spec(team.view), partial(make_team, team.view))


def make_person(view: PersonView) -> bytes:
    """A person's workbook; stands here so that other processes can import it."""
    return Plan(view).to_bytes()


def make_team(view: TeamView) -> bytes:
    """A team's workbook."""
    return Team(view).to_bytes()


def spec(view: PersonView | TeamView) -> str:
    """A hash of everything that goes into a workbook, growthsheet's version included."""
    digest = hashlib.sha256(__version__.encode())
    for part in _parts(view):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


_OCCASIONS: dict[int, tuple[Occasion, str]] = {}


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, Occasion):
        # one occasion serves every workbook of a build, and its catalog is long: it is spelled once
        known = _OCCASIONS.get(id(value))
        if known is None or known[0] is not value:
            spelled = hashlib.sha256("\0".join(_fields(value)).encode()).hexdigest()
            _OCCASIONS.clear()
            known = _OCCASIONS[id(value)] = (value, spelled)
        yield known[1]
    elif hasattr(value, "__dataclass_fields__"):
        yield from _fields(value)
    elif isinstance(value, Part):
        yield value.model_dump_json()
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield str(key)
            yield from _parts(entry)
    elif isinstance(value, tuple):
        for entry in value:
            yield from _parts(entry)
    else:
        yield f"{type(value).__name__}:{value}"


def _fields(value: Any) -> Iterator[str]:
    for name in value.__dataclass_fields__:
        yield name
        entry = getattr(value, name)
        yield from [entry.__qualname__] if callable(entry) else _parts(entry)
