"""Python can be told to leave out assertions (-O) and docstrings as well (-OO)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from click.testing import CliRunner
import growthsheet as gs
from growthsheet.cli.commands import cli
people = [{"id": n, "name": f"Person {n}", "role": "director", "salary": 9} for n in range(3)]
made = gs.load_roster(people, catalog="product-management", basis="annual", currency="EUR", as_of="2026-03-01")
gs.build(made, sys.argv[1])
print(CliRunner().invoke(cli, ["--help"]).output)
"""


def run(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """What Python says when it runs so."""
    return subprocess.run(
        [sys.executable, *options],
        cwd=Path(__file__).parents[1],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


NEEDED = "growthsheet needs its docstrings: run Python without -OO, and unset PYTHONOPTIMIZE"


def test_docstrings_are_needed() -> None:
    """Without docstrings, which people read in workbooks, a script gets an error with the reason."""
    done = run("-OO", "-c", "import growthsheet")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == f"growthsheet.errors.GrowthsheetError: {NEEDED}"


def test_the_command_needs_docstrings(tmp_path: Path) -> None:
    """The command, by either name, tells the reason in one line, and ends with 2."""
    script = tmp_path / "growthsheet"
    script.write_text("from growthsheet.cli import main\nmain()\n")
    for command in (("-m", "growthsheet", "--help"), (str(script), "--help")):
        done = run(*command, PYTHONOPTIMIZE="2", PYTHONPATH=str(Path(__file__).parents[1]))
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"error: {NEEDED}\n")


def test_assertions_are_not_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without assertions the same workbooks come out, and the command says the same."""
    monkeypatch.setattr("sys.argv", ["", str(tmp_path / "with")])
    exec(compile(SCRIPT, "script", "exec", dont_inherit=True, optimize=0), {})
    done = run("-O", "-c", SCRIPT, str(tmp_path / "without"))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", capsys.readouterr().out)
    assert "Commands:" in done.stdout
    held, made = (
        {path.name: path.read_bytes() for path in sorted((tmp_path / folder).rglob("*.xlsx"))}
        for folder in ("with", "without")
    )
    assert len(held) == 3
    assert held == made
