"""Budget lines: the table that a person's and a team's training budget share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.measures import budget as m
from growthsheet.model import BudgetItem, BudgetPolicy
from growthsheet.model.answers import KINDS
from growthsheet.model.code_words import LINE_STATUS_WORDS
from growthsheet.sheets.shared.lists import CATEGORIES, LINE_STATUSES, LINKS, choice_number, choice_row, word_column
from growthsheet.text.language import Translate
from growthsheet.workbook.forms import answer_row
from growthsheet.workbook.tables import Column, Ref, Table, calculated_column, data_column, input_column, keyed_table

SPARE_LINES = 12


def table(
    name: str,
    activities: Ref,
    numbers: Ref,
    gap: Column,
    whose: tuple[Column, ...] = (),
    note: str = m.budget_link.words,
) -> Table:
    """Return the table of budget lines; ``whose`` are the columns that name the person a line is for.

    ``gap`` is the hidden column with the gap that a line can close, and ``note`` says whose gap that is.
    """
    return keyed_table(
        name,
        input_column("title", "What for", "name"),
        *(column for column in whose if not column.hidden),
        input_column(
            "activity",
            "Activity",
            "point",
            choices=activities,
            prompt=("Activity", "Which activity does this help to grow? Leave blank for none."),
        ),
        input_column("category", "Category", "label", choices=CATEGORIES["label"]),
        input_column("provider", "Provider", "label"),
        input_column(
            "status",
            "Status",
            "label",
            choices=LINE_STATUSES["label"],
            prompt=("Status", "Planned, requested, approved, booked, spent; or rejected, cancelled."),
        ),
        input_column("estimate", "Estimate", "money"),
        input_column("actual", "Actual", "money"),
        input_column("travel", "Of which travel", "money"),
        input_column("start", "Date", "date"),
        word_column(LINKS, "budget_link", "tied", "budget_link", header="Money and gap", note=note),
        *(column for column in whose if column.hidden),
        calculated_column(m.amount, hidden=True),
        choice_number("status_choice", "status", LINE_STATUSES),
        choice_number("category_choice", "category", CATEGORIES),
        calculated_column(m.line_status, hidden=True, codes=LINE_STATUSES["code"], choice="status_choice"),
        calculated_column(
            m.line_key, name="category_code", hidden=True, codes=CATEGORIES["code"], choice="category_choice"
        ),
        calculated_column(m.counted, hidden=True),
        *choice_row("activity", activities, numbers),
        gap,
        calculated_column(m.budget_link, hidden=True),
        lines=2,
    )


def rows(
    table: Table,
    items: Iterable[BudgetItem],
    names: Mapping[str, str],
    policy: BudgetPolicy,
    translate: Translate,
    people: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the rows of the existing lines, and spare rows with keys of their own."""
    offered = {
        "people": people,
        "activities": names,
        "categories": {code: translate(label) for code, label in policy.categories},
        "line_statuses": {code: translate(label) for code, label in LINE_STATUS_WORDS.items()},
    }
    filled = [{"key": f"k:{item.id}", **answer_row(table, KINDS["budget_items"], item, offered)} for item in items]
    taken = {row["key"] for row in filled}
    spare = [f"k:new-{n}" for n in range(1, SPARE_LINES + len(filled) + 1) if f"k:new-{n}" not in taken]
    return filled + [{"key": key} for key in spare[:SPARE_LINES]]


def sums(lines: str, key: str) -> tuple[Column, Column, Column]:
    """Return the columns with planned, committed and spent amounts of the lines that belong to a row's key."""
    read: dict[str, Any] = {
        "amounts": Ref(lines, "counted"),
        "keys": Ref(lines, key),
        "statuses": Ref(lines, "line_status"),
        "key": "code",
    }
    return (
        calculated_column(m.planned_money, "Planned", "sum", **read),
        calculated_column(m.committed, "Committed", "sum", **read),
        calculated_column(m.spent, "Spent", "sum", **read),
    )


def by_category(lines: str, key: str = "category_code") -> Table:
    """Return the table of the amounts planned, committed and spent in each category."""
    return keyed_table("by_category", data_column("category", "Category", "name"), *sums(lines, key), hidden=["code"])


def by_status(lines: str, key: str) -> Table:
    """Return the table with the number and amount of the lines of each status."""
    read: dict[str, Any] = {"key": "code", "keys": Ref(lines, key)}
    return keyed_table(
        "by_status",
        data_column("status", "Status", "name"),
        calculated_column(m.line_count, "Lines", "tally", **read),
        calculated_column(m.line_money, "Amount", "sum", amounts=Ref(lines, "amount"), **read),
        hidden=["code"],
    )


def category_total_rows(policy: BudgetPolicy, translate: Translate) -> list[dict[str, Any]]:
    """Return a row for each category, and one for lines without a category."""
    entries = [(code, translate(label)) for code, label in policy.categories] + [
        ("none", translate("Without a category"))
    ]
    return [{"key": f"k:{code}", "category": label, "code": code} for code, label in entries]


def status_rows(translate: Translate) -> list[dict[str, Any]]:
    """Return a row for each status."""
    return [{"key": f"k:{code}", "status": translate(label), "code": code} for code, label in LINE_STATUS_WORDS.items()]
