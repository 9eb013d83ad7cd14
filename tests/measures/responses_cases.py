"""Who has answered: each sentence with its cases."""

from __future__ import annotations

from typing import Any

from growthsheet.measures import responses as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA


def state(wanted: str, answered: int, said: int, returned: int, expected: int = 36) -> Case:
    """The state of a response."""
    return says(
        m.response_state, wanted, answered_count=answered, expected_count=expected, said=said, returned=returned
    )


ROWS: dict[str, Any] = {"ratings": [0, 4, "n/a", None, 7, 3], "expected_here": [6, 0, 2, 2, 2, None]}
CASES: dict[str, list[Case]] = {
    "A point of the scale and n/a are answers, where the role expects the activity.": [
        says(m.answered_count, 3, **ROWS, lowest=0, highest=4),
        says(m.answered_count, 2, **ROWS, lowest=1, highest=4),
    ],
    "A file that was seen is not an answer; answers that came before count.": [
        state("missing", 0, 0, 0),
        state("blank", 0, 0, 1),
        state("partial", 0, 1, 0),
        state("partial", 35, 40, 1),
        state("complete", 36, 36, 0),
        state("missing", 0, 0, 0, expected=0),
    ],
    "How much is answered is told in words.": [
        says(m.answered_of, "31 of 36", answered_count=31, expected_count=36),
        says(m.answered_of, "No answer", answered_count=0, expected_count=36),
    ],
    "Who has not answered anything is counted.": [says(m.no_answer, 2, answered=[0, 3, 0, NO, None])],
}
