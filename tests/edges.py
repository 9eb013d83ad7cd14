"""Books at the edges: very small and very big teams, long names, other scripts, all or nothing rated, odd scales."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import cycle, islice
from typing import Any

from growthsheet.model import (
    Activity,
    Answers,
    Area,
    BudgetItem,
    BudgetPolicy,
    Catalog,
    ExchangeRates,
    Person,
    Point,
    Rating,
    Role,
    Scale,
    Thresholds,
)
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import organization_book, person_book, team_book
from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import AS_OF, item, line, person, rating, roster, salary
from tests.text.pseudo import PSEUDO

STATUSES = ("planned", "requested", "approved", "booked", "spent", "rejected", "cancelled")


def many(count: int, what: str = "Activity") -> list[str]:
    """So many names."""
    return [f"{what} {n}" for n in range(count)]


def points(name: str, *labels: str) -> Scale:
    """A scale from 0 with these labels."""
    return Scale(
        id=name,  # type: ignore[arg-type] # it says so itself where it is wrong
        name=name,
        points=tuple(Point(value=n, label=label, anchor=f"{label}: {label}") for n, label in enumerate(labels)),
    )


def scales(*labels: str) -> tuple[Scale, ...]:
    """The three scales, all with these labels."""
    return tuple(points(name, *labels) for name in ("skill", "experience", "interest"))


ENGLISH = ("Not yet", "Aware", "Working", "Skilled", "Authority")
ARABIC = ("ليس بعد", "مطّلع", "يعمل وحده", "ماهر", "مرجع")
CHINESE = ("尚未", "了解", "独立完成", "熟练", "权威")


def catalog(
    names: Iterable[str],
    areas: Iterable[str] = ("Discover", "Deliver", "Lead"),
    roles: Iterable[str] = ("Product manager", "Lead"),
    labels: tuple[str, ...] = ENGLISH,
    description: str = "",
    levels: Iterable[float] = (1, 2, 3),
    **more: Any,
) -> Catalog:
    """A catalog of these activities, shared out among the areas; each role expects something of most of them."""
    area_list = tuple(Area(id=f"area-{n}", name=name) for n, name in enumerate(areas))
    activities = tuple(
        Activity(
            id=f"act-{n}",
            name=name,
            area=area.id,
            importance=1 + n % 3,
            description=description,
            anchors=dict.fromkeys((0, len(labels) - 1), description) if description else {},
        )
        for n, (name, area) in enumerate(zip(names, cycle(area_list), strict=False))
    )
    role_names = tuple(roles)
    made = tuple(
        Role(
            id=f"role-{n}",
            name=name,
            rank=n,
            path="people" if n % 2 else "product",
            next=tuple(f"role-{n + step}" for step in (1, 2) if n + step < len(role_names)),
            expected={
                a.id: level
                for k, (a, level) in enumerate(zip(activities, islice(cycle(levels), n, None), strict=False))
                if len(activities) < 4 or k % 7 != n % 7
            },
        )
        for n, name in enumerate(role_names)
    )
    thresholds = more.pop("thresholds", Thresholds())
    return Catalog(
        id="edge", version="1", name="Edge", scales=more.pop("scales", scales(*labels)), areas=area_list,
        activities=activities, roles=made, thresholds=thresholds, **more,
    ).checked()  # fmt: skip


@cache
def plain_catalog() -> Catalog:
    """A catalog of twelve activities."""
    return catalog(many(12))


def everybody_says(people: Iterable[Person], of: Catalog, said: Callable[[int], tuple[Any, ...]]) -> list[Rating]:
    """A rating by everybody of all that their role expects; ``said`` gives skill, experience and interest."""
    roles = of.role_by_id
    return [
        rating(who.id, activity, *said(n * 5 + k))
        for n, who in enumerate(people)
        for k, activity in enumerate(roles[who.role].expected)
    ]


def mixed(of: Catalog) -> Callable[[int], tuple[Any, ...]]:
    """Every point of the scales in turn, and now and then n/a or nothing."""
    values = [of.scale(name).values for name in ("skill", "experience", "interest")]

    def said(n: int) -> tuple[Any, ...]:
        if n % 11 == 3:
            return ("n/a",) * 3
        if n % 11 == 7:
            return (None,) * 3
        return tuple(each[(n * step) % len(each)] for step, each in zip((1, 2, 3), values, strict=True))

    return said


def lines(person: str, activities: list[str], count: int, title: str = "Course") -> list[BudgetItem]:
    """So many budget lines of a person, of all statuses."""
    return [
        line(
            f"{person}-{n}",
            person=person,
            title=f"{title} {n}",
            activity=activities[n % len(activities)] if n % 4 else "",
            status=STATUSES[n % len(STATUSES)],
            estimate=100 * n + 50,
            actual=99 * n if n % 3 == 0 else None,
            provider=title,
            start=AS_OF + timedelta(days=n),
        )
        for n in range(count)
    ]


def team(
    size: int = 4,
    of: Catalog | None = None,
    *,
    names: Iterable[str] = (),
    said: Callable[[int], tuple[Any, ...]] | None = None,
    pay: Mapping[str, Any] | None = None,
    currencies: tuple[str, ...] = ("USD",),
    bought: int = 3,
    words: str = "Course",
    target: bool = True,
    **options: Any,
) -> Roster:
    """A boss with so many people: everything about them said, planned and bought."""
    of = of or plain_catalog()
    roles = [role.id for role in of.roles]
    called = list(names) or [f"Person {n}" for n in range(size)]
    people = [
        person(
            f"p{n}", called[n % len(called)], roles[n % len(roles)], "boss", target_role=roles[-1] if target else "",
            start=date(2026, 7, 1) if n == 2 else None,
        )
        for n in range(size)
    ]  # fmt: skip
    boss = person("boss", called[-1], roles[-1])
    activities = [activity.id for activity in of.current]
    ratings = everybody_says(people, of, said or mixed(of)) if said is not NOTHING else []
    managers = [rating(r.person, r.activity, of.scale("skill").values[0], source="manager") for r in ratings[::4]]
    answers = Answers(
        ratings=[*ratings, *managers],
        plan_items=[
            item("p0", activity, id=f"i{n}", action=words, measure=words, helper=called[0], due=AS_OF)
            for n, activity in enumerate(activities[:4])
        ],
        budget_items=lines("p0", activities, bought, words),
    )
    paid = [
        salary(each.id, 60_000 + 7_777 * n, currencies[n % len(currencies)]) for n, each in enumerate(people)
    ] if pay is None else []  # fmt: skip
    return roster([*people, boss], paid, catalog=of, answers=answers, **options)


def NOTHING(_: int) -> tuple[Any, ...]:
    """Nobody says anything."""
    return ()


def teams(count: int) -> Roster:
    """So many teams of at most four, none of them big enough to be told of."""
    made = team(2)
    above = ["boss", *(f"boss{n}" for n in range(1, count))]
    bosses = [person(id, f"Boss {n}", "role-1", above[(n - 1) // 2]) for n, id in enumerate(above) if n]
    others = [person(f"{b.id}-{n}", f"{b.name}'s {n}", f"role-{n}", b.id) for b in bosses for n in range(2)]
    paid = (salary(each.id, 70_000 + n) for n, each in enumerate(others))
    reading = replace(made.reading, people=(*made.people, *bosses, *others), pay=(*made.reading.pay, *paid))
    ratings = everybody_says([*bosses, *others], plain_catalog(), mixed(plain_catalog()))
    answers = made.answers.model_copy(update={"ratings": (*made.answers.ratings, *ratings)})
    return replace(made, reading=reading, answers=answers)


def with_rates() -> BudgetPolicy:
    """A budget policy that knows what other currencies are worth."""
    rates = {"EUR": "1.08", "JPY": "0.0067", "KWD": "3.25"}
    return BudgetPolicy(exchange_rates=ExchangeRates(into="USD", date=AS_OF, rates=rates))


LONG = "An extraordinarily long name that somebody thought was needed to tell everything at once, number {}"
SENTENCE = "Does what it takes, in words that a whole paragraph has room for, and then some more of them. " * 3

EDGES: Mapping[str, Callable[[], Roster]] = {
    "one person": lambda: team(1),
    "fifty people": lambda: team(50),
    "210 teams": lambda: teams(210),  # so many that their table is written in another way
    "longer words": lambda: team(3).with_options(language=PSEUDO),
    "long names": lambda: team(
        3,
        catalog(
            [LONG.format(n)[:77] + f" {n:02}" for n in range(9)],
            [f"{LONG.format(n)} area" for n in range(3)],
            [f"{LONG.format(n)} role" for n in range(3)],
            description=SENTENCE,
        ),
        names=[f"{LONG.format('0')} {n}" for n in range(3)],
        words=SENTENCE[:250],
    ),
    "nothing rated": lambda: team(4, said=NOTHING, bought=0),
    "everything rated": lambda: team(4, said=lambda _: (4, 4, 4)),
    "nothing applies": lambda: team(4, said=lambda _: ("n/a",) * 3),
    "one area": lambda: team(4, catalog(many(8), ["All"])),
    "two areas": lambda: team(4, catalog(many(8), ["Discover", "Deliver"])),
    "one activity": lambda: team(2, catalog(["Everything"], ["All"])),
    "120 activities": lambda: team(6, catalog(many(120), many(14, "Area"))),
    "nine roles": lambda: team(9, catalog(many(20), roles=many(9, "Level"))),
    "decimal levels": lambda: team(4, catalog(many(12), levels=(1.25, 2.5, 3.75))),
    "eleven points": lambda: team(
        3,
        catalog(
            many(10),
            labels=tuple(many(11, "Point")),
            levels=(4, 7, 10),
            description="Clear.",
        ),
    ),
    "two points": lambda: team(
        3,
        catalog(
            many(10),
            labels=("No", "Yes"),
            levels=(1,),
            thresholds=Thresholds(experience_high=1, interest_high=1, working=1, covered=1, top=1),
        ),
    ),
    "right to left": lambda: team(
        4,
        catalog(
            [f"محادثات العملاء {n}" for n in range(9)],
            ["الاكتشاف", "التسليم", "القيادة"],
            ["مدير المنتج", "قائد الفريق"],
            ARABIC,
            "يستمع إلى العملاء ويفهم ما يحتاجون إليه.",
            locale="ar",
        ),
        names=["ليلى حداد", "דוד לוי", "عمر خالد", "נועה כהן"],
        words="دورة تدريبية",
        currencies=("ILS",),
    ),
    "chinese and japanese": lambda: team(
        4,
        catalog(
            [f"客户访谈与需求分析第{n}项" for n in range(9)],
            ["发现与洞察", "交付与执行", "领导力"],
            ["产品经理", "产品负责人"],
            CHINESE,
            "能够倾听客户的声音、理解他们真正需要什么、并把它变成团队可以执行的计划。" * 3,
            locale="zh",
        ),
        names=["王小明", "山田太郎", "김민준", "陈美丽"],
        words="产品管理培训课程",
        currencies=("JPY",),
    ),
    "emoji": lambda: team(
        3,
        catalog([f"🎯 Aim {n} 👩🏽‍💻" for n in range(6)], ["🚀 Launch", "🧭 Lead"], description="👍🏽 " * 40),
        names=["Ana 🌻", "👩🏽‍💻 Bo", "Cy 🇪🇺"],
        words="📚 Course",
    ),
    "no target": lambda: team(3, catalog(many(9), roles=["Only role"]), target=False),
    "no pay": lambda: team(4, pay={}),
    "pooled pay": lambda: team(5).with_options(pay="pooled", person_pay="none"),
    "several currencies": lambda: team(6, currencies=("USD", "EUR", "JPY", "KWD"), currency="USD", policy=with_rates()),
    "yen": lambda: team(3, currencies=("JPY",)),
    "dinars": lambda: team(3, currencies=("KWD",)),
    "thirty lines": lambda: team(3, bought=30),
    "blind": lambda: team(3, said=NOTHING, bought=0).with_options(blind=True),
    "blind manager": lambda: team(2).with_options(blind_manager=True),
}
"""What each edge is called, and the roster that is there."""


@cache
def books(edge: str) -> tuple[Book, Book, Book]:
    """A person's, the manager's and the organization's workbook at an edge."""
    made = EDGES[edge]()
    return (
        person_book(made.person("p0").view),
        team_book(made.team("boss").view),
        organization_book(made.organization().view),
    )


@cache
def files(edge: str) -> tuple[bytes, bytes, bytes]:
    """The files of these workbooks."""
    person, team, organization = map(to_bytes, books(edge))
    return person, team, organization


def all_books() -> Iterator[tuple[str, Book]]:
    """Every edge's workbooks."""
    for edge in EDGES:
        for book in books(edge):
            yield f"{edge}: {book.kind}", book
