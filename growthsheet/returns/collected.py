"""The result of collecting returned workbooks; it can be saved together with earlier answers."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from growthsheet.analysis.responses import COLUMNS, Response, response_results
from growthsheet.errors import Problem
from growthsheet.model import NOT_APPLICABLE, Answers, Person
from growthsheet.model.answers import kept, scales
from growthsheet.model.parts import P, in_order, lean
from growthsheet.returns.find_files import RESPONSES as RESPONSES
from growthsheet.returns.reconcile import with_ids
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import load_answers, put_answers
from growthsheet.sources.tables.write_csv import csv_bytes, original
from growthsheet.storage.atomic import PathLike, make_folder, open_plain, write_atomically
from growthsheet.storage.lock import FolderLock
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line
from growthsheet.views.returned import NONE_RETURNED, ReceivedWorkbook, ReturnedBy
from growthsheet.views.shown_answers import check_points
from growthsheet.workbook.results import Results, schema
from growthsheet.xlsx.reader.returned import Count

if TYPE_CHECKING:
    import pandas

NOTHING_CAME = "nothing-came"
"""The code of the notes on people who have not answered."""


@dataclass(frozen=True, repr=False)
class Collected:
    """The result of collecting: answers, problems and notes, the outcome of each file, and who has answered."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    files: tuple[Count, ...] = ()
    responded: tuple[Response, ...] = ()
    """The response of each person on the roster in this cycle; none without a roster."""
    returned: ReturnedBy = NONE_RETURNED
    """Whose workbooks came back."""
    untied: tuple[str, ...] = ()
    """The names of files that could not be read, and of which nobody can tell whose they are."""

    def __repr__(self) -> str:
        counts = self.counts
        return f"<Collected from {plural(counts['files'], 'file')}: {counts['accepted'] + counts['noted']} accepted>"

    @property
    def missing(self) -> tuple[Person, ...]:
        """The people on the roster who have not answered: a file that was returned blank is not an answer."""
        return tuple(each.person for each in self.responded if each.unanswered)

    def responses(self) -> Results:
        """Return a row for each person on the roster: name, manager, e-mail, how much is answered, by whom."""
        return response_results(self.responded)

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers of files ``accepted``, ``noted`` (accepted, with problems), ``rejected`` and ``skipped``.

        They add up to ``files``. The cells ``taken``, ``blank``, ``unconfirmed``, ``rejected_cells`` and
        ``unknown`` add up to ``cells``.
        """
        found = Counter(str(count.status) for count in self.files)
        files = {name: found[name] for name in ("accepted", "noted", "rejected", "skipped")}
        of_cells = ("cells", "taken", "blank", "unconfirmed")
        cells = {name: sum(getattr(count, name) for count in self.files) for name in of_cells}
        rejected, unknown = (sum(getattr(count, name) for count in self.files) for name in ("rejected", "unknown"))
        return {"files": len(self.files), **files, **cells, "rejected_cells": rejected, "unknown": unknown}

    @strict
    def save(self, folder: PathLike) -> tuple[Path, ...]:
        """Write ``answers.csv``, a file for each other kind of answer, cycles, scales and problems.

        With a roster ``responses.csv``, too. Answers and responses that are in the folder already and have no newer
        counterpart stay in it, those of other cycles among them.
        """
        make_folder(Path(folder))
        with FolderLock(Path(folder)):
            return self.put(Path(folder))

    def put(self, folder: Path) -> tuple[Path, ...]:
        """Write the same files into a folder whose lock the caller holds."""
        found = remembered(self, folder)
        written = put_answers(combine_with_folder(self.answers, folder), folder, found.problems)
        if not self.responded:
            return written
        now = [dict(zip(COLUMNS, map(str, each.row), strict=True)) for each in found.responded]
        rows = ([row.get(name, "") for name in COLUMNS] for row in (*_not_told_anew(response_rows(folder), now), *now))
        write_atomically(folder / RESPONSES, csv_bytes(COLUMNS, rows))
        return (*written, folder / RESPONSES)

    def ratings(self) -> Results:
        """Return a table with a row for each rating."""
        return schema("ratings").table(
            {
                **{name: value or None if isinstance(value, str) else value for name, value in rating},
                "person_id": rating.person,
                "activity_id": rating.activity,
                "not_applicable": ", ".join(n for n in scales() if getattr(rating, n) == NOT_APPLICABLE) or None,
            }
            for rating in self.answers.ratings
        )

    def own_answers(self) -> Results:
        """Return a table with a row for each answer in the organization's own columns."""
        return schema("own_answers").table(
            {"person_id": each.person, "activity_id": each.activity, "number": each.number, **dict(each)}
            for each in self.answers.own_answers
        )

    def to_pandas(self) -> pandas.DataFrame:
        """Return the ratings as a pandas DataFrame (pandas must be installed)."""
        return self.ratings().to_pandas()

    def _repr_html_(self) -> str:
        return self.ratings()._repr_html_()


