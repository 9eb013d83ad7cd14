"""The languages that a roster says people read: codes such as ``de-CH``, or names such as ``German (Switzerland)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from growthsheet.sources.rosters.words import language_names
from growthsheet.sources.tables.columns import TableColumn, in_rows, quoted
from growthsheet.text.counts import plural
from growthsheet.text.folding import folded_words
from growthsheet.text.problem_list import ProblemList

_CODE = re.compile(r"([A-Za-z]{2})(?:[_-]([A-Za-z]{2}))?(?:[ .(].*)?")


@cache
def locale_of(text: str) -> str | None:
    """Return the code of a language, blank if nothing is said, None if the text names no language.

    >>> locale_of("de-CH"), locale_of("EN"), locale_of("French (Canada)"), locale_of("Deutsch"), locale_of("")
    ('de_CH', 'en', 'fr', 'de', '')
    >>> locale_of("fluent"), locale_of("German, English")
    (None, None)
    """
    if not text.strip(" -"):
        return ""
    if found := _CODE.fullmatch(text.strip()):
        return found[1].lower() + (f"_{found[2].upper()}" if found[2] else "")
    named = [language_names().get(word) for word in folded_words(text)]
    return named[0] if named and set(named[1:]) <= {None} else None


def read_locales(column: TableColumn, texts: Sequence[str], findings: ProblemList) -> list[str]:
    """Return each person's language; a note tells of texts that name none, whose people get the build's language."""
    found = [locale_of(text) for text in texts]
    if unknown := [index for index, code in enumerate(found) if code is None]:
        told = in_rows((quoted(texts[index]), column.rows[index]) for index in unknown)
        hint = "these people get the language of the build; write a code such as de or fr, or leave it blank"
        findings.note("unknown-language", column.place, f"{plural(unknown, 'cell')}: {told}", hint)
    return [code or "" for code in found]
