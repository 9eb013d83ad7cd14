"""Who could coach whom: for each gap that wants a first assignment or somebody to watch, people of the same team."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from growthsheet.analysis.standings import Standing, Standings, standings
from growthsheet.measures import coaching
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.results import Results

COACHED = ("train", "pair")
"""The routes on which somebody is looked for."""


@dataclass(frozen=True, slots=True)
class MentorMatch:
    """A person with a gap, and who could coach them in it, most senior first."""

    member: Member
    standing: Standing
    mentors: tuple[tuple[Member, float], ...]
    """Each with their level."""


def matches(view: TeamView, stood: Standings) -> list[MentorMatch]:
    """A match for each person and activity on the routes Train and Pair, each person's priorities first.

    ``stood`` tells where everybody stands. Nobody is named who would rather not, and a match without anybody is told.
    """
    can = _can(view)

    @cache
    def able(activity: str, expected: float) -> list[tuple[Member, float]]:
        there = ((member, stood[member.person.id][activity]) for member in view.present)
        found = ((member, at.used or 0) for member, at in there if can(at.used, at.valid_interest, expected))
        return sorted(found, key=_seniority)

    found = []
    for member in view.present:
        short = [standing for standing in stood[member.person.id].values() if standing.route in COACHED]
        for learner in sorted(short, key=lambda standing: standing.rank or 0):
            mentors = able(learner.activity.id, learner.expected or 0)
            found.append(MentorMatch(member, learner, tuple(each for each in mentors if each[0] is not member)))
    return found


def mentor_results(view: TeamView) -> Results:
    """A row for each match and mentor; ``place`` is 1 for the most senior; blank where the team has nobody."""
    columns = (
        "person_id",
        "person",
        "activity_id",
        "activity",
        "gap",
        "route",
        "place",
        "mentor_id",
        "mentor",
        "level",
    )
    rows: list[tuple[object, ...]] = []
    for match in matches(view, standings(view)):
        person, at = match.member.person, match.standing
        head = (person.id, person.name, at.activity.id, at.activity.name, at.gap, at.route)
        named: Sequence[tuple[object, ...]] = [
            (place, mentor.person.id, mentor.person.name, level)
            for place, (mentor, level) in enumerate(match.mentors, 1)
        ]
        rows += [(*head, *tail) for tail in named or [(None,) * 4]]
    return Results("mentors", columns, tuple(rows))


def _can(view: TeamView) -> Callable[..., Any]:
    """Whether somebody of such a skill and interest could coach what is expected of somebody."""
    catalog = view.context.catalog
    return coaching.mentor.remembered(
        interest_high=catalog.thresholds.interest_high,
        unwilling=catalog.scale("interest").values[0],
        top=catalog.thresholds.top,
    )


def _seniority(able: tuple[Member, float]) -> tuple[int, float, str, str]:
    member, level = able
    return (-member.role.rank, -level, member.person.name.casefold(), member.person.id)
