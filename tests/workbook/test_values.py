"""The values of a book: the same numbers as in its cells, computed once, in any order."""

from __future__ import annotations

from datetime import date

import pytest

from growthsheet.errors import ExpressionError
from growthsheet.expr import (
    ColumnValues,
    Node,
    RatingCell,
    RowValues,
    TextCell,
    count,
    measure,
    or_else,
    position,
    text,
    total,
    when,
)
from growthsheet.workbook.blocks import Book, NamedCells, Sheet
from growthsheet.workbook.tables import (
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    input_column,
    named_formula,
    named_value,
)
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.write import to_bytes
from tests.expr.asking import everyday_differences


@measure
def doubled(a) -> Node:
    """Twice as much."""
    return a * 2


@measure
def summed(column: ColumnValues) -> Node:
    """The sum of a column."""
    return total(column)


@measure
def with_bonus(a, bonus: RatingCell = None) -> Node:
    """With a bonus where there is one."""
    return a + or_else(bonus, 0)


@measure
def there(row: RowValues) -> Node:
    """How many numbers stand in a row."""
    return count(row)


@measure
def place(code: TextCell, codes: RowValues) -> Node:
    """The place of a code in a row."""
    return position(code, codes)


@measure
def told(a) -> Node:
    """Says so when there is something."""
    return when(a > 0, text("Something"), text("Nothing"))


def book(*blocks, translate=str) -> Book:
    """A book of one tab."""
    return Book("demo", "Demo", (Sheet("Demo", "", blocks),), {}, translate=translate)


def test_given_and_asked() -> None:
    """Given and asked columns hold what the rows hold; a row that holds nothing is blank."""
    table = Table("t", (data_column("key"), input_column("a", "A"), data_column("day", "Day", "date")))
    values = Values(book(TableData(table, [{"a": 1, "day": date(2026, 1, 15)}, {"a": ""}, {"a": "n/a"}])))
    assert (values.column("t", "a"), values.column("t", "day")) == ([1, None, "n/a"], [46037, None, None])


@pytest.mark.engines
def test_chains() -> None:
    """A measured column may read another one, and facts that read columns, in any order."""
    table = Table(
        "t",
        (
            data_column("key"),
            calculated_column(doubled, name="c", a="b"),
            calculated_column(doubled, name="b"),
            data_column("a"),
        ),
    )
    twice = named_formula(doubled, "Twice", name="twice", a="all")
    facts = NamedCells((twice, named_formula(summed, "All", name="all", column=Ref("t", "c"))))
    demo = book(facts, TableData(table, [{"key": "x", "a": 1}, {"key": "y"}, {"key": "z", "a": 3}]))
    values = Values(demo)
    assert (values.fact("twice"), values.fact("all")) == (32, 16)
    assert values.column("t", "c") == [4, None, 12]
    assert everyday_differences(to_bytes(demo)) == []


def test_facts_in_rows() -> None:
    """A single cell is read by every row."""
    table = Table("t", (data_column("key"), data_column("a"), calculated_column(with_bonus)))
    rows = TableData(table, [{"a": 1}, {"a": 2}])
    assert Values(book(rows, NamedCells((named_value("bonus", "Bonus", 10),)))).column("t", "with_bonus") == [11, 12]
    assert Values(book(rows, NamedCells((named_value("bonus", "Bonus", None),)))).column("t", "with_bonus") == [1, 2]
    assert Values(book(rows)).column("t", "with_bonus") == [1, 2]


def test_dates_as_facts() -> None:
    """A date in a single cell is a day number."""
    assert Values(book(NamedCells((named_value("as_of", "As of", date(2026, 1, 15), "date"),)))).fact("as_of") == 46037


