"""Rosters and answers to make workbooks of; and what stands in a workbook, by name instead of by place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from growthsheet.expr import NOT_AVAILABLE
from growthsheet.model import (
    Activity,
    Answers,
    Area,
    BudgetItem,
    BudgetPolicy,
    Catalog,
    Cycle,
    Pay,
    Person,
    PlanItem,
    Point,
    Rating,
    Role,
    Scale,
)
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book, team_book
from growthsheet.sources.catalogs.load import load_catalog
from growthsheet.sources.rosters.read_roster import RosterReading
from growthsheet.workbook.blocks import Block, Book, NamedCells
from growthsheet.workbook.tables import TableData
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.write import to_bytes
from tests.proof.engines import formualizer_differences, ironcalc_differences, require, same
from tests.proof.lint import lint
from tests.proof.parts import Error, cells, opened, row_and_column

AS_OF = date(2026, 3, 1)

Cells = Mapping[str, Mapping[Any, Mapping[str, Any]]]
"""Table, key of the row, key of the column: what stands there. Single cells stand under ``facts``."""


def scale(name: str, *values: int) -> Scale:
    """A scale with these points."""
    return Scale(id=name, name=name, points=tuple(Point(value=v, label=f"Point {v}", anchor=f"is {v}") for v in values))


@cache
def this_cycle() -> Cycle:
    """The review cycle of the answers."""
    return Cycle(id="2026", label="Spring 2026", date=AS_OF)


@cache
def earlier_cycles() -> tuple[Cycle, Cycle]:
    """The two review cycles before."""
    first, second = ("2025-1", "Spring 2025", date(2025, 3, 1)), ("2025-2", "Autumn 2025", date(2025, 9, 1))
    return Cycle(id=first[0], label=first[1], date=first[2]), Cycle(id=second[0], label=second[1], date=second[2])


@cache
def small_scales() -> tuple[Scale, ...]:
    """The three scales of the small catalog."""
    return (scale("skill", 0, 1, 2, 3, 4), scale("experience", 0, 1, 2, 3, 4), scale("interest", 0, 1, 2, 3))


def activity(id: str, name: str, area: str = "discover", **more: Any) -> Activity:
    """An activity."""
    return Activity(id=id, name=name, area=area, **more)


@cache
def small_catalog() -> Catalog:
    """A catalog of two areas, six activities and a retired one, and two roles."""
    return Catalog(
        id="small",
        version="1.0",
        name="Small catalog",
        scales=small_scales(),
        areas=(Area(id="discover", name="Discover"), Area(id="deliver", name="Deliver")),
        activities=(
            activity("talks", "Customer talks", description="Hears customers out.", anchors={1: "listens", 3: "asks"}),
            activity("pricing", "Pricing", importance=3),
            activity("data", "Usage data", importance=1),
            activity("roadmap", "Roadmap", "deliver", importance=3),
            activity("launch", "Launch", "deliver"),
            activity("coaching", "Coaching", "deliver"),
            activity("faxes", "Faxes", "deliver", retired_in="0.9"),
        ),
        roles=(
            Role(
                id="pm",
                name="Product manager",
                expected={"talks": 2, "pricing": 2.5, "data": 1, "roadmap": 3, "launch": 2},
                core=("talks", "roadmap"),
                next=("lead",),
            ),
            Role(
                id="lead",
                name="Lead",
                expected={"talks": 3, "pricing": 3.75, "roadmap": 4, "coaching": 3},
                importance={"coaching": 3, "roadmap": 2},
                core=("roadmap", "coaching"),
            ),
        ),
    ).checked()


@cache
def builtin() -> Catalog:
    """The built-in catalog."""
    return load_catalog("product-management")


def person(id: str, name: str = "", role: str = "pm", manager: str = "", **more: Any) -> Person:
    """A person."""
    return Person(id=id, name=name or f"Person {id}", role=role, manager=manager, **more)


def salary(id: str, amount: Any, currency: str = "USD", **more: Any) -> Pay:
    """Annual pay."""
    return Pay(**{"person": id, "amount": amount, "currency": currency, "basis": "annual"} | more)


def roster(
    people: Iterable[Person],
    paid: Iterable[Pay] = (),
    *,
    catalog: Catalog | None = None,
    leavers: Iterable[Person] = (),
    carry_in: Mapping[str, Any] | None = None,
    policy: BudgetPolicy | None = None,
    cycle: Cycle | None = None,
    currency: str = "",
    answers: Answers | None = None,
    **options: Any,
) -> Roster:
    """A roster of these people, as if it had been read."""
    reading = RosterReading(tuple(people), tuple(leavers), tuple(paid), carry_in=carry_in or {})
    made = Roster(
        catalog or small_catalog(),
        reading,
        cycle or this_cycle(),
        policy or BudgetPolicy(),
        AS_OF,
        currency,
        answers=answers or Answers(),
    )
    return made.with_options(**options)


def rating(
    person: str, activity: str, *said: Any, source: str = "self", cycle: Cycle | None = None, **more: Any
) -> Rating:
    """A rating: skill, experience, interest."""
    points = dict(zip(("skill", "experience", "interest"), said, strict=False))
    return Rating(cycle=(cycle or this_cycle()).id, person=person, activity=activity, source=source, **points, **more)


def item(person: str, activity: str, **more: Any) -> PlanItem:
    """An item of a plan."""
    return PlanItem(person=person, activity=activity, **more)


def line(id: str, **more: Any) -> BudgetItem:
    """A budget line."""
    return BudgetItem(**{"id": id, "title": f"Line {id}", "category": "training"} | more)


def family(answers: Answers | None = None, **options: Any) -> Roster:
    """Mia, who leads Ana, Bo, Cy and Di (who has no pay); and Zoe alone, who leads Xi."""
    people = (
        person("M", "Mia Boss", "lead"),
        person("A", "Ana Ruiz", manager="M", target_role="lead"),
        person("B", "Bo Lee", manager="M", start=date(2026, 7, 1)),
        person("C", "Cy Kim", "lead", manager="M"),
        person("D", "Di Woo", manager="M"),
        person("Z", "Zoe Top", "lead"),
        person("X", "Xi Far", manager="Z"),
    )
    pay = (
        salary("M", 200_000),
        salary("A", 120_000),
        salary("B", "80000.50"),
        salary("B", 88_000, start=date(2026, 10, 1)),
        salary("C", 100_000),
        salary("Z", 210_000),
        salary("X", 90_000),
        salary("L", 60_000),
    )
    leavers = (person("L", "Lu Gone", "lead", manager="M", end=date(2026, 1, 31)),)
    answers = answers or said()
    return roster(people, pay, leavers=leavers, carry_in={"A": 250}, currency="USD", answers=answers, **options)


def said() -> Answers:
    """What Mia's people said: ratings of all sorts, plan items in all states, budget lines of all statuses."""
    return Answers(
        cycles=(this_cycle(),),
        ratings=(
            rating("A", "talks", 1, 2, 3, evidence="Ten talks"),
            rating("A", "pricing", 0, 0, 2),
            rating("A", "data", 3, 3, 3),
            rating("A", "roadmap", 2, 3, 1),
            rating("A", "launch", "n/a", "n/a", "n/a"),
            rating("A", "coaching", 1, 1, 3),
            rating("A", "talks", 2, source="manager"),
            rating("A", "roadmap", 1, source="agreed"),
            rating("B", "talks", 3, 3, 0),
            rating("B", "pricing", 7, 1, 1),
            rating("B", "roadmap", 4, 4, 2),
            rating("C", "roadmap", 4, 4, 1),
            rating("C", "coaching", 2, 2, 2),
            rating("C", "talks", 0, source="manager"),
        ),
        plan_items=(
            item("A", "pricing", id="i1", action="Shadow sales", due=date(2026, 2, 1)),
            item("A", "talks", id="i2", action="Ten more", due=date(2026, 3, 20), helper="Cy"),
            item("A", "roadmap", id="i3", status="done"),
        ),
        budget_items=(
            line("l1", person="A", activity="pricing", status="approved", estimate=500, actual=480),
            line("l2", person="A", activity="data", status="spent", estimate="99.99", category="books"),
            line("l3", person="A", status="planned", estimate=300, travel=100, category="conferences"),
            line("l4", person="A", activity="talks", status="rejected", estimate=4000),
            line("l5", person="C", activity="roadmap", status="booked", actual=1200),
            line("l6", team="M", activity="talks", status="requested", estimate=2000),
        ),
    )


