"""Tables as people keep them: tabs, hidden rows, merged cells, headers in two rows, formulas without values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from growthsheet.errors import InputError
from growthsheet.sources.catalogs.load import load_catalog
from growthsheet.tasks.check import kind_of
from tests.sources.rosters.reading_rosters import Read, Wrong
from tests.sources.rosters.test_roster_money import code

HEAD = ["Employee ID", "Name", "Job Title", "Start", "FTE", "Manager"]
ANA, BO = [7, "Ana", "Owner", date(2020, 1, 1), 1, None], [8, "Bo", "Owner", date(2020, 1, 1), 1, 7]
Book = Callable[..., Path]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Make a workbook from rows by tab; ``change`` may do more to it."""

    def make(tabs: Mapping[str, Sequence[Sequence[Any]]], change: Callable[[Any], None] = lambda book: None) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.worksheets[0])
        for name, rows in tabs.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
        change(made)
        made.save(tmp_path / "p.xlsx")
        return tmp_path / "p.xlsx"

    return make


@pytest.mark.parametrize(("cell", "formula"), [("E2", "=20/40"), ("D2", "=DATE(20,1,1)"), ("F3", "=A2"), ("A2", "=7")])
def test_formulas_without_values_are_refused(wrong: Wrong, book: Book, cell: str, formula: str) -> None:
    """A file written by a program holds no results: they are told by their cells, with the cure."""

    def change(made: Any) -> None:
        made["P"][cell] = formula

    [problem] = wrong(book({"P": [HEAD, ANA, BO]}, change))
    assert f"P!{cell}: a formula without a stored value" in problem
    assert "save it, so that its formulas have values [broken-cell]" in problem


def test_formulas_in_columns_that_are_not_read_do_no_harm(read: Read, book: Book) -> None:
    """Only what is read has to be readable."""

    def change(made: Any) -> None:
        made["P"]["G1"], made["P"]["G2"] = "Shoe size", "=1+1"

    assert len(read(book({"P": [HEAD, ANA, BO]}, change)).people) == 2


def test_catalogs_refuse_formulas_without_values(book: Book) -> None:
    """A catalog in a workbook is held to the same."""
    rows = [["role", "activity", "level"], ["PM", "Plan", "=1+1"], ["PM", "Talk", 2]]
    with pytest.raises(InputError) as caught:
        load_catalog(book({"P": rows}))
    assert "a formula without a stored value" in str(caught.value)


@pytest.mark.parametrize(
    ("format", "id"), [("00000", "00007"), ("000", "007"), ('"E"000', "E007"), ("0", "7"), ("000-0", "000-7")]
)
def test_ids_are_what_their_format_shows(read: Read, book: Book, format: str, id: str) -> None:
    """Zeros and letters that a number format adds are part of the id, for the manager too."""

    def change(made: Any) -> None:
        for cell in ("A2", "A3", "F3"):
            made["P"][cell].number_format = format

    people = read(book({"P": [HEAD, ANA, BO]}, change)).people
    assert (people[0].id, people[1].manager) == (id, id)


def test_the_visible_tab_wins(read: Read, book: Book) -> None:
    """A hidden tab is not read, and told; named, it is."""

    def change(made: Any) -> None:
        made["Old"].sheet_state = "hidden"

    path = book({"Old": [HEAD, ANA, BO], "P": [HEAD, ANA]}, change)
    assert [note.found for note in read(path).notes] == ["the tab 'P' is read; not read: 'Old' (hidden)"]
    assert len(read(path, sheet="old").people) == 2


def test_the_tab_with_people_wins_over_a_summary(read: Read, book: Book) -> None:
    """Three known names make no roster where another tab has ids and names."""
    summary = [["Department", "Title", "Status", "Count"], ["Core", "Owner", "Active", 2]]
    assert len(read(book({"Summary": summary, "P": [HEAD, ANA, BO]})).people) == 2


def test_a_tab_of_leavers_is_not_taken_without_a_word(read: Read, wrong: Wrong, book: Book) -> None:
    """Where the people who are here stand on a tab that is not understood, those who left are not invited."""
    path = book({"Leavers 2025": [HEAD, ANA], "Staff": [["Who", "What"], ["Bo", "Owner"]]})
    assert [code(problem) for problem in wrong(path)] == ["several-tabs"]
    assert len(read(path, sheet="Leavers 2025").people) == 1


