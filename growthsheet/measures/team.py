"""What a team can do together: coverage, flags, the level of an activity."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    Across,
    Column,
    Node,
    Text,
    both,
    count,
    count_where,
    equal,
    highest,
    looked_up,
    lower_median,
    measure,
    place,
    said,
    smaller,
    sum_where,
    total,
    when,
)
from growthsheet.measures.ratings import ENOUGH


@measure
def rated_people(people: Across) -> Node:
    """How many of the people whose role expects it are rated."""
    return count(people)


@measure
def covered(rated_people, expected_people, covered_from, people: Across) -> Node:
    """How many people do it well (3 or more, as the catalog says); blank until half are rated."""
    return when(rated_people * 2 >= expected_people, count_where((people, ">=", covered_from)), BLANK)


@measure
def working(rated_people, expected_people, working_from, people: Across) -> Node:
    """How many people manage ordinary cases alone (2 or more); blank until half are rated."""
    return when(rated_people * 2 >= expected_people, count_where((people, ">=", working_from)), BLANK)


@measure
def team_level(rated_people, expected_people, people: Across) -> Node:
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
def people_short(gaps: Across) -> Node:
    """How many people are below what their role expects; blank until somebody is rated."""
    return when(count(gaps) > 0, count_where((gaps, ">", 0)), BLANK)


@measure
def total_gap(gaps: Across) -> Node:
    """The sum of the gaps of all people; blank until somebody is rated."""
    return when(count(gaps) > 0, total(gaps), BLANK)


@measure
def team_rank(total_gap, order, total_gaps: Column, orders: Column) -> Node:
    """The order in which to look at the team's gaps: by the sum of the gaps, then by the order of the catalog."""
    return when(total_gap > 0, place((">", total_gap, total_gaps), ("<", order, orders)), BLANK)


@measure
def people_rated(shares: Column) -> Node:
    """How many people have rated 80 % or more of what their role expects."""
    return count_where((shares, ">=", ENOUGH))


@measure
def next_step(people, people_rated) -> Node:
    """What to do first: gather ratings, wait for the rest, or talk."""
    rated = when(
        people_rated < people,
        said("Wait for the rest, or type ratings on the tab Skill matrix"),
        said("Talk with each person: the tab Talk about says what about"),
    )
    return when(people_rated > 0, rated, said("Collect people's ratings, or type yours on the tab Skill matrix"))


@measure
def flags_counted(code: Text, flags: Column) -> Node:
    """How many activities carry this flag."""
    return count_where((flags, "=", code))


@measure
def gap_count(gaps: Column) -> Node:
    """How many activities are below what the role expects; blank until something is rated."""
    return when(count(gaps) > 0, count_where((gaps, ">", 0)), BLANK)


@measure
def largest_gap(priorities: Column, activities: Column) -> Node:
    """The activity with the highest priority."""
    return when(highest(priorities) > 0, looked_up(highest(priorities), priorities, activities), BLANK)


@measure
def area_gap(area: Text, areas: Column, total_gaps: Column) -> Node:
    """The sum of the gaps of all people in an area; blank until somebody is rated."""
    rated = count_where((areas, "=", area), (total_gaps, ">=", 0))
    return when(rated > 0, sum_where(total_gaps, (areas, "=", area)), BLANK)
