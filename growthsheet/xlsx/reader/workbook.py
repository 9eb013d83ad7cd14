"""Read the needed parts of a workbook as a stream: tabs, names, properties, texts, date formats, cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from growthsheet.errors import refusal
from growthsheet.model.excel_limits import MAX_STYLES
from growthsheet.xlsx.reader.cell_formats import shows_date
from growthsheet.xlsx.reader.cells import MAIN, Lookups, Raw, StoredCell, column_letters, column_number, unescaped
from growthsheet.xlsx.reader.checks import AS_XLSX, WANTED, Relation, WorkbookPackage
from growthsheet.xlsx.reader.stored_sheet import StoredSheet, read_cells
from growthsheet.xlsx.reader.xml_stream import MOST_ELEMENTS, End, Finished, Start, TextHandler, parse
from growthsheet.xlsx.reader.zip_archive import AGAIN

_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MODIFIED = "http://purl.org/dc/terms/}modified"
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"
_AREA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!:\[\]]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")

# The built-in number formats that show a date or a time (ECMA-376, part 1, 18.8.30).
_DATE_FORMATS = {str(n) for n in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))}


class NamedRange(NamedTuple):
    """The range of a defined name: its tab, and rows and columns from 1."""

    sheet: str
    first: int
    left: int
    last: int
    right: int


@dataclass(frozen=True)
class ReadSheet:
    """One tab: its cells as they are stored, and what is needed to decode them."""

    name: str
    stored: StoredSheet = field(repr=False)
    lookups: Lookups = field(repr=False)

    @property
    def rows(self) -> Mapping[int, Mapping[int, Raw]]:
        """The raw cells by row and column, both from 1."""
        return self.stored.rows

    @cached_property
    def merged(self) -> list[NamedRange]:
        """The merged areas."""
        return [area for reference in self.stored.merged if (area := area_of(f"tab!{reference}"))]

    def cell(self, row: int, column: int) -> StoredCell:
        """Return the value of a cell; rows and columns count from 1."""
        return self.lookups.cell(self.stored.rows.get(row, {}).get(column))

    def shown(self, row: int, column: int) -> StoredCell:
        """Return the value that people see in a cell: in a merged area that of its first row."""
        areas = self._merged_from.get(column, [])
        before = bisect_right(areas, row, key=attrgetter("first"))
        inside = before and row <= areas[before - 1].last
        return self.cell(areas[before - 1].first if inside else row, column)

    @cached_property
    def _merged_from(self) -> dict[int, list[NamedRange]]:
        found: dict[int, list[NamedRange]] = {}
        for area in sorted(self.merged):
            found.setdefault(area.left, []).append(area)
        return found

    def text(self, row: int, column: int) -> str:
        """Return a cell's text without blanks around it; ``""`` if the cell does not hold a text."""
        cell = self.cell(row, column)
        return str(cell.value).strip() if cell.kind == "text" and not cell.formula else ""

    def texts(self) -> Iterator[tuple[int, int, str]]:
        """Yield row, column and text of every cell that holds a text."""
        for row, cells in sorted(self.rows.items()):
            for column in cells:
                if text := self.text(row, column):
                    yield row, column, text


def ref(row: int, column: int) -> str:
    """Return a cell's reference.

    >>> ref(12, 28)
    'AB12'
    """
    return f"{column_letters(column)}{row}"


