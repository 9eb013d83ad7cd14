"""The language of a workbook: the translations of English texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from growthsheet.errors import Problem

Translate = Callable[[str], str]
"""A function that translates an English text into the language of the workbook."""

WRITTEN_FORMS = {
    "yyyy-mm-dd": re.compile(r"(?=.*yyyy)(?=.*mm)(?=.*dd)(?:(?:yyyy|mm|dd)[-./ ]{0,2}){3}"),
    "1,234.5%": re.compile("1([.,'\u2019\u066c \u00a0\u202f]?)234([.,\u066b])5([ \u00a0\u202f]?%)"),
}
"""The forms of dates and of numbers, which are messages in English, and what a translation of each looks like."""


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


def in_marks_of(translate: Translate, number: str) -> str:
    """Return a number that is written as in English with the marks of a language.

    >>> in_marks_of(str, "1,250.00"), in_marks_of({"1,234.5%": "1.234,5 %"}.__getitem__, "▲ +12.5%")
    ('1,250.00', '▲ +12,5 %')
    """
    form = WRITTEN_FORMS["1,234.5%"].fullmatch(translate("1,234.5%"))
    return number.translate(str.maketrans(dict(zip(",.%", form.groups(), strict=True)))) if form else number


def fill_in(text: str, **values: object) -> str:
    """Return a text with a value in place of each name in braces, such as ``{day}``.

    >>> fill_in("As of {day}; {unknown}", day="2026-03-01")
    'As of 2026-03-01; {unknown}'
    """
    return re.sub(r"\{(\w+)\}", lambda place: str(values.get(place[1], place[0])), text)
