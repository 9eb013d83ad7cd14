"""Helpers for tabs that are a snapshot of one day: they name the day, and are never empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.text.language import fill_in
from growthsheet.views.context import BuildContext
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
