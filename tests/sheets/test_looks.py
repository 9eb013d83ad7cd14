"""How a workbook presents itself: panes, print set-up, drop-downs, colours, and what is blank."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from examples.gallery import company
from growthsheet.model import Answers, Catalog, Cycle, code_words
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.sheets.person.career import PATHS
from growthsheet.sources.translations.load import load_language
from growthsheet.tasks.demo import sample
from growthsheet.views.team import TeamView
from growthsheet.workbook import styles as theme
from growthsheet.workbook.blocks import Book, Cards, Charts, Paragraphs, Sheet
from growthsheet.workbook.tables import TableData, data_column, keyed_table, named_value
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.text_size import is_turned, shown_columns, text_height, width
from growthsheet.xlsx.writer.write import to_bytes
from tests.edges import books
from tests.making import (
    AS_OF,
    builtin,
    computed,
    family,
    item,
    large,
    person,
    person_workbook,
    rating,
    returning_person_workbook,
    returning_team_workbook,
    roster,
    said,
    salary,
    small_catalog,
    team_workbook,
    this_cycle,
    visible,
    written,
)
from tests.proof.parts import Book as File
from tests.proof.parts import Error, opened, row_and_column
from tests.proof.parts import Sheet as Part


@cache
def organization_workbook() -> Book:
    """The workbook of a large organization."""
    return organization_book(large().organization().view)


BOOKS = pytest.mark.parametrize(
    "book",
    [person_workbook, team_workbook, organization_workbook],
    ids=["person", "team", "organization"],
    indirect=True,
)


def tabs(book: Book) -> list[tuple[File, Part]]:
    """The tabs that are shown."""
    file = opened(written(book))
    return [(file, sheet) for sheet in file.sheets if sheet.state == "visible"]


def sample_team(language: str) -> TeamView:
    """The sample's first team, in a language."""
    made = sample().with_options(language=language)
    return made.team(made.managers[0].id).view


@BOOKS
def test_every_tab_is_ready_to_print(book: Book) -> None:
    """Each tab prints on A4, as wide as a page, its name below, headers repeated, hidden columns left out."""
    for file, sheet in tabs(book):
        rest = file.rest(sheet)
        setup = rest.find("{*}pageSetup")
        assert setup is not None
        assert setup.attrib["paperSize"] == "9"
        assert setup.get("fitToWidth", "1") == "1"
        assert rest.find("{*}sheetPr/{*}pageSetUpPr").attrib["fitToPage"] == "1"
        assert "&A" in rest.findtext("{*}headerFooter/{*}oddFooter")
        names = {
            item.attrib["name"]: item.text
            for item in file.workbook.iterfind("{*}definedNames/{*}definedName")
            if item.get("localSheetId") == str(file.sheets.index(sheet))
        }
        repeated = names.get("_xlnm.Print_Titles", "").rpartition("!$")[2].partition(":")[0]
        assert headers_from(book, sheet.name, int(repeated or 1)) == 1, f"{sheet.name}: a header above other columns"
        if "_xlnm.Print_Area" in names:
            last = row_and_column(names["_xlnm.Print_Area"].rpartition(":")[2].replace("$", ""))[1]
            unseen = [int(c.attrib["min"]) for c in rest.iterfind("{*}cols/{*}col") if c.get("hidden") == "1"]
            assert all(column == 1 or column > last for column in unseen)


def headers_from(book: Book, tab: str, row: int) -> int:
    """How many different headers the tables of a tab have from a row on; a tab without tables counts as one."""
    sheet, places = next(each for each in book.sheets if each.name == tab), Layout(book).tables
    tables = [block.table for block in sheet.blocks if isinstance(block, TableData) and not block.hidden]
    below: dict[int, tuple[str, ...]] = {}  # tables side by side share a header row
    for table in tables:
        if (at := places[table.name].header) + 1 >= row:
            below[at] = (*below.get(at, ()), *(column.header for column in shown_columns(table)))
    return len(set(below.values())) if tables else 1


@pytest.mark.slow
def test_what_stays_in_sight_leaves_room_to_scroll() -> None:
    """Headers stay in sight above their own columns only, and never so many rows that a small screen is full."""
    organization = company().organization().book()
    for book in (person_workbook(), team_workbook(), organization_workbook(), organization):
        for file, sheet in tabs(book):
            pane = file.rest(sheet).find("{*}sheetViews/{*}sheetView/{*}pane")
            if pane is not None and pane.get("ySplit"):
                assert int(pane.attrib["ySplit"]) <= 16
                assert headers_from(book, sheet.name, int(pane.attrib["ySplit"])) == 1, sheet.name


