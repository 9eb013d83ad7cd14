"""The tabs of a catalog's workbook as rows whose values go by their fields; headers that are wrong are told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.columns import (
    ACTIVITIES_TAB,
    ANCHOR,
    AREAS_TAB,
    CATALOG_COLUMNS,
    CATALOG_TAB,
    CORE_OF,
    IMPORTANCE_OF,
    LIST_FIELDS,
    NUMBER_FIELDS,
    ROLE_OF,
    ROLES_TAB,
    SCALES_TAB,
    split_lines,
)
from growthsheet.sources.catalogs.document import Mark
from growthsheet.text.counts import first_of
from growthsheet.text.quoting import did_you_mean, one_line, quote
from growthsheet.xlsx.reader.cells import column_letters
from growthsheet.xlsx.reader.user_tables import UserTab, ref

HEADER_ROWS = 20
"""In so many rows of a tab its header is looked for."""

NEEDED_COLUMNS = {CATALOG_TAB: "setting"} | dict.fromkeys((SCALES_TAB, AREAS_TAB, ACTIVITIES_TAB, ROLES_TAB), "id")
"""The tabs of a catalog, and the field without which a row is not their header."""
_MUST = {"id", "name", "area", "value", "label", "setting"}
"""Fields without which a tab says nothing that can be used."""
IDS = frozenset(["id", "area"])
NOWHERE = "."
"""The path of a fault that hides nothing else: no value has it."""
_KEY = "key"
"""The header of the hidden column that the writer puts before the others."""
OF_ROLES = {ROLE_OF: "expected", IMPORTANCE_OF: "importance", CORE_OF: "core", "": "expected"}
_LEVEL = re.compile(rf"{ANCHOR}\s*-?\d+", re.IGNORECASE)


class TabRow:
    """A row of a table: its values by field, and where they stand."""

    def __init__(self, tab: UserTab, sheet: int, row: int, columns: Mapping[str, int]) -> None:
        self.tab, self.sheet, self.row, self.columns = tab, sheet, row, columns

    def __getitem__(self, field: str) -> Any:
        """A value as the model wants it: numbers where it wants numbers, texts elsewhere; None where blank."""
        value = self.tab.rows[self.row].get(self.columns.get(field, 0))
        of_numbers = field in NUMBER_FIELDS or "." in field
        if value is None or (isinstance(value, str) and not value.strip() and (of_numbers or field in IDS)):
            return None
        if of_numbers:  # pydantic would take TRUE for the number 1
            return str(value).upper() if isinstance(value, bool) else value
        text = str(value).strip() if field in IDS else str(value)
        return split_lines(text) if field in LIST_FIELDS else text

    def mark(self, field: str = "") -> Mark:
        """Where a field's cell is."""
        return (self.sheet, self.row, self.columns.get(field, min(self.columns.values())))


