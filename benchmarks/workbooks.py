"""Single workbooks: by hand with XlsxWriter and with openpyxl, filled into a template, and by growthsheet."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import by_openpyxl, recording, sample
from benchmarks.timing import Line, race
from growthsheet.roster.plans import Plan, Team

BY_HAND = "XlsxWriter by hand"
UNPREPARED = "... its formula rewriting left out"
OPENPYXL = "openpyxl by hand"
TEMPLATE = "openpyxl, ratings into a template"
OURS = "growthsheet"


def person(rounds: int) -> list[Line]:
    """One person's workbook, filled in."""
    unrated = sample.roster(10, rated=False).person("P1").to_bytes()
    return workbook("one person", sample.roster(10).person("P1"), rounds, unrated)


def team(size: int, rounds: int) -> list[Line]:
    """One team's workbook, everybody's answers in it; what is worked out in Python cannot be filled into a template."""
    return workbook(f"a team of {size}", sample.roster(size, size).team("M1"), rounds)


def workbook(name: str, made: Plan | Team, rounds: int, template: bytes = b"") -> list[Line]:
    """One workbook, each way."""
    return race(name, ways(made, template), rounds)


def ways(made: Plan | Team, template: bytes = b"") -> dict[str, Callable[[], bytes]]:
    """The ways of making a workbook, once they have made the same one."""
    taken = recording.script(made)
    runs, ready = taken.runs(), by_openpyxl.ready(made.to_bytes())
    xlsxwriter = {
        BY_HAND: lambda: recording.play(runs, taken.options),
        UNPREPARED: lambda: recording.play(runs, taken.options, recording.UnpreparedSheet),
    }
    openpyxl = {OPENPYXL: lambda: by_openpyxl.write(ready)}
    if template:
        typed = by_openpyxl.changes(by_openpyxl.ready(template), ready)
        openpyxl[TEMPLATE] = lambda: by_openpyxl.fill(template, typed)
    ours, read = made.to_bytes(), by_openpyxl.ready(made.to_bytes())
    different = [who for who, do in xlsxwriter.items() if not recording.same(do(), ours)]
    different += [who for who, do in openpyxl.items() if by_openpyxl.ready(do()) != read]
    if different:
        raise SystemExit(f"not the same workbook as growthsheet's: {', '.join(different)}")
    return {**xlsxwriter, **openpyxl, OURS: made.to_bytes}
