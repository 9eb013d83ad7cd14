"""Tables: what a measure's parameters are bound to, and what cannot be bound."""

from __future__ import annotations

from datetime import date

import pytest

from growthsheet.errors import ExpressionError
from growthsheet.expr import (
    ColumnValues,
    Node,
    RowValues,
    TextCell,
    count,
    count_where,
    measure,
    or_else,
    pick,
    position,
    total,
)
from growthsheet.workbook.tables import (
    CellRef,
    ColumnRange,
    Missing,
    Ref,
    Resolver,
    RowRange,
    SameRow,
    Table,
    as_cell,
    calculated_column,
    data_column,
    input_column,
    named_formula,
    named_value,
)


@measure
def share(part, whole, bonus=None) -> Node:
    """A part of a whole."""
    return part * whole + or_else(bonus, 0)


@measure
def summed(column: ColumnValues) -> Node:
    """A column's sum."""
    return total(column)


@measure
def there(row: RowValues) -> Node:
    """How many numbers stand in a row."""
    return count(row)


@measure
def place(key: TextCell, keys: RowValues) -> Node:
    """The place of a key in a row."""
    return position(key, keys)


def names(*tables: Table, facts=()) -> Resolver:
    """What can be found among tables and facts."""
    return Resolver(tables, facts)


def sources(table: Table, key: str, *others: Table, facts=()):
    """What a column of a table reads."""
    return names(table, *others, facts=facts).of_column(table, table.column(key))


class TestColumns:
    """Columns and tables by themselves."""

    def test_roles(self) -> None:
        """A column is given, asked or measured."""
        roles = [column.role for column in (data_column("a"), input_column("b", "B"), calculated_column(share))]
        assert roles == ["data", "input", "calculated"]

    def test_names(self) -> None:
        """A measured column is called as its measure, or as it is told; its note is what the measure says of itself."""
        assert (calculated_column(share).name, calculated_column(share).note) == ("share", "A part of a whole.")
        other = calculated_column(share, "Half", name="half", note="Half of it.", part="x")
        assert (other.name, other.header, other.note, other.bind) == ("half", "Half", "Half of it.", {"part": "x"})

    def test_keys_are_hidden(self) -> None:
        """The first column holds keys and is never shown; nothing else of it is changed."""
        columns = (data_column("key", "Key", "label"), data_column("a"))
        assert Table("t", columns).columns == (data_column("key", "Key", "label", hidden=True), data_column("a"))

    def test_two_of_one_name(self) -> None:
        """Two columns of one name would be one column to every reader."""
        with pytest.raises(ExpressionError, match=r"table t: two columns called \['a'\]"):
            Table("t", (data_column("key"), data_column("a"), input_column("a", "A")))

    def test_one_name_of_two_people(self) -> None:
        """In a matrix a name stands once for each person."""
        table = Table("t", (data_column("key"), data_column("a", of="p1"), data_column("a", of="p2"), data_column("b")))
        assert (table.all_of("a"), table.all_of("b"), table.all_of("c")) == (["a@p1", "a@p2"], ["b"], [])
        with pytest.raises(ExpressionError, match="two columns called"):
            Table("t", (data_column("key"), data_column("a", of="p1"), data_column("a", of="p1")))

    def test_a_column_by_its_key(self) -> None:
        """A column is found by its key; a reference to it holds names only."""
        table = Table("t", (data_column("key"), data_column("a", "A")))
        assert (table.column("a").header, table["a"]) == ("A", Ref("t", "a"))

    @pytest.mark.parametrize(
        ("cell", "value"),
        [(46037, date(2026, 1, 15)), (None, ""), (None, None), (0, 0), ("x", "x"), (2.5, 2.5), ("n/a", "n/a")],
    )
    def test_cells(self, cell, value) -> None:
        """Measures see dates as day numbers and an empty text as nothing."""
        assert as_cell(value) == cell