class CatalogTabs:
    """The tabs of a workbook, and what is found to be wrong or odd while they are read."""

    def __init__(self, tabs: Sequence[UserTab], name: str) -> None:
        self.tabs = {tab.name.strip().capitalize(): (number, tab) for number, tab in enumerate(tabs)}
        self.names, self.name = [tab.name for tab in tabs], name
        self.faults: list[tuple[str, Problem]] = []
        self.notes: list[Problem] = []

    def rows(self, name: str, more: Mapping[str, str] | None = None) -> Iterator[TabRow]:
        """The rows below a tab's header that hold something but their drop-downs.

        ``more``: the fields of further headers; a tab whose levels' columns are among them has all of those.
        """
        if name not in self.tabs:
            return
        sheet, tab = self.tabs[name]
        fields = {header.casefold(): field for header, field in CATALOG_COLUMNS[name].items()}
        place = f"{self.name}, {one_line(tab.name)}"

        def field_of(text: str) -> str:
            level = re.sub(r"\s+", " ", text).capitalize() if more is not None and _LEVEL.fullmatch(text) else ""
            return fields.get(text.casefold()) or level or (more or {}).get(text.casefold(), "")

        start, found = _header(tab, field_of, NEEDED_COLUMNS[name])
        if not start:
            headers = ", ".join(CATALOG_COLUMNS[name])
            path = NOWHERE if name == CATALOG_TAB else name.lower()
            said, hint = f"no header in the first {HEADER_ROWS} rows", "leave the headers as they were"
            self.fault(path, "no-header", place, said, headers, hint)
            return
        below = [row for row in tab.rows if row > start]
        unknown: dict[int, str] = {}
        for column in sorted({column for row in (start, *below) for column in tab.rows[row]}):
            text, filled = tab.text(start, column), any(tab.text(row, column) for row in below)
            if found.get(field_of(text), column) != column:
                at = self.at((sheet, start, column))
                self.fault(NOWHERE, "repeated-column", at, quote(text), "each column once", "rename one")
            elif not field_of(text) and text.casefold() != _KEY and (text or filled):
                unknown[column] = text
        if more is not None:
            whole = set(fields.values()) <= set(found)
            self._tell_roles(tab, sheet, start, unknown, more, whole)
        unread = {
            column: quote(text or column_letters(column))
            for column, text in unknown.items()
            if any(tab.text(row, column) for row in below)
        }
        wanted = {header.capitalize(): field for header, field in fields.items()}
        wanted |= {field: field for field in (more or {}).values() if field.startswith(ANCHOR)}
        lost: dict[str, Problem] = {}
        for header, field in wanted.items():
            if field not in found and (field in _MUST or unread):
                hint = f"is it {first_of([*unread.values()], 3)}? give it its name back" if unread else "put it back"
                lost[field] = Problem("missing-column", place, f"no column '{header}'", "the header as it was", hint)
        self.faults += [(NOWHERE, problem) for problem in lost.values()]
        if unread and not lost:
            said = f"not read: the columns {first_of([*unread.values()], 6)}"
            self.notes.append(Problem("columns-not-read", place, said, severity="note"))
        for n, row in enumerate(row for row in below if any(tab.text(row, column) for column in found.values())):
            self.faults += [(f"{name.lower()}.{n}.{field}", problem) for field, problem in lost.items()]
            yield TabRow(tab, sheet, row, found)

    def _tell_roles(
        self, tab: UserTab, sheet: int, start: int, unknown: dict[int, str], known: Mapping[str, str], whole: bool
    ) -> None:
        """Tell the columns of roles that are not there, and take them out of the unknown ones.

        ``whole``: every other header is there, so that numbers below an unknown one can only be those of a role.
        """
        for column, text in list(unknown.items()):
            kind = next(kind for kind in OF_ROLES if text.casefold().startswith(kind.casefold()))
            values = [value for row in tab.rows if row > start and (value := tab.rows[row].get(column)) is not None]
            if kind or (whole and values and all(isinstance(value, int | float) for value in values)):
                name = text[len(kind) :].strip().casefold()
                hint = did_you_mean(name, known, "add the role there, or correct the header")
                found = quote(text) if text else "numbers without a header"
                expected = f"the id or name of a role on the tab {ROLES_TAB}"
                self.fault(NOWHERE, "unknown-role", self.at((sheet, start, column)), found, expected, hint)
                del unknown[column]

    def at(self, mark: Mark) -> str:
        """Return where a mark is, with the name of the workbook."""
        return f"{self.name}, {place_in(self.names, mark)}"

    def fault(self, path: str, code: str, place: str, found: str, expected: str, hint: str) -> None:
        """Tell what is wrong with the value of a path."""
        self.faults.append((path, Problem(code, place, found, expected, hint)))


def _header(tab: UserTab, field_of: Callable[[str], str], needed: str) -> tuple[int, dict[str, int]]:
    """The row of the header, the one with the most fields (0: there is none), and the first column of each field."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row in [row for row in tab.rows if row <= HEADER_ROWS]:
        found: dict[str, int] = {}
        for column in tab.rows[row]:
            if field := field_of(tab.text(row, column)):
                found.setdefault(field, column)
        if needed in found and len(found) > len(best[1]):
            best = row, found
    return best


def place_in(names: Sequence[str], mark: Mark) -> str:
    """Return where a mark is: the name of its tab, and its cell."""
    sheet, row, column = mark
    return f"{one_line(names[sheet])}!{ref(row, column)}"
