"""What a workbook is told by when it comes back: the names of its columns and cells, and whose it is.

What is written here into a workbook is what a returned one is searched for; both sides take it from this module.
"""

from __future__ import annotations

from collections.abc import Mapping

from growthsheet.workbook.tables import KEY

IDENTITY_SHEET = "_growthsheet"
"""The hidden tab that says whose a workbook is: a name and a value in each row."""

PROPERTY = "growthsheet_"
"""The beginning of the custom document properties that say the same."""

FORMAT = "1"
"""The format of workbooks; it changes when older versions could not read what is written."""

NAMES = "gs_"
"""The beginning of all defined names."""

CELL_NAMES = f"{NAMES}cell_"
"""The beginning of the defined names of single cells."""

KEY_HEADER = "key"
"""The header of the hidden column of keys, which say what a row stands for: ``k:`` and an id."""

PEOPLE, VOTES = f"{KEY}people", f"{KEY}votes"
"""The keys of the hidden rows above a matrix: whom each column is about, and who says what stands in it."""

_IN_LINE = ("id", "cycle", "catalog", "catalog_version", "as_of")
_PARTS = {name: f"{' · ' if n else ''}{name.replace('_', ' ')}: " for n, name in enumerate(_IN_LINE)}
"""What the visible line says, and what stands before each."""


def column_name(table: str, column: str, number: int = 0) -> str:
    """The defined name of a column; those of a matrix that are called alike are numbered from 1."""
    return f"{NAMES}col_{table}_{column}" + (f"_{number}" if number else "")


def cell_name(name: str) -> str:
    """The defined name of a single cell."""
    return CELL_NAMES + name


def identity_line(identity: Mapping[str, str]) -> str:
    """The identity as one visible line."""
    return "".join(f"{before}{identity[name]}" for name, before in _PARTS.items())


def in_identity_line(text: str) -> dict[str, str]:
    """What a visible line says; nothing where it is none."""
    if not text.startswith(_PARTS["id"]):
        return {}
    found: list[str] = []
    for before in _PARTS.values():  # one after the other: a pattern would try all ways to part a hostile text
        value, there, text = text.partition(before)
        if not there:
            return {}
        found.append(value)
    return dict(zip(_PARTS, (*found[1:], text), strict=True))