class TestBinding:
    """A parameter reads what has its name: beside it, a single cell, or what it is bound to."""

    def test_beside_then_single(self) -> None:
        """A column of the same row comes before a single cell; what nobody has is left out where it may be."""
        table = Table("t", (data_column("key"), data_column("part"), calculated_column(share)))
        facts = (named_value("part", "Part", 1), named_value("whole", "Whole", 2))
        assert sources(table, "share", facts=facts) == {
            "part": SameRow("part"),
            "whole": CellRef("whole"),
            "bonus": Missing(),
        }

    def test_bound_by_name(self) -> None:
        """Bound to a name, a parameter reads that column or single cell."""
        table = Table(
            "t", (data_column("key"), data_column("a"), calculated_column(share, part="a", whole="b", bonus="a"))
        )
        found = sources(table, "share", facts=(named_value("b", "B", 1),))
        assert found == {"part": SameRow("a"), "whole": CellRef("b"), "bonus": SameRow("a")}

    def test_whole_columns(self) -> None:
        """A column parameter reads the whole column, of its own table or another one."""
        table = Table("t", (data_column("key"), data_column("a"), calculated_column(summed, column="a")))
        other = Table("u", (data_column("key"), calculated_column(summed, column=table["a"])))
        assert sources(table, "summed") == {"column": ColumnRange("t", "a")}
        assert sources(other, "summed", table) == {"column": ColumnRange("t", "a")}

    def test_matrix(self) -> None:
        """In a matrix a parameter reads the same person's column, else the row's own."""
        table = Table(
            "t",
            (
                data_column("key"),
                data_column("part", of="p1"),
                data_column("part", of="p2"),
                data_column("whole"),
                calculated_column(share, of="p1"),
                calculated_column(share, of="p2"),
            ),
        )
        assert sources(table, "share@p2") == {"part": SameRow("part@p2"), "whole": SameRow("whole"), "bonus": Missing()}

    def test_matrix_of_another_table(self) -> None:
        """A person's column of another table is the same person's; a reference may name somebody else."""
        matrix = Table("m", (data_column("key"), data_column("a", of="p1"), data_column("a", of="p2")))
        same = Table("t", (data_column("key"), calculated_column(summed, of="p2", column=matrix["a"])))
        other = Table("u", (data_column("key"), calculated_column(summed, column=Ref("m", "a", of="p1"))))
        assert sources(same, "summed@p2", matrix) == {"column": ColumnRange("m", "a@p2")}
        assert sources(other, "summed", matrix) == {"column": ColumnRange("m", "a@p1")}

    def test_across(self) -> None:
        """A row across reads every column of a name, in their order."""
        table = Table(
            "t",
            (
                data_column("key"),
                data_column("a", of="p1"),
                data_column("a", of="p2"),
                calculated_column(there, row="a"),
            ),
        )
        assert sources(table, "there") == {"row": RowRange("", ("a@p1", "a@p2"))}

    def test_across_without_itself(self) -> None:
        """A column that reads a row across leaves itself out, though it has the same name."""
        columns = (
            *(data_column("there", of=each) for each in ("p1", "p2")),
            calculated_column(there, of="p3", row="there"),
        )
        table = Table("t", (data_column("key"), *columns))
        assert sources(table, "there@p3") == {"row": RowRange("", ("there@p1", "there@p2"))}

    def test_across_a_table_of_one_row(self) -> None:
        """The row of a table that has but one is read from everywhere."""
        each = Table("each", (data_column("key"), data_column("who", of="p1"), data_column("who", of="p2")))
        people = Table(
            "people", (data_column("key"), data_column("code"), calculated_column(place, key="code", keys=each["who"]))
        )
        assert sources(people, "place", each) == {
            "key": SameRow("code"),
            "keys": RowRange("each", ("who@p1", "who@p2")),
        }

    def test_facts(self) -> None:
        """A single cell reads other single cells and whole columns."""
        table = Table("t", (data_column("key"), data_column("a")))
        half, all_of_it = (
            named_formula(share, "Half", part="a", whole="b"),
            named_formula(summed, "Sum", column=table["a"]),
        )
        found = names(table, facts=(named_value("a", "A", 1), named_value("b", "B", 1), half, all_of_it))
        assert found.of_fact(half) == {"part": CellRef("a"), "whole": CellRef("b"), "bonus": Missing()}
        assert found.of_fact(all_of_it) == {"column": ColumnRange("t", "a")}


