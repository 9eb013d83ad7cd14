"""Talk about: what to talk about with each person, one to one."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.standings import Stood
from growthsheet.analysis.talking_points import Topic, topics
from growthsheet.measures import ratings
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, given, hidden

TALK_ABOUT = "Talk about"
NAME = "talk_about"

WHY_WORDS = {"differ": "Ratings differ", "priority": "Priority", "strength": "Strength to use"}
REASONS = (
    "Ratings differ: the person's and the manager's are two levels or more apart. Priority: one of the five highest. "
    "Strength: done well and without a gap, and the person would like to do more of it."
)

TABLE = Table(
    NAME,
    (
        given("key"),
        given("person", "Person", "person"),
        given("why", "Why", "why", look="why_code", note=REASONS),
        given("activity", "Activity", "long"),
        given("skill", "Self", "level", note="What the person says."),
        given("manager", "Manager", "level", note="What the manager thinks."),
        given("expected", "Expected", "level", note="The skill that the role expects."),
        given("gap", "Gap", "gap", note=ratings.gap.words),
        hidden(given("why_code")),
    ),
)


def talk_about(view: TeamView, stood: Stood) -> Sheet:
    """The tab."""
    say = view.occasion.say
    purpose = "For each one-to-one: where ratings differ, what to grow next, what to build on."
    return Sheet(
        TALK_ABOUT,
        dated(view.occasion, purpose),
        (
            rows_or(
                TABLE,
                [_row(view, topic) for topic in topics(view, stood)],
                say("Nothing to talk about yet: it takes ratings."),
            ),
        ),
        title=f"{say(TALK_ABOUT)}: {view.called}",
        main=NAME,
        freeze="activity",
    )


def _row(view: TeamView, topic: Topic) -> dict[str, Any]:
    person, at = topic.member.person, topic.standing
    return {
        "key": f"k:{person.id}:{at.activity.id}",
        "person": view.labels[person.id],
        "why": view.occasion.say(WHY_WORDS[topic.why]),
        "why_code": topic.why,
        "activity": at.activity.name,
        **{name: getattr(at, name) for name in ("skill", "manager", "expected", "gap")},
    }
