"""Read a :class:`SourceTable` from a file, dictionaries or a DataFrame."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from growthsheet.errors import InputError
from growthsheet.sources.tables.columns import SourceTable, TableCell
from growthsheet.sources.tables.dataframes import cell_of, rows_of_dicts, rows_of_frame
from growthsheet.sources.tables.delimited import HEADER_LINES, IsColumnName, read_delimited
from growthsheet.text.counts import plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

MOST_BYTES = 50 * 1024 * 1024
MAX_TABLE_ROWS = 1_000_000
MOST_COLUMNS = 500
ENOUGH_NAMES = 3
"""The number of known names that make a row the header."""

_TEXT = {".csv", ".tsv", ".txt", ".tab"}
_WORKBOOKS = {".xlsx", ".xlsm"}


def read_table(source: Any, known: IsColumnName, findings: ProblemList, encoding: str | None = None) -> SourceTable:
    """Return the table in a source.

    Parameters
    ----------
    source
        A path (.csv, .tsv, .txt, .xlsx), the bytes of a text file, a list of dictionaries, or a pandas, polars,
        pyarrow... DataFrame.
    known
        Returns whether a text is the name of an expected column; the header of a file is found by it.
    findings
        The list that notes go to. A table that cannot be read safely raises an :class:`InputError` at once.
    encoding
        The encoding of a text file without a byte order mark.

    >>> table = read_table([{"id": 1, "name": "Ana"}], str.isalpha, ProblemList("roster"))
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
        expected = "a path, a list of dictionaries or a DataFrame"
        raise findings.fatal("not-a-table", findings.place, f"a {type(source).__name__}", expected)
    return _checked(header, list(enumerate(rows, 1)), findings)


def _bytes(path: Path, findings: ProblemList) -> bytes:
    suffix = path.suffix.lower()
    if suffix not in _TEXT:
        expected = "a .csv, .tsv, .txt or .xlsx file"
        raise findings.fatal(
            "unknown-format", findings.place, f"the ending {quote(suffix)}", expected, "export it as CSV"
        )
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        found = error.strerror or "it cannot be read"
        raise findings.fatal("not-readable", findings.place, found, "a file", "check the path") from None


def _in_limits(raw: bytes, findings: ProblemList) -> bytes:
    if len(raw) > MOST_BYTES:
        raise findings.fatal("too-large", findings.place, "over 50 MB", "at most 50 MB", "leave out what is not needed")
    return raw


def _of_workbook(path: Path, known: IsColumnName, findings: ProblemList) -> SourceTable:
    """Return the table of the first tab that has a header; cells keep their types, and rows their numbers."""
    from growthsheet.xlsx.reader.user_tables import read_user_tabs

    if not path.is_file():
        raise findings.fatal("not-readable", findings.place, "no such file", "a file", "check the path")
    tabs = read_user_tabs(path, findings.place)
    for tab in tabs:
        width = max(max(cells) for cells in tab.rows.values())
        numbers = list(tab.rows)
        texts = [[tab.text(number, column) for column in range(1, width + 1)] for number in numbers]
        names = [sum(map(known, row)) for row in texts[:HEADER_LINES]]
        at = next((index for index, count in enumerate(names) if count >= ENOUGH_NAMES), None)
        if at is None:
            continue
        if len(tabs) > 1:
            findings.note("other-tabs", findings.place, f"the table on the tab {quote(tab.name)} is read, and no other")
        if at:
            found = f"the header is row {numbers[at]}; what stands above is not read"
            findings.note("rows-above-header", findings.place, found)
        rows = [
            (number, [cell_of(tab.rows[number].get(column)) for column in range(1, width + 1)])
            for number, row in zip(numbers[at + 1 :], texts[at + 1 :], strict=True)
            if row != texts[at]
        ]
        return _checked(texts[at], rows, findings)
    raise _no_header(
        [[tab.text(row, column) for column in tab.rows[row]] for tab in tabs for row in tab.rows], findings
    )


def _no_header(rows: Sequence[Sequence[str]], findings: ProblemList) -> InputError:
    # Without a header the first row may be a person: a cell with a digit may be pay, and is not shown.
    first = next((row for row in rows if any(row)), [])
    names_there = ", ".join(cell for cell in first if cell and not re.search(r"\d", cell))
    hint = 'name the columns with --map, as in --map id="Staff code"'
    expected = f"{ENOUGH_NAMES} known column names in one of the first {HEADER_LINES} rows"
    found = f"the first row says {one_line(names_there, 200)}" if names_there else "no name of a column"
    return findings.fatal("no-header", findings.place, found, expected, hint)


def _below_header(rows: Iterator[Sequence[str]], known: IsColumnName, findings: ProblemList) -> SourceTable:
    """Return the table of a file: its header is the first of ten rows that holds three known names."""
    first = list(islice(rows, HEADER_LINES))
    names = [sum(known(cell) for cell in row) for row in first]
    at = next((index for index, count in enumerate(names) if count >= ENOUGH_NAMES), None)
    if at is None:
        raise _no_header([*first, *rows], findings)
    if any(any(row) for row in first[:at]):
        findings.note("rows-above-header", findings.place, f"the header is row {at + 1}; what stands above is not read")
    header = [cell.strip() for cell in first[at]]
    body: list[tuple[int, Sequence[TableCell]]] = []
    for number, row in enumerate(chain(first[at + 1 :], rows), at + 2):
        second = number == at + 2 and sum(map(known, row)) > names[at] / 2
        if second or [cell.strip() for cell in row] == header:
            findings.note("second-header", f"{findings.place}, row {number}", "a second header row; it is not read")
        else:
            body.append((number, [cell if cell.strip() else None for cell in row]))
    return _checked(header, body, findings)


def _checked(
    header: Sequence[str], rows: Sequence[tuple[int, Sequence[TableCell]]], findings: ProblemList
) -> SourceTable:
    """Return the table without blank rows, after checking that rows fit the header and column names are unique."""
    place = findings.place
    rows = [(number, row) for number, row in rows if any(cell is not None for cell in row)]
    if len(header) > MOST_COLUMNS:
        findings.error("too-many-columns", place, plural(header, "column"), f"at most {MOST_COLUMNS}")
    if len(rows) > MAX_TABLE_ROWS:
        findings.error("too-many-rows", place, plural(rows, "row"), f"at most {MAX_TABLE_ROWS:,}")
    if not rows:
        findings.error("no-rows", place, "a header and no rows", "one row for each person")
    for name, count in Counter(name.casefold() for name in header if name).items():
        if count > 1:
            hint = "rename one of them"
            found = f"{plural(count, 'column')} named {quote(name)}"
            findings.error("repeated-column", place, found, "a name of its own", hint)
    for number, row in rows:
        if len(row) != len(header):
            hint = "quote a cell that holds the delimiter, or fill up the row"
            found, expected = plural(row, "cell"), f"{plural(header, 'cell')}, as the header has"
            findings.error("ragged-row", f"{place}, row {number}", found, expected, hint)
    findings.refuse()
    return SourceTable(place, tuple(header), [number for number, _ in rows], [row for _, row in rows])
