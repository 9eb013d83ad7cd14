"""Where a person is spoken of: by name in a text, by id in a workbook or in a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from growthsheet.errors import Problem
from growthsheet.sources.catalogs.document import told

if TYPE_CHECKING:
    from growthsheet.xlsx.reader.workbook import Area, Workbook

_OF_PEOPLE = ("gs_col_people_key", "gs_col_budgets_key", "gs_col_everybody_key")
"""The tables with a row a person; the keys of other rows are numbers, activities, roles."""
_PEOPLE = "k:people"
"""The key of the row that says whom the columns of the matrix are about."""


def named(names: Iterable[str], text: str) -> bool:
    """Whether one of the names stands in a text, as words of their own.

    >>> named(["Ana"], "Ask ana's team"), named(["Ana"], "Bananas"), named(["田中"], "田中さん")
    (True, False, True)
    """
    said = text.casefold()
    return any(_stands(name.casefold(), said) for name in names)


def _stands(name: str, text: str) -> bool:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        end += text.startswith("s", end)  # a genitive
        if not (_one_word(text[at - 1 : at], name) or _one_word(name[-1], text[end : end + 1])):
            return True
        at = text.find(name, at + 1)
    return False


def _one_word(before: str, after: str) -> bool:
    """Whether a word goes on between two texts; scripts without capitals may put no spaces between words."""
    return all(text and (text.isdigit() or text.upper() != text) for text in (before[-1:], after[:1]))


def speaks_of(book: Workbook, person: str, names: Iterable[str]) -> bool:
    """Whether a person stands in a workbook: by name, by id in a cell of its own, or as the key of a row of people."""
    areas = [book.names[name] for name in _OF_PEOPLE if name in book.names]
    key, others = f"k:{person}", {person, f"k:team:{person}"}
    for sheet in book.all_sheets():
        for row, column, text in sheet.texts():
            if text in others or named(names, text):
                return True
            if text == key and (
                not book.names  # a program has dropped them: better a workbook too many than one too few
                or any(_holds(area, sheet.name, row, column) for area in areas)
                or any(sheet.text(row, left) == _PEOPLE for left in range(1, column))
            ):
                return True
    return False


def _holds(area: Area, sheet: str, row: int, column: int) -> bool:
    return (area.sheet, area.left) == (sheet, column) and area.first <= row <= area.last


def tells_of(problem: Problem, person: str, names: Iterable[str], files: Iterable[str]) -> bool:
    """Whether a problem tells of a person or of one of their files."""
    text = f"{problem.place} {problem.said} {problem.hint}"
    at_the_end = f" ({person})" if problem.code == "nothing-came" else f" of {person}"
    by_id = problem.place.endswith(at_the_end) or (problem.code, problem.said) == ("unknown-person", told(person))
    return by_id or named(names, text) or any(file in text for file in files)
