"""Move answers from one version of a catalog to the next: nothing dropped, everything counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model import NOT_APPLICABLE, Answers, Catalog, Rating, RatingValue
from growthsheet.model.answers import AnswerKey, AnswerKind, scales
from growthsheet.model.excel_limits import MAX_TEXT, units
from growthsheet.tasks.catalog_diff import CHANGE_KINDS, Change, ChangeKind, Diff, diff
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line

__all__ = ["CHANGE_KINDS", "Change", "ChangeKind", "Diff", "MigrationReport", "diff", "migrate"]


@dataclass(frozen=True)
class MigrationReport:
    """The report of a migration of answers.

    ``counts`` are the ratings by the change of their activity (``unknown``: in neither catalog); they add up to
    ``before``. ``after`` is ``before`` plus those ``added`` for activities that replace split or merged ones.
    """

    diff: Diff
    before: int
    after: int
    counts: dict[str, int]
    added: int
    problems: tuple[Problem, ...] = ()


def migrate(answers: Answers, old: Catalog, new: Catalog) -> tuple[Answers, MigrationReport]:
    """Return the answers moved from a catalog to its next version, and a report; a second run changes nothing.

    A renamed activity keeps its answers. Each part of a split one gets a copy, and an activity that replaces merged
    ones the lower median; both are marked "Re-check" in the note. The original ratings stay, and so do retired ones:
    no rating is ever dropped. If somebody has rated the new activity already, that rating is kept.
    """
    changes = diff(old, new)
    moved = answers.with_each(partial(_moved, changes=changes))
    found = Counter(changes.of(rating.activity) for rating in answers.ratings)
    counts = {kind: found[kind] for kind in (*CHANGE_KINDS, "unknown")}
    problems = (*_off_scale(moved, new), *_left(moved, changes))
    before, after = len(answers.ratings), len(moved.ratings)
    return moved, MigrationReport(changes, before, after, counts, after - before, problems)


def _moved(kind: AnswerKind, answers: Iterable[Any], changes: Diff) -> Iterable[Any]:
    """Return the answers of one kind under the new ids of their activities."""
    if "activity" not in kind.columns:
        return answers
    if "activity" not in kind.key:
        return [_under_its_new_id(answer, changes) for answer in answers]
    there = {kind.key_of(answer): answer for answer in answers}
    found = dict(_renamed(kind, there, changes))
    if kind.scales:
        found |= {kind.key_of(rating): rating for rating in list(_from_others(kind, found, changes))}
    return [answer for _, answer in sorted(found.items())]


def _under_its_new_id(answer: Any, changes: Diff) -> Any:
    """Return an answer, such as a plan item, under its activity's new id if there is only one."""
    change = changes.by_activity.get(answer.activity)
    if change is None or len(change.becomes) != 1:
        return answer
    return answer.model_copy(update={"activity": change.becomes[0]})


def _renamed(kind: AnswerKind, there: Mapping[AnswerKey, Any], changes: Diff) -> Iterator[tuple[AnswerKey, Any]]:
    """Yield answers under the new ids of renamed activities, unless there is one already."""
    for answer in there.values():
        change = changes.by_activity.get(answer.activity)
        if change and change.kind == "renamed":
            renamed = answer.model_copy(update={"activity": change.becomes[0]})
            answer = answer if kind.key_of(renamed) in there else renamed
        yield kind.key_of(answer), answer


def _from_others(kind: AnswerKind, ratings: Mapping[AnswerKey, Any], changes: Diff) -> Iterator[Any]:
    """Yield a rating for each activity that replaces split or merged ones, made from their ratings."""
    mark = f"Re-check ({changes.new.id} {changes.new.version})"
    sources: dict[AnswerKey, list[Any]] = defaultdict(list)
    for key, rating in ratings.items():
        change = changes.by_activity.get(rating.activity)
        if change is None or change.kind not in ("split", "merged") or mark in rating.note:
            continue
        for becomes in change.becomes:
            sources[kind.key_from(**kind.fields_of(key) | {"activity": becomes})].append(rating)
    for key, found in sources.items():
        own = ratings.get(key)
        if own is not None and own not in found:
            continue  # it was rated by somebody, or made by an earlier migration
        whole = sorted(found, key=lambda rating: (rating is not own, rating.activity))
        said = ", ".join(f"{changes.by_activity[r.activity].name} ({_points(r)})" for r in whole)
        values: dict[str, Any] = {name: _lower_median(getattr(each, name) for each in whole) for name in kind.scales}
        values["evidence"] = _joined(rating.evidence for rating in whole)
        values["note"] = _joined([*(rating.note for rating in whole), f"{mark}: from {said}"])
        yield whole[0].model_copy(update={**kind.fields_of(key), **values})


def _points(rating: Rating) -> str:
    values = (getattr(rating, name) for name in scales())
    return ", ".join("-" if value is None else str(value) for value in values)


def _lower_median(values: Iterable[RatingValue]) -> RatingValue:
    """Return the lower median of the numbers; without numbers, n/a if it is among the values, else None.

    >>> _lower_median([3, 1, None, "n/a", 2, 4]), _lower_median([None, "n/a"]), _lower_median([None])
    (2, 'n/a', None)
    """
    found = list(values)
    numbers = sorted(value for value in found if isinstance(value, int))
    if numbers:
        return numbers[(len(numbers) - 1) // 2]
    return NOT_APPLICABLE if NOT_APPLICABLE in found else None


def _joined(texts: Iterable[str]) -> str:
    """Join texts with line breaks, each once, as many as one cell can hold."""
    kept = ""
    for text in dict.fromkeys(filter(None, texts)):
        longer = f"{kept}\n{text}" if kept else text
        if units(longer) <= MAX_TEXT:
            kept = longer
    return kept


def _off_scale(answers: Answers, new: Catalog) -> Iterator[Problem]:
    """Yield a note with the number of values that are not on the new scales: they are kept, and do not count."""
    place = f"catalog {new.id} {new.version}"
    for name in scales():
        points = {None, NOT_APPLICABLE, *new.scale(name).values}
        number = sum(getattr(rating, name) not in points for rating in answers.ratings)
        if number:
            found = f"{plural(number, 'value')} of {name} not on its scale: kept, and not counted"
            yield Problem("off-new-scale", place, found, hint="rate them again", severity="note")


def _left(answers: Answers, changes: Diff) -> Iterator[Problem]:
    """Yield a note on answers, such as plan items, whose activity was split or retired: somebody must choose anew."""
    for kind, answer in answers.each():
        change = changes.by_activity.get(getattr(answer, "activity", ""))
        if change and not kind.scales and answer.activity not in change.becomes:
            place, found = one_line(kind.describe(kind.key_of(answer))), f"its activity {change.name}: {change.told}"
            yield Problem("activity-gone", place, found, hint="choose another activity for it", severity="note")
