"""What no workbook can hold is found without drawing it."""

from typing import Any

import pytest

from growthsheet.errors import WorkbookError
from growthsheet.model.excel_limits import LAST_COLUMN, LAST_ROW
from growthsheet.workbook.blocks import Book, Sheet
from growthsheet.workbook.tables import Table, TableData, data_column
from growthsheet.xlsx.writer.check_limits import check_limits
from growthsheet.xlsx.writer.write import to_bytes

NAMED = Table("named", (data_column("key"), data_column("name", "Name")))


def book(table: Table, rows: list[dict[str, Any]]) -> Book:
    """A book of one table."""
    return Book("demo", "Demo", (Sheet("People", "", (TableData(table, rows),)),), {})


@pytest.mark.parametrize("text", ["a" * 32_768, "\N{DIRECT HIT}" * 16_384])
def test_a_long_text(text: str) -> None:
    """A text that no cell holds is told with its place, in the words of who would draw it."""
    long = book(NAMED, [{"key": "k:1", "name": text[:-1]}, {"key": "k:2", "name": text}])
    with pytest.raises(WorkbookError) as looked:
        check_limits(long)
    with pytest.raises(WorkbookError) as drawn:
        to_bytes(long)
    assert str(drawn.value) == str(looked.value) == "People!B7: a text of 32,768 characters (at most 32,767)"


@pytest.mark.slow
def test_a_table_larger_than_a_sheet() -> None:
    """So many rows or columns as a sheet has are told apart from one more."""
    head = 5
    check_limits(book(NAMED, [{"key": "k:1"}] * (LAST_ROW - head)))
    with pytest.raises(WorkbookError, match="People: 1,048,577 rows and 2 columns"):
        check_limits(book(NAMED, [{"key": "k:1"}] * (LAST_ROW - head + 1)))
    columns = (data_column("key"), *(data_column(f"c{number}") for number in range(LAST_COLUMN - 1)))
    check_limits(book(Table("wide", columns), [{"key": "k:1"}]))
    with pytest.raises(WorkbookError, match="People: 6 rows and 16,385 columns"):
        check_limits(book(Table("wide", (*columns, data_column("more"))), [{"key": "k:1"}]))
