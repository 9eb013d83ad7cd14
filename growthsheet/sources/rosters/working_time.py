"""How much of full time each person works: from a part-time factor, a percentage, or weekly hours."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from growthsheet.sources.tables.columns import TableColumn, quoted, read_column
from growthsheet.sources.tables.numbers import Numbers, numbers
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line

MOST_FULL_TIME = Decimal("1.5")
"""The largest share of full time that is believed."""

FRACTION, PERCENT, HOURS = "fraction", "percent", "hours"


def working_time(
    columns: Mapping[str, TableColumn], rows: int, full_time: float, findings: ProblemList
) -> tuple[list[float], list[float]]:
    """Each row's share of full time and its weekly hours; full time where the roster says nothing.

    >>> column = TableColumn("t", "FTE", [2, 3, 4], ["100", "80", None])
    >>> working_time({"fte": column}, 3, 40.0, ProblemList("t"))
    ([1.0, 0.8, 1.0], [40.0, 32.0, 40.0])
    >>> column = TableColumn("t", "Wochenstunden", [2, 3], ["38,5", "19,25"])
    >>> working_time({"hours": column}, 2, 38.5, ProblemList("t"))
    ([1.0, 0.5], [38.5, 19.25])
    """
    shares = _shares(columns["fte"], full_time, findings) if "fte" in columns else [None] * rows
    hours = _hours(columns["hours"], full_time, findings) if "hours" in columns else [None] * rows
    full = Decimal(str(full_time))
    both = [
        (share if share is not None else worked / full if worked is not None else Decimal(1), worked)
        for share, worked in zip(shares, hours, strict=True)
    ]
    return (
        [float(share) for share, _ in both],
        [float(worked if worked is not None else share * full) for share, worked in both],
    )


def _hours(column: TableColumn, full_time: float, findings: ProblemList) -> list[Decimal | None]:
    most = MOST_FULL_TIME * Decimal(str(full_time))
    read = numbers(column, findings, most=most).values
    for index, worked in enumerate(read):
        if worked == 0:
            _refuse_nothing(column, index, findings)
    return [worked or None for worked in read]


def _shares(column: TableColumn, full_time: float, findings: ProblemList) -> list[Decimal | None]:
    read = numbers(column, findings, most=MOST_FULL_TIME * 100, percent=True)
    given = [None if value is None else index for index, value in enumerate(read.values)]
    settled = read_column(given, partial(_meanings, read=read, full_time=full_time))
    for index in settled.unreadable:
        _refuse_nothing(column, index, findings)
    if settled.clash:
        rows = " and ".join(f"a {way} in row {column.rows[i]}" for way, i in sorted(settled.clash.items()))
        findings.error("fte-mixed", column.place, rows, "either 0.8 or 80 throughout", "write the column in one way")
    if settled.unclear is not None:
        found = f"{quoted(column.cells[settled.unclear])} may be a percentage or weekly hours"
        hint = f'write 80% or 0.8, or choose --map hours="{one_line(column.name)}"'
        findings.error("fte-unclear", column.at(settled.unclear), found, "a share of full time", hint)
    return settled.values


def _meanings(index: Any, read: Numbers, full_time: float) -> Mapping[str, Decimal]:
    """What one number can mean as a share of full time.

    Weekly hours are never taken, but where all numbers may be hours, none can be taken for a percentage either.
    """
    value = read.values[index] or Decimal(0)
    if read.signs[index] == "%":
        share = value / 100
        return dict.fromkeys((FRACTION, PERCENT), share) if 0 < share <= MOST_FULL_TIME else {}
    meanings = {FRACTION: value, PERCENT: value / 100, HOURS: value / Decimal(str(full_time))}
    unit = {FRACTION} if value <= MOST_FULL_TIME else {PERCENT, HOURS}
    return {way: share for way, share in meanings.items() if way in unit and 0 < share <= MOST_FULL_TIME}


def _refuse_nothing(column: TableColumn, index: int, findings: ProblemList) -> None:
    found, expected = quoted(column.cells[index]), f"more than 0 and at most {MOST_FULL_TIME} of full time"
    findings.error("fte-out-of-range", column.at(index), found, expected, "correct it, or leave it blank for full time")
