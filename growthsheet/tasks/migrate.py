"""Move answers from one version of a catalog to the next: nothing dropped, everything counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model import NOT_APPLICABLE, Answers, Catalog, Rating, RatingValue
from growthsheet.model.answers import KINDS, AnswerKey, AnswerKind, scales
from growthsheet.model.excel_limits import MAX_TEXT, units
from growthsheet.tasks.catalog_diff import CHANGE_KINDS, Change, ChangeKind, Diff, diff
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line
from growthsheet.views.shown_answers import check_points, points_of

__all__ = ["CHANGE_KINDS", "Change", "ChangeKind", "Diff", "MigrationReport", "diff", "migrate"]


@dataclass(frozen=True)
class MigrationReport:
    """The report of a migration of answers.

    ``counts`` are the ratings by the change of their activity (``unknown``: in neither catalog); they add up to
    ``before``. ``after`` is ``before`` plus those ``added`` for activities that replace split or merged ones.
    ``renumbered`` are the values that another number stands for on the new scale, and ``unplaced`` those whose label
    is not on it: they are blank now.
    """

    diff: Diff
    before: int
    after: int
    counts: dict[str, int]
    added: int
    problems: tuple[Problem, ...] = ()
    renumbered: int = 0
    unplaced: int = 0


@strict
def migrate(answers: Answers, old: Catalog, new: Catalog) -> tuple[Answers, MigrationReport]:
    """Return the answers moved from a catalog to its next version, and a report.

    A second run changes nothing, or is refused if a scale was renumbered: the answers say on which scales they are.

    A renamed activity keeps its answers. Each part of a split one gets a copy, and an activity that replaces merged
    ones the lower median; both are marked "Re-check" in the note. The original ratings stay, and so do retired ones:
    no rating is ever dropped. If somebody has rated the new activity already, that rating is kept.

    On a changed scale a value moves with its label. One whose label is not on the new scale becomes blank, so that it
    does not count until somebody rates again; its note is marked "Re-check" and holds it.
    """
    check_points(answers, points_of(old), "name the catalog that they were collected with; move answers only once")
    changes = diff(old, new)
    moved = answers.with_each(partial(_rescaled, changes=changes)).with_each(partial(_moved, changes=changes))
    found = Counter(changes.of(rating.activity) for rating in answers.ratings)
    counts = {kind: found[kind] for kind in (*CHANGE_KINDS, "unknown")}
    points = changes.points
    renumbered = [(name, value) for _, name, value in _values(answers) if points[name].get(value, value) != value]
    unplaced = list(_unplaced_notes(answers, changes))
    problems = (*_renumbered_notes(renumbered, changes), *unplaced, *_left(moved, changes))
    before, after = len(answers.ratings), len(moved.ratings)
    report = MigrationReport(changes, before, after, counts, after - before, problems, len(renumbered), len(unplaced))
    return moved.model_copy(update={"points": points_of(new)}), report


def _rescaled(kind: AnswerKind, answers: Iterable[Any], changes: Diff) -> Iterable[Any]:
    """Yield the answers of one kind with the values of the new scales, and a note on each that has none there."""
    for answer in answers:
        values = {name: value for name in kind.scales if isinstance(value := getattr(answer, name), int)}
        now: dict[str, Any] = {name: changes.points[name].get(value) for name, value in values.items()}
        if gone := [f"{name} was {_labelled(changes.old, name, values[name])}" for name in now if now[name] is None]:
            now["note"] = _joined([answer.note, f"{_mark(changes)}: {', '.join(gone)}"])
        yield answer if now == values else answer.model_copy(update=now)


def _mark(changes: Diff) -> str:
    return f"Re-check ({changes.new.id} {changes.new.version})"


def _labelled(catalog: Catalog, scale: str, value: int) -> str:
    """Return a value with its label: ``2 (Working)``."""
    label = {point.value: point.label for point in catalog.scale(scale).points}.get(value)
    return f"{value} ({label})" if label else str(value)


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
    mark = f"{_mark(changes)}: from "
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
        values["note"] = _joined([*(rating.note for rating in whole), f"{mark}{said}"])
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


def _values(answers: Answers) -> Iterator[tuple[Rating, str, int]]:
    """Yield each number of each rating, with its scale."""
    for rating in answers.ratings:
        for name in scales():
            if isinstance(value := getattr(rating, name), int):
                yield rating, name, value


def _renumbered_notes(found: Iterable[tuple[str, int]], changes: Diff) -> Iterator[Problem]:
    """Yield a note for each scale whose numbers mean something else now, with what they became."""
    for name, numbers in groupby(sorted(Counter(found).items()), key=lambda each: each[0][0]):
        counts = {value: number for (_, value), number in numbers}
        became = ", ".join(
            f"{_labelled(changes.old, name, value)} is {changes.points[name][value]}" for value in counts
        )
        told = f"{plural(sum(counts.values()), 'value')} of {name} moved with their labels: {became}"
        place = f"catalog {changes.new.id} {changes.new.version}"
        yield Problem("scale-renumbered", place, told, severity="note")


def _unplaced_notes(answers: Answers, changes: Diff) -> Iterator[Problem]:
    """Yield a note for each value whose label is not on the new scale, with the rating and its cycle."""
    kind = KINDS["ratings"]
    hint = "rate it again; if only the words changed, write the new label into the old catalog and migrate again"
    for rating, name, value in _values(answers):
        if value not in changes.points[name]:
            place = one_line(f"{kind.describe(kind.key_of(rating))}, cycle {rating.cycle}")
            found = f"{name} {_labelled(changes.old, name, value)} is not on the new scale; left blank and marked"
            yield Problem("off-new-scale", place, found, hint=hint, severity="note")


def _left(answers: Answers, changes: Diff) -> Iterator[Problem]:
    """Yield a note on answers, such as plan items, whose activity was split or retired: somebody must choose anew."""
    for kind, answer in answers.each():
        change = changes.by_activity.get(getattr(answer, "activity", ""))
        if change and not kind.scales and answer.activity not in change.becomes:
            place, found = one_line(kind.describe(kind.key_of(answer))), f"its activity {change.name}: {change.told}"
            yield Problem("activity-gone", place, found, hint="choose another activity for it", severity="note")
