"""What a catalog needs and other people's sources lack: ids, short names, scales."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from unicodedata import normalize

from growthsheet.model.columns import ANCHOR
from growthsheet.sources.catalogs.yaml12 import read_yaml
from growthsheet.storage.package_data import template_folder

LONGEST_ID, LONGEST_NAME = 56, 80

LADDERS: tuple[tuple[str, ...], ...] = (
    ("awareness", "working", "practitioner", "expert"),
    ("awareness", "foundational", "working knowledge", "practitioner", "expert"),
    ("basic", "intermediate", "advanced", "expert"),
    ("beginner", "intermediate", "advanced", "expert"),
    ("novice", "advanced beginner", "competent", "proficient", "expert"),
    ("low", "medium", "high"),
)
"""Words for levels, the lowest first, as published frameworks use them."""


class UniqueNames:
    """Ids and names made of texts, no two alike without regard to case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def id(self, text: str) -> str:
        """An id that reads like a text.

        >>> names = UniqueNames()
        >>> names.id("Données & tests"), names.id("donnees, tests"), names.id("山田")
        ('donnees-tests', 'donnees-tests-2', 'x-5f34cd83')
        """
        plain = normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_ID].rstrip("-")
        return self._own(slug or f"x-{sha256(text.encode()).hexdigest()[:8]}", "-{}")

    def short(self, text: str) -> str:
        """A text on one line, cut at a word where it is too long for a name."""
        line = " ".join(text.split())
        if len(line) > LONGEST_NAME:
            line = line[: LONGEST_NAME - 6].rpartition(" ")[0].rstrip(" ,;:.-") + "…"
        return self._own(line, " ({})")

    def _own(self, text: str, more: str) -> str:
        found, number = text, 1
        while found.casefold() in self._taken:
            number += 1
            found = text + more.format(number)
        self._taken.add(found.casefold())
        return found


def known_ladder(words: Iterable[str]) -> tuple[str, ...]:
    """The shortest known ladder that has all of some words, as they are written; () where none has.

    >>> known_ladder(["Expert", "Working"])
    ('Awareness', 'Working', 'Practitioner', 'Expert')
    """
    used = {" ".join(word.split()).casefold() for word in words}
    found = [steps for steps in LADDERS if used <= set(steps)]
    return tuple(step.capitalize() for step in min(found, key=len)) if found and used else ()


def scales_from_labels(labels: Sequence[str] = ()) -> list[Mapping[str, Any]]:
    """The usual scales; with labels, the lowest first, a skill scale of those above "Not yet"."""
    text = (template_folder() / "starter" / "catalog.yaml").read_text("utf-8")
    usual: Any = read_yaml(text, "starter").value
    skill, *others = usual["scales"]
    if labels:
        points = [{"value": n, "label": label} for n, label in enumerate(("Not yet", *labels))]
        skill = {"id": "skill", "name": "Skill", "points": points}
    return [skill, *others]


def thresholds(steps: int) -> dict[str, int]:
    """From which of so many levels above the lowest one counts as working, as covering, as the top."""
    return {"working": max(steps - 2, 0), "covered": max(steps - 1, 0), "top": steps}


def numbered(highest: int) -> list[str]:
    """Labels for levels that have numbers only."""
    return [f"{ANCHOR}{number}" for number in range(1, highest + 1)]
