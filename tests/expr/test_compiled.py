"""A tree gives the same however it is compiled: over random trees, and in every measure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from growthsheet import expr
from growthsheet.expr import (
    ColumnValues,
    Node,
    Tally,
    count,
    count_where,
    kth_largest,
    lower_median,
    measure,
    parameter,
    place,
    sum_where,
    text,
    total,
    tree,
    vocabulary,
    when,
)
from growthsheet.expr.measure import all_rows
from growthsheet.expr.tree import Word
from tests.expr.asking import seen, value_of
from tests.expr.test_fuzz import ACROSS, CODES, FULL, FUZZ, MIXED, POINTS, SPARSE, WORDS, Drawn, translated, workbooks
from tests.measures.test_measures import SENTENCES

COLUMNS = frozenset((*MIXED, *ACROSS, FULL, SPARSE, CODES, WORDS, POINTS))


def answers(asked: Node, cells: dict[str, Any], fixed: Collection[str]) -> dict[str, Any]:
    """What each reading gives: compiled for one row, and for rows with some cells the same in all."""
    names = list(cells)
    rows = [cells[name] if name in fixed else [cells[name]] * 2 for name in names]
    many = all_rows("tree", names, fixed, asked)(*rows, translated)
    return {
        "one row": value_of(asked, cells, translated),
        "many rows": many[0],
        "the last row": many[-1],
    }


def differences(asked: Node, cells: dict[str, Any], fixed: Collection[str]) -> list[str]:
    """The readings that do not give what the one for a row gives; 1 and 1.0 are two answers."""
    wanted, *others = ((reading, repr(value)) for reading, value in answers(asked, cells, fixed).items())
    return [f"{reading}: {told}, not {wanted[1]}" for reading, told in others if told != wanted[1]]


def found(drawn: Drawn) -> list[tuple[str, str]]:
    """The differences in a random workbook's trees, its columns now searched once, now for every row."""
    cells = {name: seen(value) for name, value in drawn.around.items()}
    return [
        (name, difference)
        for name, made in drawn.trees
        for fixed in (COLUMNS, COLUMNS - set(MIXED), ())
        for difference in differences(made, cells, fixed)
    ]


@pytest.mark.slow
@settings(FUZZ, max_examples=13)
@given(workbooks())
def test_random_trees(drawn: Drawn) -> None:
    """Whatever the vocabulary can say, columns that are indexed once give what searched ones give."""
    assert found(drawn) == []


@pytest.mark.slow
@pytest.mark.parametrize("sentence", SENTENCES)
def test_measures(sentence: str) -> None:
    """What the sentence says holds whichever columns are searched once."""
    for case in SENTENCES[sentence]:
        cells = {name: seen(cell) for name, cell in case.cells.items()}
        columns = frozenset(name for name, cell in cells.items() if isinstance(cell, list | tuple))
        for fixed in {columns, frozenset()} - {frozenset(cells)}:
            assert (case.measure.name, differences(case.measure.tree, cells, fixed)) == (case.measure.name, [])


def test_rows_of_their_own() -> None:
    """Each row gets what its own cells give; what is fixed is the same in all of them."""

    @measure
    def told(a, factor, b=None) -> Node:
        """Something."""
        return when(a * factor > 3, text("Much"), "little")

    many = told.over(frozenset({"factor"}))
    assert many([1, 2, None], 2, [None, 5, 6], translated) == ["little", "«Much»", None]
    assert many([], 2, []) == []
    assert told.over(frozenset({"factor"})) is many


def test_columns_of_two_lengths() -> None:
    """Columns that do not fit together are an error, not a shorter column."""

    @measure
    def both_of(a, b) -> Node:
        """Something."""
        return a + b

    with pytest.raises(ValueError, match="shorter"):
        both_of.over()([1, 2], [1])


_cells = st.sampled_from(["a", "A", 1, 2, None, True])
_conditions = st.lists(st.sampled_from(["=", ">", ">=", "<", "<="]), min_size=1, max_size=3)


@pytest.mark.slow
@settings(FUZZ, max_examples=125)
@given(st.data(), _conditions, st.integers(4, 8), st.booleans())
def test_conditions(data: st.DataObject, signs: list[str], size: int, summed: bool) -> None:
    """Rows are counted and summed alike, whatever the conditions, with equal numbers on their edges."""
    column = st.lists(_cells, min_size=size, max_size=size)
    names = [f"column{n}" for n, _ in enumerate(signs)]
    against = [data.draw(_cells if sign == "=" else st.integers(0, 3)) for sign in signs]
    cells = {"summed": data.draw(column), **{name: data.draw(column) for name in names}}
    cells |= {f"against{n}": cell for n, cell in enumerate(against)}
    columns = [parameter(name, "column", blank=False) for name in names]
    tests = [(columns[n], sign, parameter(f"against{n}", "number", False)) for n, sign in enumerate(signs)]
    asked = sum_where(parameter("summed", "column", False), *tests) if summed else count_where(*tests)
    assert differences(asked, cells, {"summed", *names}) == []


