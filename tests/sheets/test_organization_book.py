"""The workbook of an organization: its numbers are the people's own, engines agree, and it shows a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import growthsheet as gs
from growthsheet.analysis import standings
from growthsheet.analysis.responses import Response
from growthsheet.analysis.survey import PersonStanding, Survey
from growthsheet.analysis.team_coverage import AreaCoverage, team_coverage
from growthsheet.expr import RowValues
from growthsheet.measures import career, organization, ratings
from growthsheet.measures import team as team_measures
from growthsheet.model import Answers, BudgetPolicy, ExchangeRates, Role
from growthsheet.roster.roster import Roster
from growthsheet.sheets.books import NOT_CALIBRATED, organization_book
from growthsheet.sheets.team.overview import told_lines
from growthsheet.sources.translations.load import load_language
from growthsheet.tasks.demo import sample as demo
from growthsheet.tasks.status import unrated
from growthsheet.views.context import Ratings
from growthsheet.views.returned import ReceivedWorkbook, ReturnedBy
from growthsheet.workbook.blocks import Paragraphs
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.write import to_bytes
from tests.making import (
    AS_OF,
    computed,
    family,
    large,
    line,
    person,
    prove,
    rating,
    roster,
    salary,
    standing,
    this_cycle,
    unlike,
)
from tests.proof.engines import audit, libreoffice_differences, require
from tests.strategies import Filled, organization_books, organizations, sample, steady

TABS = [
    *("Guide", "Overview", "Responses", "Teams x areas", "Coverage", "Bench", "Calibration", "Training budget"),
    *("People x activities", "How it is worked out"),
]
LEFT_OUT = "…"
EXPECTED = ("talks", "pricing", "data", "roadmap", "launch")


def table(made: Roster, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """What stands in some columns of a table, row by row."""
    values = Values(organization_book(made.organization().view))
    return list(zip(*(values.column(name, column) for column in columns), strict=True))


def sentences(made: Roster) -> set[str]:
    """The sentences outside the tables."""
    sheets = organization_book(made.organization().view).sheets
    return {line for sheet in sheets for block in sheet.blocks if isinstance(block, Paragraphs) for line in block.lines}


def test_blank_not_applicable_and_zero_are_three_things() -> None:
    """On People x activities, n/a, the lowest point and no answer are told apart."""
    said = (rating("A", "talks", "n/a"), rating("B", "talks", 0))
    made = family(Answers(cycles=(this_cycle(),), ratings=said))
    found = {id: level for id, level in table(made, "everybody", "id", "used@talks") if id in ("A", "B", "C")}
    assert found == {"A": "n/a", "B": 0, "C": None}


def lines(facts: dict[str, Any], name: str = "unfinished") -> list[str]:
    """Who has not finished, of the lines of an Overview."""
    return [facts[f"{name}_{n}"] for n in range(11) if f"{name}_{n}" in facts]


def test_each_person_is_in_one_state() -> None:
    """The Overviews count each person in one state, and name who has not finished, each with the reason."""
    said = [rating("A", "talks", 2, 2, 2), *(rating("D", id, None, 1) for id in ("talks", "data"))]
    came = {"B": ReceivedWorkbook(refused="opendocument"), "C": ReceivedWorkbook(unconfirmed=True)}
    returned = ReturnedBy(this_cycle().id, came | {"D": ReceivedWorkbook()})
    made = replace(family(Answers(cycles=(this_cycle(),), ratings=tuple(said))), returned=returned)
    facts = computed(made.organization().book())["facts"][""]
    states = ("complete", "partial", "unconfirmed", "refused", "no_skill", "blank", "missing")
    assert [facts[state] for state in states] == [0, 1, 1, 1, 1, 0, 3]
    assert (facts["people"], facts["people_answered"]) == (7, 1)
    reasons = [
        "Returned and refused: Bo Lee (saved as .ods).",
        "Prefilled and not confirmed: Cy Kim (0 of 4).",
        "Answered without skill: Di Woo (rows: 2).",
        "Not complete: Ana Ruiz (1 of 5).",
    ]
    assert lines(facts) == ["Not returned: Mia Boss, Zoe Top, Xi Far.", *reasons]
    of_team = computed(made.team("M").book())["facts"][""]
    assert lines(of_team) == reasons
    assert [of_team[name] for name in ("people_answered", "no_answer", "unconfirmed")] == [1, 2, 1]


def test_each_manager_is_in_one_state() -> None:
    """The managers' part is told as in status: on the organization's Overview of all, on a team's of its manager."""
    rated = [rating(id, each, 2, source="manager") for id, ids in (("A", 5), ("B", 1)) for each in EXPECTED[:ids]]
    ods = {"Z": ReceivedWorkbook(refused="opendocument")}
    cases = {
        ("not returned", "Not returned: Mia Boss."): ([], {}),
        ("returned and refused: damaged", "Returned and refused: Mia Boss (damaged), Zoe Top (saved as .ods)."): (
            [],
            {"M": ReceivedWorkbook(refused="damaged-zip")},
        ),
        ("returned blank", "Returned blank: Mia Boss."): ([], {"M": ReceivedWorkbook()}),
        ("1 of 4 rated completely, 1 in part", "Not complete: Mia Boss (1 of 4 rated completely, 1 in part)."): (
            rated,
            {"M": ReceivedWorkbook()},
        ),
    }
    for (words, of_mia), (said, came) in cases.items():
        returned = ReturnedBy(this_cycle().id, teams=ods | came)
        made = replace(family(Answers(cycles=(this_cycle(),), ratings=tuple(said))), returned=returned)
        facts = computed(made.organization().book())["facts"][""]
        (summary, *_), *rows = unrated(made.responses())
        assert summary == f"2 managers: {', '.join(lines(facts, 'managers'))}"
        assert len(rows) == 2
        assert of_mia in lines(facts, "unrated")
        assert [computed(made.team(id).book())["facts"][""]["your_part"] for id in "MZ"] == [
            words,
            "returned and refused: saved as .ods",
        ]
    later = replace(made, returned=ReturnedBy(this_cycle().id, teams={"M": ReceivedWorkbook(refused="conflict")}))
    of_team = computed(later.team("M").book())["facts"][""]
    assert of_team["your_part"] == "1 of 4 rated completely, 1 in part"
    assert of_team["your_file"] == "a later file was refused: two different files"


