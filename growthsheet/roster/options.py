"""The options for making a roster's workbooks, and the protocol of objects that hold answers."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from pydantic import StrictBool, model_validator

from growthsheet.model import Answers
from growthsheet.model.parts import Part
from growthsheet.text.language import ENGLISH, Language
from growthsheet.views.returned import ReturnedBy
from growthsheet.views.team import TeamPay
from growthsheet.workbook.extra_columns import ExtraColumn
from growthsheet.workbook.extra_sheets import ExtraSheet
from growthsheet.workbook.theme import THEME, Theme


@runtime_checkable
class HasAnswers(Protocol):
    """An object that holds answers, such as :class:`growthsheet.Collected`."""

    @property
    def answers(self) -> Answers:
        """Return the answers."""

    @property
    def returned(self) -> ReturnedBy:
        """Return whose workbooks came back."""


class Options(Part):
    """The options for making workbooks; they are those of ``growthsheet build``."""

    blind: StrictBool = False
    blind_manager: StrictBool = False
    """True if a manager's workbook shows what a person rated only where the manager has rated, too."""
    core: StrictBool = False
    prefill: StrictBool = False
    """True if last cycle's ratings stand in the cells of a new one; they count once the person has confirmed them."""
    share: StrictBool = False
    pay: TeamPay = TeamPay.SALARY
    person_pay: Literal["allowance", "none"] = "allowance"
    """The data about pay that a person's own workbook shows."""
    language: Language = ENGLISH
    theme: Theme = THEME
    extra_columns: tuple[ExtraColumn, ...] = ()
    extra_sheets: tuple[ExtraSheet, ...] = ()

    @model_validator(mode="after")
    def _one_of_two(self) -> Options:
        if self.blind and self.prefill:
            raise ValueError("blind and prefill are set together; leave one of them out")
        return self
