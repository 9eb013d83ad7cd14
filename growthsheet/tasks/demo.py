"""A sample to look at: invented people with ratings, plans and budgets; the same bytes every time."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Collection, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from growthsheet.batch.build import Books, build
from growthsheet.batch.report import Progress, Report
from growthsheet.errors import OutputError
from growthsheet.model import (
    Activity,
    Answers,
    BudgetItem,
    BudgetPolicy,
    Catalog,
    Cycle,
    ExchangeRates,
    Person,
    PlanItem,
    Rating,
    Role,
    Source,
)
from growthsheet.roster.load import load_roster
from growthsheet.roster.roster import Roster
from growthsheet.sources.catalogs.load import load_catalog
from growthsheet.storage.atomic import fingerprint, make_folder, write_atomically
from growthsheet.storage.atomic import sha256 as hash_of
from growthsheet.storage.package_data import template_folder
from growthsheet.text.language import ENGLISH, Language

AS_OF = date(2026, 3, 1)
CYCLE = Cycle(id="2026-spring", label="Spring 2026", date=AS_OF)
EARLIER = (
    Cycle(id="2025-spring", label="Spring 2025", date=date(2025, 3, 1)),
    Cycle(id="2025-autumn", label="Autumn 2025", date=date(2025, 9, 1)),
)

_DONE = {"E007": 0.0, "E011": 0.55, "E010": 0.75}
"""How much of the assessment somebody has filled in, where that is not nearly all: E007 is new, E011 is at it."""
_BELOW = {"E011": 1}
"""By how much somebody is below what their role expects: E011 has just begun in it."""
_RATED_BY_MANAGER = {"E002", "E003", "E004", "E008", "E009", "E010"}
_AGREED = {"E003", "E008", "E009"}

_ACTIONS = {
    "pricing": ("Run one price test with finance and sales", "A decision on the price of the starter plan"),
    "business-case": ("Write the business case for the next bet", "It is approved, or stopped for a stated reason"),
    "experiments": ("Test the two riskiest ideas before they are built", "Two written results by summer"),
    "usage-data": ("Own the weekly usage review", "Three decisions that cite it"),
    "customer-talks": ("Four talks a month, notes shared within a day", "Notes in the library; one decision changed"),
    "outcome-goals": ("Turn the quarter's list of features into two goals", "Each has a measure and an owner"),
    "outcome-review": ("Review each launch after 60 days", "Two reviews held, one course changed"),
    "prioritising": ("Translate no in writing to three requests, with reasons", "The reasons hold when asked again"),
    "alignment": ("Lead the checkout decision across three teams", "One page that all three signed"),
    "writing": ("One decision paper a month, reviewed by Hana", "A decision within a week of each"),
    "positioning": ("Rewrite the positioning with five customers", "Sales uses it without being asked"),
    "launch-plan": ("Plan one launch end to end", "Launched on the day; everybody knew their part"),
    "coaching": ("Take over two regular one-to-ones", "Both people name one thing that changed"),
    "vision": ("Draft the three-year picture for the platform", "The leads repeat it in their own words"),
    "tech-fluency": ("Join the architecture review for a quarter", "Names the trade-offs without help"),
}
_EVIDENCE = ("The March decision paper", "Two launches in 2025", "Notes in the research library", "The pricing test")


@cache
def sample() -> Roster:
    """The sample roster, with its answers.

    >>> sample()
    <Roster of 12 people, 2 teams, cycle 2026-spring>
    >>> sample().person("Lena Fischer").gaps().records()[1]["expected"]
    3.0
    """
    catalog = load_catalog("product-management")
    policy = BudgetPolicy(carry_over=0.5)
    roster = load_roster(_file("roster.csv"), catalog=catalog, cycle=CYCLE, as_of=AS_OF, policy=policy)
    ratings = [rating for person in roster.people for rating in _ratings(person, catalog, _RATED_BY_MANAGER)]
    own = {(r.person, r.activity): r.skill for r in ratings if r.source is Source.SELF}
    known = {person.id for person in roster.people if not person.start or person.start < EARLIER[0].date}
    ratings += [earlier for rating in ratings if rating.person in known for earlier in _earlier(rating)]
    return roster.with_answers(
        Answers(
            cycles=(*EARLIER, CYCLE),
            ratings=tuple(ratings),
            plan_items=tuple(item for person in roster.people for item in _plan(person, catalog, own)),
            budget_items=tuple(_budget_items()),
        )
    )


TEAM_SIZES = (9, 12, 6, 8, 10, 7, 11, 4)


@cache
def company() -> Roster:
    """A larger organization to look at: a director, eight managers and their people, paid in two currencies.

    >>> company()
    <Roster of 76 people, 9 teams, cycle 2026-spring>
    """
    names = [person.name.split(" ", 1) for person in (*sample().people, *sample().reading.leavers)]
    called = [f"{first} {names[(n + k) % len(names)][1]}" for k in range(1, 7) for n, (first, _) in enumerate(names)]
    rows: list[dict[str, Any]] = [{"id": "C000", "title": "Director of Product", "manager id": ""}]
    rows += [{"id": f"C{n:03}", "title": "Group Product Manager", "manager id": "C000"} for n in range(1, 9)]
    titles = ("Product Manager", "Technical Product Manager", "Product Marketing Manager", "Principal Product Manager")
    for manager, size in enumerate(TEAM_SIZES, 1):
        for n in range(size):
            title = titles[int(_draw("title", str(manager), str(n)) ** 1.6 * len(titles))]
            rows.append({"id": f"C{manager}{n:02}", "title": title, "manager id": f"C{manager:03}"})
    for row, name in zip(rows, called, strict=False):
        pay = 90_000 + round(_draw("pay", row["id"]) * 60) * 1_000
        row |= {"name": name, "annual salary": pay, "currency": "EUR" if row["id"].startswith("C3") else "USD"}
    rates = ExchangeRates(into="USD", date=AS_OF, rates={"EUR": Decimal("1.08")})
    roster = load_roster(rows, cycle=CYCLE, as_of=AS_OF, policy=BudgetPolicy(exchange_rates=rates))
    seen = {person.id for person in roster.people if _draw("seen", person.id) < 0.8}
    ratings = [rating for person in roster.people for rating in _ratings(person, roster.catalog, seen)]
    ratings += [earlier for rating in ratings for earlier in _earlier(rating)]
    lines = tuple(
        line.model_copy(update={"id": f"{line.id}-{n}", "person": person.id, "team": "", "estimate": Decimal(400 + n)})
        for n, (person, line) in enumerate(zip(roster.people, [*_budget_items()] * 5, strict=False))
    )
    return roster.with_answers(Answers(cycles=(*EARLIER, CYCLE), ratings=tuple(ratings), budget_items=lines))


def write(
    folder: str | os.PathLike[str],
    progress: Callable[[Progress], None] | None = None,
    language: Language = ENGLISH,
) -> Report:
    """Write the sample roster and its workbooks, in some language: roster.csv, people/, teams/, organization.xlsx.

    Raises
    ------
    OutputError
        When the folder holds another roster.csv; it is left as it is.
    """
    path, data = Path(folder, "roster.csv"), _file("roster.csv").read_bytes()
    found = fingerprint(path)
    if found not in ("", hash_of(data)):
        raise OutputError(f"{path} is there, and is not the sample; name another folder")
    if not found:
        make_folder(Path(folder))
        write_atomically(path, data)
    books: tuple[Books, ...] = ("people", "teams", "organization")
    return build(sample().with_options(language=language), Path(folder), books=books, progress=progress)


def _file(name: str) -> Path:
    return template_folder() / "demo" / name


def _draw(*about: str) -> float:
    """A number from 0 to 1 that depends on nothing but the words; it looks random."""
    return int.from_bytes(sha256("/".join(about).encode()).digest()[:4], "big") / 2**32


def _step(down: float, up: float, *about: str) -> int:
    """One less, the same or one more, with these chances."""
    drawn = _draw(*about)
    return -1 if drawn < down else 1 if drawn > 1 - up else 0


def _ratings(person: Person, catalog: Catalog, seen_by_manager: Collection[str]) -> Iterator[Rating]:
    role = catalog.role_by_id[person.role]
    for activity in catalog.current:
        about = (person.id, activity.id)
        own = _own(person, role, activity)
        if own is None:
            continue
        yield _rating(person, activity, Source.SELF, own)
        if person.id not in seen_by_manager or own == "n/a" or activity.id not in role.expected:
            continue
        seen = _within(own + _step(0.3, 0.15, "manager", *about), 4)
        yield _rating(person, activity, Source.MANAGER, seen)
        if person.id in _AGREED and seen != own and _draw("agreed", *about) < 0.5:
            yield _rating(person, activity, Source.AGREED, seen)


def _own(person: Person, role: Role, activity: Activity) -> int | Literal["n/a"] | None:
    """How well a person says they do something; None for what they left blank."""
    about = (person.id, activity.id)
    expected = role.expected.get(activity.id)
    share = _DONE.get(person.id, 0.96) * (1 if expected is not None else 0.3)
    if _draw("blank", *about) >= share:
        return None
    if _draw("n/a", *about) < 0.03:
        return "n/a"
    start = 1 if expected is None else round(expected) - _BELOW.get(person.id, 0)
    return _within(start + _step(0.3, 0.3, "area", person.id, activity.area) + _step(0.4, 0.15, "skill", *about), 4)


def _rating(person: Person, activity: Activity, source: Source, skill: int | Literal["n/a"]) -> Rating:
    about = (source.value, person.id, activity.id)
    found: dict[str, Any] = dict.fromkeys(("skill", "experience", "interest"), skill)
    if skill != "n/a":
        found["experience"] = _within(skill + _step(0.3, 0.25, "experience", *about), 4)
        found["interest"] = int(_draw("interest", *about) * 4) if source is Source.SELF else None
        if source is Source.SELF and skill >= 3 and _draw("evidence", *about) < 0.25:
            found["evidence"] = _EVIDENCE[int(_draw("which", *about) * len(_EVIDENCE))]
    return Rating(cycle=CYCLE.id, person=person.id, activity=activity.id, source=source, **found)


def _earlier(rating: Rating) -> Iterator[Rating]:
    """The same in the cycles before, newest first: mostly a step lower each time, here and there higher."""
    skill = rating.skill
    for cycle in reversed(EARLIER):
        about = (cycle.id, rating.person, rating.activity)
        if isinstance(skill, int):
            skill = _within(skill + _step(0.28, 0.07, "then", *about), 4)
        if rating.source is Source.SELF and _draw("blank", *about) < 0.98:
            yield rating.model_copy(update={"cycle": cycle.id, "skill": skill, "note": "", "evidence": ""})


def _within(level: int, highest: int) -> int:
    return min(max(level, 0), highest)


def _plan(person: Person, catalog: Catalog, own: dict[tuple[str, str], Any]) -> Iterator[PlanItem]:
    """Up to three things to do about a person's gaps, and one that is done."""
    expected = catalog.role_by_id[person.role].expected
    rated = [name for name in _ACTIONS if name in expected and isinstance(own.get((person.id, name)), int)]
    gaps = sorted((own[person.id, name] - expected[name], name) for name in rated)
    items = [name for gap, name in gaps if gap < 0][: 1 + int(_draw("items", person.id) * 3)]
    done = [name for gap, name in gaps if gap == 0][:1]
    for number, name in enumerate((*items, *done), 1):
        action, measure = _ACTIONS[name]
        yield PlanItem(
            id=f"{person.id}-{number}",
            person=person.id,
            cycle=CYCLE.id,
            activity=name,
            action=action,
            measure=measure,
            due=date(2026, 3 * number, 15) if name in items else date(2026, 2, 13),
            status="open" if name in items else "done",
        )


def _budget_items() -> Iterator[BudgetItem]:
    with _file("budget.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield BudgetItem.model_validate({name: cell for name, cell in row.items() if cell} | {"cycle": CYCLE.id})
