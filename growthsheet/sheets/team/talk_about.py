"""Talk about: the topics for the one-to-one with each person."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.standings import Standings
from growthsheet.analysis.talking_points import Topic, topics
from growthsheet.measures import lookups, ratings
from growthsheet.sheets.shared.lists import found_column
from growthsheet.sheets.shared.snapshot import dated, rows_or, table_tab
from growthsheet.sheets.team.reviews import on_reviews, row_key
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import calculated_column, data_column, keyed_table

TALK_ABOUT = "Talk about"

WHY_WORDS = {
    "differ": "Ratings differ",
    "not_applicable": "Answered n/a",
    "priority": "Priority",
    "strength": "Strength to use",
}
REASONS = (
    "Ratings differ: two levels or more apart. Answered n/a: more than a quarter of the answers. Priority: one of the"
    " five highest. Strength: no gap, and high interest."
)

TABLE = keyed_table(
    "talk_about",
    data_column("person", "Person", "person"),
    data_column("why", "Why", "why", look="why_code", note=REASONS),
    data_column("activity", "Activity", "activity"),
    data_column("skill", "Self", "level", note="What the person says."),
    data_column("manager", "Manager", "level", note="What the manager thinks."),
    data_column("expected", "Expected", "level", note="The skill that the role expects."),
    data_column("gap", "Gap", "gap", note=ratings.gap.words),
    found_column(on_reviews("note"), "Note", "note", "Your note on the tab Reviews; write it there.", text=True),
    calculated_column(lookups.at, hidden=True, key="find", keys=on_reviews("find")),
    hidden=("why_code", "find"),
)


def talk_about(view: TeamView, stood: Standings) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    on_page = "For each one-to-one: where ratings differ, what to grow next, what to build on."
    rows = rows_or(
        TABLE,
        [_row(view, topic) for topic in topics(view, stood)],
        translate("Nobody is rated yet. Collect workbooks, or rate people on the tab Reviews."),
    )
    purposes = [dated(view.context, text) for text in (on_page + " Write notes on Reviews.", on_page)]
    return table_tab(TALK_ABOUT, purposes[0], rows, one_page=True, portrait=True, on_page=purposes[1])


def _row(view: TeamView, topic: Topic) -> dict[str, Any]:
    person, at = topic.member.person, topic.standing
    return {
        "key": f"k:{person.id}:{at.activity.id}",
        "person": view.labels[person.id],
        "why": view.context.translate(WHY_WORDS[topic.why]),
        "why_code": topic.why,
        "find": row_key(view.codes[person.id], at.activity.id),
        "activity": at.activity.name,
        **{name: getattr(at, name) for name in ("skill", "manager", "expected", "gap")},
    }
