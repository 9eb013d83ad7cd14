"""The wrapper around XlsxWriter: values as they are, and an error with its place instead of a warning."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from growthsheet.errors import WorkbookError
from growthsheet.expr import BLANK, NOT_AVAILABLE, RatingCell, measure, when
from growthsheet.expr.vocabulary import is_number, number
from growthsheet.model.excel_limits import units
from growthsheet.workbook.blocks import Book, NamedCells, Sheet
from growthsheet.workbook.tables import Table, TableData, named_formula, named_value
from growthsheet.workbook.tables import data_column as given_column
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet, literal, shortened
from growthsheet.xlsx.writer.worksheet import escaped
from growthsheet.xlsx.writer.write import to_bytes
from tests.proof.engines import audit
from tests.proof.parts import Book as File
from tests.proof.parts import Error, cells, plain
from tests.strategies import steady


def written(fill: Callable[[CheckedSheet], Any]) -> bytes:
    """A workbook of one tab that is filled through the wrapper."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        fill(CheckedSheet(book.add_worksheet("Tab", Worksheet)))
    return out.getvalue()


def cached(value: Any, formula: str = "=A1") -> Any:
    """What a formula cell holds when it is written with this value."""
    [cell] = cells(written(lambda sheet: sheet.formula(0, 1, formula, value)))
    assert cell.formula == formula
    return cell.value


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, ""),
        ("", ""),
        ("a & <b>", "a & <b>"),
        ("#N/A", "#N/A"),
        ("#DIV/0!", "#DIV/0!"),
        ("TRUE", "TRUE"),
        ("7", "7"),
        ("_x0041_", "_x0041_"),
        ("a\nb", "a\nb"),
        (0, 0.0),
        (-0.0, 0.0),
        (3.0, 3.0),
        (0.1 + 0.2, 0.3),
        (1e15, 1e15),
        (1e-7, 1e-7),
        (123456789012.345, 123456789012.345),
    ],
)
def test_cached_values(value: Any, found: Any) -> None:
    """A formula's value stands in the file as it is; a text stays a text, whatever it looks like."""
    said = cached(value)
    assert type(said) is type(found)
    assert said == (pytest.approx(found, rel=1e-15) if isinstance(found, float) else found)


@pytest.mark.slow
def test_blank_results_are_texts() -> None:
    """A formula that shows nothing is cached as an empty text, so that no program takes it for 0."""
    data = written(lambda sheet: sheet.formula(0, 0, '=""', None))
    xml = File(data).zip.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="A1"[^>]* t="str"><f>""</f><v></v></c>', xml)
    assert audit(data) == []


def test_what_a_chart_leaves_out_is_an_error() -> None:
    """What is not available is the error #N/A, and nothing else is an error."""
    assert isinstance(cached(NOT_AVAILABLE, "=NA()"), Error)
    assert not isinstance(cached("#N/A"), Error)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, True, False])
def test_values_that_no_cell_holds(value: Any) -> None:
    """A number that is none, or a truth value, is refused with its place."""
    with pytest.raises(WorkbookError, match="Tab!C8: =A1 has the value"):
        written(lambda sheet: sheet.formula(7, 2, "=A1", value))


def test_limits_are_errors_with_their_place() -> None:
    """Texts, formulas and messages beyond Excel's limits are refused with their place; right at the limit they pass."""
    long = "🎯" * 16_384
    with pytest.raises(WorkbookError, match=r"Tab!B3: a text of 32,768 characters \(at most 32,767\)"):
        written(lambda sheet: sheet.text(2, 1, long))
    assert next(cells(written(lambda sheet: sheet.text(2, 1, long[1:] + "x")))).value == long[1:] + "x"
    with pytest.raises(WorkbookError, match="Tab!A1: a formula of 8,193 characters"):
        written(lambda sheet: sheet.formula(0, 0, "=" + "1" * 8_192, 1))
    written(lambda sheet: sheet.formula(0, 0, "=" + "1" * 8_191, 1))
    for message in ({"input_title": "x" * 33}, {"input_message": "🎯" * 128}):
        with pytest.raises(WorkbookError, match=r"Tab!A1: the input message is too long"):
            written(lambda sheet, m=message: sheet.validation((0, 0), (1, 0), {"validate": "any", **m}))


def test_refusals_are_errors_with_their_place() -> None:
    """Where XlsxWriter would only answer with a number, the answer is an error."""
    for put in (
        lambda sheet: sheet.text(1_048_576, 0, "x"),
        lambda sheet: sheet.number(0, 16_384, 1),
        lambda sheet: sheet.formula(1_048_576, 0, "=1", 1),
        lambda sheet: sheet.blank(0, 16_384, None) or sheet.number(0, 16_384, 1),
    ):
        with pytest.raises(WorkbookError, match=r"^Tab!\w+: XlsxWriter refused it"):
            written(put)


