"""Progress: a person's ratings in each review cycle, the changes between them, and the change in readiness."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from growthsheet.analysis.standings import role_numbers
from growthsheet.measures import career, lookups, overview, ratings
from growthsheet.measures import progress as m
from growthsheet.model import Cycle
from growthsheet.sheets.person.career import ROLE_NUMBERS
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared.lists import found_column
from growthsheet.text.labels import IN_CHARTS, IN_HEADERS, short
from growthsheet.views.context import PastCycle
from growthsheet.views.person import PersonView
from growthsheet.workbook.blocks import Chart, Charts, Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.tables import (
    Column,
    NamedCell,
    Ref,
    Table,
    TableData,
    calculated_column,
    data_column,
    keyed_table,
    named_formula,
)

PROGRESS = "Progress"
CYCLES_AT_MOST = 6
"""The most earlier cycles that are shown; older ones are left out."""

INVITATION = (
    "What you rated in each cycle, activity by activity, and what changed since the last one.",
    "Your readiness, cycle by cycle, as a table and as a chart.",
    "How many activities are met, one level short, or more.",
)
"""The text that is shown until there is another cycle to compare with."""

CALM = "Going down is no alarm: people who learn more about a field often rate themselves lower for a while."

MEASURED_TODAY = (
    "Earlier cycles are measured by what the role expects today, so they may differ from what was shown then."
    " Activities that nobody answered then do not count there: they are new since."
)

NEXT_TIME = keyed_table("next_time", data_column("what", "After the next review cycle you will find here", "words"))

_NUMBERS = ROLE_NUMBERS | {"not_applicable": ("n/a", "tally", ratings.not_applicable.words)}
_ORDER = ("completeness", "readiness", "met", "one_short", "more_short", "not_applicable", "not_rated")
_SHOWN = {name: _NUMBERS[name] for name in _ORDER}


def _of_cycle(name: str) -> Column:
    """Return a column that is a formula in the last row (this cycle), and a fixed value in the rows above."""
    header, style, words = _SHOWN[name]
    return calculated_column(
        m.of_cycle, header, style, name=f"{name}_of_cycle", now=name, then=f"{name}_then", note=words
    )


BY_CYCLE = keyed_table(
    "by_cycle",
    data_column("cycle", "Cycle", "name"),
    *(_of_cycle(name) for name in _SHOWN),
    calculated_column(overview.plotted, name="plot", value="readiness_of_cycle", hidden=True),
    hidden=("current", "short", *(f"{name}_then" for name in _SHOWN)),
)


@lru_cache(maxsize=64)
def table(cycles: tuple[str, ...]) -> Table:
    """Return the table for earlier cycles with these labels, oldest first."""
    return keyed_table(
        "progress",
        data_column("activity", "Activity", "name"),
        data_column("expected", "Expected", "level"),
        *(data_column("then", label, "level", of=f"c{n}") for n, label in enumerate(cycles)),
        found_column(on_assessment("used"), "Now", "level", ratings.used.words, name="now"),
        calculated_column(m.change, "Change", "change", then=Ref("", "then", f"c{len(cycles) - 1}")),
        calculated_column(lookups.at, hidden=True, keys=on_assessment("key")),
    )


def progress_facts(view: PersonView) -> tuple[NamedCell, ...]:
    """Return the figures of this cycle, for the hidden tab; none where there is no other cycle."""
    if not view.history:
        return ()
    gaps: dict[str, Any] = {"gaps": on_assessment("gap")}
    return (
        named_formula(career.met, "Met", "count", **gaps),
        named_formula(career.one_short, "1 level below", "count", **gaps),
        named_formula(career.more_short, "2 or more below", "count", **gaps),
        named_formula(career.not_rated, "Not rated", "count", role_count="expected_count"),
    )


def progress(view: PersonView) -> Sheet:
    """Return the tab; without an earlier cycle it explains what it will show."""
    translate = view.context.translate
    purpose = translate(
        "What you rated in each review cycle, for your current role. The column Now follows your ratings."
    )
    history = view.history[-CYCLES_AT_MOST:]
    if not history:
        rows = [{"key": f"k:{n}", "what": translate(line)} for n, line in enumerate(INVITATION, 1)]
        blocks = (
            Paragraphs((translate("There is nothing earlier to show yet."),)),
            TableData(NEXT_TIME, rows),
            Paragraphs((translate(CALM),)),
        )
        return Sheet(PROGRESS, purpose, blocks, colour="work", one_page=True)
    columns = table(tuple(short(earlier.cycle.label, IN_HEADERS) for earlier in history))
    changes: dict[str, Any] = {"changes": columns["change"]}
    now = _named(view.context.cycle) | {"current": 1}
    return Sheet(
        PROGRESS,
        purpose,
        (
            NamedCells(
                (
                    named_formula(m.higher, "Higher than last time", "tally", **changes),
                    named_formula(m.unchanged, "The same", "tally", **changes),
                    named_formula(m.lower, "Lower than last time", "tally", **changes),
                )
            ),
            Charts(_charts(view)),
            Heading(translate("Cycle by cycle")),
            Paragraphs((translate(MEASURED_TODAY),)),
            TableData(BY_CYCLE, [*(_cycle(view, earlier) for earlier in history), now]),
            Heading(translate("Activity by activity")),
            TableData(columns, _activities(view, history)),
        ),
        main=columns.name,
        colour="work",
        portrait=True,
    )


def _charts(view: PersonView) -> tuple[Chart, ...]:
    translate, by_cycle = view.context.translate, (BY_CYCLE.name, "short")
    most, size = max(1, len(view.context.expected(view.role))), (335, 230)
    points = translate(
        "A point for each review cycle, oldest first: readiness for the current role in percent, from 0 to 100."
        " There is none where less than 80% was answered."
    )
    columns = translate(
        "A column for each review cycle, oldest first: how many activities are rated as the current role"
        " expects, or higher."
    )
    readiness, met = translate("Readiness for your role"), translate("Activities met")
    return (
        Chart("line", readiness, points, *by_cycle, ("plot", "Readiness"), (0, 1), "0%", size),
        Chart("column", met, columns, *by_cycle, ("met_of_cycle", "Met"), (0, most), "0", size),
    )


def _cycle(view: PersonView, earlier: PastCycle) -> dict[str, Any]:
    stood = role_numbers(view.context.in_cycle(earlier.unanswered), view.role, earlier.ratings)
    return _named(earlier.cycle) | {f"{name}_then": stood[name] for name in _SHOWN}


def _named(cycle: Cycle) -> dict[str, Any]:
    return {"key": f"k:{cycle.id}", "cycle": cycle.label, "short": short(cycle.label, IN_CHARTS)}


def _activities(view: PersonView, history: tuple[PastCycle, ...]) -> list[dict[str, Any]]:
    """Return a row for each activity, with its id; retired activities have none, new ones no earlier values."""
    expected, catalog = view.context.expected(view.role), view.context.catalog
    return [
        {"key": f"k:{id}", "activity": activity.name, "expected": view.role.expected[id] if id in expected else None}
        | {f"then@c{n}": earlier.said(id, catalog) for n, earlier in enumerate(history)}
        for id, activity in view.activities.items()
    ]