def states_of(*told: tuple[str, str], **numbers: Any) -> list[str]:
    """The lines about people, each a state and a name, in the words of a language, with the same numbers."""
    translate = numbers.pop("translate", str)
    answered = {"answered": 0, "expected": 40, "manager_state": "", "manager_answered": 0} | numbers
    found = ((Response("2026", person("A"), "", state, **answered), name) for state, name in told)
    return [str(each.value) for each in told_lines("x", "X", found, translate)]


def test_everybody_is_told_of_while_there_is_room() -> None:
    """People in the same state share lines; where there is no room, each state keeps one and shows it is cut."""
    *of_many, last = states_of(*(("missing", f"Person {n}") for n in range(200)), ("blank", "Bo Lee"))
    assert of_many[0] == f"Not returned: {', '.join(f'Person {n}' for n in range(8))},"
    assert (len(of_many), of_many[-1][-3:], last) == (7, ", …", "Returned blank: Bo Lee.")


def test_what_is_told_of_a_person_is_whole() -> None:
    """A line begins with a state or a name; only what is longer than a line breaks, between what is missing."""
    partial = [("partial", "José García"), ("partial", "Anna Schmidt"), ("partial", "Grace Mbeki"), ("missing", "Al")]
    assert states_of(*partial, answered=32, without_skill=8, refused="9") == [
        "Not complete: José García (32 of 40, rows without skill: 8, cells that were not taken: 9),",
        "Anna Schmidt (32 of 40, rows without skill: 8, cells that were not taken: 9),",
        "Grace Mbeki (32 of 40, rows without skill: 8, cells that were not taken: 9).",
        "Answered without skill: Al (rows: 8, cells that were not taken: 9).",
    ]
    french = states_of(*partial[:1], answered=32, translate=load_language("fr").translate)
    assert french == ["Incomplet\N{NO-BREAK SPACE}: José García (32 sur 40)."]
    long = ("partial", "Maximilian Alexander von Hohenlohe-Waldenburg")
    assert states_of(*partial[1:2], long, answered=39, refused="identity-disagrees")[-2:] == [
        "Maximilian Alexander von Hohenlohe-Waldenburg (39 of 40,",
        "a later file was refused: put together from two workbooks).",
    ]


