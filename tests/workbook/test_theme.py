"""An organization's own look, in workbooks and pages."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.tasks.settings import load_settings
from growthsheet.xlsx.writer.write import plainly_written, written
from tests.making import family, large


def png(width: int, height: int, dpi: int = 0) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    density = chunk(b"pHYs", struct.pack(">IIB", *[round(dpi / 0.0254)] * 2, 1)) if dpi else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress((b"\0" + b"\xff" * width) * height))
    return b"\x89PNG\r\n\x1a\n" + head + density + pixels + chunk(b"IEND", b"")


def jpeg(width: int, height: int, dpi: int = 96) -> bytes:
    """The beginning of a picture, which tells its size."""
    density = b"\xff\xe0\x00\x10JFIF\0\x01\x01\x01" + struct.pack(">HH", dpi, dpi) + b"\0\0"
    return b"\xff\xd8" + density + b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", height, width) + b"\3" + bytes(9)


OURS: dict[str, Any] = {"accent": "#7a1f5c", "font": "Arial", "money": "{sign}{whole}", "dates": "dd.mm.yyyy"}


def theme(**more: Any) -> gs.Theme:
    """A theme in which everything differs from the usual."""
    return gs.Theme(**OURS | {"logo": png(300, 100)} | more)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """A colour, a font, a logo and formats that are none are told together, where they are said."""
    with pytest.raises(gs.InputError) as caught:
        gs.Theme(accent="#FFD700", font="{}", logo=b"GIF89a", money="{amount}", dates="dd.mm", fnt="x")
    places = [problem.place for problem in caught.value.problems]
    assert places == [f"Theme: {name}" for name in ("accent", "font", "logo", "money", "dates", "fnt")]
    assert "is too light: its contrast with a light ground is 1.3 to 1" in caught.value.problems[0].found


@pytest.mark.parametrize(
    "wrong",
    [
        {"accent": "red"},
        {"accent": 7},
        {"logo": "missing.png"},
        {"logo": 7},
        {"logo": png(9, 9) + bytes(500_000)},
        {"money": "{amount} {whole} {sign}"},
        {"money": "{sign}{0}"},
        {"money": '{sign}{amount}"'},
        {"dates": "dd.dd.yyyy"},
        {"dates": "dd.mm.yyyy hh"},
    ],
)
def test_what_no_workbook_could_show_is_refused(wrong: dict[str, Any]) -> None:
    """Each wrong value is one problem."""
    with pytest.raises(gs.InputError) as caught:
        gs.Theme(**wrong)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("picture", [png(600, 200), png(1200, 400, dpi=192), jpeg(600, 200), jpeg(1200, 400, dpi=192)])
def test_a_logo_has_the_size_that_it_is_printed_in(picture: bytes, tmp_path: Path) -> None:
    """A logo of a higher density is not larger, and a path is as good as bytes."""
    (tmp_path / "logo").write_bytes(picture)
    image = gs.Theme(logo=tmp_path / "logo").image
    assert image
    assert (round(image.width), round(image.height)) == (600, 200)


@pytest.mark.parametrize("kind", ["person", "team", "organization"])
def test_a_workbook_has_it(kind: str, tmp_path: Path) -> None:
    """Title, font, formats and logo of each kind of workbook are those of the theme; it comes back as before."""
    roster = family()
    made = {"person": roster.person("A"), "team": roster.team("M"), "organization": roster.organization()}[kind]
    path = made.save(tmp_path / "one.xlsx", theme=theme())
    book = openpyxl.load_workbook(path)
    first = book.worksheets[0]
    with ZipFile(path) as parts:
        logo, drawing = parts.read("xl/media/image1.png"), parts.read("xl/drawings/drawing1.xml")
    assert (first["B1"].font.color.rgb, first["B1"].font.name) == ("FF7A1F5C", "Arial")
    assert (logo, b'<a:ext cx="1485900" cy="495300"/>' in drawing) == (png(300, 100), True)  # 156 x 52 pixels
    formats = {cell.number_format for sheet in book for row in sheet for cell in row if cell.value is not None}
    assert any(found.startswith(("[$$]#,##0", "[$USD]#,##0")) for found in formats)
    assert not any("yyyy-mm-dd" in found or "[$USD] " in found for found in formats)
    if kind != "organization":
        assert gs.collect(path, roster=roster).counts["accepted"] == 1


def test_all_ways_of_writing_give_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """XlsxWriter's documented methods, and tables that are written by themselves, have the same logo and formats."""
    monkeypatch.setattr("growthsheet.xlsx.writer.long_tables.MANY", 20)
    made = large().with_options(theme=theme()).organization()
    files = made.to_bytes(), plainly_written(made.book())
    books = [openpyxl.load_workbook(BytesIO(each)) for each in files]
    for sheets in zip(*(book.worksheets for book in books), strict=True):
        cells = [[(c.value, c.number_format, c.fill.fgColor.rgb) for row in s for c in row] for s in sheets]
        assert cells[0] == cells[1]
    assert [ZipFile(BytesIO(each)).read("xl/media/image1.png") for each in files] == [png(300, 100)] * 2


