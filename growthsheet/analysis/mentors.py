"""Mentor matches: for each gap on the routes Train and Pair, people of the same team who could coach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from growthsheet.analysis.standings import Standing, Standings, standings
from growthsheet.measures import coaching
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.results import Results, schema

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
    return schema("mentors").table(_mentor_records(matches(view, standings(view))))


def _mentor_records(found: Iterable[MentorMatch]) -> Iterator[dict[str, Any]]:
    for match in found:
        person, at = match.member.person, match.standing
        row = {"person_id": person.id, "person": person.name, "gap": at.gap, "route": at.route}
        row |= {"activity_id": at.activity.id, "activity": at.activity.name}
        for place, (mentor, level) in enumerate(match.mentors, 1):
            name = mentor.person.name
            yield row | {"place": place, "mentor_id": mentor.person.id, "mentor": name, "mentor_level": level}
        if not match.mentors:
            yield row | dict.fromkeys(("place", "mentor_id", "mentor", "mentor_level"))


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