@pytest.mark.parametrize(("blind", "told"), [(True, "1 of 5"), (False, "1 of 5, 1 of them n/a")])
def test_a_manager_who_rates_blind_does_not_learn_of_not_applicable(blind: bool, told: str) -> None:
    """How much is answered is told to every manager; how much of it is n/a would tell what is rated."""
    said = Answers(cycles=(this_cycle(),), ratings=(rating("A", "talks", "n/a"),))
    facts = computed(family(said, blind_manager=blind).team("M").book())["facts"][""]
    assert lines(facts) == ["Not returned: Bo Lee, Cy Kim, Di Woo.", f"Not complete: Ana Ruiz ({told})."]


def test_many_that_are_not_applicable() -> None:
    """Who is complete with n/a is not among those who have not finished, and is counted where it is many."""
    said = [rating("A", id, "n/a" if n < 2 else 2, 1, 1) for n, id in enumerate(EXPECTED)]
    facts = computed(family(Answers(cycles=(this_cycle(),), ratings=tuple(said))).organization().book())["facts"][""]
    assert (facts["people_not_applicable"], "Ana" in str(lines(facts))) == (1, False)


# -- proof -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.engines
@steady(7)
@given(organization_books())
def test_engines_agree(filled: Filled) -> None:
    """Two engines find every cached value right, and the lint finds nothing, whatever was rated, paid and spent."""
    prove(to_bytes(filled.book))


@pytest.mark.slow
@pytest.mark.engines
def test_libreoffice_agrees() -> None:
    """LibreOffice finds every cached value right."""
    require("libreoffice")
    filled = [to_bytes(each.book) for each in sample(organization_books(), 2)]
    found = libreoffice_differences([*filled, large().organization().to_bytes()])
    assert [str(each) for differences in found for each in differences] == []


@pytest.mark.slow
@pytest.mark.engines
def test_nothing_to_repair() -> None:
    """The file passes the audit, so Excel has nothing to repair."""
    require("audit")
    assert audit(large().organization().to_bytes()) == []
    assert audit(roster([person("A")]).organization().to_bytes()) == []


@pytest.mark.slow
def test_every_value_stands_in_its_cell() -> None:
    """Each value that Python computes stands in the cell of its row and column."""
    for made in (large(), demo(), family()):
        book = made.organization().book()
        assert unlike(computed(book), standing(book, to_bytes(book))) == []


# -- the numbers are the people's own ----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [demo, large, partial(large, core=True)], ids=["demo", "large", "core"])
def test_everybody_stands_as_in_their_own_workbook(make: Callable[[], Roster]) -> None:
    """Skill, readiness, completeness and gaps of each person are those of the team's workbook and of the person's."""
    made = make()
    survey = Survey(made.organization().view)
    rows = {row[0]: row[1:] for row in table(made, "everybody", "id", "readiness", "completeness", "gap_count")}
    for stand in survey.stands:
        colleague = stand.colleague
        numbers = standings.role_readiness(survey.view.context, colleague.role, colleague.ratings)
        assert rows[colleague.person.id][:2] == (numbers["readiness"], numbers["completeness"])
    for team in made.teams():
        values = Values(team.book())
        for key, count in zip(*(values.column("people", name) for name in ("key", "gap_count")), strict=True):
            assert rows[str(key).removeprefix("k:")][2] == count


@pytest.mark.slow
@steady(7)
@given(organizations(), st.randoms(use_true_random=False))
def test_somebody_is_as_ready_as_the_measures_say(made: Roster, random: Random) -> None:
    """What a role sums up level by level is what the measures say of its rows, for every role and whatever levels."""
    survey = Survey(made.organization().view)
    for role in survey.view.context.catalog.roles:
        rated = [activity.id for activity in survey.activities if random.random() < 0.9]
        said = Ratings({name: rating("A", name, random.choice((*survey.levels, "n/a"))) for name in rated})
        numbers = standings.role_readiness(survey.view.context, role, said)
        used = survey.said(said)
        gaps = [gap for _, gaps in by_area(survey, [(role, used)]).values() for gap in gaps]
        gap_count = team_measures.gap_count.function(gaps=gaps)
        assert survey.ready(role, used) == (numbers["completeness"], numbers["readiness"], gap_count)


