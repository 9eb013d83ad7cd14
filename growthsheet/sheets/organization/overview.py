"""Overview: the organization on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import Covered, InArea, Teamwork
from growthsheet.expr import Across
from growthsheet.measures import organization, ratings, team
from growthsheet.sheets.organization.coverage import FLAGGED
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.sheets.team.overview import OVERVIEW, TOP_COUNT
from growthsheet.text.labels import IN_TITLES, labels
from growthsheet.text.language import Translate
from growthsheet.workbook.blocks import Chart, Charts, Facts, Heading, Links, Prose, Sheet, chart_size
from growthsheet.workbook.tables import Rows, Table, fact, given, hidden

AREAS = Table(
    "org_areas",
    (
        given("key"),
        given("area", "Area", "long"),
        given("rated", "Rated", "complete", note=ratings.completeness.words),
        given("met", "Met", "met", note=organization.share_met.words),
        given("level", "Level", "typical", note=team.team_level.words),
        hidden(given("short")),
    ),
)
ROLES = Table(
    "org_roles",
    (
        given("key"),
        given("role", "Role", "long"),
        given("people", "People", "count"),
        given("enough", "Rated enough", "tally", note="How many have rated 80 % or more of what the role expects."),
        given("readiness", "Readiness", "percent", note="What at least half of those who have rated enough reach."),
        hidden(given("short")),
    ),
)
TOP_GAPS = Table(
    "org_top_gaps",
    (
        given("key"),
        given("activity", "Activity", "long", note="The activities with the largest gaps."),
        given("people_short", "People short", "count", note=team.people_short.words),
        given("total_gap", "Sum of gaps", "count", note=team.total_gap.words),
        given("teams", "Teams with a gap", "flagged", note=FLAGGED["teamgap"][1]),
    ),
)


def overview(
    survey: Survey, work: Teamwork, seen_by: Sequence[str], links: tuple[tuple[str, str], ...], line: str
) -> Sheet:
    """The tab; ``line`` is the identity as a text."""
    view = survey.view
    say = view.occasion.say
    purpose = "Where the organization stands, on one page."
    rated = team.people_rated.value({"shares": [stand.completeness for stand in survey.stands]})
    steps = {"people": len(survey.stands), "people_rated": rated}
    areas, roles = _areas(survey, work.everybody), _roles(survey)
    return Sheet(
        OVERVIEW,
        dated(view.occasion, purpose),
        (
            Facts(
                (
                    fact("people", "People", len(survey.stands), "whole"),
                    fact("teams", "Teams", sum(bool(id) for id in survey.teams), "whole"),
                    fact("people_rated", "Rated to 80 % or more", rated, "tally", note=team.people_rated.words),
                    fact("next", "What to do next", organization.next_step.value(steps, say), "told"),
                )
            ),
            *([_charts(areas, roles, say)] if any(row["met"] is not None for row in areas) else ()),
            Heading(say("Areas")),
            Rows(AREAS, areas),
            Heading(say("Roles")),
            Rows(ROLES, roles),
            Heading(say("Largest gaps")),
            rows_or(TOP_GAPS, _top_gaps(survey, work.coverage), say("No gaps yet: it takes ratings.")),
            Heading(say("Tabs")),
            Links(links),
            Heading(say("Who sees this file")),
            Prose((*map(say, seen_by), line)),
        ),
        title=say("Organization growth plan"),
        main=AREAS.name,
        colour="guide",
        one_page=True,
        portrait=True,
    )


def _charts(areas: Sequence[Any], roles: Sequence[Any], say: Translate) -> Charts:
    return Charts(
        (
            Chart(
                "bar",
                say("How much of what roles expect is met"),
                say("For each area, the share of what is expected and rated that is met."),
                AREAS.name,
                "short",
                (("met", "Met"),),
                (0, 1),
                "0%",
                chart_size(len(areas), len(roles)),
            ),
            Chart(
                "bar",
                say("Readiness for the present role"),
                say("For each role, the readiness that at least half of its people reach."),
                ROLES.name,
                "short",
                (("readiness", "Readiness"),),
                (0, 1),
                "0%",
                chart_size(len(roles), len(areas)),
            ),
        )
    )


def _areas(survey: Survey, found: Mapping[str, InArea]) -> list[dict[str, Any]]:
    catalog = survey.view.occasion.catalog
    names = labels({area.id: area.name for area in catalog.areas}, IN_TITLES)
    return [
        {
            "key": f"k:{area.id}",
            "area": area.name,
            "short": names[area.id],
            "rated": ratings.completeness.value({"rated_count": at.rated, "expected_count": at.expected}),
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
    roles = survey.view.occasion.catalog.roles
    names = labels({role.id: role.name for role in roles}, IN_TITLES)
    return [
        {
            "key": f"k:{role.id}",
            "role": role.name,
            "short": names[role.id],
            "people": holders[role.id],
            "enough": sum(share is not None for share in ready[role.id]),
            "readiness": organization.typical.value({"people": Across(ready[role.id])}),
        }
        for role in roles
        if role.id in holders
    ]


def _top_gaps(survey: Survey, covered: Sequence[Covered]) -> list[dict[str, Any]]:
    largest = sorted((each for each in covered if each.total_gap), key=lambda each: -(each.total_gap or 0))
    return [
        {
            "key": f"k:{survey.activities[each.place].id}",
            "activity": survey.activities[each.place].name,
            "people_short": each.short,
            "total_gap": each.total_gap,
            "teams": each.flags["teamgap"],
        }
        for each in largest[:TOP_COUNT]
    ]
