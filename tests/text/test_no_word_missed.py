"""Every workbook in pseudo-language: no word is missed, and nothing but words differs."""

from __future__ import annotations

from functools import cache

import pytest

from growthsheet.text.language import Language
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import computed, prove, unlike
from tests.text.making import KINDS, books, greeks
from tests.text.pseudo import PSEUDO, Words, english, missed
from tests.text.showing import texts

BOOKS = pytest.mark.parametrize("name", KINDS)
WITH_WORDS = (
    *("person, returning", "person, shared", "person without pay", "team, returning", "team, allowance"),
    *("team, pooled", "organization", "organization, empty"),
)
"""Those that hold every formula in which a word stands."""


@cache
def in_english() -> dict[str, Book]:
    """Every kind of workbook in English."""
    return books()


@cache
def in_pseudo() -> dict[str, Book]:
    """Every kind of workbook in pseudo-language."""
    return books(PSEUDO)


@cache
def written(name: str) -> bytes:
    """The bytes of a workbook in pseudo-language."""
    return to_bytes(in_pseudo()[name])


FREE = ("USD", "id: ")
"""What is no word: a code of a currency, and the line of codes that tells whose workbook it is."""


class Deaf(Words):
    """Pseudo-language that lacks one word."""

    def __init__(self, lacking: str) -> None:
        super().__init__(lacking=lacking)

    def get(self, text: str, default: object = None) -> str:  # type: ignore[override]
        """What is said for a text."""
        return text if text == self["lacking"] else super().get(text)


def left(data: bytes) -> dict[str, str]:
    """The texts of a workbook that are not said in pseudo-language, by their places."""
    return {place: text for place, text in texts(data) if missed(text) and not text.startswith(FREE)}


@pytest.mark.slow
@BOOKS
def test_no_word_is_missed(name: str) -> None:
    """Every word that a workbook shows is said in its language."""
    assert left(written(name)) == {}


@pytest.mark.slow
@pytest.mark.parametrize("word", ["Plan", "Gap", "Spent", "Reached", "Not in the list", "Not on the scale"])
def test_a_missed_word_is_found(word: str) -> None:
    """A word that is not said is told: a tab, a header, a choice, a label in a chart, a message, text in a formula."""
    deaf = Language("qps", Deaf(word))
    assert any(word in text for text in left(greeks().with_options(language=deaf).person("B").to_bytes()).values())


@pytest.mark.slow
@BOOKS
def test_the_same_is_said(name: str) -> None:
    """Each text is what the English workbook has in its place."""
    said, wanted = dict(texts(written(name))), dict(texts(to_bytes(in_english()[name])))
    assert said.keys() == wanted.keys()
    assert {place: text for place, text in said.items() if english(text) != wanted[place]} == {}


@BOOKS
def test_the_same_is_computed(name: str) -> None:
    """Numbers and codes are the same in every language; only words differ, and they say the same."""
    said = {
        table: {key: {c: english(v) if type(v) is str else v for c, v in row.items()} for key, row in rows.items()}
        for table, rows in computed(in_pseudo()[name]).items()
    }
    assert unlike(computed(in_english()[name]), said) == []


@pytest.mark.slow
@pytest.mark.engines
@pytest.mark.parametrize("name", WITH_WORDS)
def test_engines_agree(name: str) -> None:
    """Two engines find what Python wrote into the cells of a workbook in another language."""
    prove(written(name))