def test_several_tabs_are_asked_about(read: Read, wrong: Wrong, book: Book) -> None:
    """Of 2025 and 2026 neither is taken without a word; problems name the tab."""
    path = book({"2025": [HEAD, ANA, BO], "2026": [HEAD, [*ANA[:2], "Buyer"]]})
    [problem] = wrong(path)
    assert code(problem) == "several-tabs"
    assert "several tabs look alike: '2025', '2026'" in problem
    assert '--sheet "2026"' in problem
    assert len(read(path, sheet="2025").people) == 2
    assert wrong(path, sheet="2026")[0].startswith("p.xlsx, tab 2026, column Job Title: 'Buyer'")
    assert list(map(code, wrong(path, sheet="2027"))) == ["unknown-tab"]


def test_hidden_rows_are_told(read: Read, book: Book) -> None:
    """Rows that are hidden or filtered out are read, and that is said."""

    def change(made: Any) -> None:
        made["P"].row_dimensions[3].hidden = True

    reading = read(book({"P": [HEAD, ANA, BO]}, change))
    assert [note.code for note in reading.notes] == ["hidden-rows"]
    assert ("3" in reading.notes[0].found, len(reading.people)) == (True, 2)


@pytest.mark.parametrize("above", [1, 14, 29])
def test_headers_far_down(read: Read, book: Book, above: int) -> None:
    """The header is in one of the first thirty rows, in a workbook and in a text."""
    assert len(read(book({"P": [["Staff list"]] * above + [HEAD, ANA]})).people) == 1
    assert len(read("Staff list,,\n" * above + "id,name,title\n1,Ann,Owner\n").people) == 1


def test_the_row_with_most_names_is_the_header(read: Read) -> None:
    """A block of filters above the table names three columns; the header names more."""
    text = "Department,Title,Status,\nAll,All,Active,\nid,name,title,team\n1,Ann,Owner,Core\n"
    assert [person.id for person in read(text).people] == ["1"]


TWO_ROWS = [
    ["Employee ID", "Name", None, "Job Title", "Salary", None, "Manager"],
    [None, "First", "Last", None, "Annual", "Currency", None],
    [1, "Ana", "Ruiz", "Owner", 5000, "EUR", None],
]


def test_headers_in_two_rows(read: Read, book: Book) -> None:
    """Groups above and parts below are one header, with merged cells and without; no row of it is a person."""

    def merge(made: Any) -> None:
        for area in ("A1:A2", "B1:C1", "D1:D2", "E1:F1", "G1:G2"):
            made["P"].merge_cells(area)

    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in TWO_ROWS)
    for source in (book({"P": TWO_ROWS}, merge), text):
        reading = read(source)
        assert [(person.id, person.name) for person in reading.people] == [("1", "Ana Ruiz")]
        assert [(pay.basis.value, pay.currency) for pay in reading.pay] == [("annual", "EUR")]
        assert "two-row-header" in [note.code for note in reading.notes]


def test_a_merged_cell_counts_in_each_row(read: Read, book: Book) -> None:
    """A manager's cell that is merged over two rows is the manager of both."""

    def merge(made: Any) -> None:
        made["P"].merge_cells("F2:F3")

    rows = [HEAD, [1, "Ana", "Owner", None, 1, "Cy"], [2, "Bo", "Owner", None, 1, None], [3, "Cy", "Owner"]]
    assert [person.manager for person in read(book({"P": rows}, merge)).people] == ["3", "3", ""]


def test_truth_and_dates_are_no_ids(wrong: Wrong, book: Book) -> None:
    """Cells of other types are no ids, told in one line."""

    def change(made: Any) -> None:
        made["P"]["A2"], made["P"]["A3"] = True, date(2024, 3, 5)

    problems = wrong(book({"P": [HEAD, ANA, BO[:5]]}, change))
    assert "2 cells: 'True' (row 2), '2024-03-05' (row 3)" in problems[0]


def test_workbooks_with_macros_are_one_kind_everywhere(book: Book) -> None:
    """The ending .xlsm is a roster for check too."""
    path = book({"P": [HEAD, ANA]})
    assert kind_of(path.rename(path.with_suffix(".xlsm"))) == "roster"


@pytest.mark.parametrize(
    ("raw", "place", "expected"),
    [
        (b"", "p", "empty-file"),
        (b"id,name,title\n1,Zo\xc3\xab,Owner\n2,\xed\xa0\x80,Owner\n", "row 3", "not-decodable"),
        (b"id,name,title\n1,Zoe,Owner\n2,\xed\xa0\x80,Owner\n", "row 3", "not-decodable"),
        (b"id,name,title\n1,Zoe,Owner\n2,A\x00,Owner\n", "row 3", "not-text"),
        (b"id,name,title\n1," + b"x" * 200_000 + b",Owner\n", "row 2 (line 2): a cell with too many", "csv-quotes"),
    ],
)
def test_files_that_cannot_be_read_say_where(wrong: Wrong, raw: bytes, place: str, expected: str) -> None:
    """Bytes that are no text, damaged UTF-8, endless cells, nothing at all."""
    [problem] = wrong(raw)
    assert (code(problem), place in problem) == (expected, True)


