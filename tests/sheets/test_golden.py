"""Small workbooks as text: a reviewer sees each cell, formula, drop-down and rule that a change changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from growthsheet.model import Answers, Catalog
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import earlier_cycles, family, person, rating, roster, salary, small_catalog, this_cycle
from tests.proof.dump import GOLDEN, Dump, dump, golden
from tests.proof.names import Place


def tiny() -> Roster:
    """Two people and two activities."""
    keep = {"talks", "pricing"}
    raw = small_catalog().model_dump()
    raw["activities"] = [each for each in raw["activities"] if each["id"] in keep]
    raw["roles"] = [
        {**role, "core": (), "importance": {}, "expected": {k: v for k, v in role["expected"].items() if k in keep}}
        for role in raw["roles"]
    ]
    ratings = [rating("A", "talks", 1, 2, 3), rating("A", "pricing", "n/a", 0, 1)]
    earlier = [rating("A", "talks", 2, cycle=earlier_cycles()[1]), rating("A", "pricing", 1, cycle=earlier_cycles()[1])]
    answers = Answers(cycles=(*earlier_cycles(), this_cycle()), ratings=[*earlier, *ratings])
    people = [person("M", "Mia Boss", "lead"), person("A", "Ana Ruiz", manager="M")]
    return roster(people, [salary("A", 120_000)], catalog=Catalog.model_validate(raw), currency="USD", answers=answers)


def person_workbook() -> Book:
    """A person's workbook."""
    return person_book(tiny().person("A").view)


def team_workbook() -> Book:
    """A team's workbook."""
    return team_book(tiny().team("M").view)


def organization_workbook() -> Book:
    """The organization's workbook."""
    return organization_book(tiny().organization().view)


@cache
def dumped(made: Callable[[], Book]) -> Dump:
    """A workbook as text, with the names of the recipe that it is made from."""
    book = made()
    layout = Layout(book)
    tables = {
        name: Place(place.sheet, place.header + 1, place.last + 1, {key: at + 1 for key, at in place.columns.items()})
        for name, place in layout.tables.items()
    }
    return dump(
        to_bytes(book), tables, {name: (tab, row + 1, col + 1) for name, (tab, row, col) in layout.facts.items()}
    )


BOOKS = pytest.mark.parametrize(
    ("name", "book"), [("person", person_workbook), ("team", team_workbook), ("organization", organization_workbook)]
)


@BOOKS
def test_contents(name: str, book: Callable[[], Book]) -> None:
    """What is in a workbook, by name."""
    golden(name, dumped(book).contents)


@BOOKS
def test_places(name: str, book: Callable[[], Book]) -> None:
    """Where everything in a workbook stands."""
    golden(f"{name}_places", dumped(book).places)


@BOOKS
def test_any_version_of_xlsxwriter(name: str, book: Callable[[], Book]) -> None:
    """Cells, drop-downs, names, notes and charts are the same with every version of XlsxWriter that may be there."""
    held = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert same_everywhere(held) == same_everywhere(dumped(book).contents)


def same_everywhere(text: str) -> list[str]:
    """The lines of a workbook's text that no version of XlsxWriter changes; conditional formats are ordered by it."""
    return [line for line in text.splitlines() if not line.startswith("format ")]


@pytest.mark.slow
def test_the_same_twice() -> None:
    """The same people give the same bytes."""
    assert family().team("M").to_bytes() == family().team("M").to_bytes()
    assert family().person("A").to_bytes() == family().person("A").to_bytes()
    assert family().organization().to_bytes() == family().organization().to_bytes()
