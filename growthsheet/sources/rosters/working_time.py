"""How much of full time each person works: from a part-time factor, a percentage, or weekly hours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from statistics import median_low
from typing import Any

from growthsheet.model.budget import CENT
from growthsheet.sources.rosters.headers import says
from growthsheet.sources.tables.columns import FieldColumns, TableCell, TableColumn, quoted, read_column
from growthsheet.sources.tables.numbers import Numbers, numbers
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line

FULL_TIME = 40.0
USUAL_WEEK = (30, 48)
"""Between them lie the weekly hours of full time, where nobody says them."""
MOST_FEW = 15
"""Where nobody works so many hours a week, they may be those of a day, or no hours at all."""
MOST_FULL_TIME = Decimal("1.5")
"""The largest share of full time that is believed."""

HOURS_OF_CELL = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?:(?:h|hrs?|hours?|std\.?|stunden|heures|uur|uren|u|ore|horas|時間)"
    r"\s*(?P<minutes>[0-5]\d)?|:(?P<clock>[0-5]\d)(?::00)?)\s*(?P<period>(?:/|\b[a-z]{1,4}\b)?\s*[^\W\d_]*)\.?",
    re.IGNORECASE,
)
"""Hours with their unit, or as a clock has them, and the period that they are for."""
_OF_WEEK = {"monthly": Decimal(12) / 52, "annual": Decimal(1) / 52}

FRACTION, PERCENT, HOURS = "fraction", "percent", "hours"


def working_time(
    columns: FieldColumns, rows: int, full_time: float | None, decimal: str | None, findings: ProblemList
) -> dict[str, Sequence[float]]:
    """Return each row's share of full time ("fte"), its weekly hours, and whether the roster says them ("time_known").

    Who is not said to work part-time works full time. Its hours are as told, else what FTE and hours together say,
    else 40.

    >>> column = TableColumn("t", "FTE", [2, 3, 4], ["100", "80", None])
    >>> working_time({"fte": column}, 3, 40.0, None, ProblemList("t"))["hours"]
    [40.0, 32.0, 40.0]
    >>> column = TableColumn("t", "Wochenstunden", [2, 3], ["38,5", "19,25"])
    >>> working_time({"hours": column}, 2, 38.5, None, ProblemList("t"))["fte"]
    [1.0, 0.5]
    """
    week = full_time or FULL_TIME
    shares = _shares(columns["fte"], week, decimal, findings) if "fte" in columns else [None] * rows
    hours = _hours(columns["hours"], week, decimal, findings) if "hours" in columns else [None] * rows
    if "fte" in columns and "hours" in columns:
        week = _compared(columns, shares, hours, full_time, findings)
    elif "hours" in columns and not full_time:
        week = _most_worked(columns["hours"], hours, findings)
    full = Decimal(str(week))
    worked = [full if each is None else each for each in hours]
    parts = [each / full if share is None else share for share, each in zip(shares, worked, strict=True)]
    return {
        "fte": [*map(float, parts)],
        "hours": [float(share * full if each is None else each) for share, each in zip(parts, hours, strict=True)],
        "time_known": [share is not None or each is not None for share, each in zip(shares, hours, strict=True)],
    }


def _most_worked(column: TableColumn, hours: Sequence[Decimal | None], findings: ProblemList) -> float:
    """Return the weekly hours of full time: those of most people where nobody works 40, which is told."""
    worked = [each for each in hours if each]
    most = max(worked, default=Decimal(0))
    if not (USUAL_WEEK[0] <= most < FULL_TIME and 2 * worked.count(most) >= len(worked) > 1):
        return FULL_TIME
    found = f"full time is taken to be {float(most):g} hours a week, because nobody works {FULL_TIME:g}"
    findings.note("full-time", column.place, found, hint=f"say --hours {FULL_TIME:g} if that is full time")
    return float(most)


def _compared(
    columns: FieldColumns,
    shares: Sequence[Decimal | None],
    hours: Sequence[Decimal | None],
    full_time: float | None,
    findings: ProblemList,
) -> float:
    """Return the weekly hours of full time by FTE and hours; a row where they do not go together is refused."""
    weeks = {i: worked / share for i, (share, worked) in enumerate(zip(shares, hours, strict=True)) if share and worked}
    believed = [week for week in weeks.values() if USUAL_WEEK[0] <= week <= USUAL_WEEK[1]]
    week = Decimal(str(full_time)) if full_time else median_low(believed) if believed else Decimal(str(FULL_TIME))
    apart = {i: f"FTE {shares[i]:f} and {hours[i]:f} hours" for i in weeks if abs(weeks[i] - week) > week / 20}
    names = " or ".join(f'--ignore "{one_line(columns[name].name)}"' for name in ("hours", "fte"))
    hint = f"correct them, leave one column out with {names}, or set the hours of full time with --hours"
    expected = f"the same share of a week of {float(week):g} hours"
    columns["hours"].report(findings, "fte-and-hours", apart, expected, hint)
    if not full_time and weeks and week != FULL_TIME:
        findings.note("full-time", columns["hours"].place, f"full time is {float(week):g} hours, by FTE and hours")
    return float(week)


def _hours(column: TableColumn, full_time: float, decimal: str | None, findings: ProblemList) -> list[Decimal | None]:
    """Return weekly hours, also from cells such as 35h, 37:30 and 151,67 h/mois, and columns of a month or a year."""
    said = [HOURS_OF_CELL.fullmatch(cell.strip()) if isinstance(cell, str) else None for cell in column.cells]
    periods = [found["period"] if found else "" for found in said]
    [period, *others] = dict.fromkeys(each for each, cell in zip(periods, column.cells, strict=True) if cell) or [""]
    name = period or ("" if says("weekly", column.name) else column.name)
    share = next((part for subject, part in _OF_WEEK.items() if says(subject, name)), Decimal(1))
    if not others:
        cells = [_plain_hours(*pair) for pair in zip(said, column.cells, strict=True)]
        column = replace(column, cells=cells)
    most = MOST_FULL_TIME * Decimal(str(full_time)) / share
    read = numbers(column, findings, most=most.quantize(Decimal(1)), decimal=decimal).values
    _refuse_nothing(column, [index for index, worked in enumerate(read) if worked == 0], findings)
    most = max((worked * share for worked in read if worked), default=Decimal(MOST_FEW))
    if most < MOST_FEW and not says("weekly", column.name):
        called = one_line(column.name)
        found = f"according to it, nobody works more than {float(most):g} hours a week"
        hint = f'say --map fte="{called}" if it is a share of full time, --ignore "{called}" if it is daily hours, '
        findings.ask("few-hours", column.place, found, "hours a week", hint + "or --accept few-hours")
    return [(worked * share).quantize(CENT) if worked and share != 1 else worked or None for worked in read]


def _plain_hours(found: re.Match[str] | None, cell: TableCell) -> TableCell:
    minutes = found and (found["minutes"] or found["clock"])
    if not found or (minutes and not found["number"].isdecimal()):
        return cell
    return int(found["number"]) + round(Decimal(minutes) / 60, 2) if minutes else found["number"]


def _shares(column: TableColumn, full_time: float, decimal: str | None, findings: ProblemList) -> list[Decimal | None]:
    read = numbers(column, findings, most=MOST_FULL_TIME * 100, percent=True, decimal=decimal)
    given = [None if value is None else index for index, value in enumerate(read.values)]
    settled = read_column(given, partial(_meanings, read=read, full_time=full_time))
    _refuse_nothing(column, settled.unreadable, findings)
    if settled.clash:
        rows = " and ".join(f"a {way} in row {column.rows[i]}" for way, i in sorted(settled.clash.items()))
        findings.error("fte-mixed", column.place, rows, "either 0.8 or 80 throughout", "write the column in one way")
    if settled.unclear is not None:
        found = f"{quoted(column.cells[settled.unclear])} may be a percentage or weekly hours"
        hint = f'write 80% or 0.8, or choose --map hours="{one_line(column.name)}"'
        findings.error("fte-unclear", column.at(settled.unclear), found, "a share of full time", hint)
    return settled.values


def _meanings(index: Any, read: Numbers, full_time: float) -> Mapping[str, Decimal]:
    """Return what one number can mean as a share of full time.

    Weekly hours are never taken, but where all numbers may be hours, none can be taken for a percentage either.
    """
    value = read.values[index] or Decimal(0)
    if read.signs[index] == "%":
        share = value / 100
        return dict.fromkeys((FRACTION, PERCENT), share) if 0 < share <= MOST_FULL_TIME else {}
    meanings = {FRACTION: value, PERCENT: value / 100, HOURS: value / Decimal(str(full_time))}
    unit = {FRACTION} if value <= MOST_FULL_TIME else {PERCENT, HOURS}
    return {way: share for way, share in meanings.items() if way in unit and 0 < share <= MOST_FULL_TIME}


def _refuse_nothing(column: TableColumn, indexes: Sequence[int], findings: ProblemList) -> None:
    found = {index: f"{quoted(column.cells[index])}" for index in indexes}
    hint = "correct it, or leave it blank for full time"
    column.report(findings, "fte-out-of-range", found, f"more than 0 and at most {MOST_FULL_TIME} of full time", hint)
