"""Workbooks that come back sorted, with parts missing, or with hidden ids that contradict what people see."""

from collections.abc import Callable, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest

from growthsheet.model import Answers
from growthsheet.model.answers import KINDS
from growthsheet.returns.collect import collect
from growthsheet.returns.collected import Collected
from growthsheet.xlsx.reader.cells import column_letters
from growthsheet.xlsx.writer.layout import Layout, TablePlace
from tests.making import family, said, this_cycle
from tests.proof.hands import Cell, Hands, Tab

Change = Callable[[Hands, Tab, TablePlace], None]


def nobody() -> Answers:
    """A cycle without answers."""
    return Answers(cycles=(this_cycle(),))


@cache
def written(who: str) -> tuple[bytes, Layout]:
    """The workbook of a person or a manager with what was said, and where everything stands in it."""
    of = family().team(who) if who in ("M", "Z") else family().person(who)
    return of.to_bytes(), Layout(of.book())


def changed(tmp_path: Path, who: str, table: str, change: Change) -> Path:
    """A workbook with the answers of the roster, in which somebody changed the tab of a table."""
    data, layout = written(who)
    hands, place = Hands(data), layout.tables[table]
    change(hands, hands.tabs[place.sheet], place)
    path = tmp_path / f"{who}.xlsx"
    path.write_bytes(hands.save())
    return path


def returned(path: Path, earlier: Answers | None = None) -> Collected:
    """What is collected from a file, beside what was said before."""
    found = collect(path, roster=family(earlier or nobody()))
    assert all(count.adds_up for count in found.files)
    return found


def ratings(answers: Answers) -> Mapping[tuple[str, str, str], tuple[Any, ...]]:
    """The ratings by person, activity and source."""
    return {
        (r.person, r.activity, str(r.source)): (r.skill, r.experience, r.interest, r.evidence) for r in answers.ratings
    }


