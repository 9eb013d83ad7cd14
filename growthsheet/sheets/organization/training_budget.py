"""Training budget of an organization by team and category, in one currency; it does not reveal anybody's pay."""

from __future__ import annotations

from typing import Any

from growthsheet.measures import budget as m
from growthsheet.model import minor_units
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.sheets.team.training_budget import TEAM_BUDGET
from growthsheet.views.allocation import plain_amount
from growthsheet.views.organization import BudgetTotals, OrganizationBudget, OrganizationView
from growthsheet.views.suppression import HIDDEN
from growthsheet.workbook.blocks import Block, Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.tables import Column, TableData, calculated_column, data_column, keyed_table, named_value

_SPENT: tuple[Column, ...] = (
    data_column("planned", "Planned", "sum", note=m.planned_money.words),
    data_column("committed", "Committed", "sum", note=m.committed.words),
    data_column("spent", "Spent", "sum", note=m.spent.words),
)
TEAM_SPENDING = keyed_table(
    "org_teams",
    data_column("team", "Team", "name"),
    data_column(
        "money",
        "To spend",
        "money",
        note=(
            "The allocations of the team's people together, also of those who left in this fiscal year, with what they"
            " carried in."
        ),
    ),
    *_SPENT,
    calculated_column(m.available, "Available", "left", allocation="money"),
    calculated_column(m.budget_state, "Check", "check"),
    hidden=["minor"],
)
CATEGORY_SPENDING = keyed_table("org_categories", data_column("category", "Category", "name"), *_SPENT)
RATES = keyed_table(
    "org_rates",
    data_column("currency", "Currency", "name"),
    data_column("rate", "Exchange rate", "fx", note="What one unit of it is worth in the currency of the totals."),
)


def organization_training_budget(view: OrganizationView) -> Sheet:
    """Return the tab."""
    context, money = view.context, view.money
    translate, (first, last) = context.translate, context.fiscal_year
    facts = (
        named_value("currency", "All amounts in", money.currency, "label"),
        named_value("year_start", "Fiscal year from", first, "date"),
        named_value("year_end", "to", last, "date"),
        *((named_value("rated_on", "Exchange rates of", money.rated_on, "date"),) if money.rated_on else ()),
    )
    teams = [team_row(translate("All teams"), money.everybody, "k:all", money)]
    teams += [team_row(label, money.teams[id], f"k:team:{id}", money) for id, label in _teams(view).items()]
    purpose = "The money for training, coaching and conferences, and what is spent of it."
    left_out = translate(
        "Left out, shown as {sign}: whatever would reveal what fewer than five people earn, by itself or by "
        "subtraction."
    )
    blocks: list[Block] = [
        Paragraphs((left_out.replace("{sign}", HIDDEN),)),
        NamedCells(facts),
        Heading(translate("By category")),
        rows_or(CATEGORY_SPENDING, _categories(view), translate("No budget lines yet.")),
    ]
    if money.rated_on:
        rates = [{"key": f"k:{code}", "currency": code, "rate": rate} for code, rate in money.rates.items()]
        blocks += [Heading(translate("Exchange rates")), TableData(RATES, rates)]
    blocks += [Heading(translate("By team")), TableData(TEAM_SPENDING, teams)]
    return Sheet(TEAM_BUDGET, dated(context, purpose), tuple(blocks), main="org_teams", freeze="team", colour="money")


def team_row(label: str, pool: BudgetTotals, key: str, money: OrganizationBudget) -> dict[str, Any]:
    """Return the allocation and spending of a group of people as a row."""
    row = {"key": key, "team": label, "minor": minor_units(money.currency)}
    return row | {"money": HIDDEN if pool.hidden else plain_amount(pool.money)} | spending_cells(pool)


def spending_cells(pool: BudgetTotals) -> dict[str, Any]:
    """Return the amounts planned, committed and spent."""
    return {name: plain_amount(getattr(pool, name)) for name in ("planned", "committed", "spent")}


def _teams(view: OrganizationView) -> dict[str, str]:
    """Return the teams, and one for people without a manager if they have or spend anything."""
    there = view.money.teams.get("", BudgetTotals())
    rest = {"": view.context.translate("No manager")} if there != BudgetTotals() else {}
    return {id: label for id, label in (view.teams | rest).items() if id in view.money.teams}


def _categories(view: OrganizationView) -> list[dict[str, Any]]:
    translate, found = view.context.translate, view.money.categories
    named = {**dict(view.context.policy.categories), "": "Without a category"}
    ordered = [code for code in named if code in found] + [code for code in found if code not in named]
    return [{"key": f"k:{n}", "category": translate(named.get(code, code)), **spending_cells(found[code])}
            for n, code in enumerate(ordered)]  # fmt: skip
