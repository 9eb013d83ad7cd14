"""Mentors: who could coach whom, on what."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.mentors import Match, matches
from growthsheet.analysis.standings import Stood
from growthsheet.measures import coaching, ratings
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, given

MENTORS = "Mentors"
NAME = "mentors"
NAMED_AT_MOST = 3

TABLE = Table(
    NAME,
    (
        given("key"),
        given("person", "Person", "person"),
        given("activity", "Activity", "name"),
        given("gap", "Gap", "gap", note=ratings.gap.words),
        given("route", "Route", "route", note=ratings.route.words),
        given("mentor_1", "Mentor 1", "person", note=coaching.mentor.words),
        given("mentor_2", "Mentor 2", "person"),
        given("mentor_3", "Mentor 3", "person"),
    ),
)


def mentors(view: TeamView, stood: Stood) -> Sheet:
    """The tab."""
    say = view.occasion.say
    return Sheet(
        MENTORS,
        dated(view.occasion, "Who of this team could coach whom, the most senior first, with their skill."),
        (
            rows_or(
                TABLE,
                [_row(view, match) for match in matches(view, stood)],
                say("Nobody to coach yet: rate skill, experience and interest first."),
            ),
        ),
        title=f"{say(MENTORS)}: {view.called}",
        main=NAME,
        freeze="activity",
    )


def _row(view: TeamView, match: Match) -> dict[str, Any]:
    say, person, at = view.occasion.say, match.member.person, match.standing
    named = [f"{view.labels[mentor.person.id]} · {level:g}" for mentor, level in match.mentors[:NAMED_AT_MOST]]
    return {
        "key": f"k:{person.id}:{at.activity.id}",
        "person": view.labels[person.id],
        "activity": at.activity.name,
        "gap": at.gap,
        "route": say(ROUTE_WORDS[at.route or ""][0]),
        **{f"mentor_{n}": text for n, text in enumerate(named or [say("Nobody in the team")], 1)},
    }
