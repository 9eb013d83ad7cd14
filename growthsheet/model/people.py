"""The people, and, in separate objects, their pay."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from growthsheet.model.parts import NUMBER, Key, Line, Number, Part, Text


def _code(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise ValueError("is not a code of three capital letters, such as EUR")
    return text


Currency = Annotated[str, AfterValidator(_code)]
"""An ISO 4217 code."""


class Person(Part):
    """A person on the roster, without pay; see :class:`Pay`."""

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
    breaks: tuple[tuple[date, date], ...] = ()
    """The first and the last day of each time in between, when somebody had left before coming back."""
    fte: Number = Field(default=1.0, gt=0, le=1.5)
    currency: str = ""
    country: Text = ""
    """Where rates of the training budget depend on it."""
    kept: tuple[tuple[str, str], ...] = ()
    """The name and the text of each roster column that is kept."""
    locale: str = ""
    """The code of the language of the person's workbook, such as ``de``; the build's language where it is blank."""

    @model_validator(mode="after")
    def _in_order(self) -> Person:
        if self.start and self.end and self.end < self.start:
            raise ValueError("ends before it starts")
        return self


class Basis(StrEnum):
    """The meaning of an amount of pay."""

    ANNUAL = "annual"
    """The pay for a year, with part-time work already taken into account."""
    ANNUAL_FTE = "annual_fte"
    """The pay for a year at full time; it is multiplied by the person's FTE."""
    MONTHLY = "monthly"
    """The pay for a month, part-time already counted in; it is multiplied by 12."""
    MONTHLY_FTE = "monthly_fte"
    """The pay for a month at full time; it is multiplied by 12 and by the person's FTE."""
    HOURLY = "hourly"
    """The pay for an hour; it is multiplied by the weekly hours and by 52."""


if TYPE_CHECKING:  # pydantic makes the enum of the word
    BasisWord = Basis | Literal["annual", "annual_fte", "monthly", "monthly_fte", "hourly"]
else:
    BasisWord = Basis


class Pay(Part):
    """The pay of a person from a day on; a separate class, so that code for people's own files never receives it."""

    confidential: ClassVar[bool] = True
    person: Key
    amount: Annotated[Decimal, NUMBER] = Field(ge=0, le=Decimal(10) ** 12, allow_inf_nan=False, repr=False)
    currency: Currency
    basis: BasisWord
    hours: Number = Field(default=40.0, gt=0, le=168)
    """Weekly hours, for :attr:`Basis.HOURLY` (the person's own, with part-time work already taken into account)."""
    start: date | None = None
    """The first day of this pay; None if there was no other before."""
    fte: Number | None = Field(default=None, gt=0)
    """The share of full time while this pay lasts; None if it is the person's."""

    def __repr__(self) -> str:
        return f"Pay(person={self.person!r}, currency={self.currency!r}, basis={Basis(self.basis).value!r})"

    __str__ = __repr__
