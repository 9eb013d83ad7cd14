"""Groups: parts of the organization, with no more pay than their reader may see."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.model import Answers
from growthsheet.workbook.results import schema
from tests.making import computed, line, person, roster, salary, small_catalog

OFFICES = {
    "T": "Bern",
    "M": "Bern",
    "A": "Bern",
    "B": "Rome",
    "C": "",
    "D": "Rome",
    "N": "Rome",
    "E": "Rome",
    "L": "Rome",
}


def company(**options: object) -> gs.Roster:
    """Tia leads Mia, who leads four people; one of these, Nia, leads Eve, and Lu, who left."""
    above = {"T": "", "M": "T", "A": "M", "B": "M", "C": "M", "N": "M", "E": "N", "D": "N"}
    people = [person(id, f"P {id}", "lead", boss, kept=(("Office", OFFICES[id]),)) for id, boss in above.items()]
    lu = person("L", "P L", "lead", "N", end=date(2026, 1, 31), kept=(("Office", "Rome"),))
    lines = [
        line("own", person="E", estimate=10),
        line("top", person="T", estimate=100),
        line("of-m", team="M", estimate=7),
    ]
    pay = [salary(id, 100_000) for id in (*above, "L")]
    answers = Answers(budget_items=tuple(lines))
    return roster(people, pay, leavers=[lu], currency="USD", answers=answers, **options)


def ids(part: gs.Organization) -> list[str]:
    """Who is in a part of the organization."""
    return [each.person.id for each in part.view.people]


def test_everybody_below_a_manager() -> None:
    """A manager's group is everybody below, all levels down, without the manager; with their budget lines alone."""
    part = company(pay="none").group("P M")
    assert ids(part) == ["A", "B", "C", "N", "E", "D"]
    assert [manager.id for manager in part.view.managers] == ["M", "N"]
    assert part.budget().records()[0]["planned"] == 17
    shown = {row["person"] for row in part.responses()}
    assert shown == {"P A", "P B", "P C", "P N", "P E", "P D"}
    assert (part.view.group, repr(part)) == ("P M", "<Organization of 6 people, 2 teams: P M>")
    assert part.book().title == "Organization growth plan: P M"
    with pytest.raises(gs.InputError, match="'P A'; wanted: one of 3 managers"):
        company().group("P A")


def test_by_a_column() -> None:
    """A column that is kept makes a group of each of its values; it stands on People x activities."""
    made = company()
    assert {part.view.group: ids(part) for part in made.groups(by="office")} == {
        "Office: Bern": ["T", "M", "A"],
        "Office: Rome": ["B", "N", "E", "D"],
    }
    assert ids(made.group("Rome", by="OFFICE")) == ["B", "N", "E", "D"]
    cells = computed(made.organization().book())["everybody"]
    assert {key: row["kept@c0"] or "" for key, row in cells.items()} == {f"k:{id}": OFFICES[id] for id in "TMABCNED"}
    with pytest.raises(gs.InputError, match=r"'Oslo'; wanted: one of 'Bern', 'Rome'.*unknown-group"):
        made.group("Oslo", by="Office")
    with pytest.raises(gs.InputError, match=r'say keep=\["floor"\]'):
        list(made.groups(by="floor"))


@pytest.mark.parametrize(("pay", "shown"), [("salary", None), ("allowance", None), ("pooled", None), ("none", 18250)])
def test_no_more_pay_than_the_reader_may_see(pay: str, shown: float | None) -> None:
    """A sum from which a manager could take what is known about the own team is left out if fewer than five remain."""
    everybody, *teams = company(pay=pay).group("M").budget().records()
    assert everybody["to_spend"] == shown
    assert {row["team_id"]: row["to_spend"] for row in teams} == {"M": None, "N": None}
    assert company(pay=pay).organization().budget().records()[0]["to_spend"] == 24250


def test_sums_that_tell_of_five_are_shown() -> None:
    """With five people below the own team, a manager's group shows what they have together, and the whole."""
    more = [person(f"F{n}", manager="N") for n in range(3)]
    made = company()
    reading = made.reading
    pay = (*reading.pay, *(salary(each.id, 100_000) for each in more))
    made = replace(made, reading=type(reading)((*reading.people, *more), reading.leavers, pay))
    everybody, *teams = made.group("M").budget().records()
    assert (everybody["to_spend"], {row["team_id"]: row["to_spend"] for row in teams}) == (
        27250,
        {"M": None, "N": None},
    )


def test_a_workbook_for_each_group(tmp_path: Path) -> None:
    """Each group gets a file; who is in none is told; of groups that nobody named, or of two kinds, none is made."""
    report = gs.build(company(), tmp_path, books=["groups"], by="office")
    assert sorted(path.name for path in (tmp_path / "groups").iterdir()) == ["Office-Bern.xlsx", "Office-Rome.xlsx"]
    assert [(note.code, note.found) for note in report.notes] == [
        ("in-no-group", "1 person without 'Office', so in no group")
    ]
    gs.build(company(), tmp_path, books=["groups"], of=["P M", "N"])
    assert {"P-M-M.xlsx", "P-N-N.xlsx"} < {path.name for path in (tmp_path / "groups").iterdir()}
    for wrong in ({}, {"of": ["M"], "by": "office"}):
        with pytest.raises(gs.InputError, match="which-groups"):
            gs.build(company(), tmp_path, books=["groups"], **wrong)  # type: ignore[arg-type]
    collected = gs.collect(tmp_path, roster=company())
    assert collected.counts["skipped"] == collected.counts["files"] == 6  # with two of the folder's own


def test_columns_that_are_kept() -> None:
    """A kept column is read as it is; columns of pay and those that are never read are refused."""
    people = [
        {"id": "1", "name": "Ana", "title": "Lead", "Site": " Bern ", "Bonus": 5000, "Gender": "f", "Fee": "$ 900"}
    ]
    loaded = gs.load_roster(people, catalog=small_catalog(), keep=["site", "Site"], ignore=["Fee"])
    assert loaded.people[0].kept == (("Site", "Bern"),)
    assert not any("Site" in problem.found for problem in loaded.problems)
    for column, code in (
        ("Bonus", "pay-column"),
        ("Fee", "pay-column"),
        ("Fee", "pay-column"),
        ("Gender", "never-read"),
        ("Sight", "unknown-column"),
    ):
        with pytest.raises(gs.InputError, match=code):
            gs.load_roster(people, catalog=small_catalog(), keep=[column], ignore=["Fee"])


def test_kept_columns_stand_in_the_table_of_people() -> None:
    """The table of people has the kept columns behind the usual ones, blank where somebody has none."""
    usual = tuple(schema("people").columns)
    table = company().organization().people()
    assert table.columns == (*usual, "Office")
    assert dict(zip(table["person_id"], table["Office"], strict=True))["A"] == "Bern"
    assert dict(zip(table["person_id"], table["Office"], strict=True))["C"] is None
    one = roster([person("A", kept=(("role", "x"),))]).organization().people()
    assert (one.columns, one["role (roster)"]) == ((*usual, "role (roster)"), ["x"])
    assert roster([person("A")]).organization().people().columns == usual
