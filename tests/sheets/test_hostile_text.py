"""Text of people and catalogs on every surface of a workbook: it stays text, and it stays the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from string import ascii_uppercase

import openpyxl
import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from growthsheet.errors import WorkbookError
from growthsheet.model import Answers, Area, BudgetPolicy, Catalog, Cycle, Point, Role, Scale
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import AS_OF, activity, item, line, person, prove, rating, roster, salary, small_catalog
from tests.proof.engines import audit, require
from tests.proof.lint import units
from tests.proof.parts import cells, opened, plain

LONGEST = 32_767

Places = list[tuple[str, str, str]]
"""A part or tab, a cell, and what is there."""

TEXTS = {
    "formula": "=1+1",
    "command": "+cmd|' /C calc'!A0",
    "at": "@SUM(1,1)",
    "minus": "-2+3",
    "array": "{=1}",
    "link": "http://x.example/?a=b&c=d",
    "inside": "internal:'Lists'!A1",
    "outside": "external:c:\\x.xlsx",
    "mail": "mailto:a@b.example",
    "date code": "&D",
    "ampersand": 'R&D && "Co" <b>&amp;',
    "size code": "3M 8&8",
    "quotes": "O'Neil \"Q\" '",
    "lines": "one\ntwo\n\nfour",
    "tabs": "one\ttwo",
    "returns": "one\r\ntwo\rthree",
    "emoji": "🎯🎯 👩🏽‍💻",
    "right to left": "\u202eمرحبا שלום",  # noqa: RUF001 - meant
    "japanese": "山田 太郎 ｆｕｌｌ",  # noqa: RUF001 - meant
    "escaped": "_x0041_ _x000D_ _xD83D_",
    "error": "#N/A",
    "truth": "TRUE",
    "number": "007",
    "pattern": "*?~[a]",
    "spaces": "  two  spaces  ",
    "accents": "e\u0301 é ﬁ İı ß",
    "many emoji": "🎯" * 40,
    "picture": "R&G &[Picture] &[Tab]",
    "markup": "]]>&#65;<!--",
}


def hostile(text: str) -> Roster:
    """A roster with the text on every surface; names that must differ have something behind it."""
    label = text.strip()[:30] or "x"
    points = tuple(Point(value=n, label=f"{label} {n}", anchor=text) for n in range(4))
    catalog = Catalog(
        id="hostile",
        version=text.strip()[:40],
        name=text,
        scales=[Scale(id=name, name=f"{text} {name}", points=points) for name in ("skill", "experience", "interest")],
        areas=[Area(id="a", name=text), Area(id="b", name=f"{text} b")],
        activities=[
            activity("t1", text, "a", description=text, anchors=dict.fromkeys(range(4), text), evidence=text),
            activity("t2", f"{text[:70]} 2", "b", description=text, anchors={0: text * 3}),
        ],
        roles=[
            Role(id="r1", name=text, expected={"t1": 3, "t2": 2}, next=("r2",)),
            Role(id="r2", name=f"{text} 2", expected={"t1": 3}),
        ],
        thresholds={"top": 3},
    )
    people = [
        person("boss", text, "r1"),
        person("p1", text, "r1", "boss", title=text, team=text, email=text),
        person(f"{text[:90]} 2", f"{text} two", "r1", "boss"),
    ]
    answers = Answers(
        ratings=[
            rating("p1", "t1", 1, 1, 1, note=text, evidence=text).model_copy(update={"cycle": "c1"}),
            rating("p1", "t2", 0, 2, 2).model_copy(update={"cycle": "c1"}),
        ],
        plan_items=[item("p1", "t1", id=text, action=text, measure=text, helper=text)],
        budget_items=[
            line("l1", person="p1", activity="t1", title=text, provider=text, estimate=10, category="x"),
            line("l2", person="p1", activity="t2", title=text, provider=text, actual=10, category="x"),
        ],
    )
    policy = BudgetPolicy(categories=(("x", text), ("y", f"{text} y")))
    cycle = Cycle(id="c1", label=text, date=AS_OF)
    pay = [salary(each.id, 100_000) for each in people]
    return roster(people, pay, catalog=catalog, answers=answers, policy=policy, cycle=cycle)


def books(made: Roster) -> list[Book]:
    """A person's, the manager's and the organization's workbook."""
    views = made.person("p1").view, made.team("boss").view, made.organization().view
    return [person_book(views[0]), team_book(views[1]), organization_book(views[2])]


