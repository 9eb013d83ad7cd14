"""What teams can do: how much of what is expected they meet in each area, and what is covered in each activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from growthsheet.analysis.survey import Expectation, PersonStanding, Survey
from growthsheet.expr import Tally
from growthsheet.measures import career, organization, team


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """What some people meet in an area: the share, the lower median of their levels; how much was asked and rated."""

    met: float | None
    level: float | None
    expected: int
    rated: int


@dataclass(frozen=True, slots=True)
class ActivityCoverage:
    """What an organization covers in one activity, and in how many teams each flag stands."""

    place: int
    expected: int
    rated: int
    covered: int | None
    working: int | None
    level: float | None
    short: int | None
    total_gap: float | None
    flags: Counter[str | None]


@dataclass(frozen=True, slots=True)
class TeamCoverage:
    """What people can do together, over all that their roles expect."""

    teams: Mapping[str, Mapping[str, AreaCoverage]]
    """By the manager's id and by area."""
    everybody: Mapping[str, AreaCoverage]
    coverage: Sequence[ActivityCoverage]
    """A row for each activity that somebody's role expects, in catalog order."""


def team_coverage(survey: Survey) -> TeamCoverage:
    """What all teams can do, and everybody together."""
    measured = _Measured(survey)
    flags: list[Counter[str | None]] = [Counter() for _ in survey.activities]
    teams = {}
    for id, stands in survey.teams.items():
        asked_in: dict[str, list[Expectation]] = {}
        for place, asked in _by_activity(survey, stands):
            asked_in.setdefault(survey.activities[place].area, []).extend(asked)
            flags[place][measured.flag(asked)] += 1
        teams[id] = {area: _in_area(*_tallied(asked)) for area, asked in asked_in.items()}
    coverage, levels_in, gaps_in = [], dict[str, Tally](), dict[str, Tally]()
    for place, asked in _by_activity(survey, survey.stands):
        area, (levels, gaps) = survey.activities[place].area, _tallied(asked)
        coverage.append(measured.covered(place, levels, gaps, [each.gap for each in asked], flags[place]))
        levels_in.setdefault(area, Tally()).add(levels)
        gaps_in.setdefault(area, Tally()).add(gaps)
    everybody = {area: _in_area(levels_in[area], gaps_in[area]) for area in levels_in}
    return TeamCoverage(teams, everybody, coverage)


def _by_activity(survey: Survey, stands: Iterable[PersonStanding]) -> Iterator[tuple[int, list[Expectation]]]:
    """For each activity the people whose role expects it, in the order of the roster; none that nobody's role does."""
    found = [(survey.ruler(stand.colleague.role.id).asked, stand.used) for stand in stands]
    for place in range(len(survey.activities)):
        asked = [each for by_level, used in found if (each := by_level[place][used[place]])]
        if asked:
            yield place, asked


def _tallied(asked: Iterable[Expectation]) -> tuple[Tally, Tally]:
    """The levels, and the gaps."""
    return Tally([each.level for each in asked]), Tally([each.gap for each in asked])


def _in_area(levels: Tally, gaps: Tally) -> AreaCoverage:
    expected, rated = len(levels), team.rated_people.function(levels)
    met = organization.share_met.function(career.met.function(gaps), rated, expected)
    return AreaCoverage(met, team.team_level.function(rated, expected, levels), expected, rated)


class _Measured:
    """The measures of a team's tabs, read for teams and for everybody."""

    def __init__(self, survey: Survey) -> None:
        limits = survey.view.context.catalog.thresholds
        self._covered, self._working = limits.covered, limits.working
        self._flag_of = cache(self._flag_of_team)

    def flag(self, asked: Sequence[Expectation]) -> str | None:
        """The flag of a team in an activity."""
        levels = tuple(sorted([each.level for each in asked if each.level is not None]))
        flag: str | None = self._flag_of(levels, len(asked), max([each.importance for each in asked]))
        return flag

    def _flag_of_team(self, levels: Sequence[float], expected: int, importance: int) -> str | None:
        _, covered, working = self._counted(levels, expected)
        found: str | None = team.flag.function(covered, working, team.needed.function(importance, expected), importance)
        return found

    def covered(
        self, place: int, levels: Tally, gaps: Tally, in_order: Sequence[float | None], flags: Counter[str | None]
    ) -> ActivityCoverage:
        """What everybody covers; the gaps are added in the order of the roster, for fractions add up in that order."""
        rated, covered, working = self._counted(levels, len(levels))
        return ActivityCoverage(
            place,
            len(levels),
            rated,
            covered,
            working,
            team.team_level.function(rated, len(levels), levels),
            team.people_short.function(gaps),
            team.total_gap.function(in_order),
            flags,
        )

    def _counted(self, levels: Sequence[Any], expected: int) -> tuple[Any, Any, Any]:
        """How many are rated, do it well and work alone."""
        rated = team.rated_people.function(levels)
        cells = {"rated_people": rated, "expected_people": expected, "people": levels}
        return (
            rated,
            team.covered.function(**cells, covered_from=self._covered),
            team.working.function(**cells, working_from=self._working),
        )
