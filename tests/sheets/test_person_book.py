"""The workbook of a person, filled in at random: every engine finds what Python wrote into the cells."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given

from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import builtin, computed, family, person, prove, roster, standing, unlike
from tests.proof.engines import audit, formualizer_differences, ironcalc_differences, libreoffice_differences, require
from tests.proof.making import edited
from tests.proof.parts import Book as File
from tests.strategies import Filled, person_books, rosters, sample, steady


@pytest.mark.slow
@pytest.mark.engines
@steady(40)
@given(person_books())
def test_engines_agree(filled: Filled) -> None:
    """Two engines find every cached value right, and the lint finds nothing, however the workbook is filled in."""
    prove(to_bytes(filled.book))


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice_agrees() -> None:
    """LibreOffice finds every cached value right in workbooks of each kind."""
    require("libreoffice")
    filled = [to_bytes(each.book) for each in sample(person_books(), 10)]
    ordinary = [family(blind=b, core=c, share=b).person("A").to_bytes() for b in (False, True) for c in (False, True)]
    bare = [roster([person("1", role="vp")], catalog=builtin()).person("1").to_bytes()]
    found = libreoffice_differences([*filled, *ordinary, *bare])
    assert [str(each) for differences in found for each in differences] == []


@pytest.mark.slow
@pytest.mark.engines
def test_nothing_to_repair() -> None:
    """The file of each kind of workbook passes the audit, so Excel has nothing to repair."""
    require("audit")
    for options in ({}, {"blind": True, "share": True}, {"core": True, "person_pay": False}):
        assert audit(family(**options).person("A").to_bytes()) == []
    for each in sample(person_books(), 4):
        assert audit(to_bytes(each.book)) == []


@pytest.mark.slow
def test_every_value_stands_in_its_cell() -> None:
    """Each value that Python computes stands in the cell of its row and column, and nowhere else."""
    for each in sample(person_books(), 10):
        assert unlike(computed(each.book), standing(each.book, to_bytes(each.book))) == []


@pytest.mark.slow
@pytest.mark.engines
def test_a_wrong_value_is_caught() -> None:
    """A cached value that is planted wrong is found by each engine, in its cell."""
    require("formualizer")
    require("ironcalc")
    require("libreoffice")
    book = person_book(family().person("A").view)
    data, file = to_bytes(book), File(to_bytes(book))
    sheet = next(each for each in file.sheets if each.name == "Assessment")
    cell = next(c for c in file.cells(sheet) if c.formula and c.formula.startswith("=IF(COUNT(") and c.value == 2.5)
    xml = file.zip.read(sheet.part).decode()
    start = xml.index(f'<c r="{cell.ref}"')
    old = xml[start : xml.index("</c>", start)]
    wrong = edited(data, sheet.part, old, old.replace("<v>2.5</v>", "<v>1.5</v>"))
    for find in (formualizer_differences, ironcalc_differences, lambda each: libreoffice_differences([each])[0]):
        assert [(each.sheet, each.cell, each.cached, each.computed) for each in find(wrong)] == [
            ("Assessment", cell.ref, 1.5, 2.5)
        ]


@pytest.mark.slow
@steady(20)
@given(rosters(sizes=(1, 4)))
def test_nothing_of_others(made: Roster) -> None:
    """What is made once for all people of a role holds nothing of any one of them."""
    views = [plan.view for plan in made.plans()]
    after_others = [person_book(view) for view in (*views, *views)]
    alone = [person_book(replace(view, context=replace(view.context))) for view in views]
    assert after_others == alone * 2


def test_what_is_sent_to_other_processes() -> None:
    """An occasion is sent without what was made for the workbooks before."""
    view = family().person("A").view
    book = person_book(view)
    sent = pickle.loads(pickle.dumps(view))
    assert (bool(view.context.cache), sent.context.cache) == (True, {})
    assert person_book(replace(sent, context=view.context)) == book
