"""Words that ship as data: those by which other people's frameworks are recognised, and those of problems."""

from __future__ import annotations

from functools import cache
from typing import Any

from growthsheet.sources.catalogs.yaml12 import read_yaml
from growthsheet.storage.package_data import template_folder


@cache
def shipped_words(name: str) -> Any:
    """Return what a shipped YAML file holds, every value as text."""
    return read_yaml((template_folder() / name).read_text("utf-8"), name).value


def framework_words() -> Any:
    """Return the words by which frameworks are recognised, part by part.

    >>> listed(framework_words()["ladders"]["gds"])
    ['awareness', 'working', 'practitioner', 'expert']
    """
    return shipped_words("frameworks.yaml")


def listed(text: str, mark: str = ",") -> list[str]:
    """Return the words between marks."""
    return [word.strip() for word in text.split(mark)]
