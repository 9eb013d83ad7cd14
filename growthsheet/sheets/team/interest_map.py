"""Interest map: each person's interest in each activity, and the activities that interest nobody."""

from __future__ import annotations

from collections.abc import Collection

from growthsheet.measures import coaching
from growthsheet.model import NOT_APPLICABLE, Activity
from growthsheet.model.ratings import RatingValue
from growthsheet.sheets.shared.snapshot import dated, table_tab
from growthsheet.sheets.team.skill_matrix import labelled_members
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column, keyed_table

INTEREST_MAP = "Interest map"


def table(view: TeamView) -> Table:
    """Return the table, with a column for each person."""
    return keyed_table(
        "interest_map",
        data_column("area", "Area", "area"),
        data_column("activity", "Activity", "name"),
        calculated_column(coaching.keen, "Keen", "count", interests="interest"),
        *(data_column("interest", label, "interest", of=code) for code, label in labelled_members(view)),
    )


def interest_map(view: TeamView) -> Sheet:
    """Return the tab; interest comes from people's own workbooks only."""
    areas, code = view.context.catalog.area_by_id, view.codes
    answers = (*view.context.catalog.scale("interest").values, NOT_APPLICABLE)
    rows = [
        {"key": f"k:{a.id}", "area": areas[a.area].name, "activity": a.name}
        | {f"interest@{code[m.person.id]}": _interest(answers, m, a) for m in view.present}
        for a in view.activities.values()
    ]
    return table_tab(
        INTEREST_MAP, view, dated(view.context, "Interest, as people themselves said it."), TableData(table(view), rows)
    )


def _interest(answers: Collection[object], member: Member, activity: Activity) -> RatingValue:
    """Return a person's interest if it is a point of the scale or n/a, else None."""
    own = member.ratings.own.get(activity.id)
    return own.interest if own and own.interest in answers else None
