"""growthsheet export and growthsheet forget: one person's data handed over and erased."""

from pathlib import Path
from zipfile import ZipFile

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def folder_of_answers(run, roster, made):
    """Workbooks of three people, and what was collected from them beside."""
    spring = ("--cycle", "spring", "--cycle-date", "2026-03-01")
    assert run("collect", made / "people", "--roster", roster, *spring, "--out", made / "answers").code == 0
    rows = "cycle,person,activity,source,skill\nspring,2,pricing,self,1\nspring,3,pricing,self,2\n"
    (made / "answers" / "answers.csv").write_text(rows, encoding="utf-8")
    return made


def test_a_folder_and_an_archive_hold_the_same(run, folder_of_answers):
    """A person's rows and workbook are handed over, as a folder or as a .zip, and listed on stdout."""
    told = run("export", "2", folder_of_answers, "--out", "given")
    assert (told.code, told.out.splitlines()) == (
        0,
        ["answers/answers.csv: 1 row copied", "people/Bo-Lee-2.xlsx: copied"],
    )
    zipped = run("export", "2", folder_of_answers, "--out", "given.zip", "--json")
    assert zipped.json["files"] == told.out.splitlines()
    given = {p.relative_to("given").as_posix(): p.read_bytes() for p in Path("given").rglob("*") if p.is_file()}
    with ZipFile("given.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == given
    assert b'"spring","2","pricing"' in given["answers/answers.csv"]
    assert b"spring,3" not in given["answers/answers.csv"]


def test_an_archive_has_the_same_bytes_every_time(run, folder_of_answers):
    """The same data give the same archive."""
    for name in ("one.zip", "two.zip"):
        assert run("export", "2", folder_of_answers, "--out", name).code == 0
    assert Path("one.zip").read_bytes() == Path("two.zip").read_bytes()


def test_nothing_is_written_over(run, folder_of_answers):
    """A file or folder that is there is left as it is."""
    Path("given.zip").write_text("mine")
    told = run("export", "2", folder_of_answers, "--out", "given.zip")
    assert (told.code, Path("given.zip").read_text()) == (1, "mine")
    assert "already exists; name another one" in told.err


def test_forget_asks_first(run, folder_of_answers):
    """Without --yes what would go is listed and asked about; "n" changes nothing."""
    book = folder_of_answers / "people" / "Bo-Lee-2.xlsx"
    told = run("forget", "2", folder_of_answers, input="n\n")
    assert (told.code, book.exists()) == (1, True)
    assert "people/Bo-Lee-2.xlsx: erased\nErase all of this? [y/N]" in told.err
    assert run("forget", "2", folder_of_answers, input="y\n").code == 0
    assert not book.exists()


def test_a_dry_run_tells_what_forget_would_do(run, folder_of_answers):
    """--dry-run changes no byte, and lists what --yes then erases."""
    files = [path for path in sorted(folder_of_answers.rglob("*")) if path.is_file()]
    before = [path.read_bytes() for path in files]
    dry = run("forget", "2", folder_of_answers, "--dry-run", "--json")
    assert [path for path in sorted(folder_of_answers.rglob("*")) if path.is_file()] == files
    assert [path.read_bytes() for path in files] == before
    done = run("forget", "2", folder_of_answers, "--yes", "--json")
    assert (dry.json["dry_run"], done.json["dry_run"]) == (True, False)
    assert dry.json["files"] == done.json["files"]
    assert dry.json["files"] == [
        "answers/responses.csv: erased",
        "answers/answers.csv: 1 row erased",
        "answers/problems.csv: 1 row erased",
        "manifest.json: 1 line erased",
        "people/Bo-Lee-2.xlsx: erased",
    ]
    assert "teams/Ana-Ruiz-1.xlsx" in {problem["place"] for problem in done.json["left"]}


def test_nobody_of_that_id(run, folder_of_answers):
    """An id of which nothing is there ends with 2."""
    for command in (("export", "Bo Lee", folder_of_answers, "--out", "x"), ("forget", "9", folder_of_answers)):
        told = run(*command)
        assert told.code == 2
        assert "[nothing-about]" in told.err