def test_formulas_are_written_as_they_are() -> None:
    """No formula is rewritten on its way into the file."""
    formula = '=IF(COUNT($A$1,B2)=2,MAX(0,ROUND($A$1-B2,2)),"x ""y"" & <z>")'
    assert cached(1, formula) == 1


def test_cells_of_the_model() -> None:
    """A text, a number and nothing are written as such; an empty text is nothing."""

    def fill(sheet: CheckedSheet) -> None:
        for row, value in enumerate(["=1+1", "http://x.example", 0, 2.5, None, "", " x "]):
            sheet.cell(row, 0, value)

    data = written(fill)
    assert {cell.ref: cell.value for cell in cells(data)} == {
        "A1": "=1+1",
        "A2": "http://x.example",
        "A3": 0,
        "A4": 2.5,
        "A7": " x ",
    }
    assert all(cell.formula is None for cell in cells(data))
    read = openpyxl.load_workbook(BytesIO(data))["Tab"]
    assert (read["A1"].data_type, read["A2"].hyperlink, read["A7"].value) == ("s", None, " x ")


def test_links_lead_to_tabs() -> None:
    """A link leads to a tab of the workbook, whatever the tab is called."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("It's me & you")
        CheckedSheet(book.add_worksheet("Tab")).link(0, 0, "It's me & you", "http://x")
    file = File(out.getvalue())
    [link] = file.rest(file.sheets[1]).iterfind("{*}hyperlinks/{*}hyperlink")
    assert link.get("location") == "'It''s me & you'!A1"
    assert not any(name.endswith("sheet2.xml.rels") for name in file.names)


def test_heights_end_where_excel_ends() -> None:
    """A row is never higher than Excel can show."""
    data = written(lambda sheet: (sheet.height(0, 10_000), sheet.height(1, 30), sheet.number(0, 0, 1)))
    file = File(data)
    rows = file.rest(file.sheets[0]).iterfind("{*}sheetData/{*}row")
    assert [float(row.attrib["ht"]) for row in rows] == [408.75, 30]


@given(st.text(max_size=40).filter(str.strip))
@steady(50)
def test_escapes_are_read_back(text: str) -> None:
    """A text that is written escaped reads as itself."""
    assert plain(escaped(text)) == text or "_x" in text
    assert plain(escaped(f"_x0041_{text}")).startswith("_x0041_")


@given(st.text(alphabet="a🎯é&", max_size=40), st.integers(1, 20))
@steady(50)
def test_shortened_texts_fit(text: str, most: int) -> None:
    """A shortened text has at most so many units, begins as the text does, and shows that it was cut."""
    short = shortened(text, most)
    assert units(short) <= most
    assert short == text if units(text) <= most else (short.endswith("…") and text.startswith(short[:-1]))


def test_literal_footers() -> None:
    """In a footer every & is two, and a text is one line."""
    assert literal("R&D &P\n 3") == "R&&D &&P 3"


@measure
def doubled(amount: RatingCell = None) -> Any:
    """Twice the amount."""
    return when(is_number(amount), number(amount) * 2, BLANK)


def test_a_book_of_one_fact() -> None:
    """The smallest book makes a workbook whose dates are days and whose formulas carry their value."""
    facts = (
        named_value("day", "Day", date(2026, 3, 1), "date"),
        named_value("amount", "Amount", 4),
        named_formula(doubled, "Twice"),
    )
    data = to_bytes(Book("demo", "Demo", (Sheet("Tab", "One fact.", (NamedCells(facts),)),), {"id": "1"}))
    read = openpyxl.load_workbook(BytesIO(data), data_only=True)["Tab"]
    labelled = {row[1].value: row[2].value for row in read.iter_rows(max_col=3)}
    assert (labelled["Day"], labelled["Amount"], labelled["Twice"]) == (datetime(2026, 3, 1), 4, 8)
    assert audit(data) == []


def test_a_refused_name_is_an_error() -> None:
    """A table whose name makes no legal defined name is refused, not left without its names."""
    table = Table("no name!", (given_column("key"),))
    book = Book("demo", "Demo", (Sheet("Tab", "", (TableData(table, [{"key": "k:1"}]),)),), {"id": "1"})
    with pytest.raises(WorkbookError):
        to_bytes(book)


def test_two_tabs_of_one_name() -> None:
    """Two tabs whose names differ in case only are refused."""
    book = Book("demo", "Demo", (Sheet("Tab", "", ()), Sheet("tab", "", ())), {"id": "1"})
    with pytest.raises(WorkbookError, match="tab"):
        to_bytes(book)


def test_a_warning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever XlsxWriter only warns about stops the workbook."""
    monkeypatch.setattr(Worksheet, "set_paper", lambda sheet, size: warnings.warn("an odd thing", stacklevel=1))
    with pytest.raises(WorkbookError, match="an odd thing"):
        to_bytes(Book("demo", "Demo", (Sheet("Tab", "", ()),), {"id": "1"}))
