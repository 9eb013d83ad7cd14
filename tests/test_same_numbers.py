"""Over two cycles, with the ratings of people and managers and the agreed ones, a number is the same wherever it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from growthsheet.analysis.standings import standings
from growthsheet.analysis.talking_points import topics
from growthsheet.model import Answers, Rating, Source
from growthsheet.roster.roster import Roster
from tests.making import computed, earlier_cycles, family, rating, small_catalog, this_cycle
from tests.strategies import said_of, steady

PEOPLE = ("A", "B", "C", "D")
OF_A_PERSON = ("completeness", "readiness")


@st.composite
def two_cycles(draw: Any) -> Roster:
    """Mia's team with ratings of all sources in two cycles; each may be blank, n/a or beside the scale."""
    skills, interests = said_of(small_catalog(), "skill"), said_of(small_catalog(), "interest")
    chosen = st.sets(st.sampled_from([activity.id for activity in small_catalog().activities]), min_size=4)
    cycles = (earlier_cycles()[1], this_cycle())
    ratings = [
        Rating(
            cycle=cycle.id,
            person=person,
            activity=activity,
            source=source,
            skill=draw(skills),
            interest=draw(interests) if source is Source.SELF else None,
        )
        for cycle in cycles
        for person in PEOPLE
        for source in (Source.SELF, *draw(st.sampled_from([(), tuple(Source)[1:]])))
        for activity in sorted(draw(chosen))
    ]
    return family(Answers(cycles=cycles, ratings=tuple(ratings)), share=True)


@settings(steady(12))
@given(two_cycles())
def test_one_number_everywhere(made: Roster) -> None:
    """A person's, the team's and the organization's numbers of a person are equal, and so are the agenda's."""
    team, organization = made.team("M"), made.organization()
    of_team, everybody = computed(team.book()), {row["person_id"]: row for row in organization.people()}
    gaps = {(row["person_id"], row["activity_id"]): row for row in team.gaps()}
    assert [row for row in organization.gaps(by="person") if row["team_id"] == "M"] == team.gaps().records()
    used = {row["id"]: row for row in organization.book().tables["everybody"].rows}
    stood = standings(team.view)
    for id in PEOPLE:
        plan = made.person(id)
        own = computed(plan.book())
        facts = own["facts"][""]
        row, told = of_team["people"][f"k:{id}"], everybody[id]
        for name in OF_A_PERSON:
            assert facts[name] == row[name] == told[name]
        assert row["gap_count"] == told["gap_count"]
        for activity in plan.gaps().records():
            name, there = activity["activity_id"], gaps.get((id, activity["activity_id"]))
            assert there is None or {k: there[k] for k in ("used", "gap", "priority")} == {
                k: activity[k] for k in ("used", "gap", "priority")
            }
            if there is not None:
                at, of_all = stood[id][name], used[id][f"used@{name}"]
                assert (at.used, at.gap) == (there["used"], there["gap"])
                assert of_all == ("n/a" if there["status"] == "n/a" else there["used"])
            if plan.view.history:
                then = own["progress"][f"k:{name}"]["then@c0"]
                assert own["assessment"][f"k:{name}"]["last_time"] == then
                assert there is None or of_team["reviews"][f"k:{id}:{name}"]["last_time"] == then
        if plan.view.history:
            assert row["readiness_then"] == own["by_cycle"]["k:2025-2"]["readiness_of_cycle"]
        shown = plan.to_html()
        assert facts["answered"] in shown
    for topic in topics(team.view, stood):
        there = gaps.get((topic.member.person.id, topic.standing.activity.id))
        assert there is None or (topic.standing.used, topic.standing.gap) == (there["used"], there["gap"])


def test_only_this_cycle_counts() -> None:
    """What everybody said in the cycle before is in no number of this one: all of them are blank."""
    before, now = earlier_cycles()[1], this_cycle()
    said = [
        Rating(cycle=before.id, person=person, activity=activity.id, source=source, skill=1)
        for person in PEOPLE
        for source in Source
        for activity in small_catalog().current
    ]
    made = family(Answers(cycles=(before, now), ratings=tuple(said)), share=True)
    for known in (made, replace(made, answers=made.answers.model_copy(update={"cycles": (before,)}))):
        assert {row["used"] for row in known.team("M").gaps().records()} == {None}
        assert {row["used"] for row in known.person("A").gaps().records()} == {None}
        assert {row["readiness"] for row in known.organization().people().records()} == {None}
        assert {row["rated_people"] for row in known.organization().coverage().records()} == {0}
        assert known.team("M").agenda().records() == []


def test_no_answer_means_the_same_everywhere() -> None:
    """Whoever wrote notes and rated no skill has not answered, for the team, the organization and the status alike."""
    said = (
        rating("A", "talks", None, evidence="Ten talks"),
        rating("B", "talks", "n/a"),
        rating("A", "talks", source="manager", note="Ask her"),
    )
    made = family(Answers(cycles=(this_cycle(),), ratings=said))
    team, everybody = made.team("M"), made.organization().book()
    states = {each.person.id: (each.state, each.manager_state) for each in made.responses()}
    assert {id: states[id] for id in ("A", "B")} == {"A": ("missing", "missing"), "B": ("partial", "missing")}
    assert computed(team.book())["facts"][""]["no_answer"] == len(team.view.present) - 1
    assert computed(everybody)["facts"][""]["missing"] == len(made.people) - 1
