"""Real engines recalculate a workbook; every formula cell must already show what they find.

Each engine takes the bytes of an xlsx file and returns the cells where it finds something else. Numbers may differ
in the tenth digit, a blank text equals an empty cell, an error must have the same name.
"""

from __future__ import annotations

import importlib.util
import math
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xlsxwriter

from tests.proof import browser, office
from tests.proof.parts import MAIN, Book, Cell, Error, Value, cells, opened, row_and_column
from tests.proof.sorting import libreoffice_edit


@dataclass(frozen=True, slots=True)
class Difference:
    """A formula cell whose cached value is not what an engine computes."""

    engine: str
    sheet: str
    cell: str
    formula: str
    cached: Value
    computed: Value

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell} {self.formula}"
        return f"{where}: the file says {self.cached!r}, {self.engine} says {self.computed!r}"


_INSTALLED: dict[str, Callable[[], object]] = {
    "formualizer": lambda: importlib.util.find_spec("formualizer"),
    "ironcalc": lambda: importlib.util.find_spec("ironcalc"),
    "audit": lambda: importlib.util.find_spec("openxml_audit"),
    "libreoffice": lambda: office.soffice() and office.uno_python(),
    "pictures": lambda: office.soffice() and shutil.which("pdftoppm"),
    "screen": lambda: office.soffice() and office.uno_python() and shutil.which("Xvfb") and shutil.which("import"),
    "browser": lambda: browser.chromium() and shutil.which("pdftotext"),
}


allowed = True
"""Whether the test that runs is marked as one that asks for an engine."""


def available(engine: str) -> bool:
    """Whether an engine is installed: formualizer, ironcalc, libreoffice, audit, pictures, screen or browser."""
    return bool(_INSTALLED[engine]())


def require(engine: str) -> None:
    """Skip the test, and say so, where an engine is not installed; fail where GROWTHSHEET_REQUIRE names it.

    A test that asks for one without being marked fails, too: the quick selection of the tests needs none.
    """
    if not allowed:
        pytest.fail(f"this test asks for {engine}: mark it with pytest.mark.engines")
    if available(engine):
        return
    if engine in re.split(r"[,\s]+", os.environ.get("GROWTHSHEET_REQUIRE", "")):
        pytest.fail(f"{engine} is not installed, and GROWTHSHEET_REQUIRE names it")
    pytest.skip(f"{engine} is not installed: nothing was proven with it")


def formualizer_differences(data: bytes) -> list[Difference]:
    """What formualizer finds; it raises ``OSError`` on a formula that it cannot read."""
    import formualizer

    report = formualizer.recalculate_xlsx_bytes(data, deterministic_timestamp_utc=datetime(2026, 1, 1, tzinfo=UTC))
    formulas = [cell for cell in cells(data) if cell.formula is not None]
    if report["formula_cells"] != len(formulas):
        raise RuntimeError(f"formualizer saw {report['formula_cells']} of {len(formulas)} formulas")
    if report["cache_cells_changed"] == 0:
        return []
    after = {(cell.sheet, cell.ref): cell.value for cell in cells(report["bytes"])}
    return _differences("formualizer", formulas, lambda cell: after.get((cell.sheet, cell.ref)))


def ironcalc_differences(data: bytes) -> list[Difference]:
    """What IronCalc finds."""
    import ironcalc

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "book.xlsx")
        file.write_bytes(data)
        model = ironcalc.load_from_xlsx(str(file), "en", "UTC", "en")
    model.evaluate()
    index = {sheet["name"]: number for number, sheet in enumerate(model.get_worksheets_properties())}

    def computed(cell: Cell) -> Value:
        where = (index[cell.sheet], *row_and_column(cell.ref))
        value: Value = model.get_cell_value(*where)
        is_error = model.get_cell_type(*where) == ironcalc.CellType.ErrorValue
        return Error(value) if is_error else value

    return _differences("ironcalc", cells(data), computed)


