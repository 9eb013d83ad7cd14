"""Interest, mentors and what to talk about: each sentence with its cases."""

from __future__ import annotations

from typing import Any

from growthsheet.expr import RowValues
from growthsheet.measures import coaching as m
from tests.expr.asking import Blank
from tests.measures.rating_cases import INTEREST, NONE, POINTS
from tests.measures.saying import Case, says

NO = Blank.FORMULA


def mentor(answer: Any, used: Any, valid_interest: Any, expected: Any = 2) -> Case:
    """Whether somebody could coach a person of whom a level is expected."""
    return says(
        m.mentor,
        answer,
        used=used,
        valid_interest=valid_interest,
        expected=expected,
        interest_high=2,
        unwilling=0,
        top=4,
    )


def apart(answer: Any, skill: Any, manager: Any) -> Case:
    """How far two ratings are apart."""
    return says(m.apart, answer, skill=skill, manager=manager, skill_points=POINTS)


def after_manager(answer: Any, own: Any, manager: Any) -> Case:
    """What a person says, beside what the manager says."""
    return says(m.after_manager, answer, own=own, manager=manager, skill_points=POINTS)


def strength(answer: Any, gap: Any, used: Any, valid_interest: Any) -> Case:
    """Whether it is a strength."""
    return says(m.strength, answer, gap=gap, used=used, valid_interest=valid_interest, covered_from=3, interest_high=2)


CASES: dict[str, list[Case]] = {
    "What a person says is shown once the manager has given a point of the scale or n/a.": [
        after_manager(2, 2, 1),
        after_manager(0, 0, "n/a"),
        after_manager("n/a", "n/a", 3),
        *(after_manager(None, 2, nothing) for nothing in (*NONE, 7, "often")),
        *(after_manager(None, nothing, 3) for nothing in NONE),
    ],
    "Keen are people with an interest of 2 or more.": [
        says(m.keen, 2, interest_high=2, interests=RowValues((2, 3, 1, 0, NO, None))),
        says(m.keen, 0, interest_high=2, interests=RowValues((0, NO))),
        says(m.keen, None, interest_high=2, interests=RowValues((NO, None))),
    ],
    "Only a point of its scale is an interest.": [
        *(says(m.valid_interest, point, interest=point, interest_points=INTEREST) for point in range(4)),
        *(
            says(m.valid_interest, None, interest=value, interest_points=INTEREST)
            for value in (*NONE, "n/a", 4, 1.5, "3")
        ),
    ],
    "A mentor is a level above what is expected, or at the top, and would like to.": [
        mentor(1, 3, 2),
        mentor(None, 2, 3),
        mentor(1, 4, 2, expected=4),
        mentor(1, 4, 3, expected=3.5),
        mentor(None, 3, 2, expected=2.5),
        mentor(None, 4, 1),
        mentor(None, 4, 0),
        mentor(None, None, 3),
        mentor(None, 4, None),
        mentor(None, 4, 3, expected=None),
    ],
    "Ratings are apart whichever is higher, where both are rated.": [
        apart(2, 1, 3),
        apart(2, 3, 1),
        apart(0, 0, 0),
        *(apart(None, value, 3) for value in (*NONE, "n/a", 7, "3")),
        apart(None, 3, "n/a"),
    ],
    "The manager's rating is above the person's own or below it, where both are rated.": [
        says(m.difference, 2, skill=1, manager=3, skill_points=POINTS),
        says(m.difference, -2, skill=3, manager=1, skill_points=POINTS),
        says(m.difference, 0, skill=0, manager=0, skill_points=POINTS),
        *(says(m.difference, None, skill=value, manager=3, skill_points=POINTS) for value in (*NONE, "n/a", 7, "3")),
        says(m.difference, None, skill=3, manager=None, skill_points=POINTS),
    ],
    "A strength is done well, as expected, with interest.": [
        strength(1, 0, 3, 2),
        strength(None, 0.5, 3, 3),
        strength(None, 0, 2, 3),
        strength(None, 0, 4, 1),
        strength(None, None, 4, 3),
        strength(None, 0, 4, None),
    ],
}
