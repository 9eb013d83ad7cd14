"""Habits of people who write frameworks, and what spreadsheets do to them: refused, asked about or told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

import growthsheet as gs
from tests.sources.catalogs.test_framework_tables import labels, levels, read, wrong

TABLE = "Role,Skill,{}\nA,SQL,{}\nB,SQL,{}\n"


@pytest.mark.parametrize("level", ["1,500", "1.500"])
def test_levels_that_may_be_thousands(tmp_path: Path, level: str) -> None:
    """1,500 is refused; with a scale that is given it can only be one and a half."""
    text = TABLE.format("Level", f'"{level}"', 3)
    [problem] = wrong(tmp_path, text)
    assert f"'{level}'" in problem
    assert problem.endswith("[unknown-levels]")
    assert levels(read(tmp_path, text, scale="0-5")[0])["A"] == {"SQL": 1.5}


def book_of(folder: Path, *rows: list[Any]) -> tuple[Path, Any, Any]:
    """A workbook of one tab, which is saved as the path when it is ready."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    return folder / "skills.xlsx", book, book.active


def test_hidden_rows_and_columns_are_told(tmp_path: Path) -> None:
    """What is hidden or struck through is read, and told; a number with two decimals is a level."""
    rows = ["Skill", "Junior", "Draft", "Senior"], ["SQL", 1, 3, 2], ["R", 2, 3, 1.25]
    path, book, tab = book_of(tmp_path, *rows)
    tab.row_dimensions[3].hidden = tab.column_dimensions["C"].hidden = True
    tab["A2"].font = Font(strike=True)
    book.save(path)
    catalog, notes = gs.read_catalog(path)
    assert levels(catalog)["Senior"] == {"SQL": 2, "R": 1.25}
    told = {note.code: note.found for note in notes}
    assert [told[kind][-3:] for kind in ("hidden-rows", "hidden-columns", "struck-rows")] == [": 3", ": C", ": 2"]
    assert told["columns-as-roles"] == "3 columns read as roles: Junior, Draft, Senior"


def test_percentages_are_no_levels(tmp_path: Path) -> None:
    """Numbers that are shown as 100% and 20% are refused as they are shown."""
    path, book, tab = book_of(tmp_path, ["Role", "Skill", "Level"], ["A", "SQL", 1], ["B", "SQL", 0.2])
    for row in (2, 3):
        tab.cell(row, 3).number_format = "0%"
    book.save(path)
    with pytest.raises(gs.InputError) as caught:
        gs.read_catalog(path)
    assert [problem.found for problem in caught.value.problems] == ["'100%'", "'20%'"]


@pytest.mark.parametrize("header", ["Level (5-1)", '"Level (1 = expert, 5 = novice)"', "Level (4 to 0)"])
def test_scales_whose_ends_are_turned_round(tmp_path: Path, header: str) -> None:
    """A header that begins with the highest number, or whose words fall, is a question."""
    told = wrong(tmp_path, TABLE.format(header, 4, 1))
    assert [line.rpartition("[")[2] for line in told] == ["scale-reversed]"]


def test_a_header_that_names_the_points(tmp_path: Path) -> None:
    """Words in the header name the points of the scale; --scale answers which end is the highest."""
    catalog, _ = read(tmp_path, TABLE.format('"Level (1 = novice, 3 = expert)"', 3, 1))
    assert labels(catalog) == ["0 Level 0", "1 novice", "2 Level 2", "3 expert"]
    assert levels(read(tmp_path, TABLE.format("Level (5-1)", 5, 1), scale="1-5")[0])["A"] == {"SQL": 5}


@pytest.mark.parametrize(("role", "code"), [("No", "missing-field"), ("n/a", "missing-field"), ("All", "role-of-all")])
def test_names_that_are_no_role(tmp_path: Path, role: str, code: str) -> None:
    """A word for none or for all is refused where a role should be, in rows and in a matrix."""
    assert [told.rpartition("[")[2] for told in wrong(tmp_path, TABLE.format("Level", 1, 2) + f"{role},R,2\n")] == [
        f"{code}]"
    ]
    if role == "All":
        assert "[role-of-all]" in wrong(tmp_path, "Skill,Junior,Senior,All\nSQL,1,2,2\n")[0]
        assert levels(read(tmp_path, "Role,Skill,Level\nAll,SQL,2\n")[0]) == {"All": {"SQL": 2}}
    else:
        catalog, notes = read(tmp_path, f"Skill,Junior,Senior,{role}\nSQL,1,2,2\n")
        assert [each.name for each in catalog.roles] == ["Junior", "Senior"]
        assert role in notes["columns-not-read"].found


