"""Coverage: the number of people who do each activity well, the number needed, and the risks."""

from __future__ import annotations

from growthsheet.expr import Measure
from growthsheet.measures import lookups, team
from growthsheet.sheets.shared.lists import FLAGS, word_column
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Column, TableData, calculated_column, data_column, keyed_table

COVERAGE = "Coverage"


def _from_matrix(measure: Measure, header: str, style: str) -> Column:
    return calculated_column(
        lookups.found, header, style, name=measure.name, column=on_matrix(measure.name), note=measure.words
    )


TABLE = keyed_table(
    "coverage",
    data_column("area", "Area", "area"),
    data_column("activity", "Activity", "name"),
    calculated_column(
        lookups.found,
        "Importance",
        "importance",
        name="top_importance",
        column=on_matrix("top_importance"),
        note="The highest among the roles that expect it.",
    ),
    calculated_column(
        lookups.found,
        "People expected",
        "count",
        name="expected_people",
        column=on_matrix("expected_people"),
        note="How many people's role expects it.",
    ),
    _from_matrix(team.rated_people, "Rated", "tally"),
    calculated_column(
        lookups.found,
        "Needed",
        "count",
        name="needed",
        column=on_matrix("needed"),
        note=team.needed.words,
    ),
    _from_matrix(team.covered, "Covered", "count"),
    _from_matrix(team.working, "Works alone", "count"),
    _from_matrix(team.team_level, "Team level", "level"),
    word_column(FLAGS, "flag", "flag", "flag_code", header="Flag", note=team.flag.words),
    calculated_column(lookups.at, hidden=True, keys=on_matrix("key")),
    calculated_column(lookups.found_text, name="flag_code", hidden=True, column=on_matrix("flag")),
)


def coverage(view: TeamView) -> Sheet:
    """Return the tab."""
    translate, areas = view.context.translate, view.context.catalog.area_by_id
    rows = [{"key": f"k:{a.id}", "area": areas[a.area].name, "activity": a.name} for a in view.activities.values()]
    return Sheet(
        COVERAGE,
        translate("What the team can do together. Blank until half of the people whose role expects it are rated."),
        (TableData(TABLE, rows),),
        title=f"{translate(COVERAGE)}: {view.called}",
        main="coverage",
        freeze="activity",
    )
