"""Calibration: how roles and managers rate, told of groups of five people and more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from growthsheet.analysis.calibration import CHANGES, Spread, changes, differences, levels
from growthsheet.analysis.survey import Survey
from growthsheet.measures import organization
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.views.suppression import HIDDEN
from growthsheet.workbook.blocks import Heading, Prose, Sheet
from growthsheet.workbook.tables import Rows, Table, given

CALIBRATION = "Calibration"
CHANGE_WORDS = dict(zip(CHANGES, ("▼ Lower", "■ Same", "▲ Higher"), strict=True))

MANAGERS = Table(
    "calibration_managers",
    (
        given("key"),
        given("manager", "Manager", "name"),
        given("people", "People", "count", note="How many people were rated by themselves and by their manager."),
        given(
            "mean",
            "Self above manager",
            "apart",
            note="The mean of how far people's own ratings are above the manager's; below them where negative.",
        ),
    ),
)


def calibration(survey: Survey) -> Sheet:
    """The tab."""
    say, catalog = survey.view.occasion.say, survey.view.occasion.catalog
    points = {point.value: f"{point.value} {point.label}" for point in catalog.scale("skill").points}
    moved = {change: say(CHANGE_WORDS[change]) for change in CHANGES}
    purpose = "How alike roles and managers rate: something to talk about, not a verdict."
    left_out = say("Left out, shown as {sign}: what would tell of fewer than five people, by itself or by subtracting.")
    return Sheet(
        CALIBRATION,
        dated(survey.view.occasion, purpose),
        (
            Prose((left_out.replace("{sign}", HIDDEN),)),
            Heading(say("Ratings by role: the share at each level")),
            _rows("calibration_levels", levels(survey), points, survey, say("Nobody has rated anything yet.")),
            Heading(say("Change since the cycle before, by role: the share of ratings")),
            _rows("calibration_changes", changes(survey), moved, survey, say("Nobody has rated in two cycles yet.")),
            Heading(say("Own ratings beside the manager's")),
            rows_or(MANAGERS, _managers(survey), say("Nobody was rated by a manager yet.")),
        ),
        main="calibration_levels",
        freeze="role",
    )


def _rows(name: str, spread: Spread[Any], headers: Mapping[Any, str], survey: Survey, nothing: str) -> Rows:
    say, roles = survey.view.occasion.say, survey.view.occasion.catalog.role_by_id
    table = Table(
        name,
        (
            given("key"),
            given("role", "Role", "name"),
            given("people", "People", "count", note="How many people's ratings are counted."),
            given("ratings", "Ratings", "count", note="How many ratings are counted."),
            *(
                given("share", headers[column], "part", of=str(column), note=organization.share_of.words)
                for column in spread.columns
            ),
        ),
    )
    rows = []
    for role, people, whole, shares in spread.rows():
        row: dict[str, Any] = {
            "role": roles[role].name if role else say("All roles"),
            "people": people,
            "ratings": whole,
        }
        row |= {f"share@{column}": share for column, share in zip(spread.columns, shares, strict=True)}
        rows.append({"key": f"k:role:{role or ''}"} | _dotted(row))
    return rows_or(table, rows if len(rows) > 1 else [], nothing)


def _managers(survey: Survey) -> list[dict[str, Any]]:
    say, teams = survey.view.occasion.say, survey.view.teams
    found = differences(survey)
    return [
        {"key": f"k:manager:{each.manager}"}
        | _dotted(
            {
                "manager": teams[each.manager] if n else say("All managers"),
                "people": each.people,
                "mean": each.mean,
            }
        )
        for n, each in enumerate(found if len(found) > 1 else [])
    ]


def _dotted(row: dict[str, Any]) -> dict[str, Any]:
    return {name: HIDDEN if value is None else value for name, value in row.items()}
