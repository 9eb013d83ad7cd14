"""Texts that are no catalogs at all: files of other programs, and frameworks of a shape that is not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from growthsheet.errors import Problem
from growthsheet.model import Catalog
from growthsheet.sources.catalogs.document import Document
from growthsheet.storage.shipped_words import framework_words, listed
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import nearest, one_line

_LISTS = ("scales", "areas", "activities", "roles")


def foreign(document: Document) -> Iterator[tuple[str, Problem]]:
    """Yield the one problem of a document that is no catalog of growthsheet's; nothing for one that is meant to be."""
    value = document.value
    first = value[0] if isinstance(value, list) and value else value
    keys = [one_line(key, 30) for key in first] if isinstance(first, Mapping) else []
    # Misspelled fields are those of a catalog still.
    parts = [name for name in _LISTS if nearest(name, [key.lower() for key in keys], 0.8)]
    own = set(keys) <= set(Catalog.model_fields) and not set(keys) <= {"name", "version", "roles"}
    if not keys or (isinstance(value, Mapping) and (len(parts) > 1 or own)):
        return
    programs = framework_words()["programs"].items()
    program = next((name for name, fields in programs if set(listed(fields)) <= set(keys)), "")
    kind = f"a list of {plural(value, 'item')}" if isinstance(value, list) else "a text"
    found = f"{kind} with the fields {first_of(keys, 8)}" + (f": it looks like {program}" if program else "")
    fields = ", ".join(Catalog.model_fields)
    expected = f"a catalog, with {fields}; rows with a role, an activity and a level; or levels, themes, competencies"
    hint = "docs/frameworks.md shows which shapes are read, and how to turn others into a table"
    yield "", Problem("not-a-catalog", document.name, found, expected, hint)
