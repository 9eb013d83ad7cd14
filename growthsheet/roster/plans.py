"""A person's plan, a manager's team and the organization: their workbooks, pages and tables."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from growthsheet.model import Person
from growthsheet.model.answers import scales
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.text.counts import plural
from growthsheet.views.organization import OrganizationView
from growthsheet.views.person import PersonView
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.results import Results, results
from growthsheet.workbook.values import Values


class WorkbookSource(ABC):
    """An object that can be made into a workbook."""

    @abstractmethod
    def book(self) -> Book:
        """Return the content of the workbook, before it becomes a file or a page."""

    @abstractmethod
    def gaps(self) -> Results:
        """Return the gaps as a table."""

    def to_bytes(self) -> bytes:
        """Return the workbook as bytes."""
        from growthsheet.xlsx.writer.write import to_bytes

        return to_bytes(self.book())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the workbook, whole or not at all, replacing an existing file; return its path."""
        from growthsheet.storage.atomic import write_atomically

        target = Path(path)
        write_atomically(target, self.to_bytes())
        return target

    def to_html(self) -> str:
        """Return the workbook as one self-contained, printable page."""
        from growthsheet.html.page import page

        return page(self.book())

    def _repr_html_(self) -> str:
        return self.gaps()._repr_html_()

    def _table(self, table: str, names: Iterable[str], **others: str) -> Results:
        return self._columns(table, table, {"id": "key", **{name: name for name in names}, **others})

    def _columns(self, name: str, table: str, columns: Mapping[str, str]) -> Results:
        """Return some columns of a table of the workbook under other names; its column ``key`` holds the ids."""
        values = Values(self.book())
        cells = {name: values.column(table, key) for name, key in columns.items()}
        ids = {name: [text[2:] for text in _texts(cells[name])] for name, key in columns.items() if key == "key"}
        return results(name, cells | ids)


@dataclass(frozen=True, repr=False)
class Plan(WorkbookSource):
    """One person's growth plan."""

    view: PersonView

    def book(self) -> Book:
        """Return the content of the workbook, before it becomes a file or a page."""
        return person_book(self.view)

    def __repr__(self) -> str:
        return f"<Plan of {self.view.person.name} ({self.view.person.id}), {self.view.role.name}>"

    @property
    def person(self) -> Person:
        """Return the person whose plan it is."""
        return self.view.person

    def gaps(self) -> Results:
        """Return a row for each activity: expected level, rating, gap, priority, rank and route, as in the workbook."""
        names = ("activity", "expected", *scales(), "used", "gap", "priority", "rank")
        columns = {"activity_id": "key", **{name: name for name in names}, "route": "route_code"}
        return self._columns("gaps", "assessment", columns)

    def budget(self) -> Results:
        """Return one row: allocation, planned, committed, spent, available (blank without pay)."""
        values = Values(self.book())
        names = ("allocation", "carry_in", "planned", "committed", "spent", "available")
        columns = {name: [values.fact(name)] for name in names}
        return results("budget", {"currency": [self.view.currency]} | columns)

    def progress(self) -> Results:
        """Return a row for each review cycle, oldest first: ratings, readiness, levels met, as on the tab Progress."""
        from growthsheet.analysis.standings import COUNTED
        from growthsheet.sheets.person.progress import BY_CYCLE

        if not self.view.history:
            return Results("progress", ("cycle", "label", *COUNTED), ())
        columns = {"cycle": "key", "label": "cycle", **{name: f"{name}_of_cycle" for name in COUNTED}}
        return self._columns("progress", BY_CYCLE.name, columns)


