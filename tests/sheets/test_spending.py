"""Money and gaps of a team: what it goes into, what became of the gaps, and what would carry over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from growthsheet.model import Answers, BudgetItem, BudgetPolicy
from growthsheet.sheets.books import person_book, team_book
from growthsheet.sheets.team import reviews
from growthsheet.workbook.blocks import Book, Paragraphs
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import (
    computed,
    earlier_cycles,
    family,
    line,
    person,
    prove,
    rating,
    roster,
    said,
    salary,
    this_cycle,
    told_before,
)


def team(answers: Answers | None = None, **options: Any) -> Book:
    """Mia's workbook."""
    return team_book(family(answers, **options).team("M").view)


@pytest.mark.slow
@pytest.mark.engines
def test_by_category_and_status_in_each_currency() -> None:
    """Lines count in the currency of whom they are for; no sum mixes two."""
    people = [person("M", role="lead"), person("A", manager="M"), person("B", manager="M")]
    pay = [salary("A", 100_000, "EUR"), salary("B", 9_000_000, "JPY")]
    lines = [
        line("1", person="A", status="spent", estimate="10.10"),
        line("2", person="B", status="spent", estimate=7000),
        line("3", person="B", status="rejected", estimate=500),
        line("4", team="M", status="booked", estimate=3),
    ]
    made = roster(people, pay, currency="USD", answers=Answers(budget_items=lines))
    book = team_book(made.team("M").view)
    prove(to_bytes(book))
    found = computed(book)
    spent = {key: row["spent"] for key, row in found["by_category"].items() if key.startswith("k:training")}
    assert spent == {"k:training:USD": 0, "k:training:EUR": 10.1, "k:training:JPY": 7000}
    assert found["by_category"]["k:training:USD"]["committed"] == 3
    rejected = found["by_status"]["k:rejected:JPY"]
    assert (rejected["line_count"], rejected["line_money"]) == (1, 500)
    assert "money_for" not in found["by_activity"]["k:1"]  # it would be a sum over currencies
    assert "money_without_gap" not in found["facts"][""]


def test_each_line_counts_somewhere() -> None:
    """Lines that name neither person nor category, in a team without a currency, are in the sums as well."""
    answers = Answers(budget_items=[line("1", team="M", category="gone", status="spent", estimate=12)])
    book = team_book(roster([person("M", role="lead"), person("A", manager="M")], answers=answers).team("M").view)
    assert [row["spent"] for row in computed(book)["by_category"].values()] == [0, 0, 0, 0, 0, 0, 12]
    assert sum(row["line_count"] for row in computed(book)["by_status"].values()) == 1


def test_by_activity() -> None:
    """Activities are listed by their money; the largest gaps say where there is none; the rest closes no gap."""
    found = computed(team())
    listed = [
        (row["activity"], row["lines_for"], row["money_for"])
        for row in found["by_activity"].values()
        if row["activity"]
    ]
    assert listed == [("Customer talks", 1, 2000), ("Roadmap", 1, 1200), ("Pricing", 1, 480), ("Usage data", 1, 99.99)]
    without = {row["activity"] for row in found["team_funded"].values() if row["without_money"]}
    assert without == {"Coaching"}
    assert found["facts"][""]["money_without_gap"] == 1599.99  # the data course, Cy's line, and one for no activity


