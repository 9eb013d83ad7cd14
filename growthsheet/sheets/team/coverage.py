"""Coverage: the number of people who do each activity well, the number needed, and the risks."""

from __future__ import annotations

from growthsheet.measures import lookups, team
from growthsheet.sheets.shared.lists import FLAGS, found_column, word_column
from growthsheet.sheets.shared.snapshot import table_tab
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import TableData, calculated_column, data_column, keyed_table

COVERAGE = "Coverage"


TABLE = keyed_table(
    "coverage",
    data_column("area", "Area", "area"),
    data_column("activity", "Activity", "name"),
    found_column(
        on_matrix("top_importance"), "Importance", "importance", "The highest among the roles that expect it."
    ),
    found_column(on_matrix("expected_people"), "People expected", "count", "How many people's role expects it."),
    found_column(on_matrix("rated_people"), "Rated", "tally", team.rated_people.words),
    found_column(on_matrix("not_applicable_people"), "n/a", "tally", team.not_applicable_people.words),
    found_column(on_matrix("needed"), "Needed", "count", team.needed.words),
    found_column(on_matrix("covered"), "Covered", "count", team.covered.words),
    found_column(on_matrix("working"), "Works alone", "count", team.working.words),
    found_column(on_matrix("team_level"), "Team level", "level", team.team_level.words),
    word_column(FLAGS, "flag", "flag", "flag_code", header="Flag", note=team.flag.words),
    calculated_column(lookups.at, hidden=True, keys=on_matrix("key")),
    found_column(on_matrix("flag"), name="flag_code", text=True),
)


def coverage(view: TeamView) -> Sheet:
    """Return the tab."""
    translate, areas = view.context.translate, view.context.catalog.area_by_id
    rows = [{"key": f"k:{a.id}", "area": areas[a.area].name, "activity": a.name} for a in view.activities.values()]
    return table_tab(
        COVERAGE,
        view,
        translate("What the team can do together. Blank until half of the people whose role expects it are rated."),
        TableData(TABLE, rows),
    )
