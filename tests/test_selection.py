"""The loop of whoever changes growthsheet: what a plain ``pytest`` runs, what it says, and what one fault stops."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PLUGIN = """
import inspect
from tests import making

def faulty(name):
    def function(*_, **__):
        raise RuntimeError(f"a fault in {name}")
    return function

for name, made in list(vars(making).items()):
    if callable(made) and getattr(made, "__module__", "") == making.__name__ and not inspect.isclass(made):
        setattr(making, name, faulty(name))
"""


def listed(*options: object, folder: Path | None = None) -> tuple[int, int, str]:
    """The exit code of a collection, how many tests it chose, and its last line."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *map(str, options)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, env={**_environment(), "PYTHONPATH": str(folder or ROOT)}
    )
    lines = done.stdout.splitlines()
    return done.returncode, sum("::" in line for line in lines), lines[-1]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


def test_what_is_left_out_is_said() -> None:
    """The quick selection says last how many tests it leaves out, and how to run all; together they are all."""
    _, quick, said = listed("tests/xlsx")
    left = re.fullmatch(r"The quick selection: (\d+) tests are left out, .*; --all runs all\.", said)
    code, everything, last = listed("tests/xlsx", "--all")
    assert left
    assert (code, everything) == (0, quick + int(left[1]))
    assert "quick selection" not in last
    assert 0 < quick < everything


def test_what_is_named_runs() -> None:
    """A file that is named runs as it is, and so does what a marker chooses."""
    _, named, last = listed(f"tests/{Path(__file__).name}")
    assert named == 7
    assert "quick selection" not in last
    assert listed("tests/test_selection.py", "-m", "engines")[1] == 0


def test_a_fault_in_what_tests_share_stops_no_module(tmp_path: Path) -> None:
    """With a fault in each of the functions that make rosters and workbooks every test is found, none is stopped."""
    tmp_path.joinpath("faulty_making.py").write_text(PLUGIN)
    code, found, _ = listed("--all", "-p", "faulty_making", folder=tmp_path)
    assert (code, found) == (0, listed("--all")[1])


@pytest.mark.parametrize(
    ("asked", "worker", "expected"), [(None, {}, "auto"), (0, {}, 0), (3, {}, 3), (None, {"workerinput": {}}, None)]
)
def test_only_the_first_process_starts_others(asked: int | None, worker: dict[str, Any], expected: object) -> None:
    """Everything runs in several processes unless their number is given, and a worker process starts none itself."""
    option = SimpleNamespace(run_all=True, numprocesses=asked, maxprocesses=None)
    conftest.pytest_cmdline_main(SimpleNamespace(option=option, **worker))  # type: ignore[arg-type]
    assert option.numprocesses == expected
