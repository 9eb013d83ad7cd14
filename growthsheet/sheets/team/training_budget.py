"""Training budget of a team: a row a person, the team's lines, totals in each currency."""

from __future__ import annotations

from typing import Any

from growthsheet.measures import budget as m
from growthsheet.measures import lookups
from growthsheet.model import minor_units
from growthsheet.model.budget import Proration
from growthsheet.sheets.shared import budget_lines as lines
from growthsheet.sheets.shared import spending
from growthsheet.sheets.shared.lists import PEOPLE_LIST, labels
from growthsheet.sheets.team.skill_matrix import on_matrix, returning
from growthsheet.views.team import Member, TeamPay, TeamView
from growthsheet.workbook.blocks import Block, Facts, Heading, Prose, Sheet
from growthsheet.workbook.tables import Column, Fact, Ref, Rows, Table, asked, fact, given, hidden, measured

BUDGET = "Training budget"
PRORATION_WORDS = {Proration.MONTHS: "Months", Proration.DAYS: "Days", Proration.NONE: "The whole year"}
TEAM_CODE = "none"
"""What a line belongs to that names nobody: the whole team."""


def on_totals(column: str) -> Ref:
    """A column of the totals in each currency."""
    return Ref("totals", column)


_PERSON = asked(
    "person", "For whom", "label", choices=labels(PEOPLE_LIST), prompt=("For whom", "Leave blank for the whole team.")
)
_WHOSE: tuple[Column, ...] = (
    _PERSON,
    measured(
        lookups.choice,
        name="person_choice",
        label="person",
        labels=PEOPLE_LIST["label"],
        numbers=PEOPLE_LIST["number"],
        hidden=True,
    ),
    measured(
        m.line_minor, name="minor", hidden=True, at="person_choice", minors=PEOPLE_LIST["minor"], fallback="minor_units"
    ),
    measured(m.line_key, name="person_code", hidden=True, codes=PEOPLE_LIST["code"], choice="person_choice"),
    measured(
        m.line_currency, hidden=True, at="person_choice", currencies=PEOPLE_LIST["currency"], fallback="book_currency"
    ),
    measured(m.in_currency, name="category_in", hidden=True, code="category_code", currency="line_currency"),
    measured(m.in_currency, name="status_in", hidden=True, code="line_status", currency="line_currency"),
)
LINES = lines.table("lines", on_matrix("activity"), on_matrix("order"), on_matrix("total_gap"), _WHOSE)


def table(pay: TeamPay) -> Table:
    """A row a person, with no more of pay than the file may hold."""
    sums = lines.sums("lines", "person_code")
    base: tuple[Column, ...] = ()
    allocation: tuple[Column, ...] = ()
    if pay is TeamPay.SALARY:
        base = (
            given("base", "Base pay", "money", note="Annual pay, averaged over the employed part of the fiscal year."),
            measured(m.proration, "Share of year", "share"),
            measured(m.allocation, "Allocation", "money"),
        )
        allocation = (
            hidden(given("start", "Start", "date")),
            hidden(given("end", "End", "date")),
            measured(m.first_day, hidden=True),
            measured(m.last_day, hidden=True),
        )
    elif pay is TeamPay.ALLOWANCE:
        base = (given("allocation", "Allocation", "money", note=m.allocation.words),)
    left = (
        (
            measured(m.available, "Available", "left"),
            measured(m.budget_state, "Check", "check"),
            measured(m.carried_out, "Would carry over", "sum"),
        )
        if base
        else ()
    )
    return Table(
        "budgets",
        (
            given("key"),
            given("name", "Name", "name"),
            given("currency", "Currency", "area"),
            *base,
            given("carry_in", "Carried in", "sum"),
            *sums,
            *left,
            hidden(given("code")),
            hidden(given("minor", "Decimals", "whole")),
            *((hidden(given("carry_over", "", "percent")),) if base else ()),
            *allocation,
        ),
    )


def totals_table(pay: TeamPay) -> Table:
    """A row a currency; currencies are never mixed."""

    def in_currency(name: str, header: str) -> Column:
        read = {"column": Ref("budgets", name), "currencies": Ref("budgets", "currency")}
        return measured(m.sum_in, header, "sum", name=name, **read, note="The sum of the rows above, in this currency.")

    pooled = pay in (TeamPay.POOLED, TeamPay.NONE)
    allocation = given("allocation", "Allocation", "sum") if pooled else in_currency("allocation", "Allocation")
    return Table(
        "totals",
        (
            given("key"),
            given("label", "For whom", "name"),
            given("currency", "Currency", "area"),
            allocation,
            in_currency("carry_in", "Carried in"),
            in_currency("planned_money", "Planned"),
            in_currency("committed", "Committed"),
            in_currency("spent", "Spent"),
            measured(m.available, "Available", "left"),
            measured(m.budget_state, "Check", "check"),
            *(() if pooled else (in_currency("carried_out", "Would carry over"),)),
            hidden(given("minor", "Decimals", "whole")),
        ),
    )