@dataclass(frozen=True, repr=False)
class Team(WorkbookSource):
    """The people who report to one manager."""

    view: TeamView

    def book(self) -> Book:
        """Return the content of the workbook, before it becomes a file or a page."""
        return team_book(self.view)

    def __repr__(self) -> str:
        return f"<Team of {self.view.manager.name} ({self.view.manager.id}), {plural(self.view.present, 'person')}>"

    @property
    def manager(self) -> Person:
        """Return the manager whom they report to."""
        return self.view.manager

    @property
    def people(self) -> tuple[Person, ...]:
        """Return the people on the team."""
        return tuple(member.person for member in self.view.present)

    def gaps(self) -> Results:
        """Return a row for each person and each activity that the role expects: expected, used, gap, priority."""
        values, called = Values(self.book()), {person.id: person.name for person in self.people}
        names = ("activity", "expected", "used", "gap", "priority")
        cells = zip(self.view.reviewed, *(values.column("reviews", name) for name in names), strict=True)
        rows = tuple((person, called[person], activity, *row) for (person, activity), *row in cells)
        return Results("gaps", ("person_id", "person", "activity_id", *names), rows)

    def coverage(self) -> Results:
        """Return a row for each activity: people, rated, needed, covered, team level, flag, as on the tab Coverage."""
        names = ("top_importance", "expected_people", "rated_people", "needed", "covered", "working", "team_level")
        return self._table("coverage", ("activity", *names), flag="flag_code")

    def budget(self) -> Results:
        """Return a row for each person, and one for the whole team, as on the tab Training budget; may hold pay."""
        shown = {column.key for column in self.book().tables["budgets"].table.columns}
        names = ("name", "currency", "base", "proration", "allocation", "carry_in")
        sums = ("planned_money", "committed", "spent", "available")
        return self._table("budgets", tuple(name for name in (*names, *sums) if name in shown))

    def mentors(self) -> Results:
        """Return a row for each gap on the routes Train and Pair and each possible coach, most senior first."""
        from growthsheet.analysis.mentors import mentor_results

        return mentor_results(self.view)

    def agenda(self) -> Results:
        """Return a row for each topic to talk about with each person, as on the tab Talk about."""
        from growthsheet.analysis.talking_points import talking_point_results

        return talking_point_results(self.view)

    def bench(self) -> Results:
        """Return a row for each person and possible next role: readiness and levels met, as on the tab Career."""
        from growthsheet.analysis.bench import bench_results

        return bench_results(self.view)


@dataclass(frozen=True, repr=False)
class Organization(WorkbookSource):
    """Everybody on the roster, on one day."""

    view: OrganizationView

    def book(self) -> Book:
        """Return the content of the workbook, before it becomes a file or a page."""
        return organization_book(self.view)

    def __repr__(self) -> str:
        return f"<Organization of {plural(self.view.people, 'person')}, {plural(self.view.managers, 'team')}>"

    def gaps(self) -> Results:
        """Return a row for each team and area: the share of expected levels met, and the lower median level."""
        from growthsheet.analysis.survey import Survey
        from growthsheet.analysis.team_coverage import team_coverage

        survey = Survey(self.view)
        work = team_coverage(survey)
        areas = [area for area in self.view.context.catalog.areas if any(a.area == area.id for a in survey.activities)]
        rows = []
        for team, found in work.teams.items():
            rows += [
                (team, self.view.teams[team], area.id, area.name, at.expected, at.rated, at.met, at.level)
                for area in areas
                if (at := found.get(area.id))
            ]
        columns = ("team_id", "team", "area_id", "area", "expected", "rated", "met", "level")
        return Results("gaps", columns, tuple(rows))

    def coverage(self) -> Results:
        """Return a row for each activity: people, rated, covered, works alone, level, and teams with each flag."""
        names = ("expected_people", "rated_people", "covered", "working", "level", "people_short", "total_gap")
        return self._table("org_coverage", ("activity", *names, "teamgap", "single", "thin"))

    def bench(self) -> Results:
        """Return a row for each role: the numbers of holders, of candidates, and of those who are nearly ready."""
        return self._table("bench_roles", ("role", "holders", "candidates", "rated", "ready_90", "ready_75"))

    def budget(self) -> Results:
        """Return a row for each team, and one for all, in one currency; None hides values of under five people."""
        rows = [("", "All teams", self.view.money.everybody)]
        rows += [(id, label, self.view.money.teams[id]) for id, label in self.view.teams.items()]
        names = ("money", "planned", "committed", "spent")
        amounts = ((None if (amount := getattr(pool, name)) is None else float(amount) for name in names)
                   for _, _, pool in rows)  # fmt: skip
        return Results(
            "budget",
            ("team_id", "team", "currency", *names),
            tuple(
                (id, label, self.view.money.currency, *each) for (id, label, _), each in zip(rows, amounts, strict=True)
            ),
        )

    def people(self) -> Results:
        """Return a row for each person: role, team, readiness, completeness, and the skill used in each activity."""
        rows = self.book().tables["everybody"]
        columns = [column for column in rows.table.columns if not column.hidden]
        names = tuple(column.of or column.name for column in columns)
        return Results("people", names, tuple(tuple(row[c.key] for c in columns) for row in rows.rows))


def _texts(cells: Iterable[Any]) -> list[str]:
    return [str(cell) for cell in cells]
