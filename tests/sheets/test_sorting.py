"""A person at work in LibreOffice: what is typed moves what Python says it moves; sorting moves nothing but rows."""

from __future__ import annotations

from typing import Any

import pytest
from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from growthsheet.model import Answers
from growthsheet.sheets.books import person_book, team_book
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import (
    ADDRESSES,
    changed,
    computed,
    family,
    item,
    line,
    person,
    person_workbook,
    rating,
    returning_person_workbook,
    returning_team_workbook,
    roster,
    said,
    standing,
    team_workbook,
    this_cycle,
    typed,
    unlike,
    where,
    where_fact,
    written,
)
from tests.proof.engines import require
from tests.proof.parts import opened
from tests.proof.sorting import Edit, libreoffice_edit

pytestmark = pytest.mark.engines


@pytest.fixture(autouse=True)
def _office() -> None:
    """Each of these tests works in LibreOffice."""
    require("libreoffice")


Inputs = dict[tuple[str, str, str], Any]
"""(table, key of the row, column), or ("", "", single cell): what somebody types."""


def edits(book: Book, inputs: Inputs) -> list[Edit]:
    """What a person does to type these inputs."""
    found = []
    for (table, key, column), value in inputs.items():
        sheet, cell = where(book, table, key, column) if table else where_fact(book, column)
        found.append({"set": [sheet, cell, value]})
    return found


def with_inputs(book: Book, inputs: Inputs) -> Book:
    """The book as Python has it when these inputs are there from the start."""
    numbered = {}
    for (table, key, column), value in inputs.items():
        rows = book.tables[table] if table else None
        keys = [row[rows.table.columns[0].key] for row in rows.rows] if rows else [key]
        numbered[table, keys.index(key), column] = value
    return typed(book, numbered)


def moves(book: Book, inputs: Inputs) -> set[tuple[str, str]]:
    """What moves in LibreOffice when somebody types; every cell must show what Python computes for the same input."""
    after = libreoffice_edit(written(book), edits(book, inputs))
    wanted = computed(with_inputs(book, inputs))
    assert unlike(wanted, standing(book, after)) == []
    return changed(computed(book), wanted)


@pytest.mark.slow
def test_what_is_typed_moves_the_person_book() -> None:
    """A skill that is typed moves gap, priority, rank, route, the plan's top list, readiness, and the money's ties.

    Items and budget lines in spare rows move states, open items, committed, spent and available.
    """
    moved = moves(
        person_workbook(),
        {
            ("assessment", "k:pricing", "skill"): 2,
            ("assessment", "k:pricing", "experience"): 3,
            ("assessment", "k:launch", "skill"): 0,
            ("assessment", "k:data", "skill"): "n/a",
            ("assessment", "k:talks", "skill"): 2.5,
            ("assessment", "k:talks", "interest"): "3",
            ("items", "k:1", "activity"): "Usage data",
            ("items", "k:1", "due"): 46_100,
            ("items", "k:i1", "status"): "Done",
            ("lines", "k:new-1", "activity"): "Roadmap",
            ("lines", "k:new-1", "category"): "Coaching",
            ("lines", "k:new-1", "status"): "Booked",
            ("lines", "k:new-1", "estimate"): 4000.555,
            ("lines", "k:l3", "status"): "Spent",
            ("lines", "k:l1", "actual"): None,
        },
    )
    columns = ("used", "gap", "priority", "rank", "route", "rating_check", "interest_or_default")
    assessed = {("assessment", column) for column in columns}
    listed = {("top", "activity"), ("top", "gap"), ("top", "route"), ("items", "gap"), ("lines", "tied")}
    names = ("readiness", "rated_count", "off_scale_warning", "committed", "spent", "planned", "available")
    facts = {("facts", name) for name in (*names, "budget_state")}
    planned = {("items", "state"), ("items", "route"), ("by_category", "committed"), ("funded", "money_for")}
    assert moved >= assessed | listed | facts | planned


