"""Rates by country, role and person, and fixed amounts: from a roster to the cells of its workbooks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import growthsheet as gs
from growthsheet.views.team import TeamPay
from growthsheet.workbook.values import Values
from tests.expr.asking import everyday_differences

RATES = {"country:de": 0.05, "role:Director of Product": 0.02, "person:E6": 0.04}
HEADER = ("id", "name", "title", "manager", "annual salary", "Country", "Rate", "Allocation")
ROWS = (
    ("M", "Mia Boss", "Director of Product", "", 200_000, "DE", "", ""),
    ("E1", "Ana Ruiz", "Product Manager", "M", 120_000, "US", "", ""),
    ("E2", "Bo Lee", "Product Manager", "M", 120_000, "DE", "", ""),
    ("E3", "Cy Kim", "Director of Product", "M", 120_000, "DE", "", ""),
    ("E4", "Di Woo", "Director of Product", "M", 120_000, "DE", "2.5%", ""),
    ("E5", "Ed Far", "Product Manager", "M", 120_000, "US", "", "1,500.50"),
    ("E6", "Fi Low", "Product Manager", "M", 120_000, "DE", "", ""),
    ("E7", "Gi New", "Product Manager", "M", "", "US", "", 800),
)
WANTED = {"E1": 3600, "E2": 6000, "E3": 2400, "E4": 3000, "E5": 1500.5, "E6": 4800, "E7": 800}


def load(*rows: Any, header: tuple[str, ...] = HEADER, rates: Any = RATES, **options: Any) -> gs.Roster:
    """A roster of these rows, on a day of 2026."""
    table = [dict(zip(header, row, strict=True)) for row in rows or ROWS]
    policy = gs.BudgetPolicy(rates=rates)
    return gs.load_roster(table, policy=policy, as_of=date(2026, 8, 1), **{"currency": "USD"} | options)


def refused(*rows: Any, **options: Any) -> list[str]:
    """What is wrong with a roster or its rules: the code and the place of each problem."""
    with pytest.raises(gs.InputError) as caught:
        load(*rows, **options)
    return [f"{problem.code}: {problem.place}" for problem in caught.value.problems]


def test_the_person_comes_first_then_role_then_country() -> None:
    """Each person's own workbook has the amount of the first rule that holds."""
    roster = load()
    found = {plan.person.id: plan.budget()[0]["allocation"] for plan in roster.plans()}
    assert found == {"M": 4000, **WANTED}


@pytest.mark.parametrize("pay", ["salary", "allowance"])
def test_a_team_has_the_same_amounts(pay: Any) -> None:
    """So have the formulas of the team's workbook; where an amount is fixed, there is no base pay."""
    budget = load().with_options(pay=pay).team("M").budget()
    assert {row["person_id"]: row["allocation"] for row in budget} == {"": None, **WANTED}
    assert [row["base"] for row in budget if row["person"] in ("Ed Far", "Gi New")] == [None, None]


@pytest.mark.engines
def test_recalculated() -> None:
    """Formualizer and IronCalc find the same amounts in the team's workbook."""
    assert everyday_differences(load().team("M").to_bytes()) == []


def test_a_changed_rate_moves_only_those_without_their_own() -> None:
    """Whoever changes the rate on the tab moves no row that has a rate or an amount of its own, as the tab says."""
    book = load().team("M").book()
    values = Values(book)
    assert values.column("budgets", "person_rate") == [0.03, 0.05, 0.02, 0.025, None, 0.04, None, None]
    [tab] = [sheet for sheet in book.sheets if sheet.name == "Training budget"]
    assert "rows without a rate or an amount of their own follow" in tab.purpose
    [plain] = [sheet for sheet in load(ROWS[0], ROWS[1], rates={}).team("M").book().sheets if sheet.name == tab.name]
    assert "all rows follow" in plain.purpose


def test_the_tab_says_what_an_amount_is() -> None:
    """On a person's tab a fixed amount is called one, and a share of pay a share; neither names a rate."""
    notes = {plan.person.id: plan.book().named_cells["allocation"].note for plan in load().plans()}
    assert "A fixed amount for the fiscal year; it does not depend on pay." == notes["E5"] == notes["E7"]
    assert "A share of annual pay, for the employed part of the fiscal year." == notes["E1"] == notes["E2"]


def test_nobody_is_handed_the_rates_of_others() -> None:
    """What a workbook is made from holds neither the rules nor what the roster says of other people."""
    roster = load()
    for view in (roster.person("E1").view, roster.team("M").view, roster.organization().view):
        assert view.context.policy.rates == {}


