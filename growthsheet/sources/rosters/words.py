"""The words by which rosters are read, in all languages: templates/roster-words.yaml, read when they are needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from growthsheet.storage.package_data import template_folder
from growthsheet.text.folding import folded


@cache
def _file() -> Mapping[str, Any]:
    text = (template_folder() / "roster-words.yaml").read_text("utf-8")
    return dict(yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def listed(text: str) -> tuple[str, ...]:
    """Return the entries of a list that commas part."""
    return tuple(entry.strip() for entry in text.split(",") if entry.strip())


@cache
def column_names() -> Mapping[str, tuple[str, ...]]:
    """Return the names that columns of rosters have, by field, the likeliest first."""
    return {field: listed(names) for field, names in _file()["columns"].items()}


@cache
def words(subject: str) -> frozenset[str]:
    """Return the words of a subject, without case and accents.

    >>> "rentner" in words("left"), "full" in words("employed")
    (True, True)
    """
    return frozenset(map(folded, listed(_file()[subject])))


@cache
def pattern(subject: str) -> re.Pattern[str]:
    """Return the pattern that finds a word of a subject in a text, such as a header's words with spaces between.

    >>> bool(pattern("never").search("place of birth")), bool(pattern("totals").search("total pay of all"))
    (True, True)
    >>> bool(pattern("totals").search("the total")), bool(pattern("monthly").search("bruttomonatslohn"))
    (False, True)
    """
    found = sorted(map(re.escape, words(subject)))
    inside = "|".join(each.replace(r"\*", r"\w*") for each in found if each[0] != "=")
    whole = "|".join(each[1:].replace(r"\ \*", "(?: .*)?") for each in found if each[0] == "=")
    return re.compile("|".join([rf"\b(?:{inside})\b"] * bool(inside) + [f"^(?:{whole})$"] * bool(whole)))
