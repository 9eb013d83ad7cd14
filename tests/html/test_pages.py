"""Pages of plans and teams, as a real browser shows and prints them."""

from __future__ import annotations

import re
from functools import cache

import pytest

from growthsheet.html.page import page
from tests.edges import all_books
from tests.proof.browser import faults, printed
from tests.proof.engines import require

pytestmark = [pytest.mark.engines, pytest.mark.slow]

WORD = "{http://www.w3.org/1999/xhtml}word"


@cache
def pages() -> dict[str, str]:
    """A page of each book at the edges."""
    return {name: page(book) for name, book in all_books()}


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_cut_on_a_screen(width: int) -> None:
    """Whatever a book holds, nothing of its page is cut, and no label stands over another, on a phone or a desk."""
    require("browser")
    shown = dict(list(pages().items())[:: 2 if width < 1000 else 4])  # a wide window cuts less
    assert faults(shown, width) == []


def test_what_is_cut_is_seen() -> None:
    """A page that is too wide, a cell that is cut, and labels over one another or outside are told."""
    require("browser")
    chart = '<svg viewBox="0 0 99 40" width="99"><text x="9" y="20">one</text><text x="{}" y="22">two</text></svg>'
    planted = {
        "wide": '<section><p style="width:900px">long</p></section>',
        "cut": '<section><p style="width:30px;overflow:hidden;white-space:nowrap">hidden from view</p></section>',
        "over": f"<section>{chart.format(12)}</section>",
        "outside": f"<section>{chart.format(95)}</section>",
        "empty": "",
        "whole": f"<section>{chart.format(60)}</section>",
    }
    told = faults(planted, 640)
    assert {fault.partition(":")[0] for fault in told} == {"wide", "cut", "over", "outside", "empty"}
    assert "cut: cut: hidden from view" in told
    assert "over: one stands over two" in told


@pytest.mark.parametrize("kind", ["person", "team", "organization"])
def test_nothing_is_cut_on_paper(kind: str) -> None:
    """Every word of a page is printed, on sheets that are wider than high, none beyond their edge."""
    require("browser")
    made = pages()[f"fifty people: {kind}"]
    sheets = printed(made)
    assert {float(sheet.get("width", 0)) > float(sheet.get("height", 0)) for sheet in sheets} == {True}
    words = [(word, float(sheet.get("width", 0))) for sheet in sheets for word in sheet.iter(WORD)]
    beyond = [
        word.text for word, width in words if not 0 < float(word.get("xMin", 0)) < float(word.get("xMax", 0)) < width
    ]
    assert beyond == []
    on_paper = {word.text for word, _ in words}
    cells = re.findall(r"<t[dh][^>]*>([^<&]+)</t[dh]>", made)
    assert {word for cell in cells for word in cell.split()} - on_paper == set()
