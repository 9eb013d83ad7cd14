"""What teams can do: how much of what is expected they meet in each area, and what is covered in each activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..expr import Across
from ..measures import career, organization, team
from .survey import Stand, Survey, reader


@dataclass(frozen=True, slots=True)
class InArea:
    """What some people meet in an area: the share, the lower median of their levels; how much was asked and rated."""

    met: float | None
    level: float | None
    expected: int
    rated: int


def in_areas(survey: Survey, stands: Iterable[Stand]) -> dict[str, InArea]:
    """What some people meet, by area, over all that their roles expect."""
    gaps: dict[str, list[float | None]] = {}
    levels: dict[str, list[float | None]] = {}
    for stand in stands:
        for place, gap in survey.gaps(stand):
            area = survey.activities[place].area
            gaps.setdefault(area, []).append(gap)
            levels.setdefault(area, []).append(stand.used[place])
    return {area: _in_area(gaps[area], levels[area]) for area in gaps}


def _in_area(gaps: Sequence[float | None], levels: Sequence[float | None]) -> InArea:
    rated = team.rated_people.function(people=Across(levels))
    cells = {"rated_people": rated, "expected_people": len(gaps)}
    met = organization.share_met.value({**cells, "met": career.met.function(gaps=gaps)})
    return InArea(met, team.team_level.value({**cells, "people": Across(levels)}), len(gaps), rated)


@dataclass(frozen=True, slots=True)
class Covered:
    """What an organization covers in one activity, and in how many teams each flag stands."""

    place: int
    expected: int
    rated: int
    covered: int | None
    working: int | None
    level: float | None
    short: int | None
    total_gap: float | None
    flags: Counter[str]


def coverage(survey: Survey) -> list[Covered]:
    """A row for each activity that somebody's role expects, in catalog order."""
    everybody = _by_activity(survey, survey.stands)
    flags: dict[int, Counter[str]] = {place: Counter() for place in everybody}
    measured = _Measured(survey)
    for stands in survey.teams.values():
        for place, asked in _by_activity(survey, stands).items():
            top = max(importance for _, _, importance in asked)
            flag = measured.flag(tuple(sorted(_levels(asked))), len(asked), top)
            if flag:
                flags[place][flag] += 1
    return [measured.covered(place, everybody[place], flags[place]) for place in sorted(everybody)]


Asked = tuple[float | None, float | None, int]
"""A person's level and gap in an activity that the role expects, and its importance there."""


def _by_activity(survey: Survey, stands: Iterable[Stand]) -> dict[int, list[Asked]]:
    found: dict[int, list[Asked]] = {}
    for stand in stands:
        ruler = survey.ruler(stand.colleague.role.id)
        for (place, gap), importance in zip(survey.gaps(stand), ruler.importance, strict=True):
            found.setdefault(place, []).append((stand.used[place], gap, importance))
    return found


def _levels(asked: Iterable[Asked]) -> list[float]:
    return [used for used, _, _ in asked if used is not None]


class _Measured:
    """The measures of a team's tabs, read for teams and for everybody."""

    def __init__(self, survey: Survey) -> None:
        limits = survey.view.occasion.catalog.thresholds
        self._limits = {"covered_from": limits.covered, "working_from": limits.working}
        self._needed = reader(team.needed, "top_importance", "expected_people")
        self._flag = reader(team.flag, "covered", "working", "needed", "top_importance")
        self.flag = cache(self._flag_of)

    def _flag_of(self, levels: tuple[float, ...], expected: int, importance: int) -> str | None:
        cells = self._cells(levels, expected)
        counted = (
            team.covered.function(**_only(cells, "covered_from")),
            team.working.function(**_only(cells, "working_from")),
        )
        found: str | None = self._flag(*counted, self._needed(importance, expected), importance)
        return found

    def covered(self, place: int, asked: Sequence[Asked], flags: Counter[str]) -> Covered:
        cells = self._cells(_levels(asked), len(asked))
        gaps = Across(gap for _, gap, _ in asked)
        return Covered(
            place,
            len(asked),
            cells["rated_people"],
            team.covered.value(cells),
            team.working.value(cells),
            team.team_level.value(cells),
            team.people_short.function(gaps=gaps),
            team.total_gap.function(gaps=gaps),
            flags,
        )

    def _cells(self, levels: Iterable[float], expected: int) -> dict[str, Any]:
        people = Across(levels)
        rated = team.rated_people.function(people=people)
        return {"people": people, "rated_people": rated, "expected_people": expected, **self._limits}


def _only(cells: dict[str, Any], limit: str) -> dict[str, Any]:
    """The cells with one limit."""
    return {name: cells[name] for name in ("people", "rated_people", "expected_people", limit)}
