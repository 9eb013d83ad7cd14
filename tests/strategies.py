"""Workbooks filled in at random: catalogs, people, pay, ratings, plan items, budget lines, and what people type."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from growthsheet.model import (
    Activity,
    Answers,
    Area,
    Basis,
    BudgetItem,
    BudgetPolicy,
    Catalog,
    ExchangeRates,
    Pay,
    Person,
    PlanItem,
    Rating,
    Role,
    Thresholds,
)
from growthsheet.model.budget import DEFAULT_CATEGORIES, Proration, Status
from growthsheet.model.ratings import Source
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.views.team import TeamPay
from growthsheet.workbook.blocks import Book
from tests.making import AS_OF, builtin, earlier_cycles, roster, scale, this_cycle, typed

SEARCH = int(os.environ.get("GROWTHSHEET_EXAMPLES", "0"))
"""How many examples a long search takes, each time others; without it a few, always the same."""


def steady(examples: int, **more: Any) -> settings:
    """So many examples, the same in every run, unless a long search was asked for; only that one shrinks what it finds.

    To shrink a whole workbook takes minutes.
    """
    return settings(
        phases=settings().phases if SEARCH else [Phase.explicit, Phase.generate],
        max_examples=SEARCH or examples,
        derandomize=not SEARCH,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
        **more,
    )


def sample(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """Some examples at once, always the same."""
    found: list[Any] = []

    @settings(steady(count), max_examples=count, phases=[Phase.generate])
    @given(strategy)
    def collect(example: Any) -> None:
        found.append(example)

    collect()
    return found


LADDERS = [(0, 1, 2, 3, 4), (1, 2, 3, 4, 5), (0, 1, 2, 3, 4, 5, 6, 7), (1, 2, 3, 5, 8, 13), (0, 1), (-1, 0, 1)]
NAMES = ["Ana Ruiz", "Bo Lee", "bo lee", "Đặng Thị Hà", "O'Neil, Pat", '"Q" R&D', "007", "Ana Ruiz (p1)", "*", "ÇELİK"]
IDS = ["p1", "007", "1e5", "a*", "?", "~x", "k:1", "#N/A", "TRUE", "é", "p 1", "=1"]
CURRENCIES = ["USD", "EUR", "JPY", "KWD", "CLF"]
days = st.integers(-500, 500).map(lambda n: AS_OF + timedelta(days=n))
amounts = st.one_of(
    st.none(),
    st.integers(0, 10**6),
    st.decimals(0, 10**5, places=2),
    st.decimals(0, 10**5, places=3),
    st.sampled_from([0, 10**12, "0.005", "2.675", "1e-3"]),
)


@st.composite
def catalogs(draw: DrawFn) -> Catalog:
    """A small catalog with scales of any kind and expected levels that may be decimal."""
    scales = [scale(name, *draw(st.sampled_from(LADDERS))) for name in ("skill", "experience", "interest")]
    points = {each.id: each.values for each in scales}
    names = [f"Activity {n}" for n in range(draw(st.sampled_from([1, 2, 3, 6])))]
    areas = [f"area-{n}" for n in range(draw(st.integers(1, 2)))]
    activities = [
        Activity(
            id=f"act-{n}",
            name=name,
            area=draw(st.sampled_from(areas)),
            importance=draw(st.integers(1, 3)),
            anchors={draw(st.sampled_from(points["skill"])): "like this"} if draw(st.booleans()) else {},
        )
        for n, name in enumerate(names)
    ]
    ids = [activity.id for activity in activities]
    low, high = points["skill"][0], points["skill"][-1]
    levels = st.one_of(st.sampled_from(points["skill"]), st.decimals(low, high, places=2).map(float))
    roles = [
        Role(
            id=f"role-{n}",
            name=f"Role {n}",
            expected=draw(st.dictionaries(st.sampled_from(ids), levels)),
            importance=draw(st.dictionaries(st.sampled_from(ids), st.integers(1, 3), max_size=2)),
            core=draw(st.sets(st.sampled_from(ids), max_size=2).map(lambda found: tuple(sorted(found)))),
            next=draw(st.sampled_from([(), ("role-0",)])),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    limit = {name: st.sampled_from(points[name]) for name in points}
    thresholds = Thresholds(
        experience_high=draw(limit["experience"]),
        interest_high=draw(limit["interest"]),
        working=draw(limit["skill"]),
        covered=draw(limit["skill"]),
        top=points["skill"][-1],
    )
    return Catalog(
        id="random",
        version="1",
        name="Random & Co",
        scales=scales,
        areas=[Area(id=area, name=area.title()) for area in areas],
        activities=activities,
        roles=roles,
        thresholds=thresholds,
    ).checked()


def said_of(catalog: Catalog, name: str) -> SearchStrategy[Any]:
    """What a rating may be: a point of its scale, n/a, nothing, or a number beside the scale."""
    values = catalog.scale(name).values
    return st.one_of(st.sampled_from(values), st.none(), st.just("n/a"), st.sampled_from([7, 99, -3]))


@st.composite
def rosters(draw: DrawFn, sizes: tuple[int, ...] = (1, 2, 4)) -> Roster:
    """A manager with so many people, what they are paid, and all that was said."""
    catalog = builtin() if draw(st.integers(0, 5)) == 5 else draw(catalogs())
    roles = [role.id for role in catalog.roles]
    count = draw(st.sampled_from(sizes))
    ids = IDS[:count] + [f"e{n}" for n in range(count - len(IDS))]
    money = draw(st.lists(st.sampled_from(CURRENCIES), min_size=1, max_size=3))
    people, leavers, pay = [Person(id="boss", name="The Boss", role=roles[0])], [], []
    for n, id in enumerate(ids):
        start = draw(st.none() | days.filter(lambda day: day <= AS_OF))
        gone = n > 0 and draw(st.integers(0, 5)) == 5
        end = draw(st.integers(1, 59).map(lambda day: AS_OF - timedelta(days=day))) if gone else None
        start = min(start, end) if start and end else start
        person = Person(
            id=id,
            name=NAMES[n % len(NAMES)],
            role=draw(st.sampled_from(roles)),
            target_role=draw(st.sampled_from(["", *roles])),
            manager="boss",
            start=start,
            end=end,
            breaks=draw(st.sampled_from([(), (), ((date(2026, 1, 20), date(2026, 2, 10)),)])),
            fte=draw(st.sampled_from([1, 0.6, 0.333])),
        )
        (leavers if gone else people).append(person)
        pay += draw(histories(id, money[n % len(money)]))
    return roster(
        people,
        pay,
        leavers=leavers,
        catalog=catalog,
        carry_in={id: draw(st.decimals(0, 999, places=2)) for id in ids[:1]} if draw(st.booleans()) else {},
        policy=draw(policies(len({each.currency for each in pay}) < 2)),
        currency=draw(st.sampled_from(["", money[0]])),
        answers=draw(answers(catalog, ids)),
        blind=draw(st.booleans()),
        core=draw(st.booleans()),
        share=draw(st.booleans()),
        pay=draw(st.sampled_from(TeamPay)),
        person_pay=draw(st.sampled_from(["allowance", "none"])),
    )


@st.composite
def histories(draw: DrawFn, id: str, currency: str) -> list[Pay]:
    """No pay, one, or a history."""
    starts = draw(
        st.sampled_from([[], [None], [None], [None, date(2026, 4, 1)], [date(2025, 2, 3), date(2026, 2, 16)]])
    )
    return [
        Pay(
            person=id,
            amount=draw(amounts.filter(lambda amount: amount is not None)),
            currency=currency,
            basis=draw(st.sampled_from(Basis)),
            start=start,
        )
        for start in starts
    ]


@st.composite
def policies(draw: DrawFn, one_currency: bool) -> BudgetPolicy:
    """How budgets are sized; a floor or a cap only where there is one currency."""
    bounds = draw(st.sampled_from([{}, {"floor": 500}, {"cap": "1999.995"}, {"floor": 100, "cap": 2000}]))
    return BudgetPolicy(
        rate=draw(st.sampled_from([0.03, 0.0275, 0, 1])),
        fiscal_year_start=draw(st.sampled_from([(1, 1), (4, 6), (10, 1)])),
        prorate=draw(st.sampled_from(Proration)),
        carry_over=draw(st.sampled_from([0, 1, 0.25])),
        **(bounds if one_currency else {}),
    )


@st.composite
def answers(draw: DrawFn, catalog: Catalog, ids: list[str]) -> Answers:
    """What was said of these people; values repeat in a cycle, so that big teams cost no more than small ones."""
    activities = [activity.id for activity in catalog.activities]
    triple = st.tuples(*(said_of(catalog, name) for name in ("skill", "experience", "interest")))
    triples = draw(st.lists(triple, max_size=12))
    sources = draw(st.sampled_from([["self"], ["self", "agreed"], list(Source)]))
    pairs = [(person, activity) for person in ids for activity in activities]
    ratings = [
        Rating(
            cycle=this_cycle().id,
            person=person,
            activity=activity,
            source=sources[n % len(sources)],
            **dict(zip(("skill", "experience", "interest"), triples[n % len(triples)], strict=True)),
        )
        for n, (person, activity) in enumerate(pairs)
        if triples
    ]
    # each cycle of its own: some people and activities were not there, or are no longer
    ratings += [
        Rating(
            cycle=cycle.id,
            person=person,
            activity=activity,
            source=sources[n % len(sources)],
            skill=skills[n % len(skills)],
        )
        for cycle in earlier_cycles()
        if (skills := draw(st.lists(said_of(catalog, "skill"), max_size=5)))
        for n, (person, activity) in enumerate([*pairs[draw(st.integers(0, 3)) :], (ids[0], "gone")])
    ]
    someone, something = st.sampled_from(ids), st.sampled_from([*activities, "gone"])
    items = [
        PlanItem(
            person=draw(someone),
            activity=draw(something),
            id=f"i{n}",
            due=draw(st.none() | days),
            status=draw(st.sampled_from(["open", "done", "dropped"])),
        )
        for n in range(draw(st.integers(0, 6)))
    ]
    lines = [
        BudgetItem(
            id=f"l{n}",
            person=draw(st.sampled_from(["", *ids])),
            team="boss",
            title=draw(st.sampled_from(["", "A course"])),
            category=draw(st.sampled_from([*(code for code, _ in DEFAULT_CATEGORIES), "unheard-of"])),
            activity=draw(st.sampled_from(["", *activities, "gone"])),
            status=draw(st.sampled_from(Status)),
            estimate=draw(amounts),
            actual=draw(amounts),
            start=draw(st.none() | days),
        )
        for n in range(draw(st.integers(0, 6)))
    ]
    return Answers(cycles=(this_cycle(), *earlier_cycles()), ratings=ratings, plan_items=items, budget_items=lines)


TYPED = st.sampled_from([None, 0, 1, 2, 3, 7, 2.5, -1, "3", "0", " ", "N/A", "n/a ", "yes", "*", ">1", "#N/A", "=1"])
"""What people type or paste where a rating is asked."""

WORDS = st.sampled_from([None, "", "open", "DONE", "Spent", "planned", "Training", "training ", "*", "nonsense", "0"])
"""What people type where they should choose a word."""


class Filled:
    """A book that somebody typed into; it shows itself short, as a book does not."""

    def __init__(self, book: Book, inputs: dict[tuple[str, int, str], Any]) -> None:
        self.book, self.inputs = book, inputs

    def __repr__(self) -> str:
        return f"<{self.book.kind} book, {len(self.book.tables)} tables, typed: {self.inputs}>"


@st.composite
def filled_in(draw: DrawFn, book: Book, ratings: list[tuple[str, str]], words: list[tuple[str, str]]) -> Filled:
    """The book after somebody typed into it, past all drop-downs."""
    inputs: dict[tuple[str, int, str], Any] = {}
    for cells, values in ((ratings, TYPED), (words, WORDS)):
        there = [(table, n, c) for table, c in cells for n in range(min(6, len(book.tables[table].rows)))]
        for where in draw(st.lists(st.sampled_from(there), max_size=8, unique=True)) if there else []:
            inputs[where] = draw(values)
    return Filled(typed(book, inputs), inputs)


@st.composite
def person_books(draw: DrawFn) -> Filled:
    """A person's workbook, filled in."""
    made = draw(rosters(sizes=(1,)))
    book = person_book(made.person(IDS[0]).view)
    rated = [("assessment", name) for name in ("skill", "experience", "interest")]
    chosen = [("items", "status"), ("items", "activity"), ("lines", "status"), ("lines", "category")]
    return draw(filled_in(book, rated, chosen))