def links(data: bytes) -> Places:
    """Every link: (part, cell, where to); those to the outside are relations."""
    file = opened(data)
    found = [
        (sheet.part, link.attrib["ref"], link.get("location", ""))
        for sheet in file.sheets
        for link in file.rest(sheet).iterfind("{*}hyperlinks/{*}hyperlink")
    ]
    outside = [
        (name, item.attrib["Id"], item.attrib["Target"])
        for name in file.names
        if name.endswith(".rels")
        for item in file.xml(name)
        if item.get("TargetMode") == "External"
    ]
    return found + outside


def formulas(data: bytes) -> Places:
    """Every formula with its tab and row, without columns: hidden ones begin where a long text above them ends."""
    found = [(c.sheet, c.ref.lstrip(ascii_uppercase), c.formula) for c in cells(data) if c.formula is not None]
    return [(tab, row, re.sub(r"\b[A-Z]{1,2}(?=\$?\d)", "", formula)) for tab, row, formula in found]


@cache
def harmless() -> list[tuple[Places, Places]]:
    """The formulas and links of the workbooks of a roster whose texts look like nothing else."""
    datas = [to_bytes(book) for book in books(hostile("Harmless"))]
    return [(formulas(data), links(data)) for data in datas]


def misread(book: Book, at: Callable[[str, str], object]) -> list[str]:
    """The given and asked texts that are not read back as they are; ``at`` reads a tab's cell."""
    layout, wrong = Layout(book), []

    def look(tab: str, ref: str, text: str) -> None:
        if (found := at(tab, ref)) != text:
            wrong.append(f"{tab}!{ref}: {text!r}, read as {found!r}")

    for name, rows in book.tables.items():
        place = layout.tables[name]
        for n, row in enumerate(rows.rows):
            for column, col in place.columns.items():
                text = row.get(column)
                if isinstance(text, str) and text:
                    look(place.sheet, xl_rowcol_to_cell(place.first + n, col), text)
    for sheet in book.sheets:
        for ref, text in (("B1", sheet.title), ("B2", sheet.purpose)):
            if text:
                look(sheet.name, ref, text)
    return wrong


def by_openpyxl(data: bytes) -> Callable[[str, str], object]:
    """What openpyxl reads in a cell."""
    read = openpyxl.load_workbook(BytesIO(data))
    return lambda tab, ref: read[tab][ref].value


def as_stored(data: bytes) -> Callable[[str, str], object]:
    """What the file holds in a cell."""
    stored = {(cell.sheet, cell.ref): cell.value for cell in cells(data)}
    return lambda tab, ref: stored.get((tab, ref))


KINDS = (
    *("formula", "array", "link", "ampersand", "quotes", "returns"),
    *("many emoji", "right to left", "escaped", "error", "pattern", "markup"),
)
"""Texts of each kind that a program may take for something else."""


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("name", TEXTS)
def test_text_stays_text(name: str) -> None:
    """Whatever a text looks like, the formulas and links are those of a harmless one, and it is stored as it is.

    openpyxl, the audit and the engines, which take longer, see a text of each kind in one of the three workbooks, in
    turns.
    """
    require("audit")
    for n, (book, wanted) in enumerate(zip(books(hostile(TEXTS[name])), harmless(), strict=True)):
        data = to_bytes(book)
        assert (formulas(data), links(data)) == wanted
        assert misread(book, as_stored(data)) == []
        if name in KINDS and KINDS.index(name) % 3 == n:
            assert misread(book, by_openpyxl(data)) == []
            assert audit(data) == []
            prove(data)


def printed(footer: str) -> list[str]:
    """What Excel prints of a footer, section by section (ECMA-376, 18.3.1.46): codes are carried out, not shown."""
    shown, section = {"L": "", "C": "", "R": ""}, "C"
    for code in re.finditer(r'&([LCR])|&(\d+)|&"[^"]*"|&K[0-9A-Fa-f]{6}|&([A-Z])|&(&)|([^&]+)|&', footer):
        section = code[1] or section
        shown[section] += f"<{code[3]}>" if code[3] else code[4] or code[5] or ""
    return [shown[each].strip() for each in "LCR"]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in TEXTS if name in KINDS or "&" in TEXTS[name]])
