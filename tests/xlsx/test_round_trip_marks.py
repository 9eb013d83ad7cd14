"""The marks by which a returned workbook is understood: ids, names, identity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from growthsheet.sheets.books import person_book
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import computed, person, person_workbook, roster, small_catalog, team_workbook, where
from tests.proof.engines import require
from tests.proof.parts import Book as File
from tests.proof.parts import cells, row_and_column
from tests.proof.sorting import libreoffice_edit

BOOKS = pytest.mark.parametrize("book", [person_workbook, team_workbook], ids=["person", "team"], indirect=True)


def names(data: bytes) -> dict[str, tuple[str, str]]:
    """Each defined name of ours: the tab and the range, without $ signs."""
    found = {}
    for item in File(data).workbook.iterfind("{*}definedNames/{*}definedName"):
        name, text = item.attrib["name"], item.text or ""
        if name.startswith("gs_"):
            sheet, _, cell = text.rpartition("!")
            found[name] = (sheet.strip("$").strip("'").replace("''", "'"), cell.replace("$", ""))
    return found


def named_values(data: bytes) -> Mapping[str, list[Any]]:
    """What stands in the cells of each defined name, from top to bottom."""
    at = {(cell.sheet, *row_and_column(cell.ref)): cell.value for cell in cells(data)}
    found = {}
    for name, (sheet, area) in names(data).items():
        left, top, right, bottom = range_boundaries(area)
        assert left == right, f"{name} is one column"
        found[name] = [at.get((sheet, row, left)) or None for row in range(top, bottom + 1)]
    return found


def wanted_names(book: Book) -> dict[str, list[Any]]:
    """The name of each column to fill in, of the ids and of the names in such a table, with what stands there."""
    found: dict[str, list[Any]] = {}
    values = computed(book)
    for table, rows in book.tables.items():
        filled_in = any(column.role == "input" for column in rows.table.columns)
        for n, column in enumerate(rows.table.columns):
            named = filled_in and column.role == "data" and column.style in ("name", "activity", "who")
            if n == 0 or column.role == "input" or named:
                same = rows.table.all_of(column.name)
                number = f"_{same.index(column.key) + 1}" if column.of else ""
                shown = rows.rows if table.startswith("written_") else values[table].values()  # spare rows have no key
                column_values = [row.get(column.key) for row in shown]
                found[f"gs_col_{table}_{column.name}{number}"] = [value or None for value in column_values]
    for fact in book.named_cells.values():
        if fact.role == "input":
            found[f"gs_cell_{fact.name}"] = [fact.value or None]
    return found


@BOOKS
def test_every_input_has_a_name(book: Book) -> None:
    """Each column to fill in, each column of ids and each single cell to fill in has a name that covers just it."""
    assert named_values(to_bytes(book)) == wanted_names(book)


@pytest.mark.slow
@pytest.mark.engines
@BOOKS
def test_names_follow_what_people_do(book: Book) -> None:
    """After rows and columns were inserted and tabs renamed in LibreOffice, each name still covers what it covered."""
    require("libreoffice")
    tabs = [sheet.name for sheet in book.sheets if not sheet.hidden and sheet.main]
    edits: list[dict[str, Any]] = []
    for number, tab in enumerate(tabs):
        edits += [{"insert_rows": [tab, 2, 3]}, {"insert_columns": [tab, "B", 1]}, {"insert_columns": [tab, "E", 2]}]
        edits += [{"rename": [tab, f"My {number}'s tab"]}]
    data = libreoffice_edit(to_bytes(book), edits)
    assert named_values(data) == wanted_names(book)
    assert {sheet for sheet, _ in names(data).values()} >= {f"My {number}'s tab" for number in range(2)}


@pytest.mark.slow
@pytest.mark.engines
def test_names_grow_with_the_table() -> None:
    """A row that is inserted into the budget lines lies within the names of its columns."""
    require("libreoffice")
    sheet, cell = where(person_workbook(), "lines", "k:l2", "title")
    row = row_and_column(cell)[0]
    before = names(to_bytes(person_workbook()))["gs_col_lines_title"][1]
    after = names(libreoffice_edit(to_bytes(person_workbook()), [{"insert_rows": [sheet, row, 2]}]))[
        "gs_col_lines_title"
    ][1]
    assert range_boundaries(after)[3] == range_boundaries(before)[3] + 2


@pytest.mark.slow
@BOOKS
def test_identity_is_written_three_times(book: Book) -> None:
    """Who the file is about stands in the properties, on the tab _growthsheet, and in a line for everybody to see."""
    read = openpyxl.load_workbook(BytesIO(to_bytes(book)))
    identity = dict(book.identity)
    properties = {prop.name: prop.value for prop in read.custom_doc_props.props}
    assert properties == {f"growthsheet_{key}": value for key, value in identity.items()}
    tab = read["_growthsheet"]
    assert tab.sheet_state != "visible"
    assert [(row[0].value, row[1].value) for row in tab.iter_rows(max_col=2)] == list(identity.items())
    shown = [str(cell.value) for row in read["Guide"].iter_rows() for cell in row if cell.value]
    assert any(all(identity[key] in line for key in ("id", "cycle", "catalog", "as_of")) for line in shown)


@pytest.mark.slow
def test_identity_of_odd_ids() -> None:
    """Ids that look like numbers, formulas or errors stay the texts that they are."""
    for id in ("007", "2026-01-01", "=1", "#N/A", "TRUE", "x" * 100):
        book = person_book(roster([person(id)]).person(id).view)
        read = openpyxl.load_workbook(BytesIO(to_bytes(book)))
        assert {p.name: p.value for p in read.custom_doc_props.props}["growthsheet_id"] == id
        assert read["_growthsheet"]["B2"].value == id


@BOOKS
def test_ids_stand_in_a_hidden_first_column(book: Book) -> None:
    """Column A is hidden on each tab with a table, and holds each row's id once."""
    file, layout = File(to_bytes(book)), Layout(book)
    hidden = {
        sheet.name
        for sheet in file.sheets
        for item in file.rest(sheet).iterfind("{*}cols/{*}col")
        if item.get("hidden") == "1" and item.attrib["min"] == "1"
    }
    for name, rows in book.tables.items():
        if layout.tables[name].sheet != "Lists":
            ids = rows.table.columns[0]  # calculated where rows are ordered by a formula
            keys = [row[ids.key] for row in rows.rows if ids.role != "calculated"]
            at = layout.tables[name].columns[ids.key]
            assert rows.beside or at == 0  # the ids of a table beside another one are hidden on its right
            assert layout.tables[name].sheet in hidden
            assert all(re.match(r"[a-z]:", key) for key in keys)
            assert len({key.casefold() for key in keys}) == len(keys)


def test_rows_of_reviews_name_person_and_activity() -> None:
    """The key of a review is made of the ids of the person and the activity; their names stand beside."""
    people = {"A": "Ana Ruiz", "B": "Bo Lee", "C": "Cy Kim", "D": "Di Woo"}
    names = {activity.id: activity.name for activity in small_catalog().activities}
    rows = {row["key"]: (row["person"], row["activity"]) for row in team_workbook().tables["reviews"].rows}
    assert len(rows) == len(team_workbook().tables["reviews"].rows) == 19
    for key, called in rows.items():
        _, id, activity = key.split(":")
        assert called == (people[id], names[activity])


def test_spare_rows_have_ids() -> None:
    """Rows that people may fill in are born with ids of their own, whatever ids are taken already."""
    for book in (person_workbook(), team_workbook()):
        for table in ("items", "lines"):
            if table in book.tables:
                keys = [row["key"] for row in book.tables[table].rows]
                asked = [c.key for c in book.tables[table].table.columns if c.role == "input"]
                spare = [row for row in book.tables[table].rows if not any(row.get(name) for name in asked)]
                assert len(spare) >= 4
                assert len(set(keys)) == len(keys)