@st.composite
def organizations(draw: DrawFn) -> Roster:
    """A roster in which a second manager has some of the people, and amounts may be converted."""
    made = draw(rosters(sizes=(1, 4, 11)))
    people = [
        each.model_copy(update={"manager": made.people[1].id}) if n > 1 and draw(st.booleans()) else each
        for n, each in enumerate(made.people)
    ]
    into = draw(st.sampled_from(CURRENCIES))
    rates = {code: draw(st.sampled_from(["1.08", "0.0067", "3.25", "1"])) for code in CURRENCIES if code != into}
    exchange = ExchangeRates(into=into, date=AS_OF, rates=rates)
    policy = made.policy.model_copy(update={"exchange_rates": exchange})
    reading = replace(made.reading, people=tuple(people))
    return replace(made, reading=reading, policy=policy, currency=made.currency or into)


def organization_books() -> SearchStrategy[Filled]:
    """An organization's workbook."""
    return organizations().map(lambda made: Filled(organization_book(made.organization().view), {}))


@st.composite
def team_books(draw: DrawFn, sizes: tuple[int, ...] = (1, 2, 4, 11)) -> Filled:
    """A team's workbook, filled in."""
    book = team_book(draw(rosters(sizes=sizes)).team("boss").view)
    chosen = [("lines", "status"), ("lines", "person"), ("lines", "activity"), ("lines", "category")]
    return draw(filled_in(book, [("reviews", "manager"), ("reviews", "agreed")], chosen))