@pytest.mark.parametrize(
    "book",
    [person_workbook, returning_person_workbook, team_workbook, returning_team_workbook, organization_workbook],
    ids=["person", "returning", "team", "team, returning", "organization"],
    indirect=True,
)
def test_no_chart_is_cut(book: Book) -> None:
    """Each chart stands within what is printed, has a title and alt text, and hides no cell that holds anything."""
    charts = 0
    for file, sheet in tabs(book):
        for drawing in (r.target for r in file.relations(sheet.part).values() if r.kind == "drawing"):
            printed = next(
                item.text
                for item in file.workbook.iterfind("{*}definedNames/{*}definedName")
                if item.attrib["name"] == "_xlnm.Print_Area"
                and item.attrib["localSheetId"] == str(file.sheets.index(sheet))
            )
            bottom, right = row_and_column(printed.rpartition(":")[2].replace("$", ""))
            held = {row_and_column(cell.ref) for cell in file.cells(sheet) if cell.value not in (None, "")}
            for anchor in file.xml(drawing):
                charts += 1
                assert re.search(r"^[^.]+\. A .*(percent|how many)", anchor.find(".//{*}cNvPr").get("descr"))
                (top, left), (last, end) = (
                    [int(anchor.findtext(f"{{*}}{corner}/{{*}}{way}")) + 1 for way in ("row", "col")]
                    for corner in ("from", "to")
                )
                assert last <= bottom, f"{sheet.name}: cut below"
                assert end <= right, f"{sheet.name}: cut on the right"
                shown = {(row, col) for row, col in held if top <= row <= last and left <= col <= end}
                assert not shown, f"{sheet.name}: hides {sorted(shown)[:3]}"
    titled = [file.xml(part).find("{*}chart/{*}title") for part in file.matching(r"xl/charts/chart\d+\.xml")]
    assert charts == len(titled)
    assert charts > 0 or book is person_workbook()  # its first cycle has bars in cells only
    assert None not in titled


@BOOKS
def test_tabs_have_colours_and_titles(book: Book) -> None:
    """Each tab has a colour of the theme, a title in B1 and a sentence below it; grid lines are off."""
    colours = set(theme.TAB_COLOURS.values())
    for file, sheet in tabs(book):
        rest = file.rest(sheet)
        assert rest.find("{*}sheetPr/{*}tabColor").attrib["rgb"][-6:] in colours
        assert rest.find("{*}sheetViews/{*}sheetView").get("showGridLines") == "0"
        at = {cell.ref: cell.value for cell in file.cells(sheet)}
        assert at["B1"]
        assert at["B2"]
    assert len({sheet.colour for sheet in book.sheets}) >= 4


@BOOKS
def test_the_cursor_waits_where_something_is_typed(book: Book) -> None:
    """Each tab opens with the cursor in its first input cell, else in its title; no header has a red triangle."""
    layout = Layout(book)
    for sheet in (each for each in book.sheets if not each.hidden):
        file = File(to_bytes(book))
        part = next(each for each in file.sheets if each.name == sheet.name)
        *_, selection = file.rest(part).iterfind("{*}sheetViews/{*}sheetView/{*}selection")
        asked = {
            (place.first + 1, place.columns[column.key] + 1)
            for block in sheet.blocks
            if isinstance(block, TableData)
            for place in [layout.tables[block.table.name]]
            for column in block.table.columns
            if column.role == "input"
        }
        asked |= {
            (layout.facts[name][1] + 1, layout.facts[name][2] + 1)
            for name, fact in book.named_cells.items()
            if fact.role == "input" and layout.facts[name][0] == sheet.name
        }
        assert row_and_column(selection.attrib["activeCell"]) == min(asked, default=(1, 2)), sheet.name
    assert not File(to_bytes(book)).matching(r"xl/comments.*")


def test_cards() -> None:
    """A card stands in each of the widest columns: its label, its figure, and its bar, which shows no number."""
    table = keyed_table(
        "t", data_column("a", "A", "name"), data_column("b", "B", "rank"), data_column("c", "C", "long")
    )
    bar = named_value("bar", "", 0.25, "percent")
    cards = Cards(
        (named_value("one", "First", 0.25, "percent"), named_value("two", "Second", 7, "whole")), {"one": bar}
    )
    book = Book("demo", "Demo", (Sheet("Tab", "Two.", (cards, TableData(table, [{"key": "k:1"}]))),), {"id": "1"})
    file = File(to_bytes(book))
    at = {cell.ref: cell.value for cell in file.cells(file.sheets[0])}
    assert [at.get(ref) for ref in ("B5", "B6", "B7", "D5", "D6", "D7")] == ["First", 0.25, 0.25, "Second", 7, None]
    [rule] = file.rest(file.sheets[0]).iterfind("{*}conditionalFormatting/{*}cfRule")
    assert (rule.attrib["type"], rule.find("{*}dataBar").attrib["showValue"]) == ("dataBar", "0")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("book", "table"),
    [
        (person_workbook, "assessment"),
        (team_workbook, "reviews"),
        (team_workbook, "matrix"),
        (team_workbook, "gap_map"),
        (team_workbook, "coverage"),
    ],
    indirect=["book"],
)
def test_headers_stay_in_sight(book: Book, table: str) -> None:
    """Header, ids, area and activity of the long tables stay in sight, and leave room to scroll."""
    place = Layout(book).tables[table]
    file, sheet = next((f, s) for f, s in tabs(book) if s.name == place.sheet)
    pane = file.rest(sheet).find("{*}sheetViews/{*}sheetView/{*}pane")
    assert pane.attrib["state"] == "frozen"
    assert row_and_column(pane.attrib["topLeftCell"]) == (place.first + 1, place.columns["activity"] + 2)
    assert place.first <= 14


def test_names_above_maps_stand_upright() -> None:
    """Above the narrow columns of maps, each name is turned by 90 degrees, in a header as high as it is long."""
    for table in ("matrix", "gap_map", "interest_map"):
        place, block = Layout(team_workbook()).tables[table], team_workbook().tables[table].table
        file, sheet = next((f, s) for f, s in tabs(team_workbook()) if s.name == place.sheet)
        looks = list(file.xml("xl/styles.xml").iterfind("{*}cellXfs/{*}xf"))
        at = {row_and_column(cell.ref): cell for cell in file.cells(sheet)}
        for column in (each for each in shown_columns(block) if each.of):
            cell = at[place.header + 1, place.columns[column.key] + 1]
            assert looks[int(cell.style)].find("{*}alignment").get("textRotation") == "90"
            assert sheet_height(file, sheet, place.header + 1) >= width(column.header) * 5.25 * 9 / 11


