"""The values for the template of an agenda: what a manager and a person talk about, as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from growthsheet.analysis.standings import Standing, standings
from growthsheet.analysis.talking_points import Topic, topics
from growthsheet.model import NOT_APPLICABLE, Scale
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.roster.plans import Team
from growthsheet.roster.roster import Roster
from growthsheet.views.context import BuildContext
from growthsheet.views.team import Member

GROUPS = {"differ": "differ", "not_applicable": "not_applicable", "priority": "priorities", "strength": "strengths"}
"""The reason for a topic -> the name of such topics in the template."""

_MARKUP = re.compile(r"([\\`*_\[\]<>#|@]|:(?=//)|(?<=www)\.|(?<=mailto):|(?<=xmpp):)", re.IGNORECASE)
"""What Markdown gives a meaning to, and what viewers make links of."""


def agenda_values(roster: Roster, team: Team) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the values for the template of an agenda, for each person of a team."""
    context, found = team.view.context, dict[str, list[Topic]]()
    for topic in topics(team.view, standings(team.view)):
        found.setdefault(topic.member.person.id, []).append(topic)
    for member in team.view.present:
        groups: dict[str, list[dict[str, str]]] = {name: [] for name in GROUPS.values()}
        for topic in found.get(member.person.id, ()):
            groups[GROUPS[topic.why]].append(_talked_about(context, topic.standing))
        yield (
            member.person.id,
            {
                "name": _plain(member.person.name),
                "manager": _plain(team.manager.name),
                "role": _plain(member.role.name),
                "cycle": _plain(roster.cycle.label),
                "as_of": context.day(context.as_of),
                "rated": bool(member.ratings.own),
                "manager_rated": bool(member.ratings.manager),
                **groups,
                "plan": list(_planned(roster, member, context)),
            },
        )


def _talked_about(context: BuildContext, at: Standing) -> dict[str, str]:
    skill, interest = context.catalog.scale("skill"), context.catalog.scale("interest")
    return {
        "activity": _plain(at.activity.name),
        "self": _level(skill, at.skill),
        "manager": _level(skill, at.manager),
        "used": _level(skill, at.used),
        "expected": _level(skill, at.expected),
        "interest": _level(interest, at.valid_interest),
        "route": context.translate(ROUTE_WORDS[at.route][1]) if at.route else "",
    }


def _level(scale: Scale, value: float | str | None) -> str:
    """Return a level with its word, as in "2 (Working)"; blank if there is none."""
    if value is None or value == NOT_APPLICABLE or isinstance(value, str):
        return _plain(value or "")
    words = {point.value: point.label for point in scale.points}
    return f"{value:g} ({_plain(words[int(value)])})" if value in words else f"{value:g}"


def _planned(roster: Roster, member: Member, context: BuildContext) -> Iterator[dict[str, str]]:
    """Yield the open items of a person's plan, the first due first."""
    items = [item for item in roster.person(member.person.id).view.plan_items if item.status == "open"]
    for item in sorted(items, key=lambda item: (item.due is None, str(item.due), item.id)):
        activity = context.catalog.activity_by_id.get(item.activity)
        yield {
            "activity": _plain(activity.name if activity else item.activity),
            "action": _plain(item.action),
            "measure": _plain(item.measure),
            "helper": _plain(item.helper),
            "due": context.day(item.due) if item.due else "",
        }


def _plain(text: str) -> str:
    r"""Return the text on one line, escaped so that Markdown shows it as it is, addresses too.

    >>> print(_plain("a *bold*\n# move"))
    a \*bold\* \# move
    >>> print(_plain("see https://example.com, www.example.com or ana@example.com"))
    see https\://example.com, www\.example.com or ana\@example.com
    """
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