def test_a_frame_with_two_columns_of_one_name(wrong: Wrong) -> None:
    """Pandas and pyarrow allow it; it is told as a text file's would be."""
    import pandas
    import pyarrow

    names = ["id", "name", "name", "title"]
    table = pyarrow.table([[1], ["A"], ["B"], ["Owner"]], names=names)
    for frame in (pandas.DataFrame([[1, "A", "B", "Owner"]], columns=names), table):
        assert list(map(code, wrong(frame))) == ["repeated-column"]


@pytest.mark.parametrize("name", [b"Ann", ["Ann"], {"first": "Ann"}])
def test_a_value_that_is_no_cell(wrong: Wrong, name: object) -> None:
    """Bytes, lists and dictionaries are no names: b'Ann' stood in workbooks."""
    [problem] = wrong([{"id": 1, "name": name, "title": "Owner"}])
    assert (code(problem), f"row 1, column name: a value of the type {type(name).__name__}" in problem) == (
        "broken-cell",
        True,
    )


@pytest.mark.parametrize(
    "mapping", [{"salary": "id"}, {"name": "id"}, {"name": "No", "title": "Role"}, {"id": "No", "name": "id"}]
)
def test_a_mapping_that_takes_a_needed_column(wrong: Wrong, mapping: dict[str, str]) -> None:
    """What is lost by it is a problem with a code, and nothing crashes."""
    problems = wrong("id,name,title,No,Role\n1,Maya,Owner,1,Owner\n", map=mapping)
    assert set(map(code, problems)) <= {"no-column", "no-name", "basis-unclear", "currency-unclear", "unknown-role"}


DATES = "id,name,title,start,pay from\n1,Ann,Owner,{},{}\n2,Bo,Owner,{},\n"


def test_dates_show_their_order_in_another_column(read: Read, wrong: Wrong) -> None:
    """One export has one order of dates; where no column shows it, it is asked about and has an option."""
    reading = read(DATES.format("01/03/2016", "31/12/2020", "02/03/2016"))
    assert [note.code for note in reading.notes] == ["date-order"]
    assert [person.start for person in reading.people] == [date(2016, 3, 1), date(2016, 3, 2)]
    text = DATES.format("01/03/2016", "", "02/03/2016")
    assert "--date-order dmy" in wrong(text)[0]
    assert read(text, date_order="mdy").people[0].start == date(2016, 1, 3)


def test_years_of_two_digits_need_an_order(read: Read, wrong: Wrong) -> None:
    """They are one problem, however many there are; with the order they are read."""
    text = DATES.format("01/03/16", "", "13/04/99")
    [problem] = wrong(text)
    assert "2 cells: '01/03/16' (row 2), '13/04/99' (row 3)" in problem
    assert [person.start for person in read(text, date_order="dmy").people] == [date(2016, 3, 1), date(1999, 4, 13)]


def test_a_column_may_be_left_out(read: Read, wrong: Wrong) -> None:
    """--ignore takes the name of a column; one that is not there is refused with the nearest."""
    text = DATES.format("soon", "", "never")
    assert len(read(text, ignore=["Start"]).people) == 2
    assert "did you mean 'start'?" in wrong(text, ignore=["strat"])[0]


def test_everything_is_told_in_one_run(wrong: Wrong) -> None:
    """Numbers that cannot be read hide neither currencies nor titles nor managers; questions about pay come first."""
    problems = wrong(
        "id,name,title,annual pay,start,fte,currency,manager,Position state\n1,,Buyer,abc,soon,0,XYZ,77,Active\n"
        '2,Bo,Clerk,"1,234",31/31/2020,0.5,,88,Terminated\n'
    )
    told = list(map(code, problems))
    expected = {"unread-status", "part-time-pay-unclear", "currency-unclear", "decimal-mark-unclear", "unknown-manager"}
    assert expected | {"unknown-currency", "not-a-date", "not-a-number", "fte-out-of-range", "no-name"} <= set(told)
    assert told[0] == "unread-status"
    assert told.index("part-time-pay-unclear") < told.index("unknown-manager") < told.index("unknown-role")


def test_many_titles_are_few_lines(wrong: Wrong) -> None:
    """Ten titles that match no role are told each, all others in one line."""
    problems = wrong("id,name,title\n" + "".join(f"{n},Ann,Trade {n}\n" for n in range(100)))
    assert (len(problems), "90 more (90 people)" in problems[10]) == (11, True)
