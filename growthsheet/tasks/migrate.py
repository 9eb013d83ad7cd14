"""Answers moved from one version of a catalog to the next: nothing dropped, everything counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from growthsheet.errors import Problem
from growthsheet.model import NOT_APPLICABLE, Answers, BudgetItem, Catalog, PlanItem, Rating, RatingValue
from growthsheet.model.excel_limits import MAX_TEXT, units
from growthsheet.tasks.catalog_diff import CHANGE_KINDS, Change, ChangeKind, Diff, diff
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line

__all__ = ["CHANGE_KINDS", "Change", "ChangeKind", "Diff", "MigrationReport", "diff", "migrate"]

RATED = ("skill", "experience", "interest")
Item = TypeVar("Item", PlanItem, BudgetItem)
RatingKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class MigrationReport:
    """What became of the answers.

    ``counts`` are the ratings by what became of their activity (``unknown``: in neither catalog); together they are
    those ``before``. ``after`` is ``before`` and those ``added`` for activities that stand for split or merged ones.
    """

    diff: Diff
    before: int
    after: int
    counts: dict[str, int]
    added: int
    problems: tuple[Problem, ...] = ()


def migrate(answers: Answers, old: Catalog, new: Catalog) -> tuple[Answers, MigrationReport]:
    """Answers moved from a catalog to its next version, and a report; doing it twice changes nothing more.

    A renamed activity's answers go with it. Each part of a split one gets a copy, and what stands for merged ones the
    lower median; both are marked "Re-check" in the note. What they were made from stays, and so do retired ratings:
    no rating is ever dropped. Where somebody has rated the new activity already, that rating stands.
    """
    changes = diff(old, new)
    there = {_key(rating): rating for rating in answers.ratings}
    ratings = dict(_renamed(there, changes))
    for rating in list(_from_others(ratings, changes)):
        ratings[_key(rating)] = rating
    moved = answers.model_copy(
        update={
            "ratings": tuple(rating for _, rating in sorted(ratings.items())),
            "plan_items": tuple(_moved(item, changes) for item in answers.plan_items),
            "budget_items": tuple(_moved(item, changes) for item in answers.budget_items),
        }
    )
    found = Counter(changes.of(rating.activity) for rating in answers.ratings)
    counts = {kind: found[kind] for kind in (*CHANGE_KINDS, "unknown")}
    problems = (*_off_scale(moved, new), *_left(moved, changes))
    return moved, MigrationReport(changes, len(there), len(ratings), counts, len(ratings) - len(there), problems)


def _key(rating: Rating) -> RatingKey:
    return rating.cycle, rating.person, rating.activity, str(rating.source)


def _renamed(ratings: dict[RatingKey, Rating], changes: Diff) -> Iterator[tuple[RatingKey, Rating]]:
    """Ratings under the new ids of renamed activities, unless there is a rating already."""
    for (cycle, person, activity, source), rating in ratings.items():
        change = changes.by_activity.get(activity)
        if change and change.kind == "renamed" and (cycle, person, change.becomes[0], source) not in ratings:
            rating = rating.model_copy(update={"activity": change.becomes[0]})
        yield _key(rating), rating


def _from_others(ratings: dict[RatingKey, Rating], changes: Diff) -> Iterator[Rating]:
    """A rating for each activity that stands for split or merged ones, made of theirs."""
    mark = f"Re-check ({changes.new.id} {changes.new.version})"
    sources: dict[RatingKey, list[Rating]] = defaultdict(list)
    for (cycle, person, activity, source), rating in ratings.items():
        change = changes.by_activity.get(activity)
        if change is None or change.kind not in ("split", "merged") or mark in rating.note:
            continue
        for becomes in change.becomes:
            sources[cycle, person, becomes, source].append(rating)
    for key, found in sources.items():
        own = ratings.get(key)
        if own is not None and own not in found:
            continue  # it was rated by somebody, or made by an earlier migration
        whole = sorted(found, key=lambda rating: (rating is not own, rating.activity))
        said = ", ".join(f"{changes.by_activity[r.activity].name} ({_points(r)})" for r in whole)
        values: dict[str, Any] = {name: _lower_median(getattr(rating, name) for rating in whole) for name in RATED}
        values["evidence"] = _joined(rating.evidence for rating in whole)
        values["note"] = _joined([*(rating.note for rating in whole), f"{mark}: from {said}"])
        yield whole[0].model_copy(update={"activity": key[2], **values})


def _points(rating: Rating) -> str:
    values = (getattr(rating, name) for name in RATED)
    return ", ".join("-" if value is None else str(value) for value in values)


def _lower_median(values: Iterable[RatingValue]) -> RatingValue:
    """The lower median of the numbers; n/a where there is none but somebody said so.

    >>> _lower_median([3, 1, None, "n/a", 2, 4]), _lower_median([None, "n/a"]), _lower_median([None])
    (2, 'n/a', None)
    """
    found = list(values)
    numbers = sorted(value for value in found if isinstance(value, int))
    if numbers:
        return numbers[(len(numbers) - 1) // 2]
    return NOT_APPLICABLE if NOT_APPLICABLE in found else None


def _joined(texts: Iterable[str]) -> str:
    """Texts under one another, each once, as many as one cell can hold."""
    kept = ""
    for text in dict.fromkeys(filter(None, texts)):
        longer = f"{kept}\n{text}" if kept else text
        if units(longer) <= MAX_TEXT:
            kept = longer
    return kept


def _moved(item: Item, changes: Diff) -> Item:
    """A plan item or budget line under its activity's new id, where there is one only."""
    change = changes.by_activity.get(item.activity)
    if change is None or len(change.becomes) != 1:
        return item
    return item.model_copy(update={"activity": change.becomes[0]})


def _off_scale(answers: Answers, new: Catalog) -> Iterator[Problem]:
    """How many values are no points of the new scales: they are kept, and do not count."""
    place = f"catalog {new.id} {new.version}"
    for name in RATED:
        points = {None, NOT_APPLICABLE, *new.scale(name).values}
        number = sum(getattr(rating, name) not in points for rating in answers.ratings)
        if number:
            found = f"{plural(number, 'value')} of {name} not on its scale: kept, and not counted"
            yield Problem("off-new-scale", place, found, hint="rate them again", severity="note")


def _left(answers: Answers, changes: Diff) -> Iterator[Problem]:
    """Plan items and budget lines whose activity was split or retired: a person has to choose another."""
    planned: list[tuple[PlanItem | BudgetItem, str]] = [
        *((item, f"plan item {one_line(item.id)} of {one_line(item.person)}") for item in answers.plan_items),
        *((line, f"budget line {one_line(line.id)}") for line in answers.budget_items),
    ]
    for item, place in planned:
        change = changes.by_activity.get(item.activity)
        if change and item.activity not in change.becomes:
            found = f"its activity {change.name}: {change.told}"
            yield Problem("activity-gone", place, found, hint="choose another activity for it", severity="note")
