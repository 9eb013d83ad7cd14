"""The workbook of a team, filled in at random: every engine finds what Python wrote into the cells."""

from __future__ import annotations

from hypothesis import given

from growthsheet.xlsx.write import to_bytes
from tests.books.making import prove
from tests.books.strategies import Filled, steady, team_books


@steady(40)
@given(team_books())
def test_engines_agree(filled: Filled) -> None:
    """Two engines find every cached value right, and the lint finds nothing, however the workbook is filled in."""
    prove(to_bytes(filled.book))
