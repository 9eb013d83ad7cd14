"""The tabs of a team that show a day: interest map, mentors, what to talk about, the bench."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from growthsheet.analysis.standings import standings
from growthsheet.model import Answers, Catalog, Person, Rating
from growthsheet.roster.plans import Team
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import person_book, team_book
from growthsheet.tasks.demo import sample
from growthsheet.workbook.blocks import Links, Paragraphs, Sheet
from growthsheet.workbook.values import Values
from tests.making import builtin, computed, family, person, prove, rating, roster, small_catalog, this_cycle
from tests.proof.engines import audit, require

SENIORITY = {"pm": 1, "lead": 5}
TABS = [
    *(
        "Guide",
        "Overview",
        "Reviews",
        "Skill matrix",
        "Gap map",
        "Interest map",
        "Coverage",
        "Mentors",
        "Talk about",
        "Career",
    ),
    *("Training budget", "How it is worked out"),
]
SNAPSHOTS = ("Interest map", "Mentors", "Talk about", "Career")


@cache
def ranked_catalog() -> Catalog:
    """The small catalog, with the seniority of its roles."""
    roles = [role.model_dump() | {"rank": SENIORITY[role.id]} for role in small_catalog().roles]
    return Catalog.model_validate(small_catalog().model_dump() | {"roles": roles})


def team(people: Iterable[Person], ratings: Iterable[Rating] = (), catalog: Any = None) -> Team:
    """Mia's team."""
    catalog = catalog or ranked_catalog()
    everybody = (person("M", "Mia Boss", "lead"), *people)
    return roster(everybody, catalog=catalog, answers=Answers(cycles=(this_cycle(),), ratings=tuple(ratings))).team("M")


def pm(id: str, name: str = "", role: str = "pm") -> Person:
    """One of Mia's people."""
    return person(id, name, role, manager="M")


def tab(made: Team, name: str) -> Sheet:
    """A tab of the team's workbook."""
    return next(sheet for sheet in team_book(made.view).sheets if sheet.name == name)


