"""Career of a team: each person's readiness for the roles that may come next."""

from __future__ import annotations

from typing import Any

from growthsheet.analysis.bench import Prospect, prospects
from growthsheet.sheets.person.career import CAREER, PATH_NOTE, PATHS, ROLE_NUMBERS
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
    *(data_column(name, header, style, note=note) for name, (header, style, note) in ROLE_NUMBERS.items()),
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
