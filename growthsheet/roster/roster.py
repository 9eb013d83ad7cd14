"""A loaded roster with its people and teams: the main object of scripts and notebooks."""
# Longer than 300 lines: every view is made here, so that what each reader may see is decided in one place.

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from growthsheet.analysis.responses import NONE_RETURNED, Response, ReturnedBy, response_of
from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers, BudgetPolicy, Catalog, Cycle, Pay, Person, Rating, Role, Source
from growthsheet.model.budget import base_pay
from growthsheet.roster.cycles import PARTS, as_in_files
from growthsheet.roster.find_people import find, find_all
from growthsheet.roster.options import HasAnswers, Options
from growthsheet.roster.plans import Organization, Plan, Team
from growthsheet.sources.rosters.carry_in import CARRY_IN_COLUMNS, read_carry_in
from growthsheet.sources.rosters.read_roster import RosterReading
from growthsheet.text.counts import plural
from growthsheet.views.allocation import person_allocation, person_carry_over
from growthsheet.views.context import BuildContext, PastCycle, Ratings
from growthsheet.views.organization import OrganizationMember, OrganizationView
from growthsheet.views.person import PersonView
from growthsheet.views.pooled_budget import PersonBudget, organization_budget
from growthsheet.views.shown_answers import (
    ShownAnswers,
    unknown_activity_notes,
    unknown_person_notes,
    without_off_scale,
)
from growthsheet.views.team import Member, TeamPay, TeamView
from growthsheet.workbook.results import Results

POOL_OF_AT_LEAST = 3
"""The fewest people in a pooled sum; with fewer, it would reveal what each of them earns."""

NO_ROLE = Role(id="none", name="-", expected={})
"""The role of people who left with a title that matches none: no workbook is made for them."""