def test_numbers_above_columns_are_not_turned() -> None:
    """On the Dashboard, the points of interest are upright above the columns of Skill against interest."""
    block = person_workbook().tables["grid"].table
    assert [is_turned(column) for column in shown_columns(block)] == [False] * len(shown_columns(block))


def test_each_page_of_a_wide_tab_has_its_title() -> None:
    """A tab that is several pages wide has its name and its purpose in the page's header."""
    file, sheet = next((f, s) for f, s in tabs(sample().organization().book()) if s.name == "People x activities")
    rest, areas = file.rest(sheet), file.workbook.iterfind("{*}definedNames/{*}definedName")
    (area,) = (a.text for a in areas if a.get("name") == "_xlnm.Print_Area" and sheet.name in a.text)
    assert rest.find("{*}pageSetup").get("fitToWidth") == "3"
    assert area.partition("!")[2].startswith("$A$5:")
    assert rest.findtext("{*}headerFooter/{*}oddHeader").startswith("&L&14&A\n&8 Everybody's skill in each activity")


def test_a_column_is_as_wide_as_the_longest_name() -> None:
    """Names of 40 letters are not cut on Responses and People x activities; longer ones may be."""
    for letters in (40, 60):
        people = [person("M", "N" * letters, "lead"), person("A", manager="M")]
        layout = Layout(roster(people).organization().book())
        for table in ("responses", "everybody"):
            place = layout.tables[table]
            assert min(width("N" * letters), 44) <= layout.widths[place.sheet][0] <= 44


@pytest.mark.parametrize(("table", "book"), [("top_gaps", team_book), ("org_top_gaps", organization_book)])
def test_gaps_on_overview_take_a_line_each(table: str, book: Callable[[Any], Book]) -> None:
    """The activities with the largest gaps take one line each where the longest name has 62 letters."""
    made = sample().team("E001") if table == "top_gaps" else sample().organization()
    drawn = book(made.view)
    place = Layout(drawn).tables[table]
    file, sheet = next((f, s) for f, s in tabs(drawn) if s.name == "Overview")
    assert {sheet_height(file, sheet, row + 1) < 22 for row in range(place.first, place.last + 1)} == {True}


def sheet_height(file: File, sheet: Sheet, row: int) -> float:
    """The height of a row in points."""
    rows = file.rest(sheet).iterfind("{*}sheetData/{*}row")
    return float(next(each.attrib["ht"] for each in rows if each.get("r") == str(row)))


@BOOKS
def test_inputs_say_what_they_want(book: Book) -> None:
    """Each drop-down and limit says what to do when it refuses; each column of choices, dates and money has one."""
    layout, covered = Layout(book), set()
    for file, sheet in tabs(book):
        for entry in file.rest(sheet).iterfind(".//{*}dataValidation"):
            if entry.get("type"):
                assert entry.get("errorStyle", "stop") == "stop"
                assert len(entry.get("error", "")) > 10
            for area in entry.attrib["sqref"].split():
                first, _, last = area.partition(":")
                (top, left), (bottom, _) = row_and_column(first), row_and_column(last or first)
                covered.update((sheet.name, row, left) for row in range(top, bottom + 1))
    for name, rows in book.tables.items():
        place = layout.tables[name]
        for column in rows.table.columns:
            style = theme.STYLES[column.style]
            if (
                column.role == "input"
                and not column.hidden
                and (column.choices or style.money or column.style == "date")
            ):
                cells = {
                    (place.sheet, row + 1, place.columns[column.key] + 1) for row in range(place.first, place.last)
                }
                assert cells <= covered, f"{name} {column.key}"


def test_each_level_is_explained_in_its_row() -> None:
    """What each level of an activity looks like stands in its row, and so follows it when rows are sorted."""
    book = person_book(roster([person("A", role="product-manager")], catalog=builtin()).person("A").view)
    for row in book.tables["assessment"].rows:
        anchors = builtin().activity_by_id[row["key"][2:]].anchors
        assert anchors == {int(key.partition("@")[2]): text for key, text in row.items() if key.startswith("anchor@")}
    place = Layout(book).tables["assessment"]
    levels = [col for key, col in place.columns.items() if key.startswith("anchor@")]
    file, sheet = next((f, s) for f, s in tabs(book) if s.name == "Assessment")
    grouped = [item for item in file.rest(sheet).iterfind("{*}cols/{*}col") if item.get("outlineLevel") == "1"]
    assert sum(int(item.attrib["max"]) - int(item.attrib["min"]) + 1 for item in grouped) == len(levels) + 1


def test_each_scale_is_explained_where_it_is_chosen() -> None:
    """Whoever selects a rating sees what each point means; the message is the same in all rows, so none is torn off."""
    place = Layout(person_workbook()).tables["assessment"]
    file, sheet = next((f, s) for f, s in tabs(person_workbook()) if s.name == "Assessment")
    prompts = {item.attrib["sqref"]: item.get("prompt") for item in file.rest(sheet).iterfind(".//{*}dataValidation")}
    for name in ("skill", "experience", "interest"):
        letter = chr(ord("A") + place.columns[name])
        wanted = [f"{point.value}: {point.label}, {point.anchor}" for point in small_catalog().scale(name).points]
        assert prompts[f"{letter}{place.first + 1}:{letter}{place.last + 1}"].split("\n") == wanted


