"""Brackets in headers, and periods in cells, are looked for in short texts only."""

import pytest

from growthsheet.errors import InputError
from growthsheet.roster.load import load_roster
from growthsheet.sources.rosters.headers import LONGEST_HEADER, field_of, without_brackets


def test_brackets_are_looked_for_in_short_headers_only() -> None:
    """What stands in brackets is left out; in a cell of thousands of brackets nothing is looked for."""
    assert (field_of("Hire Date (MM/DD/YYYY)"), without_brackets("a (b) [c]")) == ("start", "a    ")
    long = "[" * LONGEST_HEADER + "]"
    assert (without_brackets(long), without_brackets("[" * 40_000)) == (long, "[" * 40_000)


def test_a_long_cell_is_no_amount_with_a_period() -> None:
    """A cell of thousands of digits is told as no number, and not searched for the words of a period."""
    amount = "1." * 1000 + " per year"
    with pytest.raises(InputError) as caught:
        load_roster([{"id": "1", "name": "Ana", "title": "Product Manager", "salary": amount, "currency": "EUR"}])
    assert "not-a-number" in [problem.code for problem in caught.value.problems]


def test_long_names_and_headers_are_read_at_once() -> None:
    """A name or a header of 100,000 characters takes no time; nothing is looked for in it that takes minutes."""
    people = [{"id": "1", "name": "A - " * 25_000 + ")", "title": "Product Manager", "a" * 100_000: "1"}]
    with pytest.raises(InputError) as caught:
        load_roster(people)
    assert "text-length" in [problem.code for problem in caught.value.problems]