def currencies(view: TeamView) -> list[str]:
    """The team's currencies, the report's own first."""
    found = {member.currency for member in view.members if member.currency} | set(view.pools)
    first = [view.currency] if view.currency else []
    return first + sorted(found - set(first))


def team_budget(view: TeamView) -> Sheet:
    """The tab."""
    say, policy = view.occasion.say, view.occasion.policy
    names = {a.id: a.name for a in view.occasion.catalog.activities}
    money = currencies(view) or [""]
    return Sheet(
        BUDGET,
        say("What there is for training, coaching and conferences this fiscal year. Change the rate: all rows follow."),
        (
            Facts((*_facts(view), *spending.facts(money))),
            Heading(say("People")),
            Rows(table(view.pay), [*_people(view), _team_row(view)]),
            Heading(say("All together")),
            Rows(totals_table(view.pay), [_total(view, currency) for currency in money]),
            *(_year_end(view) if returning(view) else ()),
            Heading(say("Largest gaps and their money")),
            spending.funded(money),
            Heading(say("By activity")),
            spending.by_activity(money),
            Heading(say("By category")),
            spending.by_category(view, money),
            Heading(say("By status")),
            spending.by_status(view, money),
            Heading(say("Budget lines")),
            Rows(LINES, lines.rows(view.budget_items, names, policy, say, view.labels)),
        ),
        title=f"{say(BUDGET)}: {view.called}",
        main="lines",
        colour="money",
        one_page=True,
    )


def _year_end(view: TeamView) -> tuple[Block, ...]:
    say = view.occasion.say
    return (
        Heading(say("Gaps of the last cycle, with and without money")),
        Prose(
            (
                say("Counts only: that a rating rose does not say that the money did it."),
                say("Lines count from the fiscal year of the last cycle on."),
            )
        ),
        spending.year_end(view),
    )


def _facts(view: TeamView) -> tuple[Fact, ...]:
    say, policy, (first, last) = view.occasion.say, view.occasion.policy, view.occasion.fiscal_year
    facts = (fact("year_start", "Fiscal year from", first, "date"), fact("year_end", "to", last, "date"))
    if view.pay is not TeamPay.SALARY:
        return facts
    return (
        fact("rate", "Rate", policy.rate, "rate", role="asked", note="The share of base pay that goes into training."),
        *facts,
        fact(
            "prorate_shown",
            "Counted by",
            say(PRORATION_WORDS[policy.prorate]),
            "label",
            note="Months: each that one is employed in on the 15th. Days: each employed. Else always the whole year.",
        ),
        fact(
            "floor",
            "At least",
            _float(policy.floor),
            "money",
            role="asked",
            note="For each person; blank for no floor.",
        ),
        fact("cap", "At most", _float(policy.cap), "money", role="asked", note="For each person; blank for no cap."),
    )


def _float(amount: Any) -> float | None:
    return None if amount is None else float(amount)


def _people(view: TeamView) -> list[dict[str, Any]]:
    return [_person(view, member) for member in view.members]


def _person(view: TeamView, member: Member) -> dict[str, Any]:
    person = member.person
    currency = member.currency or view.currency
    return {
        "key": f"k:{person.id}",
        "code": view.codes[person.id],
        "name": view.labels[person.id],
        "currency": currency,
        "minor": minor_units(currency),
        "base": _float(member.base),
        "allocation": _float(member.allocation),
        "carry_in": _float(member.carry_in),
        "carry_over": 0 if member.left else view.occasion.policy.carry_over,
        "start": person.start,
        "end": person.end,
    }


def _team_row(view: TeamView) -> dict[str, Any]:
    label = view.occasion.say("For the whole team")
    return {
        "key": "k:",
        "code": TEAM_CODE,
        "name": label,
        "currency": view.currency,
        "minor": minor_units(view.currency),
    }


def _total(view: TeamView, currency: str) -> dict[str, Any]:
    allocation = _float(view.pools.get(currency)) if view.pay is TeamPay.POOLED else None
    row = {"key": f"k:{currency}", "label": view.occasion.say("The whole team"), "currency": currency}
    return row | {"minor": minor_units(currency), "allocation": allocation}


def people_rows(view: TeamView) -> Rows:
    """The people that a budget line may be for."""
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
    return Rows(PEOPLE_LIST, rows)
