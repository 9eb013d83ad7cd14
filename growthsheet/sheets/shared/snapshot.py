"""Helpers for tabs with one table, and for tabs that are a snapshot of one day and never empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.text.language import fill_in
from growthsheet.views.context import BuildContext
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Sheet
from growthsheet.workbook.tables import Table, TableData


def dated(context: BuildContext, purpose: str) -> str:
    """Return a tab's purpose, with the day that it shows."""
    translate = context.translate
    day = fill_in(translate("As of {day}; made anew with the next build."), day=context.as_of.isoformat())
    return f"{translate(purpose)} {day}"


def rows_or(table: Table, rows: Sequence[Mapping[str, Any]], instead: str) -> TableData:
    """Return the rows; where there are none, one row with the text ``instead`` in its first visible column."""
    key, first, *_ = table.columns
    return TableData(table, rows or [{key.key: "k:", first.key: instead}])


def table_tab(name: str, view: TeamView, purpose: str, rows: TableData, freeze: str = "activity", **more: Any) -> Sheet:
    """Return a tab of a team's workbook that holds one table."""
    title = f"{view.context.translate(name)}: {view.called}"
    return Sheet(name, purpose, (rows,), title=title, main=rows.table.name, freeze=freeze, **more)
