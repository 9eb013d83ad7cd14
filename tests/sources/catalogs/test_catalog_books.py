"""Catalogs as workbooks: the same catalog on both sides, and every fault with its cell."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import growthsheet as gs
from growthsheet.model import Catalog
from growthsheet.model.columns import join_lines, split_lines
from growthsheet.sheets.books import catalog_book
from growthsheet.sources.catalogs.from_workbook import read_catalog_workbook
from growthsheet.storage.package_data import template_folder
from growthsheet.xlsx.reader.user_tables import UserTab, read_user_tabs
from growthsheet.xlsx.writer.write import to_bytes
from tests.proof.engines import require
from tests.proof.hands import Hands
from tests.proof.parts import cells
from tests.proof.sorting import libreoffice_edit
from tests.strategies import catalogs, steady

STARTER = read_user_tabs(to_bytes(catalog_book(gs.load_catalog(template_folder() / "starter" / "catalog.yaml"))), "it")
BUILT_IN = gs.load_catalog("product-management")

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t"), max_size=40)
LINES = TEXTS.map(str.strip).filter(bool)


@st.composite
def any_catalog(draw: st.DrawFn) -> Catalog:
    """A catalog in which every field may hold any text."""
    found = draw(catalogs())
    lists = st.lists(TEXTS, max_size=3).map(tuple)
    parts: dict[str, Any] = {
        "activities": tuple(
            activity.model_copy(
                update={
                    "description": draw(TEXTS),
                    "evidence": draw(TEXTS),
                    "resources": draw(lists),
                    "since": draw(st.sampled_from(["", "1.0", "=2"])),
                    "replaces": draw(st.sampled_from([(), ("old",), ("old", "older.1")])),
                }
            )
            for activity in found.activities
        ),
        "roles": tuple(
            role.model_copy(
                update={
                    "aliases": draw(st.lists(LINES, max_size=3).map(tuple)),
                    "core": tuple(draw(st.permutations(sorted(role.expected)))[:3]),
                }
            )
            for role in found.roles
        ),
        "version": draw(st.sampled_from(["1.0", "007", "v 2", "1e5", "=1"])),
        "source": draw(TEXTS),
        "licence": draw(TEXTS),
    }
    return Catalog.model_validate(found.model_copy(update=parts).model_dump())


@pytest.mark.slow
@steady(8)
@given(any_catalog(), st.sampled_from([".xlsx", ".yaml", ".json"]))
def test_every_format_gives_the_catalog_back(catalog: Catalog, suffix: str) -> None:
    """Catalog -> file -> catalog is the same catalog, and the same bytes the second time."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "catalog" + suffix)
        gs.save_catalog(catalog, path)
        assert gs.load_catalog(path) == catalog
        before = path.read_bytes()
        gs.save_catalog(gs.load_catalog(path), path)
        assert path.read_bytes() == before


@pytest.mark.slow
@given(st.lists(TEXTS | st.sampled_from(['["a"]', "[draft] text", "", " x "])))
def test_several_texts_in_one_cell(texts: list[str]) -> None:
    """Whatever the texts hold, a cell gives them back."""
    assert split_lines(join_lines(texts)) == texts


