"""The languages that come with growthsheet are complete, fit, and are read back."""

from __future__ import annotations

import re
from datetime import date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from html import unescape
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import growthsheet as gs
from growthsheet.measures.team import bar_label
from growthsheet.model.answers import scales
from growthsheet.model.translated import catalog_texts, in_language
from growthsheet.sources.catalogs.load import builtin_names
from growthsheet.sources.translations.gettext_files import template
from growthsheet.sources.translations.load import load_language, shipped_languages
from growthsheet.tasks.letters import agendas, write_invitations
from growthsheet.workbook.blocks import Heading
from tests.filling import fill
from tests.making import prove
from tests.proof.engines import audit, require
from tests.sheets.test_looks import headers_fit

HOW_MANY = "Skill against interest: how many activities"

SHIPPED = [code for code in shipped_languages() if code != "en"]


def roster(code: str) -> gs.Roster:
    """Two people of the built-in catalog, who read a language."""
    rows = [
        {
            "id": "1",
            "name": "Ana Ruiz",
            "title": "Group Product Manager",
            "email": "ana@example.com",
            "manager": "",
            "locale": code,
            "salary": 9000,
        },
        {
            "id": "2",
            "name": "Bo Ek",
            "title": "Product Manager",
            "email": "bo@example.com",
            "manager": "1",
            "locale": code,
            "salary": 80000,
        },
    ]
    return gs.load_roster(rows, basis="annual", currency="EUR", as_of=date(2026, 3, 1))


def test_which_ship() -> None:
    """German, French and Spanish come along."""
    assert {"de", "fr", "es"} <= set(SHIPPED)


@pytest.mark.parametrize("code", SHIPPED)
def test_complete(code: str) -> None:
    """Each message and each text of the built-in catalogs is there, and no other; loading tells nothing."""
    language = load_language(code)
    assert (language.code, language.notes) == (code, ())
    assert language.words.keys() == {message.text for message in template()}
    for name in builtin_names():
        catalog = gs.load_catalog(name)
        assert language.catalogs[catalog.id].keys() == set(catalog_texts(catalog))
        there = in_language(catalog, language)
        assert there.locale == code
        assert len({activity.name for activity in there.activities}) == len(catalog.activities)


@pytest.mark.parametrize(("code", "label"), [("de", "Ana: keine Antwort"), ("fr", "Ana\xa0: sans réponse")])
def test_signs_stay_with_their_words(code: str, label: str) -> None:
    """A percent sign is never alone on the next line; a name and what follows it are joined as the language does."""
    language = load_language(code)
    assert [text for text in language.words.values() if " %" in text] == []
    assert bar_label.function("Ana", 0, None, _translate=language.translate) == label


@pytest.mark.parametrize("code", SHIPPED)
def test_translated_names_of_scales_are_the_usual_ones(code: str) -> None:
    """A translated catalog calls its scales as usual, so that the guide asks the questions of each."""
    book, said = roster(code).person("2").book(), load_language(code).translate
    headers = {column.header for rows in book.tables.values() for column in rows.table.columns}
    assert {said(words.question) for words in scales().values()} <= headers
    assert [block for sheet in book.sheets for block in sheet.blocks if block == Heading(said(HOW_MANY))]


@pytest.mark.slow
@pytest.mark.parametrize("code", SHIPPED)
def test_made_and_read_back(code: str, tmp_path: Path) -> None:
    """A person's, a team's and the organization's headers fit; a filled workbook is collected as any other."""
    people = roster(code)
    books = people.person("2").book(), people.team("1").book(), people.with_options(language=code).organization().book()
    for book in books:
        assert book.identity["language"] == code
        headers_fit(book)
    made = people.person("2").save(tmp_path / "bo.xlsx")
    name = in_language(people.catalog, load_language(code)).activity_by_id["pricing"].name
    typed = {"activity": name, "due": WRITTEN[code][0].replace("yyyy", "2026").replace("mm", "12").replace("dd", "31")}
    fill(made, {("assessment", "pricing", "skill"): 2} | {("items", "1", key): text for key, text in typed.items()})
    of_team = people.team("1").save(tmp_path / "team.xlsx")
    fill(of_team, {("lines", "new-1", "title"): "x", ("lines", "new-1", "activity"): name})
    collected = gs.collect(tmp_path, roster=people)
    answers = collected.answers
    assert [(each.activity, each.skill) for each in answers.ratings] == [("pricing", 2)]
    assert [each.activity for each in (*answers.plan_items, *answers.budget_items)] == ["pricing", "pricing"]
    assert [each.due for each in answers.plan_items] == [LAST]
    assert not [problem for problem in collected.problems if problem.severity == "error"]