SCREEN = 1300, 560
SMALL = 1275
"""The pixels for columns in a window of 1366 pixels, beside the numbers of the rows and the scroll bar."""
"""The pixels across and down that a spreadsheet program leaves for cells in a window of 1366 x 768."""


def sizes(file: File, sheet: Part) -> tuple[dict[int, int], dict[int, int]]:
    """The widths of columns and the heights of rows in pixels; those that are hidden take none."""
    rest = file.rest(sheet)
    columns = {
        number: 0 if item.get("hidden") == "1" else int(float(item.attrib["width"]) * 7 + 0.5)
        for item in rest.iterfind("{*}cols/{*}col")
        for number in range(int(item.attrib["min"]), int(item.attrib["max"]) + 1)
    }
    rows = {int(r.attrib["r"]): int(float(r.get("ht", 18)) * 4 / 3) for r in rest.iterfind("{*}sheetData/{*}row")}
    return columns, rows


@pytest.mark.parametrize("long", [False, True], ids=["built-in", "long names"])
def test_ten_activities_are_seen_with_their_gap(long: bool) -> None:
    """Ten activities, with all ratings, the gap and what to do, stand on the first screen below three frozen rows."""
    catalog = builtin()
    if long:
        lengthy = "In every case " * 20
        activities = [a.model_copy(update={"description": lengthy}) for a in catalog.activities]
        catalog = catalog.model_copy(update={"activities": tuple(activities)})
    book = person_book(roster([person("A", role="product-manager")], catalog=catalog).person("A").view)
    place = Layout(book).tables["assessment"]
    file, sheet = next((f, s) for f, s in tabs(book) if s.name == "Assessment")
    columns, rows = sizes(file, sheet)
    pane = file.rest(sheet).find("{*}sheetViews/{*}sheetView/{*}pane")
    assert pane.attrib["ySplit"] == "3"
    asked = [place.columns[name] + 1 for name in ("skill", "experience", "interest")]
    assert asked == list(range(asked[0], asked[0] + 3))  # digit, Tab, digit, Tab, digit, Enter
    seen = place.columns["route"] + 1
    assert sum(width for number, width in columns.items() if number <= seen) <= SCREEN[0]
    assert sum(rows[number] for number in range(1, place.first + 11)) <= SCREEN[1]


@BOOKS
def test_no_header_is_broken_in_mid_word(book: Book) -> None:
    """Each word of a header has room on its line, beside the button of a filter."""
    headers_fit(book)


def headers_fit(book: Book) -> None:
    """Each word of a book's headers has room on its line."""
    layout = Layout(book)
    for file, sheet in tabs(book):
        columns, _ = sizes(file, sheet)
        filtered = file.rest(sheet).find("{*}autoFilter") is not None
        for rows in book.tables.values():
            place = layout.tables[rows.table.name]
            for column in shown_columns(rows.table) if place.sheet == sheet.name else ():
                words = [] if column.of else book.translate(column.header).split()
                room = columns[place.columns[column.key] + 1] / 7 - (2 if filtered else 0)
                assert [word for word in words if len(word) * 0.98 > room] == [], f"{sheet.name}: {column.header}"


@pytest.mark.parametrize("ramp", theme.COLOR_SCALES)
def test_looks_exclude_one_another(ramp: str) -> None:
    """Of the looks of a cell at most one holds, and from the lowest to the highest number there is no hole."""
    rules = theme.COLOR_SCALES[ramp]
    codes = [rule.code for rule in rules if rule.code]
    assert len(set(codes)) == len(codes)
    bounds = sorted(
        (float("-inf") if rule.low is None else rule.low, float("inf") if rule.high is None else rule.high)
        for rule in rules
        if not rule.code
    )
    assert all(low < high for low, high in bounds)
    assert all(one[1] == other[0] for one, other in pairwise(bounds))
    assert not (codes and bounds)


@BOOKS
def test_conditional_looks_are_discrete(book: Book) -> None:
    """Conditional looks are formulas that stop the next ones, with fill and font together; no scales, no icons."""
    for file, sheet in tabs(book):
        looks = list(file.xml("xl/styles.xml").iterfind("{*}dxfs/{*}dxf"))
        for rule in file.rest(sheet).iterfind("{*}conditionalFormatting/{*}cfRule"):
            if rule.attrib["type"] == "dataBar":
                continue
            assert rule.attrib["type"] == "expression"
            assert rule.get("stopIfTrue") == "1"
            look = looks[int(rule.attrib["dxfId"])]
            assert look.find("{*}fill") is not None
            assert look.find("{*}font/{*}color") is not None
            text = rule.findtext("{*}formula")
            assert re.match(r'AND\(ISNUMBER\(|LEN\(|\$?[A-Z]+\d+="', text), text


def test_every_code_has_a_look() -> None:
    """Each flag, state and tie that has a colour is one that formulas give."""
    known = {"flag": code_words.FLAG_WORDS, "state": code_words.STATE_WORDS, "budget_link": code_words.LINK_WORDS}
    for ramp, words in known.items():
        assert {rule.code for rule in theme.COLOR_SCALES[ramp]} <= words.keys()


# -- blank, n/a and 0 ------------------------------------------------------------------------------------------------


def of(said: tuple[object, ...] | None, **options: object) -> tuple[Book, Book]:
    """The person's and the manager's workbook when everything is answered with this; None is no answer at all."""
    everything = [rating("A", a.id, *said) for a in small_catalog().current] if said is not None else []
    people = [person("A", manager="M"), person("M", role="lead")]
    made = roster(people, [salary("A", 100_000)], answers=Answers(ratings=everything), **options)
    return person_book(made.person("A").view), team_book(made.team("M").view)


