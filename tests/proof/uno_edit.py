"""Run by a Python that has ``uno``: ``uno_edit.py SOFFICE PROFILE`` reads folders from its input, one a line.

In each it edits ``before.xlsx`` into ``after.xlsx``, and says ``done``, or in one line what went wrong.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import DisposedException, Locale
from com.sun.star.sheet.CellFlags import DATETIME, FORMULA, STRING, VALUE
from com.sun.star.table import TableSortField
from com.sun.star.util.NumberFormat import LOGICAL

XLSX = "Calc MS Excel 2007 XML"
ODS = "calc8"


def properties(**values: Any) -> tuple[Any, ...]:
    """Named values as LibreOffice takes them."""
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def desktop(soffice: str, profile: str, window: bool = False) -> tuple[Any, subprocess.Popen[bytes]]:
    """Start LibreOffice, without a window unless one is wanted, and return its desktop and its process."""
    pipe = f"growthsheet{os.getpid()}"
    command = [soffice, "--norestore", "--nologo", f"-env:UserInstallation={profile}"]
    command += ["--nodefault"] if window else ["--headless"]
    process = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if process.poll() is not None:
                raise RuntimeError(f"soffice ended with {process.returncode}") from None
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context), process
    raise RuntimeError("soffice does not answer")


def opened(desk: Any, file: Path, password: str = "") -> Any:
    """Open a file without a window."""
    how = {"Password": password} if password else {}
    document = desk.loadComponentFromURL(file.as_uri(), "_blank", 0, properties(Hidden=True, **how))
    if document is None:
        raise RuntimeError(f"LibreOffice cannot open {file.name}")
    return document


def saved(document: Any, file: Path, kind: str) -> None:
    """Save a document under another name and close it."""
    document.storeToURL(file.as_uri(), properties(FilterName=kind))
    document.close(True)


def cell(document: Any, sheet: str, ref: str) -> Any:
    """A cell or a range of a tab."""
    return document.Sheets.getByName(sheet).getCellRangeByName(ref)


def typed(document: Any, sheet: str, ref: str, value: Any) -> None:
    """Type a value into a cell; text stays text."""
    target = cell(document, sheet, ref)
    if value is None:
        target.clearContents(VALUE | DATETIME | STRING | FORMULA)
    elif isinstance(value, bool):
        target.setValue(value)
        target.NumberFormat = document.NumberFormats.getStandardFormat(LOGICAL, Locale())
    elif isinstance(value, (int, float)):
        target.setValue(value)
    else:
        target.setString(value)


def formula(document: Any, sheet: str, ref: str, text: str) -> None:
    """Type a formula."""
    cell(document, sheet, ref).setFormula(text)


def sort(document: Any, sheet: str, ref: str, column: int, ascending: bool, has_header: bool) -> None:
    """Sort the rows of a range by one of its columns."""
    field = TableSortField()
    field.Field, field.IsAscending = column, ascending
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    descriptor = properties(SortFields=fields, ContainsHeader=has_header, IsSortColumns=False)
    cell(document, sheet, ref).sort(descriptor)


def insert_rows(document: Any, sheet: str, row: int, count: int) -> None:
    """Insert rows above a row (from 1)."""
    document.Sheets.getByName(sheet).Rows.insertByIndex(row - 1, count)


def delete_rows(document: Any, sheet: str, row: int, count: int) -> None:
    """Delete rows from a row (from 1) on."""
    document.Sheets.getByName(sheet).Rows.removeByIndex(row - 1, count)


def insert_columns(document: Any, sheet: str, column: str, count: int) -> None:
    """Insert columns left of a column."""
    index = cell(document, sheet, f"{column}1").CellAddress.Column
    document.Sheets.getByName(sheet).Columns.insertByIndex(index, count)


def rename(document: Any, old: str, new: str) -> None:
    """Rename a tab."""
    document.Sheets.getByName(old).setName(new)


ACTS = {
    "set": typed,
    "formula": formula,
    "sort": sort,
    "insert_rows": insert_rows,
    "delete_rows": delete_rows,
    "insert_columns": insert_columns,
    "rename": rename,
}


def edit(desk: Any, folder: Path) -> None:
    """Apply the edits and save."""
    edits = json.loads((folder / "edits.json").read_text(encoding="utf-8"))
    password = next((each["password"] for each in edits if "password" in each), "")
    document = opened(desk, folder / "before.xlsx", password)
    for wanted in (each for each in edits if "password" not in each):
        [(act, arguments)] = wanted.items()
        if act == "via_ods":
            document.calculateAll()
            saved(document, folder / "between.ods", ODS)
            document = opened(desk, folder / "between.ods")
        else:
            ACTS[act](document, *arguments)
    document.calculateAll()
    saved(document, folder / "after.xlsx", XLSX)


def main() -> None:
    """Start LibreOffice, edit in every folder, and end it in any case."""
    soffice, profile = sys.argv[1:]
    desk, process = desktop(soffice, profile)
    try:
        for line in sys.stdin:
            said = "done"
            try:
                edit(desk, Path(line.strip()))
            except Exception as error:
                said = " ".join(f"{type(error).__name__}: {error}".split())
            sys.stdout.write(f"{said}\n")
            sys.stdout.flush()
    finally:
        with suppress(DisposedException):  # it may end before it answers
            desk.terminate()
        process.wait(60)


if __name__ == "__main__":
    main()
