"""Read a :class:`SourceTable` from a file, dictionaries or a DataFrame."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from growthsheet.errors import InputError
from growthsheet.sources.tables.columns import NAMED_ROWS, SourceTable, TableCell
from growthsheet.sources.tables.dataframes import cell_of, rows_in_memory
from growthsheet.sources.tables.delimited import HEADER_LINES, IsColumnName, read_delimited
from growthsheet.storage.file_names import names_beside
from growthsheet.text.counts import first_of, plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import did_you_mean, one_line, quote
from growthsheet.xlsx.reader.cells import column_letters

if TYPE_CHECKING:
    from growthsheet.xlsx.reader.user_tables import UserTab

MOST_BYTES = 50 * 1024 * 1024
MAX_TABLE_ROWS = 1_000_000
MOST_COLUMNS = 500
ENOUGH_NAMES = 3
"""The number of known names that make a row the header."""

Complete = Callable[[Sequence[str]], bool]
Row = tuple[int, list[TableCell]]
"""The number of a row as a spreadsheet shows it, and its cells."""

TEXTS = (".csv", ".tsv", ".txt", ".tab")
WORKBOOKS = (".xlsx", ".xlsm")


def read_table(
    source: Any,
    known: IsColumnName,
    findings: ProblemList,
    encoding: str | None = None,
    sheet: str | None = None,
    complete: Complete = bool,
) -> SourceTable:
    """Return the table in a file, in the bytes of a text file, in a list of dictionaries, or in a DataFrame.

    The header is found by the names that are ``known``; a tab whose header is ``complete`` is read before others. Notes
    go to ``findings``. A table that cannot be read safely raises an :class:`InputError` at once.

    >>> table = read_table([{"id": 1, "name": "Ana"}], str.isalpha, ProblemList("roster"))
    >>> table.header, table.cells[0], table.rows[0]
    (('id', 'name'), [1, 'Ana'], 1)
    """
    path = Path(source) if isinstance(source, str | os.PathLike) else None
    if path and path.suffix.lower() in WORKBOOKS:
        return _of_workbook(path, known, complete, findings, sheet)
    if not path and not isinstance(source, bytes):
        header, body = rows_in_memory(source, findings)
        return _checked(header, list(enumerate(body, 1)), findings)
    if path and path.suffix.lower() not in TEXTS:
        found, expected = f"the ending {quote(path.suffix.lower())}", "a .csv, .tsv, .txt or .xlsx file"
        raise findings.fatal("unknown-format", findings.place, found, expected, "export it as CSV")
    lines = read_delimited(read_bytes(path or source, findings), known, findings, encoding)
    rows: Iterator[Row] = ((number, [_unquoted(cell) for cell in line]) for number, line in enumerate(lines, 1))
    top = list(islice(rows, HEADER_LINES))
    if (at := _header_at(top, known)) is None:
        raise _no_header([[_text(cell) for cell in row] for _, row in chain(top, rows)], findings)
    return _below_header(chain(top, rows), at, known, findings)


def _nearest(path: Path | bytes) -> str:
    """Return what to do about a file that cannot be read."""
    if isinstance(path, bytes) or os.path.lexists(path):
        return "check the path"
    return did_you_mean(path.name, names_beside(path), "check the path")


def read_bytes(source: Path | bytes, findings: ProblemList) -> bytes:
    """Return the bytes of a file, or those at hand, if they are not too many."""
    try:
        with BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        found = error.strerror or "it cannot be read"
        raise findings.fatal("not-readable", findings.place, found, "a file", _nearest(source)) from None
    if len(raw) > MOST_BYTES:
        raise findings.fatal("too-large", findings.place, "over 50 MB", "at most 50 MB", "leave out what is not needed")
    return raw


def _of_workbook(
    path: Path, known: IsColumnName, complete: Complete, findings: ProblemList, sheet: str | None
) -> SourceTable:
    """Return the table of the one visible tab that has a header, or of the named tab; cells keep their types."""
    from growthsheet.xlsx.reader.user_tables import read_user_tabs

    if not path.is_file():
        raise findings.fatal("not-readable", findings.place, "no such file", "a file", _nearest(path))
    tabs = read_user_tabs(path, findings.place, lenient=True)
    tab, at = _chosen(tabs, known, complete, findings, sheet)
    if len(tabs) > 1:
        others = ", ".join(f"{quote(other.name)}" + " (hidden)" * other.hidden for other in tabs if other is not tab)
        findings.note("other-tabs", findings.place, f"the tab {quote(tab.name)} is read; not read: {others}")
        findings.place = f"{findings.place}, tab {one_line(tab.name)}"
    grid, merged = tab.grid, [area for area in tab.merged if area.left < area.right]
    tell_hidden(tab, grid[at][0], findings.place, findings)
    for area in merged:  # only in the header: a name over several columns is a part of each
        row = next((row for number, row in grid[: at + 2] if number == area.first), None)
        if row and area.first == grid[at][0]:
            row[area.left - 1 : area.right] = [row[area.left - 1]] * (area.right - area.left + 1)
    return _below_header(iter(grid), at, known, findings)


def tell_hidden(tab: UserTab, header: int, place: str, findings: ProblemList) -> None:
    """Note hidden rows and columns, and rows that are struck through: they are read like the others."""
    rows, struck = ([str(row) for row in found if row > header] for found in (tab.hidden_rows, tab.struck_rows))
    columns = [column_letters(column) for column in tab.hidden_columns]
    for code, kind, names in (
        ("hidden-rows", "hidden or filtered rows", rows),
        ("hidden-columns", "hidden columns", columns),
        ("struck-rows", "rows with struck-through text", struck),
    ):
        if names:
            found = f"{kind} are read like the others: {first_of(names, NAMED_ROWS)}"
            findings.note(code, place, found, "delete them, or copy what is shown to another file")


def _chosen(
    tabs: Sequence[UserTab], known: IsColumnName, complete: Complete, findings: ProblemList, sheet: str | None
) -> tuple[UserTab, int]:
    """Return the tab to read and the index of its header; refuse if several tabs may be meant."""
    names = ", ".join(f"{quote(tab.name)}" for tab in tabs)
    named = [tab for tab in tabs if sheet is None or tab.name.strip().casefold() == sheet.strip().casefold()]
    if not named:
        raise findings.fatal("unknown-tab", f"--sheet {one_line(sheet)}", "no such tab", f"one of {names}")
    candidates = [tab for tab in named if sheet or not tab.hidden] or named
    headers = [(tab, _header_at(tab.grid[:HEADER_LINES], known)) for tab in candidates]
    found = [(tab, at) for tab, at in headers if at is not None]
    if not found:
        rows = [[_text(cell) for cell in row] for tab in candidates for _, row in tab.grid]
        raise _no_header(rows, findings, names if len(tabs) > 1 else "")
    best = [(tab, at) for tab, at in found if complete([_text(cell) for cell in tab.grid[at][1]])] or found
    if len(best) > 1:
        said = "several tabs look alike: " + ", ".join(f"{quote(tab.name)}" for tab, _ in best)
        hint = f'choose with --sheet "{one_line(best[-1][0].name)}"'
        raise findings.fatal("several-tabs", findings.place, said, "one tab", hint)
    return best[0]


def _no_header(rows: Sequence[Sequence[str]], findings: ProblemList, tabs: str = "") -> InputError:
    # Without a header the first row may be a person: a cell with a digit may be pay, and is not shown.
    first = next((row for row in rows if any(row)), [])
    names_there = ", ".join(cell for cell in first if cell and not re.search(r"\d", cell))
    hint = 'name the columns with --map, as in --map id="Staff code"'
    expected = f"{ENOUGH_NAMES} known column names in one of the first {HEADER_LINES} rows"
    found = f"the first row says {one_line(names_there, 200)}" if names_there else "it holds no name of a column"
    found += f"; the tabs are {tabs}" if tabs else ""
    return findings.fatal("no-header", findings.place, found, expected, hint)


def _header_at(rows: Sequence[Row], known: IsColumnName) -> int | None:
    """Return the index of the header: the first row with most known names; None if no row has enough of them."""
    counts = [len({text for cell in row if cell is not None and known(text := str(cell))}) for _, row in rows]
    most = max(counts, default=0)
    return counts.index(most) if most >= ENOUGH_NAMES else None


def _below_header(rows: Iterator[Row], at: int, known: IsColumnName, findings: ProblemList) -> SourceTable:
    """Return the table of a file: a header, in one row or two, and the rows below it."""
    above = [number for number, row in islice(rows, at) if any(map(_text, row))]
    number, first = next(rows)
    if above:
        findings.note("rows-above-header", findings.place, f"the header is row {number}; rows above it are not read")
    header = [_text(cell) for cell in first]
    body = [(number, [cell_of(cell) for cell in row]) for number, row in rows]
    if body and (joined := _second_row(header, body[0][1], known)):
        findings.note("two-row-header", findings.place, f"the header is rows {number} and {body[0][0]}")
        header, body = joined, body[1:]
    kept: list[Row] = []
    for place, (row_number, row) in enumerate(body):
        texts = [_text(cell) for cell in row]
        if texts == header or (not place and _names_columns(texts, header, known)):
            findings.note("second-header", f"{findings.place}, row {row_number}", "a second header row; it is not read")
        else:
            kept.append((row_number, row))
    return _checked(header, kept, findings)


def _names_columns(texts: Sequence[str], header: Sequence[str], known: IsColumnName) -> bool:
    """Return whether the row below a header names the columns once more; a person has a number or an address."""
    return sum(map(known, texts)) > sum(map(known, header)) / 2 and not any(re.search(r"[\d@]", t) for t in texts)


def _second_row(header: Sequence[str], row: Sequence[TableCell], known: IsColumnName) -> list[str] | None:
    """Return the names of a header in two rows: a group above, its parts below; None where the second row is none.

    It is one where texts without a digit stand below a name that is blank or stands twice, under which no cell of a
    person can stand, and the first column says nothing new.
    """
    texts = [_text(cell) for cell in row]
    parts = [index for index, text in enumerate(texts) if text and index < len(header)]
    grouped = any(not header[index] or header.count(header[index]) > 1 for index in parts)
    lead = bool(texts) and texts[0] not in ("", header[0])
    if not grouped or lead or any(re.search(r"\d", texts[index]) for index in parts):
        return None
    names, group = [], ""
    for index, name in enumerate(header):
        part = texts[index] if index < len(texts) and texts[index] != name else ""
        group = name or (group if part else "")
        ways = [f"{part} {group}".strip(), f"{group} {part}".strip(), part or name]
        names.append(next((way for way in ways if known(way)), ways[1]))
    return names


def _unquoted(text: str) -> str:
    """Return a text without what keeps a spreadsheet from changing it: ``="007"`` is 007."""
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text


def _text(cell: TableCell) -> str:
    return "" if cell is None else str(cell).strip()


def tell_ragged(row: Sequence[object], number: int, width: int, findings: ProblemList) -> None:
    """Tell a row that has more or fewer cells than the header."""
    hint = "put a cell that holds the delimiter in quotes, or fill up the row"
    found, expected = plural(row, "cell"), f"{plural(width, 'cell')}, as the header has"
    findings.error("ragged-row", f"{findings.place}, row {number}", found, expected, hint)


def _checked(header: Sequence[str], rows: Sequence[Row], findings: ProblemList) -> SourceTable:
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
    fitting: list[Row] = []
    for number, row in rows:
        filled = sum(cell is not None for cell in row)
        if len(row) < len(header) and filled == 1 and len(header) >= ENOUGH_NAMES:  # a footer
            row = (row + [None] * len(header))[: len(header)]
        elif len(row) != len(header):
            tell_ragged(row, number, len(header), findings)
        fitting.append((number, row))
    findings.refuse()
    return SourceTable(place, tuple(header), [number for number, _ in fitting], [row for _, row in fitting])