def test_a_line_is_judged_by_the_gap_of_the_person_it_is_for() -> None:
    """A person's line says the same in the own workbook and in the manager's; others' gaps count for the team's."""
    people = [person("M", role="lead"), *(person(id, manager="M") for id in "ABC")]
    ratings = [rating("A", "pricing", 4), rating("B", "pricing", 0), rating("A", "roadmap", 4)]
    lines = [line("a", person="A"), line("b", person="B"), line("c", person="C"), line("team", team="M")]
    answers = Answers(
        ratings=ratings,
        budget_items=[each.model_copy(update={"activity": "pricing", "estimate": Decimal(100)}) for each in lines]
        + [line("roadmap", team="M", activity="roadmap", estimate=20)],
    )
    made = roster(people, [salary(id, 1000) for id in "ABC"], answers=answers)
    book = team_book(made.team("M").view)
    found, links = computed(book), {"k:a": "nogap", "k:b": "gap", "k:c": "unrated"}
    own = {id: computed(person_book(made.person(id).view)) for id in "ABC"}
    assert {key: row["budget_link"] for of in own.values() for key, row in of["lines"].items() if key in links} == links
    in_team = {key: row["budget_link"] for key, row in found["lines"].items() if row["budget_link"]}
    assert in_team == links | {"k:team": "gap", "k:roadmap": "nogap"}
    assert [of["facts"][""]["money_without_gap"] for of in (*own.values(), found)] == [100, 0, 0, 120]


def test_what_became_of_gaps() -> None:
    """Gaps of the last cycle are counted by what became of them, with and without a line, of each person once."""
    book = team(told_before())
    found = {key: (row["with_money"], row["without_money"]) for key, row in computed(book)["year_end"].items()}
    # Ana: data 0 to 3 and pricing, agreed at 0, still 0, each with a line of hers
    assert found == {"k:higher": (1, 0), "k:same": (1, 0), "k:lower": (0, 0), "k:unrated": (0, 0)}
    then = [rating("B", "launch", 1, cycle=earlier_cycles()[1]), rating("B", "data", 0, cycle=earlier_cycles()[1])]
    now = told_before()
    more = now.model_copy(
        update={
            "ratings": (*now.ratings, *then, rating("B", "launch", 0), rating("B", "data", "n/a")),
            "budget_items": (*now.budget_items, line("x", team="M", activity="launch", estimate=1)),
        }
    )
    found = {key: (row["with_money"], row["without_money"]) for key, row in computed(team(more))["year_end"].items()}
    assert found == {"k:higher": (1, 0), "k:same": (1, 0), "k:lower": (1, 0), "k:unrated": (0, 1)}


def test_money_of_the_last_cycle_counts_after_its_fiscal_year() -> None:
    """A gap of the last cycle had money where that fiscal year's lines, which stand in no workbook any more, say so."""
    then = [rating(who, name, 0, cycle=earlier_cycles()[1]) for who in "BC" for name in ("data", "launch")]
    now = told_before()
    now = now.model_copy(update={"ratings": (*now.ratings, *then, rating("B", "data", 2), rating("C", "data", 2))})

    def higher(*lines: BudgetItem) -> tuple[int, int]:
        book = team(now.model_copy(update={"budget_items": lines}))
        assert not any(row.get("title") for row in book.tables["lines"].rows)
        row = computed(book)["year_end"]["k:higher"]
        return row["with_money"], row["without_money"]

    last = {"activity": "data", "cycle": earlier_cycles()[1].id, "status": "spent", "estimate": 10}
    none = higher()
    assert none[0] == 0
    assert higher(line("x", person="B", **last)) == (1, none[1] - 1)
    assert higher(line("x", team="M", **last)) == (none[1], 0)
    assert higher(line("x", person="B", **last | {"status": "rejected"})) == none
    assert higher(line("x", person="B", **last | {"estimate": None})) == none
    assert higher(line("x", person="B", **last | {"cycle": "", "start": date(2024, 12, 31)})) == none
    assert higher(line("x", person="B", **last | {"cycle": "", "start": date(2025, 1, 1)})) == (1, none[1] - 1)


def test_money_of_this_year_counts_while_its_line_stands() -> None:
    """A line of this fiscal year is not given as money of a former one: whoever deletes it has none."""
    spent = {"person": "B", "activity": "data", "status": "spent", "estimate": 10}

    def paid(cycle: str) -> list[str]:
        answers = told_before().model_copy(update={"budget_items": (line("x", cycle=cycle, **spent),)})
        rows = team(answers).tables[reviews.NAME].rows
        return [row["key"] for row in rows if row.get("paid")]

    assert paid("2026") == []
    assert paid(earlier_cycles()[1].id) == ["k:B:data"]