@pytest.mark.slow
@steady(7)
@given(organizations())
def test_areas_are_as_the_measures_say(made: Roster) -> None:
    """What is tallied in areas and activities is what the measures say of everybody's levels and gaps, one by one."""
    survey = Survey(made.organization().view)
    work = team_coverage(survey)
    found = {("", area): each for area, each in work.everybody.items()}
    found |= {(f"of {id}", area): each for id, areas in work.teams.items() for area, each in areas.items()}
    groups = {"": said_by(survey.stands)} | {f"of {id}": said_by(stands) for id, stands in survey.teams.items()}
    rows = {(group, area): rows for group, people in groups.items() for area, rows in by_area(survey, people).items()}
    assert found == {at: in_area(levels, gaps) for at, (levels, gaps) in rows.items()}
    for each in work.coverage:
        levels, gaps = by_area(survey, groups[""], each.place)[survey.activities[each.place].area]
        assert each.total_gap == team_measures.total_gap.function(gaps=gaps)
        assert each.short == team_measures.people_short.function(gaps=gaps)
        assert (each.expected, each.level) == (len(levels), in_area(levels, gaps).level)


def said_by(stands: Iterable[PersonStanding]) -> list[tuple[Role, Sequence[Any]]]:
    """Each person's role, and the skill that counts in each activity."""
    return [(stand.colleague.role, stand.used) for stand in stands]


def by_area(
    survey: Survey, people: Iterable[tuple[Role, Sequence[Any]]], only: int | None = None
) -> dict[str, tuple[list[Any], list[Any]]]:
    """The levels and gaps of people of some roles, by area; of one activity, where it is told."""
    found: dict[str, tuple[list[Any], list[Any]]] = {}
    for role, used in people:
        expected = survey.view.context.expected(role)
        for place, activity in enumerate(survey.activities):
            if activity.id in expected and only in (None, place):
                levels, gaps = found.setdefault(activity.area, ([], []))
                levels.append(used[place])
                gaps.append(ratings.gap.function(expected=role.expected[activity.id], used=used[place]))
    return found


def in_area(levels: list[Any], gaps: list[Any]) -> AreaCoverage:
    """What the measures say of them."""
    rated, expected = team_measures.rated_people.function(people=levels), len(levels)
    met = career.met.function(gaps=gaps)
    return AreaCoverage(
        organization.share_met.function(met=met, rated_people=rated, expected_people=expected),
        team_measures.team_level.function(people=levels, rated_people=rated, expected_people=expected),
        expected,
        rated,
        met or 0,
    )


def test_next_roles_are_as_on_the_bench_of_a_team() -> None:
    """The nearest to a role have the readiness that their manager's workbook shows."""
    made = demo()
    benches = {(row["next_role"], row["person"]): row["readiness"] for team in made.teams() for row in team.bench()}
    found = table(made, "bench_nearest", "role", "person", "team", "readiness")
    assert len(found) > 10
    for role, who, team, readiness in found:
        if team != "No manager":
            assert benches[role, who] == readiness


@pytest.mark.slow
def test_flags_are_those_of_the_teams() -> None:
    """Coverage counts in how many teams each flag stands on the tab Coverage."""
    made = demo()
    rows = {row[0]: row[1:] for row in table(made, "org_coverage", "activity", "teamgap", "single", "thin")}
    alone = [(gap, single, thin) for gap, single, thin in rows.values()]
    counted: dict[tuple[str, str], int] = {}
    for team in made.teams():
        for row in team.coverage():
            counted[row["activity"], row["flag"]] = counted.get((row["activity"], row["flag"]), 0) + 1
    survey = Survey(made.organization().view)
    top = [flag_of_one(survey, activity) for activity in rows]
    for (activity, found), extra in zip(rows.items(), top, strict=True):
        wanted = [counted.get((activity, flag), 0) + (extra == flag) for flag in ("teamgap", "single", "thin")]
        assert list(found) == wanted
    assert len(alone) == len(rows)


def flag_of_one(survey: Survey, activity: str) -> str | None:
    """The flag of those who report to nobody: a team of their own."""
    view = survey.view
    place = next(n for n, each in enumerate(survey.activities) if each.name == activity)
    asked = [s for s in survey.teams.get("", []) if place in survey.ruler(s.colleague.role.id).places]
    if not asked:
        return None
    levels = RowValues(s.used[place] for s in asked)
    top = max(view.context.catalog.importance(s.colleague.role, survey.activities[place]) for s in asked)
    cells = {"people": levels, "rated_people": sum(u is not None for u in levels), "expected_people": len(asked)}
    limits = view.context.catalog.thresholds
    flag: str | None = team_measures.flag.function(
        covered=team_measures.covered.function(**cells, covered_from=limits.covered),
        working=team_measures.working.function(**cells, working_from=limits.working),
        needed=team_measures.needed.function(top_importance=top, expected_people=len(asked)),
        top_importance=top,
    )
    return flag


