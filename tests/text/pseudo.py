"""A language that nobody speaks: English with accents, a third longer, in brackets; a text that has none was missed."""

from __future__ import annotations

import re

from growthsheet.text.language import WRITTEN_FORMS, Language

_PLAIN = "aeiounscyzAEIOUNSCYZ"
_ACCENTED = "àéîöûñšçýžÀÉÎÖÛÑŠÇÝŽ"
_PAD = "ø"
_THERE, _BACK = str.maketrans(_PLAIN, _ACCENTED), str.maketrans(_ACCENTED, _PLAIN, _PAD)


def pseudo(text: str) -> str:
    """A text as it stands in a workbook in pseudo-language; what stands in braces stays.

    >>> pseudo("Skill matrix"), pseudo("{rated} of {all} rated"), pseudo("")
    ('«Škîllø màtrîxøø»', '«{rated} öf {all} ràtédøø»', '')
    >>> pseudo("{title}: {name}")  # no word
    '{title}: {name}'
    """
    if text in WRITTEN_FORMS:
        return text
    owed = 0.0

    def longer(word: re.Match[str]) -> str:
        nonlocal owed
        if word[0].startswith("{"):
            return word[0]
        owed += len(word[0]) / 3
        pad, owed = int(owed + 0.01), owed - int(owed + 0.01)
        return word[0].translate(_THERE) + _PAD * pad

    lines = re.sub(r"{[a-z_]+}|[A-Za-z]+", longer, text).split("\n")
    return "\n".join(f"«{line}»" if any(map(str.isalpha, re.sub("{.*?}", "", line))) else line for line in lines)


def english(text: str) -> str:
    """The English of a text that was said in pseudo-language, in whole or in part.

    >>> english(f"{pseudo('Plan')}: Zoë, {pseudo('Not yet')}")
    'Plan: Zoë, Not yet'
    """
    return re.sub("«([^»]*)»", lambda said: said[1].translate(_BACK), text)


def missed(text: str) -> str:
    """What of a text was not said in pseudo-language: the words outside of the brackets.

    >>> missed(f"{pseudo('Plan')}: Ωλγα 7")
    ''
    >>> missed("Plan: Ωλγα")
    'Plan'
    """
    return " ".join(re.findall("[A-Za-z]{2,}", re.sub("«[^»]*»", "", text)))


class Words(dict[str, str]):
    """Every English text in pseudo-language; ``get`` is how a language looks one up."""

    def get(self, text: str, default: object = None) -> str:  # type: ignore[override]
        """What is said for a text."""
        return pseudo(text)


PSEUDO = Language("qps", Words(all="all of them"))
