"""Teams x areas: the share of the expected levels that each team meets, area by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import AreaCoverage, TeamCoverage
from growthsheet.measures import organization, team
from growthsheet.sheets.shared.snapshot import dated
from growthsheet.text.labels import IN_HEADERS, unique_labels
from growthsheet.workbook.blocks import Heading, Sheet
from growthsheet.workbook.tables import Table, TableData, data_column, keyed_table

TEAMS_BY_AREA = "Teams x areas"
MET, LEVELS = "teams_met", "teams_levels"


def _table(name: str, survey: Survey, style: str, note: str) -> Table:
    areas = {activity.area for activity in survey.view.activities.values()}
    named = {area.id: area.name for area in survey.view.context.catalog.areas if area.id in areas}
    columns = (
        data_column("area", name, style, of=id, note=note) for id, name in unique_labels(named, IN_HEADERS).items()
    )
    return keyed_table(
        name,
        data_column("team", "Team", "name"),
        data_column("people", "People", "count"),
        data_column("rated", "Rated", "complete", note=organization.share_rated.words),
        *columns,
    )


def teams_by_area(survey: Survey, work: TeamCoverage) -> Sheet:
    """Return the tab."""
    view = survey.view
    translate, rows = view.context.translate, list(_rows(survey, work))
    purpose = "How much of what roles expect is met; the darker, the more is missing. Blank until half is rated."
    return Sheet(
        TEAMS_BY_AREA,
        dated(view.context, purpose),
        (
            Heading(translate("Share of what is expected and rated that is met")),
            TableData(_table(MET, survey, "met", organization.share_met.words), [met for met, _ in rows]),
            Heading(translate("Level that at least half of the ratings reach")),
            TableData(_table(LEVELS, survey, "level", team.team_level.words), [level for _, level in rows]),
        ),
        main=MET,
        freeze="team",
    )


def _rows(survey: Survey, work: TeamCoverage) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    translate, called = survey.view.context.translate, survey.view.teams
    yield _row("k:all", translate("All teams"), len(survey.stands), work.everybody)
    for id, stands in survey.teams.items():
        yield _row(f"k:team:{id}", called[id], len(stands), work.teams[id])


def _row(key: str, label: str, people: int, found: Mapping[str, AreaCoverage]) -> tuple[dict[str, Any], dict[str, Any]]:
    rated, expected = (sum(getattr(each, name) for each in found.values()) for name in ("rated", "expected"))
    head = {"key": key, "team": label, "people": people, "rated": organization.share_rated.function(rated, expected)}
    return (
        head | {f"area@{area}": each.met for area, each in found.items()},
        head | {f"area@{area}": each.level for area, each in found.items()},
    )
