"""Training budget of a team: a row for each person, the team's lines, totals in each currency."""

# Longer than 300 lines: its tables of people, lines and currencies share their columns.

from __future__ import annotations

from typing import Any

from growthsheet.measures import budget as m
from growthsheet.model import minor_units
from growthsheet.model.budget import Proration, away
from growthsheet.sheets.shared import budget_lines as lines
from growthsheet.sheets.shared.lists import PEOPLE_LIST, choice_number
from growthsheet.sheets.team import spending
from growthsheet.sheets.team.reviews import on_reviews, returning
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.text.language import fill_in
from growthsheet.views.allocation import plain_amount
from growthsheet.views.team import Member, TeamPay, TeamView
from growthsheet.workbook.blocks import Block, Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.tables import (
    Column,
    NamedCell,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    input_column,
    keyed_table,
    named_value,
)

TEAM_BUDGET = "Training budget"
PRORATION_WORDS = {Proration.MONTHS: "Months", Proration.DAYS: "Days", Proration.NONE: "The whole year"}
_ON_PAGE = "The money for training, coaching and conferences this fiscal year."
_PURPOSE = _ON_PAGE + " Change the rate: all rows follow."
_OWN_PURPOSE = _PURPOSE.replace("all rows follow.", "rows without a rate or an amount of their own follow.")
WITH_LEAVERS = "The budget includes people who left in this fiscal year."
TEAM_CODE = "none"
"""The owner of a line that names nobody: the whole team."""


def on_totals(column: str) -> Ref:
    """Return a column of the totals in each currency."""
    return Ref("totals", column)


_PERSON = input_column(
    "person", "For whom", "label", choices=PEOPLE_LIST["label"], prompt=("For whom", "Leave blank for the whole team.")
)
_WHOSE: tuple[Column, ...] = (
    _PERSON,
    choice_number("person_choice", "person", PEOPLE_LIST),
    calculated_column(
        m.line_minor, name="minor", hidden=True, at="person_choice", minors=PEOPLE_LIST["minor"], fallback="minor_units"
    ),
    calculated_column(m.line_key, name="person_code", hidden=True, codes=PEOPLE_LIST["code"], choice="person_choice"),
    calculated_column(
        m.line_currency, hidden=True, at="person_choice", currencies=PEOPLE_LIST["currency"], fallback="book_currency"
    ),
    calculated_column(m.in_currency, name="category_in", hidden=True, code="category_code", currency="line_currency"),
    calculated_column(m.in_currency, name="status_in", hidden=True, code="line_status", currency="line_currency"),
)
_GAP = calculated_column(
    m.gap_of_line,
    name="gap",
    hidden=True,
    total_gaps=on_matrix("total_gap"),
    whose=on_reviews("who"),
    activities=on_reviews("order"),
    gaps=on_reviews("gap"),
)
TEAM_LINES = lines.table(
    "lines",
    on_matrix("activity"),
    on_matrix("order"),
    _GAP,
    _WHOSE,
    "Whether the money in a line helps to close a gap of the person it is for, or anybody's if it is for the team.",
)


_OWN_RULES = (
    calculated_column(m.person_rate, "Rate", "rate"),
    data_column("fixed", "Fixed amount", "money", note="A training budget that does not depend on pay."),
    calculated_column(m.allowance, "Allocation", "money", name="allocation"),
    data_column("own_rate", hidden=True),
    calculated_column(m.allocation, name="sized", hidden=True, rate="person_rate"),
)


def table(pay: TeamPay, own_rules: bool = False) -> Table:
    """Return the table of people, with no more about pay than the file may hold.

    ``own_rules`` adds the columns for people who have a rate or a fixed amount of their own.
    """
    sums = lines.sums("lines", "person_code")
    base: tuple[Column, ...] = ()
    allocation: tuple[Column, ...] = ()
    if pay is TeamPay.SALARY:
        base = (
            data_column(
                "base", "Base pay", "money", note="Annual pay, averaged over the employed part of the fiscal year."
            ),
            calculated_column(m.proration, "Share of year", "share"),
            *(_OWN_RULES if own_rules else (calculated_column(m.allocation, "Allocation", "money"),)),
        )
        allocation = (calculated_column(m.first_day, hidden=True), calculated_column(m.last_day, hidden=True))
    elif pay is TeamPay.ALLOWANCE:
        words = m.allowance if own_rules else m.allocation
        base = (data_column("allocation", "Allocation", "money", note=words.words),)
    left = (
        (
            calculated_column(m.available, "Available", "left"),
            calculated_column(m.budget_state, "Check", "check"),
            calculated_column(m.carried_out, "Would carry over", "sum"),
        )
        if base
        else ()
    )
    return keyed_table(
        "budgets",
        data_column("name", "Name", "name"),
        data_column("currency", "Currency", "area"),
        *base,
        data_column("carry_in", "Carried in", "sum"),
        *sums,
        *left,
        *allocation,
        hidden=("code", "minor", *(("carry_over",) if base else ()), *(("start", "end", "away") if allocation else ())),
    )


def totals_table(pay: TeamPay) -> Table:
    """Return the table with a row for each currency; currencies are never mixed."""

    def in_currency(name: str, header: str) -> Column:
        read = {"column": Ref("budgets", name), "currencies": Ref("budgets", "currency")}
        return calculated_column(
            m.sum_in, header, "sum", name=name, **read, note="The sum of the rows above, in this currency."
        )

    pooled = pay in (TeamPay.POOLED, TeamPay.NONE)
    allocation = data_column("allocation", "Allocation", "sum") if pooled else in_currency("allocation", "Allocation")
    return keyed_table(
        "totals",
        data_column("label", "For whom", "name"),
        data_column("currency", "Currency", "area"),
        allocation,
        in_currency("carry_in", "Carried in"),
        in_currency("planned_money", "Planned"),
        in_currency("committed", "Committed"),
        in_currency("spent", "Spent"),
        calculated_column(m.available, "Available", "left"),
        calculated_column(m.budget_state, "Check", "check"),
        *(() if pooled else (in_currency("carried_out", "Would carry over"),)),
        hidden=["minor"],
    )


