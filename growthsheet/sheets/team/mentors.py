"""Mentors: the colleagues who could coach a person on an activity."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.mentors import MentorMatch, matches
from growthsheet.analysis.standings import Standings
from growthsheet.measures import coaching, ratings
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.sheets.shared.snapshot import dated, rows_or, table_tab
from growthsheet.text.language import fill_in
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Paragraphs, Sheet
from growthsheet.workbook.tables import data_column, keyed_table

MENTORS = "Mentors"
NAMED_AT_MOST = 3
NOTHING_RATED = "There is nobody to coach yet. Coaching pairs need ratings of skill, experience and interest."

TABLE = keyed_table(
    "mentors",
    data_column("person", "Person", "person"),
    data_column("activity", "Activity", "activity"),
    data_column("gap", "Gap", "gap", note=ratings.gap.words),
    data_column("route", "Route", "route", note=ratings.route.words),
    data_column("mentor_1", "Mentor 1", "person", note=coaching.mentor.words),
    data_column("mentor_2", "Mentor 2", "person"),
    data_column("mentor_3", "Mentor 3", "person"),
)


def mentors(view: TeamView, stood: Standings) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    found = list(matches(view, stood))
    coached = [match for match in found if match.mentors]
    nobody = "Nobody in the team can coach somebody else's gap." if found else NOTHING_RATED
    rows = rows_or(TABLE, [_row(view, match) for match in coached], translate(nobody))
    outside = fill_in(
        translate(
            "Gaps that nobody in the team can coach: {count}. Plan training for them on the tab Training budget."
        ),
        count=len(found) - len(coached),
    )
    purpose = "Who in this team could coach whom, the most senior first, with their skill."
    above = [Paragraphs((outside,))] if len(found) > len(coached) else []
    return table_tab(MENTORS, dated(view.context, purpose), rows, *above, one_page=True, portrait=True)


def _row(view: TeamView, match: MentorMatch) -> dict[str, Any]:
    translate, person, at = view.context.translate, match.member.person, match.standing
    named = [f"{view.labels[mentor.person.id]} · {level:g}" for mentor, level in match.mentors[:NAMED_AT_MOST]]
    return {
        "key": f"k:{person.id}:{at.activity.id}",
        "person": view.labels[person.id],
        "activity": at.activity.name,
        "gap": at.gap,
        "route": translate(ROUTE_WORDS[at.route or ""][0]),
        **{f"mentor_{n}": text for n, text in enumerate(named, 1)},
    }
