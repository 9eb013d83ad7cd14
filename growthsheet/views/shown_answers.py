"""The selection of answers that the workbooks of a review cycle show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any

from growthsheet.errors import InputError, Problem
from growthsheet.model import NOT_APPLICABLE, Answers, BudgetItem, Catalog, Cycle, Person, Rating, Source
from growthsheet.model.answers import KINDS, RATED_POINTS, AnswerKind, scales
from growthsheet.model.budget import Status
from growthsheet.model.parts import lean
from growthsheet.model.ratings import RatedPoint
from growthsheet.text.counts import plural
from growthsheet.text.quoting import nearest, one_line, quote

MIGRATE = "use the catalog that they were collected with, or move them with growthsheet migrate"
"""The advice where answers do not fit the catalog."""
_MOST_NAMED = 10
"""The most people that a note names one by one."""
_MOST_UNKNOWN = 5
"""The most unknown activities of which the nearest known one is named."""


@dataclass(frozen=True)
class ShownAnswers:
    """The answers that a cycle's workbooks show, without those of later cycles and those that are closed."""

    answers: Answers
    cycle: Cycle
    year: tuple[date, date]
    """The first and the last day of the fiscal year."""

    @cached_property
    def dates(self) -> Mapping[str, date]:
        """The date of each cycle."""
        return {cycle.id: cycle.date for cycle in self.answers.cycles} | {self.cycle.id: self.cycle.date}

    @cached_property
    def ratings(self) -> Mapping[tuple[str, Source], dict[str, Rating]]:
        """By person and source, the rating of each activity; only those of this cycle count, others are history."""
        found: dict[tuple[str, Source], dict[str, Rating]] = {}
        now = (rating for rating in self.answers.ratings if rating.cycle == self.cycle.id)
        for whose, said in groupby(now, key=attrgetter("person", "source")):
            found.setdefault(whose, {}).update({rating.activity: rating for rating in said})
        return found

    def _is_shown(self, kind: AnswerKind, answer: Any) -> bool:
        """Return whether the cycle's workbooks show an answer: if it is open, or its cycle or year has not passed."""
        match kind.ends:
            case "year":  # that of the cycle in which it was approved, because it was counted there
                day, later = self._day(answer), self.dates.get(answer.cycle, self.cycle.date) > self.year[1]
                is_later = later and answer.cycle != self.cycle.id
                return not is_later and (answer.status in kind.open or not day or day >= self.year[0])
            case "cycle":
                # An item without an id has its row's number; the row stays, so that no other item gets it.
                named = answer.id and not answer.id.isdigit()
                is_over = self.dates.get(answer.cycle, self.cycle.date) < self.cycle.date
                return answer.status in kind.open or not (named and is_over)
            case _:
                return "cycle" not in kind.key or answer.cycle == self.cycle.id

    @cached_property
    def shown(self) -> Mapping[str, tuple[Any, ...]]:
        """The shown answers of each kind, except kinds that several sources give about one person."""
        kinds = (kind for kind in KINDS.values() if "source" not in kind.key)
        return {k.name: tuple(each for each in self.answers.of(k) if self._is_shown(k, each)) for k in kinds}

    @cached_property
    def typed(self) -> Mapping[str, Mapping[tuple[str, str, str], str]]:
        """Return this cycle's answers in own columns by person, and there by source, activity and column."""
        found: dict[str, dict[tuple[str, str, str], str]] = {}
        for each in self.answers.own_answers:
            if each.cycle == self.cycle.id:
                found.setdefault(each.person, {})[str(each.source), each.activity, each.column] = each.value
        return found

    def of_person(self, person: str) -> Mapping[str, tuple[Any, ...]]:
        """Return one person's answers by kind, without kinds of which there are none."""
        return {kind: found for kind in self.shown if (found := self._of(kind, [("person", person)]))}

    def of_team(self, manager: str, members: Iterable[str]) -> Mapping[str, tuple[Any, ...]]:
        """Return the answers of a team and its members, in their order, of the kinds that teams have."""
        owners = [("team", manager), *(("person", member) for member in members)]
        return {kind: self._of(kind, owners) for kind in self.shown if "team" in KINDS[kind].columns}

    def _of(self, kind: str, owners: Iterable[tuple[str, str]]) -> tuple[Any, ...]:
        numbers = {number for owner in owners for number in self._numbers.get((kind, *owner), ())}
        return tuple(self.shown[kind][number] for number in sorted(numbers))

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, str, str], list[int]]:
        """The indexes of the answers of each kind, by person and by team."""
        found: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        for kind, answers in self.shown.items():
            for number, answer in enumerate(answers):
                found[kind, "person", answer.person].append(number)
                found[kind, "team", getattr(answer, "team", "")].append(number)
        return found

    def paid(self, person: Person, since: date) -> tuple[str, ...]:
        """Return the activities for which a person or the whole team had money in earlier fiscal years, since a day."""
        former = (*self._former.get((person.id, ""), ()), *self._former.get(("", person.manager), ()))
        return tuple(sorted({activity for activity, day in former if day >= since}))

    @cached_property
    def _former(self) -> Mapping[tuple[str, str], list[tuple[str, date]]]:
        """By person or team, the activities and days of budget lines of earlier fiscal years that used money."""
        found: dict[tuple[str, str], list[tuple[str, date]]] = {}
        not_taken = {*KINDS["budget_items"].open, Status.REJECTED, Status.CANCELLED}
        for line in self.answers.budget_items:
            day, took = self._day(line), line.status not in not_taken
            if took and day and day < self.year[0] and line.activity and (line.actual, line.estimate) != (None, None):
                found.setdefault((line.person, "" if line.person else line.team), []).append((line.activity, day))
        return found

    def _day(self, line: BudgetItem) -> date | None:
        """Return a day in the fiscal year whose money a budget line uses, if it is known."""
        return self.dates.get(line.cycle) or line.start


