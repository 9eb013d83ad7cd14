"""What a team can do together: coverage, flags, the level of an activity."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    RowValues,
    TextCell,
    both,
    count,
    count_where,
    equal,
    is_number,
    kth_largest,
    looked_up,
    lower_median,
    measure,
    number,
    pick_text,
    place,
    reads,
    sentence,
    smaller,
    sum_where,
    text,
    total,
    when,
)
from growthsheet.measures.ratings import ENOUGH, share_of_all, unrated_answers

APART = 1_000_000
"""More than any priority or sum of gaps, to order numbers by something else first."""

NOT_EXPECTED = "·"
"""The sign in a map for an activity that a person's role does not expect; a blank cell is not rated yet."""


@measure
def on_map(column: ColumnValues, at=None, find: RatingCell = None) -> Node:
    """The number on the tab Reviews; a dot where the person's role does not expect the activity."""
    there = when(is_number(at), pick_text(column, number(at)), BLANK)  # as a number, if it is one
    return when(reads(find, NOT_EXPECTED), NOT_EXPECTED, there)


@measure
def rated_people(people: RowValues) -> Node:
    """How many of the people whose role expects it are rated."""
    return count(people)


@measure
def covered(rated_people, expected_people, covered_from, people: RowValues) -> Node:
    """How many people do it well (at the catalog's level for Covered, or higher); blank until half are rated."""
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
    """How many people are needed: 2 where the importance is 3, else 1; never more than there are people."""
    return smaller(when(top_importance >= 3, 2, 1), expected_people)


@measure
def flag(covered, working, needed, top_importance) -> Node:
    """The first of these that applies.

    Team gap: nobody manages it alone. Depends on one person: only one person does well what matters most. Thin: fewer
    people do it well than are needed. Else it is covered.
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
    """How many people answered n/a (not part of their job) and are not rated."""
    return unrated_answers(skills, agreeds, weighted_expectations, gaps, (orders, "=", order))


@measure
def many_not_applicable_count(marks: ColumnValues) -> Node:
    """How many answered n/a to more than a quarter: something to talk about."""
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
def share_short(people_short, rated_people) -> Node:
    """The share of the rated people who are below what their role expects."""
    return share_of_all(people_short, rated_people)


@measure
def team_rank(
    share_short, total_gap, order, shares_short: ColumnValues, total_gaps: ColumnValues, orders: ColumnValues
) -> Node:
    """The order of the team's gaps: by the share of people who are short, then by the sum of their gaps."""
    keys = ((">", share_short, shares_short), (">", total_gap, total_gaps), ("<", order, orders))
    return when(share_short > 0, place(*keys), BLANK)


CONCERNS = {"covered": 1, "thin": 2, "single": 3, "teamgap": 4}
"""How pressing each flag is."""


@measure
def concern(flag: RatingCell = None, total_gap=None) -> Node:
    """How pressing it is to look at an activity: by its flag, then by the sum of the gaps."""
    pressing: Node | int = 0
    for code, degree in CONCERNS.items():
        pressing = when(reads(flag, code), degree * APART, pressing)
    return pressing + when(is_number(total_gap), number(total_gap), 0)


@measure
def coverage_rank(concern, order, concerns: ColumnValues, orders: ColumnValues) -> Node:
    """The order of activities on the tab Coverage: the most pressing first, then by the order of the catalog."""
    return place((">", concern, concerns), ("<", order, orders))


@measure
def people_rated(shares: ColumnValues) -> Node:
    """How many people have answered 80% or more of what their role expects."""
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


@measure
def flag_carried(code: TextCell, flags_counted) -> Node:
    """The flag, if an activity carries it."""
    return when(flags_counted > 0, code, BLANK)


# -- each person -----------------------------------------------------------------------------------------------------


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
    """How many expected activities are answered with n/a (not part of this job) and are not rated."""
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
def area_met(area: TextCell, areas: ColumnValues, gaps: ColumnValues) -> Node:
    """The share of what is expected and rated in an area that is met, or more; blank until somebody is rated."""
    rated = count_where((areas, "=", area), (gaps, ">=", 0))
    met = count_where((areas, "=", area), (gaps, "=", 0))
    return when(rated > 0, share_of_all(met, rated), BLANK)


# -- the team together -----------------------------------------------------------------------------------------------


@measure
def people_answered(answered: ColumnValues) -> Node:
    """How many people have answered something."""
    return count_where((answered, ">", 0))


@measure
def share_answered(people_answered, people) -> Node:
    """The share of the people who have answered something."""
    return share_of_all(people_answered, people)


@measure
def team_readiness(readinesses: ColumnValues) -> Node:
    """The readiness that at least half of the people who have one reach."""
    return lower_median(readinesses)


@measure
def sort_key(value=None) -> Node:
    """A share by which bars are sorted, worst first; those without one come last."""
    return when(is_number(value), number(value), 2)


@measure
def worst_first(sort_key, number, sort_keys: ColumnValues, numbers: ColumnValues) -> Node:
    """The place of a bar: the lowest share first, then in the order of the list."""
    return place(("<", sort_key, sort_keys), ("<", number, numbers))


@measure
def bar_label(label: TextCell, answered_count, readiness=None) -> Node:
    """A person's name below a bar, and the reason where there is no bar."""
    reason = when(answered_count > 0, text("few ratings"), text("no answer"))
    return when(is_number(readiness), label, sentence("{title}: {name}", title=label, name=reason))
