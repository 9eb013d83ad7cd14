"""A team's spending by category, status and activity, beside the gaps and their outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.measures import budget as m
from growthsheet.measures import team
from growthsheet.model import minor_units
from growthsheet.sheets.shared import budget_lines as lines
from growthsheet.sheets.shared.lists import found_by_rank, found_column, numbered_rows
from growthsheet.sheets.team.reviews import on_reviews
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.views.team import TeamView
from growthsheet.workbook.tables import (
    Column,
    NamedCell,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    keyed_table,
    named_formula,
)

ACTIVITIES_SHOWN = 8
OUTCOMES = {"higher": "Rated higher now", "same": "The same", "lower": "Rated lower now", "unrated": "Not rated now"}


def spending_by_category(view: TeamView, money: list[str]) -> TableData:
    """Return the amounts planned, committed and spent in each category and currency."""
    rows = lines.category_total_rows(view.context.policy, view.context.translate)
    return _in_each_currency(lines.by_category("lines", "category_in"), rows, money)


def spending_by_status(view: TeamView, money: list[str]) -> TableData:
    """Return the number and amount of the lines of each status, in each currency."""
    return _in_each_currency(lines.by_status("lines", "status_in"), lines.status_rows(view.context.translate), money)


def _in_each_currency(table: Table, rows: Iterable[Mapping[str, Any]], money: list[str]) -> TableData:
    key, label, *others = table.columns
    columns = (key, label, data_column("currency", "Currency", "area"), *others, data_column("minor", hidden=True))
    every = [(row, currency) for currency in money for row in rows]
    return TableData(
        Table(table.name, columns),
        [
            {**row, "key": f"{row['key']}:{currency}", "code": key_in(row["code"], currency)}
            | {"currency": currency, "minor": minor_units(currency)}
            for row, currency in every
        ],
    )


def key_in(code: str, currency: str) -> str:
    """Return the key under which lines of a code and a currency are summed; no currency counts as one, too."""
    return f"{code}:{currency or NO_CURRENCY}"


NO_CURRENCY = "-"


def spending_facts(money: list[str]) -> tuple[NamedCell, ...]:
    """Return the sum of the lines for activities without a gap, if there is one currency only."""
    if len(money) > 1:
        return ()
    read: dict[str, Any] = {"amounts": Ref("lines", "counted"), "budget_links": Ref("lines", "budget_link")}
    return (named_formula(m.money_without_gap, "Spend not linked to a gap", "sum", **read),)


# -- activities ------------------------------------------------------------------------------------------------------


def by_activity(money: list[str]) -> TableData:
    """Return the table of the activities on which most is spent."""
    return _activities("by_activity", "money_rank", "The activities on which most is spent.", money)


def funded(money: list[str]) -> TableData:
    """Return the table of the largest gaps, and of the money for them."""
    check = calculated_column(m.without_money, "Check", "label", money_for="lines_for")
    return _activities("team_funded", "team_rank", "The activities with the largest gaps.", money, check)


def _activities(name: str, rank: str, note: str, money: list[str], *more: Column) -> TableData:
    """Return the first activities by a rank, with their budget lines; lines in several currencies are only counted."""
    table = keyed_table(
        name,
        found_column(on_matrix("activity"), "Activity", "name", note, text=True),
        found_column(on_matrix("lines_for"), "Lines", "tally", m.lines_for.words),
        *([found_column(on_matrix("money_for"), "Money", "sum", m.money_for.words)] if len(money) < 2 else ()),
        found_column(on_matrix("people_short"), "People short", "count", team.people_short.words),
        *more,
        *found_by_rank(on_matrix(rank)),
        lines=2,
    )
    return numbered_rows(table, ACTIVITIES_SHOWN)


# -- year end --------------------------------------------------------------------------------------------------------


def _outcomes(name: str, header: str, code: str, note: str) -> Column:
    return calculated_column(
        m.outcomes_counted, header, "tally", name=name, code=code, outcomes=on_reviews("outcome"), note=note
    )


YEAR_END = keyed_table(
    "year_end",
    data_column("outcome", "Gaps of the last cycle", "name"),
    _outcomes(
        "with_money",
        "With money",
        "money_code",
        "Gaps for which the person, or the whole team, has or had a budget line.",
    ),
    _outcomes("without_money", "Without money", "bare_code", "Gaps that have and had no budget line."),
    hidden=("money_code", "bare_code"),
)


def year_end(view: TeamView) -> TableData:
    """Return the outcome of the last cycle's gaps, with and without money, as counts without a causal claim."""
    translate = view.context.translate
    rows = [
        {"key": f"k:{code}", "outcome": translate(label), "money_code": f"money{code}", "bare_code": f"bare{code}"}
        for code, label in OUTCOMES.items()
    ]
    return TableData(YEAR_END, rows)
