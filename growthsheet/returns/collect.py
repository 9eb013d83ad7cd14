"""Returned workbooks, from files and folders, into answers that start the next cycle."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from growthsheet.errors import Problem
from growthsheet.expr import Say
from growthsheet.model import Answers, BudgetPolicy, Catalog, Cycle, Person
from growthsheet.model.parts import P, in_order, lean
from growthsheet.returns.find_files import Points, Read, arrivals, read_file
from growthsheet.returns.merge import OnConflict, merge
from growthsheet.returns.reconcile import with_ids
from growthsheet.returns.reference import Known
from growthsheet.roster.load import DEFAULT_CATALOG
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import FILES, RATINGS, load_answers, save_answers
from growthsheet.sources.catalogs.document import one_line
from growthsheet.sources.catalogs.load import load_catalog
from growthsheet.text.counts import counted
from growthsheet.text.language import ENGLISH, Language
from growthsheet.workbook.results import Results
from growthsheet.xlsx.encryption import check as check_password
from growthsheet.xlsx.reader.returned_protocols import Count

if TYPE_CHECKING:
    import pandas

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, repr=False)
class Collected:
    """What came back: the answers, what is wrong or worth knowing, what became of each file, who is missing."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    files: tuple[Count, ...] = ()
    missing: tuple[Person, ...] = ()
    """Those on the roster of whom no workbook of their own was taken."""

    def __repr__(self) -> str:
        counts = self.counts
        return f"<Collected from {counted(counts['files'], 'file')}: {counts['accepted'] + counts['noted']} accepted>"

    @property
    def counts(self) -> dict[str, int]:
        """How many files were ``accepted``, ``noted`` (accepted, with problems), ``rejected`` and ``skipped``.

        Together they are ``files``. Of the cells, those ``taken``, ``blank``, ``rejected_cells`` and ``unknown`` are
        together ``cells``.
        """
        found = Counter(str(count.status) for count in self.files)
        files = {name: found[name] for name in ("accepted", "noted", "rejected", "skipped")}
        cells = {name: sum(getattr(count, name) for count in self.files) for name in ("cells", "taken", "blank")}
        rejected, unknown = (sum(getattr(count, name) for count in self.files) for name in ("rejected", "unknown"))
        return {"files": len(self.files), **files, **cells, "rejected_cells": rejected, "unknown": unknown}

    def save(self, folder: PathLike) -> tuple[Path, ...]:
        """Write ``answers.csv``, ``plan-items.csv``, ``budget-items.csv``, ``cycles.csv`` and ``problems.csv``.

        Answers that are in the folder already and are spoken of by nobody now stay in it.
        """
        return save_answers(added(self.answers, folder), folder, self.problems)

    def ratings(self) -> Results:
        """A row a rating."""
        columns = RATINGS.columns
        rows = tuple(tuple(_plain(getattr(rating, name)) for name in columns) for rating in self.answers.ratings)
        return Results("answers", columns, rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The ratings as a pandas DataFrame (pandas must be installed)."""
        return self.ratings().to_pandas()

    def _repr_html_(self) -> str:
        return self.ratings()._repr_html_()


def collect(
    paths: PathLike | Iterable[PathLike],
    *,
    roster: Roster | None = None,
    catalog: Catalog | PathLike | None = None,
    cycle: Cycle | str | None = None,
    policy: BudgetPolicy | None = None,
    earlier: Answers | None = None,
    on_conflict: OnConflict = "refuse",
    language: Language | None = None,
    password: str = "",
) -> Collected:
    """Read returned workbooks and merge what they say; the files themselves are never changed.

    Parameters
    ----------
    paths
        Files and folders; folders are walked, links are not followed. Their order does not matter.
    roster
        Who may answer, of which cycle, by which catalog and policy; and what was answered before.
    catalog
        The catalog the workbooks were made by, if not the roster's (without a roster: the built-in one).
    cycle
        The review cycle, if not the roster's; without either, all files must be of one.
    policy, earlier
        The budget policy and the earlier answers, if not the roster's.
    on_conflict
        Whether different files of one person are refused or the one that was changed last is taken (``newest``).
    language
        The workbooks' language, if not the roster's. It is needed only for workbooks that a program has stripped of
        their defined names: any other says what its words mean.
    password
        Opens those files that have one; needs the extra ``encrypt``.

    Returns
    -------
    Collected
        The answers (the earlier ones among them), problems, counts and who is missing. A file that cannot be
        read or merged is rejected with its problem; it does not stop the others.

    Raises
    ------
    InputError
        When a path does not exist, or there is a password and nothing to open files with.

    >>> from tempfile import TemporaryDirectory
    >>> from growthsheet import load_roster
    >>> roster = load_roster([{"id": "1", "name": "Ana Ruiz", "title": "Product Manager"}])
    >>> with TemporaryDirectory() as folder:
    ...     _ = roster.person("1").save(f"{folder}/ana.xlsx")
    ...     collected = collect(folder, roster=roster)
    >>> collected.counts["accepted"], collected.missing
    (1, ())
    """
    given = [Path(paths)] if isinstance(paths, str | os.PathLike) else [Path(path) for path in paths]
    say = (language or (roster.options.language if roster else ENGLISH)).say
    known = known_by(roster, catalog, cycle, policy, earlier, say)
    files, skipped = arrivals(given, reader(known, password))
    cycles = [one for one in (cycle, roster.cycle if roster else None) if isinstance(one, Cycle)]
    merged = merge(files, known, on_conflict=on_conflict, cycles=cycles)
    counts = (*merged.counts, *(Count(problem.place, "skipped") for problem in skipped))
    missing = tuple(person for person in (roster.people if roster else ()) if person.id not in merged.came)
    rest = [_missing(person) for person in missing]
    files_in_order = tuple(sorted(counts, key=lambda count: count.name))
    return Collected(merged.answers, (*merged.problems, *skipped, *rest), files_in_order, missing)


def added(answers: Answers, folder: PathLike) -> Answers:
    """Answers together with those that a folder holds already; where both speak of the same thing, the former count."""
    if not any(Path(folder, file).is_file() for file in FILES[:-1]):
        return answers
    there = with_ids(load_answers(folder))
    return Answers(
        cycles=_united(there.cycles, answers.cycles, "id"),
        ratings=_united(there.ratings, answers.ratings, "cycle", "person", "activity", "source"),
        plan_items=_united(there.plan_items, answers.plan_items, "person", "id"),
        budget_items=_united(there.budget_items, answers.budget_items, "id"),
    )


def _united(there: Iterable[P], now: Iterable[P], *by: str) -> tuple[P, ...]:
    """Both, each thing once; where it stands in both, what is blank now stays as it was there."""
    same = groupby(in_order((*there, *now), *by), attrgetter(*by))
    return tuple(reduce(_over, parts) for _, parts in same)


def _over(old: P, new: P) -> P:
    kept = {name: value for name, value in old if value not in (None, "") and getattr(new, name) in (None, "")}
    return lean(new.model_copy(update=kept)) if kept else new


def reader(known: Known, password: str = "") -> Read:
    """What reads returned files."""
    if password:
        check_password(password)
    points: Points = {scale.id: scale.values for scale in known.catalog.scales}
    return partial(read_file, points=points, say=known.say, password=password)


def known_by(
    roster: Roster | None,
    catalog: Catalog | PathLike | None = None,
    cycle: Cycle | str | None = None,
    policy: BudgetPolicy | None = None,
    earlier: Answers | None = None,
    say: Say = str,
) -> Known:
    """What returned files are read against."""
    if catalog is None:
        catalog = roster.catalog if roster else DEFAULT_CATALOG
    return Known(
        catalog=catalog if isinstance(catalog, Catalog) else load_catalog(catalog),
        cycle=_cycle_id(roster, cycle),
        policy=policy or (roster.policy if roster else BudgetPolicy()),
        earlier=earlier if earlier is not None else (roster.answers if roster else Answers()),
        people={p.id: p.name for p in (*roster.people, *roster.reading.leavers)} if roster else None,
        labels=partial(_labels, roster) if roster else lambda manager: {},
        say=say,
    )


def _cycle_id(roster: Roster | None, cycle: Cycle | str | None) -> str:
    if cycle is None:
        return roster.cycle.id if roster else ""
    return cycle.id if isinstance(cycle, Cycle) else cycle


def _labels(roster: Roster, manager: str) -> dict[str, str]:
    """The labels of a manager's people, as that manager's workbook spells them."""
    known = {person.id for person in roster.managers}
    return roster.team(manager).view.labels if manager in known else {}


def _plain(value: Any) -> Any:
    return None if value == "" else str(value) if isinstance(value, str) else value


def _missing(person: Person) -> Problem:
    said = "no workbook of theirs was taken"
    return Problem("nothing-came", f"{one_line(person.name)} ({one_line(person.id)})", said, severity="note")
