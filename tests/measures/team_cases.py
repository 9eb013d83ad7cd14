"""Coverage, flags and what a team's overview sums up: each sentence with its cases."""

from __future__ import annotations

from typing import Any

from growthsheet.expr import Measure, RowValues
from growthsheet.measures import lookups
from growthsheet.measures import team as m
from tests.expr.asking import Blank
from tests.measures.saying import Case, says

NO = Blank.FORMULA
"""A person whose rating does not count: their cell shows nothing."""


def people(measure: Measure, wanted: Any, expected: int, *ratings: Any) -> Case:
    """A measure over one activity's people; ``expected`` of them should do it."""
    limits = {"covered": {"covered_from": 3}, "working": {"working_from": 2}}.get(measure.name, {})
    rated = sum(not isinstance(rating, Blank) for rating in ratings)
    return says(measure, wanted, rated_people=rated, expected_people=expected, people=RowValues(ratings), **limits)


def flag(wanted: Any, covered: Any, working: Any, needed: int, importance: int) -> Case:
    """The flag of an activity."""
    return says(m.flag, wanted, covered=covered, working=working, needed=needed, top_importance=importance)


def of_person(measure: Measure, wanted: Any, who: str, **more: Any) -> Case:
    """A measure of a person's rows, among those of three people."""
    columns = {"whose": ["p0001", "p0002", "P0002", "p0002", "p0003"], "gaps": [3, 0, 1, NO, NO]} | more
    return says(measure, wanted, who=who, **{p.name: columns[p.name] for p in measure.parameters if p.name in columns})


na: dict[str, Any] = {
    "skills": ["n/a", "n/a", 2, "n/a", None],
    "agreeds": [1, 2, None, "n/a", None],
    "weighted_expectations": [4, 4, 4, 4, 4],
}
"""Answers of three people: an n/a that is not rated is one that counts."""


def largest_gap(wanted: Any, number: int) -> Case:
    """The largest gap of the person with this number."""
    priorities = [1_000_002, 1_000_006, NO, 3_000_009, None, 1_000_006]
    activities = ["Vision", "Pricing", "Talks", "Other", "Data", "Risk"]
    return says(m.largest_gap, wanted, number=number, priorities=priorities, activities=activities)


