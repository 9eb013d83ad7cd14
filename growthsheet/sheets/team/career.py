"""Career of a team: each person's readiness for the roles that may come next."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.bench import Prospect, prospects
from growthsheet.measures import career, ratings
from growthsheet.sheets.person.career import CAREER, PATH_NOTE, PATHS
from growthsheet.sheets.shared.snapshot import dated, rows_or, table_tab
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import data_column, keyed_table

TABLE = keyed_table(
    "bench",
    data_column("role", "Role", "name"),
    data_column("path", "Path", "text", note=PATH_NOTE),
    data_column("person", "Person", "name"),
    data_column("role_now", "Role now", "person"),
    data_column("readiness", "Readiness", "percent", note=ratings.readiness.words),
    data_column("completeness", "Complete", "complete", note=ratings.completeness.words),
    data_column("met", "Met", "count", note=career.met.words),
    data_column("one_short", "1 level below", "count", note=career.one_short.words),
    data_column("more_short", "2 or more below", "count", note=career.more_short.words),
    data_column("not_rated", "Not rated", "count", note=career.not_rated.words),
)


def team_career(view: TeamView) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    purpose = "Who is close to which next role: for conversations, not a checklist for promotion."
    rows = rows_or(
        TABLE,
        [_row(view, prospect) for prospect in prospects(view)],
        translate("No role in this team leads to another one in the catalog."),
    )
    return table_tab(CAREER, dated(view.context, purpose), rows, freeze="person")


def _row(view: TeamView, prospect: Prospect) -> dict[str, Any]:
    member, role = prospect.member, prospect.role
    return {
        "key": f"k:{role.id}:{member.person.id}",
        "role": role.name,
        "path": view.context.translate(PATHS[role.path]),
        "person": view.labels[member.person.id],
        "role_now": member.role.name,
        **prospect.numbers,
    }