def told_before() -> Answers:
    """The same, and what Ana and Bo said in the two cycles before, also of an activity that is retired by now."""
    first, second = earlier_cycles()
    before = (
        *(rating("A", name, value, cycle=first) for name, value in (("talks", 0), ("pricing", 2), ("faxes", 3))),
        rating("A", "talks", 2, 2, 2, cycle=second, evidence="Long ago"),
        *(rating("A", name, value, cycle=second) for name, value in (("pricing", 1), ("data", 0), ("launch", "n/a"))),
        *(rating("A", name, value, cycle=second) for name, value in (("roadmap", 3), ("coaching", 7))),
        rating("A", "pricing", 0, cycle=second, source="agreed"),
        rating("A", "data", 1, cycle=second, source="manager"),
        rating("B", "talks", 2, cycle=second),
        rating("B", "roadmap", 4, cycle=second),
        rating("C", "roadmap", 2, cycle=second, source="manager"),
    )
    now = said()
    return now.model_copy(update={"cycles": (*earlier_cycles(), *now.cycles), "ratings": (*before, *now.ratings)})


def large(currencies: tuple[str, ...] = ("USD",), policy: BudgetPolicy | None = None, **options: Any) -> Roster:
    """A chief over three leads with 4, 7 and 12 people, rated in two cycles, some also by their managers."""
    teams = {"L1": 4, "L2": 7, "L3": 12}
    people = [person("C", "Chief", "lead"), *(person(lead, f"Lead {lead}", "lead", "C") for lead in teams)]
    people += [person(f"{lead}-{n}", manager=lead) for lead, size in teams.items() for n in range(size)]
    before = Cycle(id="2025", label="Spring 2025", date=date(2025, 3, 1))
    activities = ("talks", "pricing", "data", "roadmap", "launch", "coaching")
    pairs = [(each, n, k, a) for n, each in enumerate(people) for k, a in enumerate(activities) if (n + k) % 7]
    ratings = [rating(each.id, a, (n * k + n) % 5, (n + k) % 5, n % 4) for each, n, k, a in pairs]
    ratings += [rating(each.id, a, (n + k) % 5, source="manager") for each, n, k, a in pairs if n % 3]
    ratings += [
        Rating(cycle="2025", person=each.id, activity=a, skill=(n + 2 * k) % 5) for each, n, k, a in pairs if n % 2
    ]
    lines = [line(f"b{n}", person=each.id, status=STATUSES[n % 6], estimate=100 + n) for n, each in enumerate(people)]
    answers = Answers(cycles=(before, this_cycle()), ratings=tuple(ratings), budget_items=tuple(lines))
    pay = [salary(p.id, 50_000 + 1_000 * n, currencies[n % len(currencies)]) for n, p in enumerate(people)]
    return roster(people, pay, policy=policy, answers=answers, **options)


