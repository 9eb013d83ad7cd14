"""A loaded roster with its people and teams: the main object of scripts and notebooks."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from growthsheet.analysis.responses import Response, response_of
from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model import Answers, Cycle
from growthsheet.model.html_table import html_table
from growthsheet.roster.cycles import as_in_files
from growthsheet.roster.find_people import find, find_all
from growthsheet.roster.groups import below, kept_column, values_of, with_value
from growthsheet.roster.options import HasAnswers, Options
from growthsheet.roster.plans import Organization, Plan, Team
from growthsheet.roster.shown import ShownRoster
from growthsheet.sheets.own_columns import extra_column_problems, extra_sheet_problems, unknown_value_notes
from growthsheet.sources.rosters.carry_in import read_carry_in
from growthsheet.sources.translations.load import load_language
from growthsheet.text.arguments import COMMAND_LINE, in_python, strict
from growthsheet.text.counts import plural
from growthsheet.text.language import Language
from growthsheet.views.allocation import person_carry_over
from growthsheet.views.shown_answers import (
    check_points,
    points_of,
    unknown_activity_notes,
    unknown_person_notes,
    without_off_scale,
)
from growthsheet.views.team import TeamPay
from growthsheet.workbook.extra_columns import ExtraColumn
from growthsheet.workbook.extra_sheets import ExtraSheet
from growthsheet.workbook.results import Results, schema
from growthsheet.workbook.theme import Theme


@dataclass(frozen=True, repr=False)
class Roster(ShownRoster):
    """All people, with the catalog, the review cycle and the policy of their workbooks.

    Immutable: :meth:`with_options` and :meth:`with_answers` return changed copies.
    """

    def __repr__(self) -> str:
        return f"<Roster of {plural(self.people, 'person')}, {plural(self.managers, 'team')}, cycle {self.cycle.id}>"

    def _repr_html_(self) -> str:
        roles, names = self.catalog.role_by_id, {each.id: each.name for each in self.managers}
        cells = ((who.id, who.name, roles[who.role].name, names.get(who.manager, "")) for who in self.people)
        return html_table(("Id", "Name", "Role", "Manager"), cells, repr(self)[1:-1], len(self.people))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return notes on what was skipped, guessed or derived in reading, and what translation and catalog lack."""
        others = (*(person.id for person in self.reading.leavers), *self.reading.absent)
        found = (
            *self.reading.notes,
            *self.language_notes(),
            *self.cycle_notes,
            *self.off_scale,
            *unknown_activity_notes(self.answers, self.catalog),
            *unknown_person_notes(self.answers, self._by_id, others),
            *unknown_value_notes(self.options.extra_columns, self._by_id, others),
        )
        return found if COMMAND_LINE.get() else tuple(map(in_python, found))

    @strict
    def with_options(
        self,
        *,
        blind: bool | None = None,
        blind_manager: bool | None = None,
        core: bool | None = None,
        prefill: bool | None = None,
        share: bool | None = None,
        pay: Literal["salary", "allowance", "pooled", "none"] | None = None,
        person_pay: Literal["allowance", "none"] | None = None,
        language: Language | str | os.PathLike[str] | None = None,
        locale_folder: str | os.PathLike[str] | None = None,
        theme: Theme | None = None,
        extra_columns: Sequence[ExtraColumn] | None = None,
        extra_sheets: Sequence[ExtraSheet] | None = None,
    ) -> Roster:
        """Return the same roster, with some :class:`Options` changed; a language is taken by its code or file, too.

        Raises
        ------
        InputError
            When extra columns or tabs cannot stand beside one another, or are about what is not there.
        """
        if language is not None and not isinstance(language, Language):
            language = load_language(language, locale_folder)
        given = {name: value for name, value in locals().items() if name in Options.model_fields and value is not None}
        made = replace(self, options=self.options.model_copy(update=given))
        problems = [*extra_column_problems(extra_columns or (), self.catalog, made.context.translate)]
        if extra_sheets and not problems:
            problems += extra_sheet_problems(made.context)
        if problems:
            raise InputError(problems)
        return made

    @strict
    def with_answers(self, answers: Answers | HasAnswers) -> Roster:
        """Return the same roster with the answers of this and earlier cycles, such as collected ones.

        Collected answers tell whose workbooks came back, too.

        Raises
        ------
        InputError
            When a budget line is in another currency than its person's: amounts are never mixed, nor converted. When
            the ratings were given on other scales than the catalog has now.
        """
        returned = self.returned if isinstance(answers, Answers) else answers.returned
        answers = answers if isinstance(answers, Answers) else answers.answers
        check_points(answers, points_of(self.catalog))
        problems = []
        people = {person.id: person for person in (*self.people, *self.reading.leavers)}
        for kind, answer in answers.each():
            if not (code := getattr(answer, "currency", None)):
                continue
            paid_in = self._currency(people[answer.person]) if answer.person in people else self.currency
            if paid_in and code != paid_in:
                place, hint = kind.describe(kind.key_of(answer)), "give its amounts in that currency"
                problems.append(Problem("several-currencies", place, code, paid_in, hint))
        if problems:
            raise InputError(problems)
        valid, off_scale = without_off_scale(answers, self.catalog)
        return replace(self, answers=valid, off_scale=off_scale, returned=returned).of_cycles(answers.cycles)

    def with_carry_in(self, source: Any) -> Roster:
        """Return the same roster with what people bring along from the last fiscal year: any table, or its path.

        Raises
        ------
        InputError
            With everything that is wrong, such as an amount in another currency than the person's.
        """
        everybody, reading = (*self.people, *self.reading.leavers), self.reading
        source = source.records() if isinstance(source, Results) else source
        currencies = {person.id: self._currency(person) for person in everybody}
        found, notes = read_carry_in(source, currencies, reading.absent, reading.carry_in)
        carried = {**reading.carry_in, **found}
        return replace(self, reading=replace(reading, carry_in=carried, notes=(*reading.notes, *notes)))

    def carry_over(self) -> Results:
        """Return a row for each present person with pay: what they would carry over into the next fiscal year.

        Raises
        ------
        InputError
            When the policy carries nothing over.
        """
        if not self.policy.carry_over:
            hint = "set it in growthsheet.toml or the policy: carry_over = 0.5"
            raise refusal("nothing-carried-over", "carry_over", "0", "the share that is carried over", hint)
        lines = {person.id: self._answered.of_person(person.id).get("budget_items", ()) for person in self.people}
        rows = []
        for who in self.people:
            if (purse := self._purse(who)) and (code := self._currency(who)):
                left = person_carry_over(purse.allocation, purse.carry_in, lines[who.id], code, self.policy)
                rows.append((who.id, who.name, float(left), code))
        return Results(schema("carry_over"), tuple(rows))

    @strict
    def of_cycles(self, known: Iterable[Cycle], place: str = "answers") -> Roster:
        """Return the same roster with its review cycle as files tell of it; a default never wins over a file."""
        cycle, notes = as_in_files(self.cycle, self.cycle_named, known, place)
        return replace(self, cycle=cycle, cycle_notes=(*self.cycle_notes, *notes))

    @strict
    def person(self, who: str | int) -> Plan:
        """Return the plan of a person, found by id, e-mail or unique name."""
        return Plan(self._person_view(self._by_id.get(str(who)) or find(who, self.people)))

    @strict
    def team(self, manager: str | int) -> Team:
        """Return the team of a manager, found by id, e-mail or unique name."""
        return Team(self._team_view(find(manager, self.managers, "manager")))

    def plans(self) -> Iterable[Plan]:
        """Yield everybody's plan, one after the other."""
        return (Plan(self._person_view(person)) for person in self.people)

    @strict
    def teams(self, managers: Iterable[str] = ()) -> Iterable[Team]:
        """Return every team, or those of some managers (id, e-mail or unique name), one after the other.

        Raises
        ------
        InputError
            With every name that is not found, at once.
        """
        wanted = list(managers)
        found = find_all(wanted, self.managers, "manager") if wanted else self.managers
        return (Team(self._team_view(manager)) for manager in found)

    def organization(self) -> Organization:
        """Return the organization, for a workbook about everybody that shows nobody's pay.

        Raises
        ------
        InputError
            When amounts are in several currencies and a dated rate for one is missing.
        """
        return Organization(self._organization_view())

    @strict
    def group(self, who: str | int, by: str | None = None) -> Organization:
        """Return a part of the organization: everybody below a manager, or everybody with one value of a kept column.

        Parameters
        ----------
        who
            The manager (id, e-mail or unique name), whose people count on all levels down; or the value.
        by
            The kept column; None for a manager.

        Raises
        ------
        InputError
            When there is no such manager, column or value.
        """
        everybody = (*self.people, *self.reading.leavers)
        if by is not None:
            group = with_value(str(who), kept_column(by, everybody), everybody)
        else:
            knows = self.options.pay is not TeamPay.NONE
            group = below(find(who, self.managers, "manager"), self._reports, knows)
        return Organization(self._organization_view(group))

    @strict
    def groups(self, by: str) -> Iterable[Organization]:
        """Yield a part of the organization for each value of a kept column, in the order of the roster."""
        return (self.group(value, by) for value in values_of(kept_column(by, self.people), self.people))

    def responses(self) -> tuple[Response, ...]:
        """Return the state of everybody's response in this cycle.

        >>> from growthsheet.tasks.demo import sample
        >>> sample().responses()[0].words
        '42 of 45 answered'
        """
        names = {person.id: person.name for person in self.managers}
        roles, returned = self.catalog.role_by_id, self._returned
        return tuple(
            response_of(self.context, who, roles[who.role], self._said(who), names.get(who.manager, ""), returned)
            for who in self.people
        )
