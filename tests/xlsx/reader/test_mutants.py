"""Workbooks changed at random are answered."""

from __future__ import annotations

import pytest

from growthsheet.returns import cell_ledger as desk
from growthsheet.tasks.explain import explanations
from growthsheet.xlsx.reader import xml_stream as markup
from tests.xlsx.reader.hostile import genuine
from tests.xlsx.reader.mutations import answer, mutant


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for a slow machine."""
    monkeypatch.setattr(markup, "SECONDS", 60)


@pytest.mark.slow
def test_every_mutant_is_answered() -> None:
    """Whatever was changed, the answer is a workbook whose cells add up, or a refusal with a code that is explained.

    Each way changes something, and the same seed gives the same file. The benchmarks try many more.
    """
    mutants = [mutant(seed) for seed in range(100)]
    told = set(map(answer, mutants))
    assert told <= {"accepted", "noted", *explanations()}
    assert {"accepted", "damaged-zip", "ill-formed-part"} <= told
    assert len(set(mutants)) > 90
    assert mutant(7) == mutants[7]


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that loses count of a cell does not pass."""
    honest = desk.cells_of
    monkeypatch.setattr(desk, "cells_of", lambda book: honest(book)[1:])
    with pytest.raises(AssertionError, match="do not add up"):
        answer(genuine())