@cache
def unchanged(who: str) -> Mapping[tuple[str, str, str], tuple[Any, ...]]:
    """The ratings of a workbook that nobody changed."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{who}.xlsx")
        path.write_bytes(written(who)[0])
        return ratings(returned(path).answers)


def told(found: Collected, code: str) -> list[str]:
    """What the problems with a code say."""
    return [f"{each.severity}: {each}" for each in found.problems if each.code == code]


def rows_moved(order: list[int]) -> Change:
    """Rows in another order, as they are sorted without the hidden column of ids."""

    def change(_: Hands, tab: Tab, place: TablePlace) -> None:
        moved = {place.first + 1 + old: place.first + 1 + n for n, old in enumerate(order)}
        tab.cells = {(moved.get(row, row) if column > 1 else row, column): c for (row, column), c in tab.cells.items()}

    return change


def in_cell(row: int, column: str, value: Any) -> Change:
    """Another value in the cell of a row (-1 is the header) and a column."""

    def change(_: Hands, tab: Tab, place: TablePlace) -> None:
        at = (place.first + 1 + row, place.columns[column] + 1)
        tab.cells.setdefault(at, Cell()).type(value)

    return change


def rows_deleted(row: int, count: int = 1) -> Change:
    """Some rows are deleted."""

    def change(hands: Hands, tab: Tab, place: TablePlace) -> None:
        for _ in range(count):
            hands.delete_row(tab, place.first + 1 + row)

    return change


# -- rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("who", "table", "rows"), [("A", "assessment", 6), ("M", "reviews", 19)])
@pytest.mark.parametrize("seed", range(2))
def test_sorted_without_ids(tmp_path: Path, who: str, table: str, rows: int, seed: int) -> None:
    """Each rating stays with the activity that is visible beside it, in whatever order the rows stand."""
    expected = unchanged(who)
    order = Random(seed).sample(range(rows), rows)
    found = returned(changed(tmp_path, who, table, rows_moved(order)))
    assert ratings(found.answers) == expected != {}
    [note] = told(found, "matched-by-name")
    assert note.startswith(f"note: {who}.xlsx, ")


@pytest.mark.parametrize("key", ["k:pricing", "", 7, "k:nowhere"])
def test_another_id(tmp_path: Path, key: Any) -> None:
    """A row whose id was changed, blanked or overwritten is found by its visible name."""
    expected = unchanged("A")
    found = returned(changed(tmp_path, "A", "assessment", in_cell(0, "key", key)))
    assert ratings(found.answers) == expected
    assert "Customer talks" in told(found, "matched-by-name")[0]


def test_another_name(tmp_path: Path) -> None:
    """A row with an unknown name is left out, with the name and that of the id; the earlier answer stays."""
    found = returned(changed(tmp_path, "A", "assessment", in_cell(0, "activity", "Beekeeping")), said())
    assert ratings(found.answers) == ratings(said())
    [error] = told(found, "label-disagrees")
    assert error.startswith("error: ")
    assert all(name in error for name in ("Beekeeping", "Customer talks"))


def test_one_name_twice(tmp_path: Path) -> None:
    """Of two rows with one name neither counts."""
    found = returned(changed(tmp_path, "A", "assessment", in_cell(0, "activity", "Pricing")))
    assert {activity for _, activity, _ in ratings(found.answers)} == {"data", "roadmap", "launch", "coaching"}
    assert len(told(found, "repeated-row-id")) == 1
    assert "Customer talks" in told(found, "missing-rows")[0]


@pytest.mark.parametrize(
    ("who", "table", "gone"),
    [
        ("A", "assessment", "Pricing, Usage data"),
        ("M", "reviews", "Ana Ruiz, Pricing, Ana Ruiz, Usage data"),
    ],
)
def test_deleted_rows(tmp_path: Path, who: str, table: str, gone: str) -> None:
    """Rows that are gone are told by their names, and what was answered there before stays."""
    found = returned(changed(tmp_path, who, table, rows_deleted(1, 2)), said())
    assert ratings(found.answers) == ratings(said())
    [error] = told(found, "missing-rows")
    assert f"2 rows missing: {gone}; earlier answers there are kept" in error


@pytest.mark.parametrize(("who", "table", "column"), [("A", "assessment", "skill"), ("M", "reviews", "manager")])
def test_merged_cells_to_fill_in(tmp_path: Path, who: str, table: str, column: str) -> None:
    """Two ratings that were merged, so that the lower one is gone, are told with their places."""
    rows: list[int] = []

    def change(hands: Hands, tab: Tab, place: TablePlace) -> None:
        in_cell(1, column, None)(hands, tab, place)
        rows[:] = place.first + 1, place.first + 2
        merge(tab, place.columns[column], *rows)

    found = returned(changed(tmp_path, who, table, change))
    [error] = told(found, "merged-cells")
    letter = column_letters(written(who)[1].tables[table].columns[column] + 1)
    assert f": merged cells: {letter}{rows[0]}:{letter}{rows[1]}; " in error


def test_a_persons_name_merged_over_the_rows(tmp_path: Path) -> None:
    """A name that stands once for the rows it was merged over counts in each of them; that is no fault."""
    expected = unchanged("M")

    def change(hands: Hands, tab: Tab, place: TablePlace) -> None:
        for row in range(1, 5):
            in_cell(row, "person", None)(hands, tab, place)
        merge(tab, place.columns["person"], place.first + 1, place.first + 5)

    found = returned(changed(tmp_path, "M", "reviews", change))
    assert ratings(found.answers) == expected
    assert [each.code for each in found.problems if each.code != "nothing-came"] == []


def merge(tab: Tab, column: int, first: int, last: int) -> None:
    """Merge the cells of a column, counted from 0, from one row to another."""
    area = f"{column_letters(column + 1)}{first}:{column_letters(column + 1)}{last}"
    tab.written = tab.written.replace("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{area}"/></mergeCells>')


@pytest.mark.parametrize("names", ["that follow", "left behind"])
@pytest.mark.parametrize(
    ("who", "table", "column", "heading"),
    [("A", "assessment", "activity", "Activity"), ("M", "reviews", "person", "Person")],
)
def test_a_column_of_names_that_is_gone(
    tmp_path: Path, who: str, table: str, column: str, heading: str, names: str
) -> None:
    """Without the column of names the hidden ids decide, and one line tells which column is missing and where."""
    expected = unchanged(who)

    def change(hands: Hands, tab: Tab, place: TablePlace) -> None:
        gone = place.columns[column] + 1
        if names == "that follow":
            hands.delete_column(tab, gone)
        else:
            cells = {at: cell for at, cell in tab.cells.items() if at[1] != gone}
            tab.cells = {(row, at - (at > gone)): cell for (row, at), cell in cells.items()}

    found = returned(changed(tmp_path, who, table, change))
    assert ratings(found.answers) == expected
    [error] = told(found, "missing-column")
    assert f"{who}.xlsx, {written(who)[1].tables[table].sheet}: no column {heading}, so the rows were read by " in error
    assert told(found, "label-disagrees") == []


# -- people ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["k:B:talks", "k:X:talks", "", "k:nobody"])
def test_another_person(tmp_path: Path, key: str) -> None:
    """A review whose hidden id was changed is about the person and the activity that people see in its row."""
    expected = unchanged("M")
    assert expected["A", "talks", "manager"] == (2, None, None, "")
    found = returned(changed(tmp_path, "M", "reviews", in_cell(0, "key", key)))
    assert ratings(found.answers) == expected
    (note,) = told(found, "matched-by-name")
    assert "Ana Ruiz, Customer talks" in note
    assert "notes and evidence may now be in the row of another name: check them" in note


def about(key: str, person: str) -> Change:
    """Another id and another person in the first row, which is Ana's review of her talks with customers."""

    def change(hands: Hands, tab: Tab, place: TablePlace) -> None:
        in_cell(0, "key", key)(hands, tab, place)
        in_cell(0, "person", person)(hands, tab, place)

    return change


