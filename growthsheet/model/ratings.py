"""What people said in a review cycle: ratings, plan items, budget lines."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from growthsheet.model.budget import BudgetItem
from growthsheet.model.parts import Id, Key, Line, Part, Text

NOT_APPLICABLE: Literal["n/a"] = "n/a"
"""What stands for "not part of my job"; it is neither blank (not rated yet) nor 0 (not yet able)."""

RatingValue = int | Literal["n/a"] | None
"""A rating: a point of the scale, ``n/a``, or None where nothing was said."""


OPEN = frozenset(["open", "planned", "requested"])
"""The statuses of plan items and budget lines that move on into the next cycle, and the next fiscal year."""


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
    skill: RatingValue = None
    experience: RatingValue = None
    interest: RatingValue = None
    note: Text = ""
    evidence: Text = ""


class PlanItem(Part):
    """One thing that a person will do to grow in one activity; ``cycle`` is where it began, or was closed."""

    person: Key
    activity: Id
    id: Text = ""
    cycle: str = ""
    action: Text = ""
    measure: Text = ""
    due: date | None = None
    status: Literal["open", "done", "dropped"] = "open"
    helper: Text = ""


class Answers(Part):
    """Everything that came back, of any number of people and cycles."""

    cycles: tuple[Cycle, ...] = ()
    ratings: tuple[Rating, ...] = ()
    plan_items: tuple[PlanItem, ...] = ()
    budget_items: tuple[BudgetItem, ...] = Field(())