def test_a_share_and_a_median_never_a_mean() -> None:
    """An area shows the share that is met and the lower median; blank until half is rated."""
    people = [person("M", role="lead"), *(person(id, manager="M") for id in "AB")]
    said = [rating("A", "talks", 2), rating("A", "pricing", 0), rating("A", "data", 4), rating("B", "roadmap", 3)]
    made = roster(people, answers=Answers(ratings=said))
    assert table(made, "teams_met", "team", "area@discover", "area@deliver") == [
        ("All teams", None, None),
        ("Person M", 0.6667, None),
        ("No manager", None, None),
    ]
    assert table(made, "teams_levels", "area@discover")[1] == (2,)


# -- calibration -------------------------------------------------------------------------------------------------------


def test_small_groups_are_left_out() -> None:
    """Roles and managers of whom nothing may be shown have no row: they are named below the table."""
    rows = table(large(), "calibration_levels", "role", "people", "share@2")
    assert rows == [("All roles", 27, rows[0][2])]  # the four leads', and with them the others', who make up the rest
    assert "Left out: Lead, Product manager." in sentences(large())
    managers = {row[0]: row[1:] for row in table(large(), "calibration_managers", "manager", "people", "mean")}
    assert list(managers) == ["All managers", "Lead L2", "Lead L3"]
    assert (managers["Lead L3"][0], LEFT_OUT in managers["Lead L3"]) == (8, False)
    assert isinstance(managers["All managers"][1], float)
    told = [line for line in sentences(large()) if line.startswith("Left out: Chief")]
    assert [sorted(line.removeprefix("Left out: ").strip(".").split(", ")) for line in told] == [
        ["Chief", "Lead L1"],
    ]  # fmt: skip


def test_a_change_is_between_two_cycles() -> None:
    """What was rated in this cycle and in the one before went down, up, or stayed; what was said once did not move."""
    people = [person("M", role="lead"), *(person(f"P{n}", manager="M") for n in range(6))]
    before = gs.Cycle(id="2025", label="2025", date=date(2025, 3, 1))
    moves = [(1, 2), (2, 2), (3, 1), (None, 2), (2, None), ("n/a", 3)]
    said = []
    for n in range(6):
        for (then, now), activity in zip(
            moves, ("talks", "pricing", "data", "roadmap", "launch", "coaching"), strict=True
        ):
            said.append(gs.Rating(cycle="2025", person=f"P{n}", activity=activity, skill=then))
            said.append(rating(f"P{n}", activity, now))
    made = roster(people, answers=Answers(cycles=(before,), ratings=tuple(said)))
    columns = ("role", "people", "ratings", "share@down", "share@same", "share@up")
    assert table(made, "calibration_changes", *columns) == [
        ("All roles", 6, 18, 0.3333, 0.3333, 0.3333),
        ("Product manager", 6, 18, 0.3333, 0.3333, 0.3333),
    ]
    alone = roster(people, answers=Answers(cycles=(before,), ratings=tuple(r for r in said if r.cycle == "2025")))
    assert NOT_CALIBRATED in sentences(alone)


# -- money -------------------------------------------------------------------------------------------------------------

RATES = ExchangeRates(into="USD", date=AS_OF, rates={"EUR": "1.08", "JPY": "0.0067"})


def budget(made: Roster) -> dict[str, tuple[Any, ...]]:
    """The rows of the tab, by their label."""
    columns = ("team", "money", "planned", "committed", "spent", "available")
    return {row[0]: row[1:] for row in table(made, "org_teams", *columns)}


def test_pools() -> None:
    """Sums stand over five and more people with pay; the next smallest team goes with the small ones."""
    found = budget(large())
    assert found["All teams"][0] == sum(round((50_000 + 1_000 * n) * 0.03, 2) for n in range(27))
    assert [found[name][0] for name in ("Chief", "No manager", "Lead L1")] == [LEFT_OUT] * 3
    assert isinstance(found["Lead L3"][0], float)
    assert found["Lead L1"][4] is None
    money, _, committed, spent, available = found["Lead L2"]
    assert available == money - committed - spent


