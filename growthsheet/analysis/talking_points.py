"""Talking points for each person: differing ratings, many answers of n/a, priorities to grow in, and strengths."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from growthsheet.analysis.standings import Standing, Standings, standings
from growthsheet.measures import ratings
from growthsheet.model import NOT_APPLICABLE
from growthsheet.views.team import Member, TeamView
from growthsheet.workbook.results import Results, schema

FAR_APART = 2
TOP_PRIORITIES = 5
STRENGTHS = 3


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to talk about; ``why`` is ``differ``, ``not_applicable``, ``priority`` or ``strength``."""

    member: Member
    why: str
    standing: Standing


def topics(view: TeamView, stood: Standings) -> list[Topic]:
    """Return, for each person, the ratings two levels or more apart, then five priorities, then three strengths.

    After the first come all answers of n/a, if they are more than a quarter. An activity is listed once, for the first
    reason that applies; ``stood`` holds everybody's standings.
    """
    return [Topic(member, *topic) for member in view.present for topic in _agenda(stood[member.person.id].values())]


def talking_point_results(view: TeamView) -> Results:
    """Return a row for each topic, person by person, in the order of the talk."""
    return schema("agenda").table(
        {
            "person_id": each.member.person.id,
            "person": each.member.person.name,
            "why": each.why,
            "activity_id": each.standing.activity.id,
            "activity": each.standing.activity.name,
            "self": each.standing.skill,
            **{name: getattr(each.standing, name) for name in ("expected", "manager", "gap")},
        }
        for each in topics(view, standings(view))
    )


def _agenda(rows: Collection[Standing]) -> list[tuple[str, Standing]]:
    differ = sorted((s for s in rows if (s.apart or 0) >= FAR_APART), key=lambda s: (-(s.apart or 0), s.order))
    unrated = [s for s in rows if s.status == NOT_APPLICABLE]
    many = ratings.many_not_applicable.function(len(unrated), sum(s.expected is not None for s in rows))
    top = sorted((s for s in rows if s.rank), key=lambda s: s.rank or 0)
    strong = sorted((s for s in rows if s.strength), key=lambda s: (-(s.used or 0), -(s.valid_interest or 0), s.order))
    listed = {s.activity.id for s in differ}
    return [
        *(("differ", s) for s in differ),
        *(("not_applicable", s) for s in unrated if many),
        *(("priority", s) for s in islice((s for s in top if s.activity.id not in listed), TOP_PRIORITIES)),
        *(("strength", s) for s in islice((s for s in strong if s.activity.id not in listed), STRENGTHS)),
    ]
