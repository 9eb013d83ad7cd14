"""Who could coach whom: for each gap that wants a first assignment or somebody to watch, people of the same team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

from ..measures import coaching
from ..results import Results
from ..views import Member, TeamView
from .standing import Standing, Stood, standings

COACHED = ("train", "pair")
"""The routes on which somebody is looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """A person with a gap, and who could coach them in it, most senior first."""

    member: Member
    standing: Standing
    mentors: tuple[tuple[Member, float], ...]
    """Each with their level."""


def matches(view: TeamView, stood: Stood) -> list[Match]:
    """A match for each person and activity on the routes Train and Pair, each person's priorities first.

    ``stood`` tells where everybody stands. Nobody is named who would rather not, and a match without anybody is told.
    """
    able = cache(partial(_able, view, stood))
    found = []
    for member in view.present:
        short = [standing for standing in stood[member.person.id].values() if standing.route in COACHED]
        for learner in sorted(short, key=lambda standing: standing.rank or 0):
            mentors = (each for each in able(learner.activity.id, learner.expected) if each[0] is not member)
            found.append(Match(member, learner, tuple(mentors)))
    return found


def _able(view: TeamView, stood: Stood, activity: str, expected: float) -> list[tuple[Member, float]]:
    """Who could coach an activity of which so much is expected, most senior first."""
    there = ((member, stood[member.person.id][activity]) for member in view.present)
    able = [(member, at.used or 0) for member, at in there if _can(view, at, expected)]
    return sorted(able, key=_seniority)


def mentors(view: TeamView) -> Results:
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


def _can(view: TeamView, mentor: Standing, expected: float) -> bool:
    limits = view.occasion.catalog.thresholds
    able = coaching.mentor.function(
        used=mentor.used,
        keenness=mentor.keenness,
        expected=expected,
        interest_high=limits.interest_high,
        unwilling=view.occasion.catalog.scale("interest").values[0],
        top=limits.top,
    )
    return bool(able)


def _seniority(able: tuple[Member, float]) -> tuple[int, float, str, str]:
    member, level = able
    return (-member.role.rank, -level, member.person.name.casefold(), member.person.id)
