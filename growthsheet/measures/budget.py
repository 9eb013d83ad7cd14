"""The training budget: sized from pay, spent in lines, never counted twice."""

# Longer than 300 lines: all numbers of the budget are defined together, each with its words.

from __future__ import annotations

from functools import reduce
from operator import add

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    TextCell,
    count_where,
    day_of_month,
    divided,
    either,
    equal,
    is_number,
    joined,
    larger,
    measure,
    month,
    number,
    or_else,
    pick,
    pick_text,
    place,
    rounded,
    same,
    smaller,
    sum_where,
    text,
    total,
    when,
    year,
)

NO_CAP = 10**12
"""The largest amount there can be; stands for a cap where there is none."""


def _fifteenths(day: Node) -> Node:
    """How many 15ths of a month lie on or before a day, from a beginning that cancels out."""
    return year(day) * 12 + month(day) - when(day_of_month(day) < 15, 1, 0)


@measure
def first_day(year_start, start: RatingCell = None) -> Node:
    """The first employed day of the fiscal year."""
    return larger(or_else(start, year_start), year_start)


@measure
def last_day(year_end, end: RatingCell = None) -> Node:
    """The last employed day of the fiscal year."""
    return smaller(or_else(end, year_end), year_end)


@measure
def proration(base, first_day, last_day, year_start, year_end, prorate: TextCell, away: RatingCell = None) -> Node:
    """The employed share of the fiscal year: months employed on the 15th, out of 12; or days, out of the year's days.

    Without the months or days between two spells of employment. Blank where there is no base pay.
    """
    months = divided(_fifteenths(last_day) - _fifteenths(first_day - 1) - or_else(away, 0), 12)
    days = divided(last_day - first_day + 1 - or_else(away, 0), larger(year_end - year_start + 1, 1))
    share = when(same(prorate, "days"), days, months)
    return when(same(prorate, "none"), 1, larger(share, 0))


@measure
def allocation(base, rate, proration, minor, floor=None, cap=None) -> Node:
    """The training budget of the year: base pay times rate times proration, rounded to the currency's minor unit.

    Then not less than the floor and not more than the cap, where there is one and the share is not 0.
    """
    bounded = smaller(larger(base * rate * proration, or_else(floor, 0)), or_else(cap, NO_CAP))
    return when(proration > 0, rounded(bounded, minor), 0)


@measure
def person_rate(base, rate, own_rate=None) -> Node:
    """The share of base pay: the person's own, else the general rate."""
    return or_else(own_rate, rate)


@measure
def allowance(minor, sized=None, fixed=None) -> Node:
    """The training budget of the year: the fixed amount where there is one, else the rate's share of base pay.

    A fixed amount does not depend on pay, share of the year, floor or cap.
    """
    share = when(is_number(sized), number(sized), BLANK)
    return when(is_number(fixed), rounded(number(fixed), minor), share)


@measure
def converted(amount, exchange_rate, minor) -> Node:
    """An amount in another currency at a dated rate, rounded to that currency's minor unit."""
    return rounded(amount * exchange_rate, minor)


# -- lines -----------------------------------------------------------------------------------------------------------


@measure
def line_status(amount, codes: ColumnValues, choice=None) -> Node:
    """The code of a line's status; a line without one is planned."""
    return when(is_number(choice), pick_text(codes, number(choice)), "planned")


@measure
def line_key(amount, codes: ColumnValues, choice=None) -> Node:
    """What a line belongs to: the entry that was chosen, or none."""
    return when(is_number(choice), pick_text(codes, number(choice)), "none")


@measure
def line_minor(fallback, minors: ColumnValues, at=None) -> Node:
    """The decimals of the currency of whom a line is for; of the book's, where it names nobody."""
    return or_else(when(is_number(at), pick(minors, number(at)), BLANK), fallback)


@measure
def amount(minor, actual: RatingCell = None, estimate: RatingCell = None) -> Node:
    """What a line amounts to: the actual amount, else the estimate."""
    return when(
        is_number(actual),
        rounded(number(actual), minor),
        when(is_number(estimate), rounded(number(estimate), minor), BLANK),
    )


@measure
def counted(amount, line_status: TextCell) -> Node:
    """The amount, unless the line was rejected or cancelled."""
    return when(either(same(line_status, "rejected"), same(line_status, "cancelled")), BLANK, amount)


def _sum(amounts: Node, keys: Node, key: Node, statuses: Node, *wanted: str) -> Node:
    return reduce(add, (sum_where(amounts, (keys, "=", key), (statuses, "=", status)) for status in wanted))


@measure
def planned_money(key: TextCell, minor, amounts: ColumnValues, keys: ColumnValues, statuses: ColumnValues) -> Node:
    """Planned and requested: not yet promised to anybody, so still available."""
    return rounded(_sum(amounts, keys, key, statuses, "planned", "requested"), minor)


@measure
def committed(key: TextCell, minor, amounts: ColumnValues, keys: ColumnValues, statuses: ColumnValues) -> Node:
    """Approved or booked: promised, so no longer available, even before the bill comes."""
    return rounded(_sum(amounts, keys, key, statuses, "approved", "booked"), minor)


@measure
def spent(key: TextCell, minor, amounts: ColumnValues, keys: ColumnValues, statuses: ColumnValues) -> Node:
    """Paid."""
    return rounded(_sum(amounts, keys, key, statuses, "spent"), minor)


@measure
def sum_of(minor, column: ColumnValues) -> Node:
    """The sum of the column."""
    return rounded(total(column), minor)