@pytest.mark.slow
@settings(FUZZ, max_examples=50)
@given(st.lists(st.sampled_from([0, 0.5, 1, 2.25, 3, None, "n/a", ""])), st.sampled_from(["=", ">", ">=", "<", "<="]))
def test_a_tally_counts_as_its_column(cells: list[Any], sign: str) -> None:
    """Whatever counts a column counts its tally alike, and two tallies together, though none of its rows is kept."""
    column, whole, parts = parameter("column", "column", False), Tally(cells), Tally(cells[::2])
    parts.add(Tally(cells[1::2]))
    conditions = (column, sign, 1), (column, ">=", 0)
    trees = [count(column), total(column), lower_median(column)]
    trees += [kth_largest(column, 1)] if value_of(count(column), {"column": cells}) else []
    trees += [count_where(conditions[0]), count_where(*conditions), sum_where(column, conditions[0])]
    for asked in trees:
        assert (
            value_of(asked, {"column": whole})
            == value_of(asked, {"column": parts})
            == value_of(asked, {"column": cells})
        )
    assert len(whole) == len(cells)


@pytest.mark.slow
@settings(FUZZ, max_examples=75)
@given(st.data(), st.lists(st.sampled_from("<>"), min_size=1, max_size=3), st.integers(1, 8))
def test_places(data: st.DataObject, signs: list[str], size: int) -> None:
    """Rows are found in the order in which they are counted, whatever else stands in the columns."""
    names = [f"column{n}" for n, _ in enumerate(signs)]
    column = st.lists(st.one_of(st.integers(-2, 2), _cells), min_size=size, max_size=size)
    cells: dict[str, Any] = {name: data.draw(column) for name in names}
    cells |= {f"own{n}": data.draw(st.integers(-2, 2)) for n, _ in enumerate(signs)}
    keys = [
        (sign, parameter(f"own{n}", "number", False), parameter(names[n], "column", False))
        for n, sign in enumerate(signs)
    ]
    assert differences(place(*keys), cells, frozenset(names)) == []


class Reads(list[Any]):
    """A column that counts how often it is read."""

    times = 0

    def __getitem__(self, place: Any) -> Any:
        """A cell."""
        self.times += 1
        return super().__getitem__(place)

    def __iter__(self) -> Iterator[Any]:
        """All cells."""
        self.times += len(self)
        return super().__iter__()


def test_a_column_is_searched_once() -> None:
    """How often a column is read grows with its rows, not with their square."""

    @measure
    def rank(own, order, column: ColumnValues, orders: ColumnValues) -> Node:
        """The place."""
        return place((">", own, column), ("<", order, orders))

    def reads(rows: int) -> int:
        column, orders = Reads(n % 7 for n in range(rows)), Reads(range(rows))
        rank.over(frozenset({"column", "orders"}))(list(column), list(orders), column, orders)
        return column.times + orders.times

    assert 0 < reads(400) <= 4 * reads(100)


def shorter() -> list[str]:
    """The words whose spelling in Python does not compute what the body does."""
    wrong = set()
    words = {
        id(word): word for module in (tree, vocabulary) for word in vars(module).values() if isinstance(word, Word)
    }
    for word in (word for word in words.values() if getattr(word, "python", "")):
        kinds = [kind for kind, _ in (word.takes * 2)[: 2 if word.many else len(word.takes)]]
        asked = word(*(parameter(f"p{n}", kind, False) for n, kind in enumerate(kinds)))
        for cells in product((-2, 0.5, 1, 3), repeat=len(kinds)):
            pairs = zip(kinds, cells, strict=True)
            given = [{"truth": cell > 0, "text": "aA"[cell > 0]}.get(kind, cell) for kind, cell in pairs]
            if value_of(asked, {f"p{n}": cell for n, cell in enumerate(given)}) != word.body(*given):
                wrong.add(word.name)
    return sorted(wrong)


def test_shorter_spellings() -> None:
    """What is written into the source in place of a call of the body computes the same."""
    assert shorter() == []


@pytest.mark.parametrize(
    ("name", "python"), [("add", "({0}+{1}+1)"), ("equal", "({0}<={1})"), ("both", "({ors})"), ("larger", min)]
)
def test_a_wrong_spelling_is_caught(name: str, python: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that means something else where it is written in place of its body is told."""
    monkeypatch.setattr(getattr(tree, name, None) or getattr(expr, name), "python", python)
    assert shorter() == [name]


WRONG: dict[str, Any] = {
    "position": lambda keys: lambda key: 1,
    "place_of": lambda column: lambda number: 1,
    "looked_up": lambda keys, texts: lambda key: texts[0],
    "chosen": lambda labels, numbers: lambda label: 1,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_index_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that means something else where its columns are indexed once is told by some random tree."""
    monkeypatch.setattr(getattr(expr, name), "ready", WRONG[name])
    caught: list[tuple[str, str]] = []

    @settings(FUZZ, max_examples=10)
    @given(workbooks())
    def look(drawn: Drawn) -> None:
        caught.extend(found(drawn) if not caught else [])

    look()
    assert caught != []
