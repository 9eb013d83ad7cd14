"""How the workbooks of a roster are made, and what answers may be given to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from growthsheet.model import Answers
from growthsheet.text.language import ENGLISH, Language
from growthsheet.views.team import TeamPay


class HasAnswers(Protocol):
    """Something that holds answers, such as what was collected."""

    @property
    def answers(self) -> Answers:
        """The answers."""


@dataclass(frozen=True)
class Options:
    """How workbooks are made; see the options of ``growthsheet build``."""

    blind: bool = False
    core: bool = False
    prefill: bool = True
    share: bool = False
    pay: TeamPay = TeamPay.SALARY
    person_pay: bool = True
    """Whether a person's own file holds their allocation."""
    language: Language = ENGLISH

    def __post_init__(self) -> None:
        object.__setattr__(self, "pay", TeamPay(self.pay))
