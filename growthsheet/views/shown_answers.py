"""What of all answers stands in the workbooks of a review cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from growthsheet.errors import Problem
from growthsheet.model import OPEN, Answers, BudgetItem, Catalog, Cycle, Person, PlanItem, Rating, Source
from growthsheet.model.budget import Status


@dataclass(frozen=True)
class ShownAnswers:
    """Answers as they stand in a cycle's workbooks: what came later, and what is over and done with, is left out."""

    answers: Answers
    cycle: Cycle
    year: date
    """The first day of the fiscal year."""
    prefill: bool = True
    """Whether ratings of earlier cycles are shown where this one has none."""

    @cached_property
    def dates(self) -> Mapping[str, date]:
        """The date of each cycle."""
        return {cycle.id: cycle.date for cycle in self.answers.cycles} | {self.cycle.id: self.cycle.date}

    @cached_property
    def ratings(self) -> Mapping[tuple[str, Source], dict[str, Rating]]:
        """By person and source, the ratings of the newest cycle, at most this one's date."""
        days: dict[date, list[Rating]] = {}
        for cycle, said in groupby(self.answers.ratings, key=attrgetter("cycle")):
            day = self.dates.get(cycle, date.min)
            if day <= self.cycle.date and (self.prefill or cycle == self.cycle.id):
                days.setdefault(day, []).extend(said)
        found: dict[tuple[str, Source], dict[str, Rating]] = {}
        for day in sorted(days):
            for whose, said in groupby(days[day], key=attrgetter("person", "source")):
                found.setdefault(whose, {}).update({rating.activity: rating for rating in said})
        return found

    @cached_property
    def items(self) -> Mapping[str, tuple[PlanItem, ...]]:
        """By person, the plan items that are open, or were closed in this cycle."""
        found: dict[str, tuple[PlanItem, ...]] = {}
        for item in self.answers.plan_items:
            # An item without a name of its own has the number of its row: the row stays, so that none other gets it.
            named = item.id and not item.id.isdigit()
            is_over = item.status not in OPEN and self.dates.get(item.cycle, self.cycle.date) < self.cycle.date
            if not (named and is_over):
                found[item.person] = (*found.get(item.person, ()), item)
        return found

    @cached_property
    def lines(self) -> tuple[BudgetItem, ...]:
        """The budget lines that nobody has decided on, and those that take money from this fiscal year.

        That is the year of the cycle in which they were approved; for there they were counted.
        """
        days = ((line, self._day(line)) for line in self.answers.budget_items)
        return tuple(line for line, day in days if line.status in OPEN or not day or day >= self.year)

    def paid(self, person: Person, since: date) -> tuple[str, ...]:
        """The activities for which a person, or the whole team, had money in former fiscal years, since a day."""
        former = (*self._former.get((person.id, ""), ()), *self._former.get(("", person.manager), ()))
        return tuple(sorted({activity for activity, day in former if day >= since}))

    @cached_property
    def _former(self) -> Mapping[tuple[str, str], list[tuple[str, date]]]:
        """By person or team, the activities and days of budget lines of former fiscal years that took money."""
        found: dict[tuple[str, str], list[tuple[str, date]]] = {}
        for line in self.answers.budget_items:
            day, took = self._day(line), line.status not in (*OPEN, Status.REJECTED, Status.CANCELLED)
            if took and day and day < self.year and line.activity and (line.actual, line.estimate) != (None, None):
                found.setdefault((line.person, "" if line.person else line.team), []).append((line.activity, day))
        return found

    def _day(self, line: BudgetItem) -> date | None:
        """The day whose fiscal year a budget line takes money from, if it is known."""
        return self.dates.get(line.cycle) or line.start

    @cached_property
    def lines_of(self) -> Mapping[str, tuple[BudgetItem, ...]]:
        """The same by person."""
        found: dict[str, tuple[BudgetItem, ...]] = {}
        for line in self.lines:
            found[line.person] = (*found.get(line.person, ()), line)
        return found

    def lines_of_team(self, manager: str, members: Iterable[str]) -> tuple[BudgetItem, ...]:
        """The budget lines of a team and of its members, in the order in which they were said."""
        people, teams = self._numbers
        found = {n for member in members for n in people.get(member, ())} | {*teams.get(manager, ())}
        return tuple(self.lines[n] for n in sorted(found))

    @cached_property
    def _numbers(self) -> tuple[Mapping[str, list[int]], Mapping[str, list[int]]]:
        """The numbers of the budget lines of each person, and of each team."""
        people: dict[str, list[int]] = {}
        teams: dict[str, list[int]] = {}
        for n, line in enumerate(self.lines):
            people.setdefault(line.person, []).append(n)
            teams.setdefault(line.team, []).append(n)
        return people, teams


def unknown_activity_notes(answers: Answers, catalog: Catalog) -> tuple[Problem, ...]:
    """A note where answers rate activities that the catalog does not have: no workbook shows them."""
    number = sum(rating.activity not in catalog.activity_by_id for rating in answers.ratings)
    if not number:
        return ()
    found = f"ratings of activities that {catalog.id} {catalog.version} does not have, and not shown: {number:,}"
    hint = "take the catalog that they were collected with, or move them with growthsheet migrate"
    return (Problem("answers-not-shown", "answers", found, hint=hint, severity="note"),)