def team_budget(view: TeamView) -> Sheet:
    """Return the tab."""
    translate, policy = view.context.translate, view.context.policy
    names = {a.id: a.name for a in view.context.catalog.activities}
    money = view.currencies or [""]
    return Sheet(
        TEAM_BUDGET,
        translate(_OWN_PURPOSE if view.own_rules and view.pay is TeamPay.SALARY else _PURPOSE),
        (
            NamedCells((*_facts(view), *spending.spending_facts(money))),
            Heading(translate("People")),
            TableData(
                table(view.pay, view.own_rules), [*(_person(view, member) for member in view.members), _team_row(view)]
            ),
            *((Paragraphs((translate(WITH_LEAVERS),)),) if view.present != view.members else ()),
            Heading(translate("All together")),
            TableData(totals_table(view.pay), [_total(view, currency) for currency in money]),
            *(_year_end(view) if returning(view) else ()),
            Heading(translate("Largest gaps and their money")),
            spending.funded(money),
            Heading(translate("By activity")),
            spending.by_activity(money),
            Heading(translate("By category")),
            spending.spending_by_category(view, money),
            Heading(translate("By status")),
            spending.spending_by_status(view, money),
            Heading(translate("Budget lines")),
            TableData(TEAM_LINES, lines.rows(TEAM_LINES, view.budget_items, names, policy, translate, view.labels)),
        ),
        main="lines",
        on_page=translate(_ON_PAGE),
        colour="money",
        one_page=True,
    )


def _year_end(view: TeamView) -> tuple[Block, ...]:
    translate = view.context.translate
    return (
        Heading(translate("Gaps of the last cycle, with and without money")),
        Paragraphs(
            (
                translate("These are only counts: a rating that rose does not prove that the money raised it."),
                translate("A gap of the last cycle is measured by what the role expects today."),
                translate("Lines count from the fiscal year of the last cycle on."),
            )
        ),
        spending.year_end(view),
    )


_LIMITS = (
    ("floor", "At least", "For each person; blank for no floor."),
    ("cap", "At most", "For each person; blank for no cap."),
)


def _facts(view: TeamView) -> tuple[NamedCell, ...]:
    translate, policy, (first, last) = view.context.translate, view.context.policy, view.context.fiscal_year
    facts = (named_value("year_start", "Fiscal year from", first, "date"), named_value("year_end", "to", last, "date"))
    if view.pay is not TeamPay.SALARY:
        return facts
    return (
        named_value(
            "rate", "Rate", policy.rate, "rate", role="input", note="The share of base pay that goes into training."
        ),
        *facts,
        named_value(
            "prorate_shown",
            "Counted by",
            translate(PRORATION_WORDS[Proration(policy.prorate)]),
            "label",
            note=(
                "Months: each month in which the person is employed on the 15th. Days: each day employed. Otherwise"
                " always the whole year."
            ),
        ),
        *(
            named_value(name, label, plain_amount(getattr(policy, name)), "money", role="input", note=note)
            for name, label, note in _LIMITS
        ),
    )


def _person(view: TeamView, member: Member) -> dict[str, Any]:
    person = member.person
    currency = member.currency or view.currency
    return {
        "key": f"k:{person.id}",
        "code": view.codes[person.id],
        "name": _until(view, member) if member.left else view.labels[person.id],
        "currency": currency,
        "minor": minor_units(currency),
        "base": plain_amount(member.base),
        "fixed" if view.pay is TeamPay.SALARY else "allocation": plain_amount(member.allocation),
        "own_rate": member.own_rate,
        "carry_in": plain_amount(member.carry_in),
        "carry_over": 0 if member.left else view.context.policy.carry_over,
        "start": person.start,
        "end": person.end,
        "away": away(person, view.context.policy, view.context.fiscal_year[0]) or None,
    }


def _until(view: TeamView, member: Member) -> str:
    """Return the name of somebody who has left, with the last day."""
    day = view.context.day(member.person.end) if member.person.end else ""
    return fill_in(view.context.translate("{name} (left {day})"), name=view.labels[member.person.id], day=day)


def _team_row(view: TeamView) -> dict[str, Any]:
    label = view.context.translate("For the whole team")
    return {
        "key": "k:",
        "code": TEAM_CODE,
        "name": label,
        "currency": view.currency,
        "minor": minor_units(view.currency),
    }


def _total(view: TeamView, currency: str) -> dict[str, Any]:
    allocation = plain_amount(view.pools.get(currency)) if view.pay is TeamPay.POOLED else None
    row = {"key": f"k:{currency}", "label": view.context.translate("The whole team"), "currency": currency}
    return row | {"minor": minor_units(currency), "allocation": allocation}


def people_rows(view: TeamView) -> TableData:
    """Return the people that a budget line may be for."""
    code = view.codes
    rows = [
        {
            "code": code[m.person.id],
            "label": view.labels[m.person.id],
            "number": n,
            "currency": m.currency or view.currency or spending.NO_CURRENCY,
            "minor": minor_units(m.currency or view.currency),
        }
        for n, m in enumerate(view.members, 1)
    ]
    return TableData(PEOPLE_LIST, rows)
