"""From ratings to gaps, priorities and routes; how much is rated, and how ready a person is."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    TextCell,
    both,
    count,
    count_where,
    divided,
    either,
    equal,
    filled,
    is_number,
    joined,
    larger,
    measure,
    negate,
    number,
    on_scale,
    place,
    reads,
    rounded,
    sentence,
    sum_where,
    text,
    total,
    when,
)

ENOUGH = 0.8
"""The share of expected activities that must be answered before a readiness is shown; half must be rated."""


@measure
def given(answer: RatingCell = None, suggested: RatingCell = None, confirmed: RatingCell = None) -> Node:
    """The rating as far as it was given; a prefilled one that is unchanged counts once all of them are confirmed."""
    same_point = both(is_number(answer), is_number(suggested), equal(number(answer), number(suggested)))
    unchanged = either(same_point, both(reads(answer, "n/a"), reads(suggested, "n/a")))
    waiting = both(unchanged, negate(reads(confirmed, text("Yes"))))
    return when(both(filled(answer), negate(waiting)), number(answer), BLANK)


@measure
def unconfirmed(
    skill: RatingCell = None,
    experience: RatingCell = None,
    interest: RatingCell = None,
    given_skill: RatingCell = None,
    given_experience: RatingCell = None,
    given_interest: RatingCell = None,
) -> Node:
    """Marks a row with a prefilled rating that nobody has changed or confirmed."""
    pairs = ((skill, given_skill), (experience, given_experience), (interest, given_interest))
    return when(either(*(both(filled(cell), negate(filled(counts))) for cell, counts in pairs)), 1, BLANK)


@measure
def unconfirmed_count(unconfirmed_rows: ColumnValues) -> Node:
    """How many rows hold prefilled ratings that nobody has changed or confirmed; they count nowhere."""
    return count(unconfirmed_rows)


@measure
def used(agreed: RatingCell = None, skill: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """The skill that counts: the agreed rating or, without one, the person's own.

    Only a point of the scale counts; blank, n/a and anything else do not.
    """
    own = when(on_scale(skill, skill_points), number(skill), BLANK)
    return when(on_scale(agreed, skill_points), number(agreed), own)


@measure
def rating_that_counts(agreed: RatingCell = None, skill: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """Whose rating counts: the agreed one, once there is one, else your own."""
    own = when(on_scale(skill, skill_points), text("Yours"), BLANK)
    return when(on_scale(agreed, skill_points), text("Agreed"), own)


@measure
def revealed(target, used) -> Node:
    """What the role expects, shown once the skill is rated."""
    return target


@measure
def gap(expected, used) -> Node:
    """How far the rating is below what the role expects; never negative, blank until it is rated."""
    return larger(rounded(expected - used, 2), 0)


@measure
def priority(importance, gap) -> Node:
    """Importance times gap: where growing helps most."""
    return rounded(importance * gap, 2)


@measure
def interest_or_default(interest: RatingCell = None, interest_points: ColumnValues = None) -> Node:
    """The interest that orders equal priorities; no answer counts as 1."""
    return when(on_scale(interest, interest_points), number(interest), 1)


@measure
def rank(
    priority,
    interest_or_default,
    gap,
    order,
    priorities: ColumnValues,
    interests_or_default: ColumnValues,
    gaps: ColumnValues,
    orders: ColumnValues,
) -> Node:
    """The order in which to look at gaps: by priority, then interest, then gap, then importance and catalog order.

    Interest only orders equals; it never hides a needed gap. Blank where there is no gap.
    """
    keys = (
        (">", priority, priorities),
        (">", interest_or_default, interests_or_default),
        (">", gap, gaps),
        ("<", order, orders),
    )
    return when(priority > 0, place(*keys), BLANK)


@measure
def route(
    gap,
    experience_high,
    interest_high,
    experience: RatingCell = None,
    interest: RatingCell = None,
    experience_points: ColumnValues = None,
    interest_points: ColumnValues = None,
) -> Node:
    """What to do next, from the gap, the experience and the interest; blank until all three are rated."""
    often, keen = number(experience) >= experience_high, number(interest) >= interest_high
    short = when(often, when(keen, "coach", "talk"), when(keen, "train", "pair"))
    ready = when(often, when(keen, "mentor", "rotate"), when(keen, "stretch", "keep"))
    rated = both(on_scale(experience, experience_points), on_scale(interest, interest_points))
    return when(rated, when(gap > 0, short, ready), BLANK)


def _off(cell: Node, points: Node) -> Node:
    return both(filled(cell), negate(reads(cell, "n/a")), negate(on_scale(cell, points)))


@measure
def off_scale(
    skill: RatingCell = None,
    experience: RatingCell = None,
    interest: RatingCell = None,
    skill_points: ColumnValues = None,
    experience_points: ColumnValues = None,
    interest_points: ColumnValues = None,
) -> Node:
    """Marks a row in which something was typed or pasted that is neither a point of a scale nor n/a."""
    off = either(_off(skill, skill_points), _off(experience, experience_points), _off(interest, interest_points))
    return when(off, 1, BLANK)


@measure
def rating_check(off_scale) -> Node:
    """A warning when a cell holds neither a point of the scale nor n/a."""
    return text("Not on the scale")


@measure
def off_scale_count(off_scales: ColumnValues) -> Node:
    """How many rows hold something that is not on its scale."""
    return count(off_scales)


@measure
def off_scale_warning(off_scale_count) -> Node:
    """A warning when a rating cannot be used."""
    warning = sentence("Rows with a value that is not on its scale: {rows}. See the column Check", rows=off_scale_count)
    return when(off_scale_count > 0, warning, BLANK)


# -- how much is rated, and how ready ------------------------------------------------------------------------------


@measure
def expected_count(expected_here: ColumnValues) -> Node:
    """How many activities the role expects."""
    return total(expected_here)


@measure
def rated_count(gaps: ColumnValues) -> Node:
    """How many of the expected activities are rated."""
    return count(gaps)


def unrated_answers(
    skills: Node, agreeds: Node, weighted_expectations: Node, gaps: Node, *whose: tuple[Node, str, Node]
) -> Node:
    """Return how many expected activities are answered with n/a and are not rated; of somebody's rows, if ``whose``."""
    own, agreed = (skills, "=", "n/a"), (agreeds, "=", "n/a")

    def unrated(*answers: tuple[Node, str, str]) -> Node:
        met = (*whose, *answers)
        return count_where(*met, (weighted_expectations, ">=", 0)) - count_where(*met, (gaps, ">=", 0))

    return unrated(own) + unrated(agreed) - unrated(own, agreed)


