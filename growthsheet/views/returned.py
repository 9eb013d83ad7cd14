"""Whose workbooks came back in a review cycle, and when they were saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class ReceivedWorkbook:
    """A workbook that came back."""

    saved: date | None = None
    """The day on which somebody last saved it, if that is known and there are answers in it."""
    unconfirmed: bool = False
    """True if it holds prefilled ratings that nobody has confirmed."""
    refused: str = ""
    """The code of the problem for which the file was refused, or the number of refused cells; blank if none."""

    def after(self, before: ReceivedWorkbook) -> ReceivedWorkbook:
        """Return this one's state where another came back before; a refused file changes nothing else."""
        waiting = before.unconfirmed if self.refused and not self.refused.isdecimal() else self.unconfirmed
        saved = max((day for day in (self.saved, before.saved) if day), default=None)
        return replace(self, saved=saved, unconfirmed=waiting)


@dataclass(frozen=True, slots=True)
class ReturnedBy:
    """The workbooks that came back in a cycle: people's own by the person's id, and teams' by the manager's."""

    cycle: str = ""
    people: Mapping[str, ReceivedWorkbook] = field(default_factory=dict)
    teams: Mapping[str, ReceivedWorkbook] = field(default_factory=dict)

    def after(self, before: ReturnedBy) -> ReturnedBy:
        """Return this together with what came back before in the same cycle; of each workbook the later state."""
        if before.cycle != self.cycle:
            return self
        none = ReceivedWorkbook()
        people = {id: each.after(before.people.get(id, none)) for id, each in self.people.items()}
        return ReturnedBy(self.cycle, {**before.people, **people}, {**before.teams, **self.teams})


NONE_RETURNED = ReturnedBy()
