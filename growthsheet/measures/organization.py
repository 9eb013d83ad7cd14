"""What an organization sums up: how much of what is expected is met, and how alike people are rated."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    both,
    count,
    divided,
    larger,
    measure,
    number,
    on_scale,
    rounded,
    text,
    total,
    when,
)
from growthsheet.measures.ratings import share_of_all


@measure
def share_met(met, rated_people, expected_people) -> Node:
    """The share of what is rated that is as the role expects, or higher; blank until half is rated."""
    enough = both(rated_people * 2 >= expected_people, rated_people > 0)
    return when(enough, share_of_all(met, rated_people), BLANK)


@measure
def share_rated(rated_people, expected_people) -> Node:
    """The share of what roles expect that is rated."""
    return share_of_all(rated_people, expected_people)


@measure
def organization_next_step(people, people_rated) -> Node:
    """What to do first: gather ratings, wait for the rest, or look where teams are short."""
    rated = when(
        people_rated < people,
        text("Collect the rest of the ratings, then build this workbook again"),
        text("Begin with the largest gaps: the tab Teams x areas shows which teams fall short"),
    )
    return when(people_rated > 0, rated, text("Collect people's ratings, then build this workbook again"))


@measure
def level_change(used, before) -> Node:
    """How many levels the skill that counts is above that of the cycle before; below it where negative."""
    return rounded(used - before, 2)


@measure
def above_manager(skill: RatingCell = None, manager: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """How many levels a person's own rating is above the manager's; below it where negative."""
    both_rated = both(on_scale(skill, skill_points), on_scale(manager, skill_points))
    return when(both_rated, number(skill) - number(manager), BLANK)


@measure
def mean_of(differences: ColumnValues) -> Node:
    """The mean, rounded to two decimals."""
    some = count(differences)
    return when(some > 0, rounded(divided(total(differences), larger(some, 1)), 2), BLANK)


@measure
def share_of(part, whole) -> Node:
    """How many of all ratings these are."""
    return when(whole > 0, share_of_all(part, whole), BLANK)