def remembered(found: Collected, folder: PathLike) -> Collected:
    """Return the same with what the ``responses.csv`` in a folder tells of files that came back before."""
    if not found.responded:
        return found
    returned = found.returned.after(returned_before(folder, found.responded[0].cycle))
    responses = tuple(each.judged(returned) for each in found.responded)
    problems = (each for each in found.problems if each.code != NOTHING_CAME)
    return replace(found, problems=(*problems, *nothing_came(responses)), returned=returned, responded=responses)


def nothing_came(responses: Iterable[Response]) -> Iterator[Problem]:
    """Yield a note for each person who has not answered: the state, the manager and the address."""
    for each in responses:
        if each.unanswered:
            told = [each.words, *([f"manager: {one_line(each.manager)}"] if each.manager else [])]
            told += [one_line(each.person.email)] if each.person.email else []
            place = f"{one_line(each.person.name)} ({one_line(each.person.id)})"
            yield Problem(NOTHING_CAME, place, "; ".join(told), severity="note")


def with_folder(roster: Roster, folder: PathLike, answers: Answers | None = None) -> Roster:
    """Return a roster with the answers in a folder that ``collect`` wrote, and with whose workbooks came back.

    The answers are those in the folder, if somebody has loaded them already.
    """
    answered = roster.with_answers(load_answers(folder) if answers is None else answers)
    return replace(answered, returned=returned_before(folder, answered.cycle.id))


def returned_before(folder: PathLike, cycle: str) -> ReturnedBy:
    """Return whose files came back in a cycle, by the ``responses.csv`` of an earlier run; nobody's without it."""
    of_cycle = [row for row in response_rows(folder) if row.get("cycle") == cycle]

    def received(id: str, state: str, refused: str) -> dict[str, ReceivedWorkbook]:
        came = [row for row in of_cycle if row.get(state) not in ("", "missing", None)]
        return {
            row.get(id, ""): ReceivedWorkbook(_day(row), row[state] == "unconfirmed", row.get(refused, ""))
            for row in came
        }

    people, teams = ("person_id", "state", "refused"), ("manager_id", "manager_state", "manager_refused")
    return ReturnedBy(cycle, received(*people), received(*teams))


def response_rows(folder: PathLike) -> list[dict[str, str]]:
    """Return the rows of the ``responses.csv`` in a folder; none without it."""
    path = Path(folder, RESPONSES)
    if not path.is_file():
        return []
    with open_plain(path) as file:
        rows = csv.DictReader(io.StringIO(file.read().decode("utf-8-sig", "replace"), newline=""))
        return [{name: original(cell or "") for name, cell in row.items() if name} for row in rows]


def _not_told_anew(before: Iterable[dict[str, str]], now: Sequence[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the rows of other cycles, and those of people off the roster whose workbook came back in this one."""
    told = {row["person_id"] for row in now}
    for row in before:
        if row.get("cycle") != now[0]["cycle"] or (row.get("person_id") not in told and row.get("state") != "missing"):
            yield row


def _day(row: Mapping[str, str]) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(row.get("answered_on", ""))
    return None


def combine_with_folder(answers: Answers, folder: PathLike) -> Answers:
    """Return answers together with those in a folder; of two answers to the same question, the former count."""
    if not any(Path(folder, kind.file).is_file() for kind in kept()):
        return answers
    return combine(load_answers(folder), answers)


def combine(earlier: Answers, answers: Answers) -> Answers:
    """Return two sets of answers together; of two answers to the same question, the latter count.

    Raises
    ------
    InputError
        When they were given on different scales.
    """
    there = with_ids(earlier)
    check_points(there, answers.points)
    if answers.points:
        there = there.model_copy(update={"points": ()})
    return Answers(**{kind.name: _united(there.of(kind), answers.of(kind), *kind.key) for kind in kept()})


def _united(there: Iterable[P], now: Iterable[P], *by: str) -> tuple[P, ...]:
    """Yield each answer of both once; where both have it, a field that is blank now keeps its earlier value."""
    same = groupby(in_order((*there, *now), *by), attrgetter(*by))
    return tuple(reduce(_over, parts) for _, parts in same)


def _over(old: P, new: P) -> P:
    kept = {name: value for name, value in old if value not in (None, "") and getattr(new, name) in (None, "")}
    return lean(new.model_copy(update=kept)) if kept else new
