"""Report what was changed in cells that nobody fills in, and cells to fill in that were merged."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from growthsheet.errors import Problem
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import one_line
from growthsheet.workbook.forms import Form, InputTable
from growthsheet.xlsx.markers import column_name
from growthsheet.xlsx.reader.find_tables import Place
from growthsheet.xlsx.reader.take_cell import is_blank_cell
from growthsheet.xlsx.reader.workbook import ReadSheet, ReadWorkbook, ref

MOST_TABLES = 100
"""The most tables of a tab in which formulas are looked for; ours have ten at most."""

_IS_KEY = re.compile(column_name("[a-z_]+", "key")).fullmatch
_SOME = 5
"""The most cells or rows that a problem names."""


def changed_rows(
    table: InputTable,
    place: Place,
    tab: str,
    columns: Mapping[str, int],
    names: Mapping[str, str],
    rows: Mapping[int, str],
    written: Mapping[str, str],
) -> Iterator[Problem]:
    """Yield a note for each column of protected values or formulas that are not as growthsheet wrote them.

    Parameters
    ----------
    table, place, tab
        The table, where it is, and the name of its tab in problems.
    columns
        The columns of protected values and formulas, as far as they are found.
    names
        The names of the rows that the table was written with, by id.
    rows
        The ids of the rows that have their own hidden ids, by row.
    written
        The protected values of the rows, by id.
    """
    changed: dict[str, list[str]] = {}
    for row, id in rows.items() if not table.extended else ():
        cells = {name: place.sheet.cell(row, column) for name, column in columns.items()}
        now = table.protected_values({name: None if cell.formula else cell.value for name, cell in cells.items()})
        pairs = zip((written.get(id) or now).split("|"), now.split("|"), strict=False)
        found = [name for name, (a, b) in zip(table.protected, pairs, strict=False) if a != b and name in cells]
        calculated = {name: cells[name] for name in table.calculated if name in cells}
        found += [name for name, cell in calculated.items() if not (cell.formula or is_blank_cell(cell))]
        for name in found:
            changed.setdefault(table.heading(name), []).append(names.get(id, id))
    for heading, labels in changed.items():
        found_in = f"{plural(labels, 'row')} whose {heading} is not what growthsheet wrote: "
        hint = "what the role expects, and what is worked out from it, comes from the catalog"
        some = first_of([one_line(label) for label in labels], _SOME)
        yield Problem("changed-cells", tab, found_in + some, hint=hint, severity="note")


def typed_over(book: ReadWorkbook, form: Form, read: Mapping[str, ReadSheet]) -> Iterator[Problem]:
    """Yield a note for each tab on which something was typed over formulas: those that are read, and those shown."""
    areas = (book.names.get(column_name(table, "key")) for table in form.shown)
    shown = [sheet for area in areas if area and (sheet := book.sheet(area.sheet))]
    compared = {column_name(table.name, "key") for table in form.tables if not table.extended}
    for name, sheet in {**read, **{sheet.name: sheet for sheet in shown}}.items():
        if cells := list(_over_formulas(book, sheet, compared)):
            found = f"{plural(cells, 'cell')} typed over formulas: {first_of(cells, _SOME)}; not read"
            hint = (
                "they are calculated from the other cells" if name in read else f"type on the tab {form.tables[0].tab}"
            )
            yield Problem("changed-cells", f"{book.name}, {one_line(name)}", found, hint=hint, severity="note")


def _over_formulas(book: ReadWorkbook, sheet: ReadSheet, compared: Collection[str]) -> Iterator[str]:
    """Yield the cells of a tab in whose column of the table other cells are calculated."""
    keys = (a for name, a in book.names.items() if a.sheet == sheet.name and _IS_KEY(name) and name not in compared)
    rest = sorted(sheet.rows)
    for area in islice(keys, MOST_TABLES):
        start, end = bisect_left(rest, area.first), bisect_right(rest, area.last)
        rows, rest = rest[start:end], rest[:start] + rest[end:]  # a row belongs to one table, or to two side by side
        calculated = {column for row in rows for column, raw in sheet.rows[row].items() if raw[3]}
        for row in rows:
            for column in sorted(calculated & sheet.rows[row].keys()):
                if not (cell := sheet.cell(row, column)).formula and cell.kind != "blank":
                    yield ref(row, column)


def merged_cells(place: Place, tab: str, rows: Collection[int]) -> Iterator[Problem]:
    """Yield an error if cells to fill in are merged: people see only the first, and the others are usually gone."""
    there, columns, merged = sorted(rows), place.columns.values(), list[str]()
    for area in place.sheet.merged:
        high = bisect_right(there, area.last) - bisect_left(there, area.first)
        wide = sum(area.left <= column <= area.right for column in columns)
        if high * wide > (area.first in rows and area.left in columns):
            merged.append(f"{ref(area.first, area.left)}:{ref(area.last, area.right)}")
    if merged:
        found = f"merged cells: {first_of(merged, _SOME)}; each cell was read by itself, hidden ones too"
        hint = "unmerge them, and check the answers"
        yield Problem("merged-cells", tab, found, "a cell for each answer", hint)
