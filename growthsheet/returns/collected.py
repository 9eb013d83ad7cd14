"""The result of collecting returned workbooks; it can be saved together with earlier answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from growthsheet.errors import Problem
from growthsheet.model import Answers, Person
from growthsheet.model.answers import KINDS, kept
from growthsheet.model.parts import P, in_order, lean
from growthsheet.returns.reconcile import with_ids
from growthsheet.sources.answers import load_answers, put_answers
from growthsheet.storage.atomic import PathLike, make_folder
from growthsheet.storage.lock import FolderLock
from growthsheet.text.counts import plural
from growthsheet.workbook.results import Results
from growthsheet.xlsx.reader.returned import Count

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, repr=False)
class Collected:
    """The result of collecting: the answers, problems and notes, the outcome of each file, and the missing people."""

    answers: Answers
    problems: tuple[Problem, ...] = ()
    files: tuple[Count, ...] = ()
    missing: tuple[Person, ...] = ()
    """The people on the roster whose own workbook was not received or not accepted."""

    def __repr__(self) -> str:
        counts = self.counts
        return f"<Collected from {plural(counts['files'], 'file')}: {counts['accepted'] + counts['noted']} accepted>"

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers of files ``accepted``, ``noted`` (accepted, with problems), ``rejected`` and ``skipped``.

        They add up to ``files``. The cells ``taken``, ``blank``, ``rejected_cells`` and ``unknown`` add up to
        ``cells``.
        """
        found = Counter(str(count.status) for count in self.files)
        files = {name: found[name] for name in ("accepted", "noted", "rejected", "skipped")}
        cells = {name: sum(getattr(count, name) for count in self.files) for name in ("cells", "taken", "blank")}
        rejected, unknown = (sum(getattr(count, name) for count in self.files) for name in ("rejected", "unknown"))
        return {"files": len(self.files), **files, **cells, "rejected_cells": rejected, "unknown": unknown}

    def save(self, folder: PathLike) -> tuple[Path, ...]:
        """Write ``answers.csv``, ``plan-items.csv``, ``budget-items.csv``, ``cycles.csv`` and ``problems.csv``.

        Answers that are in the folder already and have no newer counterpart stay in it.
        """
        make_folder(Path(folder))
        with FolderLock(Path(folder)):
            return self.put(Path(folder))

    def put(self, folder: Path) -> tuple[Path, ...]:
        """Write the same files into a folder whose lock the caller holds."""
        return put_answers(combine_with_folder(self.answers, folder), folder, self.problems)

    def ratings(self) -> Results:
        """Return a table with a row for each rating."""
        columns = KINDS["ratings"].columns
        rows = tuple(tuple(_plain(getattr(rating, name)) for name in columns) for rating in self.answers.ratings)
        return Results("answers", columns, rows)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the ratings as a pandas DataFrame (pandas must be installed)."""
        return self.ratings().to_pandas()

    def _repr_html_(self) -> str:
        return self.ratings()._repr_html_()


def combine_with_folder(answers: Answers, folder: PathLike) -> Answers:
    """Return answers together with those in a folder; of two answers to the same question, the former count."""
    if not any(Path(folder, kind.file).is_file() for kind in kept()):
        return answers
    return combine(load_answers(folder), answers)


def combine(earlier: Answers, answers: Answers) -> Answers:
    """Return two sets of answers together; of two answers to the same question, the latter count."""
    there = with_ids(earlier)
    return Answers(**{kind.name: _united(there.of(kind), answers.of(kind), *kind.key) for kind in kept()})


def _united(there: Iterable[P], now: Iterable[P], *by: str) -> tuple[P, ...]:
    """Yield each answer of both once; where both have it, a field that is blank now keeps its earlier value."""
    same = groupby(in_order((*there, *now), *by), attrgetter(*by))
    return tuple(reduce(_over, parts) for _, parts in same)


def _over(old: P, new: P) -> P:
    kept = {name: value for name, value in old if value not in (None, "") and getattr(new, name) in (None, "")}
    return lean(new.model_copy(update=kept)) if kept else new


def _plain(value: Any) -> Any:
    return None if value == "" else str(value) if isinstance(value, str) else value
