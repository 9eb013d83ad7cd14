"""The workbook of a person, filled in at random: every engine finds what Python wrote into the cells."""

from __future__ import annotations

import pickle
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given

from growthsheet.model import Answers, Catalog, Role
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import (
    builtin,
    computed,
    family,
    person,
    prove,
    rating,
    roster,
    small_catalog,
    standing,
    this_cycle,
    told_before,
    typed,
    unlike,
)
from tests.proof.engines import audit, formualizer_differences, ironcalc_differences, libreoffice_differences, require
from tests.proof.making import edited
from tests.proof.parts import Book as File
from tests.strategies import Filled, person_books, rosters, sample, steady


@pytest.mark.slow
@pytest.mark.engines
@steady(7)
@given(person_books())
def test_engines_agree(filled: Filled) -> None:
    """Two engines find every cached value right, and the lint finds nothing, however the workbook is filled in."""
    prove(to_bytes(filled.book))


def prefilled_books() -> list[Book]:
    """Ana's prefilled workbook: as it was sent, with one rating changed, and confirmed."""
    ratings = [each for each in told_before().ratings if each.cycle != this_cycle().id and each.skill != 7]
    answers = told_before().model_copy(update={"ratings": tuple(ratings)})
    book = person_book(family(answers, prefill=True).person("A").view)
    return [book, typed(book, {("assessment", 0, "skill"): 4}), typed(book, {("", 0, "confirmed"): "Yes"})]


@pytest.mark.slow
@pytest.mark.engines
def test_prefilled_ratings_count_when_they_are_confirmed() -> None:
    """Last cycle's ratings count once they are changed, and all of them once they are confirmed."""
    sent, changed, confirmed = map(computed, prefilled_books())
    talks = sent["assessment"]["k:talks"]
    assert [talks[name] for name in ("skill", "experience", "last_time", "used", "gap")] == [2, 2, 2, None, None]
    assert [sent["facts"][""][name] for name in ("rated_count", "not_applicable", "unconfirmed_count")] == [0, 0, 5]
    assert [changed["facts"][""][name] for name in ("rated_count", "unconfirmed_count")] == [1, 5]  # experience waits
    assert changed["assessment"]["k:talks"]["used"] == 4
    counts = [confirmed["facts"][""][name] for name in ("rated_count", "not_applicable", "unconfirmed_count")]
    assert counts == [4, 1, 0]
    assert confirmed["assessment"]["k:talks"]["gap"] == 0
    for each in prefilled_books():
        prove(to_bytes(each))


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice_agrees() -> None:
    """LibreOffice finds every cached value right in workbooks of each kind."""
    require("libreoffice")
    filled = [to_bytes(each.book) for each in sample(person_books(), 2)]
    ordinary = [family(blind=yes, core=yes, share=yes).person("A").to_bytes() for yes in (False, True)]
    ordinary += [to_bytes(prefilled_books()[-1])]
    bare = [roster([person("1", role="vp")], catalog=builtin()).person("1").to_bytes()]
    found = libreoffice_differences([*filled, *ordinary, *bare])
    assert [str(each) for differences in found for each in differences] == []


@pytest.mark.slow
@pytest.mark.engines
def test_nothing_to_repair() -> None:
    """The file of each kind of workbook passes the audit, so Excel has nothing to repair."""
    require("audit")
    for options in ({}, {"blind": True, "share": True, "core": True, "person_pay": "none"}):
        assert audit(family(**options).person("A").to_bytes()) == []
    for each in sample(person_books(), 1):
        assert audit(to_bytes(each.book)) == []


@pytest.mark.slow
def test_every_value_stands_in_its_cell() -> None:
    """Each value that Python computes stands in the cell of its row and column, and nowhere else."""
    for each in sample(person_books(), 4):
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
@steady(5)
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


def many_roles(number: int, target: str = "") -> Roster:
    """One person among roles of two paths and many ranks, with long names; the catalog lists the farthest first."""
    small = small_catalog()
    mine = small.roles[0].model_copy(update={"path": "product", "rank": 5, "next": ()})
    others = [
        Role(id=f"{path}-{n}", name=f"{path} {n} " + "x" * 60, path=path, rank=n, expected={"talks": 1})
        for n in reversed(range(1, number // 2 + 1))
        for path in ("people", "product")
    ]
    catalog = Catalog.model_validate(small.model_dump() | {"roles": (*others, mine)})
    return roster([person("1", target_role=target)], catalog=catalog)


def test_the_most_useful_roles_are_offered_first() -> None:
    """Career offers the roles of the same path first, the nearest in rank first, upwards before downwards."""
    book = person_book(many_roles(40).person("1").view)
    offered = [row["code"] for row in book.tables["roles"].rows]
    assert offered[:6] == ["pm", "product-5", "product-6", "product-4", "product-7", "product-3"]
    assert [code for code in offered if code.startswith("people")] == []
    assert len(offered) == 21
    few = person_book(many_roles(8).person("1").view)
    assert [row["code"] for row in few.tables["roles"].rows][-2:] == ["people-2", "people-1"]


def career_texts(roster: Roster) -> list[str]:
    """The texts that are written on the tab Career."""
    tab = openpyxl.load_workbook(BytesIO(roster.person("1").to_bytes()))["Career"]
    return [str(cell.value) for row in tab.iter_rows() for cell in row if cell.value is not None]


def test_roles_that_are_left_out_are_told() -> None:
    """Career says how many roles it offers of how many, where it leaves some out, and only there."""
    told = [text for text in career_texts(many_roles(40)) if "roles are offered" in text]
    assert told == ["21 of 41 roles are offered: the ones ahead of you, then the nearest in path and rank."]
    assert [text for text in career_texts(many_roles(8)) if "roles are offered" in text] == []


def test_no_role_is_chosen_for_a_person() -> None:
    """The chosen role is the one that a person aims at, or blank; a chosen one that is listed has no second row."""
    for target, shown in (("", ["Product manager"]), ("product-7", ["Product manager", "product 7 " + "x" * 60])):
        book = person_book(many_roles(40, target).person("1").view)
        assert book.named_cells["chosen_role"].value == (shown[1] if target else None)
        roles = Values(book).column("career", "role")
        assert [role for role in roles if role] == shown


def test_the_chosen_role_is_listed_worst_first() -> None:
    """What the chosen role expects is listed by gap; where none is chosen, a sentence says what to do, and no more."""
    ratings = [rating("A", "talks", 2), rating("A", "roadmap", 1), rating("A", "launch", 0)]
    listed = {}
    for target in ("lead", ""):
        made = roster([person("A", target_role=target)], answers=Answers(ratings=ratings))
        found = computed(made.person("A").book())
        rows = [(row["activity"], row["gap_there"]) for row in found["career_detail"].values()]
        listed[found["facts"][""]["chosen_name"]] = [row for row in rows if any(each is not None for each in row)]
    (name, rows), (hint, nothing) = listed.items()
    assert (name, hint[:25], nothing) == ("Lead", "Choose a role at the top:", [])
    assert rows == [("Roadmap", 3), ("Customer talks", 1), ("Pricing", None), ("Coaching", None)]


def test_a_long_role_name_has_room() -> None:
    """Nothing stands to the right of the chosen role, so that its name can be read in full."""
    tab = openpyxl.load_workbook(BytesIO(many_roles(40, "product-5").person("1").to_bytes()))["Career"]
    (row,) = (cell.row for row in tab.iter_rows() for cell in row if cell.value == "A role of your choice")
    assert [cell.value for cell in tab[row] if cell.value] == ["A role of your choice", "product 5 " + "x" * 60]
