"""Helpers for tabs with one table, and for tabs that are a snapshot of one day and never empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.text.language import fill_in
from growthsheet.views.context import BuildContext
from growthsheet.workbook.blocks import Block, Paragraphs, Sheet
from growthsheet.workbook.tables import Table, TableData


def dated(context: BuildContext, purpose: str) -> str:
    """Return a tab's purpose, with the day that it shows."""
    translate = context.translate
    day = fill_in(translate("As of {day}."), day=context.day(context.as_of))
    return f"{translate(purpose)} {day}"


def cycle_and_day(context: BuildContext) -> str:
    """Return the cycle that a workbook is of, and the day that it shows."""
    told = context.translate("{cycle} · as of {day}")
    return fill_in(told, cycle=context.cycle.label, day=context.day(context.as_of))


def rows_or(table: Table, rows: Sequence[Mapping[str, Any]], instead: str) -> Block:
    """Return the table with its rows; where there are none, the text ``instead`` of it."""
    return TableData(table, rows) if rows else Paragraphs((instead,))


def table_tab(name: str, purpose: str, rows: Block, *above: Block, freeze: str = "activity", **more: Any) -> Sheet:
    """Return a tab that holds one table, below other blocks if there are any."""
    if isinstance(rows, TableData):
        more |= {"main": rows.table.name, "freeze": freeze}
    return Sheet(name, purpose, (*above, rows), **more)