STATUSES = ("planned", "requested", "approved", "booked", "spent", "cancelled")


@cache
def person_workbook() -> Book:
    """Ana's workbook."""
    return person_book(family().person("A").view)


@cache
def returning_person_workbook() -> Book:
    """Ana's workbook, with what she said in earlier cycles."""
    return person_book(family(told_before()).person("A").view)


@cache
def team_workbook() -> Book:
    """Mia's team workbook."""
    return team_book(family().team("M").view)


@cache
def returning_team_workbook() -> Book:
    """Mia's team workbook, with what her people said in earlier cycles."""
    return team_book(family(told_before()).team("M").view)


_WRITTEN: dict[int, tuple[Book, bytes]] = {}


def written(book: Book) -> bytes:
    """The file of a workbook that several tests ask for; it is written once."""
    if id(book) not in _WRITTEN:
        _WRITTEN[id(book)] = book, to_bytes(book)  # the book is kept, too, so that no other one gets its id
    return _WRITTEN[id(book)][1]


# -- typing into a book ----------------------------------------------------------------------------------------------


def typed(book: Book, inputs: Mapping[tuple[str, int, str], Any]) -> Book:
    """The same book with what somebody typed: (table, number of the row, column) -> value; or ("", 0, fact)."""

    def block(old: Block) -> Block:
        if isinstance(old, TableData):
            rows = [
                {**row, **{c: v for (t, at, c), v in inputs.items() if (t, at) == (old.table.name, n)}}
                for n, row in enumerate(old.rows)
            ]
            return replace(old, rows=rows)
        if isinstance(old, NamedCells):
            facts = tuple(replace(f, value=inputs.get(("", 0, f.name), f.value)) for f in old.cells)
            return replace(old, cells=facts)
        return old

    return replace(book, sheets=tuple(replace(s, blocks=tuple(map(block, s.blocks))) for s in book.sheets))


