"""From cycle to cycle: each sentence with its cases."""

from __future__ import annotations

from growthsheet.measures import progress as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA
CHANGES = [1, 0, -1, 2.5, NO, None, 0, 0]

CASES: dict[str, list[Case]] = {
    "A change is the rating now less the rating then, with its sign; 0 is a rating, blank and n/a are none.": [
        says(m.change, 2, now=3, then=1),
        says(m.change, -3, now=0, then=3),
        says(m.change, 0, now=0, then=0),
        says(m.change, None, now=None, then=2),
        says(m.change, None, now=2, then=None),
        says(m.change, None, now=2, then="n/a"),
        says(m.change, None, now=NO, then=NO),
    ],
    "A change of a share is told in points of a hundred.": [
        says(m.points_since, 0.5, now=0.6139, then=0.6087),
        says(m.points_since, -39.2, now=0.4314, then=0.8235),
        says(m.points_since, 0, now=0.5, then=0.5),
        says(m.points_since, None, now=0.5, then=NO),
    ],
    "What rose, stayed and fell is counted; what has no change is not.": [
        says(m.higher, 2, changes=CHANGES),
        says(m.unchanged, 3, changes=CHANGES),
        says(m.lower, 1, changes=CHANGES),
        says(m.higher, 0, changes=[NO, None]),
        says(m.unchanged, 0, changes=[NO, None]),
        says(m.lower, 0, changes=[NO, None]),
    ],
    "This cycle's number is live; an earlier cycle's is as it stood, and blank stays blank.": [
        says(m.of_cycle, 0.75, current=1, now=0.75),
        says(m.of_cycle, None, current=1, now=NO, then=0.5),
        says(m.of_cycle, 0.5, now=0.75, then=0.5),
        says(m.of_cycle, 0, now=5, then=0),
        says(m.of_cycle, None, now=0.75, then=NO),
        says(m.of_cycle, None, now=0.75),
    ],
}