@pytest.mark.engines
def test_across_and_of_one_row() -> None:
    """Rows across give one value a row; the row of a one-row table is the same for all."""
    matrix = Table(
        "m",
        (data_column("key"), data_column("r", of="p1"), data_column("r", of="p2"), calculated_column(there, row="r")),
    )
    each = Table("each", (data_column("key"), data_column("who", of="p1"), data_column("who", of="p2")))
    people = Table("people", (data_column("key"), data_column("code"), calculated_column(place, codes=each["who"])))
    demo = book(
        TableData(matrix, [{"key": "x", "r@p1": 1, "r@p2": "n/a"}, {"key": "y"}]),
        TableData(each, [{"key": "k", "who@p1": "b", "who@p2": "a"}]),
        TableData(people, [{"key": "1", "code": "a"}, {"key": "2", "code": "c"}, {"key": "3"}]),
    )
    values = Values(demo)
    assert values.column("m", "there") == [1, 0]
    assert values.column("people", "place") == [2, None, None]
    assert everyday_differences(to_bytes(demo)) == []


def test_matrix_columns() -> None:
    """In a matrix each person's column reads that person's."""
    table = Table(
        "m",
        (
            data_column("key"),
            *(data_column("a", of=p) for p in ("p1", "p2")),
            *(calculated_column(doubled, of=p) for p in ("p1", "p2")),
        ),
    )
    values = Values(book(TableData(table, [{"a@p1": 1, "a@p2": 5}])))
    assert (values.column("m", "doubled@p1"), values.column("m", "doubled@p2")) == ([2], [10])


def test_language() -> None:
    """Words for people come in the book's language."""
    table = Table("t", (data_column("key"), data_column("a"), calculated_column(told)))
    german = {"Something": "Etwas", "Nothing": "Nichts"}
    values = Values(book(TableData(table, [{"a": 1}, {"a": 0}, {}]), translate=lambda text: german.get(text, text)))
    assert values.column("t", "told") == ["Etwas", "Nichts", None]


def test_no_rows() -> None:
    """A table without rows has columns without values."""
    table = Table("t", (data_column("key"), data_column("a"), calculated_column(doubled)))
    values = Values(book(TableData(table, [])))
    assert (values.column("t", "a"), values.column("t", "doubled")) == ([], [])


@pytest.mark.parametrize("first", [0, 1, 2])
def test_others_have_rows_of_their_own(first) -> None:
    """A book's values are its own, however many rows the one had by which the way to them was found."""
    table = Table("t", (data_column("key"), data_column("a"), calculated_column(doubled)))
    of_others = Values(book(TableData(table, [{"a": 1}] * first))).of_others({("t", "a")})
    found = [of_others(book(TableData(table, [{"a": n} for n in range(rows)]))) for rows in range(4)]
    assert [values.column("t", "doubled") for values in found] == [[], [0], [0, 2], [0, 2, 4]]


def test_computed_once() -> None:
    """A column is computed when it is first asked for, and kept."""
    table = Table("t", (data_column("key"), data_column("a"), calculated_column(doubled)))
    values = Values(book(TableData(table, [{"a": 1}])))
    assert values.column("t", "doubled") is values.column("t", "doubled")


@pytest.mark.parametrize("ask", [lambda v: v.column("t", "b"), lambda v: v.column("t", "c"), lambda v: v.fact("all")])
def test_what_depends_on_itself(ask) -> None:
    """A circle of columns and facts is an error that names one of them, not a hanging program."""
    table = Table(
        "t",
        (
            data_column("key"),
            calculated_column(doubled, name="b", a="c"),
            calculated_column(doubled, name="c", a="all"),
        ),
    )
    facts = NamedCells((named_formula(summed, "All", name="all", column=Ref("t", "b")),))
    with pytest.raises(ExpressionError, match="depends on itself"):
        ask(Values(book(facts, TableData(table, [{}]))))


def test_a_failure_is_not_a_circle() -> None:
    """Asked again after an error, a column fails with that error again."""
    table = Table("t", (data_column("key"), calculated_column(doubled)))
    values = Values(book(TableData(table, [{}])))
    for _ in range(2):
        with pytest.raises(ExpressionError, match="nothing called"):
            values.column("t", "doubled")
