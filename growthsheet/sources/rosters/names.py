"""Names of people: made of their parts, compared, and parted from what is remarked beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import category

from growthsheet.sources.tables.columns import FieldColumns
from growthsheet.text.counts import plural
from growthsheet.text.folding import folded_words
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_REMARK = r"(?P<remark>[^()\[\]{}*]+)"
_REMARKS = [
    re.compile(rf"(?P<name>.*\S)\s*[(\[{{*]{_REMARK}[)\]}}*]"),
    re.compile(rf"[(\[{{*]{_REMARK}[)\]}}*]\s*(?P<name>\S.*)"),
    re.compile(rf"(?P<name>.*\S)\s+[-\u2013\u2014|:/]\s*{_REMARK}"),
    re.compile(rf"{_REMARK}\s*[-\u2013\u2014|:]\s+(?P<name>\S.*)"),
    re.compile(r"(?P<remark>[^\W_]+)_+(?P<name>\S.*)"),
]
"""Where a remark may stand beside a name."""
_SIGNS = "\u2020\u2021~*#^?!\u00a7\u2022|/:;_\u00b9\u00b2\u00b3"
"""Signs before or after a name that a legend somewhere else explains; so does any symbol, such as a cross or a star."""
LONGEST_NAME = 200
"""The most characters of a name in which a remark is looked for: in thousands it takes minutes."""
NAME_PARTS = ("first_name", "name_prefix", "last_name", "second_surname", "preferred_name", "name")


def name_key(name: str) -> str:
    """Return a name as it is compared: 'Doe, Jane' is 'Jane Doe'; case, spaces and folded accents do not count.

    >>> name_key("Ruíz,  Ana") == name_key("ana ruiz"), name_key("मोना शर्मा") == name_key("मीना शर्मा")
    (True, False)
    """
    return " ".join(folded_words(turned_name(name)))


def turned_name(name: str) -> str:
    """Return a name with the first name first, where a comma says that it stands last."""
    last, comma, first = name.partition(",")
    return f"{first} {last}" if comma else name


def has_letter(text: str) -> bool:
    """Return whether a text can be somebody's name: it has a letter, and is no truth value."""
    return any(map(str.isalpha, text)) and text.casefold() not in ("true", "false")


def with_remarks(name: str) -> Iterator[tuple[str, str]]:
    """Yield the ways in which a text can be a name and a remark.

    >>> list(with_remarks("Maya Lind (M1)")), list(with_remarks("~Maya Lind~"))
    ([('Maya Lind', 'M1')], [('Maya Lind', '~')])
    """
    if name.replace(" ", "").isalpha():
        return
    for place in _REMARKS if len(name) <= LONGEST_NAME else ():
        if found := place.fullmatch(name):
            yield found["name"].strip(), found["remark"].strip()
    signs = {c for c in name if c in _SIGNS or category(c) == "So"}
    if signs and (bare := name.strip("".join(signs) + " ")) and bare != name.strip():
        yield bare, "".join(dict.fromkeys(c for c in name.replace(bare, "", 1) if c in signs))


def full_names(
    texts: Mapping[str, list[str]], columns: FieldColumns, findings: ProblemList
) -> list[tuple[str, tuple[str, ...]]]:
    """Return full names, from one column or from several, each with the other names by which a manager may be told.

    Beside a column of first names, a column "Name" may hold full names or, as German and Dutch systems have it,
    surnames: it holds surnames when no cell repeats the first name.
    """
    first, prefix, last, second, preferred, full = (texts[part] for part in NAME_PARTS)
    if "name" in columns and "first_name" in columns and "last_name" not in columns:
        keys = [(name_key(f).split(), name_key(n).split()) for f, n in zip(first, full, strict=True) if f]
        if not any(set(given) <= set(whole) for given, whole in keys):
            found = f"{quote(columns['name'].name)} is read as surnames, because it is beside first names"
            findings.note("surnames", columns["name"].place, found)
            last, full = full, last
    _ask_surnames(columns, first, last, full, findings)
    names = [_name(*parts) for parts in zip(first, prefix, last, second, preferred, full, strict=True)]
    if shown := [row for row, (name, others) in enumerate(names) if preferred[row] and others[:1] != (name,)]:
        column = columns["preferred_name"]
        found = f"it says what to call {plural(shown, 'person')}, first in row {column.rows[shown[0]]}"
        findings.note("preferred-names", column.place, found, f'say --ignore "{one_line(column.name)}" not to use it')
    return names


def _name(first: str, prefix: str, last: str, second: str, preferred: str, full: str) -> tuple[str, tuple[str, ...]]:
    """Return somebody's name, and the name on paper and shorter ones, by which they may be called elsewhere."""
    if not (prefix or second or preferred):
        legal = full or f"{first} {last}".strip()
        return legal, (legal,)
    words = name_key(last).split()
    begins, ends = name_key(prefix).split(), name_key(second).split()
    before = "" if len(words) > len(begins) and words[: len(begins)] == begins else prefix
    after = "" if len(words) > len(ends) and words[-len(ends) :] == ends else second
    surname = " ".join(filter(None, (before, last, after)))
    legal = full or f"{first or preferred} {surname}".strip()
    family, comma, _ = full.partition(",")
    rest = (family if comma else full.partition(" ")[2]) if full else surname
    called = f"{preferred} {rest}".strip() if preferred and rest else ""
    if whole := bool(set(name_key(preferred).split()) & set(name_key(rest).split())):
        called = preferred
    shown = called if called and (whole or not full) else legal
    others = (legal, called, f"{first} {last}" if first and last else "", f"{first} {surname}" if first else "")
    return shown, tuple(dict.fromkeys(each.strip() for each in others if each))


def _ask_surnames(
    columns: FieldColumns, first: Sequence[str], last: Sequence[str], full: Sequence[str], findings: ProblemList
) -> None:
    """Ask about people who have a first name only: their surname may stand in a column that is not read."""
    alone = [row for row, (f, s, n) in enumerate(zip(first, last, full, strict=True)) if f and not (s or n)]
    if alone:
        found = f"{plural(alone, 'person')} with a first name only, first in row {columns['first_name'].rows[alone[0]]}"
        hint = 'name the column of surnames with --map last_name="...", or say --accept no-surname'
        findings.ask("no-surname", columns["first_name"].place, found, "a surname", hint)
