"""Who has answered, and how much."""

from __future__ import annotations

from growthsheet.expr import (
    BLANK,
    ColumnValues,
    Node,
    RatingCell,
    TextCell,
    count,
    count_where,
    either,
    measure,
    on_scale,
    reads,
    sentence,
    text,
    when,
)


@measure
def answered(rating: RatingCell = None, skill_points: ColumnValues = None) -> Node:
    """Marks an activity that is answered, with a point of the scale or n/a; anything else is no answer."""
    return when(either(on_scale(rating, skill_points), reads(rating, "n/a")), 1, BLANK)


@measure
def answered_of(answered_count, expected_count) -> Node:
    """How many of the expected activities are answered, out of how many."""
    told = sentence("{answered} of {expected}", answered=answered_count, expected=expected_count)
    return when(answered_count > 0, told, text("No answer"))


@measure
def no_answer(answered: ColumnValues, waiting: ColumnValues) -> Node:
    """How many people have not answered anything yet, without those whose prefilled answers are not confirmed."""
    return count_where((answered, "=", 0), (waiting, "=", 0))


@measure
def wholly_rated(answered_count, expected_count) -> Node:
    """Marks a person of whom every expected activity is rated."""
    return when(expected_count > 0, when(answered_count >= expected_count, 1, BLANK), BLANK)


@measure
def part_of_manager(whole: ColumnValues, answered: ColumnValues, people, unless_rated: TextCell) -> Node:
    """How many people the manager has rated, completely or in part; if nobody, what happened to the file."""
    complete = count(whole)
    begun = count_where((answered, ">", 0))
    told = sentence(
        "{complete} of {people} rated completely, {partial} in part",
        complete=complete,
        people=people,
        partial=begun - complete,
    )
    return when(complete >= people, text("complete"), when(begun > 0, told, unless_rated))


@measure
def response_state(answered_count, expected_count, said, returned, unconfirmed, refused) -> Node:
    """The state of a response: complete, unconfirmed (prefilled), partial, refused, blank (no answer) or missing."""
    nothing = when(refused > 0, "refused", when(returned > 0, "blank", "missing"))
    some = when(unconfirmed > 0, "unconfirmed", when(answered_count + said > 0, "partial", nothing))
    return when(expected_count > 0, when(answered_count >= expected_count, "complete", some), some)
