"""Coverage: the number of people who do each activity well, the number needed, and the risks."""

from __future__ import annotations

from growthsheet.measures import team
from growthsheet.sheets.shared.lists import FLAGS, found_by_rank, found_column, word_column
from growthsheet.sheets.shared.snapshot import table_tab
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, TableData

COVERAGE = "Coverage"


TABLE = Table(
    "coverage",
    (
        found_column(on_matrix("key"), text=True),
        found_column(on_matrix("area"), "Area", "area_beside", "", text=True),
        found_column(on_matrix("activity"), "Activity", "activity", "", text=True),
        word_column(FLAGS, "flag", "flag", "flag_code", header="Flag", note=team.flag.words),
        found_column(on_matrix("covered"), "Covered", "count", team.covered.words),
        found_column(on_matrix("needed"), "Needed", "count", team.needed.words),
        found_column(on_matrix("working"), "Works alone", "count", team.working.words),
        found_column(on_matrix("team_level"), "Team level", "level", team.team_level.words),
        found_column(
            on_matrix("top_importance"), "Importance", "importance", "The highest among the roles that expect it."
        ),
        found_column(
            on_matrix("expected_people"), "People expected", "count", "How many people have a role that expects it."
        ),
        found_column(on_matrix("rated_people"), "Rated", "tally", team.rated_people.words),
        found_column(on_matrix("not_applicable_people"), "n/a", "tally", team.not_applicable_people.words),
        *found_by_rank(on_matrix("coverage_rank")),
        found_column(on_matrix("flag"), name="flag_code", text=True),
    ),
)


def coverage(view: TeamView) -> Sheet:
    """Return the tab."""
    purpose = (
        "What the team can do together, the most pressing first. Blank until half of the people expected are rated."
    )
    rows = TableData(TABLE, [{"n": n} for n, _ in enumerate(view.activities, 1)])
    return table_tab(COVERAGE, view.context.translate(purpose), rows, one_page=True, portrait=True)
