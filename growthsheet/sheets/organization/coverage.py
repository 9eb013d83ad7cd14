"""Coverage of an organization: the numbers of people who do each activity well, and of teams that are short of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from growthsheet.analysis.survey import Survey
from growthsheet.analysis.team_coverage import ActivityCoverage
from growthsheet.measures import team
from growthsheet.sheets.shared.snapshot import dated, table_tab
from growthsheet.sheets.team.coverage import COVERAGE
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import TableData, data_column, keyed_table

NAME = "org_coverage"
FLAGGED = {
    "teamgap": ("Teams with a gap", "In how many teams nobody manages even ordinary cases alone."),
    "single": ("Teams that depend on one", "In how many teams only one person does well what matters most."),
    "thin": ("Thin teams", "In how many teams fewer people do it well than are needed."),
}
"""The header and the note of the count of each flag."""

TABLE = keyed_table(
    NAME,
    data_column("area", "Area", "area"),
    data_column("activity", "Activity", "activity"),
    *(data_column(flag, header, "flagged", note=note) for flag, (header, note) in FLAGGED.items()),
    data_column("expected_people", "People expected", "count", note="How many people have a role that expects it."),
    data_column("rated_people", "Rated", "tally", note=team.rated_people.words),
    data_column("covered", "Covered", "count", note=team.covered.words),
    data_column("working", "Works alone", "count", note=team.working.words),
    data_column("level", "Level", "level", note=team.team_level.words),
    data_column("people_short", "People short", "count", note=team.people_short.words),
    data_column("total_gap", "Sum of gaps", "level", note=team.total_gap.words),
)


def organization_coverage(survey: Survey, found: Sequence[ActivityCoverage]) -> Sheet:
    """Return the tab."""
    purpose = "Where teams fall short, the most first. Blank until half of the people are rated."
    ordered = sorted(found, key=lambda each: [-each.flags[flag] for flag in FLAGGED])
    rows = TableData(TABLE, [_row(survey, covered) for covered in ordered])
    return table_tab(COVERAGE, dated(survey.view.context, purpose), rows, portrait=True)


def _row(survey: Survey, covered: ActivityCoverage) -> dict[str, Any]:
    activity, told = survey.activities[covered.place], any(covered.flags)
    return {
        "key": f"k:{activity.id}",
        "area": survey.view.context.catalog.area_by_id[activity.area].name,
        "activity": activity.name,
        "expected_people": covered.expected,
        "rated_people": covered.rated,
        "covered": covered.covered,
        "working": covered.working,
        "level": covered.level,
        "people_short": covered.short,
        "total_gap": covered.total_gap,
        **{flag: covered.flags[flag] if told else None for flag in FLAGGED},
    }
