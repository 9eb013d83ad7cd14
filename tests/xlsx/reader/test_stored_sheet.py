"""The cells of a sheet, however its XML is spelled and cut into pieces."""

from __future__ import annotations

import pytest

from growthsheet.errors import InputError
from growthsheet.xlsx.reader.cells import TWICE, Raw
from growthsheet.xlsx.reader.stored_sheet import MOST_PASSED, StoredSheet, read_cells
from growthsheet.xlsx.reader.xml_stream import Budget
from tests.xlsx.reader.hostile import MAIN

ROW = '<row r="7"><c r="B7"><v>3</v></c></row>'
THREE: dict[int, dict[int, Raw]] = {7: {2: ("n", "0", "3", False)}}


def sheet(data: str) -> bytes:
    """A sheet's part around its rows."""
    return f'<?xml version="1.0"?>\n<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData><a/></worksheet>'.encode()


def read_in_pieces(part: bytes, size: int = 65_536, asked: int = 0) -> StoredSheet:
    """A sheet that comes in pieces."""
    pieces = [part[at : at + size] for at in range(0, len(part), size)]
    return read_cells(pieces, "part", Budget("ana.xlsx"), 0, asked)


def cells(part: bytes, size: int = 65_536) -> tuple[dict[int, dict[int, Raw]], int]:
    """The cells of a sheet that comes in pieces, and how many stand nowhere."""
    found = read_in_pieces(part, size)
    return found.rows, len(found.misplaced)


def refused(part: bytes, size: int = 65_536) -> str:
    """The code with which a sheet that comes in pieces is refused."""
    with pytest.raises(InputError) as caught:
        cells(part, size)
    [problem] = caught.value.problems
    return problem.code


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("", {}),
        ("<row>" + ROW + "</row>", THREE),
        (ROW + "<!-- <row> -->", THREE),
        (ROW + "<![CDATA[x]]>", THREE),
        (ROW.replace("<v>", "<v >").replace("<row ", '<row xmlns:x="x" x:r="8" '), THREE),
        (ROW * 2, {7: {2: TWICE}}),
        (ROW.replace("3", "&#51;"), THREE),
        (ROW.replace("3", "&#x33;"), THREE),
        (ROW.replace("3", "&lt;<!-- -->3"), {7: {2: ("n", "0", "<3", False)}}),
        (ROW.replace("3", "\r"), {7: {2: ("n", "0", "\n", False)}}),
        (ROW.replace(' r="B7"', "").replace(' r="7"', ""), {1: {1: ("n", "0", "3", False)}}),
        ('<row r="5" s="2"/><row/>' + ROW.replace(' r="7"', ""), THREE),
        (ROW.replace("<c ", '<c r="A7" s="2"/><c ').replace(' r="B7"', ""), THREE),
        (f'<row r="7" s="{"x" * 9_000}"/>', {}),
    ],
)
def test_spellings(data: str, found: dict[int, dict[int, Raw]]) -> None:
    """Comments, sections, references and attributes may be spelled in any way that XML allows."""
    assert (found, 0) == cells(sheet(data))


@pytest.mark.parametrize("place", ["B8", "XFE7", "b7", "B", "7"])
def test_a_cell_that_stands_nowhere(place: str) -> None:
    """A cell of another row than the one it is in, or of no column, is counted and left out."""
    assert cells(sheet(ROW.replace("B7", place))) == ({}, 1)


@pytest.mark.parametrize("row", ["0", "1048577", "-7", "x"])
def test_a_row_that_is_none(row: str) -> None:
    """So are the cells of a row that no sheet has, also of one after the last."""
    assert cells(sheet(ROW.replace("7", row))) == ({}, 1)
    assert cells(sheet('<row r="1048576"/>' + ROW.replace(' r="7"', "").replace("7", "1048577"))) == ({}, 1)


