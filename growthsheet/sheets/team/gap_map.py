"""Gap map: where the team is short, activity by activity and person by person."""

from __future__ import annotations

from growthsheet.measures import lookups, ratings, team
from growthsheet.sheets.team.skill_matrix import on_matrix, people
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Rows, Table, given, measured

GAP_MAP = "Gap map"


def table(view: TeamView) -> Table:
    """A column a person."""
    return Table(
        "gap_map",
        (
            given("key"),
            given("area", "Area", "area"),
            given("activity", "Activity", "name"),
            measured(
                lookups.found,
                "People short",
                "count",
                name="people_short",
                column=on_matrix("people_short"),
                note=team.people_short.words,
            ),
            *(
                measured(
                    lookups.found, label, "cell", name="gap", of=code, column=on_matrix("gap"), note=ratings.gap.words
                )
                for code, label in people(view)
            ),
            measured(lookups.at, hidden=True, keys=on_matrix("key")),
        ),
    )


def gap_map(view: TeamView) -> Sheet:
    """The tab."""
    say, areas = view.occasion.say, view.occasion.catalog.area_by_id
    rows = [{"key": f"k:{a.id}", "area": areas[a.area].name, "activity": a.name} for a in view.activities.values()]
    return Sheet(
        GAP_MAP,
        say("How far each rating is below what the role expects. Blank: not expected, or not rated yet."),
        (Rows(table(view), rows),),
        title=f"{say(GAP_MAP)}: {view.called}",
        main="gap_map",
        freeze="activity",
    )
