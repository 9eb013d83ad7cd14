"""From anything that holds a table (a file, dictionaries, a DataFrame) to a :class:`Table`."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from growthsheet.errors import InputError
from growthsheet.sources.problem_list import Findings
from growthsheet.sources.tables.columns import Cell, Table, shown
from growthsheet.sources.tables.dataframes import cell_of, rows_of_dicts, rows_of_frame
from growthsheet.sources.tables.delimited import LOOK_AT, Known, read_delimited
from growthsheet.text.counts import counted

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
ENOUGH_NAMES = 3
"""How many known names make a row the header."""

_TEXT = {".csv", ".tsv", ".txt", ".tab"}
_WORKBOOKS = {".xlsx", ".xlsm"}


def read_table(source: Any, known: Known, findings: Findings, encoding: str | None = None) -> Table:
    """The table in a source.

    Parameters
    ----------
    source
        A path (.csv, .tsv, .txt, .xlsx), the bytes of a text file, a list of dictionaries, or a pandas, polars,
        pyarrow... DataFrame.
    known
        Whether a text is the name of a column that is looked for; by this the header of a file is found.
    findings
        Where notes go. A table that cannot be read safely raises an :class:`InputError` at once.
    encoding
        Of a text file, where it says nothing itself.

    >>> table = read_table([{"id": 1, "name": "Ana"}], str.isalpha, Findings("roster"))
    >>> table.header, table.cells[0], table.rows[0]
    (('id', 'name'), [1, 'Ana'], 1)
    """
    if isinstance(source, str | os.PathLike) and Path(source).suffix.lower() in _WORKBOOKS:
        return _of_workbook(Path(source), known, findings)
    if isinstance(source, str | os.PathLike | bytes):
        raw = _in_limits(source if isinstance(source, bytes) else _bytes(Path(source), findings), findings)
        return _below_header(read_delimited(raw, known, findings, encoding), known, findings)
    if isinstance(source, Sequence) and all(isinstance(row, dict) for row in source):
        header, rows = rows_of_dicts(source)
    elif (found := rows_of_frame(source)) is not None:
        header, rows = found
    else:
        wanted = "a path, a list of dictionaries or a DataFrame"
        raise findings.fatal("not-a-table", findings.place, f"a {type(source).__name__}", wanted)
    return _checked(header, list(enumerate(rows, 1)), findings)


def _bytes(path: Path, findings: Findings) -> bytes:
    suffix = path.suffix.lower()
    if suffix not in _TEXT:
        wanted = "a .csv, .tsv, .txt or .xlsx file"
        raise findings.fatal(
            "unknown-format", findings.place, f"the ending '{shown(suffix)}'", wanted, "export it as CSV"
        )
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        said = error.strerror or "it cannot be read"
        raise findings.fatal("not-readable", findings.place, said, "a file", "check the path") from None


def _in_limits(raw: bytes, findings: Findings) -> bytes:
    if len(raw) > MOST_BYTES:
        raise findings.fatal("too-large", findings.place, "over 50 MB", "at most 50 MB", "leave out what is not needed")
    return raw


def _of_workbook(path: Path, known: Known, findings: Findings) -> Table:
    """The table of the first tab that has a header; its cells keep their types, and rows the numbers they have."""
    from growthsheet.xlsx.reader.user_tables import read_tabs

    if not path.is_file():
        raise findings.fatal("not-readable", findings.place, "no such file", "a file", "check the path")
    tabs = read_tabs(path, findings.place)
    for tab in tabs:
        width = max(max(cells) for cells in tab.rows.values())
        numbers = list(tab.rows)
        texts = [[tab.text(number, column) for column in range(1, width + 1)] for number in numbers]
        names = [sum(map(known, row)) for row in texts[:LOOK_AT]]
        at = next((index for index, count in enumerate(names) if count >= ENOUGH_NAMES), None)
        if at is None:
            continue
        if len(tabs) > 1:
            findings.note(
                "other-tabs", findings.place, f"the table on the tab '{shown(tab.name)}' is read, and no other"
            )
        if at:
            said = f"the header is row {numbers[at]}; what stands above is not read"
            findings.note("rows-above-header", findings.place, said)
        rows = [
            (number, [cell_of(tab.rows[number].get(column)) for column in range(1, width + 1)])
            for number, row in zip(numbers[at + 1 :], texts[at + 1 :], strict=True)
            if row != texts[at]
        ]
        return _checked(texts[at], rows, findings)
    raise _no_header(
        [[tab.text(row, column) for column in tab.rows[row]] for tab in tabs for row in tab.rows], findings
    )


def _no_header(rows: Sequence[Sequence[str]], findings: Findings) -> InputError:
    # Without a header the first row may be a person: what has a digit may be pay, and is not told.
    first = next((row for row in rows if any(row)), [])
    names_there = ", ".join(cell for cell in first if cell and not re.search(r"\d", cell))
    hint = 'name the columns with --map, as in --map id="Staff code"'
    wanted = f"{ENOUGH_NAMES} known column names in one of the first {LOOK_AT} rows"
    said = f"the first row says {shown(names_there, 200)}" if names_there else "no name of a column"
    return findings.fatal("no-header", findings.place, said, wanted, hint)


def _below_header(rows: Iterator[Sequence[str]], known: Known, findings: Findings) -> Table:
    """The table of a file: its header is the first of ten rows that holds three known names."""
    first = list(islice(rows, LOOK_AT))
    names = [sum(known(cell) for cell in row) for row in first]
    at = next((index for index, count in enumerate(names) if count >= ENOUGH_NAMES), None)
    if at is None:
        raise _no_header([*first, *rows], findings)
    if any(any(row) for row in first[:at]):
        findings.note("rows-above-header", findings.place, f"the header is row {at + 1}; what stands above is not read")
    header = [cell.strip() for cell in first[at]]
    body: list[tuple[int, Sequence[Cell]]] = []
    for number, row in enumerate(chain(first[at + 1 :], rows), at + 2):
        second = number == at + 2 and sum(map(known, row)) > names[at] / 2
        if second or [cell.strip() for cell in row] == header:
            findings.note("second-header", f"{findings.place}, row {number}", "a second header row; it is not read")
        else:
            body.append((number, [cell if cell.strip() else None for cell in row]))
    return _checked(header, body, findings)


def _checked(header: Sequence[str], rows: Sequence[tuple[int, Sequence[Cell]]], findings: Findings) -> Table:
    """The table, blank rows left out, when each row fits the header and each column has a name of its own."""
    place = findings.place
    rows = [(number, row) for number, row in rows if any(cell is not None for cell in row)]
    if len(header) > MOST_COLUMNS:
        findings.error("too-many-columns", place, counted(header, "column"), f"at most {MOST_COLUMNS}")
    if len(rows) > MOST_ROWS:
        findings.error("too-many-rows", place, counted(rows, "row"), f"at most {MOST_ROWS:,}")
    if not rows:
        findings.error("no-rows", place, "a header and no rows", "one row for each person")
    for name, count in Counter(name.casefold() for name in header if name).items():
        if count > 1:
            hint = "rename one of them"
            said = f"{counted(count, 'column')} named '{shown(name)}'"
            findings.error("repeated-column", place, said, "a name of its own", hint)
    for number, row in rows:
        if len(row) != len(header):
            hint = "quote a cell that holds the delimiter, or fill up the row"
            said, wanted = counted(row, "cell"), f"{counted(header, 'cell')}, as the header has"
            findings.error("ragged-row", f"{place}, row {number}", said, wanted, hint)
    findings.refuse()
    return Table(place, tuple(header), [number for number, _ in rows], [row for _, row in rows])
