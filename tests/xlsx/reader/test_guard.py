from __future__ import annotations

import os
from pathlib import Path

import pytest

from growthsheet.errors import InputError
from growthsheet.sheets.forms import FORMS
from growthsheet.xlsx.reader import xml_stream as markup
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.returned_workbook import Returned, read_returned_workbook
from tests.xlsx.reader.hostile import REFUSED, edited, genuine, made, parts, team, with_part


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for a slow machine: what is asked here is what is said, not how soon."""
    monkeypatch.setattr(markup, "SECONDS", 60)


def refused(source: bytes | Path, name: str = "ana.xlsx") -> str:
    """The code with which a file is refused."""
    with pytest.raises(InputError) as caught:
        read_returned_workbook(source, name, FORMS)
    [problem] = caught.value.problems
    assert problem.place.startswith(name)
    assert problem.found
    assert problem.expected
    assert problem.hint
    return problem.code


@pytest.mark.slow
@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    """Each hostile or foreign file is refused under its own code, with what it is, what is wanted, and a cure."""
    assert REFUSED[case][1] == refused(made(case))


def test_genuine() -> None:
    """What growthsheet writes comes through the door, and every part matches its checksum."""
    for data in (genuine(), team()):
        door = open_package(data, "ana.xlsx")
        door.check()
        assert {name: b"".join(door.chunks(name)) for name in door.parts} == parts(data)


def test_part_names_ignore_case() -> None:
    """A part is found without regard to case, as the standard wants it."""
    assert "XL/WORKBOOK.xml" in open_package(genuine(), "ana.xlsx")


@pytest.mark.parametrize("part", ["META-INF/manifest.xml", "content.xml", "index/a.xml", "a.iwa"])
def test_a_name_alone_makes_no_other_format(part: str) -> None:
    """A workbook to which a program added a part that other formats have, too, is still a workbook."""
    assert open_package(with_part(part, b"<a/>"), "ana.xlsx").workbook == "xl/workbook.xml"


def test_another_file_is_no_part_of_this_one() -> None:
    """A relation with another file names no part of this one, whatever its target says."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    other = f'<Relationship Id="x" Type="{kind}" Target="docProps/app.xml" TargetMode="External"/>'
    door = open_package(edited("_rels/.rels", "(?=<Relationship )", other), "ana.xlsx")
    assert ("x" in door.root, door.workbook) == (False, "xl/workbook.xml")


def test_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no other limit foresees ends when its time is up."""
    monkeypatch.setattr(markup, "SECONDS", 0)
    assert refused(genuine()) == "takes-too-long"


def test_missing_part() -> None:
    """A part that is asked for and is not there is told."""
    with pytest.raises(InputError, match="missing-part"):
        list(open_package(genuine(), "ana.xlsx").chunks("xl/nothing.xml"))


def test_files(tmp_path: Path) -> None:
    """Only a regular file is read: no folder, link or pipe, and none that is not there."""
    file, link, pipe = tmp_path / "a.xlsx", tmp_path / "link.xlsx", tmp_path / "pipe.xlsx"
    file.write_bytes(genuine())
    assert isinstance(read_returned_workbook(file, "a.xlsx", FORMS), Returned)
    assert refused(tmp_path) == "not-a-regular-file"
    assert refused(tmp_path / "none.xlsx") == "not-readable"
    if hasattr(os, "mkfifo"):
        link.symlink_to(file)
        os.mkfifo(pipe)
        assert [refused(link), refused(pipe)] == ["not-a-regular-file"] * 2


def test_large_file(tmp_path: Path) -> None:
    """Of a file that is too large no more is read than shows it."""
    file = tmp_path / "large.xlsx"
    with file.open("wb") as out:
        out.truncate(3 << 30)
    with pytest.raises(InputError) as caught:
        read_returned_workbook(file, "ana.xlsx", FORMS)
    [problem] = caught.value.problems
    assert (problem.code, problem.found, problem.expected) == ("too-large", "more than 10 MB", "at most 10 MB")


def test_lock_file() -> None:
    """The mark that Excel leaves beside an open workbook is told as such."""
    assert refused(b"x" * 165, "~$ana.xlsx") == "lock-file"
    assert refused(b"x" * 165, "~$ana.xlsx".replace("~$", "back~$")) == "text-table"


def test_names_on_one_line() -> None:
    """A file's name cannot write lines of its own into a report."""
    with pytest.raises(InputError) as caught:
        read_returned_workbook(b"", "ana\nnot.xlsx", FORMS)
    assert str(caught.value).count("\n") == 0