def test_what_people_type_into_a_list() -> None:
    """One entry a line; blanks and a bracket at the beginning do no harm."""
    assert split_lines(" Product lead \n\n[draft] lead\n") == ["Product lead", "[draft] lead"]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The built-in catalog as a workbook."""
    path = tmp_path / "our.xlsx"
    path.write_bytes(written())
    return path


@cache
def written() -> bytes:
    """The bytes of that workbook."""
    with TemporaryDirectory() as folder:
        return gs.save_catalog(BUILT_IN, Path(folder, "our.xlsx")).read_bytes()


def edited(path: Path, edits: dict[str, object]) -> Path:
    """The same workbook with some cells changed, as ``Tab!B7`` or ``Tab!Header 7``."""
    hands = Hands(path.read_bytes())
    for place, value in edits.items():
        tab, _, cell = place.partition("!")
        if " " in cell:
            header, _, row = cell.rpartition(" ")
            (letters,) = {re.sub(r"\d", "", c.ref) for c in cells(written()) if (c.sheet, c.value) == (tab, header)}
            cell = f"{letters}{row}"
        hands.cell(tab, cell).type(value)
    path.write_bytes(hands.save())
    return path


def column(tab: Any, header: str) -> str:
    """The letters of the column with a header."""
    return next(cell.column_letter for cell in tab[5] if cell.value == header)


def wrong(path: Path) -> list[str]:
    """The codes and places of everything that is wrong."""
    with pytest.raises(gs.InputError) as raised:
        gs.load_catalog(path, name="our.xlsx")
    return [f"{problem.place.removeprefix('our.xlsx, ')} [{problem.code}]" for problem in raised.value.problems]


@pytest.mark.slow
def test_every_fault_is_told_with_its_cell(book: Path) -> None:
    """An unknown area, a level off the scale, a bad id, a wrong path: all in one pass, each with tab, cell and name."""
    edits = {
        "Activities!D6": "nowhere",
        "Activities!technical-pm 7": 9,
        "Roles!D8": "sideways",
        "Activities!B9": "no blanks please",
    }
    assert wrong(edited(book, edits)) == [
        f"Activities!D6: activity '{BUILT_IN.activities[0].id}', area [unknown-area]",
        f"Activities!F7: role 'technical-pm', expected, {BUILT_IN.activities[1].id} [level-off-scale]",
        "Activities!B9: activity 'no blanks please', id [bad-id]",
        "Roles!D8: role 'product-marketing-manager', path [not-a-choice]",
    ]
    assert wrong(edited(gs.save_catalog(BUILT_IN, book), {"Scales!C7": "Ability"})) == ["Scales!C7 [several-names]"]


def test_roles_and_tabs_that_do_not_fit(book: Path) -> None:
    """A role nobody knows, an activity twice, one without an id, a missing tab: told with their cells, in one pass."""
    found = openpyxl.load_workbook(book)
    del found["Areas"]
    activities = found["Activities"]
    activities["F5"], activities["B8"], activities["B9"] = "Product boss", activities["B7"].value, None
    found.save(book)
    assert wrong(book) == [
        "our.xlsx [missing-tab]",
        "Activities!F5 [unknown-role]",
        f"Activities!B8: activity '{BUILT_IN.activities[1].id}', id [repeated-id]",
        "Activities!B9 [missing-field]",
    ]


@pytest.mark.slow
def test_a_header_that_is_gone_or_stands_twice(book: Path) -> None:
    """Without its header a tab cannot be read; with two of one name neither is believed."""
    assert "Roles [no-header]" in wrong(edited(book, {"Roles!B5": "What"}))
    assert "Areas!C5 [repeated-column]" in wrong(edited(book, {"Roles!B5": "Role", "Areas!C5": "Area"}))


@pytest.mark.slow
def test_rows_and_columns_may_be_added_and_moved(book: Path) -> None:
    """A new activity, a new role, rows in another order, a remark in a column of its own: read as they are meant."""
    found = openpyxl.load_workbook(book)
    last, activities = 5 + len(BUILT_IN.activities) + 3, found["Activities"]
    for letter, value in zip("BCDE", ("new-one", "A new one", found["Areas"]["B6"].value, 3), strict=True):
        activities[f"{letter}{last}"] = value
    activities["AZ5"], activities["AZ6"] = "Remark", "ask Bo"
    roles = found["Roles"]
    roles["B15"], roles["C15"], roles["D15"] = "chief", "Chief", "people"
    activities["AY5"], activities[f"AY{last}"] = "chief", 2.5
    found.save(book)
    catalog, notes = gs.read_catalog(book)
    assert catalog.role_by_id["chief"].expected == {"new-one": 2.5}
    assert (catalog.activity_by_id["new-one"].name, catalog.activity_by_id["new-one"].importance) == ("A new one", 3)
    assert catalog.activities[:-1] == BUILT_IN.activities
    assert [note.code for note in notes] == ["columns-not-read"]


@pytest.mark.slow
@steady(20)
@given(st.data())
def test_no_cell_is_too_strange(data: st.DataObject) -> None:
    """Whatever stands in the cells of a workbook, it is a catalog or an InputError."""
    tabs = [UserTab(tab.name, {row: dict(cells) for row, cells in tab.rows.items()}) for tab in STARTER]
    strange = st.sampled_from(
        [True, date(2020, 1, 1), "", " ", 1e300, -1, 2.5, '["a"]', "[", "Level x", "id", "x" * 600]
    )
    for _ in range(data.draw(st.integers(1, 4))):
        tab = data.draw(st.sampled_from(tabs))
        row = tab.rows[data.draw(st.sampled_from(sorted(tab.rows)))]
        row[data.draw(st.integers(1, 12))] = data.draw(strange)
    with suppress(gs.InputError):
        gs.load_catalog(read_catalog_workbook(tabs, "it").value)


@pytest.mark.slow
@pytest.mark.engines
def test_the_same_catalog_through_libreoffice(book: Path) -> None:
    """Saved by LibreOffice, also by way of .ods, it is the same catalog."""
    require("libreoffice")
    data = book.read_bytes()
    for edits in ([{"set": ["Roles", "Z40", "x"]}], [{"via_ods": True}]):
        book.write_bytes(libreoffice_edit(data, edits))
        assert gs.load_catalog(book) == BUILT_IN


@pytest.mark.slow
def test_drop_downs(book: Path) -> None:
    """Areas, importance, paths and levels are chosen from lists."""
    found = openpyxl.load_workbook(book)
    tabs = {name: found[name].data_validations.dataValidation for name in ("Activities", "Roles", "Scales")}
    assert {name: {each.type for each in rules} for name, rules in tabs.items()} == {name: {"list"} for name in tabs}
    assert {name: len(rules) for name, rules in tabs.items()} == {
        "Activities": 2 + 2 * len(BUILT_IN.roles),
        "Roles": 1,
        "Scales": 1,
    }
