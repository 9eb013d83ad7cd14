"""A catalog in another language: its texts are replaced, its ids and levels stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from growthsheet.model.catalog import Catalog
from growthsheet.text.language import Language

_TEXTS = frozenset(["name", "label", "anchor", "anchors", "description", "evidence", "resources"])
"""The fields that people read; other names of roles stay, because rosters are matched by them."""


def catalog_texts(catalog: Catalog) -> tuple[str, ...]:
    """Return every text of a catalog that can be translated, each once, in the catalog's order."""
    texts: dict[str, str] = {}
    _spelled(catalog.model_dump(), lambda text: texts.setdefault(text, text))
    return tuple(texts)


def in_language(catalog: Catalog, language: Language) -> Catalog:
    """Return a catalog with its texts translated; those without a translation stay as they are.

    Raises
    ------
    InputError
        If two names are alike in the other language.
    """
    if not (words := language.catalogs.get(catalog.id)):
        return catalog
    values = _spelled(catalog.model_dump(), lambda text: words.get(text, text))
    return Catalog(**values | {"locale": language.code, "thresholds": catalog.thresholds})


def _spelled(value: Any, spell: Callable[[str], str], is_text: bool = False) -> Any:
    if isinstance(value, str):
        return spell(value) if is_text and value else value
    if isinstance(value, Mapping):
        return {key: _spelled(part, spell, key in _TEXTS or is_text) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(part, spell, is_text) for part in value]
    return value