@measure
def not_applicable(
    skills: ColumnValues, agreeds: ColumnValues, weighted_expectations: ColumnValues, gaps: ColumnValues
) -> Node:
    """How many expected activities are answered with n/a (not part of this job) and are not rated."""
    return unrated_answers(skills, agreeds, weighted_expectations, gaps)


@measure
def many_not_applicable(not_applicable, expected_count) -> Node:
    """Marks more than a quarter of n/a among the expected answers: something to talk about."""
    return when(not_applicable * 4 > expected_count, 1, BLANK)


@measure
def progress_line(
    rated_count, expected_count, not_applicable, off_scale_warning: TextCell = None, readiness=None
) -> Node:
    """How much is answered, how much of it is n/a, and the readiness once there is one; or which rating is unusable."""
    answered = sentence(
        "{answered} of {expected} answered", answered=rated_count + not_applicable, expected=expected_count
    )
    unrated = joined(answered, ", ", sentence("{number} of them n/a", number=not_applicable))
    counted = when(not_applicable > 0, unrated, answered)
    ready = joined(counted, " · ", sentence("Readiness {percent}%", percent=rounded(number(readiness) * 100, 0)))
    return when(filled(off_scale_warning), off_scale_warning, when(is_number(readiness), ready, counted))


def share_of_all(part: Node, whole: Node) -> Node:
    """Return a part as a share of the whole, to four decimals; 0 where there is nothing."""
    return rounded(divided(part, larger(whole, 1)), 4)


@measure
def completeness(rated_count, not_applicable, expected_count) -> Node:
    """The share of the expected activities that is answered; n/a is an answer."""
    return share_of_all(rated_count + not_applicable, expected_count)


@measure
def weighted_expectation(expected, importance, lowest) -> Node:
    """What an activity adds to readiness when it is met: importance times the expected level above the lowest."""
    return rounded(importance * (expected - lowest), 2)


def _reached(completeness: Node, rated: Node, expected: Node, short: Node, weighted_expectation: Node) -> Node:
    reached = rounded(divided(weighted_expectation - short, weighted_expectation), 4)
    enough = both(completeness >= ENOUGH, rated * 2 >= expected)
    return when(both(enough, weighted_expectation > 0), reached, BLANK)


@measure
def readiness(
    completeness,
    rated_count,
    expected_count,
    priorities: ColumnValues,
    weighted_expectations: ColumnValues,
    gaps: ColumnValues,
) -> Node:
    """How much of what the role expects is reached, weighted by importance, over the rated activities.

    The sum of importance times the reached level, divided by the sum of importance times the expected level. More
    than is expected in one activity does not make up for another. Blank until 80% is answered, and half is rated.
    """
    worth = sum_where(weighted_expectations, (gaps, ">=", 0))
    return _reached(completeness, rated_count, expected_count, total(priorities), worth)


@measure
def readiness_of(completeness, rated_count, expected_count, short, weighted_expectation) -> Node:
    """How much of what the role expects is reached, from the sum of its priorities and the sum of its worths."""
    return _reached(completeness, rated_count, expected_count, short, weighted_expectation)
