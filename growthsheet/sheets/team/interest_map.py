"""Interest map: each person's interest in each activity, and the activities that interest nobody."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from growthsheet.measures import coaching
from growthsheet.measures.team import NOT_EXPECTED
from growthsheet.model import NOT_APPLICABLE, Activity
from growthsheet.sheets.shared.snapshot import dated, table_tab
from growthsheet.sheets.team.skill_matrix import as_map, labelled_members
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, TableData, calculated_column, data_column, keyed_table

INTEREST_MAP = "Interest map"


def table(view: TeamView) -> Table:
    """Return the table, with a column for each person."""
    return keyed_table(
        "interest_map",
        data_column("area", "Area", "band"),
        data_column("activity", "Activity", "activity"),
        calculated_column(coaching.keen, "High interest", "count", interests="interest"),
        *(data_column("interest", label, "interest", of=code) for code, label in labelled_members(view)),
    )


def interest_map(view: TeamView) -> Sheet:
    """Return the tab; interest comes from people's own workbooks only."""
    areas, code, asked = view.context.catalog.area_by_id, view.codes, set(view.reviewed)
    answers = (*view.context.catalog.scale("interest").values, NOT_APPLICABLE)
    rows: list[dict[str, Any]] = [
        {"key": f"k:{a.id}", "area": areas[a.area].name, "activity": a.name}
        | {f"interest@{code[m.person.id]}": _interest(answers, m, a, asked) for m in view.present}
        for a in view.activities.values()
    ]
    purpose = "Interest, as people rate it themselves. Dot: not expected. Blank: not rated."
    return table_tab(INTEREST_MAP, dated(view.context, purpose), TableData(table(view), rows), **as_map(view))


def _interest(
    answers: Collection[object], member: Member, activity: Activity, asked: Collection[tuple[str, str]]
) -> int | str | None:
    """Return a person's interest if it is a point of the scale or n/a; else a dot where it is not expected."""
    own = member.ratings.own.get(activity.id)
    if own and own.interest in answers:
        return own.interest
    return None if (member.person.id, activity.id) in asked else NOT_EXPECTED
