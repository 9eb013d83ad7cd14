"""Overview: the organization on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.analysis.responses import Response
from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import ActivityCoverage, AreaCoverage, TeamCoverage
from growthsheet.measures import organization, responses, team
from growthsheet.sheets.organization.coverage import FLAGGED
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.sheets.team.overview import ANSWERED_ENOUGH, GAPS_SHOWN, OVERVIEW, UNCONFIRMED, UNCONFIRMED_NOTE
from growthsheet.text.labels import IN_TITLES, unique_labels
from growthsheet.text.language import Translate
from growthsheet.workbook.blocks import Chart, Charts, Heading, Links, NamedCells, Paragraphs, Sheet, chart_size
from growthsheet.workbook.tables import TableData, data_column, keyed_table, named_value

AREA_SUMMARY = keyed_table(
    "org_areas",
    data_column("area", "Area", "long"),
    data_column("rated", "Rated", "complete", note=organization.share_rated.words),
    data_column("met", "Met", "met", note=organization.share_met.words),
    data_column("level", "Level", "typical", note=team.team_level.words),
    data_column("short", hidden=True),
)
ROLE_SUMMARY = keyed_table(
    "org_roles",
    data_column("role", "Role", "long"),
    data_column("people", "People", "count"),
    data_column("enough", "Rated enough", "tally", note="How many have rated enough to have a readiness."),
    data_column("readiness", "Readiness", "percent", note="What at least half of those who have rated enough reach."),
    data_column("short", hidden=True),
)
ORGANIZATION_GAPS = keyed_table(
    "org_top_gaps",
    data_column("activity", "Activity", "long", note="The activities with the largest gaps."),
    data_column("people_short", "People short", "count", note=team.people_short.words),
    data_column("total_gap", "Sum of gaps", "level", note=team.total_gap.words),
    data_column("teams", "Teams with a gap", "flagged", note=FLAGGED["teamgap"][1]),
)
REFUSED_NOTE = "Their files came back, but no answer could be taken from them; the tab Responses tells why."


def organization_overview(
    survey: Survey,
    work: TeamCoverage,
    states: Sequence[Response],
    title: str,
    seen_by: Sequence[str],
    links: tuple[tuple[str, str], ...],
    line: str,
) -> Sheet:
    """Return the tab; ``line`` is the workbook's identity as a text."""
    view = survey.view
    translate = view.context.translate
    purpose = "Where the organization stands, on one page."
    rated = team.people_rated.function([stand.completeness for stand in survey.stands])
    next_step = organization.organization_next_step.function(len(survey.stands), rated, _translate=translate)
    silent = responses.no_answer.function([each.answered for each in states])
    waiting = sum(each.state == "unconfirmed" for each in states)
    prefilled = named_value("prefilled", UNCONFIRMED, waiting, "tally", note=UNCONFIRMED_NOTE)
    not_taken = sum(each.state == "refused" for each in states)
    refused = named_value("refused", "Returned and refused", not_taken, "tally", note=REFUSED_NOTE)
    areas, roles = _areas(survey, work.everybody), _roles(survey)
    return Sheet(
        OVERVIEW,
        dated(view.context, purpose),
        (
            NamedCells(
                (
                    named_value("people", "People", len(survey.stands), "whole"),
                    named_value("no_answer", "No answer yet", silent, "tally", note=responses.no_answer.words),
                    *([prefilled] if waiting else ()),
                    *([refused] if not_taken else ()),
                    named_value("teams", "Teams", sum(bool(id) for id in survey.teams), "whole"),
                    named_value("people_rated", ANSWERED_ENOUGH, rated, "tally", note=team.people_rated.words),
                    named_value("next", "What to do next", next_step, "told"),
                )
            ),
            *([_charts(areas, roles, translate)] if any(row["met"] is not None for row in areas) else ()),
            Heading(translate("Areas")),
            TableData(AREA_SUMMARY, areas),
            Heading(translate("Roles")),
            TableData(ROLE_SUMMARY, roles),
            Heading(translate("Largest gaps")),
            rows_or(ORGANIZATION_GAPS, _top_gaps(survey, work.coverage), translate("No gaps yet: it takes ratings.")),
            Heading(translate("Tabs")),
            Links(links),
            Heading(translate("Who sees this file")),
            Paragraphs((*map(translate, seen_by), line)),
        ),
        title=title,
        main=AREA_SUMMARY.name,
        colour="guide",
        one_page=True,
        portrait=True,
    )


def _charts(areas: Sequence[Any], roles: Sequence[Any], translate: Translate) -> Charts:
    return Charts(
        (
            Chart(
                "bar",
                translate("How much of what roles expect is met"),
                translate("For each area, the share of what is expected and rated that is met."),
                AREA_SUMMARY.name,
                "short",
                (("met", "Met"),),
                (0, 1),
                "0%",
                chart_size(len(areas), len(roles)),
            ),
            Chart(
                "bar",
                translate("Readiness for the present role"),
                translate("For each role, the readiness that at least half of its people reach."),
                ROLE_SUMMARY.name,
                "short",
                (("readiness", "Readiness"),),
                (0, 1),
                "0%",
                chart_size(len(roles), len(areas)),
            ),
        )
    )


def _areas(survey: Survey, found: Mapping[str, AreaCoverage]) -> list[dict[str, Any]]:
    catalog = survey.view.context.catalog
    names = unique_labels({area.id: area.name for area in catalog.areas}, IN_TITLES)
    return [
        {
            "key": f"k:{area.id}",
            "area": area.name,
            "short": names[area.id],
            "rated": organization.share_rated.function(at.rated, at.expected),
            "met": at.met,
            "level": at.level,
        }
        for area in catalog.areas
        if (at := found.get(area.id))
    ]


def _roles(survey: Survey) -> list[dict[str, Any]]:
    holders = Counter(stand.colleague.role.id for stand in survey.stands)
    ready: dict[str, list[float | None]] = {}
    for stand in survey.stands:
        ready.setdefault(stand.colleague.role.id, []).append(stand.readiness)
    roles = survey.view.context.catalog.roles
    names = unique_labels({role.id: role.name for role in roles}, IN_TITLES)
    return [
        {
            "key": f"k:{role.id}",
            "role": role.name,
            "short": names[role.id],
            "people": holders[role.id],
            "enough": sum(share is not None for share in ready[role.id]),
            "readiness": organization.typical.function(ready[role.id]),
        }
        for role in roles
        if role.id in holders
    ]


def _top_gaps(survey: Survey, covered: Sequence[ActivityCoverage]) -> list[dict[str, Any]]:
    largest = sorted((each for each in covered if each.total_gap), key=lambda each: -(each.total_gap or 0))
    return [
        {
            "key": f"k:{survey.activities[each.place].id}",
            "activity": survey.activities[each.place].name,
            "people_short": each.short,
            "total_gap": each.total_gap,
            "teams": each.flags["teamgap"],
        }
        for each in largest[:GAPS_SHOWN]
    ]
