"""The plan: which priorities are taken up, and how each item stands."""

from __future__ import annotations

from functools import reduce
from operator import add

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    TextCell,
    count_where,
    either,
    filled,
    is_number,
    measure,
    number,
    pick_text,
    same,
    sentence,
    text,
    when,
)

SOON_DAYS = 30
"""How many days before it is due an item is due soon."""

OPEN_AT_MOST = 4
"""How many open items a plan should hold at the most."""

OPEN_STATES = ("track", "soon", "overdue", "nodate")
"""The states of an item that is still open."""


@measure
def item_status(codes: ColumnValues, activity: RatingCell = None, action: RatingCell = None, choice=None) -> Node:
    """The code of the status that was chosen; an item without one is open, whatever became of its activity."""
    status = when(is_number(choice), pick_text(codes, number(choice)), "open")
    return when(either(filled(activity), filled(action)), status, BLANK)


@measure
def item_state(item_status: TextCell, as_of, due: RatingCell = None) -> Node:
    """How an item stands on the day of this workbook: done, dropped, on track, due soon (30 days), overdue, no date."""
    day = number(due)
    dated = when(day < as_of, "overdue", when(day <= as_of + SOON_DAYS, "soon", "track"))
    undone = when(is_number(due), dated, "nodate")
    return when(same(item_status, "done"), "done", when(same(item_status, "dropped"), "dropped", undone))


@measure
def open_items(states: ColumnValues) -> Node:
    """How many plan items are open."""
    return reduce(add, (count_where((states, "=", state)) for state in OPEN_STATES))


@measure
def too_many(open_items) -> Node:
    """A warning when more than four items are open."""
    return when(open_items > OPEN_AT_MOST, text("More than 4 open items: choose what matters most"), BLANK)


@measure
def open_line(open_items, too_many: TextCell = None) -> Node:
    """How many items are open; or that there are too many."""
    return when(filled(too_many), too_many, sentence("Open items: {open}", open=open_items))


@measure
def planned(at, taken: ColumnValues) -> Node:
    """Whether the plan has an item for this activity."""
    return when(count_where((taken, "=", at)) > 0, text("Planned"), text("Not planned yet"))
