"""A small part of what ``python -m benchmarks.scorecard`` tries, and faults that each line of it has to see."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest

from benchmarks import covering, fuzz, leaks, planted, scorecard
from growthsheet.sources.tables import write_csv
from growthsheet.tasks import check
from growthsheet.tasks.explain import explanations
from tests.sheets.test_hostile_text import hostile


@pytest.mark.parametrize("name", fuzz.corpus())
def test_every_kept_file_gets_an_answer(name: str, tmp_path: Path) -> None:
    """A file of each kind is read without an error; those that once got no answer are told what is wrong."""
    told = fuzz.answered(name, fuzz.corpus()[name], tmp_path)
    assert told == "ok" if "-" not in name or name in fuzz.ANSWERS else told in explanations()


@pytest.mark.slow
def test_changed_files_get_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of some changed files each gets an answer; a reader that fails is seen."""
    assert fuzz.fuzz(20) == []

    def fail(*_: object) -> None:
        raise KeyError("Skill")

    monkeypatch.setattr(check, "read_catalog", fail)
    assert fuzz.fuzz(20) != []


@pytest.mark.slow
def test_pay_and_texts_that_come_out_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that may show no pay show none; one that may, and a table that is not neutralised, are seen."""
    monkeypatch.setattr(leaks, "COMMANDS", (leaks.COMMANDS[0], leaks.COMMANDS[3]))
    assert leaks.commands()[1] == []
    monkeypatch.setattr(leaks, "COMMANDS", ("build whole.csv --out plans --team N --pay salary",))
    assert leaks.commands()[1] != []
    made = hostile("=1+1")
    assert leaks.texts(1_000) == (10, [])  # the first of them
    monkeypatch.setattr(write_csv, "neutral", str)
    with TemporaryDirectory() as folder:
        assert list(leaks.files(made, Path(folder))) != []


@pytest.mark.slow
def test_a_place_is_changed() -> None:
    """Each place of a module can be changed on its own, types and docstrings are left alone, and the code is other."""
    found = planted.places("growthsheet.views.suppression")
    assert len(found) > 20
    source = planted.source_of("growthsheet.views.suppression").read_text("utf-8")
    changed = {ast.unparse(planted.Planter(fault.number).visit(ast.parse(source))) for fault in found}
    assert len(changed - {ast.unparse(ast.parse(source))}) == len(found)


def test_known_faults_can_be_planted() -> None:
    """Of each fault that is known the text that it changes occurs once in its file, and its tests exist."""
    wrong = list[str]()
    for fault in planted.known_faults():
        if read(fault.file).count(fault.before) != 1 or fault.before == fault.after or not fault.tests:
            wrong.append(f"{fault.file}: {fault.what}")
        for test in fault.tests:
            path, name = test.split("[")[0].split("::")
            wrong += [test] if f"\ndef {name}(" not in read(path) else []
    assert wrong == []


@cache
def read(path: str) -> str:
    """The text of a file of ours."""
    return (planted.ROOT / path).read_text("utf-8")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a module of two functions and its tests."""
    monkeypatch.setattr(planted, "ROOT", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "added_up.py").write_text("def total(*each):\n    return sum(each)\n\ndef none():\n    return 0\n")
    tests = "def test_two(): assert total(1, 2) == 3\ndef test_none(): assert none() == 0\n"
    (tmp_path / "test_sums.py").write_text(f"from added_up import none, total\n\n{tests}")
    return tmp_path


FORKED = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # a process that has threads is forked


@pytest.mark.slow
@FORKED
@pytest.mark.usefixtures("toy")
def test_known_faults_are_seen_or_not() -> None:
    """A fault that makes a test fail is seen; one that changes nothing, or cannot run, is told."""
    fault = planted.Known("too much", "added_up.py", "sum(each)", "sum(each) + 1", ("test_sums.py::test_two",))
    harmless, broken = replace(fault, after="sum((*each, 0))"), replace(fault, after="sum(each")
    told = "added_up.py: too much: test_sums.py::test_two"
    assert planted.unseen([fault, harmless, broken]) == (3, [told, told])


@pytest.mark.slow
@FORKED
def test_tests_of_the_changed_function_run_first(toy: Path) -> None:
    """The tests that enter the function with a line come first, in whatever order they stand in their file."""
    notes, names = toy / "tests.json", ("test_two", "test_none")
    items = [SimpleNamespace(nodeid=f"test_sums.py::{name}") for name in names]
    assert planted.outcome(None, ["test_sums.py"], covering.Recorder(toy / "added_up.py", notes)) == 0
    for line, first in ((5, "test_none"), (2, "test_two")):
        covering.First(notes, line).pytest_collection_modifyitems(items)  # type: ignore[arg-type]
        assert items[0].nodeid == f"test_sums.py::{first}"


def test_the_table_has_a_line_for_each(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A line tells what was tried and found, and how to try it again; what must not be found ends with 1."""
    line = replace(scorecard.CHECKS["fuzz"], tried=lambda size: (size, ["one"]))
    monkeypatch.setitem(scorecard.CHECKS, "fuzz", line)
    assert scorecard.main(["fuzz", "--size", "3"]) == 1
    assert "| an input of any kind without an answer | 3 files | 1 | `fuzz --size 3` |" in capsys.readouterr().out
    monkeypatch.setitem(scorecard.CHECKS, "fuzz", replace(line, most=0.5))
    assert scorecard.main(["fuzz", "--size", "3"]) == 0