def test_a_stranger(tmp_path: Path) -> None:
    """A file speaks only about the people whom it was made for, whatever its hidden ids and visible names say."""
    found = returned(changed(tmp_path, "M", "reviews", about("k:X:talks", "Xi Far")))
    assert {person for person, _, _ in ratings(found.answers)} <= {"A", "B", "C", "D"}
    assert ("A", "talks", "manager") not in ratings(found.answers)
    [error] = told(found, "label-disagrees")
    assert all(name in error for name in ("'Xi Far, Customer talks'", "'X:talks'"))
    assert "1 row missing: Ana Ruiz, Customer talks" in told(found, "missing-rows")[0]


def test_one_person_twice(tmp_path: Path) -> None:
    """Of two rows for the same person and activity neither counts."""
    found = returned(changed(tmp_path, "M", "reviews", about("k:C:talks", "Cy Kim")))
    assert [key for key in ratings(found.answers) if key[1] == "talks" and key[0] in "AC"] == []
    assert len(told(found, "repeated-row-id")) == 1


def test_a_name_in_place_of_another(tmp_path: Path) -> None:
    """A name that was swapped for another in all its rows is one problem with their number and the first places."""

    def change(hands: Hands, tab: Tab, place: TablePlace) -> None:
        for row in range(6):
            in_cell(row, "key", "")(hands, tab, place)
            in_cell(row, "activity", "Pricing")(hands, tab, place)

    [error] = told(returned(changed(tmp_path, "A", "assessment", change)), "repeated-row-id")
    assert "A.xlsx, Assessment!A5: 5 rows with the same id or name as another row: A5 as A4, A6 as A4" in error
    assert error.endswith("A9 as A4; wanted: each row once; keep only one of the two [repeated-row-id]")


def test_a_deleted_tab(tmp_path: Path) -> None:
    """A tab that is gone is told by its name."""
    path, file = tmp_path / "A.xlsx", openpyxl.load_workbook(BytesIO(written("A")[0]))
    del file["Plan"]
    file.save(path)
    found = returned(path, said())
    assert found.answers.plan_items == said().plan_items
    assert "no table of the tab Plan" in told(found, "missing-table")[0]


