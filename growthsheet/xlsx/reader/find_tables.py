"""Find the input tables of a returned workbook.

Their columns are found by their headings, where each stands once; or else by their defined names, which follow inserts,
renames and sorts, in every language; or else by the header row with most of the headings. Rows are identified by the
ids in the key column, never by their position.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from growthsheet.text.ids import is_id
from growthsheet.text.language import Translate
from growthsheet.workbook.extra_columns import OWN_LIST, OWN_PREFIX
from growthsheet.workbook.forms import InputTable
from growthsheet.workbook.tables import KEY, Column
from growthsheet.xlsx.markers import KEY_HEADER, cell_name, column_name
from growthsheet.xlsx.reader.cells import column_letters
from growthsheet.xlsx.reader.workbook import NamedRange, ReadSheet, ReadWorkbook

BLANKS = 20
"""The number of blank rows that end a table."""

MOST_WORDS = 20_000
"""The most words that are read of a list; the longest lists have a row for each person and activity of a team."""

MAX_OWN_COLUMNS = 100
"""The most columns of the organization's own in one workbook."""

Headers = Mapping[str, Collection[str]]
"""The possible headers of each field: in the workbook's language, and in English."""


@dataclass(frozen=True)
class Place:
    """The place of a table: its tab, its rows as far as they are known, and the column of each field."""

    sheet: ReadSheet
    key: int
    columns: Mapping[str, int]
    first: int
    last: int
    labels: tuple[int, ...] = ()
    """The columns with the visible names of what each row is about; none if they are not found."""

    def heading(self, column: int) -> str:
        """Return the heading of a column."""
        return self.sheet.text(self.first - 1, column)

    def rows(self) -> Iterator[int]:
        """Yield the table's rows, and rows typed below its end; some are blank.

        Rows below the end are not another table's: its header has the same word above its keys, and a heading above it.
        """
        columns = {self.key, *self.columns.values()}
        seen = self.last
        rows = sorted(row for row in self.sheet.rows if row >= self.first)
        others = (row - 1 for row in rows if row > self.last and self.sheet.text(row, self.key) == KEY_HEADER)
        end = next(others, None)
        for row in rows:
            if row > seen + BLANKS or row == end:
                return
            if row > self.last and any(self.sheet.cell(row, column).kind != "blank" for column in columns):
                seen = row
            yield row


def find_table(book: ReadWorkbook, table: str, headers: Headers) -> Place | None:
    """Return the place of a table, without fields whose column is not found."""
    area = book.names.get(column_name(table, "key"))
    sheet = book.sheet(area.sheet) if area else None
    if area and sheet:
        top = _header_row(sheet, area)
        named = _by_names(book, area.sheet, {field: column_name(table, field) for field in headers})
        headed = _by_headers(sheet, top, headers)
        # Some programs move columns and leave the names behind; then the heading that people see decides.
        columns = {field: at for field, at in named.items() if at not in headed.values()} | headed
        return Place(sheet, area.left, _once(columns), top + 1, area.last)
    return _by_header_row(book, headers)


def label_columns(book: ReadWorkbook, place: Place, table: InputTable, translate: Translate) -> dict[str, int]:
    """Return the columns with the visible names of what each row of a table is about, as far as they are found."""
    found = headed_columns(place, table, table.labels, translate)
    if len(found) < len(table.labels):
        named = _by_names(book, place.sheet.name, {name: column_name(table.name, name) for name in table.labels})
        others = _known_headings(table, translate)  # a name may have been left behind when its column was deleted
        found = {name: at for name, at in named.items() if place.heading(at) not in others} | found
    return {name: found[name] for name in table.labels if name in found}


def headed_columns(place: Place, table: InputTable, keys: Iterable[str], translate: Translate) -> dict[str, int]:
    """Return those columns of a table that are found by their headings."""
    headings = {key: table.heading(key) for key in keys}
    return _by_headers(place.sheet, place.first - 1, {key: {h, translate(h)} for key, h in headings.items()})


def find_fact(
    book: ReadWorkbook, name: str, labels: Collection[str], sheet: ReadSheet | None
) -> tuple[ReadSheet, int, int] | None:
    """Return the place of a single cell by its name, or else beside its label on a tab, if that is there once."""
    area = book.names.get(cell_name(name))
    home = book.sheet(area.sheet) if area else None
    if area and home:
        return home, area.first, area.left
    found = [(row, column) for row, column, text in sheet.texts() if text in labels] if sheet else []
    return (sheet, found[0][0], found[0][1] + 1) if sheet and len(found) == 1 else None


def find_words(book: ReadWorkbook, table: str, column: int = 1) -> dict[str, str]:
    """Return the words of a list in the workbook, or the texts of a later column of it, by their codes before them."""
    area = book.names.get(column_name(table, "code"))
    sheet = book.sheet(area.sheet) if area else None
    if not (area and sheet):
        return {}
    rows = range(area.first, min(area.last, area.first + MOST_WORDS) + 1)
    return {code: sheet.text(row, area.left + column) for row in rows if (code := sheet.text(row, area.left))}


