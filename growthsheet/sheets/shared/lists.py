"""The hidden tab that drop-downs and words come from: scales, and codes with their words in the book's language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from growthsheet.expr import Say
from growthsheet.measures import lookups as m
from growthsheet.model import NOT_APPLICABLE, Catalog
from growthsheet.model.budget import BudgetPolicy, Status
from growthsheet.workbook.blocks import Block, Facts, Sheet
from growthsheet.workbook.tables import Column, Fact, Ref, Rows, Table, fact, given, measured

LISTS = "Lists"

SCALES = {
    name: Table(f"{name}_scale", (given("value", "Rating", "rating"),)) for name in ("skill", "experience", "interest")
}
POINTS: dict[str, Any] = {f"{name}_points": table["value"] for name, table in SCALES.items()}
"""What the measures that read ratings need to know of the scales."""


def _coded(name: str, *more: Column) -> Table:
    return Table(name, (given("code", "Code"), given("label", "Label"), given("number", "Number", "whole"), *more))


ROUTES = _coded("routes", given("meaning", "Meaning"), given("money", "Money usually goes to"))
FLAGS = _coded("flags")
STATES = _coded("states")
TIES = _coded("ties")
ITEM_STATUSES = _coded("item_statuses")
LINE_STATUSES = _coded("line_statuses")
CATEGORIES = _coded("categories")
ROLES = _coded("roles", given("path", "Path"), given("expected_count", "Activities", "whole"))
PEOPLE_LIST = _coded("people_list", given("currency", "Currency"), given("minor", "Decimals", "whole"))

ROUTE_WORDS = {
    # code: (label, what it means, what money usually goes to)
    "train": ("Train", "Train, then a first safe assignment", "Training"),
    "pair": ("Pair or reassign", "Shadow somebody first; ask who should own it", "None"),
    "coach": ("Coach", "Often done, not yet well: get coaching", "Coaching"),
    "talk": ("Talk", "Coach, or hand over", "Coaching or none"),
    "stretch": ("Stretch", "A bigger assignment", "None, or a conference"),
    "keep": ("Keep warm", "Nothing to do now", "None"),
    "mentor": ("Mentor others", "Mentor others, speak outside", "A conference"),
    "rotate": ("Rotate", "Hand it on; check what depends on one person", "None"),
}
FLAG_WORDS = {"teamgap": "Team gap", "single": "Depends on one person", "thin": "Thin", "covered": "Covered"}
STATE_WORDS = {
    "done": "✓ Done",
    "dropped": "Dropped",
    "track": "On track",
    "soon": "Due soon",
    "overdue": "! Overdue",
    "nodate": "No date",
}
TIE_WORDS = {"gap": "Closes a gap", "nogap": "No gap now", "unrated": "Not rated yet", "noactivity": "No activity"}
ITEM_STATUS_WORDS = {"open": "Open", "done": "Done", "dropped": "Dropped"}
LINE_STATUS_WORDS = {status.value: status.value.capitalize() for status in Status}


def words(table: Table, style: str, name: str, code: str, header: str = "", note: str = "") -> Column:
    """A column that shows the words for the code beside it, and looks as that code does."""
    read = {"code": code, "codes": table["code"], "labels": table["label"]}
    return measured(m.word, header, style, name=name, look=code, note=note, **read)


def chosen(name: str, label: str, table: Table) -> Column:
    """A hidden column with the number of the entry that was chosen in a drop-down."""
    return measured(m.choice, name=name, label=label, labels=table["label"], numbers=table["number"], hidden=True)


def chosen_row(asked: str, labels: Ref, numbers: Ref) -> tuple[Column, Column]:
    """Hidden columns with the row, in another table, of the label that was chosen.

    The row is found by its number, which travels with it: that table may have been sorted.
    """
    choice = f"{asked}_choice"
    return (
        measured(m.choice, name=choice, label=asked, labels=labels, numbers=numbers, hidden=True),
        measured(m.at_rank, name="at", n=choice, ranks=numbers, hidden=True),
    )


def labels(table: Table) -> Ref:
    """What a drop-down of a list offers."""
    return table["label"]


def coded_rows(table: Table, entries: Iterable[tuple[str, str]]) -> Rows:
    """A list's rows, numbered from 1."""
    return Rows(table, [{"code": code, "label": label, "number": n} for n, (code, label) in enumerate(entries, 1)])


def scale_rows(catalog: Catalog) -> list[Rows]:
    """The points that drop-downs offer, and n/a behind them."""
    return [
        Rows(table, [{"value": value} for value in (*catalog.scale(name).values, NOT_APPLICABLE)])
        for name, table in SCALES.items()
    ]


def route_rows(say: Say) -> Rows:
    """The routes in the book's language."""
    return Rows(
        ROUTES,
        [
            {"code": code, "label": say(label), "number": n, "meaning": say(meaning), "money": say(money)}
            for n, (code, (label, meaning, money)) in enumerate(ROUTE_WORDS.items(), 1)
        ],
    )


def said_rows(table: Table, said: dict[str, str], say: Say) -> Rows:
    """A list of words in the book's language."""
    return coded_rows(table, [(code, say(label)) for code, label in said.items()])


def category_rows(policy: BudgetPolicy, say: Say) -> Rows:
    """The budget categories."""
    return coded_rows(CATEGORIES, [(code, say(label)) for code, label in policy.categories])


def threshold_facts(catalog: Catalog) -> tuple[Fact, ...]:
    """The catalog's thresholds, as cells that formulas read."""
    limits = catalog.thresholds
    return (
        fact("experience_high", "Experience is high from", limits.experience_high, "whole"),
        fact("interest_high", "Interest is high from", limits.interest_high, "whole"),
        fact("working_from", "Works alone from", limits.working, "whole"),
        fact("covered_from", "Covered from", limits.covered, "whole"),
    )


def lists(facts: Iterable[Fact], tables: Iterable[Rows], say: Say) -> Sheet:
    """The hidden tab."""
    blocks: tuple[Block, ...] = (Facts(tuple(facts)), *tables)
    return Sheet(
        LISTS, say("What drop-downs and formulas read; nothing to fill in here."), blocks, colour="about", hidden=True
    )
