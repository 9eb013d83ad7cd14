"""A team's spending by category, status and activity, beside the gaps and their outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from growthsheet.measures import budget as m
from growthsheet.measures import lookups, team
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

_LINES: dict[str, Any] = {"amounts": Ref("lines", "counted")}


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
    read: dict[str, Any] = {**_LINES, "budget_links": Ref("lines", "budget_link")}
    return (named_formula(m.money_without_gap, "Spend not linked to a gap", "sum", **read),)


# -- activities ------------------------------------------------------------------------------------------------------


def activity_rows(view: TeamView, money: list[str]) -> TableData:
    """Return the sum of each activity's lines, for the hidden tab; lines in several currencies are only counted."""
    rows = [{"key": f"a:{id}", "order": n} for n, id in enumerate(view.activities, 1)]
    return TableData(_activities(len(money) < 2), rows)


@lru_cache(maxsize=2)
def _activities(summed: bool) -> Table:
    read: dict[str, Any] = {**_LINES, "at": "order", "ats": Ref("lines", "activity_choice")}
    amounts = [calculated_column(m.money_for, "Money", name="money", **read)] if summed else []
    return keyed_table(
        "activity_money",
        data_column("order", "Order", "whole"),
        calculated_column(m.lines_for, "Lines", name="lines", **read),
        *amounts,
        calculated_column(
            m.money_rank,
            "Rank",
            name="rank",
            money="money" if summed else "lines",
            moneys=Ref("", "money" if summed else "lines"),
            orders="order",
        ),
    )


def _on_activities(column: str) -> Ref:
    return Ref("activity_money", column)


_SHORT = found_column(on_matrix("people_short"), "People short", "count", team.people_short.words)


def _activity(note: str) -> Column:
    return found_column(on_matrix("activity"), "Activity", "name", note, text=True)


def by_activity(money: list[str]) -> TableData:
    """Return the table of the activities on which most is spent."""
    summed = len(money) < 2
    read: dict[str, Any] = {"at": "at_money"}
    amounts = [found_column(_on_activities("money"), "Money", "sum", m.money_for.words, **read)]
    table = keyed_table(
        "by_activity",
        _activity("The activities on which most is spent."),
        found_column(_on_activities("lines"), "Lines", "tally", m.lines_for.words, **read),
        *(amounts if summed else ()),
        _SHORT,
        data_column("n", hidden=True),
        calculated_column(lookups.at_rank, name="at_money", ranks=_on_activities("rank"), hidden=True),
        found_column(_on_activities("order"), **read),
        calculated_column(lookups.at_rank, name="at", n="order", ranks=on_matrix("order"), hidden=True),
        lines=2,
    )
    return numbered_rows(table, ACTIVITIES_SHOWN)


def funded(money: list[str]) -> TableData:
    """Return the table of the largest gaps, and of the money for them."""
    read: dict[str, Any] = {**_LINES, "ats": Ref("lines", "at")}
    amounts = [calculated_column(m.money_for, "Money", "sum", **read)]
    table = keyed_table(
        "team_funded",
        _activity("The activities with the largest gaps."),
        calculated_column(m.lines_for, "Lines", "tally", **read),
        *(amounts if len(money) < 2 else ()),
        _SHORT,
        calculated_column(m.without_money, "Check", "label", money_for="lines_for"),
        *found_by_rank(on_matrix("team_rank")),
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
