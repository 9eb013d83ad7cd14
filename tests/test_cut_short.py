"""Commands that are cut short: a sample of what ``python -m benchmarks kills`` tries at every call."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cut_short import COMMANDS, Trial, prepared, remembered

pytestmark = pytest.mark.slow

SAMPLE = 6
"""How many points of each command are tried, spread over all its calls and ways."""


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in which people have typed; workbooks are made and read once."""
    home = tmp_path_factory.mktemp("start")
    with remembered():
        prepared(home)
        yield home


@pytest.mark.parametrize("name", COMMANDS)
def test_cut_short_and_run_again(start: Path, name: str) -> None:
    """Each file is old or new, a second run ends as an undisturbed one, and nothing typed is only in a backup."""
    trial = Trial(start, name)
    points = list(trial.points())
    chosen = points[SAMPLE // 2 :: len(points) // SAMPLE]
    assert {point: trial.faults(*point) for point in chosen} == {point: [] for point in chosen}
