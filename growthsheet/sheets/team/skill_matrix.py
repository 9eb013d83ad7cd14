"""Skill matrix: activities by people, with the skill that counts, coloured by how far it is below what is expected.

Nothing is typed here: each cell finds the row of its person and activity on the tab Reviews. Hidden columns hold what
Gap map and Coverage show of an activity; they find their rows by id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from growthsheet.measures import budget, lookups, ratings, team
from growthsheet.model import Activity
from growthsheet.sheets.shared.snapshot import table_tab
from growthsheet.sheets.team.reviews import on_reviews, row_key
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Column, Ref, Table, TableData, calculated_column, data_column, keyed_table

SKILL_MATRIX = "Skill matrix"
NAME = "matrix"

PORTRAIT_MOST = 20
"""The most people whose columns fit a page in portrait."""


def on_matrix(column: str) -> Ref:
    """Return a column of the matrix."""
    return Ref(NAME, column)


_OF_LEVELS = (team.rated_people, team.covered, team.working, team.team_level)
"""The measures of the levels of all people in an activity."""


@lru_cache(maxsize=64)
def table(people: tuple[tuple[str, str], ...], one_currency: bool) -> Table:
    """Return the table for (code, label) of each member; ``one_currency`` is true if budget lines can be summed up."""

    def each(make: Callable[[str, str], Column]) -> Iterator[Column]:
        return (make(code, label) for code, label in people)

    return keyed_table(
        NAME,
        data_column("area", "Area", "band"),
        data_column("activity", "Activity", "activity"),
        *each(lambda code, label: _on_map("used", label, of=code, style="cell", look=f"gap@{code}")),
        *each(lambda code, label: data_column("find", f"{label}: key", of=code, hidden=True)),
        *each(
            lambda code, label: calculated_column(
                lookups.at, f"{label}: row", of=code, hidden=True, key="find", keys=on_reviews("find")
            )
        ),
        *each(lambda code, label: _on_map("gap", f"{label}: gap", of=code, hidden=True)),
        *(calculated_column(each, hidden=True, people="used") for each in _OF_LEVELS),
        calculated_column(
            team.not_applicable_people,
            hidden=True,
            orders=on_reviews("order"),
            skills=on_reviews("skill"),
            agreeds=on_reviews("agreed"),
            weighted_expectations=on_reviews("weighted_expectation"),
            gaps=on_reviews("gap"),
        ),
        calculated_column(
            ratings.many_not_applicable,
            hidden=True,
            not_applicable="not_applicable_people",
            expected_count="expected_people",
        ),
        calculated_column(team.flag, hidden=True),
        calculated_column(team.people_short, hidden=True, gaps="gap"),
        calculated_column(team.total_gap, hidden=True, gaps="gap"),
        calculated_column(team.concern, hidden=True),
        calculated_column(team.coverage_rank, hidden=True, concerns="concern", orders="order"),
        calculated_column(team.share_short, hidden=True),
        calculated_column(
            team.team_rank, hidden=True, shares_short="share_short", total_gaps="total_gap", orders="order"
        ),
        *_of_lines(one_currency),
        hidden=("order", "top_importance", "needed", "expected_people"),
    )


def _of_lines(one_currency: bool) -> Iterator[Column]:
    """Yield what the budget lines of an activity come to: their number, their sum if it is in one currency, a rank."""
    read: dict[str, Any] = {"at": "order", "amounts": Ref("lines", "counted"), "ats": Ref("lines", "activity_choice")}
    yield calculated_column(budget.lines_for, hidden=True, **read)
    if one_currency:
        yield calculated_column(budget.money_for, hidden=True, **read)
    ranked = "money_for" if one_currency else "lines_for"
    yield calculated_column(budget.money_rank, hidden=True, money=ranked, moneys=ranked, orders="order")


def _on_map(name: str, header: str, style: str = "text", **more: Any) -> Column:
    """Return a column of the matrix with what a person's rows of the tab Reviews hold."""
    return calculated_column(team.on_map, header, style, name=name, column=on_reviews(name), **more)


def labelled_members(view: TeamView) -> tuple[tuple[str, str], ...]:
    """Return (code, label) of each present member."""
    code = view.codes
    return tuple((code[member.person.id], view.headers[member.person.id]) for member in view.present)


def as_map(view: TeamView) -> dict[str, Any]:
    """Return how tabs with a narrow column for each person are shown: on one page, without filter buttons."""
    return {"one_page": True, "filtered": False, "portrait": len(view.present) <= PORTRAIT_MOST}


def skill_matrix(view: TeamView) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    rows = [_row(view, activity, n) for n, activity in enumerate(view.activities.values(), 1)]
    return table_tab(
        SKILL_MATRIX,
        translate(
            "The skill that counts. Darker: further below what the role expects. Dot: not expected. Blank: not rated."
        ),
        TableData(table(labelled_members(view), len(view.currencies) < 2), rows),
        **as_map(view),
    )


def _row(view: TeamView, activity: Activity, order: int) -> dict[str, Any]:
    context, codes = view.context, [view.codes[member.person.id] for member in view.present]
    expecting = {
        code: member
        for code, member in zip(codes, view.present, strict=True)
        if activity.id in context.expected(member.role)
    }
    top = max(context.catalog.importance(member.role, activity) for member in expecting.values())
    return {
        "key": f"k:{activity.id}",
        "area": context.catalog.area_by_id[activity.area].name,
        "activity": activity.name,
        "order": order,
        "top_importance": top,
        "needed": team.needed.function(top_importance=top, expected_people=len(expecting)),
        "expected_people": len(expecting),
        **{f"find@{code}": row_key(code, activity.id) if code in expecting else team.NOT_EXPECTED for code in codes},
    }