@dataclass(frozen=True, repr=False)
class Roster:
    """All people, with the catalog, the review cycle and the policy of their workbooks.

    Immutable: :meth:`with_options` and :meth:`with_answers` return changed copies.
    """

    catalog: Catalog
    reading: RosterReading
    cycle: Cycle
    policy: BudgetPolicy
    as_of: date
    currency: str = ""
    """The report currency: the roster's only one, else the one given in the options."""
    options: Options = field(default_factory=Options)
    answers: Answers = field(default_factory=Answers)
    cycle_named: frozenset[str] = PARTS
    """The parts of the cycle that somebody named; the others are defaults, which files overrule."""
    cycle_notes: tuple[Problem, ...] = ()
    """Where files tell something else about the cycle than was named."""
    off_scale: tuple[Problem, ...] = ()
    """Notes on answers that are not on their scale, and are not shown."""

    def __repr__(self) -> str:
        return f"<Roster of {plural(self.people, 'person')}, {plural(self.managers, 'team')}, cycle {self.cycle.id}>"

    @property
    def people(self) -> tuple[Person, ...]:
        """Return all present people, in the order of the roster."""
        return self.reading.people

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return notes on what was skipped, guessed or derived in reading, and what translation and catalog lack."""
        others = (*(person.id for person in self.reading.leavers), *self.reading.absent)
        return (
            *self.reading.notes,
            *self.options.language.notes,
            *self.cycle_notes,
            *self.off_scale,
            *unknown_activity_notes(self.answers, self.catalog),
            *unknown_person_notes(self.answers, self._by_id, others),
        )

    @cached_property
    def managers(self) -> tuple[Person, ...]:
        """Return the people who have reports."""
        wanted = {person.manager for person in self.people}
        return tuple(person for person in (*self.people, *self.reading.leavers) if person.id in wanted)

    def with_options(self, **options: Any) -> Roster:
        """Return the same roster, with some :class:`Options` changed."""
        return replace(self, options=replace(self.options, **options))

    def with_answers(self, answers: Answers | HasAnswers) -> Roster:
        """Return the same roster with the answers of this and earlier cycles, such as collected ones.

        Raises
        ------
        InputError
            When a budget line is in another currency than its person's: amounts are never mixed, nor converted.
        """
        answers = answers if isinstance(answers, Answers) else answers.answers
        problems = []
        people = {person.id: person for person in (*self.people, *self.reading.leavers)}
        for kind, answer in answers.each():
            if not (code := getattr(answer, "currency", None)):
                continue
            paid_in = self._currency(people[answer.person]) if answer.person in people else self.currency
            if paid_in and code != paid_in:
                place, hint = kind.describe(kind.key_of(answer)), "give its amounts in that one"
                problems.append(Problem("several-currencies", place, code, paid_in, hint))
        if problems:
            raise InputError(problems)
        valid, off_scale = without_off_scale(answers, self.catalog)
        return replace(self, answers=valid, off_scale=off_scale).of_cycles(answers.cycles)

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
            expected, hint = (
                "the share that is carried over",
                "set it in growthsheet.toml or the policy: carry_over = 0.5",
            )
            raise InputError([Problem("nothing-carried-over", "carry_over", "0", expected, hint)])
        lines = {person.id: self._answered.of_person(person.id).get("budget_items", ()) for person in self.people}
        rows = tuple(
            (
                who.id,
                who.name,
                float(person_carry_over(purse.allocation, purse.carry_in, lines[who.id], code, self.policy)),
                code,
            )
            for who in self.people
            if (purse := self._purse(who)) and (code := self._currency(who))
        )
        return Results("carry_over", CARRY_IN_COLUMNS, rows)

    def of_cycles(self, known: Iterable[Cycle], place: str = "answers") -> Roster:
        """Return the same roster with its review cycle as files tell of it; a default never wins over a file."""
        cycle, notes = as_in_files(self.cycle, self.cycle_named, known, place)
        return replace(self, cycle=cycle, cycle_notes=(*self.cycle_notes, *notes))

    def person(self, who: str) -> Plan:
        """Return the plan of a person, found by id, e-mail or unique name."""
        return Plan(self._person_view(self._by_id.get(who) or find(who, self.people)))

    def team(self, manager: str) -> Team:
        """Return the team of a manager, found by id, e-mail or unique name."""
        return Team(self._team_view(find(manager, self.managers, "manager")))

    def plans(self) -> Iterable[Plan]:
        """Yield everybody's plan, one after the other."""
        return (Plan(self._person_view(person)) for person in self.people)

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

    def responses(self, returned: ReturnedBy = NONE_RETURNED) -> tuple[Response, ...]:
        """Return the state of everybody's response in this cycle; ``returned`` tells whose files came back.

        >>> from growthsheet.tasks.demo import sample
        >>> sample().responses()[0].words
        '42 of 45 answered'
        """
        names = {person.id: person.name for person in self.managers}
        roles = self.catalog.role_by_id
        return tuple(
            response_of(self.context, who, roles[who.role], self._said(who), names.get(who.manager, ""), returned)
            for who in self.people
        )

    # -- views -----------------------------------------------------------------------------------------------------

    @cached_property
    def context(self) -> BuildContext:
        """Return the data that all workbooks share."""
        options = self.options
        return BuildContext(
            self.catalog, self.cycle, self.policy, self.as_of, options.blind, options.core, options.language
        )

    def _person_view(self, person: Person) -> PersonView:
        history = self._pay.get(person.id, ())
        shown = bool(history) and self.options.person_pay
        return PersonView(
            context=self.context,
            person=person,
            role=self.catalog.role_by_id[person.role],
            ratings=self._said(person),
            history=tuple(self._shown_earlier(person)),
            shared=self.options.share,
            answers=self._answered.of_person(person.id),
            allocation=person_allocation(person, history, self.policy, self.as_of) if shown else None,
            carry_in=self.reading.carry_in.get(person.id) if shown else None,
            currency=self._currency(person),
        )

    def _team_view(self, manager: Person) -> TeamView:
        present, gone = self._reports.get(manager.id, ((), ()))
        members = (*map(self._member, present), *(self._member(person, left=True) for person in gone))
        found = {member.currency for member in members if member.currency}
        ids = {member.person.id for member in members}
        return TeamView(
            context=self.context,
            manager=manager,
            members=members,
            pay=self.options.pay,
            pools=self._pools(members) if self.options.pay is TeamPay.POOLED else {},
            answers=self._answered.of_team(manager.id, ids),
            currency=found.pop() if len(found) == 1 else self.currency,
        )

    def _organization_view(self) -> OrganizationView:
        everybody = (*self.people, *self.reading.leavers)
        money = organization_budget(
            {person: self._currency(person) for person in everybody},
            [purse for person in everybody if (purse := self._purse(person))],
            self._answered.shown["budget_items"],
            self.managers,
            self.policy.exchange_rates,
            self.currency,
        )
        people = tuple(map(self._colleague, self.people))
        return OrganizationView(replace(self.context, blind=False), people, self.managers, money)

    def _colleague(self, person: Person) -> OrganizationMember:
        before = self._history.get(person.id, ())
        role = self.catalog.role_by_id[person.role]
        return OrganizationMember(person, role, self._said(person), before[-1].ratings if before else Ratings())

    def _purse(self, person: Person) -> PersonBudget | None:
        share = person_allocation(person, self._pay.get(person.id, ()), self.policy, self.as_of)
        return PersonBudget(person, share, self.reading.carry_in.get(person.id)) if share is not None else None

    @cached_property
    def _reports(self) -> Mapping[str, tuple[list[Person], list[Person]]]:
        """Return by manager the present people and those who have left."""
        found: dict[str, tuple[list[Person], list[Person]]] = {}
        for n, people in enumerate((self.people, self.reading.leavers)):
            for person in people:
                found.setdefault(person.manager, ([], []))[n].append(person)
        return found

    def _member(self, person: Person, left: bool = False) -> Member:
        history, kind = self._pay.get(person.id, ()), self.options.pay
        base = base_pay(person, history, self.policy, self.as_of) if kind is TeamPay.SALARY else None
        allowed = person_allocation(person, history, self.policy, self.as_of) if kind is TeamPay.ALLOWANCE else None
        earlier = self._earlier.get(person.id, ())
        return Member(
            person=person,
            role=self.catalog.role_by_id.get(person.role, NO_ROLE) if left else self.catalog.role_by_id[person.role],
            ratings=self._said(person),
            history=earlier,
            paid=self._answered.paid(person, self.policy.fiscal_year(earlier[-1].cycle.date)[0]) if earlier else (),
            base=base,
            allocation=allowed,
            carry_in=self.reading.carry_in.get(person.id) if kind in (TeamPay.SALARY, TeamPay.ALLOWANCE) else None,
            currency=self._currency(person),
            left=left,
        )

    def _pools(self, members: Iterable[Member]) -> dict[str, Decimal]:
        """Return the sum of allocations in each currency, if it is over enough people to reveal nobody's pay."""
        shares: dict[str, list[Decimal]] = {}
        for member in members:
            history = self._pay.get(member.person.id, ())
            share = person_allocation(member.person, history, self.policy, self.as_of)
            if share:  # people without a share are not counted, because the sum is that of the others alone
                shares.setdefault(member.currency, []).append(share)
        return {code: sum(found, Decimal(0)) for code, found in shares.items() if len(found) >= POOL_OF_AT_LEAST}

    def _currency(self, person: Person) -> str:
        history = self._pay.get(person.id, ())
        return history[-1].currency if history else person.currency or self.currency

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _pay(self) -> Mapping[str, tuple[Pay, ...]]:
        found: dict[str, list[Pay]] = {}
        for pay in self.reading.pay:
            found.setdefault(pay.person, []).append(pay)
        return {person: tuple(sorted(steps, key=lambda pay: pay.start or date.min)) for person, steps in found.items()}

    @cached_property
    def _answered(self) -> ShownAnswers:
        return ShownAnswers(self.answers, self.cycle, self.context.fiscal_year)

    @cached_property
    def _earlier(self) -> Mapping[str, tuple[PastCycle, ...]]:
        """Return by person the earlier cycles, oldest first; none if ratings are to be made without seeing them."""
        return {} if self.options.blind else self._history

    @cached_property
    def _history(self) -> Mapping[str, tuple[PastCycle, ...]]:
        cycles = {c.id: c for c in self.answers.cycles if c.id != self.cycle.id and c.date <= self.cycle.date}
        found: dict[tuple[str, str], dict[Source, dict[str, Rating]]] = {}
        for rating in self.answers.ratings:
            if rating.cycle in cycles:
                sources = found.setdefault((rating.person, rating.cycle), {source: {} for source in Source})
                sources[rating.source][rating.activity] = rating
        history: dict[str, tuple[PastCycle, ...]] = {}
        for (person, cycle), sources in sorted(found.items(), key=lambda each: (cycles[each[0][1]].date, each[0])):
            earlier = PastCycle(cycles[cycle], Ratings(*(sources[source] for source in Source)))
            history[person] = (*history.get(person, ()), earlier)
        return history

    def _shown_earlier(self, person: Person) -> Iterator[PastCycle]:
        """Yield the earlier cycles as the person may see them: own ratings, and the agreed ones if shared."""
        for earlier in self._earlier.get(person.id, ()):
            found = Ratings(earlier.ratings.own, agreed=earlier.ratings.agreed if self.options.share else {})
            if found.own or found.agreed:
                yield PastCycle(earlier.cycle, found)

    def _said(self, person: Person) -> Ratings:
        own, manager, agreed = (self._answered.ratings.get((person.id, source), {}) for source in Source)
        return Ratings(own, manager, agreed)
