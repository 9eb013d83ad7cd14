"""Workbooks in pseudo-language come back and say what English ones say, whether the language is told or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from growthsheet.model import Answers
from growthsheet.returns.collect import collect
from growthsheet.returns.collected import Collected
from growthsheet.returns.file_answers import read_answers
from growthsheet.returns.reference import Reference
from growthsheet.roster.roster import Roster
from growthsheet.sheets.forms import FORMS
from growthsheet.text.language import ENGLISH, Language
from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook
from tests.proof.engines import require
from tests.proof.sorting import libreoffice_edit
from tests.text.making import greeks
from tests.text.pseudo import PSEUDO, pseudo
from tests.xlsx.reader.hostile import edited

Edit = Callable[[bytes], bytes]


def nobody() -> Roster:
    """The people of the workbooks, before anybody said anything."""
    return replace(greeks(), answers=Answers())


def collected(folder: Path, language: Language, told: Language = ENGLISH, edit: Edit = bytes) -> Collected:
    """What comes back of three filled-in workbooks in a language, when collecting is told a language."""
    folder.mkdir()
    roster = greeks().with_options(language=language)
    for made in (roster.person("A"), roster.person("C"), roster.team("M")):
        folder.joinpath(f"{made.book().kind}-{made.book().identity['id']}.xlsx").write_bytes(edit(made.to_bytes()))
    return collect(folder, roster=nobody(), language=told)


def without_names(data: bytes) -> bytes:
    """A workbook that a program has stripped of its defined names."""
    return edited("xl/workbook.xml", "<definedNames>.*</definedNames>", "", data)


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    """What comes back in English."""
    found = collected(tmp_path_factory.mktemp("english") / "in", ENGLISH)
    assert found.answers.plan_items
    assert {line.status for line in found.answers.budget_items} >= {"approved", "spent", "planned", "rejected"}
    assert {rating.source for rating in found.answers.ratings} == {"self", "manager", "agreed"}
    return found


def same(found: Collected, wanted: Collected) -> bool:
    """Whether the same came back, with the same problems."""
    return (found.answers, [p.code for p in found.problems]) == (wanted.answers, [p.code for p in wanted.problems])


@pytest.mark.slow
def test_without_the_language(wanted: Collected, tmp_path: Path) -> None:
    """Nobody needs to say which language workbooks are in."""
    assert same(collected(tmp_path / "in", PSEUDO), wanted)


@pytest.mark.slow
def test_with_the_language(wanted: Collected, tmp_path: Path) -> None:
    """It does no harm to say it; and English workbooks are read whatever is said."""
    assert same(collected(tmp_path / "in", PSEUDO, PSEUDO), wanted)
    assert same(collected(tmp_path / "english", ENGLISH, PSEUDO), wanted)


@pytest.mark.slow
def test_without_names(wanted: Collected, tmp_path: Path) -> None:
    """Without defined names the tables are found by their headers, in the language that is said."""
    assert collected(tmp_path / "in", PSEUDO, PSEUDO, without_names).answers == wanted.answers


def test_the_language_is_written_down() -> None:
    """A workbook says which language it is in."""
    data = greeks().with_options(language=PSEUDO).person("A").to_bytes()
    assert read_returned_workbook(data, "a.xlsx", FORMS).identity["language"] == "qps"


def test_words_that_mean_nothing() -> None:
    """A workbook's words count for the codes that there are, and for no others."""
    data = greeks().with_options(language=PSEUDO).person("A").to_bytes()
    book, known = read_returned_workbook(data, "a", FORMS), Reference(nobody().catalog)
    assert [p.code for p in read_answers(book, "a", known).problems] == []
    strange = replace(book, words={**book.words, "item_statuses": {"gone": pseudo("Open")}})
    assert {p.code for p in read_answers(strange, "a", known).problems} == {"unknown-label"}


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice(wanted: Collected, tmp_path: Path) -> None:
    """After LibreOffice has saved them, workbooks in pseudo-language say the same."""
    require("libreoffice")
    assert same(collected(tmp_path / "in", PSEUDO, edit=lambda data: libreoffice_edit(data, [])), wanted)
