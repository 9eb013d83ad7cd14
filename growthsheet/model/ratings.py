"""What people say in a review cycle: ratings and plan items. Budget lines are in :mod:`growthsheet.model.budget`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from growthsheet.model.parts import Id, Key, Line, Part, Text

NOT_APPLICABLE: Literal["n/a"] = "n/a"
"""What stands for "not part of my job"; it is neither blank (not rated yet) nor 0 (not yet able)."""

RatingValue = int | Literal["n/a"] | None
"""A rating: a point of the scale, ``n/a``, or None where nothing was said."""


@dataclass(frozen=True)
class ScaleWords:
    """Marks a field of a rating as a scale: its column's header, what the cell asks, and its question on the Guide."""

    header: str
    prompt: str
    question: str


class Cycle(Part):
    """A review round; the date puts rounds in order."""

    id: Id
    label: Line
    date: date


class Source(StrEnum):
    """Who said it."""

    SELF = "self"
    MANAGER = "manager"
    AGREED = "agreed"


class Rating(Part):
    """What one source said in one cycle about one person in one activity."""

    cycle: Id
    person: Key
    activity: Id
    source: Source = Source.SELF
    skill: Annotated[
        RatingValue, ScaleWords("Skill", "How well can you do it?", "Skill: how well can you do it now?")
    ] = None
    experience: Annotated[
        RatingValue, ScaleWords("Experience", "How much experience?", "Experience: how much have you really done it?")
    ] = None
    interest: Annotated[
        RatingValue, ScaleWords("Interest", "How much interest?", "Interest: do you want to do more of it?")
    ] = None
    note: Text = ""
    evidence: Text = ""


class PlanItem(Part):
    """One thing that a person will do to grow in one activity; ``cycle`` is where it began, or was closed."""

    id: Text = ""
    person: Key
    activity: Id
    cycle: str = ""
    action: Text = ""
    measure: Text = ""
    helper: Text = ""
    due: date | None = None
    status: Literal["open", "done", "dropped"] = "open"
