"""Small manners that all commands share: short options, stdin, near names, and what is told about pay."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from growthsheet.cli.commands import cli

ROSTER = (
    "id,name,title,manager,annual salary,currency\n1,Ana,Product Manager,,1000,EUR\n2,Bo,Product Manager,Ana,900,EUR\n"
)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a roster, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(ROSTER, encoding="utf-8")
    return tmp_path


def ran(*words: str, stdin: str = "") -> tuple[int, str]:
    """The exit code and everything that a command prints."""
    result = CliRunner().invoke(cli, words, input=stdin)
    return result.exit_code, result.output


def test_short_options(home: Path) -> None:
    """-V, -h, -o and -q stand for the long options; --quiet prints nothing where all is well."""
    assert ran("-V") == ran("--version")
    assert ran("build", "-h") == ran("build", "--help")
    assert ran("build", "people.csv", "-q", "-o", "plans") == (0, "")
    assert len(list((home / "plans").rglob("*.xlsx"))) == 3


def test_a_blank_name_is_refused(home: Path) -> None:
    """A variable of a script that was not set does not write into the folder at hand."""
    code, told = ran("build", "people.csv", "--out", "")
    assert (code, "it is blank" in told, sorted(path.name for path in home.iterdir())) == (2, True, ["people.csv"])


@pytest.mark.parametrize("command", [["check"], ["roster", "show"], ["build", "--out", "plans"]])
def test_the_nearest_file_is_suggested(command: list[str], home: Path) -> None:
    """A misspelt file is answered by the name of the one that was meant."""
    code, told = ran(*command, "poeple.csv")
    assert code == 2
    assert "id you mean 'people.csv'?" in told


def test_a_roster_on_stdin_is_checked(home: Path) -> None:
    """``check -`` reads a roster as build does."""
    assert ran("check", "-", stdin=ROSTER)[0] == 0
    code, told = ran("check", "-", stdin=ROSTER.replace("2,Bo", "1,Bo"))
    assert code == 1
    assert "stdin" in told


def test_pay_in_managers_files_is_told(home: Path) -> None:
    """Whoever builds learns that managers' workbooks hold salaries, and how to leave them out; init does the same."""
    told = "Managers' workbooks hold salaries; --pay allowance leaves them out."
    assert told in ran("build", "people.csv", "--out", "plans")[1]
    assert told not in ran("build", "people.csv", "--out", "plans", "--pay", "allowance")[1]
    ran("init", "growth")
    assert told in ran("build", "growth/roster.csv", "--config", "growth/growthsheet.toml", "--out", "begun")[1]


def test_folders_that_cannot_be_written_are_named(home: Path) -> None:
    """A link that leads nowhere, and a path that Excel cannot open, are told in a line with the path."""
    (home / "dangling").symlink_to(home / "nowhere")
    code, told = ran("build", "people.csv", "--out", "dangling")
    assert (code, told) == (1, "error: dangling is a link that leads nowhere; remove it, or name another folder\n")
    deep = "/".join(["d" * 100] * 2)
    code, told = ran("build", "people.csv", "--out", deep)
    assert code == 1
    assert "Excel opens paths of 218 at most" in told
    assert not (home / deep).exists()


def test_a_password_with_a_character_that_ends_it_is_refused(home: Path) -> None:
    """No program could open a workbook whose password holds a NUL."""
    (home / "password").write_bytes(b"a\0b\n")
    code, told = ran("build", "people.csv", "--out", "plans", "--password-file", "password")
    assert (code, "[bad-password]" in told, (home / "plans").exists()) == (2, True, False)
