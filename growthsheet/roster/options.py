"""The options for making a roster's workbooks, and the protocol of objects that hold answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers
from growthsheet.text.language import ENGLISH, Language
from growthsheet.views.returned import ReturnedBy
from growthsheet.views.team import TeamPay


class HasAnswers(Protocol):
    """An object that holds answers, such as :class:`growthsheet.Collected`."""

    @property
    def answers(self) -> Answers:
        """Return the answers."""

    @property
    def returned(self) -> ReturnedBy:
        """Return whose workbooks came back."""


@dataclass(frozen=True)
class Options:
    """The options for making workbooks; they are those of ``growthsheet build``."""

    blind: bool = False
    core: bool = False
    prefill: bool = False
    """True if last cycle's ratings stand in the cells of a new one; they count once the person has confirmed them."""
    share: bool = False
    pay: TeamPay = TeamPay.SALARY
    person_pay: bool = True
    """True if a person's own workbook shows their allocation."""
    language: Language = ENGLISH

    def __post_init__(self) -> None:
        object.__setattr__(self, "pay", TeamPay(self.pay))
        if self.blind and self.prefill:
            found, hint = "blind and prefill together", "leave one of them out"
            raise InputError([Problem("bad-value", "options", found, "one of the two", hint)])
