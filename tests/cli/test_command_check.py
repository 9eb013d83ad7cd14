"""growthsheet check, catalog and roster: what they find and show."""

import json
from pathlib import Path

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.tasks.check import FILE_KINDS, kind_of


def test_all_is_well(run, roster):
    """Files without errors are counted up on stdout; notes are no errors."""
    Path("growthsheet.toml").write_text('rate = 0.02\ncurrency = "usd"\n')
    told = run("check", roster, "growthsheet.toml")
    assert (told.code, told.err) == (0, "")
    assert [
        f"{roster}: 3 people, 1 team, 1 note",
        "note: people.csv, column Monthly Salary: 3 monthly amounts, taken times 12 [pay-basis]",
        "growthsheet.toml: 2 settings, catalog product-management 1.0",
    ] == told.out.splitlines()


def test_everything_wrong_in_every_file(run):
    """All problems of all files, each with its place; exit code 1."""
    Path("people.csv").write_text("ID,Name,Title\n1,Ana,Lion Tamer\n1,Bo,Product Manager\n")
    Path("mine.yaml").write_text("id: mine\nversion: '1'\nname: Mine\nroles: 3\n")
    Path("mine.toml").write_text('rate = nan\ncycel = "x"\ncatalog = "gone.yaml"\n')
    Path("notes.md").write_text("# Notes\n")
    told = run("check", "people.csv", "mine.yaml", "mine.toml", "notes.md")
    assert (told.code, told.err) == (1, "")
    for line in (
        "people.csv: 2 errors",
        "error: mine.yaml, line 4, column 1: roles: ",
        "error: mine.toml: rate: ",
        "did you mean 'cycle'? [unknown-field]",
        "notes.md: 1 error",
    ):
        assert line in told.out


def test_a_catalog_that_settings_name(run):
    """A catalog that growthsheet.toml names is looked at too."""
    Path("growthsheet.toml").write_text('catalog = "gone.yaml"\n')
    assert ((told := run("check", "growthsheet.toml")).code, "gone.yaml: no such file" in told.out) == (1, True)


def test_json(run, roster):
    """--json gives each file with its kind and its problems, and the counts."""
    Path("mine.toml").write_text("rate = 7\n")
    told = run("check", roster, "mine.toml", "--json")
    assert told.code == 1
    assert told.json.keys() == {"files", "errors", "notes"}
    assert (told.json["errors"], told.json["notes"]) == (1, 1)
    assert [{"file", "kind", "holds", "problems"}] * 2 == [set(each) for each in told.json["files"]]
    assert [each["kind"] for each in told.json["files"]] == ["roster", "settings"]


def test_rosters_are_checked_as_they_are_built(run):
    """The options of build that concern reading are options of check."""
    Path("people.csv").write_text("Code,Name,Title\n1,Ana,Lion Tamer\n")
    assert run("check", "people.csv").code == 1
    assert run("check", "people.csv", "--map", "id=Code", "--default-role", "VP of Product").code == 0


def test_files_that_are_not_there(run):
    """A file that cannot be read is exit code 2."""
    assert ((told := run("check", "gone.csv")).code, "'gone.csv' does not exist" in told.err) == (2, True)


def test_kinds():
    """What is told apart by its name is what the readers of the library take."""
    assert {"catalog", "roster", "settings", "translation", "workbook"} == set(FILE_KINDS.values())
    assert [kind_of(f"x{end}") for end in (".YML", ".tsv", ".toml", "")] == ["catalog", "roster", "settings", ""]


def test_catalog_list(run):
    """The built-in catalogs, as a table and as data."""
    assert run("catalog", "list").out.splitlines()[1].split() == [
        "product-management",
        *["Product", "management", "1.0", "8", "45"],
    ]
    (only,) = run("catalog", "list", "--json").json
    assert only == {"name": "product-management", "title": "Product management", "version": "1.0"} | {
        "roles": 8,
        "activities": 45,
    }


def test_catalog_show(run):
    """A catalog on one page: its roles with what they expect, its scales, its areas."""
    told = run("catalog", "show", "product-management")
    assert (told.code, told.err) == (0, "")
    lines = told.out.splitlines()
    assert lines[0] == "Product management (product-management 1.0)"
    assert lines[1] == "8 roles, 9 areas, 45 activities, 0 retired"
    assert [cell.strip() for cell in lines[5].split("  ") if cell][:6] == [
        "technical-pm",
        "Technical Product Manager",
        "product",
        "1",
        "36",
        "15",
    ]