class TestErrors:
    """What cannot be bound is told, with who reads it."""

    def test_unknown_parameter(self) -> None:
        """A measure is not bound by a name that it does not have."""
        table = Table(
            "t", (data_column("key"), data_column("part"), data_column("whole"), calculated_column(share, prat="part"))
        )
        with pytest.raises(ExpressionError, match=r"t\.share: share has no parameter prat"):
            sources(table, "share")

    def test_nothing_called_so(self) -> None:
        """A needed parameter must find something."""
        table = Table("t", (data_column("key"), data_column("part"), calculated_column(share)))
        with pytest.raises(ExpressionError, match=r"t\.share: nothing called .*whole.* for share\(whole\)"):
            sources(table, "share")

    def test_bound_to_nothing(self) -> None:
        """A name that nobody has is an error, for whole columns and rows, too."""
        table = Table(
            "t",
            (
                data_column("key"),
                data_column("a"),
                calculated_column(summed, column=Ref("t", "b")),
                calculated_column(there, row="b"),
            ),
        )
        with pytest.raises(ExpressionError, match=r"t\.summed: nothing called .*b"):
            sources(table, "summed")
        with pytest.raises(ExpressionError, match=r"t\.there: nothing called .*b"):
            sources(table, "there")

    def test_an_optional_parameter_bound_to_nothing(self) -> None:
        """A parameter that may be blank, but is bound to a name that nobody has, is a slip of the pen."""
        table = Table(
            "t",
            (data_column("key"), data_column("part"), data_column("whole"), calculated_column(share, bonus="bnous")),
        )
        with pytest.raises(ExpressionError, match=r"t\.share: nothing called .*bnous"):
            sources(table, "share")

    def test_a_single_cell_for_a_column(self) -> None:
        """A whole column is not one cell."""
        table = Table("t", (data_column("key"), calculated_column(summed, column="a")))
        with pytest.raises(ExpressionError, match=r"t\.summed: nothing called .*a.* for summed\(column\)"):
            sources(table, "summed", facts=(named_value("a", "A", 1),))

    def test_a_table_that_is_not_there(self) -> None:
        """A reference to a table that the book does not hold is an error, across, too."""
        table = Table(
            "t",
            (
                data_column("key"),
                calculated_column(summed, column=Ref("x", "a")),
                calculated_column(there, row=Ref("x", "a")),
            ),
        )
        for key in ("summed", "there"):
            with pytest.raises(ExpressionError, match=rf"t\.{key}: nothing called"):
                sources(table, key)

    def test_counting_conditions(self) -> None:
        """A measure that reads another table's column and a key beside it finds both."""

        @measure
        def lines(key: TextCell, keys: ColumnValues, limit) -> Node:
            """How many lines belong to a key, up to a limit."""
            return count_where((keys, "=", key)) + limit

        table = Table("t", (data_column("key"), data_column("limit"), calculated_column(lines, keys=Ref("u", "of"))))
        other = Table("u", (data_column("key"), data_column("of")))
        found = sources(table, "lines", other)
        assert found == {"key": SameRow("key"), "keys": ColumnRange("u", "of"), "limit": SameRow("limit")}

    def test_facts_know_no_rows(self) -> None:
        """A single cell has no cells beside it."""
        table = Table("t", (data_column("key"), data_column("part"), data_column("whole")))
        with pytest.raises(ExpressionError, match=r"share: nothing called"):
            names(table, facts=(named_formula(share, "Share"),)).of_fact(named_formula(share, "Share"))

    def test_picked_by_place(self) -> None:
        """A needed place beside, and the column elsewhere."""

        @measure
        def taken(at, column: ColumnValues) -> Node:
            """What stands there."""
            return pick(column, at)

        table = Table("t", (data_column("key"), data_column("at"), calculated_column(taken, column=Ref("u", "a"))))
        assert sources(table, "taken", Table("u", (data_column("key"), data_column("a")))) == {
            "at": SameRow("at"),
            "column": ColumnRange("u", "a"),
        }
