"""Small workbooks as text: a reviewer sees each cell, formula, drop-down and rule that a change changes."""

from __future__ import annotations

from growthsheet.model import Answers, Catalog
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.xlsx.writer.write import to_bytes
from tests.books.making import CYCLE, EARLIER, SMALL, family, person, rating, roster, salary
from tests.proof.dump import dump, golden


def tiny() -> Roster:
    """Two people and two activities."""
    keep = {"talks", "pricing"}
    raw = SMALL.model_dump()
    raw["activities"] = [each for each in raw["activities"] if each["id"] in keep]
    raw["roles"] = [
        {**role, "core": (), "importance": {}, "expected": {k: v for k, v in role["expected"].items() if k in keep}}
        for role in raw["roles"]
    ]
    ratings = [rating("A", "talks", 1, 2, 3), rating("A", "pricing", "n/a", 0, 1)]
    earlier = [rating("A", "talks", 2, cycle=EARLIER[1]), rating("A", "pricing", 1, cycle=EARLIER[1])]
    answers = Answers(cycles=(*EARLIER, CYCLE), ratings=[*earlier, *ratings])
    people = [person("M", "Mia Boss", "lead"), person("A", "Ana Ruiz", manager="M")]
    return roster(people, [salary("A", 120_000)], catalog=Catalog.model_validate(raw), currency="USD", answers=answers)


def test_person() -> None:
    """A person's workbook."""
    golden("person", dump(to_bytes(person_book(tiny().person("A").view))))


def test_team() -> None:
    """A team's workbook."""
    golden("team", dump(to_bytes(team_book(tiny().team("M").view))))


def test_organization() -> None:
    """An organization's workbook."""
    golden("organization", dump(to_bytes(organization_book(tiny().organization().view))))


def test_the_same_twice() -> None:
    """The same people give the same bytes."""
    assert family().team("M").to_bytes() == family().team("M").to_bytes()
    assert family().person("A").to_bytes() == family().person("A").to_bytes()
    assert family().organization().to_bytes() == family().organization().to_bytes()