WRITTEN = {
    "en": ("yyyy-mm-dd", "EUR 2,400.00", "3.0%", "0%"),
    "de": ("dd.mm.yyyy", "EUR 2.400,00", "3,0\xa0%", '0"\xa0"%'),
    "fr": ("dd/mm/yyyy", "EUR 2\u202f400,00", "3,0\xa0%", '0"\xa0"%'),
    "es": ("dd/mm/yyyy", "EUR 2.400,00", "3,0\xa0%", '0"\xa0"%'),
}
"""How languages write a date, an amount and a rate; and the number format of a rate."""

BEFORE, LAST = date(2025, 11, 30), date(2026, 12, 31)


@pytest.mark.parametrize("code", shipped_languages())
def test_dates_and_numbers_are_in_the_form_of_the_reader(code: str, tmp_path: Path) -> None:
    """Cells, sentences, pages, agendas and letters of a language write dates, amounts and percentages in one way."""
    dates, amount, rate, percent = WRITTEN[code]
    last, today, first, before = (
        dates.replace("yyyy", f"{day.year}").replace("mm", f"{day:%m}").replace("dd", f"{day:%d}")
        for day in (LAST, date(2026, 3, 1), date(2026, 1, 1), BEFORE)
    )
    people = roster(code)
    item = gs.PlanItem(id="1", person="2", activity="pricing", action="Read", due=LAST)
    cycles = (gs.Cycle(id="before", date=BEFORE), people.cycle)
    expected = people.catalog.role_by_id["product-manager"].expected
    ratings = [
        gs.Rating(cycle=cycle.id, person="2", activity=activity, source="self", skill=2)
        for cycle in cycles
        for activity in expected
    ]
    people = people.with_answers(gs.Answers(cycles=cycles, ratings=ratings, plan_items=(item,)))
    plan, team = people.person("2"), people.team("1")
    write_invitations(people, tmp_path, deadline=LAST)
    letter = message_from_bytes((tmp_path / "invitations" / "Bo-Ek-2.eml").read_bytes(), policy=SMTP)
    assert isinstance(letter, EmailMessage)
    book = openpyxl.load_workbook(BytesIO(plan.to_bytes()))
    cells = [cell for sheet in book if sheet.sheet_state == "visible" for row in sheet for cell in row]
    said = {
        "cells": "\n".join(str(cell.value) for cell in cells if cell.data_type in "fs"),
        "plan": unescape(plan.to_html()),
        "team": unescape(team.to_html()),
        "agenda": agendas(people)["2"],
        "letter": letter.get_content(),
    }
    found = {
        name: {*re.findall(r"\d{4}-\d\d-\d\d|\d\d[./]\d\d[./]\d{4}", re.sub("id: .*", "", text))}
        for name, text in said.items()
    }
    assert found == {
        "cells": {first, last, before},
        "plan": {first, last, before},
        "team": {today, first, last},
        "agenda": {today, last},
        "letter": {last},
    }
    assert (f">{amount}<" in said["plan"], f">{amount}<" in said["team"], f">{rate}<" in said["team"]) == (True,) * 3
    in_charts = re.findall("<text[^>]*>([^<]*%)", said["plan"])
    assert {text.lstrip("0123456789") for text in in_charts} == {rate.lstrip("0123456789.,")}
    assert {cell.number_format for cell in cells if cell.value == datetime(2026, 12, 31)} == {dates}
    assert {cell.number_format for cell in cells if "%" in cell.number_format} == {
        percent,
        f"{percent};-{percent};{percent}",
    }


@pytest.mark.engines
@pytest.mark.parametrize("code", SHIPPED)
def test_nothing_to_repair(code: str) -> None:
    """Excel has nothing to repair in a translated workbook, and other engines calculate the same."""
    data = roster(code).person("2").to_bytes()
    require("audit")
    assert audit(data) == []
    prove(data)
