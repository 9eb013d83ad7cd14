"""A sample to look at: invented people with ratings, plans and budgets; the same bytes every time."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from .batch import build
from .errors import OutputError
from .files import fingerprint, make_folder, write_atomically
from .files import sha256 as hash_of
from .loading import load_roster
from .model import Activity, Answers, BudgetItem, Catalog, Cycle, Person, PlanItem, Rating, Role, Source
from .roster import Roster
from .sources.catalogs import load_catalog
from .tally import Progress, Report

AS_OF = date(2026, 3, 1)
CYCLE = Cycle(id="2026-spring", label="Spring 2026", date=AS_OF)

ROSTER = """\
Employee ID,Name,Email,Title,Target Role,Manager ID,Team,FTE,Start Date,End Date,Currency,Annual FTE Salary,Pay From
E001,Amara Okafor,amara@example.com,Director of Product,VP of Product,,Product,1,2019-04-01,,USD,212000,
E002,Mateo Silva,mateo@example.com,Group Product Manager,,E001,Payments,1,2020-09-14,,USD,178000,
E003,Hana Kobayashi,hana@example.com,Principal Product Manager,,E001,Platform,1,2018-02-05,,USD,171000,
E003,Hana Kobayashi,hana@example.com,Principal Product Manager,,E001,Platform,1,2018-02-05,,USD,176000,2026-04-01
E004,Lena Fischer,lena@example.com,Senior Product Manager,Principal PM,E001,Platform,1,2021-06-01,,USD,138000,
E005,Tariq Haddad,tariq@example.com,Technical Product Manager,Product Manager,E001,Platform,1,2022-11-07,,USD,126000,
E006,Oluwaseun Adeyemi,seun@example.com,Product Marketing Manager,,E001,Marketing,0.8,2023-03-20,,USD,118000,
E007,Grace Mbeki,grace@example.com,Product Marketing Manager,,E001,Marketing,1,2026-02-16,,USD,109000,
E008,Priya Raman,priya@example.com,Senior Product Manager,Group PM,E002,Payments,1,2020-01-13,,USD,141000,
E008,Priya Raman,priya@example.com,Senior Product Manager,Group PM,E002,Payments,1,2020-01-13,,USD,148000,2026-02-01
E009,Jakub Nowak,jakub@example.com,Product Manager,,E002,Payments,1,2022-05-02,,USD,121000,
E010,Sofía Herrera,sofia@example.com,Product Manager,,E002,Checkout,0.6,2021-10-18,,USD,117000,
E011,Wei Zhang,wei@example.com,Associate Product Manager,,E002,Checkout,1,2025-07-07,,USD,94000,
E012,Nia Thompson,nia@example.com,Technical Product Manager,,E002,Checkout,1,2023-08-28,,USD,128000,
E013,Erik Lindqvist,erik@example.com,Product Manager,,E002,Payments,1,2020-03-02,2026-01-31,USD,119000,
"""

_DONE = {"E007": 0.0, "E011": 0.55, "E010": 0.75}
"""How much of the assessment somebody has filled in, where that is not nearly all: E007 is new, E011 is at it."""
_RATED_BY_MANAGER = {"E002", "E003", "E004", "E008", "E009", "E010"}
_AGREED = {"E003", "E008", "E009"}

_BUDGET = """\
id,person,team,category,title,activity,provider,status,estimate,actual,travel,start
b01,E002,,coaching,Six sessions with a leadership coach,coaching,Northlight Coaching,booked,2400,,,2026-02-10
b02,E002,,books,Subscription to a management journal,,,spent,180,180,,2026-01-05
b03,E003,,conferences,Speaker at a platform summit,vision,Platform Summit,approved,2200,,1400,2026-05-19
b04,E003,,training,Finance for product people,finance,Harbour Institute,planned,950,,,2026-09-07
b05,E004,,training,Pricing and packaging course,pricing,Harbour Institute,spent,900,870,,2026-01-19
b06,E004,,coaching,Writing for decisions: four sessions,writing,Quill Coaching,requested,800,,,2026-04-14
b07,E005,,certification,Certificate in experiment design,experiments,Open Campus,requested,650,,,2026-04-01
b08,E005,,conferences,Cloud infrastructure fair,tech-fluency,,rejected,1900,,1100,2026-06-02
b09,E006,,training,Messaging workshop,positioning,Studio Clear,approved,1100,,,2026-03-23
b10,E007,,training,Launch planning basics,launch-plan,Studio Clear,planned,700,,,2026-05-04
b11,E008,,coaching,First-time manager programme,coaching,Northlight Coaching,booked,2600,,300,2026-03-16
b12,E008,,conferences,Payments conference,rival-watch,Payments Forum,cancelled,1700,,900,2026-02-24
b13,E009,,training,Interviewing customers,customer-talks,Open Campus,spent,640,655.5,,2026-02-03
b14,E010,,conferences,Product conference,usage-data,Product Days,booked,2250,,1200,2026-06-11
b15,E012,,training,Requirements and acceptance tests,requirements,Open Campus,planned,560,,,2026-10-05
b16,E013,,books,Books on discovery,,,spent,120,96.4,,2026-01-12
b17,,E001,training,Workshop: outcome goals for everybody,outcome-goals,Studio Clear,planned,3000,,,2026-06-23
b18,,E002,coaching,Facilitated retrospective,alignment,Northlight Coaching,approved,1500,,,2026-04-28
"""

_ACTIONS = {
    "pricing": ("Run one price test with finance and sales", "A decision on the price of the starter plan"),
    "business-case": ("Write the business case for the next bet", "It is approved, or stopped for a stated reason"),
    "experiments": ("Test the two riskiest ideas before they are built", "Two written results by summer"),
    "usage-data": ("Own the weekly usage review", "Three decisions that cite it"),
    "customer-talks": ("Four talks a month, notes shared within a day", "Notes in the library; one decision changed"),
    "outcome-goals": ("Turn the quarter's list of features into two goals", "Each has a measure and an owner"),
    "outcome-review": ("Review each launch after 60 days", "Two reviews held, one course changed"),
    "prioritising": ("Say no in writing to three requests, with reasons", "The reasons hold when asked again"),
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
    people = list(csv.DictReader(io.StringIO(ROSTER)))
    roster = load_roster(people, catalog=catalog, cycle=CYCLE, as_of=AS_OF, name="roster.csv")
    ratings = [rating for person in roster.people for rating in _ratings(person, catalog)]
    own = {(r.person, r.activity): r.skill for r in ratings if r.source is Source.SELF}
    return roster.with_answers(
        Answers(
            cycles=(CYCLE,),
            ratings=tuple(ratings),
            plan_items=tuple(item for person in roster.people for item in _plan(person, catalog, own)),
            budget_items=tuple(_budget_items()),
        )
    )


def write(folder: str | os.PathLike[str], progress: Callable[[Progress], None] | None = None) -> Report:
    """Write the sample roster and its workbooks into a folder: roster.csv, people/ and teams/.

    Raises
    ------
    OutputError
        When the folder holds another roster.csv; it is left as it is.
    """
    path, data = Path(folder, "roster.csv"), ROSTER.encode("utf-8-sig")
    found = fingerprint(path)
    if found not in ("", hash_of(data)):
        raise OutputError(f"{path} is there, and is not the sample; name another folder")
    if not found:
        make_folder(Path(folder))
        write_atomically(path, data)
    return build(sample(), Path(folder), progress=progress)


def _draw(*about: str) -> float:
    """A number from 0 to 1 that depends on nothing but the words; it looks random."""
    return int.from_bytes(sha256("/".join(about).encode()).digest()[:4], "big") / 2**32


def _step(down: float, up: float, *about: str) -> int:
    """One less, the same or one more, with these chances."""
    drawn = _draw(*about)
    return -1 if drawn < down else 1 if drawn > 1 - up else 0


def _ratings(person: Person, catalog: Catalog) -> Iterator[Rating]:
    role = catalog.role_by_id[person.role]
    for activity in catalog.current:
        about = (person.id, activity.id)
        own = _own(person, role, activity)
        if own is None:
            continue
        yield _rating(person, activity, Source.SELF, own)
        if person.id not in _RATED_BY_MANAGER or own == "n/a" or activity.id not in role.expected:
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
    start = 1 if expected is None else round(expected)
    return _within(start + _step(0.3, 0.3, "area", person.id, activity.area) + _step(0.4, 0.15, "skill", *about), 4)


def _rating(person: Person, activity: Activity, source: Source, skill: int | Literal["n/a"]) -> Rating:
    about = (source.value, person.id, activity.id)
    said: dict[str, Any] = dict.fromkeys(("skill", "experience", "interest"), skill)
    if skill != "n/a":
        said["experience"] = _within(skill + _step(0.3, 0.25, "experience", *about), 4)
        said["interest"] = int(_draw("interest", *about) * 4) if source is Source.SELF else None
        if source is Source.SELF and skill >= 3 and _draw("evidence", *about) < 0.25:
            said["evidence"] = _EVIDENCE[int(_draw("which", *about) * len(_EVIDENCE))]
    return Rating(cycle=CYCLE.id, person=person.id, activity=activity.id, source=source, **said)


def _within(level: int, highest: int) -> int:
    return min(max(level, 0), highest)


def _plan(person: Person, catalog: Catalog, own: dict[tuple[str, str], Any]) -> Iterator[PlanItem]:
    """Up to three things to do about a person's gaps, and one that is done."""
    expected = catalog.role_by_id[person.role].expected
    rated = [name for name in _ACTIONS if name in expected and isinstance(own.get((person.id, name)), int)]
    gaps = sorted((own[person.id, name] - expected[name], name) for name in rated)
    items = [name for gap, name in gaps if gap < 0][:3]
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
    for row in csv.DictReader(io.StringIO(_BUDGET)):
        yield BudgetItem.model_validate({name: cell for name, cell in row.items() if cell} | {"cycle": CYCLE.id})
