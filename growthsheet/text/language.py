"""The language of a workbook: for each English text, what is said in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from growthsheet.errors import Problem

Translate = Callable[[str], str]
"""Turns an English text into one of the workbook's language."""


@dataclass(frozen=True)
class Language:
    """A language, with its texts; what has none is said in English.

    >>> german = Language("de", {"Plan": "Vorhaben"})
    >>> german.translate("Plan"), german.translate("Career"), Language().translate("Plan")
    ('Vorhaben', 'Career', 'Plan')
    """

    code: str = "en"
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[Problem, ...] = field(default=(), repr=False, compare=False)
    """What is worth knowing of the translation; see :func:`growthsheet.load_language`."""

    @property
    def translate(self) -> Translate:
        """What spells an English text in this language; in English it costs nothing."""
        return self._said if self.words else str

    def _said(self, text: str) -> str:
        return self.words.get(text, text)


ENGLISH = Language()


def fill_in(text: str, **values: object) -> str:
    """A text with a value in each place such as ``{day}``.

    >>> fill_in("As of {day}; {unknown}", day="2026-03-01")
    'As of 2026-03-01; {unknown}'
    """
    return re.sub(r"\{(\w+)\}", lambda place: str(values.get(place[1], place[0])), text)
