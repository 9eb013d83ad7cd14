"""Plan items: each sentence with its cases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from growthsheet.expr import serial
from growthsheet.measures import plan as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

TODAY = date(2026, 3, 2)


def state(wanted: str, status: str, days: int | None) -> Case:
    """The state of an item that is due in some days."""
    due = None if days is None else serial(TODAY + timedelta(days=days))
    return says(m.item_state, wanted, item_status=status, as_of=serial(TODAY), due=due)


STATUSES: dict[str, Any] = {"activity": "Pricing", "codes": ["open", "done", "dropped"]}

CASES: dict[str, list[Case]] = {
    "An item is overdue from the day after it is due.": [
        state("overdue", "open", -1),
        state("soon", "open", 0),
        state("overdue", "open", -400),
    ],
    "An item is due soon in the last 30 days.": [state("soon", "open", 30), state("track", "open", 31)],
    "An item without a date says so.": [
        state("nodate", "open", None),
        says(m.item_state, "nodate", item_status="open", as_of=serial(TODAY), due="soon"),
        says(m.item_state, "nodate", item_status="open", as_of=serial(TODAY), due=Blank.FORMULA),
    ],
    "What is done or dropped is neither late nor open.": [
        state("done", "done", -400),
        state("done", "done", None),
        state("dropped", "dropped", 3),
    ],
    "An item is one whatever became of its activity: an action is enough.": [
        says(m.item_status, "open", activity="Split since", codes=["open", "done", "dropped"]),
        says(m.item_status, "dropped", action="Ask Cy", codes=["open", "done", "dropped"], choice=3),
    ],
    "A line without an activity or an action is no item.": [
        says(m.item_state, None, item_status=None, as_of=serial(TODAY), due=serial(TODAY)),
        says(m.item_status, None, activity=Blank.EMPTY, action=None, codes=["open", "done", "dropped"], choice=2),
    ],
    "An item without a status is open.": [
        says(m.item_status, "open", **STATUSES, choice=None),
        says(m.item_status, "done", **STATUSES, choice=2),
        says(m.item_status, "dropped", **STATUSES, choice=3),
    ],
    "The line in the title tells how many items are open, or that there are too many.": [
        says(m.open_line, "Open items: 3", open_items=3, too_many=Blank.FORMULA),
        says(m.open_line, "Too many", open_items=5, too_many="Too many"),
    ],
    "More than four open items are told.": [
        says(m.open_items, 4, states=["track", "soon", "overdue", "nodate", "done", "dropped", Blank.FORMULA]),
        says(m.open_items, 0, states=["done", None]),
        says(m.too_many, None, open_items=4),
        says(m.too_many, "More than 4 open items: choose what matters most", open_items=5),
    ],
    "A priority is planned when the plan has an item for it.": [
        says(m.planned, "Planned", at=3, taken=[1, 3, Blank.FORMULA]),
        says(m.planned, "Not planned yet", at=2, taken=[1, 3, Blank.FORMULA]),
        says(m.planned, None, at=None, taken=[1, 3]),
    ],
}