CASES: dict[str, list[Case]] = {
    "Only people whose rating counts are rated.": [
        says(m.rated_people, 2, people=RowValues((3, NO, 0, None))),
        says(m.rated_people, 0, people=RowValues((NO, None))),
    ],
    "Covered are people at 3 or more, working alone those at 2 or more.": [
        people(m.covered, 2, 4, 4, 3, 2, 0),
        people(m.working, 3, 4, 4, 3, 2, 0),
        people(m.covered, 0, 2, 2, 2),
        people(m.working, 0, 1, 1),
    ],
    "Coverage is blank until half of the people are rated.": [
        people(m.covered, None, 3, 4, NO, NO),
        people(m.covered, 1, 2, 4, NO),
        people(m.covered, 2, 3, 4, 4, NO),
        people(m.working, None, 5, 4, 4, NO, NO, NO),
        people(m.working, 1, 4, 4, 0, NO, NO),
        people(m.team_level, None, 1, NO),
        people(m.team_level, None, 3, 4, NO, NO),
    ],
    "The team level is the lower median, never the mean.": [
        people(m.team_level, 1, 4, 0, 1, 3, 4),
        people(m.team_level, 3, 3, 4, 0, 3),
        people(m.team_level, 2, 2, 2, 4),
        people(m.team_level, 0, 2, 0, 4),
        people(m.team_level, 4, 2, 4, NO),
    ],
    "Two are needed where it matters most, else one; never more than there are people.": [
        says(m.needed, 2, top_importance=3, expected_people=5),
        says(m.needed, 1, top_importance=2, expected_people=5),
        says(m.needed, 1, top_importance=3, expected_people=1),
    ],
    "The first flag that holds is shown: team gap, depends on one, thin.": [
        flag("teamgap", 0, 0, 1, 1),
        flag("teamgap", 0, 0, 2, 3),
        flag("single", 1, 3, 2, 3),
        flag("single", 1, 1, 1, 3),
        flag("thin", 0, 3, 1, 1),
        flag("thin", 0, 1, 2, 3),
        flag("covered", 1, 1, 1, 2),
        flag("covered", 2, 2, 2, 3),
    ],
    "A map shows a number, nothing where nobody is rated, and a dot where the role does not expect it.": [
        says(m.on_map, 3, column=[0, 3, NO], at=2, find="k:p0001:data"),
        says(m.on_map, 0, column=[0, 3, NO], at=1, find="k:p0001:data"),
        says(m.on_map, None, column=[0, 3, NO], at=3, find="k:p0001:data"),
        says(m.on_map, "·", column=[0, 3, NO], at=NO, find="·"),
        says(m.on_map, None, column=[0, 3, NO], at=None, find=None),
    ],
    "The flag says first how pressing an activity is, then the sum of its gaps.": [
        says(m.concern, 4_000_007, flag="teamgap", total_gap=7),
        says(m.concern, 3_000_002.5, flag="single", total_gap=2.5),
        says(m.concern, 2_000_000, flag="thin", total_gap=0),
        says(m.concern, 1_000_000, flag="covered", total_gap=None),
        says(m.concern, 3, flag=NO, total_gap=3),
        says(m.concern, 0, flag=None, total_gap=NO),
    ],
    "The most pressing activity is first; equals stand in the order of the catalog.": [
        says(m.coverage_rank, 1, concern=9, order=3, concerns=[0, 0, 9], orders=[1, 2, 3]),
        says(m.coverage_rank, 3, concern=0, order=2, concerns=[0, 0, 9], orders=[1, 2, 3]),
    ],
    "No flag until half of the people are rated.": [flag(None, None, None, 2, 3), flag(None, NO, NO, 1, 1)],
    "Only somebody below what is expected is short.": [
        says(m.people_short, 2, gaps=RowValues((0, 0.5, 3, NO, None))),
        says(m.total_gap, 3.5, gaps=RowValues((0, 0.5, 3, NO, None))),
        says(m.total_gap, 0, gaps=RowValues((0, NO))),
        says(m.total_gap, None, gaps=RowValues((NO, None))),
    ],
    "Activities are ranked by the share of people who are short, then by their gaps and the order of the catalog.": [
        says(m.team_rank, place, share_short=share, total_gap=gap, order=n, **of_all)
        for of_all in [{"shares_short": [1, 0.5, 0, 1, 1], "total_gaps": [2, 5, 0, 2, 3], "orders": [1, 2, 3, 4, 5]}]
        for n, (share, gap, place) in enumerate(((1, 2, 2), (0.5, 5, 4), (0, 0, None), (1, 2, 3), (1, 3, 1)), 1)
    ],
    "The share of those who are rated is short; nothing until somebody is rated.": [
        says(m.share_short, 0.6667, people_short=2, rated_people=3),
        says(m.share_short, None, people_short=NO, rated_people=0),
    ],
    "A team's readiness is the lower middle one.": [
        says(m.team_readiness, 0.5, readinesses=[0.9, 0.5, NO, 0.4, 0.7]),
        says(m.team_readiness, None, readinesses=[NO, None]),
    ],
    "Who has answered something is counted, and is a share of the team.": [
        says(m.people_answered, 2, answered=[0, 3, 36, NO, None]),
        says(m.share_answered, 0.6667, people_answered=4, people=6),
    ],
    "Bars are sorted, the worst first and those without a share last, which say why.": [
        says(m.sort_key, 0.5, value=0.5),
        says(m.sort_key, 2, value=NO),
        says(m.worst_first, 2, sort_key=0.5, number=3, sort_keys=[2, 0.5, 0.5, 0.7], numbers=[1, 2, 3, 4]),
        says(m.worst_first, 4, sort_key=2, number=1, sort_keys=[2, 0.5, 0.5, 0.7], numbers=[1, 2, 3, 4]),
        says(m.bar_label, "Ana", label="Ana", answered_count=5, readiness=0.5),
        says(m.bar_label, "Ana: few ratings", label="Ana", answered_count=5, readiness=NO),
        says(m.bar_label, "Ana: no answer", label="Ana", answered_count=0, readiness=None),
    ],
    "Who rated 80% counts as rated.": [says(m.people_rated, 2, shares=[0.8, 1, 0.7999, NO, None])],
    "First gather ratings, then wait for the rest, then talk.": [
        says(
            m.team_next_step,
            "Collect people's ratings, or type yours on the tab Reviews",
            people=3,
            people_rated=0,
        ),
        says(m.team_next_step, "Wait for the rest, or type ratings on the tab Reviews", people=3, people_rated=2),
        says(m.team_next_step, "Talk with each person: the tab Talk about says what about", people=3, people_rated=3),
    ],
    "Activities are counted by flag, people's gaps one by one.": [
        says(m.flags_counted, 2, code="thin", flags=["thin", "single", NO, "thin"]),
        says(m.flags_counted, 0, code="teamgap", flags=["thin", "single", NO]),
        says(m.flag_carried, "thin", code="thin", flags_counted=2),
        says(m.flag_carried, None, code="teamgap", flags_counted=0),
        says(m.gap_count, 2, gaps=[0, 0.01, 3, NO]),
        says(m.gap_count, 0, gaps=[0, NO]),
    ],
    "A person's rows are counted and added by the person's code; what is not rated adds nothing.": [
        of_person(m.answered_by_person, 2, "p0002", answers=[1, 1, NO, 1, 1]),
        of_person(m.answered_by_person, 0, "p0003", answers=[1, 1, NO, 1, NO]),
        of_person(m.not_applicable_by_person, 1, "p0002", **na),
        of_person(m.not_applicable_by_person, 0, "p0001", **na),
        says(m.not_applicable_people, 2, order=4, orders=[4, 4, 1, 4, 4], gaps=[3, NO, 1, NO, NO], **na),
        says(m.many_not_applicable_count, 2, marks=[1, NO, None, 1]),
        of_person(m.rated_by_person, 2, "p0002"),
        of_person(m.rated_by_person, 0, "p0003"),
        of_person(m.gaps_of_person, 1, "p0002", rated_count=2),
        of_person(m.gaps_of_person, None, "p0003", rated_count=0),
        of_person(m.short_of_person, 3, "p0002", priorities=[9, 0, 3, NO, NO]),
        of_person(m.short_of_person, 0, "p0003", priorities=[9, 0, 3, NO, NO]),
        of_person(m.rated_expectation, 5, "p0002", weighted_expectations=[1, 2, 3, 4, 5]),
    ],
    "A priority is told apart from other people's by the person's number; none where there is no gap.": [
        says(m.priority_of_person, 2_000_004.5, number=2, priority=4.5),
        says(m.priority_of_person, None, number=2, priority=0),
        says(m.priority_of_person, None, number=2, priority=None),
    ],
    "The largest gap is the first activity with the person's highest priority.": [
        largest_gap("Pricing", 1),
        largest_gap("Other", 3),
        largest_gap(None, 2),
        largest_gap(None, 4),
    ],
    "A cell of a row is found by its place.": [
        says(lookups.found_across, 0.5, at=2, row=RowValues((1, 0.5, NO))),
        says(lookups.found_across, None, at=3, row=RowValues((1, 0.5, NO))),
        says(lookups.found_across, None, at=None, row=RowValues((1, 0.5))),
        says(lookups.found_text_across, "Risk", at=1, row=RowValues(("Risk", NO))),
        says(lookups.found_text_across, None, at=2, row=RowValues(("Risk", NO))),
    ],
    "Of what is expected and rated in an area, the share that is met is told; nothing where nothing is rated.": [
        says(m.area_met, 0.5, area="a:x", areas=["a:x", "a:y", "a:x", "a:x"], gaps=[1, 0, 0, NO]),
        says(m.area_met, None, area="a:x", areas=["a:x", "a:y"], gaps=[NO, 0]),
    ],
}