def libreoffice_differences(datas: list[bytes]) -> list[list[Difference]]:
    """What LibreOffice finds in each of several workbooks."""
    canary, *recalculated = libreoffice_recalculated([_canary(), *datas])
    if next(cells(canary)).value != 2:
        raise RuntimeError("LibreOffice believed a wrong cached value: it proves nothing here")
    return [_libreoffice_differences(before, after) for before, after in zip(datas, recalculated, strict=True)]


def libreoffice_recalculated(datas: list[bytes]) -> list[bytes]:
    """Workbooks as LibreOffice saves them after computing every formula anew."""
    return [libreoffice_edit(data, []) for data in datas]


def audit(data: bytes) -> list[str]:
    """What would make Excel offer a repair: openxml-audit's findings, and what it overlooks.

    A formula cell without a value is a finding too, and so is a blank value that is not marked as text: some
    programs would take it for 0.
    """
    from openxml_audit import FileFormat, OpenXmlValidator

    book = opened(data)
    found = [f"{name} stands twice in the file" for name in sorted({n for n in book.names if book.names.count(n) > 1})]
    for name in book.names:
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                book.xml(name)
            except ElementTree.ParseError as error:
                found.append(f"{name} is not well-formed: {error}")
    if found:
        return found
    for sheet in book.sheets:
        found += _odd_values(book, sheet.part)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "book.xlsx")
        file.write_bytes(data)
        return found + [str(error) for error in OpenXmlValidator(FileFormat.OFFICE_2016).validate(file).errors]


def same(cached: Value, computed: Value) -> bool:
    """Whether two values are the same to a person who reads the sheet.

    >>> same(0.1 + 0.2, 0.3), same("", None), same(True, 1.0), same("5", 5.0)
    (True, True, False, False)
    """
    if isinstance(cached, bool) or isinstance(computed, bool):
        return cached is computed
    if isinstance(cached, float | int) and isinstance(computed, float | int):
        return math.isclose(cached, computed, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(cached, Error) != isinstance(computed, Error):
        return False
    blank = (None, "")
    return cached == computed or (cached in blank and computed in blank)


def _differences(
    engine: str,
    formulas: list[Cell] | Iterator[Cell],
    computed: Callable[[Cell], Value],
    agree: Callable[[Value, Value], bool] = same,
) -> list[Difference]:
    return [
        Difference(engine, cell.sheet, cell.ref, cell.formula, cell.value, value)
        for cell in formulas
        if cell.formula is not None and not agree(cell.value, value := computed(cell))
    ]


def _libreoffice_differences(before: bytes, after: bytes) -> list[Difference]:
    computed = {(cell.sheet, cell.ref): cell.value for cell in cells(after)}
    return _differences(
        "libreoffice", cells(before), lambda cell: computed.get((cell.sheet, cell.ref)), _same_in_libreoffice
    )


def _same_in_libreoffice(cached: Value, computed: Value) -> bool:
    """As ``same``, but for what LibreOffice cannot say in an xlsx file.

    It saves most errors of its own as ``#VALUE!``, and a truth value in a cell with a number format as 1 or 0.
    """
    if isinstance(cached, bool) and isinstance(computed, float):
        return float(cached) == computed
    if isinstance(cached, Error) and computed == "#VALUE!":
        return isinstance(computed, Error)
    return same(cached, computed)


def _canary() -> bytes:
    """A workbook with a wrong cached value, which LibreOffice must put right."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write_formula("A1", "=1+1", None, 3)
    return out.getvalue()


def _odd_values(book: Book, part: str) -> list[str]:
    found = []
    for item in book.xml(part).iter(f"{MAIN}c"):
        written = item.find(f"{MAIN}v")
        text = "" if written is None else written.text or ""
        what = f"{part} {item.get('r')}"
        if item.get("t", "n") == "n" and text and not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text):
            found.append(f"{what}: {text!r} is not a number")
        if item.find(f"{MAIN}f") is not None and not text and item.get("t") != "str":
            found.append(f"{what}: a formula without a cached value")
    return found
