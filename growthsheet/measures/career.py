"""How near a person is to a role, and what would be new in it."""

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
    filled,
    is_number,
    measure,
    number,
    text,
    when,
)

BELOW_ALL_LEVELS = -1000
"""Less than any level: what is at least this is a number."""


@measure
def met(gaps: ColumnValues) -> Node:
    """How many expected activities are rated as the role expects, or higher; blank until one is rated."""
    return when(count(gaps) > 0, count_where((gaps, "=", 0)), BLANK)


@measure
def one_short(gaps: ColumnValues) -> Node:
    """How many are up to one level short; blank until one is rated."""
    return when(count(gaps) > 0, count_where((gaps, ">", 0)) - count_where((gaps, ">", 1)), BLANK)


@measure
def more_short(gaps: ColumnValues) -> Node:
    """How many are more than one level short; blank until one is rated."""
    return when(count(gaps) > 0, count_where((gaps, ">", 1)), BLANK)


@measure
def not_rated(role_count, rated_count, not_applicable) -> Node:
    """How many of the role's activities are neither rated nor n/a."""
    return role_count - rated_count - not_applicable


@measure
def new_count(expectations: ColumnValues, expected_here: ColumnValues) -> Node:
    """How many activities the role expects that the current one does not."""
    return count(expectations) - count_where((expectations, ">=", BELOW_ALL_LEVELS), (expected_here, "=", 1))


@measure
def place_ahead(slot, near, chosen_at=None) -> Node:
    """The place of a role in the list; blank for the chosen role where none is chosen, or one that is listed anyway."""
    other = both(is_number(chosen_at), number(chosen_at) > near)
    return when(slot <= near, slot, when(other, slot, BLANK))


@measure
def gap_there_key(there, gap=None) -> Node:
    """The number by which the activities of a role are sorted: the largest gap first, those not rated last."""
    return when(is_number(gap), 0 - number(gap), 1)


@measure
def chosen_name(label: TextCell = None) -> Node:
    """The chosen role, or what to do where none is chosen."""
    return when(filled(label), label, text("Choose a role at the top: the activities that it expects are listed here."))


@measure
def newness(there, here=None) -> Node:
    """Marked where the current role does not expect it."""
    return when(is_number(here), BLANK, text("New"))


@measure
def evidence_given(there, used, evidence: RatingCell = None) -> Node:
    """Whether something is written down that shows the level; blank until it is rated."""
    return when(filled(evidence), text("Given"), text("None yet"))
