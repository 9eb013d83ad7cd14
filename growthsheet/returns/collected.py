"""What collecting returned workbooks found, and how it is saved beside earlier answers."""

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
from growthsheet.sources.answers import load_answers, save_answers
from growthsheet.storage.atomic import PathLike
from growthsheet.text.counts import plural
from growthsheet.workbook.results import Results
from growthsheet.xlsx.reader.returned import Count

if TYPE_CHECKING:
    import pandas


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
        return f"<Collected from {plural(counts['files'], 'file')}: {counts['accepted'] + counts['noted']} accepted>"

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
        return save_answers(combine_with_folder(self.answers, folder), folder, self.problems)

    def ratings(self) -> Results:
        """A row a rating."""
        columns = KINDS["ratings"].columns
        rows = tuple(tuple(_plain(getattr(rating, name)) for name in columns) for rating in self.answers.ratings)
        return Results("answers", columns, rows)

    def to_pandas(self) -> pandas.DataFrame:
        """The ratings as a pandas DataFrame (pandas must be installed)."""
        return self.ratings().to_pandas()

    def _repr_html_(self) -> str:
        return self.ratings()._repr_html_()


def combine_with_folder(answers: Answers, folder: PathLike) -> Answers:
    """Answers together with those that a folder holds already; where both speak of the same thing, the former count."""
    if not any(Path(folder, kind.file).is_file() for kind in kept()):
        return answers
    there = with_ids(load_answers(folder))
    return Answers(**{kind.name: _united(there.of(kind), answers.of(kind), *kind.key) for kind in kept()})


def _united(there: Iterable[P], now: Iterable[P], *by: str) -> tuple[P, ...]:
    """Both, each thing once; where it stands in both, what is blank now stays as it was there."""
    same = groupby(in_order((*there, *now), *by), attrgetter(*by))
    return tuple(reduce(_over, parts) for _, parts in same)


def _over(old: P, new: P) -> P:
    kept = {name: value for name, value in old if value not in (None, "") and getattr(new, name) in (None, "")}
    return lean(new.model_copy(update=kept)) if kept else new


def _plain(value: Any) -> Any:
    return None if value == "" else str(value) if isinstance(value, str) else value
