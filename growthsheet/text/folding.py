"""Texts as they are compared: without case, and without the accents that people leave out when they type."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

Thing = TypeVar("Thing")

_STROKES = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe"})
_FOLDED_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC")


def folded(text: str) -> str:
    """Return a text without case, invisible characters and the accents of Latin, Greek and Cyrillic letters.

    In other scripts a combining sign is a letter of its own, or makes another letter: it stays.

    >>> folded("Ruíz") == folded("RUIZ"), folded("Łukasz"), folded("मोना") == folded("मीना")
    (True, 'lukasz', False)
    """
    if text.isascii():
        return text.casefold()
    kept: list[str] = []
    accented = False
    for character in unicodedata.normalize("NFKD", text.casefold()):
        if not unicodedata.combining(character):
            if unicodedata.category(character) == "Cf":
                continue
            accented = unicodedata.name(character, "").startswith(_FOLDED_SCRIPTS)
        elif accented:
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_STROKES)


def without_case(text: str) -> str:
    """Return a text as labels are compared: without case, and with single spaces.

    >>> without_case(" Product  Manager"), without_case("Straße")
    ('product manager', 'strasse')
    """
    return " ".join(text.casefold().split())


def folded_words(text: str) -> list[str]:
    """Return the words of a text, folded; whatever is no letter, sign of a script or digit parts them.

    >>> folded_words("Ruíz,  Ana-María"), folded_words("मोना शर्मा")
    (['ruiz', 'ana', 'maria'], ['मोना', 'शर्मा'])
    """
    plain = folded(text)
    return "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in plain).split()


def by_text(things: Iterable[Thing], texts_of: Callable[[Thing], Iterable[str]]) -> dict[str, list[Thing]]:
    """Return things by each text that they may be called by, blank ones left out; a thing is there once under each.

    >>> by_text(["Ana Ruiz", "Bo Lee", "Ana Lee"], folded_words)["lee"]
    ['Bo Lee', 'Ana Lee']
    """
    found: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        for text in {*texts_of(thing)} - {""}:
            found[text].append(thing)
    return found
