"""A small part of what ``python -m benchmarks.scorecard`` tries, and faults that each line of it has to see."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import fuzz
from growthsheet.tasks import check
from growthsheet.tasks.explain import explanations


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