def test_nothing_rated_shows_nothing() -> None:
    """A workbook in which nothing is rated shows blanks where numbers will be: no zeros, nothing red."""
    mine, team = of(None)
    found = computed(mine)
    for row in found["assessment"].values():
        assert {row[name] for name in ("gap", "priority", "rank", "route", "rating_check", "used")} == {None}
    assert [row["activity"] for row in found["dashboard_top"].values()] == [
        "Your priorities appear here once you have rated.", None, None, None, None,
    ]  # fmt: skip
    for row in found["top"].values():
        assert {row[name] for name in ("activity", "route", "gap", "meaning", "money", "planned", "priority")} == {None}
    facts = found["facts"][""]
    assert facts["readiness"] is None
    assert (facts["rated_count"], facts["not_applicable"], facts["completeness"]) == (0, 0, 0)
    assert {facts[name] for name in ("off_scale_warning", "too_many", "budget_state")} == {None}
    teams = computed(team)
    assert {v for row in teams["gap_map"].values() for name, v in row.items() if name.startswith("gap@")} == {None}
    for row in teams["gap_map"].values():
        assert row["people_short"] is None
    for row in teams["coverage"].values():
        assert {row[name] for name in ("covered", "working", "team_level", "flag")} == {None}
    for row in teams["people"].values():
        assert {row[name] for name in ("readiness", "gap_count", "largest_gap")} == {None}
    assert {row["activity"] for row in teams["top_gaps"].values()} == {None}


def test_blank_not_applicable_and_zero_differ() -> None:
    """Blank, n/a and 0 give three different answers in every place that counts them."""
    blank, none, zero = (computed(of(said)[0]) for said in ((None,) * 3, ("n/a",) * 3, (0, 0, 0)))
    names = ("rated_count", "not_applicable", "completeness")
    assert [tuple(each["facts"][""][name] for name in names) for each in (blank, none, zero)] == [
        (0, 0, 0),
        (0, 5, 1),
        (5, 0, 1),
    ]
    assert [each["assessment"]["k:pricing"]["gap"] for each in (blank, none, zero)] == [None, None, 2.5]
    assert [each["facts"][""]["readiness"] for each in (blank, none, zero)] == [None, None, 0]
    teams = [computed(of(said)[1]) for said in ((None,) * 3, ("n/a",) * 3, (0, 0, 0))]
    assert [each["coverage"]["k:pricing"]["covered"] for each in teams] == [None, None, 0]
    assert [each["coverage"]["k:pricing"]["flag_code"] for each in teams] == [None, None, "teamgap"]
    assert [each["people"]["k:A"]["rated_count"] for each in teams] == [0, 0, 5]


@pytest.mark.slow
@pytest.mark.parametrize("said", [None, ("n/a",) * 3, (0, 0, 0), (4, 4, 3), (7, 7, 7)], ids=str)
@pytest.mark.parametrize("blind", [False, True], ids=["open", "blind"])
def test_no_error_values(said: tuple[object, ...] | None, blind: bool) -> None:
    """No cell that is shown holds an error, whatever the ratings are."""
    for book in of(said, blind=blind):
        errors = [(tab, cell, value) for tab, cell, value in visible(to_bytes(book)) if isinstance(value, Error)]
        assert errors == []


def test_everything_rated() -> None:
    """A person who is an authority in everything is ready, has no gap, and nothing to put first."""
    mine, team = of((4, 4, 3))
    facts, found = computed(mine)["facts"][""], computed(team)
    assert facts["readiness"] == 1
    assert {row["activity"] for row in computed(mine)["top"].values()} == {None}
    assert {row["route"] for row in computed(mine)["assessment"].values() if row["gap"] is not None} == {
        "Mentor others"
    }
    assert found["people"]["k:A"]["gap_count"] == 0
    assert {row["people_short"] for row in found["gap_map"].values()} == {0}


def test_what_was_typed_is_shown() -> None:
    """A rating is shown as it was typed: 2.5 is not shown as 3, which would be a point of the scale."""
    for book, table in ((person_workbook(), "assessment"), (team_workbook(), "reviews")):
        place, file = Layout(book).tables[table], opened(written(book))
        styles = {(cell.sheet, *row_and_column(cell.ref)): cell.style for cell in file.cells()}
        for column in book.tables[table].table.columns:
            if column.role == "input" and column.choices:
                style = file.styles[styles[place.sheet, place.first + 1, place.columns[column.key] + 1]]
                assert style.number_format == "builtin 0", column.key


# -- options ---------------------------------------------------------------------------------------------------------


def test_blind_shows_nothing_of_the_target() -> None:
    """A blind workbook shows the same whatever the role expects, until something is rated; then that row tells."""
    roles = [
        {**role.model_dump(), "expected": {a: 1 if level == 2 else 4 - level for a, level in role.expected.items()}}
        for role in small_catalog().roles
    ]
    other = Catalog.model_validate(small_catalog().model_dump() | {"roles": roles})
    shown = []
    for catalog in (small_catalog(), other):
        made = roster([person("A", target_role="lead")], [salary("A", 100_000)], catalog=catalog, blind=True)
        shown.append(visible(made.person("A").to_bytes()))
    assert shown[0] == shown[1]
    answers = Answers(ratings=[rating("A", "pricing", 1, 1, 1)])
    book = person_book(roster([person("A")], answers=answers, blind=True).person("A").view)
    rows = computed(book)["assessment"]
    assert {key: row["expected"] for key, row in rows.items() if row["expected"] is not None} == {"k:pricing": 2.5}


