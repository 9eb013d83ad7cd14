"""Who is keen on an activity, who could coach it, and what to talk about."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    RowValues,
    both,
    count,
    count_where,
    either,
    equal,
    filled,
    larger,
    measure,
    number,
    on_scale,
    reads,
    when,
)


@measure
def keen(interest_high, interests: RowValues) -> Node:
    """How many people would like to do more of it (high interest, as the catalog says); blank until one answers."""
    return when(count(interests) > 0, count_where((interests, ">=", interest_high)), BLANK)


@measure
def valid_interest(interest: RatingCell = None, interest_points: ColumnValues = None) -> Node:
    """The interest that counts: a point of its scale; blank, n/a and anything else do not count."""
    return when(on_scale(interest, interest_points), number(interest), BLANK)


@measure
def mentor(used, valid_interest, expected, interest_high, unwilling, top) -> Node:
    """Whether somebody could coach it: 1, or blank.

    Their skill is a level above what is expected of the other person, or the highest there is; they would like to do
    more of it, and never would rather not.
    """
    able = either(used >= expected + 1, used >= top)
    return when(both(able, valid_interest >= interest_high, valid_interest > unwilling), 1, BLANK)


def _both_rated(skill: Node, manager: Node, points: Node) -> Node:
    return both(on_scale(skill, points), on_scale(manager, points))


@measure
def apart(skill: RatingCell = None, manager: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """How many levels the person's own rating and the manager's are apart, whichever is higher."""
    own, seen = number(skill), number(manager)
    return when(_both_rated(skill, manager, skill_points), larger(own - seen, seen - own), BLANK)


@measure
def difference(skill: RatingCell = None, manager: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """How many levels the manager's rating is above the person's own, or below it; blank until both are there."""
    return when(_both_rated(skill, manager, skill_points), number(manager) - number(skill), BLANK)


@measure
def after_manager(own: RatingCell = None, manager: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """What the person says; blank until the manager has rated, too."""
    rated = either(on_scale(manager, skill_points), reads(manager, "n/a"))
    return when(both(filled(own), rated), number(own), BLANK)


@measure
def strength(gap, used, valid_interest, covered_from, interest_high) -> Node:
    """Whether somebody does it well, as the role expects, and would like to do more of it: 1, or blank."""
    return when(both(equal(gap, 0), used >= covered_from, valid_interest >= interest_high), 1, BLANK)
