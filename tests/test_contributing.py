"""What CONTRIBUTING.md and docs/decisions say of the code is so: paths, the map of packages, worked examples."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.docs.test_docs_true import blocks, printed
from tests.test_house import PACKAGE, ROOMS

ROOT = Path(__file__).parent.parent
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
INDEX = ROOT / "docs" / "decisions" / "index.md"
PAGES = [CONTRIBUTING, INDEX, *DECISIONS]

PATH = re.compile(r"(?<![\w./-])(?:growthsheet|tests|templates|docs|examples|benchmarks|\.ci)/[\w./*-]*\w|\.ci/run")
"""A path from the root of the project; the last part may be a pattern."""

PARTS = ["Decision", "Why", "What else was", "What it costs"]
"""How the headings of a decision's page begin."""


def missing(text: str, folder: Path) -> list[str]:
    """The paths that a text names, or links to from a folder, and that are not there."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    return [path for path in PATH.findall(text) if not any(ROOT.glob(path))] + [
        link for link in links if not (folder / link).exists()
    ]


def mapped(text: str) -> list[str]:
    """The packages in the first table of a text, in its order."""
    return re.findall(r"^\| `([\w.]+)` \|", text.partition("\n## Where")[0], re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    """A page names and links to files and folders of the project only."""
    assert missing(page.read_text("utf-8"), page.parent) == []


def test_a_path_that_is_not_there_is_told() -> None:
    """A planted path and a planted link are found, in a command and in a sentence."""
    text = "`pytest tests/test_nothing.py`, [so](nowhere.md), `growthsheet/xlsx/*.py` and `.ci/run`, tests/golden."
    assert missing(text, ROOT) == ["tests/test_nothing.py", "nowhere.md"]


def test_the_map_is_the_order_of_imports() -> None:
    """The map has every package that there is, each once, in the order in which they may import each other."""
    there = [room for room in ROOMS if any(PACKAGE.glob(f"{room.replace('.', '/')}*"))]
    assert mapped(CONTRIBUTING.read_text("utf-8")) == there


def test_every_package_is_in_the_map() -> None:
    """Whatever folder of the package holds modules stands in the map."""
    packages = {path.parent.relative_to(PACKAGE).as_posix().replace("/", ".") for path in PACKAGE.rglob("__init__.py")}
    assert sorted(packages - {"."} - set(mapped(CONTRIBUTING.read_text("utf-8")))) == []


def test_the_worked_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples run one after the other and print what their comments say; the command and the workbook work."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    examples = [text for language, _, text in blocks(CONTRIBUTING) if language == "python"]
    for text in examples:
        expected = [line.partition(")  # ")[2] for line in text.splitlines() if re.match(r" *print\(.*\)  # ", line)]
        assert printed(text, "CONTRIBUTING.md", names).splitlines() == expected
    assert len(examples) > 3
    assert Path("large-gaps.xlsx").stat().st_size > 10_000
    shutil.copy(ROOT / "examples" / "people.csv", tmp_path)
    run = CliRunner()
    assert run.invoke(names["managers"], ["people.csv"]).stdout == "Maya Lind\nTom Adeyemi\n"
    found = run.invoke(names["managers"], ["people.csv", "--json"]).stdout
    assert json.loads(found) == {"managers": ["Maya Lind", "Tom Adeyemi"]}


def test_contributing_is_short() -> None:
    """CONTRIBUTING.md has fewer than 280 lines."""
    assert len(CONTRIBUTING.read_text("utf-8").splitlines()) < 280


def test_the_index_lists_every_decision() -> None:
    """The index has each decision once, with its number, its title or a shorter one, and its date."""
    rows = re.findall(r"^\| (\d+) \| \[.+\]\((.+)\) \| (\d{4}-\d\d-\d\d) \|$", INDEX.read_text("utf-8"), re.MULTILINE)
    assert [name for _, name, _ in rows] == [page.name for page in DECISIONS]
    assert [int(number) for number, _, _ in rows] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.name)
def test_a_decision_is_a_page(page: Path) -> None:
    """A decision has its number, a date, and says what, why, what else was tried, and what it costs; on one page."""
    lines = page.read_text("utf-8").splitlines()
    assert lines[0].startswith(f"# {int(page.name[:2])}. ")
    assert re.match(r"\d{1,2} \w+ 20\d\d", lines[2])
    heads = [line.removeprefix("## ") for line in lines if line.startswith("## ")]
    assert [head.startswith(part) for head, part in zip(heads, PARTS, strict=True)] == [True] * len(PARTS)
    assert len(lines) < 60
