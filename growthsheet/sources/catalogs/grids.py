"""Tables as they stand in delimited text, workbooks, Markdown and memory: rows of texts with their numbers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from growthsheet.sources.catalogs.table_headers import known
from growthsheet.sources.tables.columns import is_error, text_of
from growthsheet.sources.tables.dataframes import cell_of, rows_in_memory
from growthsheet.sources.tables.delimited import RESAVE, decoded, is_spoiled, read_delimited
from growthsheet.sources.tables.read_table import MOST_COLUMNS, WORKBOOKS, read_bytes, tell_hidden, tell_ragged
from growthsheet.text.counts import first_of
from growthsheet.text.numbers import written_plainly
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote
from growthsheet.xlsx.reader.cell_formats import Formatted, Unreadable

MARKDOWN = (".md", ".markdown")
MOST_TABLE_CELLS = 2_000_000
"""How many cells the tables of one framework may have; the UK government's has 18,000."""

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*")
_CELLS = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Grid:
    """One table: its file, the number of each row, its cells as texts, and the name of the tab or the heading above."""

    file: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    title: str = ""
    unit: str = "row"

    @property
    def place(self) -> str:
        """Return where the table is: the file, and its tab or heading where there is one."""
        return f"{self.file}, {one_line(self.title)}" if self.title else self.file

    def at(self, number: int) -> str:
        """Return where a row is."""
        return f"{self.place}, {self.unit} {number}"

    @property
    def width(self) -> int:
        """The number of cells of the longest row."""
        return max((len(cells) for _, cells in self.rows), default=0)


def read_grids(source: Any, findings: ProblemList) -> list[Grid]:
    """Return every table of a file, of a list of dictionaries or of a DataFrame; blank ones are left out.

    >>> [grid.rows for grid in read_grids([{"skill": "SQL", "Junior": 2}], ProblemList("it"))]
    [((0, ('skill', 'Junior')), (1, ('SQL', '2')))]
    """
    if isinstance(source, str | os.PathLike):
        grids = list(_of_file(Path(source), findings))
    else:
        header, body = rows_in_memory(source, findings)
        grids = [_grid(findings.place, enumerate([header, *body]))]
    grids = [grid for grid in grids if grid.rows]
    cells = sum(len(grid.rows) * grid.width for grid in grids)
    if cells > MOST_TABLE_CELLS or any(grid.width > MOST_COLUMNS for grid in grids):
        expected = f"at most {MOST_COLUMNS} columns and {MOST_TABLE_CELLS:,} cells"
        hint = "leave out the columns and rows that say nothing about roles, activities and levels"
        raise findings.fatal("table-too-large", findings.place, "a table too large for a catalog", expected, hint)
    for grid in grids:
        for number, texts in grid.rows:
            for cell in filter(is_error, texts):
                found, expected = f"the error {cell}", "a text or a number"
                findings.error("broken-cell", grid.at(number), found, expected, "correct the cell")
            for cell in filter(is_spoiled, texts):
                findings.error("spoiled-letters", grid.at(number), quote(cell), "letters as they were written", RESAVE)
    return grids


def _of_file(path: Path, findings: ProblemList) -> Iterator[Grid]:
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        from growthsheet.xlsx.reader.user_tables import read_user_tabs

        tabs = read_user_tabs(path, findings.place, lenient=True)
        if hidden := [quote(tab.name) for tab in tabs if tab.hidden]:
            findings.note("other-tabs", findings.place, f"not read, as it is hidden: {first_of(hidden, 5)}", "show it")
        for tab in (tab for tab in tabs if not tab.hidden):
            tell_hidden(tab, 0, f"{findings.place}, {one_line(tab.name)}", findings)
            cells = (cell for row in tab.rows.values() for cell in row.values())
            findings.add(*(cell.problem(findings.place) for cell in cells if isinstance(cell, Unreadable)))
            yield _grid(findings.place, tab.grid, tab.name)
        findings.refuse()
        return
    raw = read_bytes(path, findings)
    if suffix in MARKDOWN:
        yield from _of_markdown(findings.place, decoded(raw, findings))
        return
    lines = list(read_delimited(raw, known, findings))
    _refuse_ragged(lines, findings)
    yield _grid(findings.place, enumerate(lines, 1))


def _refuse_ragged(rows: Sequence[Sequence[str]], findings: ProblemList) -> None:
    """Tell the rows that are longer or shorter than the longest of the first ones: a delimiter stands in a cell."""
    width = max((len(row) for row in rows[:10]), default=0)
    for number, row in enumerate(rows, 1):
        if len(row) != width and any(row) and len([cell for cell in row if cell.strip()]) > 1:
            tell_ragged(row, number, width, findings)


def _grid(file: str, rows: Any, title: str = "", unit: str = "row") -> Grid:
    found = ((number, tuple(map(_text, cells))) for number, cells in rows)
    return Grid(file, tuple((number, cells) for number, cells in found if any(cells)), title, unit)


def _text(cell: Any) -> str:
    # Lines stay lines; text_of would make one of them. 1.125 is no 1,125.
    if isinstance(cell, float) and not isinstance(cell, Formatted) and cell == cell and not cell.is_integer():
        return written_plainly(Decimal(str(cell)))
    return cell.strip() if isinstance(cell, str) else text_of(cell_of(cell))


def _of_markdown(file: str, text: str) -> Iterator[Grid]:
    """The tables between pipes, each with the nearest heading above it; rows have the numbers of their lines."""
    lines, heading, at = text.splitlines(), "", 0
    while at < len(lines):
        if found := _HEADING.fullmatch(lines[at]):
            heading = _unmarked(found[2])
        if "|" in lines[at] and at + 1 < len(lines) and "-" in lines[at + 1] and _RULE.fullmatch(lines[at + 1]):
            rows, last = [(at + 1, _split(lines[at]))], at + 2
            while last < len(lines) and "|" in lines[last]:
                rows.append((last + 1, _split(lines[last])))
                last += 1
            width = max(len(cells) for _, cells in rows)
            yield _grid(file, ((n, [*cells, *[""] * (width - len(cells))]) for n, cells in rows), heading, "line")
            at = last
        else:
            at += 1


def _split(line: str) -> list[str]:
    line = line.strip()
    if line.startswith("|"):
        line = line[1:]
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [_unmarked(cell.replace("\\|", "|")) for cell in _CELLS.split(line)]


def _unmarked(text: str) -> str:
    """A text without Markdown's marks."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE))
    return re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text).strip()
