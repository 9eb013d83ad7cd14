"""What tabs share that show how things stood on a day: they say which, and never stand empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.text.language import fill_in
from growthsheet.views.context import BuildContext
from growthsheet.workbook.tables import Table, TableData


def dated(context: BuildContext, purpose: str) -> str:
    """A tab's purpose, with the day that it shows."""
    translate = context.translate
    day = fill_in(translate("As of {day}; made anew with the next build."), day=context.as_of.isoformat())
    return f"{translate(purpose)} {day}"


def rows_or(table: Table, rows: Sequence[Mapping[str, Any]], instead: str) -> TableData:
    """The rows; where there are none, one that says in its first shown column what it takes."""
    key, first, *_ = table.columns
    return TableData(table, rows or [{key.key: "k:", first.key: instead}])
