"""Career of a team: how ready each person is for the roles that may come next."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.bench import Prospect, prospects
from growthsheet.measures import career, ratings
from growthsheet.sheets.person.career import CAREER, PATHS
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, given

NAME = "bench"

TABLE = Table(
    NAME,
    (
        given("key"),
        given("role", "Role", "name"),
        given("path", "Path", "key", note="Product: grow in the work. People: grow others."),
        given("person", "Person", "name"),
        given("role_now", "Role now", "person"),
        given("readiness", "Readiness", "percent", note=ratings.readiness.words),
        given("completeness", "Complete", "complete", note=ratings.completeness.words),
        given("met", "Met", "count", note=career.met.words),
        given("one_short", "One short", "count", note=career.one_short.words),
        given("more_short", "More short", "count", note=career.more_short.words),
        given("not_rated", "Not rated", "count", note=career.not_rated.words),
    ),
)


def bench(view: TeamView) -> Sheet:
    """The tab."""
    say = view.occasion.say
    purpose = "Who is near which next role: a help for talks, not a checklist for promotion."
    return Sheet(
        CAREER,
        dated(view.occasion, purpose),
        (
            rows_or(
                TABLE,
                [_row(view, prospect) for prospect in prospects(view)],
                say("No role of this team leads to another one in the catalog."),
            ),
        ),
        title=f"{say(CAREER)}: {view.called}",
        main=NAME,
        freeze="person",
    )


def _row(view: TeamView, prospect: Prospect) -> dict[str, Any]:
    member, role = prospect.member, prospect.role
    return {
        "key": f"k:{role.id}:{member.person.id}",
        "role": role.name,
        "path": view.occasion.say(PATHS[role.path]),
        "person": view.labels[member.person.id],
        "role_now": member.role.name,
        **prospect.numbers,
    }
