"""Mentor matches: for each gap on the routes Train and Pair, people of the same team who could coach."""

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
"""The routes for which mentors are looked for."""


@dataclass(frozen=True, slots=True)
class MentorMatch:
    """A person with a gap, and the people who could coach them in it, most senior first."""

    member: Member
    standing: Standing
    mentors: tuple[tuple[Member, float], ...]
    """Each mentor with their skill level."""


def matches(view: TeamView, stood: Standings) -> list[MentorMatch]:
    """Return a match for each person and activity on the routes Train and Pair, each person's priorities first.

    ``stood`` holds everybody's standings. Nobody is named who is not interested; a match may have no mentors.
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
    """Return a row for each match and mentor; ``place`` is 1 for the most senior, blank if the team has no mentor."""
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
    """Return a function that tests whether skill and interest of somebody are enough to coach to a level."""
    catalog = view.context.catalog
    return coaching.mentor.remembered(
        interest_high=catalog.thresholds.interest_high,
        unwilling=catalog.scale("interest").values[0],
        top=catalog.thresholds.top,
    )


def _seniority(able: tuple[Member, float]) -> tuple[int, float, str, str]:
    member, level = able
    return (-member.role.rank, -level, member.person.name.casefold(), member.person.id)
