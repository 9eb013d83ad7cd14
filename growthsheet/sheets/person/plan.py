"""Plan: the top priorities, live, and up to four open items that take them up."""

from __future__ import annotations

from typing import Any

from growthsheet.measures import lookups, overview
from growthsheet.measures import plan as m
from growthsheet.model.code_words import ITEM_STATUS_WORDS
from growthsheet.sheets.person import assessment
from growthsheet.sheets.shared.lists import ITEM_STATUSES, ROUTES, STATES, chosen, chosen_row, labels, words
from growthsheet.views.person import PersonView
from growthsheet.workbook.blocks import Facts, Heading, Sheet
from growthsheet.workbook.tables import Ref, Rows, Table, asked, given, measured, worked_out

PLAN = "Plan"
TOP_COUNT, SPARE_ITEMS = 8, 8


def on_assessment(column: str) -> Ref:
    """A column of the assessment."""
    return Ref(assessment.NAME, column)


TOP = Table(
    "top",
    (
        given("key"),
        measured(
            lookups.found_text,
            "Activity",
            "name",
            name="activity",
            column=on_assessment("activity"),
            note="The gaps in their order of priority.",
        ),
        words(ROUTES, "route", "route", "route_code", header="Route", note="What to do next; see the Guide."),
        measured(lookups.found, "Gap", "gap", name="gap", column=on_assessment("gap")),
        measured(
            lookups.word,
            "What that means",
            "long",
            name="meaning",
            code="route_code",
            codes=ROUTES["code"],
            labels=ROUTES["meaning"],
            note="",
        ),
        measured(
            lookups.word,
            "Money usually goes to",
            "label",
            name="money",
            code="route_code",
            codes=ROUTES["code"],
            labels=ROUTES["money"],
            note="",
        ),
        measured(m.planned, "In the plan?", "label", taken=Ref("items", "at")),
        measured(lookups.found, "Priority", "priority", name="priority", column=on_assessment("priority")),
        given("n", "Rank", "rank"),
        measured(lookups.at_rank, name="at", ranks=on_assessment("rank"), hidden=True),
        measured(lookups.found_text, name="route_code", column=on_assessment("route_code"), hidden=True),
    ),
    lines=2,
)

ITEMS = Table(
    "items",
    (
        given("key"),
        asked(
            "activity",
            "Activity",
            "name",
            choices=on_assessment("activity"),
            prompt=("Activity", "Choose the activity that this item is for."),
        ),
        words(ROUTES, "route", "route", "route_code", header="Route", note="The route of the chosen activity."),
        measured(
            lookups.found, "Gap", "gap", name="gap", column=on_assessment("gap"), note="The gap of the chosen activity."
        ),
        asked("action", "What I will do", "note"),
        asked("measure", "How we will see that it worked", "note"),
        asked("helper", "Who helps", "label"),
        asked("due", "Due", "date"),
        asked("status", "Status", "label", choices=labels(ITEM_STATUSES)),
        words(STATES, "state", "state", "state_code", header="How it stands", note=m.item_state.words),
        *chosen_row("activity", on_assessment("activity"), on_assessment("order")),
        measured(lookups.found_text, name="route_code", column=on_assessment("route_code"), hidden=True),
        chosen("choice", "status", ITEM_STATUSES),
        measured(m.item_status, hidden=True, codes=ITEM_STATUSES["code"]),
        measured(m.item_state, name="state_code", hidden=True),
    ),
    lines=2,
)

STANDING = Facts(
    (
        worked_out(m.open_items, "Open items", "whole", states=ITEMS["state_code"]),
        worked_out(m.too_many, "Check", "alarm", note=""),
        worked_out(overview.next_step, "What to do next", "told", name="next_step_shown"),
    )
)
PRIORITIES = Rows(TOP, [{"key": f"k:{n}", "n": n} for n in range(1, TOP_COUNT + 1)])


def plan(view: PersonView) -> Sheet:
    """The tab."""
    say = view.occasion.say
    return Sheet(
        PLAN,
        say("Take up to four open items at a time, each for one of your gaps. The list on top follows your ratings."),
        (
            STANDING,
            Heading(say("Top priorities")),
            PRIORITIES,
            Heading(say("What I will do about them")),
            Rows(ITEMS, _items(view)),
        ),
        title=f"{say(PLAN)}: {view.called}",
        main="items",
        colour="fill",
        one_page=True,
        portrait=True,
    )


def _items(view: PersonView) -> list[dict[str, Any]]:
    names = view.occasion.catalog.activity_by_id
    said = {code: view.occasion.say(label) for code, label in ITEM_STATUS_WORDS.items()}
    rows: list[dict[str, Any]] = [
        {
            "key": f"k:{item.id or n}",
            "activity": names[item.activity].name if item.activity in names else None,
            "action": item.action,
            "measure": item.measure,
            "helper": item.helper,
            "due": item.due,
            "status": said[item.status],
        }
        for n, item in enumerate(view.plan_items, 1)
    ]
    taken = {row["key"] for row in rows}
    spare = (f"k:{n}" for n in range(1, len(rows) + SPARE_ITEMS + 1) if f"k:{n}" not in taken)
    return rows + [{"key": key} for key, _ in zip(spare, range(max(SPARE_ITEMS - len(rows), 4)), strict=False)]
