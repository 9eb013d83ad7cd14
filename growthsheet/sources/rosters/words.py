"""The words by which rosters are read, in all languages: templates/roster-words.yaml, read when they are needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from growthsheet.storage.shipped_words import listed, shipped_words
from growthsheet.text.folding import folded

_WORDS = "roster-words.yaml"


@cache
def column_names() -> Mapping[str, tuple[str, ...]]:
    """Return the names that columns of rosters have, by field, the likeliest first."""
    return {field: tuple(listed(names)) for field, names in shipped_words(_WORDS)["columns"].items()}


@cache
def words(subject: str) -> frozenset[str]:
    """Return the words of a subject, without case and accents.

    >>> "rentner" in words("left"), "full" in words("employed")
    (True, True)
    """
    return frozenset(map(folded, listed(shipped_words(_WORDS)[subject])))


@cache
def language_names() -> Mapping[str, str]:
    """Return the codes of languages by what they are called, without case and accents.

    >>> language_names()["deutsch"], language_names()["aleman"]
    ('de', 'de')
    """
    return {folded(name): code for code, names in shipped_words(_WORDS)["languages"].items() for name in listed(names)}


@cache
def pattern(subject: str) -> re.Pattern[str]:
    """Return the pattern that finds a word of a subject in a text, such as a header's words with spaces between.

    >>> bool(pattern("never").search("place of birth")), bool(pattern("totals").search("total pay of all"))
    (True, True)
    >>> bool(pattern("totals").search("the sum")), bool(pattern("monthly").search("bruttomonatslohn"))
    (False, True)
    """
    return re.compile("|".join(map(_regex, sorted(words(subject)))))


def _regex(entry: str) -> str:
    """Return the regular expression of an entry; a star at an end needs none, for a search finds it anywhere."""
    if entry[0] == "=":
        return f"^{re.escape(entry[1:])}$".replace(r"\ \*", "(?: .*)?")
    before, after = ("" if entry[0] == "*" else r"\b"), ("" if entry[-1] == "*" else r"\b")
    return before + re.escape(entry.strip("*")) + after
