"""The workbook of a person, filled in at random: every engine finds what Python wrote into the cells."""

from __future__ import annotations

from hypothesis import given

from growthsheet.xlsx.write import to_bytes
from tests.books.making import prove
from tests.books.strategies import Filled, person_books, steady


@steady(40)
@given(person_books())
def test_engines_agree(filled: Filled) -> None:
    """Two engines find every cached value right, and the lint finds nothing, however the workbook is filled in."""
    prove(to_bytes(filled.book))
