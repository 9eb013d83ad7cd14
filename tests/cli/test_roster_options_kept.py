"""What was answered on the command line is kept for the next run; odd input ends in an answer, not in a crash."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import growthsheet as gs
from growthsheet.cli.commands import cli
from growthsheet.sources.tables import read_table
from tests.making import small_catalog

PEOPLE = (
    "Staff code,name,title,Contract end,state,annual pay,start\n"
    'x1,Ana,Product manager,01/02/30,Paused,"90,000 EUR",01/03/16\n'
)
ANSWERS = [
    *("--map", "id=Staff code", "--ignore", "Contract end", "--status", "Paused=employed", "--map", "status=state"),
    *("--date-order", "dmy", "--decimal", ".", "--accept", "pay-far-apart", "--currency", "EUR"),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(PEOPLE, "utf-8")


def run(*arguments: str, stdin: bytes = b"") -> tuple[int, str]:
    """The exit code of a command, and everything that it printed."""
    result = CliRunner().invoke(cli, list(arguments), input=stdin)
    return result.exit_code, result.output


def test_answers_are_kept() -> None:
    """Roster show --save-mapping writes every answer; with the file the next run needs none of them."""
    assert run("roster", "show", "people.csv")[0] == 2
    code, told = run("roster", "show", "people.csv", *ANSWERS, "--save-mapping", "kept.toml")
    assert (code, "1 person" in told) == (0, True)
    assert run("roster", "show", "people.csv", "--config", "kept.toml")[0] == 0
    kept = Path("kept.toml").read_text("utf-8")
    assert 'ignore = ["Contract end"]' in kept
    assert '[status]\n"Paused" = "employed"' in kept
    assert run("roster", "show", "people.csv", *ANSWERS, "--save-mapping", "kept.toml")[0] == 1


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31"])
def test_days_out_of_the_calendar(day: str) -> None:
    """A date that no fiscal year can hold is refused, on the command line and in Python."""
    code, told = run("build", "people.csv", "--out", "out", "--cycle-date", day, *ANSWERS)
    assert (code, "is not a date such as" in told) == (2, True)
    with pytest.raises(gs.InputError, match="out-of-range"):
        gs.load_roster([{"id": 1, "name": "Ana", "title": "x"}], catalog=small_catalog(), as_of=date.fromisoformat(day))


def test_stdin_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is read from stdin than a roster may have."""
    monkeypatch.setattr(read_table, "MOST_BYTES", 100)
    code, told = run("roster", "show", "-", stdin=io.BytesIO(PEOPLE.encode() * 100).getvalue())
    assert (code, "[too-large]" in told) == (2, True)


def test_what_cannot_be_accepted() -> None:
    """Only questions about what may be right can be accepted."""
    code, told = run("roster", "show", "people.csv", "--accept", "no-id")
    assert (code, "is not a problem that can be accepted" in told) == (2, True)


def test_the_week_of_full_time_is_the_rosters() -> None:
    """What FTE and hours say of full time counts on the command line as in Python: 40 is no answer of the user's."""
    Path("week.csv").write_text(
        "id,name,title,annual pay,currency,fte,weekly hours\n1,Ana,Product Manager,9,EUR,1,36\n"
        "2,Bo,Product Manager,9,EUR,0.5,18\n"
    )
    done = CliRunner().invoke(cli, ["roster", "show", "week.csv", "--basis", "annual"])
    assert done.exit_code == 0
    assert "full time is 36 hours" in done.output