def test_totals_among_the_rows(tmp_path: Path) -> None:
    """A row of totals is left out, and told."""
    catalog, notes = read(tmp_path, TABLE.format("Level", 1, 2) + "Total,SQL,3\nA,Average,2\n")
    assert levels(catalog) == {"A": {"SQL": 1}, "B": {"SQL": 2}}
    assert "'Average'" in notes["levels-left-out"].found


@pytest.mark.parametrize("names", ["2024,2025", "Q1 2025,Q2 2025", "FY25,FY26", "Janv. 2024,Févr. 2024", "März,April"])
def test_columns_of_times(tmp_path: Path, names: str) -> None:
    """Years, quarters and months are no roles."""
    told = wrong(tmp_path, f"Skill,{names}\nSQL,1,2\nR,2,3\n")
    assert [line.rpartition("[")[2] for line in told] == ["columns-of-times]"]


@pytest.mark.parametrize("word", ["blank", "-", "(none)", "?"])
def test_labels_that_read_as_no_answer(tmp_path: Path, word: str) -> None:
    """A point of a scale is not called by what stands for no answer."""
    assert "[reserved-label]" in wrong(tmp_path, TABLE.format("Level", 1, 2), ladder=f"{word}; Good; Better")[0]


def test_spoiled_letters_in_a_framework(tmp_path: Path) -> None:
    """Letters that were read in another encoding are refused with their row."""
    [problem] = wrong(tmp_path, TABLE.format("Level", 1, 2) + "B,F\u00c3\u00bchren,2\n")
    assert ["row 4" in problem, "[spoiled-letters]" in problem] == [True, True]


def test_next_roles_in_a_circle() -> None:
    """A circle of next roles is told, unless it goes between two paths on one rank."""
    catalog = gs.load_catalog("product-management")
    plain = catalog.model_dump(exclude_defaults=True)
    assert "roles-in-circle" not in {note.code for note in gs.read_catalog(plain)[1]}
    role = next(role for role in plain["roles"] if role["id"] == "director")
    role["next"] = ["group-pm"]
    told = [note.found for note in gs.read_catalog(plain)[1] if note.code == "roles-in-circle"]
    assert told == ["the next roles form a circle: principal-pm, group-pm, director"]


def test_what_is_beside_what_is_expected(tmp_path: Path) -> None:
    """Pairs of columns such as Soll and Ist are refused: the second one is no role."""
    [problem] = wrong(tmp_path, "Skill,Junior Soll,Junior Ist\nSQL,1,2\nR,2,2\n")
    assert problem.endswith("[several-levels]")


def test_a_column_of_levels_without_a_name_for_it(tmp_path: Path) -> None:
    """One column of numbers beside roles and skills is a question, which --map answers."""
    text = "Role,Skill,Years\nA,SQL,2\nB,SQL,5\n"
    [problem] = wrong(tmp_path, text)
    assert '{"level": "Years"}' in problem
    assert levels(read(tmp_path, text, mapping={"level": "Years"})[0]) == {"A": {"SQL": 2}, "B": {"SQL": 5}}


def test_rows_and_columns_that_are_no_levels(tmp_path: Path) -> None:
    """A row of the highest values is left out, and so is a column without any; both are told."""
    catalog, _ = read(tmp_path, "Skill,Junior,Mid,Senior\nMax,5,,5\nSQL,1,,3\n")
    assert levels(catalog) == {"Junior": {"SQL": 1}, "Senior": {"SQL": 3}}
    told = [note.found for note in gs.read_catalog(tmp_path / "skills.csv")[1] if note.code == "levels-left-out"]
    assert ["'Mid'" in told[0], "'Max'" in told[1]] == [True, True]


@pytest.mark.parametrize(
    "text",
    ["Role,Skill ID,Skill,Level\nA,S1,SQL,2\nB,S1,R,3\n", "Role ID,Role,Skill,Level\nR1,A,SQL,2\nR1,B,R,3\n"],
)
def test_an_id_with_two_names_is_refused(tmp_path: Path, text: str) -> None:
    """Two names with one id are never made one activity or role; another spelling of a name is."""
    [problem] = wrong(tmp_path, text)
    assert ["row 3" in problem, problem.endswith("[ids-meet]")] == [True, True]
    catalog, _ = read(tmp_path, "Role,Skill ID,Skill,Level\nA,S1,SQL,2\nB,S1,sql,3\n")
    assert len(catalog.activities) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Role,Skill\nA,SQL (2)\nB,SQL (3)\n", "missing-column"),
        (TABLE.format("Level", "2 or 3", 3), "unknown-levels"),
        (TABLE.format("Level", "2 (3 for leads)", 3), "unknown-levels"),
    ],
)
def test_two_things_in_one_cell(tmp_path: Path, text: str, code: str) -> None:
    """A skill with its level, or a choice of two levels, is refused."""
    assert [line.rpartition("[")[2] for line in wrong(tmp_path, text)] == [f"{code}]"]