def test_a_folder_has_it(tmp_path: Path) -> None:
    """Workbooks that are filled in by one layout are those that are written alone; another theme makes them anew."""
    roster = family().with_options(theme=theme())
    assert gs.build(roster, tmp_path).counts["written"] == 9
    for id, name in (("A", "Ana-Ruiz"), ("B", "Bo-Lee"), ("D", "Di-Woo")):
        assert (tmp_path / "people" / f"{name}-{id}.xlsx").read_bytes() == written(roster.person(id).book())
    assert gs.build(roster, tmp_path).counts["unchanged"] == 9
    assert gs.build(roster, tmp_path, theme=theme(logo=png(300, 101))).counts["written"] == 9


def test_a_page_has_it() -> None:
    """A page has the colour, the font, the formats and the logo, and asks no other host for it."""
    page = family().person("A").to_html(theme=theme())
    assert "#1F3A5F" not in page
    assert "--label: #7A1F5C" in page
    assert "'Arial', Calibri" in page
    assert "$3,600" in page
    assert "20.03.2026" in page
    assert 'src="data:image/png;base64,iVBOR' in page
    assert "img-src data:" in page


def test_a_page_is_made_of_a_template_of_the_user(tmp_path: Path) -> None:
    """A template in a folder builds on the shipped one, of a large team too; a fault in it is told with its line."""
    (tmp_path / "html").mkdir()
    mine = tmp_path / "html" / "book.html"
    mine.write_text('{% extends "builtin/html/book.html" %}\n{% block bottom %}{{ title }}, ours{% endblock %}')
    assert "Team growth plan: Lead L3, ours" in large().team("L3").to_html(templates=tmp_path)
    mine.write_text('{% extends "builtin/html/book.html" %}\n{% block bottom %}{{ titel }}{% endblock %}')
    with pytest.raises(gs.InputError) as caught:
        large().team("L3").to_html(templates=tmp_path)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("broken-template", "html/book.html:2")
    ]


def test_settings_hold_it(tmp_path: Path) -> None:
    """A table of the settings file is the theme of a run; the logo lies beside the file, and a wrong value is told."""
    (tmp_path / "logo.png").write_bytes(png(20, 10))
    file = tmp_path / "growthsheet.toml"
    file.write_text('[theme]\naccent = "#7A1F5C"\nlogo = "logo.png"\n')
    made = load_settings(file).roster([{"id": "1", "name": "Ana Ruiz", "title": "Product Manager"}])
    assert made.context.theme == gs.Theme(accent="7A1F5C", logo=png(20, 10))
    file.write_text('[theme]\naccent = "gold"\nlogo = "none.png"\n')
    with pytest.raises(gs.InputError) as caught:
        load_settings(file)
    assert [problem.place.partition(": ")[2] for problem in caught.value.problems] == ["theme.accent", "theme.logo"]
