"""Workbooks with a password: nobody reads them without it, and a second run knows them nevertheless."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import msoffcrypto
import pytest
from click.testing import CliRunner

import growthsheet as gs
from growthsheet.batch import job
from growthsheet.cli.commands import cli
from growthsheet.errors import InputError, OutputError
from growthsheet.sheets.forms import FORMS
from growthsheet.storage.atomic import sha256
from growthsheet.xlsx import encryption as sealing
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from tests.batch.test_update import ANA, BO, backups, codes, contents, nobody
from tests.making import family, where
from tests.proof.engines import require
from tests.proof.sorting import libreoffice_edit

PASSWORD = "Zürich & Genève 7"
XI = ("Z",)  # a team of one


def workbooks(folder: Path) -> dict[str, bytes]:
    """The workbooks of a folder."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.xlsx"))}
    assert found
    return found


def opened(data: bytes, password: str = PASSWORD) -> bytes:
    """What is inside, as another program finds it."""
    out = io.BytesIO()
    file = msoffcrypto.OfficeFile(io.BytesIO(data))
    file.load_key(password=password, verify_password=True)
    file.decrypt(out, verify_integrity=True)
    return out.getvalue()


def entries(folder: Path) -> dict[str, dict[str, Any]]:
    """What the manifest says about each file."""
    return {entry["path"]: entry for entry in json.loads((folder / "manifest.json").read_text())["files"]}


@pytest.mark.slow
def test_only_the_password_opens_them(tmp_path: Path) -> None:
    """Each file is encrypted, holds the plain workbook, whose hash the manifest has; the password is nowhere."""
    gs.build(nobody(), tmp_path / "plain", managers=XI)
    gs.build(nobody(), tmp_path / "sealed", managers=XI, password=PASSWORD, workers=2)
    plain, sealed = workbooks(tmp_path / "plain"), workbooks(tmp_path / "sealed")
    assert {name: opened(data) for name, data in sealed.items()} == plain
    for name, data in sealed.items():
        assert msoffcrypto.OfficeFile(io.BytesIO(data)).info["passwordKeyBits"] == 256
        entry = entries(tmp_path / "sealed")[name]
        assert (entry["sha256"], entry["sealed"]) == (sha256(plain[name]), sha256(data))
        with pytest.raises(InputError) as caught:
            read_returned_workbook(data, name, FORMS)
        assert [problem.code for problem in caught.value.problems] == ["password-protected"]
    for path in (tmp_path / "sealed").rglob("*"):
        assert path.is_dir() or PASSWORD.encode() not in path.read_bytes()


@pytest.mark.slow
def test_again(tmp_path: Path) -> None:
    """A second run leaves what is up to date as it is, also after a kill; a changed roster is written anew."""
    gs.build(nobody(), tmp_path, managers=XI, password=PASSWORD)
    before = contents(tmp_path)
    assert gs.build(nobody(), tmp_path, managers=XI, password=PASSWORD).counts == {"unchanged": 2}
    assert gs.build(nobody(), tmp_path, managers=XI, password=PASSWORD, update=True).counts == {"unchanged": 2}
    assert contents(tmp_path) == before
    assert gs.build(nobody(blind=True), tmp_path, managers=XI, password=PASSWORD).counts["written"] >= 1


