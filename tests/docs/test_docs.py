"""What the documentation and the examples say is run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
import runpy
import shutil
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import growthsheet
from examples.gallery import books
from tests.proof.engines import require

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    m.name for m in pkgutil.walk_packages(growthsheet.__path__, "growthsheet.") if "__main__" not in m.name
)


@pytest.mark.slow
@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_run(name: str) -> None:
    """Each docstring's example gives what it says."""
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.slow
def test_the_readmes_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ten lines of Python in the README make the files and print the number that they say."""
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    assert capsys.readouterr().out == "3600.0\n"
    assert (tmp_path / "ana.xlsx").exists()
    assert len(list((tmp_path / "plans").rglob("*.xlsx"))) == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["team.py", "teams.py", "hr.py", "model.py", "tailor.py", "own_tab.py"])
def test_example_scripts_end_in_a_written_file(name: str, tmp_path: Path) -> None:
    """Each example script gives the path of a file that it wrote."""
    main = runpy.run_path(str(ROOT / "examples" / name))["main"]
    assert main(tmp_path).stat().st_size > 1000


@pytest.mark.slow
@pytest.mark.engines
def test_the_gallery_shows_every_tab(tmp_path: Path) -> None:
    """The gallery draws each tab that a reader sees, printed and in a window; a team prints on less than 20 pages."""
    require("pictures")
    require("screen")
    main = runpy.run_path(str(ROOT / "examples" / "gallery.py"))["main"]
    main.__globals__["DPI"] = 20  # small pictures are drawn sooner
    first_pages, last = main.__globals__["_first_pages"], dict[str, int]()

    def noted(pdf: Path) -> list[int]:
        found: list[int] = first_pages(pdf)
        last[pdf.stem] = max(found)
        return found

    main.__globals__["_first_pages"] = noted
    drawn = {path.relative_to(tmp_path / "de") for path in main(tmp_path, ["de"], ["person"]).rglob("*.png")}
    every = {Path(f"{kind}/{name}.png") for kind in ("print", "screen") for name in shown_tabs()}
    assert {path for path in every if path.parent.name == "print" or path.name.startswith("person-")} == drawn
    assert 10 < last["team"] < 20  # How it is worked out, the last tab, is one page


@pytest.mark.slow
def test_pictures_of_every_tab_are_there_and_small() -> None:
    """docs/pictures holds each tab, on the screen and printed, in both languages; gallery.md links to it."""
    folder, page = ROOT / "docs" / "pictures", (ROOT / "docs" / "gallery.md").read_text("utf-8")
    ways = ("en/screen", "en/print", "de/screen", "de/print")
    wanted = {f"{way}/{name}.png" for way in ways for name in shown_tabs()}
    assert wanted == {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}
    assert wanted == set(re.findall(r"\(pictures/(.*?)\)", page))
    assert sum(path.stat().st_size for path in folder.rglob("*.png")) < 6_000_000


def shown_tabs() -> set[str]:
    """The names of the pictures: the workbook and the tab."""
    made = {name: each.book() for name, each in books("en").items()}
    return {f"{n}-{s.name.lower().replace(' ', '-')}" for n, book in made.items() for s in book.sheets if not s.hidden}


@pytest.mark.slow
def test_the_notebook_runs_and_writes_a_workbook(tmp_path: Path) -> None:
    """The example notebook runs from top to bottom, draws its pictures and ends in a written workbook."""
    for name in ("people.csv", "team.ipynb"):
        shutil.copy(ROOT / "examples" / name, tmp_path)
    notebook = nbformat.read(tmp_path / "team.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": tmp_path}}).execute()
    assert (tmp_path / "maya-team.xlsx").stat().st_size > 1000
    outputs = [(cell.id, output) for cell in notebook.cells for output in cell.get("outputs", ())]
    assert [name for name, output in outputs if output.output_type == "error"] == []
    assert "Set prices and packages" in dict(outputs)["altair"].data["text/html"]
    assert dict(outputs)["matplotlib"].data["image/png"]


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """A page links only to files that are there."""
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_this_runs_on_a_supported_python() -> None:
    """Python 3.11 is the oldest that is supported, and what the project says it is."""
    assert sys.version_info >= (3, 11)
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")