def test_amounts_are_converted_line_by_line_at_dated_rates() -> None:
    """Everything is in the currency of the rate table, each amount rounded by itself; the day of the rates is told."""
    made = large(("USD", "EUR", "JPY"), BudgetPolicy(exchange_rates=RATES))
    rates = (Decimal(1), Decimal("1.08"), Decimal("0.0067"))
    shares = [Decimal(1_500 + 30 * n) * rates[n % 3] for n in range(27)]
    wanted = sum(share.quantize(Decimal("0.01"), ROUND_HALF_UP) for share in shares)
    assert budget(made)["All teams"][0] == float(wanted)
    assert table(made, "org_rates", "currency", "rate") == [("EUR", 1.08), ("JPY", 0.0067), ("USD", 1)]
    assert Values(organization_book(made.organization().view)).fact("rated_on") == 46082
    eur = ExchangeRates(into="EUR", date=AS_OF, rates={"USD": "0.5"})
    one = roster([person("A")], [salary("A", 100)], policy=BudgetPolicy(exchange_rates=eur), currency="USD")
    assert one.organization().view.money.currency == "EUR"


@pytest.mark.parametrize(
    ("rates", "missing"),
    [
        (None, ["EUR, JPY, USD"]),
        (ExchangeRates(into="USD", date=AS_OF), ["EUR", "JPY"]),
        (ExchangeRates(into="USD", date=AS_OF, rates={"JPY": 1}), ["EUR"]),
        (ExchangeRates(into="GBP", date=AS_OF, rates={"JPY": 1, "EUR": 1}), ["USD"]),
    ],
)
def test_a_missing_rate_is_an_error(rates: ExchangeRates | None, missing: Sequence[str]) -> None:
    """Every currency without a rate is told, and nothing is taken as 1."""
    made = large(("USD", "EUR", "JPY"), BudgetPolicy(exchange_rates=rates))
    with pytest.raises(gs.InputError) as caught:
        made.organization()
    assert [(problem.code, problem.found) for problem in caught.value.problems] == [
        ("no-exchange-rate", code) for code in missing
    ]


def test_a_line_in_a_currency_of_its_own_needs_a_rate_too() -> None:
    """A team's line may be in a currency that nobody is paid in."""
    people = [person("M", role="lead"), person("A", manager="M")]
    answers = Answers(budget_items=(line("l1", team="M", estimate=10, currency="CHF"),))
    with pytest.raises(gs.InputError, match="CHF, USD"):
        roster(people, [salary("A", 1000)], answers=answers).organization()


# -- how it shows itself -----------------------------------------------------------------------------------------------


def test_tabs() -> None:
    """The tabs stand in reading order, and each that shows a day says which."""
    book = large().organization().book()
    assert [sheet.name for sheet in book.sheets] == TABS
    for sheet in book.sheets[:-1]:
        assert "s of 2026-03-01" in sheet.purpose


@pytest.mark.engines
def test_nothing_rated_nothing_paid() -> None:
    """Without ratings and pay the tabs are blank and say what they wait for; nothing is 0 or red."""
    made = roster([person("M", role="lead"), *(person(id, manager="M") for id in "ABCDEF")])
    prove(made.organization().to_bytes())
    assert table(made, "teams_met", "area@discover") == [(None,)] * 3
    assert set(table(made, "org_coverage", "covered", "level", "teamgap", "single", "thin")) == {(None,) * 5}
    assert set(table(made, "bench_roles", "ready_90", "ready_75")) == {(None, None)}
    assert sentences(made) >= {NOT_CALIBRATED, "Charts appear once half of what roles expect is rated."}
    assert {row[0] for row in budget(made).values()} == {None}
    assert table(made, "org_roles", "role", "readiness") == [("Product manager", None), ("Lead", None)]


def test_tables_for_notebooks() -> None:
    """The organization tells its numbers as tables, and shows itself without pay."""
    made = large().organization()
    assert repr(made) == "<Organization of 27 people, 4 teams>"
    assert made.gaps().columns[:3] == ("team_id", "team", "area")
    assert len(made.people()) == 27
    assert "Customer talks" in [row["activity"] for row in made.coverage()]
    assert [row["holders"] for row in made.bench()] == [4, 23] or [row["holders"] for row in made.bench()] == [23, 4]
    assert [row["to_spend"] is None for row in made.budget()] == [False, True, True, False, False, True]
