"""Who the people are, and, apart from them, what they are paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from growthsheet.model.parts import Key, Line, Part, Text

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""An ISO 4217 code."""


class Person(Part):
    """A person on the roster. Pay is not here: see :class:`Pay`."""

    id: Key
    name: Line
    role: str
    target_role: str = ""
    manager: str = ""
    team: Text = ""
    email: Text = ""
    title: Text = ""
    start: date | None = None
    end: date | None = None
    fte: float = Field(1.0, gt=0, le=1.5)
    currency: str = ""
    locale: str = "en"
    """For your own use: it chooses nothing, for one build speaks one language."""

    @model_validator(mode="after")
    def _in_order(self) -> Person:
        if self.start and self.end and self.end < self.start:
            raise ValueError("ends before it starts")
        return self


class Basis(StrEnum):
    """What an amount of pay is meant to be."""

    ANNUAL = "annual"
    """What is really paid in a year, part-time already counted in."""
    ANNUAL_FTE = "annual_fte"
    """What a year at full time would pay; multiplied by the person's FTE."""
    MONTHLY = "monthly"
    """Twelve times a year."""
    HOURLY = "hourly"
    """Times the weekly hours, times 52."""


class Pay(Part):
    """What a person is paid from a day on. Kept apart so that code for people's files cannot be handed it."""

    person: Key
    amount: Decimal = Field(ge=0, le=Decimal(10) ** 12, allow_inf_nan=False, repr=False)
    currency: Currency
    basis: Basis
    hours: float = Field(40.0, gt=0, le=168)
    """Weekly hours, for :attr:`Basis.HOURLY` (the person's own, part-time already counted in)."""
    start: date | None = None
    """The first day of this pay; None where it always was."""

    def __repr__(self) -> str:
        return f"Pay(person={self.person!r}, currency={self.currency!r}, basis={self.basis.value!r})"

    __str__ = __repr__
