"""The explanations of the problem codes, for the command ``explain`` and a page of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from growthsheet.sources.catalogs.yaml12 import read_yaml
from growthsheet.storage.package_data import template_folder

FILE = "problems.yaml"
_INTRODUCTION = """\
# Problem codes

Every problem ends with its code in brackets, as in `[no-name]`. `growthsheet explain CODE` shows the same text.
A problem is an error, and nothing is done until it is put right, unless its text says that it is a note.
Amounts of pay are never repeated in a problem.
"""


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
    found = tuple(explanations().values())
    return {
        about: tuple(each for each in found if each.about == about) for about in dict.fromkeys(e.about for e in found)
    }


def problem_page() -> str:
    """Return all explanations as one page in Markdown."""
    lines = [_INTRODUCTION]
    for about, found in by_subject().items():
        lines.append(f"## {about}\n")
        for each in found:
            lines.append(f"### `{each.code}`\n\n{each.means}\n")
            lines.append(f"- Why it matters: {each.why}\n- What to do: {each.do}\n- For example:\n")
            lines.append("".join(f"        {line}\n" for line in each.example.splitlines()))
    return "\n".join(lines)


def write_page(path: Path) -> None:
    """Write the page; a test fails when docs/problems.md is out of date."""
    path.write_text(problem_page(), "utf-8", newline="\n")
