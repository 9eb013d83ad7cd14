"""Calibration: the ratings by role and by manager, shown for groups of five people and more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from growthsheet.analysis.calibration import CHANGES, Distribution, changes, differences
from growthsheet.analysis.survey import Survey
from growthsheet.measures import organization
from growthsheet.sheets.shared.snapshot import dated, rows_or
from growthsheet.text.language import Translate, fill_in
from growthsheet.views.suppression import HIDDEN
from growthsheet.workbook.blocks import Block, Heading, Paragraphs, Sheet
from growthsheet.workbook.tables import Table, data_column, keyed_table

CALIBRATION = "Calibration"
LETTERS, LONGEST_LIST = 130, 3
"""The most letters of a line of names, and lines, so that they fit on a screen."""
CHANGE_WORDS = dict(zip(CHANGES, ("▼ Lower", "■ Same", "▲ Higher"), strict=True))

MANAGERS = keyed_table(
    "calibration_managers",
    data_column("manager", "Manager", "name"),
    data_column("people", "People", "count", note="How many people were rated by themselves and by their manager."),
    data_column(
        "mean",
        "Self minus manager",
        "apart",
        note="How far people's own ratings are above the manager's, on average; negative where they are below.",
    ),
)


def is_calibrated(survey: Survey, spread: Distribution[float]) -> bool:
    """Return whether a role or a manager has enough people with ratings for them to be shown."""
    roles = any(role and people for role, people, _, _ in spread.rows())
    return roles or any(each.manager and each.people for each in differences(survey))


def calibration(survey: Survey, spread: Distribution[float]) -> Sheet:
    """Return the tab; ``spread`` are the ratings at each level."""
    translate, catalog = survey.view.context.translate, survey.view.context.catalog
    points = {point.value: f"{point.value} {point.label}" for point in catalog.scale("skill").points}
    moved = {change: translate(CHANGE_WORDS[change]) for change in CHANGES}
    purpose = "How similarly roles and managers rate: something to talk about, not a verdict."
    left_out = translate(
        "Left out, shown as {sign}: whatever would reveal fewer than five people, by itself or by subtraction."
    )
    return Sheet(
        CALIBRATION,
        dated(survey.view.context, purpose),
        (
            Paragraphs((left_out.replace("{sign}", HIDDEN),)),
            Heading(translate("Ratings by role: the share at each level")),
            *_rows("calibration_levels", spread, points, survey, translate("Nobody has rated anything yet.")),
            Heading(translate("Change since the cycle before, by role: the share of ratings")),
            *_rows(
                "calibration_changes",
                changes(survey),
                moved,
                survey,
                translate("Nobody has ratings in two cycles yet."),
            ),
            Heading(translate("Own ratings beside the manager's")),
            *_told(MANAGERS, _managers(survey), translate, translate("Managers have not rated anybody yet.")),
        ),
        main="calibration_levels",
        freeze="role",
    )


def _told(table: Table, rows: Sequence[dict[str, Any]], translate: Translate, nothing: str) -> Iterator[Block]:
    """Yield the table with the total and the groups that may be shown, and a sentence that names the others."""
    hidden = [next(iter(row.values())) for row in rows[1:] if row["people"] is None]
    shown = [
        {"key": f"k:{n}"} | {name: HIDDEN if value is None else value for name, value in row.items()}
        for n, row in enumerate(rows if len(rows) > 1 else ())
        if row["people"] is not None
    ]
    if shown or not hidden:
        yield rows_or(table, shown, nothing)
    if hidden:
        names = fill_in(translate("Left out: {names}."), names=", ".join(hidden))
        yield Paragraphs((*wrap(names, LETTERS, max_lines=LONGEST_LIST, placeholder=" …"),))


def _rows(
    name: str, spread: Distribution[Any], headers: Mapping[Any, str], survey: Survey, nothing: str
) -> Iterator[Block]:
    translate, roles = survey.view.context.translate, survey.view.context.catalog.role_by_id
    table = keyed_table(
        name,
        data_column("role", "Role", "name"),
        data_column("people", "People", "count", note="How many people's ratings are counted."),
        data_column("ratings", "Ratings", "count", note="How many ratings are counted."),
        *(
            data_column("share", headers[column], "part", of=str(column), note=organization.share_of.words)
            for column in spread.columns
        ),
    )
    rows: list[dict[str, Any]] = [
        {
            "role": roles[role].name if role else translate("All roles"),
            "people": people,
            "ratings": whole,
            **{f"share@{column}": share for column, share in zip(spread.columns, shares, strict=True)},
        }
        for role, people, whole, shares in spread.rows()
    ]
    return _told(table, rows, translate, nothing)


def _managers(survey: Survey) -> list[dict[str, Any]]:
    translate, teams = survey.view.context.translate, survey.view.teams
    return [
        {"manager": teams[each.manager] if n else translate("All managers"), "people": each.people, "mean": each.mean}
        for n, each in enumerate(differences(survey))
    ]
