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
        assert "is there already" in told.err


def test_kinds_of_files(run):
    """A name that ends in something else ends with 2, before anything is written."""
    told = run("catalog", "new", "our.docx")
    assert (told.code, Path("our.docx").exists()) == (2, False)
    assert "[unknown-file-kind]" in told.err
