"""What the pages of docs/ say is true: commands work, Python runs, files are right, and nothing is left out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from distributed import Client

from growthsheet.cli.commands import cli
from growthsheet.expr.measure import Measure
from growthsheet.measures import lookups
from growthsheet.tasks.settings import Settings
from growthsheet.workbook.blocks import Book, Cards, NamedCells
from growthsheet.workbook.tables import TableData
from tests.docs.pages import PAGES as MADE
from tests.docs.pages import books
from tests.measures.test_exact_budgets import CASES

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
WRITTEN = [page for page in PAGES if page.name not in ("problems.md", *MADE)]
"""The pages that people write; problems.md is made from templates/problems.yaml."""

ELSEWHERE = ("cycle.md", "json.md")

BLOCK = re.compile(r"^( *)```(\w+) ?([\w./-]*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def blocks(page: Path) -> Iterator[tuple[str, str, str]]:
    """Each block of a page: its language, the file that it is (or ""), and its text."""
    for indent, language, file, text in BLOCK.findall(page.read_text("utf-8")):
        yield language, file, "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a roster, and an environment that says nothing to growthsheet."""
    for name in [name for name in os.environ if name.startswith("GROWTHSHEET_")]:
        monkeypatch.delenv(name)
    shutil.copy(ROOT / "examples" / "people.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in WRITTEN if page.name not in ELSEWHERE], ids=lambda page: page.name)
def test_what_a_page_shows_works(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page's blocks, one after the other: files are put there, commands end well, Python prints what it says.

    Those of cycle.md run in tests/docs/test_year.py, where people answer in between, those of json.md in
    tests/docs/test_made_pages.py. No other processes are started: that they make the same is proven in tests/batch.
    """
    monkeypatch.setattr("distributed.Client", partial(Client, processes=False, dashboard_address=None))
    names: dict[str, object] = {}
    for language, file, text in blocks(page):
        if file:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text, "utf-8")
        elif language == "sh":
            for line in text.splitlines():
                if line.startswith("growthsheet "):
                    result = run(line, folder)
                    assert result.exit_code == 0, f"{line}\n{result.output}"
        elif language == "python":
            shown = as_script(text) if page.name == "many.md" else printed(text, page.name, names)
            for said in re.findall(r"^ *print\(.*\)  # (.*)$", text, re.MULTILINE):
                for part in said.split(" ..."):
                    assert part.strip() in shown


def run(line: str, folder: Path) -> Result:
    """Run a command line as a shell would, with its words, its comment and its output to a file."""
    words = shlex.split(re.sub(r"--workers \d+", "--workers 1", line), comments=True)[1:]
    target = ""
    if ">" in words:
        *words, _, target = words
    result = CliRunner().invoke(cli, words)
    if target:
        (folder / target).write_text(result.stdout, "utf-8")
    return result


def as_script(text: str) -> str:
    """What a script prints that holds a piece of Python and nothing else, as a reader copies it."""
    Path("script.py").write_text(text, "utf-8")
    done = subprocess.run([sys.executable, "script.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def printed(text: str, name: str, names: dict[str, object]) -> str:
    """What a piece of Python prints; what it names stays for the next one."""
    out = StringIO()
    with redirect_stdout(out):
        exec(compile(text, name, "exec"), names)
    return out.getvalue()


def test_every_page_is_reached_from_the_first() -> None:
    """docs/index.md leads to every other page."""
    linked = set(re.findall(r"\]\(([\w-]+\.md)", (ROOT / "docs" / "index.md").read_text("utf-8")))
    assert linked == {page.name for page in PAGES} - {"index.md"}


def test_links_into_a_page_find_their_heading() -> None:
    """A link to a part of a page leads to a heading that is there."""
    for page in PAGES:
        for target, part in re.findall(r"\]\(([\w./-]*)#([\w-]+)\)", page.read_text("utf-8")):
            text = (page.parent / target if target else page).read_text("utf-8")
            heads = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
            assert part in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}, (page, part)


def test_every_option_of_build_is_described() -> None:
    """Each option of growthsheet build has a help text, and stands on a page."""
    pages = "".join(page.read_text("utf-8") for page in WRITTEN)
    for parameter in cli.commands["build"].params:
        for name in parameter.opts:
            if name.startswith("--"):
                assert getattr(parameter, "help", ""), name
                assert re.search(rf"`[^`]*{name}\b", pages), name


def test_no_page_names_an_option_that_is_not_there() -> None:
    """Each long option in backquotes or in a command is one of growthsheet's, pip's or Python's."""
    there = {name for command in cli.commands.values() for name in options_of(command)} | {"--help"}
    for page in WRITTEN:
        if page.name not in (
            "performance.md",
            "proof.md",
            "release.md",
            "reliability.md",
        ):  # they name those of other programs
            assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page.read_text("utf-8"))) <= there, page.name


