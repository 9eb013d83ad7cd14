"""The words by which other people's frameworks are recognised: the shipped file frameworks.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from growthsheet.sources.catalogs.yaml12 import read_yaml
from growthsheet.storage.package_data import template_folder


@cache
def framework_words() -> Any:
    """Return the file, part by part.

    >>> listed(framework_words()["ladders"]["gds"])
    ['awareness', 'working', 'practitioner', 'expert']
    """
    return read_yaml((template_folder() / "frameworks.yaml").read_text("utf-8"), "frameworks.yaml").value


def listed(text: str, mark: str = ",") -> list[str]:
    """Return the words between marks."""
    return [word.strip() for word in text.split(mark)]