@pytest.mark.parametrize("name", ["Assessment_2", "Ratings"])
def test_ratings_that_are_not_found(tmp_path: Path, name: str) -> None:
    """Who rated on a copy of the tab, or deleted the hidden column of ids, has returned a file that was refused."""
    path = tmp_path / "A.xlsx"
    file = openpyxl.load_workbook(BytesIO(family(nobody()).person("A").to_bytes()))
    tab = file["Assessment"]
    copied = name == "Assessment_2"
    if copied:
        tab = file.copy_worksheet(tab)
        tab.title = name
        file.save(path)
        assert [each.words for each in returned(path).responded if each.person.id == "A"] == ["returned blank"]
        file["Plan"]["E4"] = "Ask Cy"  # other answers do not hide it, nor does a note
        heading = next(cell for row in file["Assessment"] for cell in row if cell.value == "Evidence and notes")
        file["Assessment"].cell(heading.row + 1, heading.column, "Ten talks")
    header = next(cell for row in tab for cell in row if cell.value == "Skill")
    tab.cell(header.row + 1, header.column, 2)
    if not copied:
        tab.delete_cols(1)
        tab.sheet_view.selection = []
        for key in [key for key in file.defined_names if "assessment" in key]:
            del file.defined_names[key]
    file.save(path)
    found = returned(path)
    reason = "filled in on a copy of a tab" if copied else "a tab cannot be read"
    words = [each.words for each in found.responded if each.person.id == "A"]
    assert (words, found.counts["rejected"]) == ([f"returned and refused: {reason}"], int(not copied))
    (problem,) = told(found, "unknown-tab" if copied else "missing-table")
    assert problem.startswith("error: ")


# -- rows with ids of their own --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("who", "table"), [("A", "items"), ("A", "lines"), ("M", "lines")])
def test_own_rows_sorted_without_ids(tmp_path: Path, who: str, table: str) -> None:
    """Plan items and budget lines keep their ids when they are sorted without them."""
    change = rows_moved([2, 0, 5, 1, 4, 3])
    found = returned(changed(tmp_path, who, table, change), said())
    assert (found.answers.plan_items, found.answers.budget_items) == (said().plan_items, said().budget_items)
    assert len(told(found, "matched-by-name")) == 1


@pytest.mark.parametrize(("who", "table", "kind"), [("A", "items", "plan_items"), ("M", "lines", "budget_items")])
def test_own_rows_are_compared_with_what_was_written(tmp_path: Path, who: str, table: str, kind: str) -> None:
    """Items and lines that are gone, or at each other's place, are seen although no earlier answers are there."""

    def answers(change: Change) -> tuple[tuple[Any, ...], Collected]:
        found = returned(changed(tmp_path, who, table, change))
        return found.answers.of(KINDS[kind]), found

    before, _ = answers(lambda *_: None)
    assert len(before) >= 2
    swapped, found = answers(rows_moved([1, 0]))
    assert swapped == before
    assert len(told(found, "matched-by-name")) == 1
    rest, found = answers(rows_deleted(0))
    assert len(rest) == len(before) - 1
    assert set(rest) < set(before)
    assert "1 row missing: " in told(found, "missing-rows")[0]


def test_a_row_that_was_cleared(tmp_path: Path) -> None:
    """An item whose cells were cleared is told, although no earlier answers are there."""

    def clear(hands: Hands, tab: Tab, place: TablePlace) -> None:
        for column in ("activity", "action", "measure", "helper", "due", "status"):
            in_cell(0, column, None)(hands, tab, place)

    assert "1 row missing: Pricing" in told(returned(changed(tmp_path, "A", "items", clear)), "missing-rows")[0]


