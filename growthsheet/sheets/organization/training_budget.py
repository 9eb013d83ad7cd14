"""Training budget of an organization: by team and by category, in one currency; nobody's pay can be told from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from growthsheet.measures import budget as m
from growthsheet.model import minor_units
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.sheets.team.training_budget import BUDGET
from growthsheet.views.organization import Money, OrganizationView, Pool
from growthsheet.views.suppression import HIDDEN
from growthsheet.workbook.blocks import Block, Facts, Heading, Prose, Sheet
from growthsheet.workbook.tables import Column, Rows, Table, fact, given, hidden, measured

_SPENT: tuple[Column, ...] = (
    given("planned", "Planned", "sum", note=m.planned_money.words),
    given("committed", "Committed", "sum", note=m.committed.words),
    given("spent", "Spent", "sum", note=m.spent.words),
)
TEAMS = Table(
    "org_teams",
    (
        given("key"),
        given("team", "Team", "name"),
        given(
            "money",
            "To spend",
            "money",
            note="The allocations of the team's people together, with what they carried in.",
        ),
        *_SPENT,
        measured(m.available, "Available", "left", allocation="money"),
        measured(m.budget_state, "Check", "check"),
        hidden(given("minor", "Decimals", "whole")),
    ),
)
CATEGORIES = Table("org_categories", (given("key"), given("category", "Category", "name"), *_SPENT))
RATES = Table(
    "org_rates",
    (
        given("key"),
        given("currency", "Currency", "name"),
        given("rate", "Worth", "fx", note="What one unit of it is worth in the currency of the totals."),
    ),
)


def organization_budget(view: OrganizationView) -> Sheet:
    """The tab."""
    occasion, money = view.occasion, view.money
    say, (first, last) = occasion.say, occasion.fiscal_year
    facts = (
        fact("currency", "All amounts in", money.currency, "label"),
        fact("year_start", "Fiscal year from", first, "date"),
        fact("year_end", "to", last, "date"),
        *((fact("rated_on", "Exchange rates of", money.rated_on, "date"),) if money.rated_on else ()),
    )
    teams = [team_row(say("All teams"), money.everybody, "k:all", money)]
    teams += [team_row(label, money.teams[id], f"k:team:{id}", money) for id, label in _teams(view).items()]
    purpose = "What there is for training, coaching and conferences, and what is spent."
    left_out = say(
        "Left out, shown as {sign}: what would tell what fewer than five people earn, by itself or by subtracting."
    )
    blocks: list[Block] = [
        Prose((left_out.replace("{sign}", HIDDEN),)),
        Facts(facts),
        Heading(say("By category")),
        rows_or(CATEGORIES, _categories(view), say("No budget lines yet.")),
    ]
    if money.rated_on:
        rates = [{"key": f"k:{code}", "currency": code, "rate": rate} for code, rate in money.rates.items()]
        blocks += [Heading(say("Exchange rates")), Rows(RATES, rates)]
    blocks += [Heading(say("By team")), Rows(TEAMS, teams)]
    return Sheet(BUDGET, dated(occasion, purpose), tuple(blocks), main="org_teams", freeze="team", colour="money")


def team_row(label: str, pool: Pool, key: str, money: Money) -> dict[str, Any]:
    """What some people have and spend, as a row."""
    row = {"key": key, "team": label, "minor": minor_units(money.currency)}
    return row | {"money": HIDDEN if pool.hidden else _float(pool.money)} | spent(pool)


def spent(pool: Pool) -> dict[str, Any]:
    """What is planned, committed and spent."""
    return {name: _float(getattr(pool, name)) for name in ("planned", "committed", "spent")}


def _teams(view: OrganizationView) -> dict[str, str]:
    """The teams; and those who report to nobody, where they have or spend anything."""
    there = view.money.teams.get("", Pool())
    rest = {"": view.occasion.say("No manager")} if there != Pool() else {}
    return {id: label for id, label in (view.teams | rest).items() if id in view.money.teams}


def _categories(view: OrganizationView) -> list[dict[str, Any]]:
    say, named, found = view.occasion.say, dict(view.occasion.policy.categories), view.money.categories
    ordered = [code for code in named if code in found] + [code for code in found if code not in named]
    return [{"key": f"k:{n}", "category": say(named.get(code, code)), **spent(found[code])}
            for n, code in enumerate(ordered)]  # fmt: skip


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
