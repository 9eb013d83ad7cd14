"""What tabs share that show how things stood on a day: they say which, and never stand empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from growthsheet.text.language import filled
from growthsheet.views.context import Occasion
from growthsheet.workbook.tables import Rows, Table


def dated(occasion: Occasion, purpose: str) -> str:
    """A tab's purpose, with the day that it shows."""
    say = occasion.say
    day = filled(say("As of {day}; made anew with the next build."), day=occasion.as_of.isoformat())
    return f"{say(purpose)} {day}"


def rows_or(table: Table, rows: Sequence[Mapping[str, Any]], instead: str) -> Rows:
    """The rows; where there are none, one that says in its first shown column what it takes."""
    key, first, *_ = table.columns
    return Rows(table, rows or [{key.key: "k:", first.key: instead}])
