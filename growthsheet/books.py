"""Books: which tabs, in which order, for whom."""

from __future__ import annotations

from .blocks import Book
from .model import minor_units
from .sheets import assessment, budget, guide, lists, method, plan
from .sheets.lists import ITEM_STATUSES, LINE_STATUSES, STATES, TIES
from .tables import Fact, Rows, fact
from .views import Occasion, PersonView

ASKED_OF_PEOPLE = (
    "Open the tab Assessment and rate each activity. It takes 10 to 35 minutes.",
    "Choose from the list in each cell; the message beside the cell tells what each level looks like.",
    "Write down what shows your level: it makes the talk with your manager easier.",
    "Look at the tab Plan: your priorities are sorted for you. Take up to four of them into your plan.",
    "Write training, coaching and conferences on the tab Training budget, each with the activity it helps.",
    "Save the file under its own name and send it back to your manager.",
)


def person_book(view: PersonView) -> Book:
    """A person's own workbook."""
    occasion, say = view.occasion, view.occasion.say
    identity = _identity("person", view.person.id, view.person.name, occasion)
    links = (assessment.ASSESSMENT, plan.PLAN, budget.BUDGET, method.METHOD)
    seen_by = ["You and your manager. Whoever has the file sees everything in it, hidden columns too."]
    if view.allocation is not None:
        seen_by.append(
            "The allocation on the tab Training budget is a share of pay: it tells your salary. Mind to whom you send it."
        )
    front = guide.guide(
        occasion,
        say("Professional Growth Plan") + f": {view.person.name}",
        f"{view.role.name}, {occasion.cycle.label}",
        ASKED_OF_PEOPLE,
        seen_by,
        links,
        _line(identity),
    )
    rated = assessment.assessment(view)
    tabs = [front, rated, plan.plan(view), budget.budget(view)]
    columns = next(block.table for block in rated.blocks if isinstance(block, Rows))
    hidden = lists.lists(
        (
            *_shared_facts(occasion, view.currency),
            *lists.threshold_facts(occasion.catalog)[:2],
            *assessment.counts(columns),
        ),
        (
            *lists.scale_rows(occasion.catalog),
            lists.route_rows(say),
            lists.said_rows(ITEM_STATUSES, lists.ITEM_STATUS_WORDS, say),
            lists.said_rows(STATES, lists.STATE_WORDS, say),
            lists.said_rows(LINE_STATUSES, lists.LINE_STATUS_WORDS, say),
            lists.said_rows(TIES, lists.TIE_WORDS, say),
            lists.category_rows(occasion.policy, say),
        ),
        say,
    )
    return Book(
        "person",
        f"Professional Growth Plan: {view.person.name}",
        (*tabs, method.method(tabs, say), hidden),
        identity,
        say=say,
        currency=view.currency,
        footer=_footer(occasion),
    )


def _shared_facts(occasion: Occasion, currency: str) -> tuple[Fact, ...]:
    return (
        fact("as_of", "As of", occasion.as_of, "date"),
        fact("minor", "Decimals of the currency", minor_units(currency), "whole"),
    )


def _identity(kind: str, subject: str, name: str, occasion: Occasion) -> dict[str, str]:
    catalog = occasion.catalog
    return {
        "kind": kind,
        "id": subject,
        "name": name,
        "cycle": occasion.cycle.id,
        "cycle_date": occasion.cycle.date.isoformat(),
        "catalog": catalog.id,
        "catalog_version": catalog.version,
        "as_of": occasion.as_of.isoformat(),
        "format": "1",
    }


def _line(identity: dict[str, str]) -> str:
    """The identity as one visible line."""
    named = ("id", "cycle", "catalog", "catalog_version", "as_of")
    return " · ".join(f"{key.replace('_', ' ')}: {identity[key]}" for key in named)


def _footer(occasion: Occasion) -> str:
    return f"{guide.versions(occasion.catalog)} · {occasion.cycle.label}"