@pytest.mark.slow
def test_a_rating_moves_the_progress() -> None:
    """A skill that is typed moves its row of Now and Change, the last line of the cycles, and the chart's point."""
    moved = moves(
        returning_person_workbook(),
        {("assessment", "k:talks", "skill"): 4, ("assessment", "k:roadmap", "skill"): "n/a"},
    )
    assert moved >= {
        ("progress", "now"),
        ("progress", "change"),
        ("by_cycle", "readiness_of_cycle"),
        ("by_cycle", "met_of_cycle"),
        ("by_cycle", "plot"),
        ("facts", "higher"),
    }
    assert not [column for _, column in moved if column.startswith("then") or column.endswith("_then")]


@pytest.mark.slow
def test_what_is_typed_moves_the_team_book() -> None:
    """An agreed rating moves gap map, coverage and overview; the manager's own moves the difference only.

    The rate cell changes everybody's allocation; a line changes what is committed and available.
    """
    rate: Inputs = {("", "", "rate"): 0.05, ("", "", "cap"): 4000, ("lines", "k:new-1", "estimate"): 700}
    rate |= {("lines", "k:new-1", "person"): "Bo Lee", ("lines", "k:new-1", "status"): "Approved"}
    moved = moves(
        team_workbook(),
        {
            ("reviews", "k:A:talks", "agreed"): 3,
            ("reviews", "k:A:pricing", "agreed"): 4,
            ("reviews", "k:B:pricing", "agreed"): 0,
            ("reviews", "k:B:roadmap", "agreed"): "n/a",
            ("reviews", "k:A:data", "agreed"): 7,
            ("reviews", "k:A:talks", "manager"): 0,
            **rate,
        },
    )
    assert moved >= {
        ("matrix", "used@p0001"),
        ("gap_map", "gap@p0001"),
        ("gap_map", "gap@p0002"),
        ("gap_map", "people_short"),
        ("coverage", "covered"),
        ("coverage", "team_level"),
        ("coverage", "flag"),
        ("people", "readiness"),
        ("people", "gap_count"),
        ("people", "largest_gap"),
        ("top_gaps", "activity"),
        ("by_flag", "flags_counted"),
        ("budgets", "allocation"),
        ("budgets", "available"),
        ("totals", "allocation"),
    }
    mine = with_inputs(team_workbook(), {("reviews", "k:A:talks", "manager"): 0})
    assert changed(computed(team_workbook()), computed(mine)) == {("reviews", "manager"), ("reviews", "difference")}
    before, after = computed(team_workbook())["budgets"], computed(with_inputs(team_workbook(), rate))["budgets"]
    paid = [key for key, row in before.items() if row["base"] is not None]
    assert all(before[key]["allocation"] != after[key]["allocation"] for key in paid)
    assert len(paid) == 4
    assert after["k:B"]["committed"] == 700


# -- sorting ---------------------------------------------------------------------------------------------------------


def filtered(book: Book, data: bytes, table: str) -> tuple[str, str]:
    """The tab of a table, and the range that its filter buttons sort: hidden columns, too."""
    sheet = Layout(book).tables[table].sheet
    file = opened(data)
    rest = file.rest(next(each for each in file.sheets if each.name == sheet))
    found = rest.find("{*}autoFilter")
    assert found is not None
    return sheet, found.attrib["ref"]


def whole(book: Book, table: str) -> tuple[str, str]:
    """The tab of a table, and the range of it from the hidden ids to the last hidden column."""
    place = Layout(book).tables[table]
    last = xl_col_to_name(max(place.columns.values()))
    return place.sheet, f"A{place.header + 1}:{last}{place.last + 1}"


