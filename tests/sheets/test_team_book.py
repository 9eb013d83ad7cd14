"""The workbook of a team, filled in at random: every engine finds what Python wrote into the cells."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from growthsheet.model import BudgetPolicy
from growthsheet.sheets.books import team_book
from growthsheet.sheets.forms import FORMS
from growthsheet.views.team import TeamPay
from growthsheet.workbook.values import Values
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import builtin, computed, family, person, prove, rating, roster, salary, standing, typed, unlike
from tests.proof.engines import audit, ironcalc_differences, libreoffice_differences, require
from tests.proof.lint import lint
from tests.strategies import Filled, sample, steady, team_books


@pytest.mark.slow
@pytest.mark.engines
@steady(7)
@given(team_books())
def test_engines_agree(filled: Filled) -> None:
    """Two engines find every cached value right, and the lint finds nothing, however the workbook is filled in."""
    prove(to_bytes(filled.book))


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice_agrees() -> None:
    """LibreOffice finds every cached value right in workbooks of each kind."""
    require("libreoffice")
    filled = [to_bytes(each.book) for each in sample(team_books(sizes=(1, 2, 4)), 2)]
    ordinary = [family(pay=pay).team("M").to_bytes() for pay in (TeamPay.SALARY, TeamPay.POOLED)]
    found = libreoffice_differences([*filled, *ordinary])
    assert [str(each) for differences in found for each in differences] == []


@pytest.mark.slow
@pytest.mark.engines
def test_fifty_people() -> None:
    """A team of fifty on every fifth activity of the built-in catalog is as right as a small one."""
    require("ironcalc")
    catalog = builtin().without(*(each.id for n, each in enumerate(builtin().activities) if n % 5))
    roles = list(catalog.role_by_id)
    activities = [activity.id for activity in catalog.current]
    people = [person("M", role="vp"), *(person(f"e{n}", role=roles[n % 8], manager="M") for n in range(50))]
    said = family().answers.model_copy(
        update={
            "ratings": tuple(
                rating(f"e{n}", activity, (n + k) % 5, source="agreed" if n % 3 == 0 else "self")
                for n in range(40)
                for k, activity in enumerate(activities)
            )
        }
    )
    made = roster(people, [salary(f"e{n}", 50_000 + n) for n in range(50)], catalog=catalog, answers=said)
    data = made.team("M").to_bytes()  # wider than the 256 columns that formualizer takes
    assert [str(each) for each in ironcalc_differences(data)] == []
    assert lint(data) == []


@pytest.mark.slow
@pytest.mark.engines
def test_nothing_to_repair() -> None:
    """The file of each kind of workbook passes the audit, so Excel has nothing to repair."""
    require("audit")
    for pay in (TeamPay.SALARY, TeamPay.POOLED):
        assert audit(family(pay=pay).team("M").to_bytes()) == []
    for each in sample(team_books(sizes=(1, 4)), 1):
        assert audit(to_bytes(each.book)) == []


@pytest.mark.slow
def test_every_value_stands_in_its_cell() -> None:
    """Each value that Python computes stands in the cell of its row and column, and nowhere else."""
    for each in sample(team_books(sizes=(1, 4)), 4):
        assert unlike(computed(each.book), standing(each.book, to_bytes(each.book))) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "policy", "allocated"),
    [
        ({}, {}, "3600"),
        ({"start": date(2026, 7, 1)}, {}, "1800"),
        ({"start": date(2026, 7, 1)}, {"prorate": "days"}, "1814.79"),
        ({"end": date(2026, 9, 30)}, {}, "2700"),
        ({}, {"cap": 2000}, "2000"),
        ({}, {"floor": 4000}, "4000"),
    ],
)
def test_allocations_of_the_design(more: dict[str, date], policy: dict[str, object], allocated: str) -> None:
    """120,000 a year gives the allocations that the design names, on both files and in the cells."""
    made = roster(
        [person("M", role="lead"), person("A", manager="M", **more)],
        [salary("A", 120_000)],
        policy=BudgetPolicy(**policy),
    )
    assert str(made.person("A").view.allocation) == allocated
    book = team_book(made.team("M").view)
    assert standing(book, to_bytes(book))["budgets"]["k:A"]["allocation"] == float(allocated)


@pytest.mark.slow
@pytest.mark.engines
def test_currencies_are_never_mixed() -> None:
    """Totals stand in a row for each currency, each rounded to its own minor unit."""
    people = [person("M", role="lead"), *(person(id, manager="M") for id in "ABCD")]
    pay = [salary("A", "1234567", "JPY"), salary("B", "12345.678", "KWD"), salary("C", 50_000, "JPY")]
    book = team_book(roster(people, pay, currency="USD").team("M").view)
    data = to_bytes(book)
    prove(data)
    found = standing(book, data)
    assert {key: row["allocation"] for key, row in found["totals"].items()} == {
        "k:USD": 0,
        "k:JPY": 37037 + 1500,
        "k:KWD": 370.37,
    }
    assert [row["allocation"] or None for row in found["budgets"].values()] == [37037, 370.37, 1500, None, None]


def test_people_of_one_name_have_labels_of_their_own() -> None:
    """A budget line for one of several people of one name counts for that one, whatever the others are called."""
    names = {"1": "Ana", "2": "ana", "3": "Ana (1)", "4": "ANA (1)", "a": "Cy", "A": "cy", "5": "Bo", "6": "Ana (2)"}
    people = [person("M", role="lead"), *(person(id, name, manager="M") for id, name in names.items())]
    view = roster(people).team("M").view
    labels = [label.casefold() for label in view.labels.values()]
    assert len(set(labels)) == len(labels)
    assert view.labels["5"] == "Bo"


# -- rating blind ----------------------------------------------------------------------------------------------------


def test_a_manager_who_rates_blind() -> None:
    """What a person says shows where the manager has rated, too; nothing else in the workbook tells it before."""
    made = family(blind_manager=True).team("M")
    book = team_book(made.view)
    rows, values = book.tables["reviews"].rows, Values(book)
    rated = [row["manager"] is not None for row in rows]
    for scale in ("skill", "experience", "interest", "evidence"):
        said = [row[f"own_{scale}"] or None for row in rows]
        shown = [value or None for value in values.column("reviews", scale)]
        assert [own if seen else None for own, seen in zip(said, rated, strict=True)] == shown
        assert said != shown or scale == "evidence"
    counts = [row["manager"] is not None or row["agreed"] is not None for row in rows]
    gaps = zip(values.column("reviews", "gap"), counts, strict=True)
    assert [gap for gap, counted in gaps if not counted and gap is not None] == []
    seen = {(m.person.id, activity) for m in made.view.present for activity in m.ratings.own}
    assert seen == {(m.person.id, activity) for m in made.view.present for activity in m.ratings.manager} & {
        (m.person.id, activity) for m in made.view.present for activity in m.answered
    }
    assert values.fact("people_answered") == Values(team_book(family().team("M").view)).fact("people_answered")


def test_a_rating_reveals_what_the_person_said() -> None:
    """In the open workbook, the manager's rating or n/a shows the person's own in its row, and gaps follow."""
    book = team_book(family(blind_manager=True).team("M").view)
    rows = book.tables["reviews"].rows
    n = next(n for n, row in enumerate(rows) if row["manager"] is row["agreed"] is None and row["own_skill"] == 2)
    for answer, shown in ((3, 2), ("n/a", 2), ("?", None), (9, None)):
        values = Values(typed(book, {("reviews", n, "manager"): answer}))
        assert shown == values.column("reviews", "skill")[n]
        assert (shown is None) == (values.column("reviews", "gap")[n] is None)


def test_a_blind_workbook_comes_back() -> None:
    """A manager's file of a blind round is read like any other."""
    blind, open_ = (
        read_returned_workbook(family(blind_manager=yes).team("M").to_bytes(), "m.xlsx", FORMS, {})
        for yes in (True, False)
    )
    assert [*blind.problems, *blind.cell_problems] == []
    assert [row.cells["manager"].value for row in open_.tables["reviews"]] == [
        row.cells["manager"].value for row in blind.tables["reviews"]
    ]