class ReadWorkbook:
    """The content of a workbook; each part is read once, on first use.

    If it is not to be read ``whole``, tabs with defined names are read without the hidden columns at their end.
    """

    def __init__(self, door: WorkbookPackage, whole: bool = True) -> None:
        self.door, self.name = door, door.name
        self.sheets: dict[str, str] = {}
        """The part of each tab by its name, in the order of the tabs; ``""`` for tabs that are not worksheets."""
        self.hidden: set[str] = set()
        """The tabs that are not shown."""
        self.names: dict[str, NamedRange] = {}
        """The defined names of the whole workbook that refer to cells."""
        self.properties: dict[str, str] = {}
        """The custom document properties."""
        self._relations = door.relations(door.workbook)
        self._from_1904, self._kept, self._whole = False, 0, whole
        self._read: dict[str, ReadSheet] = {}
        self._workbook()
        self._properties()

    def sheet(self, name: str) -> ReadSheet | None:
        """Return the cells of a tab, or None if there is no such tab."""
        part = self.sheets.get(name, "")
        if part and name not in self._read:
            named = (area.right for area in self.names.values() if area.sheet == name)
            asked = 0 if self._whole else max(named, default=0)
            stored = read_cells(self.door.chunks(part), part, self.door.budget, self._kept, asked)
            if stored.beyond:
                stored = read_cells(self.door.chunks(part), part, self.door.budget, self._kept)
            self._kept += sum(map(len, stored.rows.values()))
            self._read[name] = ReadSheet(name, stored, self._lookups)
        return self._read.get(name)

    def all_sheets(self) -> Iterator[ReadSheet]:
        """Yield the tabs in their order."""
        return (sheet for name in self.sheets if (sheet := self.sheet(name)))

    # -- parts -----------------------------------------------------------------------------------------------------

    def _workbook(self) -> None:
        name, value, seen = "", list[str](), False

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal name, seen
            if not seen and tag != f"{MAIN}workbook":
                if tag.startswith("http://purl.oclc.org/ooxml/"):
                    raise refusal("strict-workbook", self.name, "a 'Strict Open XML' workbook", WANTED, AS_XLSX)
                raise refusal("not-a-workbook", self.name, "a file without a valid workbook", WANTED, AGAIN)
            seen = True
            if tag == f"{MAIN}sheet":
                relation = self._relations.get(attributes.get(_ID, ""))
                is_sheet = relation and relation.kind == "worksheet" and relation.part in self.door
                self.sheets.setdefault(attributes.get("name", ""), relation.part if relation and is_sheet else "")
                if attributes.get("state", "visible") != "visible":
                    self.hidden.add(attributes.get("name", ""))
            elif tag == f"{MAIN}workbookPr":
                self._from_1904 = attributes.get("date1904") in {"1", "true"}
            elif tag == f"{MAIN}definedName":  # a name with the scope of a tab comes from a copy of the tab
                name = "" if "localSheetId" in attributes else attributes.get("name", "")
                value.clear()

        def end(tag: str) -> None:
            if tag == f"{MAIN}definedName" and name and (area := area_of("".join(value))):
                self.names[name] = area

        parse(self.door.chunks(self.door.workbook), self.door.workbook, self.door.budget, start, end, value.append)

    def _properties(self) -> None:
        name, value = "", list[str]()

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal name
            if tag == _CUSTOM:
                name = attributes.get("name", "")
                value.clear()

        def end(tag: str) -> None:
            if tag == _CUSTOM:
                self.properties.setdefault(name, unescaped("".join(value)).strip())

        self._parse_part("custom-properties", self.door.root, start, end, value.append)

    @cached_property
    def modified(self) -> float:
        """The time when a program last saved the workbook, as it says itself; 0 if it does not."""
        value, found = list[str](), 0.0

        def start(tag: str, _: Mapping[str, str]) -> None:
            value.clear()

        def end(tag: str) -> None:
            nonlocal found
            if tag == _MODIFIED:
                with suppress(ValueError, OverflowError):
                    time = datetime.fromisoformat("".join(value).strip())
                    found = (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()

        self._parse_part("core-properties", self.door.root, start, end, value.append)
        return found

    @cached_property
    def _lookups(self) -> Lookups:
        return Lookups(self._strings(), self._dates(), self._from_1904)

    def _strings(self) -> list[str]:
        found: list[str] = []
        value, taking, phonetic = list[str](), False, False
        text_tag, item, sounds = (MAIN + tag for tag in ("t", "si", "rPh"))  # half a million texts are compared

        def start(tag: str, _: Mapping[str, str]) -> None:
            nonlocal taking, phonetic
            if tag == text_tag:
                taking = not phonetic
            elif tag == item:
                value.clear()
            elif tag == sounds:
                phonetic = True

        def end(tag: str) -> None:
            nonlocal taking, phonetic
            if tag == text_tag:
                taking = False
            elif tag == item:
                found.append(unescaped("".join(value)))
            elif tag == sounds:
                phonetic = False

        def text(text: str) -> None:
            if taking:
                value.append(text)

        self._parse_part("sharedStrings", self._relations, start, end, text)
        return found

    def _dates(self) -> frozenset[str]:
        """Return the numbers of the cell styles that show a number as a date."""
        return frozenset(
            style
            for style, (number, code, _) in self.formats.items()
            if (shows_date(code) if code is not None else number in _DATE_FORMATS)
        )

    @cached_property
    def formats(self) -> Mapping[str, tuple[str, str | None, bool]]:
        """Each cell style's number format, its code where the workbook says one, and whether text is struck through."""
        codes: dict[str, str] = {}
        styles: dict[str, tuple[str, str | None, bool]] = {}
        struck, fonts, inside = set[str](), -1, False

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal inside, fonts
            fonts += tag == f"{MAIN}font"
            if tag == f"{MAIN}strike" and attributes.get("val", "1") not in ("0", "false"):
                struck.add(str(fonts))
            elif tag == f"{MAIN}numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif tag == f"{MAIN}cellXfs":
                inside = True
            elif inside and tag == f"{MAIN}xf" and len(styles) < MAX_STYLES:
                number = attributes.get("numFmtId", "0")
                styles[str(len(styles))] = number, codes.get(number), attributes.get("fontId") in struck

        def end(tag: str) -> None:
            if tag == f"{MAIN}cellXfs":
                raise Finished

        self._parse_part("styles", self._relations, start, end)
        return styles

    def _parse_part(
        self, kind: str, relations: Mapping[str, Relation], start: Start, end: End, text: TextHandler | None = None
    ) -> None:
        if part := self.door.related(kind, relations):
            parse(self.door.chunks(part), part, self.door.budget, start, end, text, MOST_ELEMENTS)


def area_of(text: str) -> NamedRange | None:
    """Return the range of a defined name's text; None if it is not a single range on one tab.

    >>> area_of("'Ana''s tab'!$F$7:$F$51")
    NamedRange(sheet="Ana's tab", first=7, left=6, last=51, right=6)
    >>> area_of("Plan!#REF!"), area_of("[1]Plan!$A$1")
    (None, None)
    """
    if len(text) > 255 or (found := _AREA.fullmatch(text.strip())) is None:
        return None
    quoted, bare, left, first, right, last = found.groups()
    sheet = quoted.replace("''", "'") if quoted else bare
    columns = column_number(left), column_number(right or left)
    rows = int(first), int(last or first)
    if not all(columns) or not min(rows):
        return None
    return NamedRange(sheet, min(rows), min(columns), max(rows), max(columns))