@pytest.mark.slow
def test_a_new_cycle_starts_empty() -> None:
    """Nothing that was said in an earlier cycle stands in a cell to fill in, nor in a number; it is history, dated."""
    assert "Ten talks" in str(visible(to_bytes(person_book(family().person("A").view))))
    later = Cycle(id="2027", label="2027", date=date(2027, 3, 1))
    made = dataclasses.replace(family(), cycle=later).with_options(share=True)
    book = person_book(made.person("A").view)
    shown = str(visible(to_bytes(book)))
    assert "Ten talks" not in shown
    assert "Last time: Spring 2026, 2026-03-01." in shown
    for row in computed(book)["assessment"].values():
        names = ("skill", "experience", "interest", "evidence", "manager", "agreed", "used", "gap", "rank", "route")
        assert {row[name] for name in names} == {None}
    assert {key: row["last_time"] for key, row in computed(book)["assessment"].items()} == {
        "k:talks": 1,
        "k:pricing": 0,
        "k:data": 3,
        "k:roadmap": 1,  # the agreed one
        "k:launch": "n/a",
        "k:coaching": 1,
    }
    team = team_book(made.team("M").view)
    for row in computed(team)["reviews"].values():
        assert {row[name] for name in ("skill", "manager", "agreed", "note", "used", "gap")} == {None}
        assert row["last_cycle"] == (None if row["last_time"] is None else "Spring 2026, 2026-03-01")


def test_core_is_the_short_form() -> None:
    """A short round asks for the core of the role only, and is complete when that is rated."""
    made = family(core=True)
    book = person_book(made.person("A").view)
    assert [row["key"] for row in book.tables["assessment"].rows] == ["k:talks", "k:roadmap"]
    facts = computed(book)["facts"][""]
    assert (facts["rated_count"] + facts["not_applicable"], facts["expected_count"]) == (2, 2)
    assert facts["readiness"] is not None
    team = computed(team_book(made.team("M").view))
    assert list(team["matrix"]) == ["k:talks", "k:roadmap", "k:coaching"]
    # what was planned for other activities is not lost
    lines = [row["activity"] for row in book.tables["lines"].rows if row.get("activity")]
    assert lines == ["Pricing", "Usage data", "Customer talks"]


def test_share_shows_what_the_manager_said() -> None:
    """The manager's and the agreed ratings are in a person's file only when they are shared."""
    for shared in (False, True):
        book = person_book(family(share=shared).person("A").view)
        row = computed(book)["assessment"]["k:talks"]
        assert ("manager" in row) is shared
        assert computed(book)["assessment"]["k:roadmap"]["used"] == (1 if shared else 2)


def test_people_without_pay() -> None:
    """Who has no pay in the roster gets blanks, not an error and not zero."""
    facts = computed(person_book(family().person("D").view))["facts"][""]
    assert (facts["allocation"], facts["available"], facts["budget_state"]) == (None, None, None)
    row = computed(team_workbook())["budgets"]["k:D"]
    assert {row[name] for name in ("base", "proration", "allocation", "available", "budget_state")} == {None}


def test_the_agreed_rating_is_seen_to_count() -> None:
    """Where ratings are shared, the agreed one stands beside one's own, and the row says which of the two counts."""
    book = person_book(family(share=True).person("A").view)
    row = computed(book)["assessment"]["k:roadmap"]
    assert (row["skill"], row["agreed"], row["rating_that_counts"]) == (2, 1, "Agreed")
    assert computed(book)["assessment"]["k:talks"]["rating_that_counts"] == "Yours"
    shown = {value for tab, _, value in visible(to_bytes(book)) if tab == "Assessment"}
    assert {"Agreed", "Counts", "Yours"} <= shown
    assert "Agreed" in {column.header for column in shown_columns(book.tables["assessment"].table)}
    hidden = person_book(family().person("A").view).tables["assessment"].table
    assert "rating_that_counts" not in {column.name for column in hidden.columns}


def test_an_item_whose_activity_was_split_is_overdue() -> None:
    """A plan item stays one, and gets late, when its activity is not in the assessment any more."""
    for activity in ("faxes", "unknown"):
        answers = said().model_copy(update={"plan_items": (item("A", activity, id="i", action="Ask", due=AS_OF),)})
        made = dataclasses.replace(family(answers), as_of=date(2026, 3, 2))
        found = computed(person_book(made.person("A").view))
        assert (found["items"]["k:i"]["state_code"], found["facts"][""]["open_items"]) == ("overdue", 1)


# -- rows that grow ----------------------------------------------------------------------------------------------------


def fixed_rows(book: Book, table: str) -> set[bool]:
    """Whether the heights of a table's rows are fixed, in the file."""
    place, data = Layout(book).tables[table], to_bytes(book)
    part = next(sheet.part for sheet in File(data).sheets if sheet.name == place.sheet)
    with ZipFile(BytesIO(data)) as file:
        tags = dict(re.findall(r'<row r="(\d+)"([^>]*)>', file.read(part).decode()))
    rows = [tags[str(row + 1)] for row in range(place.first, place.last + 1)]
    assert [tag for tag in rows if ' ht="' not in tag] == []
    return {"customHeight" in tag for tag in rows}


def test_rows_grow_with_what_is_typed() -> None:
    """Rows into which people write texts grow with them; others do not."""
    person, team = family().person("A").book(), family().team("M").book()
    assert [fixed_rows(person, table) for table in ("items", "lines", "assessment", "top")] == [
        {False}, {False}, {False}, {True},
    ]  # fmt: skip
    assert [fixed_rows(team, table) for table in ("reviews", "lines", "matrix")] == [{False}, {False}, {True}]


