"""What a dashboard sums up: each sentence with its cases."""

from __future__ import annotations

from typing import Any

from growthsheet.expr import NOT_AVAILABLE
from growthsheet.measures import overview as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA
HINT = "Your priorities appear here once you have rated."
AREAS = ["a:x", "a:x", "a:y", "a:x", "a:y"]


def reached(wanted: Any, area: str, *rows: tuple[Any, Any, Any]) -> Case:
    """What is reached of rows of (priority, worth, gap), which stand in the areas x, x, y, x, y."""
    priorities, weighted_expectations, gaps = ([row[n] for row in rows] for n in range(3))
    cells = {"areas": AREAS, "priorities": priorities, "weighted_expectations": weighted_expectations, "gaps": gaps}
    return says(m.reached, wanted, area=area, **cells)


def at(completeness: Any, open_items: int) -> dict[str, Any]:
    """How far a person has come."""
    return {"completeness": completeness, "open_items": open_items}


ROWS = ((2, 4, 1), (0, 4, 0), (3, 3, 3), (NO, 4, NO), (NO, 4, NO))
ANSWERS: dict[str, Any] = {
    "skills": [2, 2, 2, 0, NO],
    "interests": [3, 3, "3", 0, 3],
    "expected_here": [1, None, 1, 1, 1],
}

CASES: dict[str, list[Case]] = {
    "An area is reached as far as its rated activities are.": [
        reached(0.75, "a:x", *ROWS),
        reached(0, "a:y", *ROWS),
        reached(None, "a:z", *ROWS),
        reached(None, "a:y", *ROWS[:2], (NO, 3, NO), *ROWS[3:]),
    ],
    "An area's activities are counted where the role expects them.": [
        says(m.area_expected, 2, area="a:x", areas=AREAS, expected_here=[1, 1, 1, None, None]),
        says(m.area_rated, 2, area="a:x", areas=AREAS, gaps=[0, 2, 1, NO, NO]),
        says(m.area_rated, 0, area="a:z", areas=AREAS, gaps=[0, 2, 1, NO, NO]),
    ],
    "A chart leaves out what is blank, and draws 0.": [
        says(m.plotted, 0, value=0),
        says(m.plotted, NOT_AVAILABLE, value=NO),
    ],
    'Skill and interest are counted together, where both are numbers: a text "3" is none.': [
        says(m.activities_at, 1, skill_point=2, interest_point=3, **ANSWERS),
        says(m.activities_at, 1, skill_point=0, interest_point=0, **ANSWERS),
        says(m.activities_at, 0, skill_point=1, interest_point=3, **ANSWERS),
    ],
    "Where no gap is listed, the first row says why.": [
        says(m.priority_or_hint, "y", n=1, rated_count=3, column=["x", "y"], at=2),
        says(m.priority_or_hint, "No gaps among your ratings so far.", n=1, rated_count=3, column=["x", "y"], at=NO),
        says(m.priority_or_hint, HINT, n=1, rated_count=0, column=["x", "y"], at=NO),
        says(m.priority_or_hint, None, n=2, rated_count=0, column=["x", "y"], at=None),
    ],
    "First rate, then rate the rest, then take up what to grow.": [
        says(m.answered_so_far, "3 of 8", rated_count=2, expected_count=8, not_applicable=1),
        says(m.next_step, "Rate your activities first, on the tab Assessment", **at(0, 0)),
        says(m.next_step, "Answer the rest on the tab Assessment: readiness appears from 80%", **at(0.79, 4)),
        says(m.next_step, "Take up to four priorities into your plan", **at(0.8, 0)),
        says(m.next_step, "Keep your plan up to date", **at(1, 1)),
        says(m.next_step, None, **at(NO, 0)),
    ],
    "A number of another tab is repeated as it is.": [
        says(m.repeated, 0.5, value=0.5),
        says(m.repeated, None, value=NO),
    ],
}
