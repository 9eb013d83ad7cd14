"""What every measure says: in Python, and in cells that real engines recalculate."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path

import pytest

from growthsheet import measures
from growthsheet.expr import Measure
from tests.expr.asking import Asking, everyday_differences, office_differences, seen
from tests.measures.saying import Case

TABLES = [import_module(f"tests.measures.{path.stem}").CASES for path in Path(__file__).parent.glob("*_cases.py")]
SENTENCES = {sentence: cases for table in TABLES for sentence, cases in table.items()}


def every_measure() -> dict[str, Measure]:
    """The measures of every module, by module and name."""
    modules = [import_module(f"growthsheet.measures.{m.name}") for m in pkgutil.iter_modules(measures.__path__)]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": each
        for module in modules
        for name, each in vars(module).items()
        if isinstance(each, Measure)
    }


def workbook(cases: list[Case]) -> bytes:
    """A workbook in which each case is a formula, with the value that is wanted."""
    asking = Asking()
    for case in cases:
        asking.add(case.measure, **case.cells)
    return asking.bytes()


@pytest.mark.parametrize("sentence", SENTENCES)
def test_python(sentence: str) -> None:
    """What the sentence says holds in Python."""
    cases = SENTENCES[sentence]
    found = [case.measure.function(**{name: seen(cell) for name, cell in case.cells.items()}) for case in cases]
    assert [(case.measure.name, case.wanted, case.cells) for case in cases] == [
        (case.measure.name, pytest.approx(value, abs=1e-12) if isinstance(value, float) else value, case.cells)
        for case, value in zip(cases, found, strict=True)
    ]


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("sentence", SENTENCES)
def test_workbook(sentence: str) -> None:
    """What the sentence says holds in a workbook that formualizer and IronCalc recalculate."""
    assert everyday_differences(workbook(SENTENCES[sentence])) == []


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice() -> None:
    """What all sentences say holds in a workbook that LibreOffice recalculates."""
    # LibreOffice has no truths in cells: TRUE is the number 1 there
    cases = [c for cases in SENTENCES.values() for c in cases if True not in [v for v in c.cells.values() if v is True]]
    assert office_differences([workbook(cases)]) == []


def test_every_measure_has_a_case() -> None:
    """A measure without a sentence is not tested."""
    told = {id(case.measure) for cases in SENTENCES.values() for case in cases}
    assert [name for name, each in every_measure().items() if id(each) not in told] == []


@pytest.mark.parametrize("name", every_measure())
def test_words_for_users(name: str) -> None:
    """Every measure says in a sentence what it is; the words stand beside its numbers in the workbook."""
    first = every_measure()[name].words.split("\n")[0]
    assert first[:1].isupper()
    assert first.endswith((".", ":"))
    assert not set("`_{}") & set(every_measure()[name].words)
