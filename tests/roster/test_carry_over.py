"""What people bring along from one fiscal year into the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import growthsheet as gs
from growthsheet.model import BudgetPolicy, Cycle
from growthsheet.roster.roster import Roster
from growthsheet.workbook.values import Values
from tests.making import family, line, person, roster, said, salary, this_cycle

HALF = BudgetPolicy(carry_over=0.5)


def half() -> Roster:
    """Mia's and Zoe's people, who carry a half over."""
    return replace(family(), policy=HALF)


def test_everybody_brings_along_what_the_tab_says() -> None:
    """Each present person with pay, the topmost ones as well: the amounts of the teams' tabs to the cent."""
    found = {row["person_id"]: row["carry_in"] for row in half().carry_over()}
    assert found == {"M": 3000.0, "A": 1635.01, "B": 630.0, "C": 900.0, "Z": 3150.0, "X": 1350.0}
    for manager in ("M", "Z"):
        values = Values(half().team(manager).book())
        shown = dict(zip(values.column("budgets", "key"), values.column("budgets", "carried_out"), strict=True))
        there = {str(key)[2:]: amount for key, amount in shown.items() if amount is not None}
        assert there == {id: found.get(id, 0) for id in there}  # Lu has left, and brings nothing


def test_nothing_of_the_next_year_counts() -> None:
    """A line of a later fiscal year's cycle takes nothing from this one; what is overspent brings nothing."""
    answers = said()
    later = Cycle(id="2027", label="Spring 2027", date=date(2027, 3, 1))
    lines = (
        line("n", person="X", cycle="2027", status="spent", actual=500),
        line("o", person="Z", cycle=this_cycle().id, status="booked", actual=7000),
    )
    answers = answers.model_copy(update={"cycles": (this_cycle(), later), "budget_items": lines})
    found = {row["person_id"]: row["carry_in"] for row in replace(half(), answers=answers).carry_over()}
    assert (found["X"], found["Z"]) == (1350.0, 0.0)


def test_the_next_year_takes_it() -> None:
    """Amounts come back to the cent, whatever the currency, and stand beside the allocation."""
    people = [person("007", "Ana Ruiz"), person("E2", "Bo Lee"), person("E3", "Cy Kim")]
    pay = [salary("007", 123_456), salary("E2", "41666.70", "KWD"), salary("E3", 5_000_033, "JPY")]
    table = roster(people, pay, policy=HALF).carry_over()
    assert [row["carry_in"] for row in table] == [1851.84, 625.001, 75001.0]
    now = roster(people, pay).with_carry_in(table)
    assert now.reading.carry_in == {"007": Decimal("1851.84"), "E2": Decimal("625.001"), "E3": Decimal("75001.0")}
    assert now.person("007").budget().records()[0]["available"] == 5555.52
    assert now.problems == roster(people, pay).problems


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": "M", "name": "Mia", "carry_in": 5, "currency": "EUR"}, "several-currencies"),
        ({"id": "A", "name": "Ana", "carry_in": 5, "currency": "USD"}, "two-columns"),
        ({"id": "B", "name": "Bo", "carry_in": 6, "currency": ""}, "repeated-id"),
        ({"id": "B", "name": "Bo", "carry_in": "much", "currency": ""}, "not-a-number"),
    ],
)
def test_what_cannot_be_right_is_refused(row: dict[str, object], code: str) -> None:
    """Another currency, another amount than the roster's own, an id twice, a word: all told, none with the amount."""
    rows = [{"id": "B", "name": "Bo", "carry_in": 5, "currency": "USD"}, row]
    with pytest.raises(gs.InputError) as caught:
        family().with_carry_in(rows)
    assert code in {problem.code for problem in caught.value.problems}


def test_an_id_that_the_roster_does_not_have_is_told() -> None:
    """Money of an unknown id is told with the nearest free one, and nothing of 0; a leaver's row stays silent."""
    rows = [{"id": id, "name": "N", "carry_in": 5, "currency": "USD"} for id in ("0M", "L")]
    notes = family().with_carry_in([*rows, {"id": "0Q", "name": "N", "carry_in": 0, "currency": ""}]).problems
    assert [(each.code, each.found) for each in notes if each.place == "with_carry_in"] == [
        ("carry-in-of-nobody", "amounts for 1 person not on the roster are not counted: '0M' (is it 'M'?)")
    ]
