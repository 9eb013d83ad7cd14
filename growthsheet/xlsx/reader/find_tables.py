"""Where the input tables of a returned workbook stand.

By the defined names of their columns first: those follow inserts, renames and sorts, in every language. Without them,
by a header row that says what the columns are. Rows are told by the ids in the key column, never by their place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from growthsheet.text.language import Translate
from growthsheet.workbook.forms import InputTable
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.markers import KEY_HEADER, PEOPLE, VOTES, cell_name, column_name
from growthsheet.xlsx.reader.cells import column_letters
from growthsheet.xlsx.reader.workbook import NamedRange, ReadSheet, ReadWorkbook

BLANKS = 20
"""After so many blank rows a table has ended."""

MOST_WORDS = 100
"""The longest lists of words have a dozen."""

Headers = Mapping[str, Collection[str]]
"""What the header of a field may be: in the workbook's language, or in English."""


@dataclass(frozen=True)
class Place:
    """Where a table stands: its tab, its rows as far as the file tells, and the column of each field."""

    sheet: ReadSheet
    key: int
    columns: Mapping[str, int]
    first: int
    last: int

    def rows(self) -> Iterator[int]:
        """The table's rows, and what was typed below its end; some are blank."""
        columns = {self.key, *self.columns.values()}
        seen = self.last
        for row in sorted(row for row in self.sheet.rows if row >= self.first):
            if row > seen + BLANKS:
                return
            if row > self.last and any(self.sheet.cell(row, column).kind != "blank" for column in columns):
                seen = row
            yield row


def find_table(book: ReadWorkbook, table: str, headers: Headers) -> Place | None:
    """Where a table stands; a field that is nowhere is left out."""
    area = book.names.get(column_name(table, "key"))
    sheet = book.sheet(area.sheet) if area else None
    if area and sheet:
        top = _header_row(sheet, area)
        columns = _by_names(book, area.sheet, {field: column_name(table, field) for field in headers})
        columns = {**_by_headers(sheet, top, headers), **columns}
        return Place(sheet, area.left, _once(columns), top + 1, area.last)
    return _by_header_row(book, headers)


def find_matrix(book: ReadWorkbook, table: InputTable) -> Place | None:
    """Where a matrix stands; its fields are a source, ``@`` and the id of whom it rates, as in ``manager@E1``."""
    area = book.names.get(column_name(table.name, "key"))
    sheet = book.sheet(area.sheet) if area else None
    if area and sheet:
        top, key, last = _header_row(sheet, area), area.left, area.last
    else:
        found = next(((s, *at) for s in book.all_sheets() for at in s.texts() if at[2] == PEOPLE), None)
        if found is None:
            return None
        sheet, people, key, _ = found
        top = next(
            (row for row in range(people + 1, people + BLANKS) if sheet.text(row, key) == KEY_HEADER), people + 1
        )
        last = top
    people, coded = (
        next((row for row in range(top, 0, -1) if sheet.text(row, key) == expected), 0) for expected in (PEOPLE, VOTES)
    )
    votes = _votes(book, sheet.name, table)
    columns: dict[str, int] = {}
    for column in sorted(sheet.rows.get(people, {})):
        whose = sheet.text(people, column)
        vote = votes.get(column, "") if votes else sheet.text(coded, column)
        if vote in table.sources and whose.startswith(KEY):
            columns.setdefault(f"{vote}@{whose.removeprefix(KEY)}", column)
    return Place(sheet, key, _once(columns), top + 1, last)


def find_fact(
    book: ReadWorkbook, name: str, labels: Collection[str], sheet: ReadSheet | None
) -> tuple[ReadSheet, int, int] | None:
    """A single cell: by its name, else behind its label on a tab, if that stands there once."""
    area = book.names.get(cell_name(name))
    home = book.sheet(area.sheet) if area else None
    if area and home:
        return home, area.first, area.left
    found = [(row, column) for row, column, text in sheet.texts() if text in labels] if sheet else []
    return (sheet, found[0][0], found[0][1] + 1) if sheet and len(found) == 1 else None


def find_words(book: ReadWorkbook, table: str) -> dict[str, str]:
    """The words that a list of the workbook has for its codes, which stand in the column before."""
    area = book.names.get(column_name(table, "code"))
    sheet = book.sheet(area.sheet) if area else None
    rows = range(area.first, min(area.last, area.first + MOST_WORDS) + 1) if area else ()
    return {sheet.text(row, area.left): sheet.text(row, area.left + 1) for row in rows} if area and sheet else {}


def _votes(book: ReadWorkbook, sheet: str, table: InputTable) -> dict[int, str]:
    """The columns of a matrix that can be filled in, and who says what stands there, by their names."""
    starts = {column_name(table.name, f"{vote}_"): vote for vote in table.sources}
    columns = {name: area.left for name, area in book.names.items() if area.sheet == sheet and area.left == area.right}
    return {
        column: vote for name, column in columns.items() for start, vote in starts.items() if name.startswith(start)
    }


def _header_row(sheet: ReadSheet, area: NamedRange) -> int:
    """The row of the headers: above the area, or a little further where rows were inserted between."""
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
    """The table below the row that says most of the headers, at least half of them."""
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
    """The column whose first cell below the header holds an id; 0 where there is none."""
    below = range(header + 1, header + 1 + BLANKS)
    columns = sorted({column for row in below for column in sheet.rows.get(row, {})})
    return next((c for c in columns if any(sheet.text(row, c).startswith(KEY) for row in below)), 0)


def _once(columns: Mapping[str, int]) -> dict[str, int]:
    """The fields whose column is theirs alone."""
    taken = list(columns.values())
    return {field: column for field, column in columns.items() if taken.count(column) == 1}


_LEVEL = "Level {level}"


_OF_SOMETHING = r"[a-z_]+@\w+"
"""How a hidden column is headed that there is once for each role or point of a scale."""


def added_columns(place: Place, table: InputTable, rows: Collection[int], translate: Translate) -> list[str]:
    """The headings of columns that hold something and are none of growthsheet's; without one, the column's letters.

    Nothing where ours were renamed, or most are strange: then they are in a language that nobody told.
    """
    sheet, top = place.sheet, place.first - 1
    columns = {column for row in (top, *rows) for column in sheet.rows.get(row, ())}
    found = {column: sheet.text(top, column) for column in sorted(columns)}
    known = {word for text in table.headings for word in (text, translate(text))}
    levels = (re.escape(text).replace(re.escape("{level}"), r"-?\d+") for text in (_LEVEL, translate(_LEVEL)))
    ours = re.compile("|".join((*levels, _OF_SOMETHING)), re.ASCII)
    labels = tuple(_labels(place)) if table.across else ()
    strange = [
        column
        for column, heading in found.items()
        if column != place.key
        and not (heading in known or heading in table.bare or ours.fullmatch(heading) or heading.startswith(labels))
    ]
    renamed = not set(strange).isdisjoint(place.columns.values())
    if renamed or len(strange) > sum(heading in known for heading in found.values()):
        return []
    filled = [c for c in strange if any(sheet.cell(row, c).kind != "blank" for row in rows)]
    return [found[column] or column_letters(column) for column in filled]


def _labels(place: Place) -> Iterator[str]:
    """How the headings of each person's columns begin."""
    top = place.first - 1
    people = next((row for row in range(top, 0, -1) if place.sheet.text(row, place.key) == PEOPLE), 0)
    for column in place.sheet.rows.get(people, ()):
        name, colon, _ = place.sheet.text(top, column).rpartition(": ")
        if name:
            yield name + colon
