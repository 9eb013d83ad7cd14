"""The tabs and columns of a catalog as a workbook, for both writing and reading."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

CATALOG_TAB, SCALES_TAB, AREAS_TAB, ACTIVITIES_TAB, ROLES_TAB = "Catalog", "Scales", "Areas", "Activities", "Roles"
ROLE_OF, IMPORTANCE_OF, CORE_OF = "Role: ", "Importance: ", "Core: "
"""The beginnings of the headers of a role's columns on the tab Activities; its levels may have the bare id or name."""

SETTINGS: Mapping[str, str] = {
    "Id": "id",
    "Version": "version",
    "Name": "name",
    "Locale": "locale",
    "Source": "source",
    "Licence": "licence",
    "Experience is high from": "thresholds.experience_high",
    "Interest is high from": "thresholds.interest_high",
    "Working from": "thresholds.working",
    "Covered from": "thresholds.covered",
    "Top from": "thresholds.top",
}
"""The settings on the tab Catalog, and the field that each of them sets."""

CATALOG_COLUMNS: Mapping[str, Mapping[str, str]] = {
    CATALOG_TAB: {"Setting": "setting", "Value": "value"},
    SCALES_TAB: {
        "Scale": "id",
        "Name": "name",
        "Value": "value",
        "Label": "label",
        "What it means": "anchor",
        "Value before": "before",
    },
    AREAS_TAB: {"Area": "id", "Name": "name"},
    ACTIVITIES_TAB: {
        "Activity": "id",
        "Name": "name",
        "Area": "area",
        "Importance": "importance",
        "Description": "description",
        "Evidence": "evidence",
        "Resources": "resources",
        "Since": "since",
        "Retired in": "retired_in",
        "Replaces": "replaces",
    },
    ROLES_TAB: {"Role": "id", "Name": "name", "Path": "path", "Rank": "rank", "Next": "next", "Aliases": "aliases"},
}
"""The field of each header, by tab; the tab Activities also has columns for each role and each level."""

ANCHOR = "Level "
"""The beginning of the header of a level's column, as in "Level 2"."""

LIST_FIELDS = frozenset(["resources", "replaces", "next", "aliases"])
"""The fields that hold several texts, one on each line of the cell."""

NUMBER_FIELDS = frozenset(
    ["value", "before", "importance", "rank", *(name for name in SETTINGS.values() if "." in name)]
)
"""The fields that hold a number."""


def join_lines(entries: Iterable[str]) -> str:
    r"""Return several texts for one cell, one on each line; as a JSON list if lines could not be split again.

    >>> join_lines(["Product lead", "PM"]), join_lines(["two\nlines", ""])
    ('Product lead\nPM', '["two\\nlines", ""]')
    """
    texts = list(entries)
    plain = "\n".join(texts)
    return plain if split_lines(plain) == texts else json.dumps(texts, ensure_ascii=False)


def split_lines(cell: str) -> list[str]:
    """Return the texts in a cell: its lines without the blanks around them, or the entries of a JSON list."""
    if cell.startswith("["):
        try:
            found = json.loads(cell)
        except ValueError:
            found = None
        if isinstance(found, list) and all(isinstance(entry, str) for entry in found):
            return found
    return [line.strip() for line in cell.split("\n") if line.strip()]
