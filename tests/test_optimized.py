"""Python can be told to leave out assertions (-O) and docstrings as well (-OO)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
import growthsheet as gs
people = [{"id": n, "name": f"Person {n}", "role": "director", "salary": 9} for n in range(3)]
made = gs.load_roster(people, catalog="product-management", basis="annual", currency="EUR")
gs.build(made, sys.argv[1])
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


@pytest.mark.parametrize("command", [("-c", "import growthsheet"), ("-m", "growthsheet", "--help")])
def test_docstrings_are_needed(command: tuple[str, ...]) -> None:
    """Without docstrings, which people read in workbooks and as help, nothing runs, and the reason is given."""
    needed = "GrowthsheetError: growthsheet needs its docstrings: run Python without -OO, and unset PYTHONOPTIMIZE"
    for done in (run("-OO", *command), run(*command, PYTHONOPTIMIZE="2")):
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines()[-1] == f"growthsheet.errors.{needed}"


def test_assertions_are_not_needed(tmp_path: Path) -> None:
    """Without assertions the same workbooks come out, and a command says the same."""
    for folder, options in (("with", ()), ("without", ("-O",))):
        done = run(*options, "-c", SCRIPT, str(tmp_path / folder))
        assert (done.returncode, done.stderr) == (0, "")
    held, made = (
        {path.name: path.read_bytes() for path in sorted((tmp_path / folder).rglob("*.xlsx"))}
        for folder in ("with", "without")
    )
    assert len(held) == 3
    assert held == made
    assert run("-m", "growthsheet", "--help").stdout == run("-O", "-m", "growthsheet", "--help").stdout != ""
