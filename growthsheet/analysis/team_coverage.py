"""The coverage of teams: the share of expectations met in each area, and the people who cover each activity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from growthsheet.analysis.survey import Expectation, PersonStanding, Survey
from growthsheet.expr import Tally
from growthsheet.measures import career, organization, team
from growthsheet.views.organization import OrganizationView
from growthsheet.workbook.results import Results, schema


@dataclass(frozen=True, slots=True)
class AreaCoverage:
    """The numbers of a group in an area: share of expectations met, lower median level, three counts."""

    met: float | None
    level: float | None
    expected: int
    rated: int
    met_count: int


@dataclass(frozen=True, slots=True)
class ActivityCoverage:
    """The coverage of one activity in an organization, and the number of teams with each flag."""

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
    """The coverage of teams and of everybody, over all activities that roles expect."""

    teams: Mapping[str, Mapping[str, AreaCoverage]]
    """The numbers of each team, by the manager's id and by area."""
    everybody: Mapping[str, AreaCoverage]
    coverage: Sequence[ActivityCoverage]
    """A row for each activity that somebody's role expects, in catalog order."""


def team_coverage(survey: Survey) -> TeamCoverage:
    """Return the coverage of all teams, and of everybody together."""
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


def team_gap_results(view: OrganizationView) -> Results:
    """Return a row for each team and each area that its people's roles expect."""
    return schema("team_gaps").table(
        {
            "team_id": team,
            "team": view.teams[team],
            "area": area.name,
            "expected_count": at.expected,
            "rated_count": at.rated,
            "share_met": at.met,
            "team_level": at.level,
        }
        for team, found in team_coverage(Survey(view)).teams.items()
        for area in view.context.catalog.areas
        if (at := found.get(area.id))
    )


def _by_activity(survey: Survey, stands: Iterable[PersonStanding]) -> Iterator[tuple[int, list[Expectation]]]:
    """Yield each expected activity with the levels of the people whose role expects it, in the roster's order."""
    found = [(survey.ruler(stand.colleague.role.id).asked, stand.used) for stand in stands]
    for place in range(len(survey.activities)):
        asked = [each for by_level, used in found if (each := by_level[place][used[place]])]
        if asked:
            yield place, asked


def _tallied(asked: Iterable[Expectation]) -> tuple[Tally, Tally]:
    """Return tallies of the levels and of the gaps."""
    return Tally([each.level for each in asked]), Tally([each.gap for each in asked])


def _in_area(levels: Tally, gaps: Tally) -> AreaCoverage:
    expected, rated = len(levels), team.rated_people.function(levels)
    met = career.met.function(gaps)
    share = organization.share_met.function(met, rated, expected)
    return AreaCoverage(share, team.team_level.function(rated, expected, levels), expected, rated, met or 0)


class _Measured:
    """The measures of a team's tabs, computed for teams and for everybody."""

    def __init__(self, survey: Survey) -> None:
        limits = survey.view.context.catalog.thresholds
        self._covered, self._working = limits.covered, limits.working
        self._flag_of = cache(self._flag_of_team)

    def flag(self, asked: Sequence[Expectation]) -> str | None:
        """Return the flag of a team in an activity."""
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
        """Return everybody's coverage; gaps are added in the roster's order, as sums of fractions depend on it."""
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
        """Return how many people are rated, cover an activity and work alone in it."""
        rated = team.rated_people.function(levels)
        cells = {"rated_people": rated, "expected_people": expected, "people": levels}
        return (
            rated,
            team.covered.function(**cells, covered_from=self._covered),
            team.working.function(**cells, working_from=self._working),
        )
