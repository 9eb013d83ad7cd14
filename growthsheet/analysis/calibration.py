"""Calibration: comparison of the ratings of roles and managers, for groups of at least five people; without pay."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from growthsheet.analysis.survey import PersonStanding, Survey
from growthsheet.measures import organization
from growthsheet.model import NOT_APPLICABLE
from growthsheet.views.suppression import Shown, one_way, two_way

ChangeColumn = TypeVar("ChangeColumn", bound=Hashable)
CHANGES = ("down", "same", "up")


@dataclass(frozen=True)
class Distribution(Generic[ChangeColumn]):
    """The number of ratings in each column by group, with the people rated, who decide what may be shown."""

    columns: Sequence[ChangeColumn]
    counts: dict[tuple[str, ChangeColumn], int] = field(default_factory=dict)
    people: dict[tuple[str, ChangeColumn], set[str]] = field(default_factory=dict)

    def add(self, group: str, column: ChangeColumn, person: str, times: int = 1) -> None:
        """Count a rating, or several that are equal."""
        at = (group, column)
        self.counts[at] = self.counts.get(at, 0) + times
        self.people.setdefault(at, set()).add(person)

    def rows(self) -> Iterator[tuple[str | None, int | None, int | None, list[float | None]]]:
        """Yield group, people, ratings and the share in each column, first for all; None is a suppressed number."""
        shown: Shown[str, ChangeColumn] = two_way(self.people)
        groups = list(dict.fromkeys(group for group, _ in self.people))
        yield (None, *self._row(groups, shown.columns if shown.total else (), shown.total))
        for group in groups:
            yield (group, *self._row([group], shown.columns, group in shown.rows))

    def _row(self, groups: Iterable[str], columns: Iterable[Any], shown: bool) -> Any:
        if not shown:
            return None, None, [None] * len(self.columns)
        of = set(groups)
        whole = sum(count for (group, _), count in self.counts.items() if group in of)
        people = {each for (group, _), them in self.people.items() if group in of for each in them}
        told = set(columns)
        parts = [sum(self.counts.get((group, column), 0) for group in of) for column in self.columns]
        shares = [
            organization.share_of.function(part, whole) if column in told else None
            for column, part in zip(self.columns, parts, strict=True)
        ]
        return len(people), whole, shares


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean difference of own and manager's ratings: None if suppressed; with a blank manager, of everybody."""

    manager: str
    people: int | None
    mean: float | None


def levels(survey: Survey) -> Distribution[float]:
    """Return the number of ratings at each level, by role."""
    spread: Distribution[float] = Distribution(survey.levels)
    for stand in survey.stands:
        role, person = stand.colleague.role.id, stand.colleague.person.id
        for level, times in Counter([stand.used[place] for place in survey.ruler(role).places]).items():
            if level is not None and level != NOT_APPLICABLE:
                spread.add(role, level, person, times)
    return spread


def changes(survey: Survey) -> Distribution[str]:
    """Return how many ratings went down, stayed and went up since the previous cycle, by role."""
    spread: Distribution[str] = Distribution(CHANGES)
    for stand in survey.stands:
        role, person = stand.colleague.role.id, stand.colleague.person.id
        for moved in _moves(survey, stand):
            spread.add(role, CHANGES[(moved > 0) - (moved < 0) + 1], person)
    return spread


def _moves(survey: Survey, stand: PersonStanding) -> Iterator[float]:
    """Yield the change in each expected activity that was rated in both cycles."""
    before = stand.colleague.before
    if not before.own and not before.agreed:
        return
    then = survey.said(before)
    for place in survey.ruler(stand.colleague.role.id).places:
        moved = survey.change(stand.used[place], then[place])
        if moved is not None:
            yield moved


def differences(survey: Survey) -> list[Difference]:
    """Return, for everybody and for each manager, how far people rate themselves above the manager's ratings."""
    found: dict[str, list[float]] = {}
    people: dict[str, set[str]] = {}
    for team, stands in survey.teams.items():
        for stand in stands:
            said = stand.colleague.ratings
            for activity, rating in said.manager.items():
                own = said.own.get(activity)
                above = survey.above(own.skill if own else None, rating.skill)
                if above is not None:
                    found.setdefault(team, []).append(above)
                    people.setdefault(team, set()).add(stand.colleague.person.id)
    shown = one_way(people)
    everything = [above for team in found for above in found[team]]
    total = len(set().union(*people.values())) if people else 0
    rows = [Difference("", total, _mean(everything)) if shown.total else Difference("", None, None)]
    for team in found:
        told = team in shown.rows
        rows.append(Difference(team, len(people[team]) if told else None, _mean(found[team]) if told else None))
    return rows


def _mean(above: Sequence[float]) -> float | None:
    mean: float | None = organization.mean_of.function(above)
    return mean
