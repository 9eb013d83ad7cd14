"""The loop of whoever changes growthsheet: what a plain ``pytest`` runs, what it says, and what one fault stops."""

from __future__ import annotations

import inspect
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest, making

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}


def test_what_is_left_out_is_said() -> None:
    """The quick selection says last how many tests it leaves out, and how to run all; together they are all."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests/storage"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=_environment())
    *found, said = done.stdout.splitlines()
    left = re.fullmatch(r"The quick selection: (\d+) tests are left out, .*; --all runs all\.", said)
    assert done.returncode == 0
    assert left
    assert int(left[1]) > 0
    assert sum("::" in line for line in found) > 0


@pytest.mark.parametrize(
    ("arguments", "is_everything", "marker", "expected"),
    [
        ([], False, "", True),
        (["tests/xlsx"], False, "", True),
        (["tests/xlsx"], True, "", False),
        (["tests/test_house.py"], False, "", False),
        (["tests/test_house.py::test_rules"], False, "", False),
        ([], False, "engines", False),
    ],
)
def test_what_is_named_runs(arguments: list[str], is_everything: bool, marker: str, expected: bool) -> None:
    """A file that is named runs as it is, and so do everything with ``--all`` and what a marker chooses."""
    config = SimpleNamespace(args=arguments, option=SimpleNamespace(run_all=is_everything, markexpr=marker))
    assert conftest.is_quick(config) is expected  # type: ignore[arg-type]


def test_a_fault_in_what_tests_share_stops_no_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every module of tests can be imported though each of the functions that make rosters and workbooks fails."""

    def faulty(*_: object, **__: object) -> None:
        raise RuntimeError("a fault in what tests share")

    for name, function in list(vars(making).items()):
        if inspect.isfunction(function) and function.__module__ == making.__name__:
            monkeypatch.setattr(making, name, faulty)
    modules = [file for file in ROOT.glob("tests/**/test_*.py") if "making" in file.read_text("utf-8")]
    assert len(modules) > 30
    for file in modules:
        runpy.run_path(str(file))


@pytest.mark.parametrize(
    ("asked", "worker", "expected"), [(None, {}, "auto"), (0, {}, 0), (3, {}, 3), (None, {"workerinput": {}}, None)]
)
def test_only_the_first_process_starts_others(asked: int | None, worker: dict[str, Any], expected: object) -> None:
    """Everything runs in several processes unless their number is given, and a worker process starts none itself."""
    option = SimpleNamespace(run_all=True, numprocesses=asked, maxprocesses=None)
    conftest.pytest_cmdline_main(SimpleNamespace(option=option, **worker))  # type: ignore[arg-type]
    assert option.numprocesses == expected
