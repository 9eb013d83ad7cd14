"""Parts read by a pattern say what they say element by element, or are left to that."""

from __future__ import annotations

import random
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest

from growthsheet.errors import InputError
from growthsheet.xlsx.reader import xml_stream as markup
from growthsheet.xlsx.reader.cells import read_cells
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.fast_cells import usual_cells, usual_strings
from growthsheet.xlsx.reader.workbook import ReadWorkbook
from growthsheet.xlsx.reader.xml_stream import Budget
from tests.proof.engines import require
from tests.proof.sorting import libreoffice_edit
from tests.xlsx.hostile import HARMLESS, MAIN, TOLD, genuine, made, parts, team
from tests.xlsx.mutations import mutated

ROW = '<row r="7"><c r="B7"><v>3</v></c></row>'


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time for a slow machine."""
    monkeypatch.setattr(markup, "SECONDS", 60)


def sheet(data: str) -> bytes:
    """A sheet's part around its rows."""
    return f'<?xml version="1.0"?>\n<worksheet xmlns="{MAIN}"><sheetData>{data}</sheetData><a/></worksheet>'.encode()


def usual(part: bytes, size: int = 65_536) -> object:
    """What the pattern makes of a sheet that comes in pieces."""
    return usual_cells([part[at : at + size] for at in range(0, len(part), size)], "part", Budget("ana.xlsx"), 0)


def slow(part: bytes) -> object:
    """What the sheet says element by element; None where it is refused, or a cell stands nowhere."""
    try:
        rows, misplaced = read_cells([part], "part", Budget("ana.xlsx"), 0)
    except InputError:
        return None
    return None if misplaced else rows


def sheets(data: bytes) -> Iterator[bytes]:
    """The sheets' parts of a workbook that can be read."""
    yield from (content for name, content in parts(data).items() if name.startswith("xl/worksheets/sheet"))


def by_openpyxl(data: bytes) -> bytes:
    """A workbook saved by openpyxl."""
    out = BytesIO()
    openpyxl.load_workbook(BytesIO(data)).save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [genuine, team, lambda: by_openpyxl(genuine())], ids=["person", "team", "openpyxl"])
def test_what_programs_write_is_usual(data: object) -> None:
    """Every sheet, and the texts, that XlsxWriter or openpyxl wrote are read by the pattern."""
    content = data()  # type: ignore[operator]
    for part in sheets(content):
        assert slow(part) == usual(part) != None  # noqa: E711  # two questions in one
    if strings := parts(content).get("xl/sharedStrings.xml"):  # openpyxl writes none
        assert usual_strings([strings], "part", Budget("ana.xlsx")) == slow_strings(content)


def test_what_libreoffice_writes_is_usual() -> None:
    """So is what LibreOffice wrote."""
    require("uno")
    data = libreoffice_edit(genuine(), [])
    assert [usual(part) is not None for part in sheets(data)] == [True] * len(list(sheets(data)))
    assert [usual(part) for part in sheets(data)] == [slow(part) for part in sheets(data)]


def slow_strings(data: bytes) -> list[str]:
    """The shared strings, element by element."""
    return ReadWorkbook(open_package(data, "ana.xlsx"))._odd_strings()


@pytest.mark.parametrize("case", [*TOLD, *HARMLESS])
def test_odd_parts(case: str) -> None:
    """Whatever a sheet looks like, the pattern says the same or nothing."""
    for part in sheets(made(case)):
        assert usual(part) in (None, slow(part))


@pytest.mark.parametrize(
    "data",
    [
        "",
        ROW + "<!-- <row> -->",
        ROW + "<![CDATA[x]]>",
        ROW + " ",
        ROW * 2,
        ROW.replace("B7", "B8"),
        ROW.replace("7", "0"),
        ROW.replace("7", "1048577"),
        ROW.replace("B7", "XFE7"),
        ROW.replace("<v>", "<v >"),
        *(ROW.replace("3", f"&{name};") for name in ("#51", "#x33", "#13", "#0", "#x110000", "#999999999", "x", "lt ")),
        ROW.replace("3", "\r"),
        ROW.replace("3", "\x00"),
        ROW.replace("<row ", '<row xmlns="x" '),
        ROW.replace("<row ", '<row r="8" '),
        ROW.replace("<c ", "<c><c ").replace("</c>", "</c></c>"),
        ROW.replace("</row>", ""),
        ROW + "</sheetData>" + ROW,
        "<row>" * 9,
        f'<row r="7" s="{"x" * 300_000}"/>',
    ],
)
def test_unusual(data: str) -> None:
    """What the pattern does not cover without a gap is left to the slow way."""
    part = sheet(data)
    assert all(usual(part, size) in (None, slow(part)) for size in (len(part) // 99, 65_536))


def test_pieces() -> None:
    """Where a part is cut into pieces does not matter, not even inside a character."""
    cell = '<c r="A2" t="str"><f>A1&amp;"é"</f><v>é &lt;&#233;&#x2713;&amp;lt; 😀</v></c>'
    part = sheet(f'<row r="1" s="2"/><row r="2">{cell}</row>{ROW}')
    found = {2: {1: ("str", "0", "é <é✓&lt; 😀", True)}, 7: {2: ("n", "0", "3", False)}}
    assert all(found == usual(part, size) == slow(part) for size in (1, 2, 3, 5, 64, 10_000))


def test_a_deep_tail_is_not_read() -> None:
    """What stands behind the rows is inflated and not parsed, however deep it nests."""
    part = sheet(ROW).replace(b"<a/>", b"<a>" * 200_000)
    assert usual(part) == slow(part) == {7: {2: ("n", "0", "3", False)}}


@pytest.mark.parametrize("around", ["<worksheet", "<sheetData>"])
def test_a_deep_head_is_left_to_the_slow_way(around: str) -> None:
    """What nests deeply before the rows is not taken by the pattern, and refused element by element."""
    part = sheet(ROW).replace(around.encode(), b"<a>" * 100 + around.encode())
    assert usual(part) is slow(part) is None


@pytest.mark.parametrize("seed", range(4))
def test_at_random(seed: int) -> None:
    """Whatever is changed, both ways of reading agree, or the pattern says nothing."""
    rng = random.Random(seed)
    content = [part for data in (genuine(), team()) for part in sheets(data)]
    for _ in range(60):
        part = mutated(rng, rng.choice(content))
        assert usual(part) in (None, slow(part))