def test_footer_prints_literally(name: str) -> None:
    """The footer prints the catalog's name and the cycle's label, and no code that stands in them is carried out."""
    text = TEXTS[name]
    footer = printed_footer(text, "hostile 1", text)
    assert footer == (" ".join(f"{text} 1 (hostile) · {text}".split()), "<A>", "<P> / <N>")


@pytest.mark.slow
def test_footer_is_cut() -> None:
    """A footer of more than 255 characters is cut where it shows, and never between the two signs of an escape."""
    for name in ("x" * 300, "&" * 300, "x" + "&" * 300, "🎯" * 300):
        left, *rest = printed_footer(name, "hostile", "2026")
        assert rest == ["<A>", "<P> / <N>"]
        assert left.endswith("…")
        assert name.startswith(left[:-1])
        assert len(left) > 100


def printed_footer(name: str, version: str, label: str) -> tuple[str, ...]:
    """What is printed below a tab of a workbook with these words."""
    catalog = small_catalog().model_copy(update={"id": "hostile", "name": name, "version": version.split()[-1]})
    made = roster([person("p1")], catalog=catalog, cycle=Cycle(id="c1", label=label, date=AS_OF))
    file = opened(to_bytes(person_book(made.person("p1").view)))
    footers = {file.rest(sheet).findtext("{*}headerFooter/{*}oddFooter") for sheet in file.sheets[:-1]}
    assert len(footers) == 1
    footer = footers.pop() or ""
    assert units(footer) <= 255
    return tuple(printed(plain(footer)))


def longest(text: str) -> Roster:
    """A roster in which every text is as long as it may be."""
    full, name = (text * LONGEST)[: LONGEST // units(text)], (text * 500)[:500]
    points = tuple(Point(value=n, label=f"{text * (38 // len(text))} {n}", anchor=full) for n in range(3))
    catalog = Catalog(
        id="i" * 64,
        version=(text * 40)[:40].strip(),
        name=name,
        scales=[Scale(id=id, name=f"{name[:488]} {id}", points=points) for id in ("skill", "experience", "interest")],
        areas=[Area(id="a", name=name)],
        activities=[activity("t1", (text * 80)[:79], "a", description=full, anchors=dict.fromkeys(range(3), full))],
        roles=[Role(id="r1", name=name, expected={"t1": 2})],
        thresholds={"top": 2, "covered": 2},
    )
    people = [person("p" * 100, name, "r1", "b"), person("b", name, "r1"), person((text * 99)[:99], name, "r1", "b")]
    answers = Answers(
        ratings=[rating("p" * 100, "t1", 1, 1, 1, evidence=full)],
        plan_items=[item("p" * 100, "t1", action=full, measure=full, helper=full)],
        budget_items=[line("l" * 100, person="p" * 100, activity="t1", title=full, provider=full)],
    )
    return roster(people, catalog=catalog, answers=answers, cycle=Cycle(id="2026", label=name, date=date(2026, 3, 1)))


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("text", ["&", "🎯", "\n."])
def test_the_longest_texts(text: str) -> None:
    """Texts of 32,767 characters, names of 500 and labels of 40 make a workbook within every limit of Excel.

    The audit sees a person's workbook only, which has all of them.
    """
    made = longest(text)
    for book in (
        person_book(made.person("p" * 100).view),
        team_book(made.team("b").view),
        organization_book(made.organization().view),
    ):
        data = to_bytes(book)
        prove(data)
        assert misread(book, as_stored(data)) == []
        if book.kind == "person":
            assert misread(book, by_openpyxl(data)) == []
            assert audit(data) == []
        file = opened(data)
        heights = [float(r.attrib["ht"]) for s in file.sheets for r in file.rest(s).iter() if "ht" in r.attrib]
        assert max(heights) <= 409.5


def test_too_long_together() -> None:
    """Evidence and note that fit a cell each, but not one cell together, are refused with their place, never cut."""
    half = "x" * 20_000
    said = Answers(ratings=[rating("p1", "pricing", 1, note=half, evidence=half)])
    with pytest.raises(WorkbookError, match=r"Assessment!\w\d+: .*40,001 characters.*32,767"):
        roster([person("p1")], answers=said).person("p1").to_bytes()