def test_catalog_as_data(run):
    """--json gives the whole catalog, which reads back as the same one."""
    shown = run("catalog", "show", "product-management", "--json").out
    Path("mine.json").write_text(shown)
    assert gs.load_catalog("product-management") == gs.load_catalog("mine.json")


def test_unknown_catalog(run):
    """A name that is not known is answered with the one that was meant."""
    told = run("catalog", "show", "product-managment")
    assert (told.code, told.out) == (2, "")
    assert "did you mean 'product-management'?" in told.err


def test_schema(run):
    """The schema is JSON on stdout, with and without --json."""
    plain = run("catalog", "schema")
    assert json.loads(plain.out)["title"] == "Catalog"
    assert plain.out == run("catalog", "schema", "--json").out


def test_roster_show(run, roster):
    """The columns that are read, guesses marked, who is there, and the notes."""
    roster.write_text(roster.read_text().replace(",Currency", ",Team,Division").replace(",USD", ",Web,West"))
    told = run("roster", "show", roster, "--currency", "USD", "--as-of", "2026-03-01")
    assert (told.code, told.err) == (0, "")
    lines = [" ".join(line.split()) for line in told.out.splitlines()]
    assert lines[0] == "3 people, 1 team, 0 leavers on 2026-03-01, cycle 2026"
    assert "team Team likeliest name (a guess)" in lines
    assert "salary Monthly Salary known name" in lines
    assert "Technical Product Manager 1" in lines
    assert any(line.startswith("note: people.csv: teams are read from 'Team', not from Division") for line in lines)


def test_roster_as_data(run, roster):
    """--json gives mapping, counts and problems with stable keys."""
    shown = run("roster", "show", roster, "--json").json
    assert shown.keys() == {
        *("people", "teams", "leavers", "as_of", "cycle", "currency", "roles", "mapping", "problems")
    }
    assert shown["roles"] == {"product-manager": 1, "technical-pm": 1, "group-pm": 1}
    assert {"field": "id", "column": "Employee ID", "how": "known name", "guess": False} in shown["mapping"]


@pytest.mark.parametrize("command", ["list", "show", "schema"])
def test_catalogs_are_not_confused_with_options(run, command):
    """Each subcommand explains itself."""
    assert run("catalog", command, "--help").code == 0


def test_a_bad_roster(run):
    """A roster with errors is not shown: every error, exit code 2."""
    Path("people.csv").write_text("ID,Name,Title\n1,Ana,Lion Tamer\n1,Bo,Lion Tamer\n")
    told = run("roster", "show", "people.csv")
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith("2 errors; nothing was done.\n")


def test_a_catalog_is_told_from_a_roster_by_its_tabs(run):
    """Two workbooks, one a catalog and one a roster, are each checked as what they are."""
    assert run("catalog", "new", "our.xlsx").code == 0
    book = openpyxl.Workbook()
    for row in (["id", "name", "title"], ["1", "Ana", "Product Manager"]):
        book.active.append(row)
    book.save("people.xlsx")
    told = run("check", "our.xlsx", "people.xlsx", "--json")
    assert [(each["kind"], each["holds"]) for each in told.json["files"]] == [
        ("catalog", "3 roles, 4 activities"),
        ("roster", "1 person, 0 teams"),
    ]


@pytest.mark.slow
def test_a_workbook_that_was_filled_in(run, made):
    """A person's workbook is read as collect would read it; one that is broken is told with its cure."""
    book = made / "people" / "Bo-Lee-2.xlsx"
    told = run("check", book, "--json")
    assert (told.code, told.json["files"][0]["kind"]) == (0, "workbook")
    assert told.json["files"][0]["holds"].startswith("0 of ")
    found = openpyxl.load_workbook(book)
    sheet = found["Assessment"]
    header = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "Skill")
    sheet.cell(header.row + 1, header.column).value = 7
    found.save(book)
    told = run("check", book)
    assert told.code == 1
    assert "Assessment!" in told.out
    assert "Bo Lee, " in told.out  # the name, as collect tells it with a roster
