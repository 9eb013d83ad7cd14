"""Word lists that ship as data, by which files of many languages and programs are recognised."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from growthsheet.storage.package_data import template_folder


@cache
def shipped_words(name: str) -> Any:
    """Return what a shipped YAML file holds, every value as text."""
    text = (template_folder() / name).read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def framework_words() -> Any:
    """Return the words by which frameworks are recognised, part by part.

    >>> listed(framework_words()["ladders"]["gds"])
    ['awareness', 'working', 'practitioner', 'expert']
    """
    return shipped_words("frameworks.yaml")


def listed(text: str, mark: str = ",") -> list[str]:
    """Return the words between marks."""
    return [word.strip() for word in text.split(mark) if word.strip()]
