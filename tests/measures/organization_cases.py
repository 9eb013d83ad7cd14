"""What an organization sums up: each sentence with its cases."""

from __future__ import annotations

from growthsheet.measures import organization as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA
POINTS = [0, 1, 2, 3, 4, "n/a"]

CASES: dict[str, list[Case]] = {
    "The share that is met is of what is rated, and blank until half is rated.": [
        says(m.share_met, 0.6667, met=2, rated_people=3, expected_people=6),
        says(m.share_met, None, met=2, rated_people=3, expected_people=7),
        says(m.share_met, 0, met=0, rated_people=1, expected_people=1),
        says(m.share_met, None, met=0, rated_people=0, expected_people=0),
    ],
    "The share that is rated is of what is expected.": [
        says(m.share_rated, 0.6667, rated_people=2, expected_people=3),
        says(m.share_rated, 0, rated_people=0, expected_people=0),
    ],
    "What to do first follows from how many people have rated.": [
        says(
            m.organization_next_step,
            "Collect people's ratings, then build this workbook again",
            people=3,
            people_rated=0,
        ),
        says(
            m.organization_next_step,
            "Collect the rest of the ratings, then build this workbook again",
            people=3,
            people_rated=2,
        ),
        says(
            m.organization_next_step,
            "Begin with the largest gaps: the tab Teams x areas shows which teams fall short",
            people=3,
            people_rated=3,
        ),
    ],
    "A change is up or down, and none without both.": [
        says(m.level_change, 2, used=3, before=1),
        says(m.level_change, -1, used=0, before=1),
        says(m.level_change, None, used=0, before=NO),
        says(m.level_change, None, used=None, before=2),
    ],
    "A person's own rating stands above or below the manager's; only points of the scale count.": [
        says(m.above_manager, 2, skill=3, manager=1, skill_points=POINTS),
        says(m.above_manager, -1, skill=0, manager=1, skill_points=POINTS),
        says(m.above_manager, None, skill=7, manager=1, skill_points=POINTS),
        says(m.above_manager, None, skill="n/a", manager=1, skill_points=POINTS),
        says(m.above_manager, None, skill=1, manager=None, skill_points=POINTS),
    ],
    "A mean is rounded to two decimals, and blank of nothing.": [
        says(m.mean_of, 0.67, differences=[1, 0, 1]),
        says(m.mean_of, -0.33, differences=[-1, 0, None, 0]),
        says(m.mean_of, None, differences=[None, NO]),
    ],
    "A share is a part of the whole, and blank of nothing.": [
        says(m.share_of, 0.25, part=1, whole=4),
        says(m.share_of, 0, part=0, whole=3),
        says(m.share_of, None, part=0, whole=0),
    ],
}
