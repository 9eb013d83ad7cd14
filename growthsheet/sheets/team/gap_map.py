"""Gap map: the gaps of a team, activity by activity and person by person."""

from __future__ import annotations

from growthsheet.measures import lookups, ratings, team
from growthsheet.sheets.shared.lists import found_column
from growthsheet.sheets.shared.snapshot import table_tab
from growthsheet.sheets.team.skill_matrix import as_map, labelled_members, on_matrix
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column, keyed_table

GAP_MAP = "Gap map"


def table(view: TeamView) -> Table:
    """Return the table, with a column for each person."""
    return keyed_table(
        "gap_map",
        data_column("area", "Area", "band"),
        data_column("activity", "Activity", "activity"),
        found_column(on_matrix("people_short"), "People short", "count", team.people_short.words),
        *(
            found_column(on_matrix("gap"), label, "cell", ratings.gap.words, of=code)
            for code, label in labelled_members(view)
        ),
        calculated_column(lookups.at, hidden=True, keys=on_matrix("key")),
    )


def gap_map(view: TeamView) -> Sheet:
    """Return the tab."""
    translate, areas = view.context.translate, view.context.catalog.area_by_id
    rows = [{"key": f"k:{a.id}", "area": areas[a.area].name, "activity": a.name} for a in view.activities.values()]
    return table_tab(
        GAP_MAP,
        translate("How far each rating is below what the role expects. Dot: not expected. Blank: not rated."),
        TableData(table(view), rows),
        **as_map(view),
    )
