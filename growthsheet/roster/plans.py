"""A person's plan, a manager's team and the organization: their workbooks, pages and tables."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from growthsheet.analysis.standings import COUNTED, gap_records, gap_results
from growthsheet.errors import refusal
from growthsheet.html.heat_map import heat_map
from growthsheet.model import Person
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.quoting import one_line, quote
from growthsheet.views.context import Ratings
from growthsheet.views.organization import OrganizationView
from growthsheet.views.person import PersonView
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.results import Results, Schema, schema
from growthsheet.workbook.tables import KEY
from growthsheet.workbook.theme import Theme
from growthsheet.workbook.values import Values


class WorkbookSource(ABC):
    """An object that can be made into a workbook."""

    @abstractmethod
    def book(self) -> Book:
        """Return the content of the workbook, before it becomes a file or a page."""

    @abstractmethod
    def gaps(self) -> Results:
        """Return the gaps as a table."""

    def _looking(self, theme: Theme | None) -> Book:
        book = self.book()
        return replace(book, theme=theme) if theme else book

    @strict
    def to_bytes(self, theme: Theme | None = None) -> bytes:
        """Return the workbook as bytes; ``theme`` is its look, if not that of the roster."""
        from growthsheet.xlsx.writer.write import to_bytes

        return to_bytes(self._looking(theme))

    @strict
    def save(self, path: str | os.PathLike[str], theme: Theme | None = None) -> Path:
        """Write the workbook, whole or not at all, replacing an existing file; return its path."""
        from growthsheet.storage.atomic import write_atomically

        target = Path(path)
        if target.suffix.lower() != ".xlsx":
            found, hint = f"the name ends in {quote(target.suffix)}", "to save a table, make a DataFrame of it"
            raise refusal("unknown-file-kind", one_line(target.name), found, "a name that ends in .xlsx", hint)
        write_atomically(target, self.to_bytes(theme))
        return target

    @strict
    def to_html(self, theme: Theme | None = None, templates: str | os.PathLike[str] | None = None) -> str:
        """Return the workbook as one self-contained, printable page.

        ``templates`` is a folder with templates of your own, which are used instead of the shipped ones, such as
        ``html/book.html``.
        """
        from growthsheet.html.page import page

        return page(self._looking(theme), templates)

    def _repr_html_(self) -> str:
        return self.gaps()._repr_html_()

    def _table(self, name: str, table: str, fixed: Mapping[str, Any], **others: str) -> Results:
        """Return a table made of the columns of the same names in a table of the workbook, or of ``others``.

        ``fixed`` are columns that are the same in each row; a column that the workbook does not have is blank.
        """
        book, of = self.book(), schema(name)
        there, values = {column.key for column in book.tables[table].table.columns}, Values(book)
        read = {column: key for column in of.columns if (key := others.get(column, column)) in there}
        rows = zip(*(values.column(table, key) for key in read.values()), strict=True)
        ids = [column for column, key in read.items() if key == "key"]
        cells = ({**dict.fromkeys(of.columns), **fixed, **dict(zip(read, row, strict=True))} for row in rows)
        return of.table(row | {name: str(row[name]).removeprefix(KEY) for name in ids} for row in cells)


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
        """Return a row for each activity: expected level, ratings, gap, priority, rank and route, as in the workbook.

        The manager's and the agreed ratings are there if they are shared; in a blind round, a level is there once it
        is rated.
        """
        view, found = self.view, self.view.ratings
        shown = found if view.shared else Ratings(found.own)
        rows = gap_records(view.context, view.person, view.role, shown, view.activities)
        return schema("gaps").table(
            row | {"expected": None} if view.context.blind and row["used"] is None else row for row in rows
        )

    def _repr_html_(self) -> str:
        return self.gaps().html(("area", "activity", "expected", "self", "used", "gap", "priority", "rank", "route"))

    def budget(self) -> Results:
        """Return one row: allocation, planned, committed, spent, available (blank without pay)."""
        values, person = Values(self.book()), self.person
        cells = {name: values.fact(name) for name in ("allocation", "carry_in", *_SUMS, "available")}
        return schema("budget").table([_WITHOUT_PAY | _of(person) | cells | {"currency": self.view.currency}])

    def progress(self) -> Results:
        """Return a row for each review cycle, oldest first: ratings, readiness, levels met, as on the tab Progress."""
        from growthsheet.sheets.person.progress import BY_CYCLE

        if not self.view.history:
            return schema("progress").table([])
        counted = {name: f"{name}_of_cycle" for name in COUNTED}
        return self._table("progress", BY_CYCLE.name, _of(self.person), cycle="key", label="cycle", **counted)


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
        """Return a row for each person and each activity that the role expects, as in their workbooks."""
        return gap_results(self.view.context, self.view.present)

    def heatmap(self) -> Any:
        """Return the gaps of everybody, activities by people, in the workbook's colours.

        As a table of great_tables, if that and polars are installed; otherwise as an object that a notebook shows.
        """
        made = heat_map(self.view, self.gaps())
        return made.great_table() if find_spec("great_tables") and find_spec("polars") else made

    def _repr_html_(self) -> str:
        return heat_map(self.view, self.gaps()).html()

    def coverage(self) -> Results:
        """Return a row for each activity: people, rated, needed, covered, team level, flag, as on the tab Coverage."""
        team = {"team_id": self.manager.id, "team": self.manager.name}
        return self._table("coverage", "coverage", team, activity_id="key", flag="flag_code")

    def budget(self) -> Results:
        """Return a row for each person, and one for the whole team, as on the tab Training budget; may hold pay."""
        team, others = {"team_id": self.manager.id}, {"person": "name", "planned": "planned_money"}
        return self._table("budget", "budgets", team, person_id="key", **others)

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
        group = f": {self.view.group}" if self.view.group else ""
        return f"<Organization of {plural(self.view.people, 'person')}, {plural(self.view.managers, 'team')}{group}>"

    @strict
    def gaps(self, by: Literal["team", "person"] = "team") -> Results:
        """Return a row for each team and area: the share of expected levels met, and the lower median level.

        With ``by="person"``, a row for each person and each activity that the role expects, as a team has it.
        """
        if by == "person":
            return gap_results(self.view.context, self.view.people)
        from growthsheet.analysis.team_coverage import team_gap_results

        return team_gap_results(self.view)

    def coverage(self) -> Results:
        """Return a row for each activity: people, rated, covered, works alone, level, and teams with each flag."""
        return self._table("organization_coverage", "org_coverage", {}, activity_id="key", team_level="level")

    def bench(self) -> Results:
        """Return a row for each role: the numbers of holders, of candidates, and of those who are nearly ready."""
        others = {"next_role_id": "key", "next_role": "role", "rated_candidates": "rated"}
        return self._table("succession", "bench_roles", {}, **others)

    def budget(self) -> Results:
        """Return a row for each team, and one for all, in one currency; None hides values of under five people."""
        money = self.view.money
        rows = [("", "All teams", money.everybody)]
        rows += [(id, label, money.teams[id]) for id, label in self.view.teams.items()]
        return schema("team_budgets").table(
            {
                "team_id": id,
                "team": label,
                "currency": money.currency,
                "to_spend": pool.money,
                **{name: getattr(pool, name) for name in ("planned", "committed", "spent")},
            }
            for id, label, pool in rows
        )

    def responses(self) -> Results:
        """Return a row for each person: how much is answered, and by the manager, as on the tab Responses."""
        from growthsheet.analysis.responses import organization_responses, response_results

        return response_results(organization_responses(self.view))

    def people(self) -> Results:
        """Return a row for each person: role, team, readiness, completeness, the number of gaps, then kept columns."""
        from growthsheet.analysis.survey import Survey

        teams, usual = self.view.teams, schema("people")
        kept = dict.fromkeys(name for each in self.view.people for name, _ in each.person.kept)
        names = {name: f"{name} (roster)" if name in usual.columns else name for name in kept}
        of = Schema(usual.name, {**usual.columns, **dict.fromkeys(names.values(), str)}) if kept else usual
        return of.table(
            {
                **dict.fromkeys(names.values()),
                **{names[name]: text or None for name, text in stand.colleague.person.kept},
                **_of(stand.colleague.person),
                "role": stand.colleague.role.name,
                "team": teams.get(stand.colleague.person.manager) or teams[""],
                **{name: getattr(stand, name) for name in ("readiness", "completeness", "gap_count")},
            }
            for stand in Survey(self.view).stands
        )


_SUMS = ("planned", "committed", "spent")
_WITHOUT_PAY = dict.fromkeys(("base", "proration", "allocation", "available"))


def _of(person: Person) -> dict[str, str]:
    """Return the columns that tell whose row it is."""
    return {"person_id": person.id, "person": person.name, "team_id": person.manager}
