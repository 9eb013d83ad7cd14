"""What a roster holds, and what each reader may see of it: every view is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from growthsheet.errors import Problem
from growthsheet.model import Answers, BudgetPolicy, Catalog, Cycle, Pay, Person, Rating, Role, Source
from growthsheet.model.budget import base_pay
from growthsheet.model.translated import in_language
from growthsheet.roster.cycles import PARTS
from growthsheet.roster.groups import Group
from growthsheet.roster.options import Options
from growthsheet.sources.rosters.read_roster import RosterReading
from growthsheet.sources.translations.load import language_for
from growthsheet.text.counts import plural
from growthsheet.text.folding import by_text
from growthsheet.text.language import Language
from growthsheet.views.allocation import person_allocation
from growthsheet.views.context import BuildContext, PastCycle, Ratings
from growthsheet.views.organization import OrganizationMember, OrganizationView
from growthsheet.views.person import PersonView
from growthsheet.views.pooled_budget import PersonBudget, organization_budget
from growthsheet.views.returned import NONE_RETURNED, ReturnedBy
from growthsheet.views.shown_answers import ShownAnswers, never_answered
from growthsheet.views.team import Member, TeamPay, TeamView

POOL_OF_AT_LEAST = 3
"""The fewest people in a pooled sum; with fewer, it would reveal what each of them earns."""

NO_ROLE = Role(id="none", name="-", expected={})
"""The role of people who left with a title that matches none: no workbook is made for them."""


@dataclass(frozen=True, repr=False)
class ShownRoster:
    """The data of a roster, and the views that workbooks are made of."""

    catalog: Catalog
    reading: RosterReading
    cycle: Cycle
    policy: BudgetPolicy
    as_of: date
    currency: str = ""
    """The report currency: the roster's only one, else the one given in the options."""
    options: Options = field(default_factory=Options)
    answers: Answers = field(default_factory=Answers)
    emptied: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By person, the prefilled cells that were emptied in a workbook that is made again."""
    returned: ReturnedBy = NONE_RETURNED
    """Whose workbooks came back; it counts in the cycle in which they did."""
    cycle_named: frozenset[str] = PARTS
    """The parts of the cycle that somebody named; the others are defaults, which files overrule."""
    cycle_notes: tuple[Problem, ...] = ()
    """Where files tell something else about the cycle than was named."""
    off_scale: tuple[Problem, ...] = ()
    """Notes on answers that are not on their scale, and are not shown."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Return all present people, in the order of the roster."""
        return self.reading.people

    @cached_property
    def managers(self) -> tuple[Person, ...]:
        """Return the people who have reports."""
        wanted = {person.manager for person in self.people}
        return tuple(person for person in (*self.people, *self.reading.leavers) if person.id in wanted)

    @cached_property
    def context(self) -> BuildContext:
        """Return the data that all workbooks share, in the language of the build."""
        return self._context(self.options.language)

    def context_for(self, reader: Person) -> BuildContext:
        """Return the data that all workbooks in a reader's language share."""
        return self._contexts.get(reader.locale, self.context)

    @cached_property
    def _contexts(self) -> Mapping[str, BuildContext]:
        """Return the data of workbooks by the locales of people, each language once."""
        by_code = {self.options.language.code: self.context}
        build = self.options.language
        found = {locale: language for locale in self._locales if (language := language_for(locale, build))}
        for language in found.values():
            if language.code not in by_code:
                by_code[language.code] = self._context(language)
        return {locale: by_code[language.code] for locale, language in found.items()}

    @property
    def _locales(self) -> Mapping[str, int]:
        """Return how many people have each locale."""
        return Counter(person.locale for person in (*self.people, *self.reading.leavers) if person.locale)

    def language_notes(self) -> Iterator[Problem]:
        """Yield notes on translations that lack something, and on people's languages into which there is none."""
        spoken = {context.language.code: context.language for context in (self.context, *self._contexts.values())}
        for language in spoken.values():
            yield from language.notes
        for locale, number in self._locales.items():
            if locale not in self._contexts:
                found = f"the language of {plural(number, 'person')}, without a translation"
                hint = f"they get {self.options.language.code}; add a translation, or correct the roster"
                yield Problem("no-translation", f"locale {locale}", found, hint=hint, severity="note")

    def _context(self, language: Language) -> BuildContext:
        options = self.options
        return BuildContext(
            in_language(self.catalog, language),
            self.cycle,
            self.policy.model_copy(update={"rates": {}}),  # those of others are nobody's business
            self.as_of,
            options.blind,
            options.core,
            language,
            options.prefill,
            options.theme,
            options.extra_columns,
            options.extra_sheets,
            options.blind_manager,
            self._unanswered.get(self.cycle.id, frozenset()),
        )

    @property
    def _returned(self) -> ReturnedBy:
        return self.returned if self.returned.cycle == self.cycle.id else NONE_RETURNED

    def _person_view(self, person: Person) -> PersonView:
        context = self.context_for(person)
        purse = self._purse(person) if self.options.person_pay == "allowance" else None
        return PersonView(
            context=context,
            person=person,
            role=context.catalog.role_by_id[person.role],
            ratings=self._said(person),
            history=tuple(self._shown_earlier(person)),
            shared=self.options.share,
            emptied=self.emptied.get(person.id, frozenset()),
            answers=self._answered.of_person(person.id),
            allocation=purse.allocation if purse else None,
            fixed=bool(purse and purse.fixed),
            carry_in=purse.carry_in if purse else None,
            currency=self._currency(person),
        )

    def _team_view(self, manager: Person) -> TeamView:
        present, gone = self._reports.get(manager.id, ((), ()))
        context = self.context_for(manager)
        roles = context.catalog.role_by_id
        members = (
            *(self._member(person, roles[person.role]) for person in present),
            *(self._member(person, roles.get(person.role, NO_ROLE), left=True) for person in gone),
        )
        found = {member.currency for member in members if member.currency}
        return TeamView(
            context=context,
            manager=manager,
            members=members,
            pay=self.options.pay,
            pools=self._pools(members) if self.options.pay is TeamPay.POOLED else {},
            answers=self._answered.of_team(manager.id, {member.person.id for member in members}),
            currency=found.pop() if len(found) == 1 else self.currency,
            returned=self._returned.teams.get(manager.id),
        )

    def _organization_view(self, group: Group | None = None) -> OrganizationView:
        everybody = [p for p in (*self.people, *self.reading.leavers) if group is None or p.id in group.people]
        leaders, lines = {person.manager for person in everybody}, self._answered.shown["budget_items"]
        managers = tuple(manager for manager in self.managers if group is None or manager.id in leaders)
        money = organization_budget(
            {person: self._currency(person) for person in everybody},
            [purse for person in everybody if (purse := self._purse(person))],
            lines if group is None else group.lines(lines),
            managers,
            self.policy.exchange_rates,
            self.currency,
            group.disclosed if group else (),
        )
        people = tuple(self._colleague(person) for person in self.people if group is None or person.id in group.people)
        named = (group.id, group.name) if group else ()
        return OrganizationView(replace(self.context, blind=False), people, managers, money, self._returned, *named)

    def _colleague(self, person: Person) -> OrganizationMember:
        before = self._history.get(person.id, ())
        role = self.context.catalog.role_by_id[person.role]
        return OrganizationMember(person, role, self._said(person), before[-1].ratings if before else Ratings())

    def _purse(self, person: Person) -> PersonBudget | None:
        fixed, carry_in = (each.get(person.id) for each in (self.reading.allocations, self.reading.carry_in))
        share = person_allocation(person, self._pay.get(person.id, ()), self.policy, self.context.fiscal_year[0], fixed)
        return PersonBudget(person, share, fixed is not None, carry_in) if share is not None else None

    @cached_property
    def _reports(self) -> Mapping[str, tuple[list[Person], list[Person]]]:
        """Return by manager the present people and those who have left."""
        found: dict[str, tuple[list[Person], list[Person]]] = {}
        for n, people in enumerate((self.people, self.reading.leavers)):
            for person in people:
                found.setdefault(person.manager, ([], []))[n].append(person)
        return found

    def _member(self, person: Person, role: Role, left: bool = False) -> Member:
        history, kind = self._pay.get(person.id, ()), self.options.pay
        told = kind in (TeamPay.SALARY, TeamPay.ALLOWANCE)
        purse = self._purse(person) if told else None
        fixed, rate = bool(purse and purse.fixed), self.policy.rate_of(person)
        sized = kind is TeamPay.SALARY and not fixed
        earlier, said = self._earlier.get(person.id, ()), self._said(person)
        return Member(
            person=person,
            role=role,
            ratings=said.seen_by_manager(self.catalog) if self.options.blind_manager else said,
            answered=said.own,
            history=earlier,
            paid=self._answered.paid(person, self.policy.fiscal_year(earlier[-1].cycle.date)[0]) if earlier else (),
            base=base_pay(person, history, self.policy, self.context.fiscal_year[0]) if sized else None,
            allocation=None if purse is None or sized else purse.allocation,
            fixed=fixed,
            own_rate=rate if sized and rate != self.policy.rate else None,
            carry_in=self.reading.carry_in.get(person.id) if told else None,
            currency=self._currency(person),
            left=left,
            returned=self._returned.people.get(person.id),
        )

    def _pools(self, members: Iterable[Member]) -> dict[str, Decimal]:
        """Return the sum of allocations in each currency, if it is over enough people to reveal nobody's pay.

        People without a share are not counted, because the sum is that of the others alone; where some have a share of
        their pay, those with a fixed amount are not counted either, because it may be known.
        """
        found: dict[str, list[PersonBudget]] = {}
        for member in members:
            if (purse := self._purse(member.person)) and purse.allocation:
                found.setdefault(member.currency, []).append(purse)
        return {
            code: sum((purse.allocation for purse in purses), Decimal(0))
            for code, purses in found.items()
            if len([purse for purse in purses if not purse.fixed] or purses) >= POOL_OF_AT_LEAST
        }

    def _currency(self, person: Person) -> str:
        history = self._pay.get(person.id, ())
        return history[-1].currency if history else person.currency or self.currency

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _pay(self) -> Mapping[str, tuple[Pay, ...]]:
        found = by_text(self.reading.pay, lambda pay: [pay.person])
        return {person: tuple(sorted(steps, key=lambda pay: pay.start or date.min)) for person, steps in found.items()}

    @cached_property
    def _answered(self) -> ShownAnswers:
        return ShownAnswers(self.answers, self.cycle, self.context.fiscal_year)

    @cached_property
    def _unanswered(self) -> Mapping[str, frozenset[str]]:
        return never_answered(self.answers, self.cycle, self.catalog)

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
                sources[Source(rating.source)][rating.activity] = rating
        history: dict[str, tuple[PastCycle, ...]] = {}
        for (person, cycle), sources in sorted(found.items(), key=lambda each: (cycles[each[0][1]].date, each[0])):
            own, manager, agreed = (sources[source] for source in Source)
            earlier = PastCycle(cycles[cycle], Ratings(own, manager, agreed), self._unanswered.get(cycle, frozenset()))
            history[person] = (*history.get(person, ()), earlier)
        return history

    def _shown_earlier(self, person: Person) -> Iterator[PastCycle]:
        """Yield the earlier cycles as the person may see them: own ratings, and the agreed ones if shared."""
        for earlier in self._earlier.get(person.id, ()):
            found = Ratings(earlier.ratings.own, agreed=earlier.ratings.agreed if self.options.share else {})
            if found.own or found.agreed:
                yield replace(earlier, ratings=found)

    def _said(self, person: Person) -> Ratings:
        own, manager, agreed = (self._answered.ratings.get((person.id, source), {}) for source in Source)
        return Ratings(own, manager, agreed, typed=self._answered.typed.get(person.id, {}))
