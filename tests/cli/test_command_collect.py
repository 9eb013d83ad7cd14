"""growthsheet collect: workbooks that people filled in become answers, and answers become workbooks."""

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

from tests.proof.engines import require
from tests.proof.hands import Hands, letters
from tests.proof.parts import Book, row_and_column
from tests.proof.sorting import libreoffice_edit


def place(data: bytes, sheet: str, header: str, key: str) -> str:
    """The cell of a column, by its header, in the row of a key."""
    there = standing(data)[sheet]
    row = next(row for (row, column), value in there.items() if (column, value) == (1, f"k:{key}"))
    column = next(column for (_, column), value in there.items() if value == header)
    return f"{letters(column)}{row}"


def shown(data: bytes, sheet: str, header: str, key: str) -> object:
    """What such a cell shows."""
    return standing(data)[sheet].get(row_and_column(place(data, sheet, header, key)))


@lru_cache(2)
def standing(data: bytes) -> Mapping[str, Mapping[tuple[int, int], object]]:
    """What stands in a workbook: the tab's name -> (row, column) -> value."""
    file = Book(data)
    return {sheet.name: {row_and_column(c.ref): c.value for c in file.cells(sheet)} for sheet in file.sheets}


def answers(folder: Path) -> list[dict[str, str]]:
    """The rows of answers.csv."""
    with (folder / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
@pytest.mark.engines
def test_the_whole_trip_through_libreoffice(run, roster, made, tmp_path):
    """Rated and sorted in LibreOffice, collected, seen by the manager, carried into the next cycle."""
    require("libreoffice")
    (tmp_path / "back").mkdir()
    person = (made / "people" / "Bo-Lee-2.xlsx").read_bytes()
    edits = [
        {"set": ["Assessment", place(person, "Assessment", "Skill", "pricing"), 0]},
        {"set": ["Assessment", place(person, "Assessment", "Skill", "roadmap"), 4]},
        {"set": ["Assessment", place(person, "Assessment", "Experience", "pricing"), 1]},
        {"set": ["Assessment", place(person, "Assessment", "Interest", "pricing"), "n/a"]},
        {"set": ["Assessment", place(person, "Assessment", "Evidence and notes", "roadmap"), "=the June roadmap"]},
        {"insert_columns": ["Assessment", "C", 1]},
        {"rename": ["Assessment", "My skills"]},
        {"via_ods": True},
    ]
    (tmp_path / "back" / "renamed by Bo.xlsx").write_bytes(libreoffice_edit(person, edits))
    team = (made / "teams" / "Ana-Ruiz-1.xlsx").read_bytes()
    typed = [{"set": ["Reviews", place(team, "Reviews", "Manager", "2:roadmap"), 3]}]
    (tmp_path / "back" / "team.xlsx").write_bytes(libreoffice_edit(team, typed))

    spring = ("--cycle", "spring", "--cycle-date", "2026-03-01")
    told = run("collect", "back", "--roster", roster, *spring, "--out", "answers")
    assert (told.code, told.out) == (0, ""), told.err
    assert "Read 2 files into answers/: 2 accepted" in told.err or "1 with notes" in told.err
    assert "3 people: 0 complete, 1 not complete, 0 returned blank, 2 not returned" in told.err
    assert [
        (
            row["person"],
            row["activity"],
            row["source"],
            row["skill"],
            row["experience"],
            row["interest"],
            row["evidence"] or row["note"],
        )
        for row in answers(Path("answers"))
    ] == [
        ("2", "pricing", "self", "0", "1", "n/a", ""),
        ("2", "roadmap", "manager", "3", "", "", ""),
        ("2", "roadmap", "self", "4", "", "", "'=the June roadmap"),
    ]

    assert run("build", roster, "--out", "merged", "--answers", "answers", *spring).code == 0
    merged = (Path("merged") / "teams" / "Ana-Ruiz-1.xlsx").read_bytes()
    assert tuple(shown(merged, "Reviews", who, "2:roadmap") for who in ("Self", "Manager")) == (4, 3)
    assert shown(merged, "Gap map", "Bo Lee", "pricing") == 2

    autumn = ("--cycle", "autumn", "--cycle-date", "2026-09-01")
    assert run("build", roster, "--out", "next", "--answers", "answers", "--share", *autumn).code == 0
    after = (Path("next") / "people" / "Bo-Lee-2.xlsx").read_bytes()
    assert tuple(shown(after, "Assessment", each, "roadmap") for each in ("Last time", "Skill", "Manager")) == (
        4,
        None,
        None,
    )


@pytest.mark.slow
def test_untouched_files(run, roster, made):
    """Workbooks that nobody filled in are taken where they are, with every cell blank, and nobody returned them."""
    spring = ("--cycle", "spring", "--cycle-date", "2026-03-01")
    told = run("collect", made / "people", "--roster", roster, *spring, "--out", "a", "--json")
    assert told.code == 0
    assert (told.json["rejected"], told.json["taken"], told.json["missing"]) == (0, 0, ["1", "2", "3"])
    assert {row["state"] for row in told.json["responses"]} == {"missing"}
    assert told.json["cells"] == told.json["blank"] > 100


@pytest.mark.slow
def test_a_broken_file_loses_itself_alone(run, roster, made):
    """One file that cannot be read is told with its cure, makes the exit code 1, and the others are taken."""
    broken = made / "people" / "Cy-Fox-3.xlsx"
    broken.write_bytes(broken.read_bytes()[:5000])
    told = run("collect", made, "--roster", roster, "--cycle", "spring", "--cycle-date", "2026-03-01", "--out", "a")
    assert told.code == 1
    assert "Cy-Fox-3.xlsx" in told.err
    assert "1 rejected" in told.err
    assert "the file is damaged and cannot be opened; wanted: a whole file; ask for it again [damaged-zip]" in told.err
    assert "Traceback" not in told.err


@pytest.mark.slow
def test_who_is_missing(run, roster, made, tmp_path):
    """One person is one person; of many, twenty are named and the others are counted."""
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / "bo.xlsx").write_bytes((made / "people" / "Bo-Lee-2.xlsx").read_bytes())
    people = "".join(f"{n},Person {n},Product Manager\n" for n in range(3, 28))
    for name, rows in (("pair.csv", "3,Cy Day,Product Manager\n"), ("many.csv", people)):
        (tmp_path / name).write_text(f"id,name,title\n2,Bo Lee,Product Manager\n{rows}", "utf-8")
    cycle = ("--cycle", "spring", "--cycle-date", "2026-03-01")
    pair = run("collect", "back", "--roster", "pair.csv", *cycle, "--out", "pair")
    many = run("collect", "back", "--roster", "many.csv", *cycle, "--out", "many")
    assert (
        "0 not complete, 1 returned blank, 1 not returned. For everybody, with numbers: pair/responses.csv\n"
        in pair.err
    )
    assert [line.split() for line in pair.err.splitlines()[-2:]] == [
        ["Bo", "Lee", "(2)", "returned", "blank", "manager:", "-"],
        ["Cy", "Day", "(3)", "not", "returned", "manager:", "-"],
    ]
    assert "Person 21 (21)" in many.err
    assert "Person 22 (22)" not in many.err
    assert many.err.endswith("  and 6 more\n")
    with Path("many/responses.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["state"] for row in csv.DictReader(file)] == ["blank", *["missing"] * 25]


def test_the_same_of_many_files_is_told_once(run, roster, made, tmp_path):
    """Eight files refused for one reason are one line; problems.csv and --json have a problem for each of them."""
    (tmp_path / "back").mkdir()
    for n in range(1, 9):
        (tmp_path / "back" / f"{n}.xlsx").write_bytes(b"PK not a workbook" + bytes([n]))
    told = run("collect", "back", "--roster", roster, "--out", "a", "--json")
    assert [problem["place"] for problem in told.json["problems"]][:8] == [f"{n}.xlsx" for n in range(1, 9)]
    with Path("a/problems.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["code"] for row in csv.DictReader(file)].count("nothing-came") == 3
    first, where, *rest = told.err.splitlines()
    assert first.startswith("error: 1.xlsx; 2.xlsx; 3.xlsx; 4.xlsx; 5.xlsx and 3 more: ")
    assert where == "All of them are in a/problems.csv"
    assert [line.partition(" ")[0] for line in rest] == ["Read", "0", "3", "", "", "", "1", "", "8"]


@pytest.mark.slow
def test_quiet_tells_errors_only(run, roster, made):
    """With --quiet a note is not told; it is in problems.csv."""
    (made / "people" / "notes.txt").write_text("not a workbook")
    told = run("collect", made / "people", "--roster", roster, "--cycle", "spring", "--out", "a", "--quiet")
    assert (told.code, told.err) == (0, "")
    assert "notes.txt" in Path("a/problems.csv").read_text("utf-8-sig")


def test_a_file_of_nobody(run, roster):
    """A file that cannot be read, and that nobody's name fits, is named below the list of people."""
    Path("scan.xlsx").write_bytes(b"no workbook")
    told = run("collect", "scan.xlsx", "--roster", roster, "--out", "answers")
    assert told.err.splitlines()[-1] == "1 refused file could not be tied to anybody: scan.xlsx"


def test_a_path_that_is_not_there(run):
    """A path that does not exist is unreadable input."""
    told = run("collect", "nowhere", "--out", "a")
    assert (told.code, Path("a").exists()) == (2, False)


def test_an_error_in_a_cell(run, roster, made):
    """Wherever an error is printed the exit code is 1, as with check; the other cells are taken."""
    path = made / "people" / "Bo-Lee-2.xlsx"
    hands = Hands(path.read_bytes())
    hands.cell("Assessment", place(path.read_bytes(), "Assessment", "Skill", "pricing")).type("often")
    path.write_bytes(hands.save())
    told = run("collect", path, "--roster", roster, "--cycle", "spring", "--cycle-date", "2026-03-01", "--out", "a")
    assert (told.code, run("check", path).code) == (1, 1)
    assert "error: " in told.err
    assert "0 accepted, 1 taken in part, 0 with notes, 0 rejected" in told.err
    assert "cells to fill in, including plans and budgets: 0 taken" in told.err
    assert Path("a/answers.csv").exists()