@pytest.mark.parametrize(("letters", "lines"), [(118, 3), (300, 3), (500, 5)])
def test_long_texts_leave_growing_rows_low(letters: int, lines: int) -> None:
    """What a level means takes few lines beside the notes, since a row that grows becomes as high as that."""
    activities = [a.model_copy(update={"anchors": {1: "abc " * (letters // 4)}}) for a in small_catalog().activities]
    catalog = small_catalog().model_copy(update={"activities": tuple(activities)})
    book = roster([person("A")], catalog=catalog).person("A").book()
    place, style = Layout(book).tables["assessment"], theme.STYLES["anchor"]
    columns, _ = sizes(*next((f, s) for f, s in tabs(book) if s.name == "Assessment"))
    wide = dataclasses.replace(style, width=columns[place.columns["anchor@1"] + 1] / 7)
    assert text_height("abc " * (letters // 4), wide) <= lines * style.line


def links(book: Book, tab: str) -> dict[str, str]:
    """Where the links of a tab lead, by the cells that they stand in."""
    file, sheet = next((f, s) for f, s in tabs(book) if s.name == tab)
    return {link.attrib["ref"]: link.attrib["location"] for link in file.rest(sheet).iterfind(".//{*}hyperlink")}


def test_levels_are_one_click_away() -> None:
    """A link above the ratings leads to the header of what each level means, and one above that leads back."""
    book = person_workbook()
    place = Layout(book).tables["assessment"]
    at = {name: xl_rowcol_to_cell(0, place.columns[name]) for name in ("route", "description")}
    headers = {name: xl_rowcol_to_cell(place.header, place.columns[name]) for name in ("skill", "description")}
    assert links(book, "Assessment") == {
        at["route"]: f"'Assessment'!{headers['description']}",
        at["description"]: f"'Assessment'!{headers['skill']}",
    }
    assert links(book, "Dashboard") == {"B3": "'Guide'!A1", "C3": "'Assessment'!A1", "D3": "'Plan'!A1"}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_the_dashboard_fits_a_small_screen(language: str) -> None:
    """Cards, all areas of the built-in catalog and the priorities stand on the first screen, in rows of one height.

    LibreOffice draws columns an eighth wider than Excel.
    """
    book = sample().with_options(language=language).person("Mateo Silva").book()
    columns, rows = sizes(*list(tabs(book))[1])
    layout = Layout(book)
    areas, top = layout.tables["areas_sorted"], layout.tables["dashboard_top"]
    assert len({rows[number] for number in range(areas.first + 1, areas.last + 2)}) == 1
    assert (areas.header, areas.rows) == (top.header, 9)
    assert sum(rows.get(number, 24) for number in range(1, areas.last + 2)) <= 480
    assert sum(width for number, width in columns.items() if number <= top.columns["route"] + 1) * 9 / 8 <= SCREEN[0]


def test_rows_that_show_nothing_have_no_lines() -> None:
    """Where no role is chosen, its table shows nothing, not even its header; a row without a role has no line."""
    book = person_workbook()
    file, sheet = next((f, s) for f, s in tabs(book) if s.name == "Career")
    detail, ahead = (Layout(book).tables[name] for name in ("career_detail", "career"))
    hidden = {
        group.attrib["sqref"]: rule.findtext("{*}formula")
        for group in file.rest(sheet).iterfind("{*}conditionalFormatting")
        for rule in group.iterfind("{*}cfRule")
        if rule.findtext("{*}formula").startswith("LEN")
    }
    for place in (detail, ahead):
        last = "JF"[place is detail]
        assert hidden[f"B{place.header + 1}:{last}{place.header + 1}"] == f"LEN($B${place.first + 1})=0"
        assert hidden[f"B{place.first + 1}:{last}{place.last + 1}"] == f"LEN($B{place.first + 1})=0"


def test_figures_stand_below_their_labels() -> None:
    """Where people read from right to left, the large figures stand at the right, below their labels."""
    for edge, side in (("one person", "left"), ("right to left", "right")):
        book = books(edge)[0]
        _, row, column = Layout(book).facts["open_shown"]
        file = openpyxl.load_workbook(BytesIO(to_bytes(book)))
        assert file["Dashboard"].cell(row + 1, column + 1).alignment.horizontal == side


@pytest.mark.parametrize("answered", [False, True])
def test_a_manager_sees_the_largest_gaps_first(answered: bool) -> None:
    """Of a large team, too, the largest gaps and what depends on few people come first; all is told above row 40."""
    people = [person("M", "Mia Boss", "pm"), *(person(f"P{n}", f"Person Number {n}", "pm", "M") for n in range(60))]
    ratings = [rating(f"P{n}", "talks", n % 5) for n in range(0, 60, 2)] if answered else []
    book = team_book(roster(people, answers=Answers(cycles=(this_cycle(),), ratings=tuple(ratings))).team("M").view)
    layout, (sheet,) = Layout(book), [sheet for sheet in book.sheets if sheet.name == "Overview"]
    assert layout.facts["team_next_step"][1] == 8
    gaps, flags = layout.tables["top_gaps"], layout.tables["by_flag"]
    assert gaps.header == flags.header
    assert sum(layout.widths["Overview"][: flags.columns["flags_counted"]]) * 8 <= SCREEN[0]
    assert (gaps.last < 18) is answered
    drawn = Charts if answered else Paragraphs
    (charts,) = (
        start for block, start in zip(sheet.blocks, layout.starts["Overview"], strict=True) if isinstance(block, drawn)
    )
    assert gaps.last < charts < 40


def test_the_organization_sees_the_largest_gaps_first() -> None:
    """The largest gaps stand above everything but the main figures and what to do next; names of people follow."""
    book = sample().organization().book()
    layout = Layout(book)
    assert layout.facts["next"][1] == 8
    assert layout.tables["org_top_gaps"].last < 17
    assert layout.facts["unfinished_1"][1] > layout.tables["org_top_gaps"].last


def test_the_coverage_of_a_team_is_on_a_small_screen() -> None:
    """French words do not push the counts beside the largest gaps off the screen; only what there is has a colour."""
    book = sample().with_options(language="fr").team("Amara Okafor").book()
    columns, _ = sizes(*list(tabs(book))[1])
    flags = Layout(book).tables["by_flag"].columns
    assert sum(width for n, width in columns.items() if n <= flags["flags_counted"] + 1) <= SMALL
    counts = [(row["flags_counted"] > 0, bool(row["flag_carried"])) for row in computed(book)["by_flag"].values()]
    assert counts == [(there, there) for there, _ in counts]


def test_all_cells_of_a_plan_begin_at_the_top() -> None:
    """An item's activity, texts and dates are on one line, also where a text makes the row high."""
    book = person_workbook()
    place = Layout(book).tables["items"]
    sheet = openpyxl.load_workbook(BytesIO(to_bytes(book)))["Plan"]
    cells = [sheet.cell(place.first + 1, column + 1) for column in place.columns.values()]
    assert {cell.alignment.vertical for cell in cells} == {"top"}


def test_the_points_of_interest_are_upright_and_all_there() -> None:
    """The table of skill against interest has a column for each point, also if it is empty, with the bare point."""
    made = family().person("A")
    place = Layout(book := made.book()).tables["grid"]
    sheet = openpyxl.load_workbook(BytesIO(to_bytes(book)))["Dashboard"]
    heads = [sheet.cell(place.header + 1, place.columns[f"activities_at@i{n}"] + 1) for n in range(4)]
    assert [(cell.value, cell.alignment.textRotation) for cell in heads] == [(str(n), 0) for n in range(4)]
    assert re.findall(r'<th scope="col"[^>]*>(\d)</th>', made.to_html()) == ["0", "1", "2", "3"]


def test_a_role_s_path_fits_its_column() -> None:
    """The column of the path on Bench is as wide as its words, whatever the table below has in that column."""
    layout = Layout(sample().organization().book())
    place = layout.tables["bench_roles"]
    words = [load_language(code).translate(path) for code in ("en", "de", "fr", "es") for path in PATHS.values()]
    assert layout.widths[place.sheet][place.columns["path"] - 1] >= max(map(width, words))


def test_first_ratings_of_people_are_on_the_first_screen() -> None:
    """On People x activities, eight ratings stand beside each name, role and readiness; less needed columns follow."""
    place = Layout(book := sample().organization().book()).tables["everybody"]
    widths = Layout(book).widths["People x activities"]
    order = sorted(place.columns, key=place.columns.__getitem__)
    assert [name for name in order if not name.startswith("used@")][1:5] == ["name", "role", "readiness", "gap_count"]
    assert sum(widths[: place.columns["gap_count"] + 8]) * 7 <= SCREEN[0]


def test_activities_above_the_columns_take_little_room() -> None:
    """On People x activities, names of activities are turned, whole words on three lines; a long one has a message."""
    lengthy = {"talks": "Describe needs and acceptance conditions that a team can build its product from"}
    activities = [a.model_copy(update={"name": lengthy.get(a.id, a.name)}) for a in small_catalog().activities]
    catalog = small_catalog().model_copy(update={"activities": tuple(activities)})
    made = roster([person("A"), person("B", manager="A")], catalog=catalog)
    file, sheet = next((f, s) for f, s in tabs(made.organization().book()) if s.name == "People x activities")
    assert sizes(file, sheet)[1][5] <= 130
    assert "Describe needs and acceptance conditions that a team can …" in {cell.value for cell in file.cells(sheet)}
    told = [item.get("prompt") for item in file.rest(sheet).iterfind(".//{*}dataValidation")]
    assert lengthy["talks"] in told


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_manager_types_without_scrolling(language: str) -> None:
    """On Reviews, all columns from the person to the agreed rating stand on the screen."""
    layout = Layout(returning_team_workbook() if language == "en" else team_book(sample_team("de")))
    place = layout.tables["reviews"]
    assert sum(layout.widths[place.sheet][: place.columns["agreed"]]) < 160  # about 8 pixels each


def test_no_word_of_a_header_is_broken() -> None:
    """Each word of a header fits its column, in every table of a tab, not in its main one only."""
    main, other = (
        TableData(keyed_table(name, data_column("n", header, "gap")), [{"key": "k:1", "n": 1}])
        for name, header in (("main", "Gap"), ("other", "Erfüllungsgrad"))
    )
    layout = Layout(Book("person", "Title", (Sheet("Tab", "", (main, other), main="main"),), {}))
    assert layout.widths["Tab"][0] >= width("Erfüllungsgrad")


def test_titles_show_whole_names() -> None:
    """A title holds names of 60 letters; the document's title, too."""
    name = "Anastasia Maria Wilhelmina Constantinopolitanska-Featherstone"
    book = team_book(roster([person("M", name), person("A", manager="M")]).team("M").view)
    assert {sheet.title for sheet in book.sheets} >= {f"Team: {name}", f"Reviews: {name}"}