@measure
def sum_in(currency: TextCell, minor, column: ColumnValues, currencies: ColumnValues) -> Node:
    """The sum in this currency; currencies are never mixed."""
    return rounded(sum_where(column, (currencies, "=", currency)), minor)


@measure
def available(allocation, committed, spent, minor, carry_in=None) -> Node:
    """What is left: allocation plus what was carried in, less committed, less spent. A line counts once."""
    return rounded(allocation + or_else(carry_in, 0) - committed - spent, minor)


@measure
def left_share(allocation, available, carry_in=None) -> Node:
    """The share of the allocation, and of what was carried in, that is left."""
    there = allocation + or_else(carry_in, 0)
    return when(there > 0, rounded(divided(available, there), 4), BLANK)


@measure
def budget_state(available) -> Node:
    """A warning when more is committed and spent than is available."""
    return when(available < 0, text("Over budget"), BLANK)


@measure
def carried_out(available, carry_over, minor) -> Node:
    """What would be added to the next fiscal year: the policy's share of what is left; 0 where nothing is left."""
    return rounded(larger(available, 0) * carry_over, minor)


# -- summaries -------------------------------------------------------------------------------------------------------


@measure
def line_currency(fallback: TextCell, currencies: ColumnValues, at=None) -> Node:
    """The currency of whom a line is for; the book's, where it names nobody."""
    return when(is_number(at), pick_text(currencies, number(at)), fallback)


@measure
def in_currency(code: TextCell, currency: TextCell) -> Node:
    """What a line counts under: its code, and its currency, for currencies are never mixed."""
    return joined(code, ":", currency)


@measure
def line_count(key: TextCell, keys: ColumnValues) -> Node:
    """How many lines there are."""
    return count_where((keys, "=", key))


@measure
def line_money(key: TextCell, minor, amounts: ColumnValues, keys: ColumnValues) -> Node:
    """The total of these lines: each with its actual amount, else its estimate."""
    return rounded(sum_where(amounts, (keys, "=", key)), minor)


# -- money and gaps --------------------------------------------------------------------------------------------------


@measure
def budget_link(counted, at=None, gap=None) -> Node:
    """Whether the money in a line helps to close a gap."""
    rated = when(is_number(gap), when(number(gap) > 0, "gap", "nogap"), "unrated")
    return when(is_number(at), rated, "noactivity")


@measure
def gap_of_line(
    activity_choice,
    person_code: TextCell,
    total_gaps: ColumnValues,
    whose: ColumnValues,
    activities: ColumnValues,
    gaps: ColumnValues,
    at=None,
) -> Node:
    """The gap that a line can close: that of the person it is for, or everybody's together if it names nobody.

    Where the person's role does not expect the activity there is none; it is blank if the person is not rated.
    """
    theirs, there = (whose, "=", person_code), (activities, "=", activity_choice)
    rated = when(count_where(theirs, there, (gaps, ">=", 0)) > 0, sum_where(gaps, theirs, there), BLANK)
    expected = either(count_where(theirs, there) > 0, equal(count_where(theirs), 0))
    of_team = when(is_number(at), pick(total_gaps, number(at)), BLANK)
    return when(same(person_code, "none"), of_team, when(expected, rated, 0))


@measure
def money_for(at, minor, amounts: ColumnValues, ats: ColumnValues) -> Node:
    """The money in all lines for this activity, unless rejected or cancelled."""
    return rounded(sum_where(amounts, (ats, "=", at)), minor)


@measure
def lines_for(at, amounts: ColumnValues, ats: ColumnValues) -> Node:
    """How many lines there are for this activity, unless rejected or cancelled."""
    return count_where((ats, "=", at), (amounts, ">=", 0))


@measure
def money_rank(money, order, moneys: ColumnValues, orders: ColumnValues) -> Node:
    """The order of activities by what is spent on them."""
    return when(money > 0, place((">", money, moneys), ("<", order, orders)), BLANK)


@measure
def without_money(money_for) -> Node:
    """Whether a priority is still without money; some routes need none."""
    return when(money_for > 0, BLANK, text("No money"))


@measure
def money_without_gap(minor, amounts: ColumnValues, budget_links: ColumnValues) -> Node:
    """The money in lines whose activity has no gap, or that name no activity."""
    without = sum_where(amounts, (budget_links, "=", "nogap")) + sum_where(amounts, (budget_links, "=", "noactivity"))
    return rounded(without, minor)


@measure
def outcome(
    expected,
    then,
    who: TextCell,
    order,
    whose: ColumnValues,
    activities: ColumnValues,
    amounts: ColumnValues,
    paid=None,
    used: RatingCell = None,
) -> Node:
    """What became of a gap of the last cycle, and whether there is or was a line for it: the person's or the team's."""
    # Lines of a fiscal year that has ended stand in no workbook any more: that there were some is given.
    own, shared = (
        count_where((whose, "=", someone), (activities, "=", order), (amounts, ">=", 0)) for someone in (who, "none")
    )
    moved = when(number(used) > then, "higher", when(number(used) < then, "lower", "same"))
    funded = when(either(own + shared > 0, is_number(paid)), "money", "bare")
    told = joined(funded, when(is_number(used), moved, "unrated"))
    return when(then < expected, told, BLANK)


@measure
def outcomes_counted(code: TextCell, outcomes: ColumnValues) -> Node:
    """How many gaps of the last cycle, over all people."""
    return count_where((outcomes, "=", code))
