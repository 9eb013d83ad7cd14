"""Long tables are rendered row by row, and are the same as when each cell is written."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growthsheet.errors import WorkbookError
from growthsheet.workbook.blocks import Book, Sheet
from growthsheet.workbook.tables import Table, TableData
from growthsheet.workbook.tables import data_column as column
from growthsheet.xlsx.writer import long_tables as long
from growthsheet.xlsx.writer.write import to_bytes, written
from tests.making import large, prove
from tests.proof.engines import audit, require
from tests.proof.parts import Book as File
from tests.proof.parts import row_and_column
from tests.strategies import Filled, organization_books, steady

TABLE = Table(
    "plain", (column("key"), column("name", "Name", "name"), column("n", "N", "gap"), column("x", "X", "percent"))
)
TEXTS = [
    "Ana",
    "Bo ",
    "R&D",
    "=1+1",
    "_x0041_",
    " a ",
    "<r>b</r>",
    "a & <b>",
    "007",
    "n/a",
    "Ünï 🎯",
    "two\nlines",
    "x" * 90,
    "",
]

CELLS = st.tuples(st.sampled_from(TEXTS), st.integers(-2, 9) | st.none(), st.floats(0, 1) | st.none())


def book(rows: list[dict[str, Any]]) -> Book:
    """A book with one table."""
    return Book("plain", "Plain", (Sheet("S", "What it is for", (TableData(TABLE, rows),), main="plain"),), {})


def told(data: bytes) -> Any:
    """Everything on the tabs: cells with their styles, what stands around them, texts as they are spelled, charts."""
    file = File(data)
    cells = [(cell.sheet, cell.ref, cell.value, cell.style, cell.formula) for cell in file.cells()]
    rows = [[alone(row) for row in file.xml(sheet.part).iterfind("{*}sheetData/{*}row")] for sheet in file.sheets]
    around = [
        [(part.tag, dict(part.attrib)) for part in file.rest(sheet) if not part.tag.endswith("sheetData")]
        for sheet in file.sheets
    ]
    spelled = {ElementTree.tostring(text) for text in file.xml("xl/sharedStrings.xml")}
    return cells, rows, around, spelled, [file.zip.read(name) for name in file.matching(r"xl/drawings/.*l")]


def alone(row: Element) -> tuple[dict[str, str], bool]:
    """What a row says of itself, and whether its cells stand where it says that they do.

    That depends on the rows beside it, too, in XlsxWriter's blocks of 16, so it is not compared as it is.
    """
    said = dict(row.attrib)
    first, last = map(int, said.pop("spans", "1:16384").split(":"))
    return said, all(first <= row_and_column(cell.attrib["r"])[1] <= last for cell in row)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table is long as soon as it has two rows."""
    monkeypatch.setattr(long, "MANY", 2)


@pytest.mark.slow
@steady(20)
@given(
    st.lists(st.tuples(st.sampled_from(TEXTS), st.integers(-2, 9) | st.none(), st.floats(0, 1) | st.none()), min_size=2)
)
def test_long_is_as_written(rows: list[tuple[Any, ...]]) -> None:
    """Whatever the cells hold, the same cells, styles, rows and heights come out."""
    made = book([{"key": f"k:{n}", "name": name, "n": i, "x": x} for n, (name, i, x) in enumerate(rows)])
    assert told(to_bytes(made)) == told(written(made))


@pytest.mark.slow
@pytest.mark.engines
@steady(3)
@given(organization_books())
def test_organizations_are_as_written(filled: Filled) -> None:
    """An organization's workbook is the same both ways, and the engines agree."""
    data = to_bytes(filled.book)
    assert told(data) == told(written(filled.book))
    prove(data)


@pytest.mark.slow
@pytest.mark.engines
def test_nothing_to_repair() -> None:
    """The file passes the audit."""
    require("audit")
    assert audit(large().organization().to_bytes()) == []


def test_a_text_that_no_cell_holds_is_refused() -> None:
    """A text that is too long for a cell is an error here as well, never cut."""
    with pytest.raises(WorkbookError, match="40,000 characters"):
        to_bytes(book([{"key": "k:1"}, {"key": "k:2", "name": "x" * 40_000}]))


def test_rows_are_asked_for_once() -> None:
    """Each row is made when it is its turn, and let go: nobody keeps all of them."""
    asked: list[int] = []

    class Counted(list[dict[str, Any]]):
        def __iter__(self) -> Any:
            asked.append(len(self))
            return super().__iter__()

    to_bytes(book(Counted({"key": f"k:{n}", "name": "Ana"} for n in range(50))))
    assert len(asked) == 2  # for the heights, and for the cells


def test_a_drawing_that_is_not_understood_is_an_error() -> None:
    """Where XlsxWriter draws the first row in another way, nothing is written."""
    made = book([{"key": "k:1", "name": "a"}, {"key": "k:2", "name": "b"}])
    place = long.TablePlace("S", 4, 2, {"key": 0, "name": 1, "n": 2, "x": 3})
    one = long.LongTable(1, place, made.tables["plain"], [21, 21], {})
    sst = '<sst xmlns="x" count="0" uniqueCount="0"></sst>'
    with pytest.raises(WorkbookError, match="its first row"):
        list(long.parts({"xl/worksheets/sheet1.xml": "<sheetData></sheetData>", long.STRINGS: sst}, [one]))