def never_answered(answers: Answers, cycle: Cycle, catalog: Catalog) -> dict[str, frozenset[str]]:
    """Return by cycle the activities that nobody answered in it, without the newest cycle, which may not be over."""
    said: dict[str, set[str]] = {cycle.id: set()}
    for rating in answers.ratings:
        said.setdefault(rating.cycle, set()).add(rating.activity)
    days = {each.id: each.date for each in (*answers.cycles, cycle) if each.id in said}
    newest, known = max(days.values()), catalog.activity_by_id.keys()
    return {id: frozenset(known - said[id]) for id, day in days.items() if day < newest}


def points_of(catalog: Catalog) -> tuple[RatedPoint, ...]:
    """Return the points of a catalog's scales, as they are kept beside answers: sorted."""
    found = ((scale.id, point.value, point.label) for scale in catalog.scales for point in scale.points)
    return tuple(RatedPoint(scale=scale, value=value, label=label) for scale, value, label in sorted(found))


def check_points(answers: Answers, points: Iterable[RatedPoint], hint: str = MIGRATE) -> None:
    """Raise an error if ratings were given on other scales: if a label stands at another point now."""
    now = {(point.scale, point.label.casefold()): point for point in points}
    moved = [
        (point, there.value)
        for point in answers.points
        if (there := now.get((point.scale, point.label.casefold()))) and there.value != point.value
    ]
    if moved:
        (first, value), more = moved[0], len(moved) - 1
        found = f"{quote(first.label)} is {first.value} in the answers, and {value} in the catalog"
        found += f"; {plural(more, 'label')} more" if more else ""
        place = f"{RATED_POINTS.file}: {first.scale}"
        raise InputError([Problem("other-scales", place, found, "the scales with which they were collected", hint)])


def without_off_scale(answers: Answers, catalog: Catalog) -> tuple[Answers, tuple[Problem, ...]]:
    """Return the answers without ratings that are not on their scale, and a note for each of those."""
    points = {name: (None, NOT_APPLICABLE, *catalog.scale(name).values) for name in scales()}
    notes: list[Problem] = []

    def judged(kind: AnswerKind, found: Iterable[Any]) -> Iterator[Any]:
        for answer in found:
            off = [name for name in kind.scales if getattr(answer, name) not in points[name]]
            for name in off:
                place = one_line(f"{kind.file}: {name} of {kind.describe(kind.key_of(answer))}")
                expected = f"one of {', '.join(map(str, points[name][1:]))}"
                hint = "correct it there; until then it is not shown"
                notes.append(Problem("answer-off-scale", place, "not on the scale", expected, hint, "note"))
            yield lean(answer.model_copy(update=dict.fromkeys(off))) if off else answer

    return answers.with_each(judged), tuple(notes)


def unknown_activity_notes(answers: Answers, catalog: Catalog) -> tuple[Problem, ...]:
    """Return a note if answers rate activities that are not in the catalog, as no workbook shows them."""
    unknown = [rating.activity for rating in answers.ratings if rating.activity not in catalog.activity_by_id]
    if not unknown:
        return ()
    found = f"ratings of activities that {catalog.id} {catalog.version} does not have, so not shown: {len(unknown):,}"
    near = {id: nearest(id, catalog.activity_by_id) for id in sorted(set(unknown))[:_MOST_UNKNOWN]}
    found += "".join(f"; {quote(id)}, nearest is {quote(close)}" for id, close in near.items() if close)
    return (Problem("answers-not-shown", "answers", found, hint=MIGRATE, severity="note"),)


def unknown_person_notes(answers: Answers, here: Iterable[str], others: Iterable[str]) -> tuple[Problem, ...]:
    """Return a note if answers are about ids that the roster does not have, each with the nearest id that has none.

    ``here`` are the ids of those who get a workbook, ``others`` those of everybody else on the roster.
    """
    about = {answer.person for _, answer in answers.each() if getattr(answer, "person", "")}
    here = set(here)
    unknown = sorted(about.difference(here, others))
    if not unknown:
        return ()
    told = with_nearest(unknown, here - about)
    found = f"answers of {plural(unknown, 'person')} not on the roster, so not shown: {told}"
    hint = "if an id was changed, write the new one into the files of answers; leave the others as they are"
    return (Problem("answers-of-nobody", "answers", found, hint=hint, severity="note"),)


def with_nearest(unknown: Sequence[str], free: Iterable[str]) -> str:
    """Return a list of ids that the roster does not have, each with the nearest of those that are free."""
    near_by = {_bare(id): id for id in sorted(free, reverse=True)}
    told = []
    for id in unknown[:_MOST_NAMED]:
        near = nearest(_bare(id), near_by, 0.8)
        told.append(quote(id) + (f" (is it {quote(near_by[near])}?)" if near else ""))
    return ", ".join(told + ["..."] * (len(unknown) > _MOST_NAMED))


def _bare(id: str) -> str:
    """Return an id as it is compared: without case and zeros at its beginning, which spreadsheets take off."""
    return id.casefold().lstrip("0") or id
