"""Nothing that is shown of an organization tells of fewer than five people: every way to work it out is tried."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.views.suppression import FEWEST, Shown, one_way, two_way
from tests.strategies import steady

Cells = Mapping[tuple[Any, Any], Collection[str]]


def rank(rows: Iterable[Iterable[int]]) -> int:
    """How many of these sums cannot be worked out of the others."""
    matrix, found = [[Fraction(n) for n in row] for row in rows], 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((n for n in range(found, len(matrix)) if matrix[n][column]), None)
        if pivot is None:
            continue
        matrix[found], matrix[pivot] = matrix[pivot], matrix[found]
        for n in range(found + 1, len(matrix)):
            share = matrix[n][column] / matrix[found][column]
            matrix[n] = [a - share * b for a, b in zip(matrix[n], matrix[found], strict=True)]
        found += 1
    return found


def given_away(cells: Cells, told: Iterable[Collection[tuple[Any, Any]]]) -> Iterator[set[str]]:
    """Each group of one to four people about whose cells alone some sum or difference of what is told speaks."""
    known = [at for at in cells if cells[at]]
    sums = [[int(at in each) for at in known] for each in told]
    everything = rank(sums)
    for size in range(1, len(known) + 1):
        for some in combinations(known, size):
            people = {each for at in some for each in cells[at]}
            # a sum that is blind to all other cells exists where leaving these out loses something
            if len(people) < FEWEST and rank([[n for at, n in zip(known, row, strict=True) if at not in some]
                                              for row in sums]) < everything:  # fmt: skip
                yield people


def told_by(cells: Cells, shown: Shown[Any, Any]) -> Iterator[list[tuple[Any, Any]]]:
    """What a reader of a two-way table sees: cells, totals of rows, totals of columns, the total."""
    yield from ([at] for at in cells if at[0] in shown.rows and at[1] in shown.columns)
    yield from ([at for at in cells if at[0] == row] for row in shown.rows)
    yield from ([at for at in cells if at[1] == column] for column in shown.columns)
    if shown.total:
        yield list(cells)


def apart(sizes: Mapping[Any, int]) -> dict[Any, list[str]]:
    """So many people in each group, nobody in two."""
    return {name: [f"{name}:{n}" for n in range(size)] for name, size in sizes.items()}


groups = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 9), max_size=7)
tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 3).flatmap(
        lambda columns: st.fixed_dictionaries(
            {
                (row, column): st.sets(st.integers(0, 4).map(lambda n, row=row: f"{row}{n}"))
                | st.sets(st.integers(0, 8).map(lambda n, row=row: f"{row}{n}"), min_size=4)
                for row in "abcd"[:rows]
                for column in range(columns)
            }
        )
    )
)


@pytest.mark.slow
@steady(37)
@given(groups)
def test_nothing_is_given_away_by_one_direction(sizes: dict[str, int]) -> None:
    """From groups and their total nothing about fewer than five people can be worked out."""
    people = apart(sizes)
    cells = {(name, ""): each for name, each in people.items()}
    shown = one_way(people)
    told = [[(name, "")] for name in shown.rows] + ([list(cells)] if shown.total else [])
    assert list(given_away(cells, told)) == []


@pytest.mark.slow
@steady(37)
@given(tables)
def test_nothing_is_given_away_by_two_directions(cells: Cells) -> None:
    """Nor from a table with totals of its rows and of its columns, where people stand in several cells."""
    assert list(given_away(cells, told_by(cells, two_way(cells)))) == []


def test_what_is_looked_for_is_found() -> None:
    """The search itself: the one small group is found by a difference, in both directions, and across both."""
    one = {(name, ""): each for name, each in apart({"a": 6, "b": 3, "c": 7}).items()}
    assert list(given_away(one, [[("a", "")], [("c", "")], list(one)])) == [set(one["b", ""])]
    two = apart({("a", 1): 2, ("a", 2): 9, ("b", 1): 9, ("b", 2): 9})
    most = [each for each in told_by(two, Shown(frozenset("ab"), frozenset({1, 2}), True)) if each != [("a", 1)]]
    assert list(given_away(two, most)) == [set(two["a", 1])]
    assert list(given_away(two, [["a", 1]])) == []


@pytest.mark.parametrize(
    ("sizes", "rows", "total"),
    [
        ({"a": 5, "b": 9}, "ab", True),
        ({"a": 4, "b": 9, "c": 6}, "b", True),
        ({"a": 4, "b": 1, "c": 6}, "c", True),
        ({"a": 2, "b": 2, "c": 5, "d": 9}, "d", True),
        ({"a": 4, "b": 9}, "", True),
        ({"a": 4}, "", False),
        ({"a": 2, "b": 2}, "", False),
        ({"a": 0, "b": 5}, "ab", True),
        ({}, "", True),
    ],
)
def test_what_is_left_out(sizes: dict[str, int], rows: str, total: bool) -> None:
    """Small groups, then the next smallest until five are left out together; then the total."""
    assert one_way(apart(sizes)) == Shown(frozenset(rows), frozenset(), total)


def test_a_column_goes_where_it_tells_of_fewer() -> None:
    """A level at which few people stand is left out rather than the roles of many."""
    cells = apart({(role, level): 1 if level == 0 else 20 for role in "abcdef" for level in range(4)})
    assert two_way(cells) == Shown(frozenset("abcdef"), frozenset({2, 3}), True)


def test_a_cell_of_nobody_hides_nothing() -> None:
    """Where nobody stands at a level of a role, nobody is told of, and all is shown."""
    cells = apart({("a", 1): 5, ("a", 2): 0, ("b", 1): 6, ("b", 2): 7})
    assert two_way(cells) == Shown(frozenset("ab"), frozenset({1, 2}), True)


def test_a_row_goes_where_it_tells_of_fewer() -> None:
    """A small role is left out with all its levels, and the next smallest with it."""
    cells = apart({(role, level): size for role, size in {"a": 1, "b": 30, "c": 8}.items() for level in range(3)})
    assert two_way(cells) == Shown(frozenset("b"), frozenset({0, 1, 2}), True)
