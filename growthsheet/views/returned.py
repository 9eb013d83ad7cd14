"""Whose workbooks came back in a review cycle, and when they were saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class ReceivedWorkbook:
    """A workbook that came back and was accepted."""

    saved: date | None = None
    """The day on which somebody last saved it, if that is known and there are answers in it."""
    unconfirmed: bool = False
    """True if it holds prefilled ratings that nobody has confirmed."""


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
        since = {id: before.people[id].saved for id in before.people}
        days = {id: [day for day in (each.saved, since.get(id)) if day] for id, each in self.people.items()}
        people = {id: replace(each, saved=max(days[id], default=None)) for id, each in self.people.items()}
        return ReturnedBy(self.cycle, {**before.people, **people}, {**before.teams, **self.teams})


NONE_RETURNED = ReturnedBy()