def where(book: Book, table: str, key: str, column: str) -> tuple[str, str]:
    """The tab and the cell of a row's column."""
    place = Layout(book).tables[table]
    keys = [row[book.tables[table].table.columns[0].key] for row in book.tables[table].rows]
    return place.sheet, xl_rowcol_to_cell(place.first + keys.index(key), place.columns[column])


def where_fact(book: Book, name: str) -> tuple[str, str]:
    """The tab and the cell of a single cell."""
    sheet, row, col = Layout(book).facts[name]
    return sheet, xl_rowcol_to_cell(row, col)


# -- what stands in a workbook ---------------------------------------------------------------------------------------


def computed(book: Book) -> Cells:
    """What Python says stands in a book; what a chart leaves out is an error."""
    values = Values(book)
    found: dict[str, dict[Any, dict[str, Any]]] = {
        "facts": {"": {name: values.fact(name) for name in book.named_cells}}
    }
    for name, rows in book.tables.items():
        columns = {
            column.key: [Error("#N/A") if cell is NOT_AVAILABLE else cell for cell in cells]
            for column in rows.table.columns
            for cells in [values.column(name, column.key)]
        }
        keys = columns[rows.table.columns[0].key]
        found[name] = {key: {c: cells[n] for c, cells in columns.items()} for n, key in enumerate(keys)}
    return found


def standing(book: Book, data: bytes) -> Cells:
    """What stands in a workbook's file that is laid out as the book; rows are found by the key that stands in them."""
    layout, at = Layout(book), {(c.sheet, *row_and_column(c.ref)): c.value for c in cells(data)}
    facts = {name: at.get((sheet, row + 1, col + 1)) for name, (sheet, row, col) in layout.facts.items()}
    found: dict[str, dict[Any, dict[str, Any]]] = {"facts": {"": facts}}
    for name, place in layout.tables.items():
        key = book.tables[name].table.columns[0].key
        rows = [
            {column: at.get((place.sheet, row + 1, col + 1)) for column, col in place.columns.items()}
            for row in range(place.first, place.first + len(book.tables[name].rows))
        ]
        found[name] = {row[key]: row for row in rows}
    return found


ADDRESSES = frozenset(["at"])
"""Hidden columns that hold the number of a row: after a sort it is another one, as it must be."""


def unlike(expected: Cells, found: Cells, ignoring: Iterable[str] = ()) -> list[str]:
    """Every cell in which two readings differ."""
    ignored = set(ignoring)
    told = [f"{table}: rows {sorted(map(str, expected[table].keys() ^ found[table].keys()))}" for table in expected
            if expected[table].keys() != found[table].keys()]  # fmt: skip
    for table, rows in expected.items():
        for key, row in rows.items():
            for column, value in row.items():
                there = found[table].get(key, {}).get(column)
                if column.partition("@")[0] not in ignored and not same(value, there):
                    told.append(f"{table} {key} {column}: {value!r} expected, {there!r} found")
    return told


def changed(before: Cells, after: Cells) -> set[tuple[str, str]]:
    """The (table, column) pairs in which something changed."""
    return {
        (table, column)
        for table, rows in before.items()
        for key, row in rows.items()
        for column, value in row.items()
        if not same(value, after[table][key][column])
    }


def prove(data: bytes) -> None:
    """Fail unless the quick engines find what is cached and the lint finds nothing."""
    require("formualizer")
    require("ironcalc")
    if not any(re.search("_x[0-9a-fA-F]{4}_", text) for text in opened(data).strings):  # formualizer refuses these
        assert [str(each) for each in formualizer_differences(data)] == []
    assert [str(each) for each in ironcalc_differences(data)] == []
    assert lint(data) == []


def visible(data: bytes) -> Sequence[tuple[str, str, Any]]:
    """(tab, cell, value) of every cell that is shown: neither its tab nor its row nor its column is hidden."""
    file, found = opened(data), []
    for sheet in file.sheets:
        if sheet.state != "visible":
            continue
        rest = file.rest(sheet)
        columns = {
            n
            for item in rest.iterfind("{*}cols/{*}col")
            if item.get("hidden") == "1"
            for n in range(int(item.attrib["min"]), int(item.attrib["max"]) + 1)
        }
        rows = {int(r.attrib["r"]) for r in rest.iterfind("{*}sheetData/{*}row") if r.get("hidden") == "1"}
        for cell in file.cells(sheet):
            row, column = row_and_column(cell.ref)
            if row not in rows and column not in columns:
                found.append((sheet.name, cell.ref, cell.value))
    return found