@pytest.mark.slow
def test_after_a_kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was put in place before the manifest could know it is recognised by what is inside."""
    honest = job.write_atomically

    def write(path: Path, data: Any) -> None:
        honest(path, data)
        raise KeyboardInterrupt

    monkeypatch.setattr(job, "write_atomically", write)
    with pytest.raises(KeyboardInterrupt):
        gs.build(nobody(), tmp_path, managers=XI, password=PASSWORD)
    monkeypatch.setattr(job, "write_atomically", honest)
    (before,) = workbooks(tmp_path).items()
    assert gs.build(nobody(), tmp_path, managers=XI, password=PASSWORD).counts == {"unchanged": 1, "written": 1}
    assert before in workbooks(tmp_path).items()


@pytest.mark.slow
def test_on_and_off(tmp_path: Path) -> None:
    """With a password plain files are encrypted; without one they are plain again only if that is said."""
    gs.build(nobody(), tmp_path, managers=XI)
    plain = workbooks(tmp_path)
    assert gs.build(nobody(), tmp_path, managers=XI, password=PASSWORD).counts == {"written": 2}
    assert {name: opened(data) for name, data in workbooks(tmp_path).items()} == plain
    sealed = workbooks(tmp_path)
    for password in ("", "another one"):
        for dry_run in (True, False):
            with pytest.raises(OutputError, match=r"have a(nother)? password"):
                gs.build(nobody(blind=True), tmp_path, managers=XI, password=password, dry_run=dry_run)
    assert workbooks(tmp_path) == sealed
    assert gs.build(nobody(), tmp_path, managers=XI, plain=True).counts == {"written": 2}
    assert workbooks(tmp_path) == plain
    assert gs.build(nobody(), tmp_path, managers=XI).counts == {"unchanged": 2}


@pytest.mark.slow
@pytest.mark.engines
def test_through_libreoffice(tmp_path: Path) -> None:
    """LibreOffice opens one with its password; what comes back, with or without it, is collected and updated."""
    require("libreoffice")
    gs.build(nobody(), tmp_path, managers=["M"], password=PASSWORD)
    sheet, ref = where(nobody().person("A").book(), "assessment", "k:talks", "skill")
    edits = [{"password": PASSWORD}, {"set": [sheet, ref, 3]}]
    plain = libreoffice_edit((tmp_path / ANA).read_bytes(), edits)
    for returned in (plain, sealing.encrypt(plain, PASSWORD)):
        (tmp_path / ANA).write_bytes(returned)
        collected = gs.collect(tmp_path / ANA, roster=nobody(), password=PASSWORD)
        assert [(rating.activity, rating.skill) for rating in collected.answers.ratings] == [("talks", 3)]
        report = gs.build(nobody(), tmp_path, managers=["M"], update=True, password=PASSWORD)
        assert (codes(report), report.counts["updated"]) == ([], 1)
        assert sha256(returned) in backups(tmp_path)
        assert gs.collect(tmp_path / ANA, roster=nobody(), password=PASSWORD).answers == collected.answers
    again = contents(tmp_path)
    report = gs.build(nobody(), tmp_path, managers=["M"], update=True, password=PASSWORD)
    assert report.counts == {"unchanged": 5}
    assert contents(tmp_path) == again


@pytest.mark.slow
def test_a_wrong_password(tmp_path: Path) -> None:
    """A file with another password is one problem, and left alone by an update; the others go on."""
    gs.build(nobody(), tmp_path, managers=["M"], password=PASSWORD)
    (tmp_path / BO).write_bytes(sealing.encrypt(nobody().person("B").to_bytes(), "another"))
    before = (tmp_path / BO).read_bytes()
    for password, code in ((PASSWORD, "wrong-password"), ("", "password-protected")):
        collected = gs.collect(tmp_path / BO, roster=nobody(), password=password)
        assert [p.code for p in collected.problems if p.severity == "error"] == [code]
    report = gs.build(nobody(), tmp_path, managers=["M"], update=True, password=PASSWORD)
    assert [(problem.code, problem.place) for problem in report.problems] == [("wrong-password", BO)]
    assert (tmp_path / BO).read_bytes() == before
    assert report.counts == {"refused": 1, "unchanged": 4}


@pytest.mark.slow
def test_files_that_are_hostile() -> None:
    """A damaged file, and one whose key would take for ever, are refused like one with another password."""
    data = sealing.encrypt(family().person("X").to_bytes(), PASSWORD)
    assert sealing.decrypt(data, "x.xlsx", PASSWORD) == family().person("X").to_bytes()
    patient = data.replace(b'spinCount="100000"', b'spinCount="999999"')
    assert patient != data
    for bad in (data[:3000], data[:-5000], patient, data[:1000] + bytes(len(data) - 1000)):
        with pytest.raises(InputError) as caught:
            sealing.decrypt(bad, "x.xlsx", PASSWORD)
        assert [problem.code for problem in caught.value.problems] == ["wrong-password"]


@pytest.mark.parametrize("password", ["", "x" * 256, "a\0b"])
def test_bad_passwords(password: str) -> None:
    """A password that Excel would not take is refused."""
    with pytest.raises(InputError) as caught:
        sealing.check_password(password)
    assert caught.value.problems[0].code == "bad-password"


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing is installed that encrypts, that is told, and nothing is written or read."""
    monkeypatch.setitem(sys.modules, "msoffcrypto", None)
    for act in (
        lambda: gs.build(nobody(), tmp_path / "out", password=PASSWORD),
        lambda: gs.collect(tmp_path, password=PASSWORD),
    ):
        with pytest.raises(InputError) as caught:
            act()
        assert [problem.code for problem in caught.value.problems] == ["no-encryption"]
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--password-file takes the first line of a file, and says it in no output."""
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("id,name,title\n1,Ana Ruiz,Product Manager\n")
    Path("password.txt").write_text(f"{PASSWORD}\n\n", encoding="utf-8-sig")
    Path("blank.txt").write_text("\n")
    build = ["build", "people.csv", "--out", "out", "--cycle", "2026", "--cycle-date", "2026-03-01"]
    made = CliRunner().invoke(cli, [*build, "--password-file", "password.txt"])
    assert (made.exit_code, PASSWORD in made.output) == (0, False)
    (data,) = workbooks(tmp_path).values()
    assert opened(data).startswith(b"PK")
    shutil.copytree("out/people", "back")
    collect = ["collect", "back", "--out", "answers", "--roster", "people.csv", "--cycle", "2026"]
    assert CliRunner().invoke(cli, [*collect, "--cycle-date", "2026-03-01"]).exit_code == 1
    found = CliRunner().invoke(cli, [*collect, "--cycle-date", "2026-03-01", "--password-file", "password.txt"])
    assert (found.exit_code, PASSWORD in found.output) == (0, False)
    assert CliRunner().invoke(cli, build).exit_code == 1
    assert data in workbooks(tmp_path / "out").values()
    assert CliRunner().invoke(cli, [*build, "--plain"]).exit_code == 0
    for bad in ("blank.txt", "no-such.txt"):
        assert CliRunner().invoke(cli, [*build, "--password-file", bad]).exit_code == 2
