"""A sample roster: invented people with ratings, plans and budgets; the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from growthsheet.batch.build import Books, build
from growthsheet.batch.report import Progress, Report
from growthsheet.errors import OutputError
from growthsheet.model import BudgetPolicy
from growthsheet.model.parts import Part
from growthsheet.roster.load import load_roster
from growthsheet.roster.roster import Roster
from growthsheet.sources.answers import load_answers
from growthsheet.storage.atomic import PathLike, fingerprint, make_folder, sha256, write_atomically
from growthsheet.storage.package_data import template_folder
from growthsheet.text.language import ENGLISH, Language

TYPED = {
    "cycles": ("label",),
    "ratings": ("note", "evidence"),
    "plan_items": ("action", "measure"),
    "budget_items": ("title",),
}
"""The answers with texts that people typed, and the names of these texts."""


@cache
def sample() -> Roster:
    """Return the sample roster, with its answers.

    >>> sample()
    <Roster of 12 people, 2 teams, cycle 2026-spring>
    >>> sample().person("Lena Fischer").gaps().records()[1]["expected"]
    3.0
    """
    answers = load_answers(template_folder() / "demo")
    cycle = max(answers.cycles, key=lambda cycle: cycle.date)
    policy = BudgetPolicy(carry_over=0.5)
    return load_roster(_roster_file(), cycle=cycle, as_of=cycle.date, policy=policy).with_answers(answers)


def typed_in(roster: Roster, language: Language) -> Roster:
    """Return the sample, or a roster with its answers, in a language: also what its people typed."""

    def told(part: Part, names: tuple[str, ...]) -> Part:
        texts = {name: text for name in names if (text := getattr(part, name))}
        return part.model_copy(update={name: language.translate(text) for name, text in texts.items()})

    answers = roster.answers
    answers = answers.model_copy(
        update={field: tuple(told(part, names) for part in getattr(answers, field)) for field, names in TYPED.items()}
    )
    cycle = next(cycle for cycle in answers.cycles if cycle.id == roster.cycle.id)
    return replace(roster, answers=answers, cycle=cycle).with_options(language=language)


def write(folder: PathLike, progress: Callable[[Progress], None] | None = None, language: Language = ENGLISH) -> Report:
    """Write the sample roster and its workbooks in a language: roster.csv, people/, teams/, organization.xlsx.

    Raises
    ------
    OutputError
        When the folder holds another roster.csv; it is left as it is.
    """
    path, data = Path(folder, "roster.csv"), _roster_file().read_bytes()
    found = fingerprint(path)
    if found not in ("", sha256(data)):
        raise OutputError(f"{path} exists and is not the sample; name another folder")
    if not found:
        make_folder(Path(folder))
        write_atomically(path, data)
    books: tuple[Books, ...] = ("people", "teams", "organization")
    return build(typed_in(sample(), language), Path(folder), books=books, progress=progress)


def _roster_file() -> Path:
    return template_folder() / "demo" / "roster.csv"
