"""A catalog's own scales: their names, labels, ends and decimals reach headers, guide, lines, colours, reading back."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import Any

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.model import Catalog
from growthsheet.sheets.books import organization_book, team_book
from growthsheet.workbook.styles import COLOR_SCALES, colors_of, rules_of
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import family, person, rating, roster, small_catalog

NAMES = {"skill": "Können", "experience": "Erfahrung", "interest": "Lust"}
ENDS = {"skill": (1, 5), "experience": (1, 4), "interest": (1, 7)}


def own() -> Catalog:
    """The small catalog with scales of its own."""
    raw: dict[str, Any] = small_catalog().model_dump()
    raw["scales"] = [
        {"id": id, "name": NAMES[id], "points": [{"value": n, "label": f"{name[0]}{n}"} for n in range(low, high + 1)]}
        for (id, name), (low, high) in zip(NAMES.items(), ENDS.values(), strict=True)
    ]
    raw["thresholds"] = {"experience_high": 3, "interest_high": 5, "working": 3, "covered": 4, "top": 5}
    raw["activities"] = [{**each, "anchors": {}} for each in raw["activities"]]
    for role in raw["roles"]:
        role["expected"] = dict.fromkeys(role["expected"], 2.25)
    return Catalog.model_validate(raw)


def texts(data: bytes) -> dict[str, set[str]]:
    """The texts that stand on each tab, in cells and formulas."""
    book = openpyxl.load_workbook(BytesIO(data))
    return {tab.title: {str(c.value) for row in tab for c in row if isinstance(c.value, str)} for tab in book}


def made() -> gs.Roster:
    """A manager and one person, who has rated everything with the lowest point."""
    people = [person("M", "Mia Boss", "lead"), person("A", "Ana Ruiz", manager="M")]
    return roster(people, catalog=own()).with_answers(
        gs.Answers(ratings=[rating("A", each.id, 1, 1, 7) for each in own().activities])
    )


def test_names_and_labels_reach_the_tabs() -> None:
    """Headers are the scales' names, the lowest point is called by its label, and nothing says "not yet"."""
    found = texts(made().person("A").to_bytes())
    assert set(NAMES.values()) <= found["Assessment"]
    assert not {"Skill", "Experience", "Interest"} & found["Assessment"]
    assert set(NAMES.values()) <= found["Guide"]
    assert "Können / Lust" in found["Dashboard"]
    everything = "\n".join(text for tab in found.values() for text in tab)
    assert not {"Skill / interest", "Skill against interest: how many activities"} & found["Dashboard"]
    assert "1 K1: a rating." in everything
    assert "not yet (0)" not in everything


def test_a_workbook_with_own_headers_comes_back(tmp_path: Any) -> None:
    """What is typed below own headers is read, also where a program has dropped the defined names."""
    plan = made()
    plan.person("A").save(tmp_path / "ana.xlsx")
    book = openpyxl.load_workbook(tmp_path / "ana.xlsx")
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(tmp_path / "ana.xlsx")
    answers = gs.collect(tmp_path / "ana.xlsx", roster=plan).answers
    assert {(each.skill, each.experience, each.interest) for each in answers.ratings} == {(1, 1, 7)}


@pytest.mark.parametrize("ends", [(0, 3), (0, 4), (1, 5), (0, 7), (1, 2), (0, 10), (-2, 2)])
def test_colours_are_spread_over_the_scale(ends: tuple[int, int]) -> None:
    """The lowest point has the first shade, the highest the last, and no shade goes back on the way up."""
    fills = [rule.colors.fill for rule in COLOR_SCALES["interest"]]
    seen = [colors_of("interest", value, ends) for value in range(ends[0], ends[1] + 1)]
    places = [fills.index(paint.fill) for paint in seen if paint]
    assert (places[0], places[-1], places) == (0, len(fills) - 1, sorted(places))
    assert all(one.high == other.low for one, other in pairwise(rules_of("interest", ends)))


def test_usual_scales_look_as_they_did() -> None:
    """The usual scale keeps its rules, so that nothing changes where nobody has scales of their own."""
    assert rules_of("interest", (0, 3)) == COLOR_SCALES["interest"]
    assert family().team("M").to_bytes() == to_bytes(team_book(family().team("M").view))


def test_decimal_gaps_are_shown() -> None:
    """A sum of gaps of 1.25 is shown as it is."""
    tables = organization_book(made().organization().view).tables.values()
    assert {c.style for rows in tables for c in rows.table.columns if c.header == "Sum of gaps"} == {"level"}