def column_in(book: Book, table: str, column: str, ref: str) -> int:
    """Which column of a range a table's column is."""
    return Layout(book).tables[table].columns[column] - xl_cell_to_rowcol(ref.partition(":")[0])[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("book", "sorts"),
    [
        (
            returning_person_workbook,
            [("assessment", "activity", True), ("progress", "change", False), ("lines", "title", False)],
        ),
        (team_workbook, [("reviews", "activity", True), ("lines", "estimate", False)]),
        (returning_team_workbook, [("reviews", "activity", True)]),
    ],
    ids=["person", "team", "returning team"],
    indirect=["book"],
)
def test_sorting_moves_nothing_but_rows(book: Book, sorts: list[tuple[str, str, bool]]) -> None:
    """Tables that are sorted, with or without filter buttons, leave every number of every tab with its row."""
    data, edits = written(book), []
    for table, by, up in sorts:
        sheet, ref = whole(book, table)
        edits.append({"sort": [sheet, ref, column_in(book, table, by, ref), up, True]})
    found = standing(book, libreoffice_edit(data, edits))
    for table, _, _ in sorts:
        assert list(found[table]) != list(computed(book)[table]), "the sort changed nothing: it proves nothing"
    assert unlike(computed(book), found, ignoring=ADDRESSES) == []


def test_filter_covers_the_whole_table() -> None:
    """A table's filter reaches from the hidden ids to the last hidden column, so all is sorted along."""
    for book, table in ((person_workbook(), "assessment"), (team_workbook(), "reviews")):
        assert filtered(book, written(book), table) == whole(book, table)


@pytest.mark.slow
def test_sorting_and_typing_together() -> None:
    """What is typed into a sorted assessment counts for the activity beside which it was typed."""
    data = written(person_workbook())
    sheet, ref = filtered(person_workbook(), data, "assessment")
    place, rows = Layout(person_workbook()).tables["assessment"], person_workbook().tables["assessment"].rows
    order = sorted(rows, key=lambda row: -row["order"])
    at = place.first + 1 + next(n for n, row in enumerate(order) if row["key"] == "k:roadmap")
    sort = {"sort": [sheet, ref, column_in(person_workbook(), "assessment", "order", ref), False, True]}
    typing = {"set": [sheet, f"{xl_col_to_name(place.columns['skill'])}{at}", 0]}
    after = standing(person_workbook(), libreoffice_edit(data, [sort, typing]))
    assert list(after["assessment"]) == [row["key"] for row in order]
    wanted = computed(with_inputs(person_workbook(), {("assessment", "k:roadmap", "skill"): 0}))
    assert unlike(wanted, after, ignoring=ADDRESSES) == []


@pytest.mark.slow
def test_same_as_built_with_the_answer() -> None:
    """A workbook in which a rating was typed shows what the workbook shows that is built with that rating."""
    answered = said().model_copy(update={"ratings": (*said().ratings, rating("B", "data", 0, 1, 3))})
    book, rebuilt = (team_book(family(answers).team("M").view) for answers in (said(), answered))
    assert changed(computed(book), computed(rebuilt)) >= {("gap_map", "gap@p0002"), ("coverage", "rated_people")}
    blank = person_book(roster([person("A")], answers=Answers(cycles=(this_cycle(),))).person("A").view)
    full = Answers(
        cycles=(this_cycle(),),
        ratings=[rating("A", "pricing", 1, 2, 3)],
        plan_items=[item("A", "pricing", id="1", action="Ask")],
        budget_items=[line("new-1", person="A", activity="pricing", estimate=5)],
    )
    inputs: Inputs = {
        ("assessment", "k:pricing", "skill"): 1,
        ("assessment", "k:pricing", "experience"): 2,
        ("assessment", "k:pricing", "interest"): 3,
        ("items", "k:1", "activity"): "Pricing",
        ("items", "k:1", "action"): "Ask",
        ("items", "k:1", "status"): "Open",
        ("lines", "k:new-1", "title"): "Line new-1",
        ("lines", "k:new-1", "activity"): "Pricing",
        ("lines", "k:new-1", "category"): "Training",
        ("lines", "k:new-1", "status"): "Planned",
        ("lines", "k:new-1", "estimate"): 5,
    }
    after = standing(blank, libreoffice_edit(to_bytes(blank), edits(blank, inputs)))
    built = computed(person_book(roster([person("A")], answers=full).person("A").view))
    extra = {"lines": "k:new-13"}  # the rebuilt one has a spare line more
    different = [told for told in unlike(built, after) if not told.startswith("written_")]  # what it was written with
    assert [told for told in different if not any(key in told for key in extra.values())] == []
