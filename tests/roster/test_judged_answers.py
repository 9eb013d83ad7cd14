"""Ratings in answers are judged like those in workbooks: what is not on the scale is told, and shown nowhere."""

from growthsheet.model import Answers
from tests.making import family, rating, this_cycle


def test_off_scale_answers_are_kept_apart() -> None:
    """A skill of 99 or -1 is told with its place, and no workbook shows it; the rest of the row counts."""
    answers = Answers(
        cycles=(this_cycle(),),
        ratings=(rating("A", "talks", 99, interest=2), rating("A", "data", -1), rating("B", "data", 3)),
    )
    roster = family().with_answers(answers)
    notes = [problem for problem in roster.problems if problem.code == "answer-off-scale"]
    assert [note.place for note in notes] == [
        "answers.csv: skill of talks (A, self)",
        "answers.csv: skill of data (A, self)",
    ]
    found = {(one.person, one.activity): (one.skill, one.interest) for one in roster.answers.ratings}
    assert found == {("A", "talks"): (None, 2), ("A", "data"): (None, None), ("B", "data"): (3, None)}


def test_the_nearest_activity_is_named() -> None:
    """An unknown activity is told with the nearest known one."""
    answers = Answers(cycles=(this_cycle(),), ratings=(rating("A", "tallks", 2),))
    (note,) = [one for one in family().with_answers(answers).problems if one.code == "answers-not-shown"]
    assert "'tallks', nearest is 'talks'" in note.found
