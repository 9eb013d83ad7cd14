"""One person's plan and one manager's team: what can be made of them, and what they tell."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .blocks import Book
from .books import person_book, team_book
from .model import Person
from .results import Results, results
from .values import Values
from .views import PersonView, TeamView


class Made(ABC):
    """Something that a workbook can be made of."""

    @abstractmethod
    def book(self) -> Book:
        """The workbook before it is in any medium."""

    @abstractmethod
    def gaps(self) -> Results:
        """What is short, as a table."""

    def to_bytes(self) -> bytes:
        """The workbook."""
        from .xlsx.write import to_bytes

        return to_bytes(self.book())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the workbook, whole or not at all, replacing a file that is there; gives its path."""
        from .files import write_atomically

        target = Path(path)
        write_atomically(target, self.to_bytes())
        return target

    def to_html(self) -> str:
        """The same as one self-contained, printable page."""
        from .render import page

        return page(self.book())

    def _repr_html_(self) -> str:
        return self.gaps()._repr_html_()


@dataclass(frozen=True, repr=False)
class Plan(Made):
    """One person's growth plan."""

    view: PersonView

    def book(self) -> Book:
        """The workbook before it is in any medium."""
        return person_book(self.view)

    def __repr__(self) -> str:
        return f"<Plan of {self.view.person.name} ({self.view.person.id}), {self.view.role.name}>"

    @property
    def person(self) -> Person:
        """Whose plan it is."""
        return self.view.person

    def gaps(self) -> Results:
        """A row an activity: expected level, rating, gap, priority, rank and route, as in the workbook."""
        names = ("expected", "skill", "experience", "interest", "used", "gap", "priority", "rank")
        values = Values(self.book())
        columns: dict[str, Any] = {
            "activity_id": [key[2:] for key in _texts(values.column("assessment", "key"))],
            "activity": values.column("assessment", "activity"),
        }
        columns |= {name: values.column("assessment", name) for name in names}
        return results("gaps", columns | {"route": values.column("assessment", "route_code")})

    def budget(self) -> Results:
        """One row: allocation, planned, committed, spent, available (blank without pay)."""
        values = Values(self.book())
        names = ("allocation", "carry_in", "planned", "committed", "spent", "available")
        columns = {name: [values.fact(name)] for name in names}
        return results("budget", {"currency": [self.view.currency]} | columns)


@dataclass(frozen=True, repr=False)
class Team(Made):
    """The people who report to one manager."""

    view: TeamView

    def book(self) -> Book:
        """The workbook before it is in any medium."""
        return team_book(self.view)

    def __repr__(self) -> str:
        return f"<Team of {self.view.manager.name} ({self.view.manager.id}), {len(self.view.present)} people>"

    @property
    def manager(self) -> Person:
        """Whom they report to."""
        return self.view.manager

    @property
    def people(self) -> tuple[Person, ...]:
        """Who they are."""
        return tuple(member.person for member in self.view.present)

    def gaps(self) -> Results:
        """A row for each person and each activity that the role expects: expected, used, gap, priority."""
        values, code = Values(self.book()), self.view.codes
        activities = list(zip(_texts(values.column("matrix", "key")), values.column("matrix", "activity"), strict=True))
        names = ("expected", "used", "gap", "priority")
        rows = []
        for person in self.people:
            cells = zip(*(values.column("matrix", f"{name}@{code[person.id]}") for name in names), strict=True)
            rows += [
                (person.id, person.name, key[2:], activity, *row)
                for (key, activity), row in zip(activities, cells, strict=True)
                if row[0] is not None
            ]
        return Results("gaps", ("person_id", "person", "activity_id", "activity", *names), tuple(rows))

    def coverage(self) -> Results:
        """A row an activity: people, rated, needed, covered, team level and flag, as on the tab Coverage."""
        names = ("top_importance", "expected_people", "rated_people", "needed", "covered", "working", "team_level")
        return self._table("coverage", ("activity", *names), "flag_code")

    def budget(self) -> Results:
        """A row a person, and one for the whole team, as on the tab Training budget; it may hold pay."""
        shown = {column.key for column in Values(self.book()).table("budgets").columns}
        names = ("name", "currency", "base", "proration", "allocation", "carry_in")
        sums = ("planned_money", "committed", "spent", "available")
        return self._table("budgets", tuple(name for name in (*names, *sums) if name in shown))

    def mentors(self) -> Results:
        """A row for each gap on the routes Train and Pair and each person who could coach it, most senior first."""
        from .snapshots.matching import mentors

        return mentors(self.view)

    def agenda(self) -> Results:
        """A row for each thing to talk about with each person, as on the tab Talk about."""
        from .snapshots.talking import agenda

        return agenda(self.view)

    def bench(self) -> Results:
        """A row for each person and each role that may come next: readiness and what is met, as on the tab Career."""
        from .snapshots.bench import bench

        return bench(self.view)

    def _table(self, table: str, names: Sequence[str], flag: str = "") -> Results:
        values = Values(self.book())
        columns: dict[str, Any] = {"id": [key[2:] for key in _texts(values.column(table, "key"))]}
        columns |= {name: values.column(table, name) for name in names}
        return results(table, columns | ({"flag": values.column(table, flag)} if flag else {}))


def _texts(cells: Iterable[Any]) -> list[str]:
    return [str(cell) for cell in cells]