def find_own_columns(book: ReadWorkbook) -> dict[str, list[Column]]:
    """Return the organization's own columns by table, as the workbook tells of them.

    The note of a column that people type into is the kind of what it asks.
    """
    headers, kinds = (find_words(book, OWN_LIST, column) for column in (1, 2))
    found: dict[str, list[Column]] = {}
    for code, header in list(headers.items())[:MAX_OWN_COLUMNS]:
        (table, _, key), kind = code.partition(":"), kinds.get(code, "")
        if key.startswith(OWN_PREFIX) and is_id(key):
            style = "number" if kind == "number" else "text"
            found.setdefault(table, []).append(Column(key, header, "input" if kind else "data", style, note=kind))
    return found


def _header_row(sheet: ReadSheet, area: NamedRange) -> int:
    """Return the header row: directly above the area, or a little higher if rows were inserted between."""
    rows = range(area.first - 1, max(area.first - 1 - BLANKS, 0), -1)
    return next((row for row in rows if sheet.text(row, area.left) == KEY_HEADER), area.first - 1)


def _by_names(book: ReadWorkbook, sheet: str, names: Mapping[str, str]) -> dict[str, int]:
    areas = {field: book.names.get(name) for field, name in names.items()}
    return {field: a.left for field, a in areas.items() if a and a.sheet == sheet and a.left == a.right}


def _by_headers(sheet: ReadSheet, row: int, headers: Headers) -> dict[str, int]:
    at: dict[str, list[int]] = {}
    for column in sheet.rows.get(row, {}):
        at.setdefault(sheet.text(row, column).casefold(), []).append(column)
    found = {
        field: [column for name in {name.casefold() for name in names} for column in at.get(name, [])]
        for field, names in headers.items()
    }
    return {field: columns[0] for field, columns in found.items() if len(columns) == 1}


def _by_header_row(book: ReadWorkbook, headers: Headers) -> Place | None:
    """Return the place of the table below the row with most of the headers, at least half of them."""
    best: tuple[int, ReadSheet, int, dict[str, int]] | None = None
    for sheet in book.all_sheets():
        for row in sorted(sheet.rows):
            columns = _by_headers(sheet, row, headers)
            if len(columns) * 2 >= len(headers) and (best is None or len(columns) > best[0]):
                best = len(columns), sheet, row, columns
    if best is None:
        return None
    _, sheet, row, columns = best
    key = _key_column(sheet, row)
    return Place(sheet, key, columns, row + 1, row) if key else None


def _key_column(sheet: ReadSheet, header: int) -> int:
    """Return the first column with a key in the rows below the header; 0 if there is none."""
    below = range(header + 1, header + 1 + BLANKS)
    columns = sorted({column for row in below for column in sheet.rows.get(row, {})})
    return next((c for c in columns if any(sheet.text(row, c).startswith(KEY) for row in below)), 0)


def _once(columns: Mapping[str, int]) -> dict[str, int]:
    """Return the fields that share their column with no other field."""
    taken = list(columns.values())
    return {field: column for field, column in columns.items() if taken.count(column) == 1}


def _known_headings(table: InputTable, translate: Translate) -> set[str]:
    return {word for text in table.headings for word in (text, translate(text))}


_LEVEL = "Level {level}"


_OF_SOMETHING = r"[a-z_]+@\w+"
"""The pattern of headers of hidden columns that exist once for each role or point of a scale."""


def added_columns(place: Place, table: InputTable, rows: Collection[int], translate: Translate) -> list[str]:
    """Return the headings (or else letters) of filled columns that growthsheet did not write.

    None are returned if an input column was renamed or most headings are unknown: they are in an unknown language then.
    """
    sheet, top = place.sheet, place.first - 1
    columns = {column for row in (top, *rows) for column in sheet.rows.get(row, ())}
    found = {column: sheet.text(top, column) for column in sorted(columns)}
    known = _known_headings(table, translate)
    levels = (re.escape(text).replace(re.escape("{level}"), r"-?\d+") for text in (_LEVEL, translate(_LEVEL)))
    ours = re.compile("|".join((*levels, _OF_SOMETHING)), re.ASCII)
    strange = [
        column
        for column, heading in found.items()
        if column != place.key and not (heading in known or heading in table.bare or ours.fullmatch(heading))
    ]
    read = place.columns.values()
    renamed = not set(strange).isdisjoint(read)
    if renamed or len(strange) > sum(heading in known for heading in found.values()):
        return []
    asked = {found[column] for column in read if column in found} - {""}
    strange += [column for column, heading in found.items() if heading in asked and column not in read]
    filled = [c for c in strange if any(sheet.cell(row, c).kind != "blank" for row in rows)]
    return [found[column] or column_letters(column) for column in filled]