@pytest.mark.parametrize("text", ["&#0;", "&#x110000;", "&#999999999;", "&x;", "&lt ;", "\x00", "</c>", "<v>"])
def test_what_is_no_xml(text: str) -> None:
    """What is not well-formed is refused as a whole."""
    assert refused(sheet(ROW.replace("3", text))) == "ill-formed-part"


def test_pieces() -> None:
    """Where a part is cut into pieces does not matter, not even inside a character."""
    cell = '<c r="A2" t="str"><f>A1&amp;"é"</f><v>é &lt;&#233;&#x2713;&amp;lt; 😀</v></c>'
    part = sheet(f'<row r="1" s="2"/><row r="2">{cell}</row>{ROW}')
    found = ({2: {1: ("str", "0", "é <é✓&lt; 😀", True)}, **THREE}, 0)
    assert [found] * 6 == [cells(part, size) for size in (1, 2, 3, 5, 64, 10_000)]


def test_what_is_hidden_and_merged() -> None:
    """Hidden rows and columns, and merged areas, are told wherever they stand in the part."""
    part = sheet(ROW.replace("<row", '<row hidden="1"')).decode()
    part = part.replace(
        "<sheetData>", '<cols><col min="2" max="3" hidden="true"/><col min="5" max="6"/></cols><sheetData>'
    )
    part = part.replace("<a/>", '<mergeCells><mergeCell ref="B7:B9"/></mergeCells>')
    found = read_cells([part.encode()], "part", Budget("ana.xlsx"), 0)
    assert (found.hidden_rows, found.hidden_columns, found.merged) == ([7], [(2, 3)], ["B7:B9"])


def with_hidden_end(row: str = "") -> bytes:
    """A sheet whose columns C to E are hidden, with cells in them, and a merge below."""
    data = "".join(f'<row r="{n}">{"".join(cell(f"{column}{n}") for column in "ABCDE")}{row}</row>' for n in (1, 2))
    cols = "".join(f'<col min="{first}" max="{last}" hidden="1"/>' for first, last in ((1, 1), (3, 4), (5, 5)))
    part = sheet(data).replace(b"<sheetData>", f"<cols>{cols}</cols><sheetData>".encode())
    return part.replace(b"<a/>", b'<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')


def cell(ref: str) -> str:
    """A cell with a formula, a number and a text."""
    return f'<c r="{ref}" t="inlineStr"><f>1</f><v>3</v><is><t>3</t></is></c>'


@pytest.mark.parametrize(("asked", "columns"), [(0, 5), (1, 2), (2, 2), (3, 3), (5, 5), (9, 5)])
def test_hidden_columns_at_the_end_are_passed_over(asked: int, columns: int) -> None:
    """They are not read unless they are asked for; what follows them is, in each row and below."""
    found = read_in_pieces(with_hidden_end(), asked=asked)
    assert {row: [*cells] for row, cells in found.rows.items()} == {n: [*range(1, columns + 1)] for n in (1, 2)}
    assert (found.merged, found.beyond) == (["A1:A2"], [])


def test_a_column_behind_those_that_are_passed_over() -> None:
    """Cells that somebody added after the hidden columns are told, so that the sheet is read again as a whole."""
    assert read_in_pieces(with_hidden_end('<c r="G2"><v>1</v></c>'), asked=2).beyond == ["G"]


def test_what_is_passed_over_may_not_nest_deeply() -> None:
    """Nothing tells how deep elements nest there; so they may not be many."""
    with pytest.raises(InputError) as caught:
        read_in_pieces(with_hidden_end("<c>" * 2 * MOST_PASSED), asked=2)
    assert [problem.code for problem in caught.value.problems] == ["nested-too-deep"]


@pytest.mark.parametrize("around", ["<worksheet", "<sheetData>", "<a/>"])
def test_a_deep_head_or_tail_is_refused(around: str) -> None:
    """What nests deeply before or after the rows is refused."""
    assert refused(sheet(ROW).replace(around.encode(), b"<a>" * 100 + around.encode()), 100) == "nested-too-deep"
