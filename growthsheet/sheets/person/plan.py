"""Plan: the top priorities, live, and the plan items for them, up to four open at a time."""

from __future__ import annotations

from typing import Any

from growthsheet.measures import plan as m
from growthsheet.measures import ratings
from growthsheet.model.answers import KINDS
from growthsheet.model.code_words import ITEM_STATUS_WORDS
from growthsheet.sheets.person import assessment
from growthsheet.sheets.shared.lists import (
    ITEM_STATUSES,
    ROUTES,
    STATES,
    choice_number,
    choice_row,
    found_by_rank,
    found_column,
    numbered_rows,
    word_column,
)
from growthsheet.views.person import PersonView
from growthsheet.workbook.blocks import Heading, NamedCells, Sheet
from growthsheet.workbook.forms import answer_row
from growthsheet.workbook.tables import Ref, TableData, calculated_column, input_column, keyed_table, named_formula

PLAN = "Plan"
PLAN_PRIORITIES, ROWS_OF_ITEMS, SPARE_ITEMS = 5, 6, 4


def on_assessment(column: str) -> Ref:
    """Return a column of the assessment."""
    return Ref(assessment.NAME, column)


TOP = keyed_table(
    "top",
    found_column(
        on_assessment("activity"), "Top priorities", "activity", "The gaps in their order of priority.", text=True
    ),
    word_column(ROUTES, "route", "route", "route_code", header="What to do", note="What to do next; see the Guide."),
    found_column(on_assessment("gap"), "Gap", "gap", ratings.gap.words),
    word_column(ROUTES, "point", "meaning", "route_code", "What that means", labels="meaning"),
    word_column(ROUTES, "label", "money", "route_code", "Money usually goes to", labels="money"),
    calculated_column(m.planned, "In the plan?", "label", taken=Ref("items", "at")),
    found_column(on_assessment("priority"), "Priority", "priority", ratings.priority.words),
    *found_by_rank(on_assessment("rank")),
    found_column(on_assessment("route_code"), text=True),
)

ITEMS = keyed_table(
    "items",
    input_column(
        "activity",
        "Activity",
        "activity",
        choices=on_assessment("activity"),
        prompt=("Activity", "Choose the activity that this item is for."),
    ),
    word_column(ROUTES, "route", "route", "route_code", header="What to do", note="The route of the chosen activity."),
    found_column(on_assessment("gap"), "Gap", "gap", "The gap of the chosen activity."),
    input_column("action", "What I will do", "note"),
    input_column("measure", "How we will see that it worked", "note"),
    input_column("helper", "Who helps", "label"),
    input_column("due", "Due", "date"),
    input_column("status", "Status", "label", choices=ITEM_STATUSES["label"]),
    word_column(STATES, "state", "state", "state_code", header="How it stands", note=m.item_state.words),
    *choice_row("activity", on_assessment("activity"), on_assessment("order")),
    found_column(on_assessment("route_code"), text=True),
    choice_number("choice", "status", ITEM_STATUSES),
    calculated_column(m.item_status, hidden=True, codes=ITEM_STATUSES["code"]),
    calculated_column(m.item_state, name="state_code", hidden=True),
    lines=2,
    top=True,
)

OPEN_ITEMS = NamedCells((named_formula(m.open_line, "Open items", "head", note=""),), "action", in_title=True)
COUNTS = (
    named_formula(m.open_items, "Open items", "whole", states=ITEMS["state_code"]),
    named_formula(m.too_many, "Check", note=""),
)
"""The number of open items and its warning, as cells of the hidden tab."""
PRIORITIES = numbered_rows(TOP, PLAN_PRIORITIES)


def plan(view: PersonView) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    return Sheet(
        PLAN,
        translate(
            "Take up to four open items at a time, each for one of your gaps. The list below follows your ratings."
        ),
        (OPEN_ITEMS, TableData(ITEMS, _items(view)), Heading(translate("Your largest gaps, by priority")), PRIORITIES),
        main="items",
        colour="fill",
        one_page=True,
    )


def _items(view: PersonView) -> list[dict[str, Any]]:
    offered = {
        "activities": {activity.id: activity.name for activity in view.context.catalog.activities},
        "item_statuses": {code: view.context.translate(label) for code, label in ITEM_STATUS_WORDS.items()},
    }
    rows: list[dict[str, Any]] = [
        {"key": f"k:{item.id or n}", **answer_row(ITEMS, KINDS["plan_items"], item, offered)}
        for n, item in enumerate(view.plan_items, 1)
    ]
    taken = {row["key"] for row in rows}
    spare = (f"k:{n}" for n in range(1, len(rows) + ROWS_OF_ITEMS + 1) if f"k:{n}" not in taken)
    return rows + [
        {"key": key} for key, _ in zip(spare, range(max(ROWS_OF_ITEMS - len(rows), SPARE_ITEMS)), strict=False)
    ]
