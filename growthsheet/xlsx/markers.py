"""The markers by which a returned workbook is recognised: names of its columns and cells, and its identity.

The writer puts them into each workbook, and the reader searches a returned one for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

IDENTITY_SHEET = "_growthsheet"
"""The hidden tab with the identity of a workbook: a name and a value in each row."""

PROPERTY = "growthsheet_"
"""The beginning of the custom document properties with the same identity."""

FORMAT = "1"
"""The format of workbooks; it changes when older versions of growthsheet could not read a new workbook."""

FIXED_DATE = datetime(2020, 1, 1, tzinfo=UTC)
"""The creation date of every workbook, fixed so that the same input gives the same bytes; nobody saved it since."""

NAMES = "gs_"
"""The beginning of all defined names."""

CELL_NAMES = f"{NAMES}cell_"
"""The beginning of the defined names of single cells."""

KEY_HEADER = "key"
"""The header of the hidden column of row keys: ``k:`` and an id."""

PREFILLED_MARK = "prefilled"
"""The name in the identity that says that the cells to type into were not empty."""

_IN_LINE = ("id", "cycle", "catalog", "catalog_version", "as_of")
_PARTS = {name: f"{' · ' if n else ''}{name.replace('_', ' ')}: " for n, name in enumerate(_IN_LINE)}
"""The values in the visible line by name, with the text before each."""


def column_name(table: str, column: str, number: int = 0) -> str:
    """Return the defined name of a column; columns of a matrix with the same name are numbered from 1."""
    return f"{NAMES}col_{table}_{column}" + (f"_{number}" if number else "")


def cell_name(name: str) -> str:
    """Return the defined name of a single cell."""
    return CELL_NAMES + name


def identity_line(identity: Mapping[str, str]) -> str:
    """Return the identity as one line of visible text."""
    return "".join(f"{before}{identity[name]}" for name, before in _PARTS.items())


def in_identity_line(text: str) -> dict[str, str]:
    """Return the identity in a line of text; empty if it is not such a line."""
    if not text.startswith(_PARTS["id"]):
        return {}
    found: list[str] = []
    for before in _PARTS.values():  # one after the other: a regular expression would try all splits of a hostile text
        value, there, text = text.partition(before)
        if not there:
            return {}
        found.append(value)
    return dict(zip(_PARTS, (*found[1:], text), strict=True))
