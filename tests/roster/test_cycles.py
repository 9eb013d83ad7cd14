"""The id, label and date of a review cycle: what files say wins over defaults, and what contradicts them is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.model import Answers, Cycle
from growthsheet.roster.cycles import as_in_files
from growthsheet.roster.roster import Roster
from growthsheet.tasks.settings import read_settings
from tests.making import family, rating, said

SPRING = Cycle(id="2026-h1", label="Spring 2026", date=date(2026, 3, 1))
AUTUMN = Cycle(id="2025-h2", label="2025-h2", date=date(2025, 11, 15))
TODAY = Cycle(id="2026", label="2026", date=date(2026, 5, 9))


def of(cycle: Cycle, *named: str) -> Roster:
    """Mia's people in a cycle of which only these parts were named."""
    ratings = tuple(rating.model_copy(update={"cycle": SPRING.id}) for rating in said().ratings)
    return replace(family().with_answers(Answers(ratings=ratings)), cycle=cycle, cycle_named=frozenset(named))


def test_files_win_over_defaults() -> None:
    """What was not named is as the files say; without an id, the newest cycle of the answers is meant, and told."""
    assert as_in_files(TODAY.model_copy(update={"id": "2026-h1"}), ["id"], [AUTUMN, SPRING]) == (SPRING, ())
    cycle, (note,) = as_in_files(TODAY, [], [SPRING, AUTUMN])
    assert (cycle, note.code) == (SPRING, "cycle-from-files")
    assert as_in_files(TODAY, [], []) == (TODAY, ())
    assert as_in_files(TODAY, ["date"], [SPRING]) == (TODAY, ())  # of the year of that date


@pytest.mark.parametrize(("part", "value"), [("date", date(2026, 4, 1)), ("label", "Summer")])
def test_a_contradiction_is_told(part: str, value: object) -> None:
    """An option that says something else than the files is told; the files count."""
    other = SPRING.model_copy(update={part: value})
    cycle, (note,) = as_in_files(other, ["id", part], [SPRING])
    assert (cycle, note.code, note.severity) == (SPRING, "cycle-disagrees", "note")
    assert str(value) in note.found


def test_a_label_that_is_only_the_id_says_nothing() -> None:
    """A label can be given later."""
    named = AUTUMN.model_copy(update={"label": "Autumn 2025"})
    assert as_in_files(named, ["id", "label"], [AUTUMN]) == (named, ())


def test_answers_bring_their_cycle() -> None:
    """A roster without a named cycle takes that of its answers; of a named one it takes the label and the date."""
    answers = Answers(cycles=(AUTUMN, SPRING), ratings=(rating("A", "talks", 2, cycle=SPRING),))
    for named in ((), ("id",)):
        made = of(SPRING.model_copy(update={"label": "2026-h1", "date": TODAY.date}), *named).with_answers(answers)
        assert made.cycle == SPRING
        assert made.person("A").gaps().records()[0]["used"] == 2


@pytest.mark.slow
def test_the_date_of_the_workbooks_is_collected(tmp_path: Path) -> None:
    """Workbooks of a named cycle are collected with their own date and label, named or not, with a roster or not."""
    gs.build(of(SPRING, "id", "label", "date"), tmp_path / "out")
    today = SPRING.model_copy(update={"label": "2026-h1", "date": TODAY.date})
    for roster in (of(today, "id"), of(TODAY), None):
        catalog = None if roster else family().catalog
        collected = gs.collect(tmp_path / "out", roster=roster, catalog=catalog)
        assert collected.counts["rejected"] == 0
        assert collected.answers.cycles == (SPRING,)
    collected = gs.collect(tmp_path / "out", roster=of(today, "id", "date"))
    assert collected.answers.cycles == (SPRING,)
    assert [problem.code for problem in collected.problems if problem.code == "cycle-disagrees"] == ["cycle-disagrees"]


@pytest.mark.slow
def test_an_update_keeps_the_date_of_its_cycle(tmp_path: Path) -> None:
    """Who updates a folder need not name the cycle again: its id, label and date are in the folder."""
    gs.build(of(SPRING, "id", "label", "date"), tmp_path, books=["people"])
    for roster in (of(TODAY), of(TODAY.model_copy(update={"id": "2026-h1"}), "id")):
        report = gs.build(roster, tmp_path, books=["people"], update=True)
        assert report.counts == {"unchanged": 7}
    corrected = replace(of(SPRING, "id", "date"), cycle=SPRING.model_copy(update={"date": date(2026, 3, 2)}))
    assert gs.build(corrected, tmp_path, books=["people"], update=True).counts == {"written": 7}


def test_settings_name_parts() -> None:
    """A label alone names the year's cycle; what is not set is a default."""
    settings = read_settings({"cycle_label": "Spring", "cycle": "2026-h1"})
    assert settings.review_cycle is not None
    assert (settings.review_cycle.label, settings.cycle_named) == ("Spring", {"id", "label"})
    assert read_settings({}).review_cycle is None
