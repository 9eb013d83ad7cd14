"""Reading returned workbooks: one by one beside other libraries, a folder of them, and hostile ones."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks import sample
from benchmarks.timing import Cost, Line, installed, race, race_of_processes, run_module

OURS = "growthsheet"


def reading(team: int, rounds: int) -> list[Line]:
    """A person's workbook and a team's: every way gives the values and, where it can, the formulas of all tabs."""
    roster = sample.roster(team, team)
    files = {
        "one person's, read": roster.person("P1").to_bytes(),
        f"a team's of {team}, read": roster.team("M1").to_bytes(),
    }
    return [line for name, data in files.items() for line in race(name, ways(data), rounds)]


def ways(data: bytes) -> dict[str, Callable[[], object]]:
    """The ways of reading a workbook; openpyxl has to load it twice to know formulas from values."""
    import openpyxl

    from growthsheet.sheets.forms import FORMS
    from growthsheet.xlsx.reader.returned_workbook import read_returned_workbook

    points = {scale.id: scale.values for scale in sample.load_catalog("product-management").scales}

    def loaded() -> None:
        for values in (True, False):
            openpyxl.load_workbook(BytesIO(data), data_only=values)

    def read_only() -> None:
        for values in (True, False):
            for sheet in openpyxl.load_workbook(BytesIO(data), data_only=values, read_only=True):
                for _ in sheet.iter_rows(values_only=True):
                    pass

    found: dict[str, Callable[[], object]] = {
        "openpyxl, values and formulas": loaded,
        "openpyxl read-only, values and formulas": read_only,
    }
    if installed("python_calamine"):
        from python_calamine import CalamineWorkbook

        def calamine() -> None:
            book = CalamineWorkbook.from_filelike(BytesIO(data))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

        found["calamine, values only"] = calamine
    return {**found, OURS: lambda: read_returned_workbook(data, "book.xlsx", FORMS, points)}


def collecting(files: int, rounds: int) -> list[Line]:
    """A folder of so many people's workbooks, the whole process from files to answers."""
    with TemporaryDirectory() as name:
        data = sample.roster(4).person("P1").to_bytes()
        for number in range(1, files + 1):
            Path(name, f"{number:05}.xlsx").write_bytes(of_somebody_else(data, f"P{number}"))
        way = ["-m", "benchmarks.whole", "collect", name, str(files)]
        return race_of_processes(f"{files:,} people's files, collected", {OURS: way}, rounds)


def of_somebody_else(data: bytes, id: str) -> bytes:
    """The workbook of P1 with another id in it, wherever it stands."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for part in old.namelist():
            content = old.read(part)
            if part in ("xl/sharedStrings.xml", "docProps/custom.xml"):
                content = re.sub(rb"\bP1\b", id.encode(), content)
            new.writestr(part, content)
    return out.getvalue()


def hostile() -> list[Line]:
    """The hostile files of the tests, each read in one process that nothing else has grown."""
    from tests.xlsx.reader.hostile import HARMLESS, REFUSED, TOLD, made

    cases = (*REFUSED, *TOLD, *HARMLESS)
    with TemporaryDirectory() as name:
        for number, case in enumerate(cases):
            Path(name, f"{number:03}.xlsx").write_bytes(made(case))
        slowest, peak = map(json.loads, run_module("benchmarks.whole", "hostile", name).splitlines()[-2:])
    worst = cases[int(slowest["file"].removesuffix(".xlsx"))]
    costs = [Cost.of([seconds]) for seconds in slowest["took"]]
    return [Line(f"{len(cases)} hostile files", f"the slowest: {worst}", *costs, peak["peak_mb"])]
