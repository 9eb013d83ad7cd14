"""What a dashboard sums up."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    TextCell,
    count_where,
    divided,
    is_number,
    measure,
    not_available,
    number,
    pick_text,
    rounded,
    sentence,
    sum_where,
    text,
    when,
)
from growthsheet.measures.ratings import ENOUGH


@measure
def reached(
    area: TextCell,
    areas: ColumnValues,
    priorities: ColumnValues,
    weighted_expectations: ColumnValues,
    gaps: ColumnValues,
) -> Node:
    """How much of what the role expects in an area is reached, weighted by importance, over the rated activities."""
    weighted_expectation = sum_where(weighted_expectations, (areas, "=", area), (gaps, ">=", 0))
    share = divided(weighted_expectation - sum_where(priorities, (areas, "=", area)), weighted_expectation)
    return when(weighted_expectation > 0, rounded(share, 4), BLANK)


@measure
def area_expected(area: TextCell, areas: ColumnValues, expected_here: ColumnValues) -> Node:
    """How many activities of an area the role expects."""
    return count_where((areas, "=", area), (expected_here, "=", 1))


@measure
def area_rated(area: TextCell, areas: ColumnValues, gaps: ColumnValues) -> Node:
    """How many expected activities of an area are rated."""
    return count_where((areas, "=", area), (gaps, ">=", 0))


@measure
def plotted(value=None) -> Node:
    """The number, or nothing for a chart to draw."""
    return when(is_number(value), number(value), not_available())


@measure
def activities_at(
    skill_point, interest_point, skills: ColumnValues, interests: ColumnValues, expected_here: ColumnValues
) -> Node:
    """How many wanted activities have this skill and this interest."""
    # COUNTIFS with a number would count the same number typed as a text, too
    wanted = ((interests, ">=", interest_point), (interests, "<=", interest_point))
    return count_where((skills, "=", skill_point), *wanted, (expected_here, "=", 1))


@measure
def answered_so_far(rated_count, expected_count, not_applicable) -> Node:
    """How many of the expected activities are answered; n/a is an answer."""
    return sentence("{answered} of {expected}", answered=rated_count + not_applicable, expected=expected_count)


@measure
def next_step(completeness, open_items) -> Node:
    """What to do first: rate, rate the rest, or take up what to grow."""
    rate = when(
        completeness > 0,
        text("Answer the rest on the tab Assessment: readiness appears from 80%"),
        text("Rate your activities first, on the tab Assessment"),
    )
    grow = when(open_items > 0, text("Keep your plan up to date"), text("Take up to four priorities into your plan"))
    return when(completeness < ENOUGH, rate, grow)


@measure
def priority_or_hint(n, rated_count, column: ColumnValues, at=None) -> Node:
    """The gaps in their order of priority, or what to do where there is none."""
    hint = when(
        rated_count > 0,
        text("No gaps among your ratings so far."),
        text("Your priorities appear here once you have rated."),
    )
    return when(is_number(at), pick_text(column, number(at)), when(n > 1, BLANK, hint))


@measure
def repeated(value) -> Node:
    """The same number as on the other tab."""
    return value
