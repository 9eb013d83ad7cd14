"""The language of a workbook: the translations of English texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from growthsheet.errors import Problem

Translate = Callable[[str], str]
"""A function that translates an English text into the language of the workbook."""


@dataclass(frozen=True)
class Language:
    """A language with its translations; texts without a translation stay in English.

    >>> german = Language("de", {"Plan": "Vorhaben"})
    >>> german.translate("Plan"), german.translate("Career"), Language().translate("Plan")
    ('Vorhaben', 'Career', 'Plan')
    """

    code: str = "en"
    words: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[Problem, ...] = field(default=(), repr=False, compare=False)
    """Notes on the translation; see :func:`growthsheet.load_language`."""
    catalogs: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """The translated texts of catalogs, by the catalog's id."""
    folder: str | None = field(default=None, repr=False, compare=False)
    """The folder of the user's own translations, in which other languages are looked for, too."""

    @property
    def translate(self) -> Translate:
        """The function that translates an English text into this language; for English it is ``str``."""
        return self._said if self.words else str

    def _said(self, text: str) -> str:
        return self.words.get(text, text)


ENGLISH = Language()


def titled(translate: Translate, title: str, name: str) -> str:
    """Return a title with the name of what it is about, joined as the language does.

    >>> titled({"{title}: {name}": "{title} : {name}"}.__getitem__, "Bilan", "Ana")
    'Bilan : Ana'
    """
    return fill_in(translate("{title}: {name}"), title=title, name=name)


def fill_in(text: str, **values: object) -> str:
    """Return a text with a value in place of each name in braces, such as ``{day}``.

    >>> fill_in("As of {day}; {unknown}", day="2026-03-01")
    'As of 2026-03-01; {unknown}'
    """
    return re.sub(r"\{(\w+)\}", lambda place: str(values.get(place[1], place[0])), text)
