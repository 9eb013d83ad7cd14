"""What is spelled as it comes is what XlsxWriter would have made of the same cells, part by part."""

from __future__ import annotations

from io import StringIO
from itertools import repeat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

from growthsheet.errors import WorkbookError
from growthsheet.expr import NOT_AVAILABLE
from growthsheet.model.excel_limits import MAX_FORMULA, MAX_TEXT
from growthsheet.sheets.books import team_book
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.values import Values
from growthsheet.xlsx.markers import FIXED_DATE
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet
from growthsheet.xlsx.writer.draw import draw_book
from growthsheet.xlsx.writer.fast_worksheet import FastWorksheet
from growthsheet.xlsx.writer.layout import ROW_MARK
from growthsheet.xlsx.writer.xlsxwriter_version import OPTIONS
from growthsheet.xlsx.writer.zip_parts import PartsWorkbook
from tests.sheets.test_hostile_text import KINDS, TEXTS, hostile
from tests.strategies import Filled, organization_books, person_books, steady, team_books


class GrowingWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """XlsxWriter's worksheet with rows that grow, whose heights it would fix."""

    def __init__(self) -> None:
        super().__init__()
        self.growing: set[int] = set()

    def _write_row(self, row: int, *more: Any, **named: Any) -> None:
        file, self.fh = self.__dict__["fh"], StringIO()
        super()._write_row(row, *more, **named)
        tag = self.fh.getvalue()
        file.write(tag.replace(' customHeight="1"', "") if row in self.growing else tag)
        self.fh = file


def drawn(book: Book, sheets: type[Worksheet] = FastWorksheet) -> dict[str, str]:
    """The parts of a book's workbook, drawn on such worksheets."""
    workbook = PartsWorkbook(OPTIONS)
    draw_book(workbook, book, Values(book), sheets)
    return workbook.parts


@pytest.mark.slow
@steady(4)
@given(st.one_of(team_books(), person_books(), organization_books()))
def test_quick_is_plain(filled: Filled) -> None:
    """Random books, and what was typed into them: every part is the same."""
    assert drawn(filled.book) == drawn(filled.book, GrowingWorksheet)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_hostile_texts(name: str) -> None:
    """Whatever people, roles, activities are called."""
    book = team_book(hostile(TEXTS[name]).team("boss").view)
    assert drawn(book) == drawn(book, GrowingWorksheet)


def column(sheets: type[Worksheet], values: list[Any], formula: str = "") -> dict[str, str] | str:
    """The parts of a workbook with one column of values, or of formulas that have them; or why it is refused."""
    workbook = PartsWorkbook(OPTIONS)
    workbook.set_properties({"created": FIXED_DATE})
    sheet = CheckedSheet(workbook.add_worksheet("Tab", sheets))
    looks = [workbook.add_format({"bold": n % 3 == 0}) for n in range(len(values))]
    try:
        if formula:
            sheet.formulas(2, 1, formula, values, looks)
        else:
            sheet.cells(2, 1, values, looks)
        sheet.text(0, 0, "one more")
    except (TypeError, WorkbookError) as error:
        return str(error)
    finally:
        workbook.close()
    return workbook.parts


NUMBERS = st.one_of(st.integers(-(10**18), 10**18), st.floats(), st.sampled_from([0, 0.0, -0.0, 1, 1.0, 1e15, 1e16]))
TEXT = st.one_of(st.text(max_size=5), st.sampled_from([*TEXTS.values(), "", "#REF!", "x" * MAX_TEXT, "🎯" * 20_000]))


@pytest.mark.slow
@steady(37)
@given(st.lists(st.one_of(NUMBERS, TEXT, st.none()), max_size=6))
def test_columns_of_values(values: list[Any]) -> None:
    """Whatever cells may hold, and what none may hold is refused with the same words."""
    assert column(FastWorksheet, values) == column(Worksheet, values)


@pytest.mark.slow
@steady(37)
@given(
    st.lists(st.one_of(NUMBERS, TEXT, st.none(), st.booleans(), st.just(NOT_AVAILABLE)), max_size=6),
    st.sampled_from(
        [f"=A{ROW_MARK}+1", '=IF(A1<B1,"&","")', f"={ROW_MARK}{'+A1' * 2_729}", f"=A{ROW_MARK}{'+A1' * 2_730}"]
    ),
)
def test_columns_of_formulas(values: list[Any], formula: str) -> None:
    """Whatever formulas may give, and formulas of any length."""
    assert column(FastWorksheet, values, formula) == column(Worksheet, values, formula)


@pytest.mark.parametrize(
    ("values", "formula"),
    [([1, float("inf")], ""), (["ok", "x" * (MAX_TEXT + 1)], ""), ([1, True], "=A1"), ([1], "=" + "1" * MAX_FORMULA)],
)
def test_what_is_refused(values: list[Any], formula: str) -> None:
    """What no cell holds is refused in a column, too, and a place that is not on the sheet."""
    assert isinstance(column(FastWorksheet, values, formula), str)


def test_beyond_the_sheet() -> None:
    """Cells beyond the last row are refused, be it one of a column."""
    sheet = CheckedSheet(PartsWorkbook(OPTIONS).add_worksheet("Tab", FastWorksheet))
    for write in (lambda: sheet.cells(2**20 - 1, 0, ["a", "b"], repeat(None)), lambda: sheet.number(2**20, 0, 1)):
        with pytest.raises(WorkbookError, match="A1048577"):
            write()


def test_rows_that_two_columns_share_in_part() -> None:
    """Columns of other lengths beside one another, and a cell by itself among them."""

    def sheet(sheets: type[Worksheet]) -> str:
        workbook = PartsWorkbook(OPTIONS)
        out = CheckedSheet(workbook.add_worksheet("Tab", sheets))
        out.cells(0, 1, ["a", 2, None], repeat(workbook.add_format()))
        out.formulas(0, 0, f"=B{ROW_MARK}", [1, 2], repeat(workbook.add_format({"bold": True})))
        out.formulas(20, 3, f"=B{ROW_MARK}", [1, 2], repeat(None))
        out.text(21, 0, "beside")
        out.cells(20, 2, [3, 4], repeat(None))
        out.cells(21, 5, [3, 4], repeat(None))
        out.cells(40, 0, [], repeat(None))
        workbook.close()
        return workbook.parts["xl/worksheets/sheet1.xml"]

    assert sheet(FastWorksheet) == sheet(Worksheet)
