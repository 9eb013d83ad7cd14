"""Gaps, priorities, ranks, routes, readiness: each sentence with its cases."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from growthsheet.measures import lookups
from growthsheet.measures import ratings as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

POINTS = [0, 1, 2, 3, 4, "n/a"]
FROM_1 = [1, 2, 3, 4, 5, "n/a"]
INTEREST = [0, 1, 2, 3, "n/a"]
NONE = (None, Blank.EMPTY, Blank.FORMULA, Blank.NOTHING)
NO_POINT: tuple[Any, ...] = (*NONE, "n/a", "N/A", 7, -1, 2.5, "3", " 3", "x", "")
"""What is no point of the scale from 0 to 4."""


def used(wanted: Any, agreed: Any, skill: Any, points: list[Any] = POINTS) -> Case:
    """What counts of an agreed and an own rating."""
    return says(m.used, wanted, agreed=agreed, skill=skill, skill_points=points)


def prefilled(wanted: Any, answer: Any, suggested: Any, confirmed: Any = None) -> Case:
    """What counts of a cell that was prefilled."""
    return says(m.given, wanted, answer=answer, suggested=suggested, confirmed=confirmed)


def route(wanted: Any, gap: Any, experience: Any, interest: Any) -> Case:
    """The route for thresholds of 2."""
    cells = {"gap": gap, "experience": experience, "interest": interest}
    scales = {"experience_points": POINTS, "interest_points": INTEREST}
    return says(m.route, wanted, experience_high=2, interest_high=2, **cells, **scales)


def off_scale(wanted: Any, *ratings: Any) -> Case:
    """Whether something is off its scale."""
    cells = dict(zip(("skill", "experience", "interest"), ratings, strict=True))
    return says(m.off_scale, wanted, **cells, skill_points=POINTS, experience_points=POINTS, interest_points=INTEREST)


def ranks(wanted: list[Any], *rows: tuple[Any, Any, Any]) -> list[Case]:
    """The rank of each row of (priority, wish, gap); the rows stand in catalog order."""
    priorities, interests_or_default, gaps = ([row[n] for row in rows] for n in range(3))
    orders = [*range(1, len(rows) + 1)]
    columns: dict[str, Any] = {
        "priorities": priorities,
        "interests_or_default": interests_or_default,
        "gaps": gaps,
        "orders": orders,
    }
    return [
        says(m.rank, place, priority=row[0], interest_or_default=row[1], gap=row[2], order=order, **columns)
        for place, row, order in zip(wanted, rows, orders, strict=True)
    ]


def unrated(
    wanted: Any, skills: list[Any], agreeds: list[Any], worths: list[Any], rated: Mapping[int, Any] | None = None
) -> Case:
    """How many rows are n/a and not rated; ``rated`` are the gaps by the number of the row."""
    gaps = [(rated or {}).get(n) for n in range(len(skills))]
    return says(m.not_applicable, wanted, skills=skills, agreeds=agreeds, weighted_expectations=worths, gaps=gaps)


def ready(wanted: Any, completeness: Any, rows: list[tuple[Any, Any, Any]], expected_count: int = 2) -> Case:
    """The readiness of rows of (priority, worth, gap)."""
    priorities, weighted_expectations, gaps = ([row[n] for row in rows] for n in range(3))
    return says(
        m.readiness,
        wanted,
        rated_count=sum(isinstance(gap, int | float) for gap in gaps),
        expected_count=expected_count,
        completeness=completeness,
        priorities=priorities,
        weighted_expectations=weighted_expectations,
        gaps=gaps,
    )


def _routes() -> list[Case]:
    """The eight rows of the table, from the lowest and the highest rating that belongs to each."""
    wanted = {
        # gap, experience high, interest high
        (True, False, True): "train",
        (True, False, False): "pair",
        (True, True, True): "coach",
        (True, True, False): "talk",
        (False, False, True): "stretch",
        (False, False, False): "keep",
        (False, True, True): "mentor",
        (False, True, False): "rotate",
    }
    gaps = {True: (0.01, 1, 4), False: (0,)}
    experiences = {True: (2, 4), False: (0, 1)}
    interests = {True: (2, 3), False: (0, 1)}
    return [
        route(code, *cells)
        for (short, often, keen), code in wanted.items()
        for cells in product(gaps[short], experiences[often], interests[keen])
    ]


CASES: dict[str, list[Case]] = {
    "The agreed rating counts before the own one.": [
        used(3, 3, 1),
        used(0, 0, 4),
        *(used(2, blank, 2) for blank in NONE),
        used(None, None, None),
    ],
    "What was prefilled counts once it is confirmed, or where it was changed.": [
        *(prefilled(None, same, same) for same in (0, 3, "n/a", None)),
        *(prefilled(same, same, same, "Yes") for same in (0, 3, "n/a")),
        *(prefilled(answer, answer, 3) for answer in (0, 2, "n/a")),
        *(prefilled(answer, answer, "n/a") for answer in (0, 2)),
        *(prefilled(2, 2, blank) for blank in NONE),
        prefilled(None, None, 3, "Yes"),
        prefilled(3, 3, 3, "yes"),
        prefilled(None, 3, 3, "no"),
        says(m.unconfirmed, 1, skill=3, experience=2, interest=1, given_skill=3, given_interest=1),
        says(m.unconfirmed, None, skill=3, experience=2, given_skill=3, given_experience=2),
        says(m.unconfirmed, None),
        says(m.unconfirmed_count, 2, unconfirmed_rows=[1, None, Blank.FORMULA, 1]),
    ],
    "Only a point of the scale counts, agreed or own.": [
        *(used(point, None, point) for point in POINTS[:-1]),
        *(used(None, None, value) for value in NO_POINT),
        *(used(1, value, 1) for value in NO_POINT),
    ],
    "On a scale that starts at 1, 0 does not count.": [used(None, None, 0, FROM_1), used(5, None, 5, FROM_1)],
    "TRUE is no rating.": [used(None, None, True), used(1, True, 1)],
    "What is expected shows once the skill is rated.": [
        says(m.revealed, 3, target=3, used=0),
        says(m.revealed, None, target=3, used=None),
        says(m.revealed, None, target=None, used=2),
    ],
    "A gap is how far the rating is below what is expected, and never negative.": [
        says(m.gap, 2, expected=3, used=1),
        says(m.gap, 0, expected=3, used=3),
        says(m.gap, 0, expected=2, used=4),
        says(m.gap, 4, expected=4, used=0),
    ],
    "A gap is blank until it is rated, and where nothing is expected.": [
        *(says(m.gap, None, expected=3, used=blank) for blank in NONE),
        says(m.gap, None, expected=None, used=2),
    ],
    "Expected levels may be decimal, and their gap has no more decimals than they have.": [
        says(m.gap, 0.7, expected=2.7, used=2),
        says(m.gap, 0.01, expected=1.01, used=1),
        says(m.gap, 0.43, expected=2.43, used=2),
    ],
    "Priority is importance times gap.": [
        says(m.priority, 6, importance=3, gap=2),
        says(m.priority, 0, importance=3, gap=0),
        says(m.priority, 1.29, importance=3, gap=0.43),
        says(m.priority, None, importance=3, gap=None),
    ],
    "No interest counts as 1 when equals are put in order.": [
        *(says(m.interest_or_default, 1, interest=value, interest_points=INTEREST) for value in (*NONE, "n/a", 7, "3")),
        *(says(m.interest_or_default, point, interest=point, interest_points=INTEREST) for point in range(4)),
    ],
    "Ranks go by priority, whatever the interest is: interest never hides a needed gap.": ranks(
        [3, 1, 2], (2, 3, 2), (9, 0, 3), (4, 3, 2)
    ),
    "Interest puts equal priorities in order.": ranks([2, 1, 3], (6, 1, 2), (6, 3, 2), (6, 0, 2)),
    "Equal in priority and interest, the larger gap comes first.": ranks([2, 1], (6, 1, 2), (6, 1, 3)),
    "Equal in everything, the order of the catalog decides.": ranks([1, 2, 3], (6, 1, 2), (6, 1, 2), (6, 1, 2)),
    "Where there is no priority there is no rank.": ranks([None, 1, None], (0, 3, 0), (0.01, 0, 0.01), (None, 3, None)),
    "The eight routes follow the gap, the experience and the interest.": _routes(),
    "No route without all three ratings.": [
        *(route(None, *cells) for blank in NONE for cells in ((blank, 3, 3), (1, blank, 3), (1, 3, blank))),
        route(None, 1, "n/a", 3),
        route(None, 1, 3, "n/a"),
        route(None, 1, 7, 3),
        route(None, 1, 3, 4),
        route(None, 1, "3", 3),
    ],
    "Check tells what is neither a point of the scale nor n/a.": [
        off_scale(None, 4, 4, 3),
        off_scale(None, 0, 0, 0),
        off_scale(None, None, Blank.FORMULA, Blank.NOTHING),
        off_scale(None, "n/a", "N/A", "n/a"),
        *(off_scale(1, value, 1, 1) for value in (7, -1, 2.5, "3", "x", " ", True)),
        off_scale(1, 1, 9, 1),
        off_scale(1, 1, 1, 4),
        off_scale(1, "n/a", None, "n / a"),
        says(m.rating_check, "Not on the scale", off_scale=1),
        says(m.rating_check, None, off_scale=None),
    ],
    "Rows off the scale are counted, and told.": [
        says(m.off_scale_count, 2, off_scales=[1, None, Blank.FORMULA, 1]),
        says(m.off_scale_count, 0, off_scales=[None, Blank.FORMULA]),
        says(
            m.off_scale_warning,
            "Rows with a value that is not on its scale: 2. See the column Check",
            off_scale_count=2,
        ),
        says(m.off_scale_warning, None, off_scale_count=0),
    ],
    "The line in the title tells how much is answered, and what cannot be used before anything else.": [
        says(m.progress_line, "3 of 8 answered, 1 of them n/a", rated_count=2, expected_count=8, not_applicable=1),
        says(
            m.progress_line,
            "8 of 8 answered · Readiness 71%",
            rated_count=8,
            expected_count=8,
            not_applicable=0,
            readiness=0.7149,
        ),
        says(m.progress_line, "Look", rated_count=8, expected_count=8, not_applicable=0, off_scale_warning="Look"),
    ],
    "Blank, n/a and 0 are three things.": [
        says(m.rated_count, 3, gaps=[0, 2, Blank.FORMULA, None, 0.5]),
        unrated(2, ["n/a", 0, "N/A", None, "n/a"], [None] * 5, [6, 2, 2, 2, None]),
        unrated(1, ["n/a", "n/a", 2, None], [None, 3, "n/a", "n/a"], [6, 2, 2, 2], {1: 0, 2: 1, 3: 2, 0: None}),
        unrated(2, ["n/a", None, "n/a"], ["n/a", "n/a", 7], [0, 2, None]),
        says(m.expected_count, 2, expected_here=[1, None, 1]),
    ],
    "Completeness is what is answered of what is expected, n/a too, and no error where nothing is.": [
        says(m.many_not_applicable, None, not_applicable=9, expected_count=36),
        says(m.many_not_applicable, 1, not_applicable=10, expected_count=36),
        says(m.many_not_applicable, None, not_applicable=0, expected_count=0),
        says(m.completeness, 0.8611, rated_count=27, not_applicable=4, expected_count=36),
        says(m.completeness, 1, rated_count=4, not_applicable=0, expected_count=4),
        says(m.completeness, 0, rated_count=0, not_applicable=0, expected_count=0),
    ],
    "The agreed rating counts before one's own, and the row says so.": [
        says(m.rating_that_counts, "Agreed", agreed=0, skill=4, skill_points=POINTS),
        says(m.rating_that_counts, "Yours", agreed="n/a", skill=4, skill_points=POINTS),
        says(m.rating_that_counts, None, agreed=7, skill="n/a", skill_points=POINTS),
    ],
    "An activity's worth is importance times what is expected above the scale's lowest point.": [
        says(m.weighted_expectation, 9, expected=3, importance=3, lowest=0),
        says(m.weighted_expectation, 4, expected=3, importance=2, lowest=1),
        says(m.weighted_expectation, 0.75, expected=1.25, importance=3, lowest=1),
        says(m.weighted_expectation, 0, expected=1, importance=3, lowest=1),
        says(m.weighted_expectation, None, expected=None, importance=3, lowest=0),
    ],
    "Readiness is weighted by importance.": [
        # importance 3: 2 of 4; importance 1: 2 of 2; (3*2 + 1*2) / (3*4 + 1*2)
        ready(0.5714, 1, [(6, 12, 2), (0, 2, 0)]),
        ready(1, 1, [(0, 12, 0), (0, 2, 0)]),
        ready(0, 1, [(12, 12, 4), (2, 2, 2)]),
    ],
    "Readiness is over the rated activities.": [
        ready(0.5, 0.8, [(2, 4, 1), (None, 99, None), (Blank.FORMULA, 99, Blank.FORMULA)])
    ],
    "Readiness is blank while less than half is rated, however much is n/a.": [
        ready(0.5, 1, [(2, 4, 1)], 2),
        ready(None, 1, [(2, 4, 1)], 3),
    ],
    "Readiness is blank until 80% is answered, and where nothing is expected.": [
        ready(None, 0.7999, [(2, 4, 1)]),
        ready(0.5, 0.8, [(2, 4, 1)]),
        ready(None, None, [(2, 4, 1)]),
        ready(None, 1, [(0, 0, 0)]),
        ready(None, 0, [(None, None, None)]),
    ],
    "Readiness is the same from what is short and what it is worth.": [
        says(m.readiness_of, 0.5714, completeness=1, rated_count=2, expected_count=4, short=6, weighted_expectation=14),
        says(m.readiness_of, 0.5, completeness=0.8, rated_count=4, expected_count=5, short=2, weighted_expectation=4),
        says(
            m.readiness_of, None, completeness=0.7999, rated_count=4, expected_count=5, short=2, weighted_expectation=4
        ),
        says(m.readiness_of, None, completeness=1, rated_count=2, expected_count=2, short=0, weighted_expectation=0),
        says(m.readiness_of, None, completeness=1, rated_count=2, expected_count=5, short=2, weighted_expectation=4),
        says(m.readiness_of, None, completeness=None, rated_count=2, expected_count=2, short=2, weighted_expectation=4),
    ],
    "A row is found by its key, whatever the case; a number by itself.": [
        says(lookups.at, 2, key="k:B", keys=["k:a", "k:b", None]),
        says(lookups.at, None, key="k:c", keys=["k:a", "k:b"]),
        says(lookups.at, None, key=None, keys=["k:a", None]),
        says(lookups.at_rank, 3, n=1, ranks=[Blank.FORMULA, 2, 1]),
        says(lookups.at_rank, None, n=4, ranks=[Blank.FORMULA, 2, 1]),
        says(lookups.at_rank, None, n=None, ranks=[None, 2, 1]),
    ],
    "What stands in a found row is shown, a blank as a blank.": [
        says(lookups.found, 7, at=2, column=[5, 7, None]),
        says(lookups.found, None, at=3, column=[5, 7, None]),
        says(lookups.found, None, at=3, column=[5, 7, Blank.FORMULA]),
        says(lookups.found, 0, at=1, column=[0, 7]),
        says(lookups.found, None, at=None, column=[5, 7]),
        says(lookups.found_text, "x", at=1, column=["x", None]),
        says(lookups.found_text, None, at=2, column=["x", Blank.FORMULA]),
        says(lookups.found_text, None, at=None, column=["x"]),
    ],
    "A choice is the number beside the label that was chosen, whatever the label looks like.": [
        says(lookups.choice, 2, label="Risk > 5*", labels=["Risk", "Risk > 5*", "~"], numbers=[1, 2, 3]),
        says(lookups.choice, 3, label="~", labels=["Risk", "Risk > 5*", "~"], numbers=[1, 2, 3]),
        says(lookups.choice, 1, label="risk", labels=["Risk", "Risk > 5*", "~"], numbers=[1, 2, 3]),
        says(lookups.choice, None, label="other", labels=["Risk", "a*"], numbers=[1, 2]),
        says(lookups.choice, None, label=None, labels=["Risk", "a*"], numbers=[1, 2]),
    ],
    "A code is shown in words.": [
        says(lookups.word, "Coach", code="coach", codes=["train", "coach"], labels=["Train", "Coach"]),
        says(lookups.word, None, code=None, codes=["train", "coach"], labels=["Train", "Coach"]),
        says(lookups.word, None, code="other", codes=["train", "coach"], labels=["Train", "Coach"]),
    ],
}