@pytest.mark.parametrize("options", [{}, {"blind": True}], ids=str)
def test_without_an_earlier_cycle(options: dict[str, bool]) -> None:
    """Without an earlier cycle, or where it is not to be shown, there is no table of what became of gaps."""
    book = team(told_before() if options else said(), **options)
    assert "year_end" not in book.tables
    assert "readiness_then" not in {column.name for column in book.tables["people"].table.columns}


def test_readiness_since_the_last_cycle() -> None:
    """Readiness of each person is beside its change since that person's last cycle; blank where one is not known."""
    found = computed(team(told_before()))["people"]
    assert found["k:B"]["points_since"] is None
    rated = [
        rating("A", name, 1, cycle=earlier_cycles()[0]) for name in ("talks", "pricing", "data", "roadmap", "launch")
    ]
    now = [rating("A", name, 2) for name in ("talks", "pricing", "data", "roadmap", "launch")]
    answers = Answers(cycles=(*earlier_cycles(), this_cycle()), ratings=[*rated, *now])
    row = computed(team(answers))["people"]["k:A"]
    # of 25.5: 2 + 3 + 1 + 3 + 2 = 11 then, 4 + 6 + 1 + 6 + 4 = 21 now
    assert (row["readiness_then"], row["readiness"], row["points_since"]) == (0.4314, 0.8235, 39.2)


@pytest.mark.slow
@pytest.mark.engines
def test_carry_over() -> None:
    """The policy's share of what is left would carry over: of each person who stays, and of nobody's overspending."""
    people = [person("M", role="lead"), *(person(id, manager="M") for id in "AB")]
    gone = person("L", manager="M", end="2026-01-31")
    lines = [line("1", person="A", status="spent", estimate=600), line("2", person="B", status="spent", estimate=9000)]
    made = roster(
        people,
        [salary(id, 120_000) for id in "ABL"],
        leavers=[gone],
        policy=BudgetPolicy(carry_over=0.25),
        answers=Answers(budget_items=lines),
    )
    book = team_book(made.team("M").view)
    prove(to_bytes(book))
    found = computed(book)
    assert {key: row["carried_out"] for key, row in found["budgets"].items()} == {
        "k:A": 750,
        "k:B": 0,
        "k:L": 0,
        "k:": None,
    }
    assert found["totals"]["k:USD"]["carried_out"] == 750
    assert computed(person_book(made.person("A").view))["facts"][""]["carried_out"] == 750
    pooled = team_book(made.with_options(pay="pooled").team("M").view)
    assert "carried_out" not in computed(pooled)["totals"]["k:USD"]


def test_people_who_have_left_are_marked_in_the_team_s_budget() -> None:
    """The row of somebody who left says so with the last day, and a note says that the sums include it."""
    book = team()
    assert computed(book)["budgets"]["k:L"]["name"] == "Lu Gone (left 2026-01-31)"
    assert "Lu Gone" in [row["label"] for row in book.tables["people_list"].rows]  # lines name the person as before
    (tab,) = (sheet for sheet in book.sheets if sheet.name == "Training budget")
    noted = [line for block in tab.blocks if isinstance(block, Paragraphs) for line in block.lines]
    assert noted == ["The budget includes people who left in this fiscal year."]
    assert book.named_cells["budget_left"].note.endswith("also of people who left in this fiscal year.")


def test_lines_without_a_category_have_a_label_in_the_organization() -> None:
    """The row of lines without a category is called as on the teams' tabs."""
    answers = Answers(budget_items=[line("1", person="A", category="", status="spent", estimate=600)])
    book = roster([person("M", role="lead"), person("A", manager="M")], currency="EUR", answers=answers)
    rows = book.organization().book().tables["org_categories"].rows
    assert [(row["category"], row["spent"]) for row in rows] == [("Without a category", 600)]
