"""The answers of a review cycle: ratings, plan items, what own columns ask. Budget lines: :mod:`.model.budget`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal

from growthsheet.model.parts import NUMBER, Id, Key, Line, Part, Text, Whole, init

NOT_APPLICABLE: Literal["n/a"] = "n/a"
"""The answer "not part of my job"; it is neither blank (not rated yet) nor 0 (not yet able)."""

RatingValue = Annotated[int | Literal["n/a"] | None, NUMBER]
"""A rating: a point of the scale, ``n/a``, or None for no answer."""


@dataclass(frozen=True)
class ScaleWords:
    """The texts about a field of a rating: header of its column, prompt of its cells, question on the tab Guide."""

    header: str
    prompt: str
    question: str


_Day = date | str


class Cycle(Part):
    """A review cycle; cycles are ordered by date."""

    id: Id
    label: Line
    date: date

    @init
    def __init__(self, *, id: str, date: _Day, label: str = "") -> None:
        """The label is the id, if there is no other."""
        super().__init__(id=id, label=label or id, date=date)


class RatedPoint(Part):
    """A point of a scale, as it was when ratings were collected: what their numbers mean."""

    scale: Id
    value: Whole
    label: Line


class Source(StrEnum):
    """The person or people who gave a rating: oneself, the manager, or both in agreement."""

    SELF = "self"
    MANAGER = "manager"
    AGREED = "agreed"


if TYPE_CHECKING:  # pydantic makes the enum of the word
    SourceWord = Source | Literal["self", "manager", "agreed"]
else:
    SourceWord = Source


class Rating(Part):
    """The rating of one person in one activity by one source in one cycle."""

    cycle: Id
    person: Key
    activity: Id
    source: SourceWord = Source.SELF
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


class OwnAnswer(Part):
    """What a person, or the person's manager, typed about an activity into a column of the organization's own."""

    cycle: Id
    person: Key
    activity: Id
    source: SourceWord = Source.SELF
    column: Id
    value: Text = ""

    @property
    def number(self) -> float | None:
        """Return the value as a number, if it is one."""
        try:
            return float(self.value)
        except ValueError:
            return None


class PlanItem(Part):
    """One action by which a person will grow in one activity; ``cycle`` is that in which it began or was closed."""

    id: Text = ""
    person: Key
    activity: Id
    cycle: str = ""
    action: Text = ""
    measure: Text = ""
    helper: Text = ""
    due: date | None = None
    status: Literal["open", "done", "dropped"] = "open"