def test_a_sum_hides_pay_behind_three_shares_of_pay() -> None:
    """A fixed amount may be known, so it does not count towards the people behind a sum, unless all are fixed."""
    fixed = [(*row[:4], "", row[5], "", 500) for row in ROWS[2:5]]
    two_shares, three_shares = (ROWS[0], *ROWS[1:3], *ROWS[5:6]), (ROWS[0], *ROWS[1:4], *ROWS[5:6])
    found = [load(*rows, rates={}).with_options(pay="pooled") for rows in (two_shares, three_shares)]
    assert [{}, {"USD": Decimal("12300.5")}] == [dict(roster.team("M").view.pools) for roster in found]
    assert load(ROWS[0], *fixed, rates={}).with_options(pay=TeamPay.POOLED).team("M").view.pools == {"USD": 1500}


def test_the_organization_hides_four_shares_of_pay() -> None:
    """Five people of whom one has a fixed amount are four: the organization's sum is left out."""
    rows = [(*row[:3], "", *row[4:6], "", "") for row in ROWS[1:6]]
    assert load(*rows, rates={}).organization().view.money.everybody.money == 18_000
    assert load(*rows[:4], (*rows[4][:7], 500), rates={}).organization().view.money.everybody.hidden


@pytest.mark.parametrize(
    ("rates", "places"),
    [
        ({"country:FR": 0.1, "role:wizard": 0.1, "person:E9": 0.1}, ["country:fr", "role:wizard", "person:E9"]),
        ({"role:director": 0.1, "role:Director of Product": 0.2}, ["role:director"]),
    ],
)
def test_a_rule_about_nobody_is_refused(rates: dict[str, float], places: list[str]) -> None:
    """A slip in a rule would give somebody the general rate, unnoticed."""
    assert [f"budget-rule: rates: {place}" for place in places] == refused(rates=rates)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rates": {"contry:DE": 0.1}},
        {"rates": {"role:": 0.1}},
        {"rates": {"country:DE": 0.1, "Country: de": 0.1}},
        {"rates": {"country:DE": 3}},
        {"floor": 5000, "cap": 1000},
    ],
)
def test_rules_that_make_no_sense_are_refused_where_they_are_made(wrong: dict[str, Any]) -> None:
    """So are an unknown kind of rule, one in two spellings, a rate above 1, and a floor above the cap."""
    with pytest.raises(gs.InputError, match="BudgetPolicy"):
        gs.BudgetPolicy(**wrong)


def test_cells_that_make_no_sense_are_refused() -> None:
    """Each with its place: a rate that may be pay, a rate beside an amount, amounts in two currencies or in none."""
    one, other = ((*row[:3], "", *row[4:]) for row in ROWS[1:3])
    assert refused((*one[:6], 42.5, ""), rates={}) == ["number-out-of-range: roster, row 1, column Rate"]
    assert refused((*one[:6], 0.02, 900), rates={}) == ["budget-rule: roster, row 1, column Rate"]
    assert refused(one[:5], header=HEADER[:5], rates={"country:DE": 0.05}) == ["budget-rule: rates: country:de"]
    two = (*other[:4], "EUR 50000", "", "", "USD 900")
    assert refused(two, rates={}, currency=None) == ["currency-conflict: roster, row 1, column Allocation"]
    unpaid = (*one[:4], "", "", "", 900)
    assert refused(unpaid, rates={}, currency=None) == ["currency-unclear: roster, column Allocation"]


def test_a_fixed_amount_needs_no_column_of_pay() -> None:
    """It is in the currency that its own cell, column or the roster names, and is rounded to its smallest unit."""
    header = ("id", "name", "title", "Training budget (JPY)")
    budget = (
        load(("1", "Ana", "Product Manager", "90,000.6"), header=header, rates={}, currency=None).person("1").budget()
    )
    assert (budget[0]["allocation"], budget[0]["currency"]) == (90_001, "JPY")


def test_two_columns_of_countries_are_told_and_not_guessed() -> None:
    """A roster with two of them loads as ever; with a rule for a country it is to be said which one counts."""
    header, row = ("id", "name", "title", "Country", "Work country"), ("1", "Ana", "Product Manager", "DE", "FR")
    assert [each.code for each in load(row, header=header, rates={}).problems] == ["two-columns"]
    assert refused(row, header=header, rates={"country:DE": 0.05}) == ["budget-rule: rates: country:de"]
    load(row, header=header, rates={"country:DE": 0.05}, map={"country": "Country"})
