"""growthsheet catalog new and convert: catalogs into files of every kind."""

from pathlib import Path

import pytest

import growthsheet as gs


@pytest.mark.parametrize("name", ["our.xlsx", "our.yaml", "our.json"])
def test_a_new_catalog_is_a_whole_one(run, name):
    """Each kind of new file has no fault, and workbooks can be built from it."""
    told = run("catalog", "new", name)
    assert (told.code, told.out, told.err) == (0, "", f"Wrote 3 roles and 4 activities to {name}\n")
    assert run("catalog", "show", name).code == 0
    Path("people.csv").write_text("id,name,title\n1,Ana,Team lead\n")
    assert run("build", "people.csv", "--catalog", name, "--out", "out").code == 0


def test_converting_there_and_back(run):
    """The built-in catalog as a workbook, and the workbook as YAML again, is the built-in catalog."""
    assert run("catalog", "convert", "product-management", "pm.xlsx").code == 0
    told = run("catalog", "convert", "pm.xlsx", "back/pm.yaml", "--json")
    assert told.json == {"file": "back/pm.yaml", "roles": 8, "activities": 45, "notes": []}
    assert gs.load_catalog("back/pm.yaml") == gs.load_catalog("product-management")


def test_nothing_is_written_over(run):
    """A file that is there stays as it is."""
    Path("our.xlsx").write_text("mine")
    for command in (("new", "our.xlsx"), ("convert", "product-management", "our.xlsx")):
        told = run("catalog", *command)
        assert (told.code, Path("our.xlsx").read_text()) == (1, "mine")
        assert "already exists" in told.err


def test_kinds_of_files(run):
    """A name that ends in something else ends with 2, before anything is written."""
    told = run("catalog", "new", "our.docx")
    assert (told.code, Path("our.docx").exists()) == (2, False)
    assert "[unknown-file-kind]" in told.err


MATRIX = "Thing,Junior 1,Senior 1\nFiling,Wren,Owl\nTalking,,Wren\n"


def test_a_framework_with_a_ladder_and_a_map(run):
    """Columns and levels that nobody knows are named on the command line, of convert and of check alike."""
    Path("m.csv").write_text(MATRIX)
    told = run("catalog", "convert", "m.csv", "m.yaml", "--map", "activity=Thing")
    assert (told.code, Path("m.yaml").exists()) == (2, False)
    assert "'Wren' (2 times)" in told.err
    assert "--ladder" in told.err
    assert "--map id" not in told.err
    more = ("--map", "activity=Thing", "--ladder", "Wren, Owl")
    assert run("check", "m.csv", *more).out.startswith("m.csv: 2 roles, 2 activities, 1 note\n")
    assert run("catalog", "convert", "m.csv", "m.yaml", *more).code == 0
    assert gs.load_catalog("m.yaml").roles[1].expected == {"filing": 2, "talking": 1}


def test_what_is_neither_a_roster_nor_a_framework(run):
    """A table of unknown headers is told as what it may be, with its headers whole."""
    Path("m.csv").write_text("Category 1,Thing,Stage\nA,Modelling,2\n")
    told = run("check", "m.csv")
    assert [line.rpartition("[")[2] for line in told.out.splitlines()[1:]] == ["no-header]", "no-framework]"]
    assert "Category 1, Thing, Stage" in told.out


def test_notes_on_a_framework_are_not_lost(run):
    """What was taken for something is told by show and by build, too."""
    Path("m.csv").write_text("Role,Skill,Level\nClerk,Filing,2\n")
    Path("people.csv").write_text("id,name,title\n1,Ana,Clerk\n")
    assert "[scale-taken]" in run("catalog", "show", "m.csv").err
    assert "[scale-taken]" in run("build", "people.csv", "--catalog", "m.csv", "--out", "out").err
