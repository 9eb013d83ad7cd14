"""What a column of somebody's framework is for, by its header, in seven languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from growthsheet.sources.rosters.headers import field_of, header_words, without_brackets
from growthsheet.sources.tables.dates import months
from growthsheet.storage.shipped_words import framework_words, listed
from growthsheet.text.folding import folded


def key(header: str) -> str:
    """Return a header as it is looked up: its words without case, accents, signs and what stands in brackets.

    >>> key("Niveau attendu (0-4)")
    'niveau attendu'
    """
    return " ".join(header_words(without_brackets(header))) or " ".join(header_words(header))


def _keys(names: str) -> tuple[str, ...]:
    return tuple(map(key, listed(names)))


FIELDS: Mapping[str, tuple[str, ...]] = {field: _keys(names) for field, names in framework_words()["headers"].items()}
"""What a column is for, and the headers that say so, the surest first."""

_KNOWN = {name for names in FIELDS.values() for name in names}
_CODES, _BESIDE, _TOTALS, EXPECTED, ACTUAL = (
    frozenset(_keys(framework_words()[part])) for part in ("codes", "aside", "totals", "expected", "actual")
)


def known(header: str) -> bool:
    """Return whether a header says what its column is for."""
    return key(header) in _KNOWN


def is_aside(header: str) -> bool:
    """Return whether a header is one of a column that says nothing about roles, such as "Comments"."""
    return key(header) in _BESIDE or is_code(header) or is_total(header)


def is_total(name: str) -> bool:
    """Return whether a row or column of this name holds what was worked out of the others, such as an average."""
    return key(name) in _TOTALS


def is_code(header: str) -> bool:
    """Return whether a header is one of a column of ids, and does not say of what."""
    return key(header) in _CODES


def is_of_people(headers: Sequence[str]) -> bool:
    """Return whether headers are those of a table of people: with an id, a name or an address of each.

    >>> is_of_people(["ID", "Role", "FTE"]), is_of_people(["ID", "Skill", "Junior"])
    (True, False)
    """
    # Beside activities an id is theirs.
    of_activities = any(key(header) in FIELDS["activity"] for header in headers)
    fields = {field_of(header) for header in headers if not (of_activities and is_code(header))}
    return bool({"id", "name", "first_name", "last_name", "email", "start"} & fields)


_MONTHS = "|".join({name[:n] for names in months() for name in names for n in range(3, len(name) + 1)})
_TIME = re.compile(rf"(?:(?:fy|cy|gj|[qht][1-4]|kw ?\d\d?|{_MONTHS})[ /'-]*)?(?:19|20)\d\d|fy ?'?\d\d|q[1-4]|{_MONTHS}")


def is_of_times(headers: Sequence[str]) -> bool:
    """Return whether headers are years, quarters or months: below them stand levels over time, and not of roles.

    >>> is_of_times(["2024", "2025"]), is_of_times(["Q1 2026", "Q2"]), is_of_times(["May Lee", "2025"])
    (True, True, False)
    """
    return len(headers) > 1 and all(_TIME.fullmatch(folded(header).replace(".", "").strip()) for header in headers)


def columns_of(header: Sequence[str], mapping: Mapping[str, str]) -> dict[str, list[int]]:
    """Return the columns of each field, the surest first: the one that was named, else those whose headers say so."""
    keys = [key(name) for name in header]
    found: dict[str, list[int]] = {}
    for field, names in FIELDS.items():
        if field in mapping:
            there = [at for at, name in enumerate(header) if name.strip() == mapping[field]]
        else:
            taken = {header.index(column) for column in mapping.values() if column in header}
            there = [at for name in dict.fromkeys(names) if name in keys and (at := keys.index(name)) not in taken]
        if there:
            found[field] = sorted(there) if field == "area" else there
    return found


def headers_of(field: str, most: int = 8) -> str:
    """Return the first headers that are known for a field, as people write them."""
    return ", ".join(listed(framework_words()["headers"][field])[:most])
