"""What a team can do together: coverage, flags, the level of an activity."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RowValues,
    TextCell,
    both,
    count,
    count_where,
    equal,
    kth_largest,
    looked_up,
    lower_median,
    measure,
    place,
    smaller,
    sum_where,
    text,
    total,
    when,
)
from growthsheet.measures.ratings import ENOUGH, unrated_answers


@measure
def rated_people(people: RowValues) -> Node:
    """How many of the people whose role expects it are rated."""
    return count(people)


@measure
def covered(rated_people, expected_people, covered_from, people: RowValues) -> Node:
    """How many people do it well (from Covered on, as the catalog says); blank until half are rated."""
    return when(rated_people * 2 >= expected_people, count_where((people, ">=", covered_from)), BLANK)


@measure
def working(rated_people, expected_people, working_from, people: RowValues) -> Node:
    """How many people manage ordinary cases alone (from Working on); blank until half are rated."""
    return when(rated_people * 2 >= expected_people, count_where((people, ">=", working_from)), BLANK)


@measure
def team_level(rated_people, expected_people, people: RowValues) -> Node:
    """The level that at least half of the ratings reach: the lower median, never a mean. Blank until half are rated."""
    return when(rated_people * 2 >= expected_people, lower_median(people), BLANK)


@measure
def needed(top_importance, expected_people) -> Node:
    """How many it takes: 2 where the importance is 3, else 1; never more than there are people."""
    return smaller(when(top_importance >= 3, 2, 1), expected_people)


@measure
def flag(covered, working, needed, top_importance) -> Node:
    """The first that holds.

    Team gap: nobody manages it alone. Depends on one person: one alone does well what matters most. Thin: fewer do it
    well than are needed. Else it is covered.
    """
    alone = both(equal(covered, 1), top_importance >= 3)
    return when(equal(working, 0), "teamgap", when(alone, "single", when(covered < needed, "thin", "covered")))


@measure
def not_applicable_people(
    order,
    orders: ColumnValues,
    skills: ColumnValues,
    agreeds: ColumnValues,
    weighted_expectations: ColumnValues,
    gaps: ColumnValues,
) -> Node:
    """How many people answered n/a, not part of their job, and are not rated."""
    return unrated_answers(skills, agreeds, weighted_expectations, gaps, (orders, "=", order))


@measure
def many_not_applicable_count(marks: ColumnValues) -> Node:
    """How many have more than a quarter of n/a among the expected answers: something to talk about."""
    return count(marks)


@measure
def people_short(gaps: RowValues) -> Node:
    """How many people are below what their role expects; blank until somebody is rated."""
    return when(count(gaps) > 0, count_where((gaps, ">", 0)), BLANK)


@measure
def total_gap(gaps: RowValues) -> Node:
    """The sum of the gaps of all people; blank until somebody is rated."""
    return when(count(gaps) > 0, total(gaps), BLANK)


@measure
def team_rank(total_gap, order, total_gaps: ColumnValues, orders: ColumnValues) -> Node:
    """The order in which to look at the team's gaps: by the sum of the gaps, then by the order of the catalog."""
    return when(total_gap > 0, place((">", total_gap, total_gaps), ("<", order, orders)), BLANK)


@measure
def people_rated(shares: ColumnValues) -> Node:
    """How many people have answered 80 % or more of what their role expects."""
    return count_where((shares, ">=", ENOUGH))


@measure
def team_next_step(people, people_rated) -> Node:
    """What to do first: gather ratings, wait for the rest, or talk."""
    rated = when(
        people_rated < people,
        text("Wait for the rest, or type ratings on the tab Reviews"),
        text("Talk with each person: the tab Talk about says what about"),
    )
    return when(people_rated > 0, rated, text("Collect people's ratings, or type yours on the tab Reviews"))


@measure
def flags_counted(code: TextCell, flags: ColumnValues) -> Node:
    """How many activities carry this flag."""
    return count_where((flags, "=", code))


# -- each person -----------------------------------------------------------------------------------------------------

APART = 1_000_000
"""The distance between the priorities of two people in a column of all people's; no priority is as high."""


@measure
def answered_by_person(who: TextCell, whose: ColumnValues, answers: ColumnValues) -> Node:
    """How many of the expected activities are answered, with a point of the scale or n/a."""
    return count_where((whose, "=", who), (answers, "=", 1))


@measure
def not_applicable_by_person(
    who: TextCell,
    whose: ColumnValues,
    skills: ColumnValues,
    agreeds: ColumnValues,
    weighted_expectations: ColumnValues,
    gaps: ColumnValues,
) -> Node:
    """How many expected activities are answered with n/a, not part of this job, and are not rated."""
    return unrated_answers(skills, agreeds, weighted_expectations, gaps, (whose, "=", who))


@measure
def rated_by_person(who: TextCell, whose: ColumnValues, gaps: ColumnValues) -> Node:
    """How many of the expected activities are rated."""
    return count_where((whose, "=", who), (gaps, ">=", 0))


@measure
def short_of_person(who: TextCell, whose: ColumnValues, priorities: ColumnValues) -> Node:
    """The sum of a person's priorities."""
    return sum_where(priorities, (whose, "=", who))


@measure
def rated_expectation(
    who: TextCell, whose: ColumnValues, gaps: ColumnValues, weighted_expectations: ColumnValues
) -> Node:
    """What a person's rated activities add to readiness when all are met."""
    return sum_where(weighted_expectations, (whose, "=", who), (gaps, ">=", 0))


@measure
def gap_count(gaps: ColumnValues) -> Node:
    """How many activities are below what the role expects; blank until something is rated."""
    return when(count(gaps) > 0, count_where((gaps, ">", 0)), BLANK)


@measure
def gaps_of_person(rated_count, who: TextCell, whose: ColumnValues, gaps: ColumnValues) -> Node:
    """How many activities are below what the role expects; blank until something is rated."""
    return when(rated_count > 0, count_where((whose, "=", who), (gaps, ">", 0)), BLANK)


@measure
def priority_of_person(number, priority) -> Node:
    """A priority with the person's number before it, by which the highest one of each person is found."""
    return when(priority > 0, number * APART + priority, BLANK)


@measure
def largest_gap(number, priorities: ColumnValues, activities: ColumnValues) -> Node:
    """The activity with the highest priority."""
    after = count_where((priorities, ">=", (number + 1) * APART))
    own = count_where((priorities, ">=", number * APART)) - after
    return when(own > 0, looked_up(kth_largest(priorities, after + 1), priorities, activities), BLANK)


@measure
def area_gap(area: TextCell, areas: ColumnValues, total_gaps: ColumnValues) -> Node:
    """The sum of the gaps of all people in an area; blank until somebody is rated."""
    rated = count_where((areas, "=", area), (total_gaps, ">=", 0))
    return when(rated > 0, sum_where(total_gaps, (areas, "=", area)), BLANK)
