"""The explanations of the problem codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from growthsheet.sources.catalogs.yaml12 import read_yaml
from growthsheet.storage.package_data import template_folder

FILE = "problems.yaml"


@dataclass(frozen=True)
class Explanation:
    """The explanation of a problem code."""

    code: str
    about: str
    """The part of the product that it is about."""
    means: str
    why: str
    """The reason why it matters."""
    do: str
    """The action to take."""
    example: str
    """An input that has the problem."""

    def record(self) -> dict[str, str]:
        """Return the explanation as a plain dictionary, for ``--json``."""
        return asdict(self)


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return every problem code with its explanation, subject by subject.

    >>> explanations()["no-name"].do
    'Fill it in.'
    """
    text = (template_folder() / FILE).read_text("utf-8")
    subjects = cast(list[dict[str, Any]], read_yaml(text, FILE).value)
    return {
        code: Explanation(code, subject["about"], **{name: told.strip() for name, told in fields.items()})
        for subject in subjects
        for code, fields in subject["problems"].items()
    }


def by_subject() -> Mapping[str, tuple[Explanation, ...]]:
    """Return the explanations under each subject.

    >>> list(by_subject())[:2]
    ['Files of every kind', 'Catalogs']
    """
    return {about: tuple(found) for about, found in groupby(explanations().values(), attrgetter("about"))}
