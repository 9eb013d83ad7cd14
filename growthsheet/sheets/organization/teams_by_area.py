"""Teams x areas: how much of what is expected each team meets, area by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import InArea, Teamwork
from growthsheet.measures import organization, ratings, team
from growthsheet.sheets.shared.snapshot import dated
from growthsheet.text.labels import IN_HEADERS, labels
from growthsheet.workbook.blocks import Heading, Sheet
from growthsheet.workbook.tables import Rows, Table, given

AREAS = "Teams x areas"
MET, LEVELS = "teams_met", "teams_levels"


def _table(name: str, survey: Survey, style: str, note: str) -> Table:
    areas = {activity.area for activity in survey.view.activities.values()}
    named = {area.id: area.name for area in survey.view.occasion.catalog.areas if area.id in areas}
    columns = (given("area", name, style, of=id, note=note) for id, name in labels(named, IN_HEADERS).items())
    return Table(
        name,
        (
            given("key"),
            given("team", "Team", "name"),
            given("people", "People", "count"),
            given("rated", "Rated", "complete", note=ratings.completeness.words),
            *columns,
        ),
    )


def areas(survey: Survey, work: Teamwork) -> Sheet:
    """The tab."""
    view = survey.view
    say, rows = view.occasion.say, list(_rows(survey, work))
    purpose = "How much of what roles expect is met; the darker, the more is short. Blank until half is rated."
    return Sheet(
        AREAS,
        dated(view.occasion, purpose),
        (
            Heading(say("Share of what is expected and rated that is met")),
            Rows(_table(MET, survey, "met", organization.share_met.words), [met for met, _ in rows]),
            Heading(say("Level that at least half of the ratings reach")),
            Rows(_table(LEVELS, survey, "typical", team.team_level.words), [level for _, level in rows]),
        ),
        main=MET,
        freeze="team",
    )


def _rows(survey: Survey, work: Teamwork) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    say, called = survey.view.occasion.say, survey.view.teams
    yield _row("k:all", say("All teams"), len(survey.stands), work.everybody)
    for id, stands in survey.teams.items():
        yield _row(f"k:team:{id}", called[id], len(stands), work.teams[id])


def _row(key: str, label: str, people: int, found: Mapping[str, InArea]) -> tuple[dict[str, Any], dict[str, Any]]:
    rated = {
        "rated_count": sum(each.rated for each in found.values()),
        "expected_count": sum(each.expected for each in found.values()),
    }
    head = {"key": key, "team": label, "people": people, "rated": ratings.completeness.value(rated)}
    return (
        head | {f"area@{area}": each.met for area, each in found.items()},
        head | {f"area@{area}": each.level for area, each in found.items()},
    )