def options_of(command: object) -> Iterator[str]:
    """The options of a command and of the commands below it."""
    for parameter in getattr(command, "params", ()):
        yield from parameter.opts
    for inner in getattr(command, "commands", {}).values():
        yield from options_of(inner)


def test_every_setting_is_on_its_page() -> None:
    """docs/settings.md has a row for each key of growthsheet.toml, with its option where there is one."""
    rows = dict(
        re.findall(r"^\| `(\w+)` \| (?:`(--[\w-]+)`)? *\|", (ROOT / "docs/settings.md").read_text("utf-8"), re.M)
    )
    options = {name for name in options_of(cli.commands["build"]) if name.startswith("--")}
    wanted = {key: f"--{key.replace('_', '-')}" for key in Settings.model_fields}
    assert rows == {key: option if option in options else "" for key, option in wanted.items()}


@pytest.mark.parametrize("case", [name for name in CASES if CASES[name][0]])
def test_the_cases_on_the_budget_page_are_the_proven_ones(case: str) -> None:
    """A case of docs/budget.md shows the allocation that the engines find."""
    rows = re.findall(
        r"^\| (.*?) \| .* \| (?:[A-Z]{3} )?([\d,.]+) \|$", (ROOT / "docs/budget.md").read_text("utf-8"), re.M
    )
    shown = {name: amount.replace(",", "") for name, amount in rows}
    assert len(shown) > 12
    assert shown.get(case, CASES[case][0]) == CASES[case][0]


REPEATED = {"repeated", *(name for name, each in vars(lookups).items() if isinstance(each, Measure))}
"""Measures that only show what stands elsewhere, where it has its words."""

PLAIN = {"Open items", "Answered"}
"""Labels that say in words what is counted."""


@pytest.mark.parametrize("book", books(), ids=lambda book: book.kind)
def test_every_measure_on_a_tab_has_words(book: Book) -> None:
    """Each number that a tab works out is told in words on the tab How it is worked out, or its label says it all."""
    told: set[object] = set()
    worked_out: set[object] = set()
    for sheet in book.sheets:
        for block in () if sheet.hidden else sheet.blocks:
            if isinstance(block, TableData):
                told |= {row["number"] for row in block.rows} if block.table.name == "method" else set()
                shown = [(c.header, c) for c in block.table.columns if not c.of]  # of: one person's, as in its heading
            else:
                shown = [(f.label, f) for f in block.cells if f.label] if isinstance(block, NamedCells | Cards) else []
            worked_out |= {
                h
                for h, each in shown
                if not each.hidden
                and (each.measure.name not in REPEATED if each.measure else book.kind == "organization" and each.note)
            }
    assert len(worked_out) > 10
    assert sorted(worked_out - told - PLAIN) == []


@pytest.mark.parametrize("book", books(), ids=lambda book: book.kind)
def test_every_tab_is_described(book: Book) -> None:
    """docs/workbooks.md names each tab that a reader sees."""
    page = (ROOT / "docs" / "workbooks.md").read_text("utf-8")
    assert [sheet.name for sheet in book.sheets if not sheet.hidden and f"**{sheet.name}**" not in page] == []