def standing(made: Team, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """What stands in some columns of a table, row by row."""
    values = Values(team_book(made.view))
    return list(zip(*(values.column(table, column) for column in columns), strict=True))


def told(made: Team, name: str) -> list[str]:
    """The sentences of a tab."""
    return [line for block in tab(made, name).blocks if isinstance(block, Paragraphs) for line in block.lines]


def named(made: Team) -> list[Any]:
    """The mentors' ids, in their order."""
    return made.mentors().to_dict()["mentor_id"]


# -- mentors -----------------------------------------------------------------------------------------------------------


def short() -> Rating:
    """A rating of Ana's that leaves a gap."""
    return rating("A", "talks", 1, 0, 3)


"""Ana is a level short in talks, has not done it, and wants to: the route is Train."""


@pytest.mark.parametrize(
    ("wanted", "skill", "interest"),
    [
        (["B"], 3, 2),
        (["B"], 4, 3),
        ([None], 2, 3),
        ([None], 3, 1),
        ([None], 4, 0),
        ([None], 3, None),
        ([None], 3, "n/a"),
    ],
)
def test_a_mentor_is_a_level_above_and_interested(wanted: list[Any], skill: int, interest: Any) -> None:
    """One level above what is expected of the other person, with an interest of 2 or more; never with 0 or none."""
    made = team([pm("A"), pm("B")], [short(), rating("B", "talks", skill, 4, interest)])
    assert named(made) == wanted


def test_the_top_of_the_scale_is_enough() -> None:
    """Nobody can be a level above an expected 4: whoever is at 4 can coach."""
    made = team(
        [pm("A", role="lead"), pm("B"), pm("C")],
        [rating("A", "roadmap", 3, 0, 3), rating("B", "roadmap", 4, 4, 2), rating("C", "roadmap", 3, 4, 3)],
    )
    assert named(made) == ["B"]


@pytest.mark.parametrize(
    ("route", "experience", "interest"), [("train", 0, 3), ("pair", 1, 0), (None, 3, 3), (None, 2, 1), (None, None, 3)]
)
def test_only_train_and_pair_look_for_a_mentor(route: str | None, experience: Any, interest: Any) -> None:
    """Who does it often is coached otherwise, and without an answer there is no route."""
    made = team([pm("A"), pm("B")], [rating("A", "talks", 1, experience, interest), rating("B", "talks", 4, 4, 3)])
    assert made.mentors().to_dict()["route"] == ([route] if route else [])


def test_no_gap_wants_no_mentor() -> None:
    """A 0 is a gap; blank and n/a are none."""
    people = [pm("A"), pm("B"), pm("C"), pm("D")]
    said = [rating("A", "talks", 0, 0, 2), rating("B", "talks", None, 0, 2), rating("C", "talks", "n/a", 0, 2)]
    made = team(people, [*said, rating("D", "talks", 2, 0, 2)])
    assert made.mentors().to_dict()["person_id"] == ["A"]


def test_the_most_senior_mentor_comes_first() -> None:
    """By the rank of the role, then the skill, then the name."""
    people = [pm("A"), pm("B", "Zed"), pm("C", "Cy"), pm("D", "Bo"), pm("E", role="lead")]
    levels = {"B": 4, "C": 3, "D": 3, "E": 3}
    made = team(people, [short(), *(rating(id, "talks", level, 4, 2) for id, level in levels.items())])
    assert named(made) == ["E", "B", "D", "C"]
    assert made.mentors().to_dict()["place"] == [1, 2, 3, 4]
    assert standing(made, "mentors", "mentor_1", "mentor_2", "mentor_3") == [("Person E · 3", "Zed · 4", "Bo · 3")]


def test_the_agreed_rating_counts_for_mentors_too() -> None:
    """An agreed rating counts before the mentor's own, and makes or closes a gap."""
    said = [short(), rating("B", "talks", 4, 4, 3), rating("B", "talks", 2, source="agreed")]
    assert named(team([pm("A"), pm("B")], said)) == [None]
    assert named(team([pm("A"), pm("B")], [*said, rating("A", "talks", 2, source="agreed")])) == []


def test_a_mentor_may_have_a_role_that_does_not_expect_it() -> None:
    """What counts is the skill: a lead is not expected to launch, and can coach it."""
    made = team([pm("A"), pm("B", role="lead")], [rating("A", "launch", 0, 0, 3), rating("B", "launch", 4, 4, 2)])
    assert named(made) == ["B"]


def test_mentors_are_of_the_same_team() -> None:
    """Xi, of another team, coaches nobody of Mia's."""
    everybody = family()
    answers = everybody.answers
    best = tuple(rating("X", activity.id, 4, 4, 3) for activity in small_catalog().current)
    more = everybody.with_answers(answers.model_copy(update={"ratings": (*answers.ratings, *best)}))
    assert more.team("M").mentors().rows == everybody.team("M").mentors().rows
    assert {"X", "Z", "M", "L"}.isdisjoint(named(more.team("M")))


def test_a_team_of_one_has_no_mentor() -> None:
    """Nobody coaches themselves; the tab says so."""
    made = team([pm("A", "Ana")], [short()])
    assert named(made) == [None]
    assert told(made, "Mentors") == [
        "Gaps that nobody in the team can coach: 1. Plan training for them on the tab Training budget.",
        "Nobody in the team can coach somebody else's gap.",
    ]


def test_each_persons_priorities_come_first() -> None:
    """People in the order of the roster, each one's gaps in the order of their rank."""
    made = team(
        [pm("B"), pm("A")],
        [rating(id, activity, 0, 0, 3) for id in "AB" for activity in ("talks", "roadmap", "data")],
    )
    found = [(row["person_id"], row["activity_id"]) for row in made.mentors().records()]
    assert found == [(id, activity) for id in "BA" for activity in ("roadmap", "talks", "data")]


# -- talk about --------------------------------------------------------------------------------------------------------


def why(made: Team) -> list[tuple[str, str]]:
    """(reason, activity) of each topic."""
    return [(row["why"], row["activity_id"]) for row in made.agenda().records()]


@pytest.mark.parametrize(
    ("listed", "own", "manager"),
    [(True, 0, 2), (True, 4, 2), (True, 4, 0), (False, 1, 2), (False, None, 4), (False, "n/a", 4), (False, 7, 4)],
)
def test_ratings_two_levels_apart_are_talked_about(listed: bool, own: Any, manager: int) -> None:
    """Whichever is higher; a 0 is a rating, blank, n/a and what is off the scale are none."""
    made = team([pm("A")], [rating("A", "talks", own), rating("A", "talks", manager, source="manager")])
    assert (("differ", "talks") in why(made)) is listed


def test_differences_then_five_priorities_then_three_strengths() -> None:
    """Differences by their size, priorities by their rank, strengths by their skill; each activity once."""
    role = builtin().role_by_id["product-manager"]
    expected = [a.id for a in builtin().current if a.id in role.expected and role.expected[a.id] == 3][:12]
    wide, wider, *others = expected
    ratings = [
        *(rating("A", name, 1, 3, 3) for name in (wide, wider, *others[:4])),
        rating("A", wide, 3, source="manager"),
        rating("A", wider, 4, source="manager"),
        *(rating("A", name, 3 + n % 2, 3, 3) for n, name in enumerate(others[4:])),
    ]
    made = team([person("A", role="product-manager", manager="M")], ratings, builtin())
    found = why(made)
    top = [row["activity_id"] for row in ranked(made) if row["activity_id"] not in (wide, wider)]
    assert [name for reason, name in found if reason == "differ"] == [wider, wide]
    assert [name for reason, name in found if reason == "priority"] == top[:5]
    assert [name for reason, name in found if reason == "strength"] == others[5::2][:3]
    assert [reason for reason, _ in found] == sorted(reason for reason, _ in found)
    assert len({name for _, name in found}) == len(found)


def ranked(made: Team) -> list[dict[str, Any]]:
    """Activities with a rank, from where the first person stands."""
    stood = next(iter(standings(made.view).values())).values()
    return sorted(
        ({"activity_id": s.activity.id, "rank": s.rank} for s in stood if s.rank), key=lambda row: row["rank"]
    )


@pytest.mark.parametrize(
    ("strong", "skill", "interest"), [(True, 3, 2), (False, 2, 3), (False, 4, 1), (False, 4, None)]
)
def test_a_strength_is_done_well_and_wanted(strong: bool, skill: int, interest: Any) -> None:
    """A skill of 3 or more without a gap, and an interest of 2 or more."""
    assert why(team([pm("A")], [rating("A", "talks", skill, 3, interest)])) == (
        [("strength", "talks")] if strong else []
    )


def test_many_answers_of_not_applicable_are_talked_about() -> None:
    """Two of five expected activities are more than a quarter, also on the Overview; one is not."""
    shown = ("people_not_applicable", "activities_not_applicable")
    for activities, topics, people in ((["talks"], [], 0), (["talks", "pricing"], ["talks", "pricing"], 1)):
        made = team([pm("A")], [rating("A", activity, "n/a") for activity in activities])
        assert [name for reason, name in why(made) if reason == "not_applicable"] == topics
        assert [Values(made.book()).fact(name) for name in shown] == [people, len(activities)]


def test_the_agenda_shows_what_was_said() -> None:
    """The tab holds the words for the reason, both ratings, the expected level and the gap."""
    made = team([pm("A", "Ana")], [rating("A", "talks", 0, 0, 0), rating("A", "talks", 3, source="manager")])
    shown = ("person", "why", "why_code", "activity", "skill", "manager", "expected", "gap")
    assert standing(made, "talk_about", *shown) == [("Ana", "Ratings differ", "differ", "Customer talks", 0, 3, 2, 2)]


# -- the bench ---------------------------------------------------------------------------------------------------------


def test_readiness_is_that_of_the_persons_own_workbook() -> None:
    """Each row of the bench is a row of the tab Career in the person's own file, where agreed ratings are shared."""
    everybody = sample().with_options(share=True)
    names = ("readiness", "completeness", "met", "one_short", "more_short", "not_rated")
    compared = 0
    for made in everybody.teams():
        for row in made.bench().records():
            values = Values(person_book(everybody.person(row["person_id"]).view))
            own = {
                role: numbers
                for role, *numbers in zip(
                    values.column("career", "role"), *(values.column("career", n) for n in names), strict=True
                )
            }
            assert own[row["next_role"]] == [row[name] for name in names]
            compared += 1
    assert compared > 20


def test_readiness_is_blank_below_four_fifths() -> None:
    """Three of four rated activities are too few; the counts are told all the same."""
    said = [rating("A", name, 3) for name in ("talks", "pricing", "roadmap")]
    (row,) = team([pm("A")], said).bench().records()
    assert row["readiness"] is None
    assert [row[name] for name in ("completeness", "met", "one_short", "more_short", "not_rated")] == [0.75, 1, 2, 0, 1]
    (row,) = team([pm("A")], [*said, rating("A", "coaching", 0)]).bench().records()
    assert row["readiness"] == pytest.approx((2 * 3 + 3 * 3 + 2 * 3) / (2 * 3 + 3 * 3.75 + 2 * 4 + 3 * 3), abs=1e-4)
    assert [row[name] for name in ("completeness", "met", "one_short", "more_short", "not_rated")] == [1, 1, 2, 1, 0]


def test_the_bench_goes_role_by_role_the_readiest_first() -> None:
    """Roles by their rank; within one the readiest person first, and last who has not rated enough."""
    full = ("talks", "pricing", "roadmap", "coaching")
    people = [pm("A", "Zed"), pm("B", "Ann"), pm("C", "Cy"), person("D", "Di", "lead", "M", target_role="pm")]
    said = [rating(id, name, level) for id, level in (("A", 3), ("B", 2)) for name in full]
    found = [(row["next_role_id"], row["person"]) for row in team(people, said).bench().records()]
    assert found == [("pm", "Di"), ("lead", "Zed"), ("lead", "Ann"), ("lead", "Cy")]


def test_both_paths_are_on_the_bench() -> None:
    """A product manager's next roles lie on the path of products and on that of people."""
    made = team([person("A", role="product-manager", manager="M")], catalog=builtin())
    assert [(row["next_role_id"], row["path"]) for row in made.bench().records()] == [
        ("principal-pm", "product"),
        ("group-pm", "people"),
    ]


# -- interest map ------------------------------------------------------------------------------------------------------


def test_the_interest_map_shows_what_was_said() -> None:
    """0, n/a and blank are three answers; what is not on the scale is none; keen are those at 2 or more."""
    people = [pm("A"), pm("B"), pm("C"), pm("D"), pm("E")]
    answers = {"A": 0, "B": "n/a", "C": 2, "D": 7, "E": 3}
    said = [rating(id, "talks", 1, 1, interest) for id, interest in answers.items()]
    made = team(people, [*said, rating("A", "data", 1, 1, 0)])
    book = team_book(made.view)
    rows = computed(book)["interest_map"]
    people_columns = book.tables["interest_map"].table.all_of("interest")
    assert [rows["k:talks"][column] for column in people_columns] == [0, "n/a", 2, None, 3]
    assert {key: row["keen"] for key, row in rows.items()} == {
        "k:talks": 2,
        "k:data": 0,
        "k:pricing": None,
        "k:roadmap": None,
        "k:launch": None,
    }


def test_only_people_tell_their_interest() -> None:
    """An interest that a manager typed is not shown as the person's."""
    made = team([pm("A")], [rating("A", "talks", 1, 1, 3, source="manager")])
    assert {cell for (cell,) in standing(made, "interest_map", "interest@p0001")} == {None}


# -- the tabs ----------------------------------------------------------------------------------------------------------


def test_tabs_stand_in_their_order_and_the_guide_links_to_them() -> None:
    """All tabs of the team workbook, each but the guide itself linked from the guide."""
    sheets = [sheet for sheet in team_book(family().team("M").view).sheets if not sheet.hidden]
    assert [sheet.name for sheet in sheets] == TABS
    links = next(block for block in sheets[0].blocks if isinstance(block, Links))
    assert [name for name, _ in links.sheets] == TABS[1:]


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_snapshots_say_of_which_day_they_are(name: str) -> None:
    """The line below the title tells the day."""
    assert tab(family().team("M"), name).purpose.endswith(" As of 2026-03-01.")


@pytest.mark.slow
@pytest.mark.engines
def test_nothing_rated() -> None:
    """Tabs that would be empty say what it takes; the results in Python have no rows."""
    made = team([pm("A"), pm("B", role="lead")])
    assert told(made, "Mentors") == [
        "There is nobody to coach yet. Coaching pairs need ratings of skill, experience and interest."
    ]
    assert told(made, "Talk about") == ["Nobody is rated yet. Collect workbooks, or rate people on the tab Reviews."]
    assert standing(made, "bench", "person", "readiness", "not_rated") == [("Person A", None, 4)]
    assert (len(made.mentors()), len(made.agenda()), len(made.bench())) == (0, 0, 1)
    prove(made.to_bytes())


@pytest.mark.slow
@pytest.mark.engines
def test_no_next_role() -> None:
    """Where no role leads to another one, the tab says so."""
    made = team([pm("B", role="lead")])
    assert told(made, "Career") == ["No role in this team leads to another one in the catalog."]
    prove(made.to_bytes())


NAMES = [
    "山田 太郎",
    "نور الهدى",
    "אבי כהן",
    "Ana Ruiz",
    "ana ruiz",
    "=1+1",
    "Wolfeschlegelsteinhausenbergerdorff " * 3,
]


def hostile() -> Roster:
    """A team with all sorts of names, in which everybody coaches or is coached, and ratings are far apart."""
    people = [pm(f"p*{n}", name.strip()) for n, name in enumerate(NAMES)]
    ratings = [
        *(rating(p.id, "talks", n % 5, n % 3, n % 4) for n, p in enumerate(people)),
        *(rating(p.id, "talks", 4 - n % 5, source="manager") for n, p in enumerate(people)),
    ]
    answers = Answers(cycles=(this_cycle(),), ratings=tuple(ratings))
    return roster([person("M", "Mia Boss", "lead"), *people], catalog=ranked_catalog(), answers=answers)


@pytest.mark.slow
@pytest.mark.engines
def test_names_of_all_sorts() -> None:
    """Long, right-to-left and CJK names, and two of one name, stand as they are; engines agree, nothing is broken."""
    made = hostile().team("M")
    shown = {name for (name,) in standing(made, "talk_about", "person")}
    assert {"山田 太郎", "Ana Ruiz (p*3)", "ana ruiz (p*4)"} <= shown
    data = made.to_bytes()
    prove(data)
    require("audit")
    assert audit(data) == []


def test_where_people_stand_is_what_their_workbooks_show() -> None:
    """Gap, rank and route in Python are those of each person's own workbook."""
    everybody = sample().with_options(share=True)
    for made in everybody.teams():
        for id, stood in standings(made.view).items():
            for row in everybody.person(id).gaps().records():
                if row["activity_id"] in stood:
                    at = stood[row["activity_id"]]
                    assert (at.gap, at.rank, at.route) == (row["gap"], row["rank"], row["route"])
