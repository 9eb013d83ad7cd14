"""Who has answered: each sentence with its cases."""

from __future__ import annotations

from growthsheet.measures import responses as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA


def state(
    wanted: str, answered: int, said: int, returned: int, expected: int = 36, unconfirmed: int = 0, refused: int = 0
) -> Case:
    """The state of a response."""
    cells = {"answered_count": answered, "expected_count": expected, "said": said, "returned": returned}
    return says(m.response_state, wanted, **cells, unconfirmed=unconfirmed, refused=refused)


CASES: dict[str, list[Case]] = {
    "A point of the scale and n/a are answers; a value between two points is none, just as it is no rating.": [
        says(m.answered, 1 if cell in (0, 3, 4, "n/a", "N/A") else None, rating=cell, skill_points=[0, 1, 2, 3, 4])
        for cell in (0, 3, 4, "n/a", "N/A", 2.5, 7, -1, "3", "x", None, True)
    ],
    "A file that was seen is not an answer; answers that came before count.": [
        state("missing", 0, 0, 0),
        state("blank", 0, 0, 1),
        state("partial", 0, 1, 0),
        state("partial", 35, 40, 1),
        state("complete", 36, 36, 0),
        state("missing", 0, 0, 0, expected=0),
    ],
    "What was prefilled and not confirmed is no answer, unless all of it was changed.": [
        state("unconfirmed", 0, 0, 1, unconfirmed=1),
        state("unconfirmed", 3, 3, 1, unconfirmed=1),
        state("complete", 36, 36, 1, unconfirmed=1),
    ],
    "A file that was refused is no answer, but it came back; answers that came before count.": [
        state("refused", 0, 0, 1, refused=1),
        state("unconfirmed", 0, 0, 1, unconfirmed=1, refused=1),
        state("partial", 1, 1, 1, refused=1),
        state("complete", 36, 36, 1, refused=1),
    ],
    "How much is answered is told in words.": [
        says(m.answered_of, "31 of 36", answered_count=31, expected_count=36),
        says(m.answered_of, "No answer", answered_count=0, expected_count=36),
    ],
    "Who has not answered anything is counted, without those whose prefilled answers wait to be confirmed.": [
        says(m.no_answer, 2, answered=[0, 3, 0, NO, None], waiting=[0, 0, 0, 0, 0]),
        says(m.no_answer, 1, answered=[0, 3, 0, 2, 0], waiting=[0, 0, 1, 1, 1]),
    ],
    "A person is rated wholly once each expected activity is.": [
        says(m.wholly_rated, wanted, answered_count=answered, expected_count=expected)
        for wanted, answered, expected in ((1, 36, 36), (None, 35, 36), (None, 0, 0))
    ],
    "The manager's part is told in numbers; while nobody is rated, by what became of the file.": [
        says(m.part_of_manager, wanted, whole=whole, answered=answered, people=3, unless_rated="not returned")
        for wanted, whole, answered in (
            ("not returned", [NO, None, NO], [0, 0, 0]),
            ("0 of 3 rated completely, 1 in part", [NO, None, NO], [0, 4, 0]),
            ("1 of 3 rated completely, 2 in part", [1, NO, NO], [36, 4, 1]),
            ("complete", [1, 1, 1], [36, 36, 30]),
        )
    ],
}