def test_columns_moved_without_their_names(tmp_path: Path) -> None:
    """Where a program moved columns and left their defined names behind, the headings decide; a lost one is told."""
    expected, (data, layout) = unchanged("A"), written("A")
    place = layout.tables["assessment"]

    def without_names(change: str) -> Collected:
        file = openpyxl.load_workbook(BytesIO(data))  # which leaves all names where they were
        getattr(file[place.sheet], change)(place.columns["experience"] + 1)
        file.save(tmp_path / "A.xlsx")
        return returned(tmp_path / "A.xlsx")

    assert ratings(without_names("insert_cols").answers) == expected
    found = without_names("delete_cols")
    assert ratings(found.answers) == {key: (skill, None, *rest) for key, (skill, _, *rest) in expected.items()}
    assert "no column Experience" in told(found, "missing-column")[0]


def test_the_hidden_lists_are_gone(tmp_path: Path) -> None:
    """Without the list of rows nothing tells that rows were moved, and that is told."""
    path, file = tmp_path / "A.xlsx", openpyxl.load_workbook(BytesIO(written("A")[0]))
    del file["Lists"]
    file.save(path)
    found = returned(path)
    assert found.answers.ratings
    assert "no list of the rows that were written" in told(found, "missing-table")[0]


# -- what nobody fills in ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "table", "column", "heading"),
    [
        ("A", "assessment", "expected", "Expected"),
        ("A", "assessment", "gap", "Gap"),
        ("M", "reviews", "expected", "Expected"),
        ("M", "reviews", "skill", "Self"),
    ],
)
def test_protected_cells(tmp_path: Path, who: str, table: str, column: str, heading: str) -> None:
    """Another expected level, or a number instead of a gap, is told with its activity; the answers count."""
    expected = unchanged(who)
    found = returned(changed(tmp_path, who, table, in_cell(0, column, 4.25)))
    assert ratings(found.answers) == expected
    [note] = told(found, "changed-cells")
    assert note.startswith("note: ")
    assert f"1 row whose {heading} is not what growthsheet wrote: " in note
    assert "Customer talks" in note


@pytest.mark.parametrize(
    ("who", "table", "column", "hint"),
    [
        ("M", "matrix", "used@p0001", "type on the tab Reviews"),
        ("M", "gap_map", "gap@p0001", "type on the tab Reviews"),
        ("M", "coverage", "covered", "type on the tab Reviews"),
        ("M", "budgets", "allocation", "calculated from the other cells"),
        ("A", "funded", "money_for", "calculated from the other cells"),
        ("A", "lines", "amount", "calculated from the other cells"),
    ],
)
def test_typed_over_formulas(tmp_path: Path, who: str, table: str, column: str, hint: str) -> None:
    """Numbers typed over formulas are told once for each tab, with their cells; a tab as it was written is not."""
    assert told(returned(changed(tmp_path, who, table, lambda *_: None)), "changed-cells") == []
    cells: list[str] = []

    def change(_: Hands, tab: Tab, place: TablePlace) -> None:
        at = place.columns[column]
        for row in (place.first + 1, place.first + 2):
            tab.cells[row, at + 1].type(3)
            cells.append(f"{column_letters(at + 1)}{row}")

    [note] = told(returned(changed(tmp_path, who, table, change)), "changed-cells")
    tab = written(who)[1].tables[table].sheet
    assert f"{who}.xlsx, {tab}: 2 cells typed over formulas: {', '.join(cells)}; not read; " in note
    assert hint in note


def test_a_second_column_with_the_same_heading(tmp_path: Path) -> None:
    """Of two columns headed Skill the one that was written is read; the other is told like any added column."""
    expected = unchanged("A")

    def add(_: Hands, tab: Tab, place: TablePlace) -> None:
        last = max(column for row, column in tab.cells if row == place.first + 1) + 1
        for row, value in ((place.first, "Skill"), (place.first + 1, 4)):
            tab.cells.setdefault((row, last), Cell()).type(value)

    found = returned(changed(tmp_path, "A", "assessment", add))
    assert ratings(found.answers) == expected
    [note] = told(found, "added-columns")
    assert note.endswith("they are not read: Skill [added-columns]")
