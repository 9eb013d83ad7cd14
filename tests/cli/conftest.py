"""What the tests of the command line share."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from growthsheet.cli.commands import cli

CANARY = 73_131
"""A monthly salary that stands nowhere else; nor does what is worked out from it."""

ROSTER = f"""\
Employee ID,Name,Job Title,Manager ID,Monthly Salary,Currency
1,Ana Ruiz,Group Product Manager,,{CANARY},USD
2,Bo Lee,Product Manager,1,{CANARY},USD
3,Cy Fox,Technical PM,1,{CANARY},USD
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to work in, and an environment that says nothing to growthsheet."""
    for name in [name for name in os.environ if name.startswith("GROWTHSHEET_") or name == "NO_COLOR"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def roster(folder):
    """A roster of three people."""
    path = folder / "people.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


class Run:
    """What a command printed, and its exit code."""

    def __init__(self, result):
        self.code = result.exit_code
        self.out, self.err = result.stdout, result.stderr
        self.exception = result.exception

    @property
    def json(self):
        """What stands on stdout, as data."""
        return json.loads(self.out)


@pytest.fixture
def run():
    """Run a command in this process."""
    return lambda *arguments, **more: Run(CliRunner().invoke(cli, [str(each) for each in arguments], **more))


@pytest.fixture
def made(run, roster):
    """The workbooks of the three people, and of their manager."""
    assert run("build", roster, "--out", "out", "--cycle", "spring", "--cycle-date", "2026-03-01").code == 0
    return Path("out")
