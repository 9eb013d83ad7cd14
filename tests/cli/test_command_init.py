"""growthsheet init: a folder that works as it is."""

from pathlib import Path

import pytest

import growthsheet as gs


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--catalog", "mine.yaml")], ids=["built-in", "own"])
def test_a_new_folder_builds_as_it_is(run, monkeypatch, more):
    """Everything in the folder is checked without an error, and builds four people's workbooks and a manager's."""
    assert run("catalog", "new", "mine.yaml").code == 0
    told = run("init", "team", *more)
    assert (told.code, told.out) == (0, "")
    assert told.err.splitlines()[-1] == "Now: cd team, then growthsheet build roster.csv --out plans"
    monkeypatch.chdir("team")
    assert run("check", "catalog.xlsx", "roster.csv", "growthsheet.toml").code == 0
    built = run("build", "roster.csv", "--out", "plans", "--json")
    assert (built.code, built.json["counts"]) == (0, {"written": 5})
    expected = gs.load_catalog("../mine.yaml" if more else "product-management")
    assert gs.load_catalog("catalog.xlsx") == expected


def test_nothing_is_written_over(run):
    """Where one of the files is there, none is written."""
    Path("team").mkdir()
    Path("team/roster.csv").write_text("mine")
    told = run("init", "team")
    assert told.code == 1
    assert "team holds roster.csv already" in told.err
    assert [path.name for path in Path("team").iterdir()] == ["roster.csv"]


def test_files_in_json(run):
    """--json lists the files."""
    assert run("init", "team", "--json").json == {
        "files": ["team/catalog.xlsx", "team/roster.csv", "team/growthsheet.toml"]
    }
