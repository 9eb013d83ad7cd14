"""Comments and drawings that people added to a returned workbook are reported, and those of growthsheet are not."""

from __future__ import annotations

from growthsheet.sheets.forms import FORMS
from growthsheet.workbook.theme import Theme
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from tests.making import family
from tests.workbook.test_theme import png
from tests.xlsx.reader.hostile import edited, genuine, parts, sheet_part, team, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
AUTHORS = "<authors><author>growthsheet</author><author>Ana</author></authors>"
ANCHOR = (
    "<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:to><xdr:row>9</xdr:row>"
    "</xdr:to>{}</xdr:twoCellAnchor>"
)


def told(data: bytes) -> list[str]:
    """What is said of comments and drawings."""
    problems = read_returned_workbook(data, "a.xlsx", FORMS).problems
    return [f"{each.severity}: {each.found}" for each in problems if each.code == "added-notes"]


def commented(comments: str) -> bytes:
    """Ana's workbook with two comments on her Assessment, one of them with an answer, as Excel keeps it."""
    part = sheet_part("Assessment").rpartition("/")[2]
    ids = {f"{OFFICE}/comments": "../comments1.xml", THREADED: "../threadedComments/one.xml"}
    links = (f'<Relationship Id="r{n}" Type="{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(ids.items()))
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    added = {
        f"xl/worksheets/_rels/{part}.rels": f'<Relationships xmlns="{package}">{"".join(links)}</Relationships>',
        "xl/comments1.xml": f'<comments xmlns="{MAIN}">{AUTHORS}<commentList>{comments}</commentList></comments>',
        "xl/threadedComments/one.xml": '<T><threadedComment ref="E4"/><threadedComment ref="E4"/></T>',
    }
    return zipped(parts(genuine()) | {name: text.encode() for name, text in added.items()})


def test_comments_are_reported() -> None:
    """Each cell with a comment is named once; a part that is damaged does not stop the file.

    The comments with which an earlier growthsheet explained its headings are not people's.
    """
    ours = '<comment ref="E3" authorId="0"/>'
    found = told(commented(ours + '<comment ref="E4" authorId="1"><text/></comment><comment ref="F7"/>'))
    assert found == ["note: 2 comments that people added to cells; not read: Assessment!E4, Assessment!F7"]
    assert told(commented("<comment")) == []


def test_drawings_are_reported() -> None:
    """Text boxes, pictures and ink are named by their cells; charts and the logo of the theme are growthsheet's own."""
    shape, picture = ANCHOR.format("<xdr:sp/>"), ANCHOR.format('<xdr:pic><xdr:cNvPr descr="Me"/></xdr:pic>')
    ink = ANCHOR.format("<Choice><contentPart/></Choice><Fallback><xdr:pic/></Fallback>").replace(">4<", ">5<")
    drawn = edited("xl/drawings/drawing1.xml", "</xdr:wsDr>", shape + picture + ink + "</xdr:wsDr>", team())
    assert told(drawn) == [
        "note: 3 drawings that people added (text boxes, pictures, ink); not read:"
        " Overview!C5, Overview!C5, Overview!C6"
    ]
    logo = family().with_options(theme=Theme(logo=png(20, 10))).person("A").to_bytes()
    assert (told(team()), told(genuine()), told(logo)) == ([], [], [])
