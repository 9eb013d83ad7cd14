"""Workbooks that were written and filled in before: each format that was ever sent out is read, or refused with a way.

The files in ``format-1`` stay as they are, whatever today's workbooks look like: they were made of ``catalog.json``
and filled in by :func:`tests.filling.fill`.
"""

from datetime import date
from pathlib import Path

import pytest

import growthsheet as gs
from growthsheet.xlsx.markers import FORMAT
from growthsheet.xlsx.reader import identity

HERE = Path(__file__).parent / f"format-{FORMAT}"

RATINGS = {
    ("A", "talks", "self"): {"skill": 2, "experience": 3, "interest": 0, "evidence": "Ten talks,\nnotes in the wiki"},
    ("A", "pricing", "self"): {"skill": "n/a", "interest": "n/a"},
    ("A", "roadmap", "self"): {"skill": 0},
    ("A", "launch", "self"): {"experience": 4},
    ("A", "talks", "manager"): {"skill": 1, "note": "Seen in May"},
    ("A", "talks", "agreed"): {"skill": 2},
    ("B", "roadmap", "manager"): {"skill": "n/a"},
}
ITEMS = [
    {
        "person": "A",
        "activity": "pricing",
        "action": "Shadow sales",
        "measure": "Three calls",
        "helper": "Bo Lee",
        "due": date(2026, 9, 1),
        "status": "done",
    },
    {"person": "A", "activity": "launch", "action": "=not a formula", "status": "open"},
]
LINES = [
    {"team": "M", "title": "Offsite", "status": "approved", "estimate": 1000},
    {"person": "B", "title": "Book", "category": "books", "status": "planned"},
    {
        "person": "A",
        "title": "Course",
        "activity": "pricing",
        "category": "training",
        "provider": "R&D <Academy>",
        "status": "booked",
        "estimate": 499.5,
        "actual": 480,
        "travel": 20.25,
        "start": date(2026, 5, 4),
    },
]


def test_everything_is_read() -> None:
    """Every answer of a filled person's and a filled team's workbook is read, and nothing else is."""
    paths = [HERE / "person.xlsx", HERE / "team.xlsx"]
    found = gs.collect(paths, catalog=HERE / "catalog.json")
    assert [str(problem) for problem in found.problems] == []
    said = {
        (r.person, r.activity, str(r.source)): filled(r, "person", "activity", "source") for r in found.answers.ratings
    }
    assert said == RATINGS
    assert [filled(each) for each in found.answers.plan_items] == ITEMS
    assert [filled(each) for each in found.answers.budget_items] == LINES
    assert [(each.id, each.date) for each in found.answers.cycles] == [("2026", date(2026, 3, 1))]


def filled(answer: gs.Rating | gs.PlanItem | gs.BudgetItem, *but: str) -> dict[str, object]:
    """The fields of an answer that say something, but for ids and the cycle."""
    return {name: value for name, value in answer if value not in (None, "") and name not in ("id", "cycle", *but)}


@pytest.mark.parametrize(("ours", "hint"), [("0", "update growthsheet"), ("2", "a growthsheet of that time")])
def test_another_format_is_refused(monkeypatch: pytest.MonkeyPatch, ours: str, hint: str) -> None:
    """A workbook of another format is not guessed at: it is rejected, and how to get at its answers is told."""
    monkeypatch.setattr(identity, "FORMAT", ours)
    found = gs.collect(HERE / "person.xlsx", catalog=HERE / "catalog.json")
    (problem,) = found.problems
    assert (problem.code, problem.found, problem.expected) == ("unknown-format", "the format 1", f"the format {ours}")
    assert hint in problem.hint
    assert (found.counts["rejected"], found.answers.ratings) == (1, ())
