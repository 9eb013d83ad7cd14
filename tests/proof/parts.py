"""A workbook's file as it stands: parts, sheets, cells, styles, before any library has smoothed them over."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# The built-in number formats that show a date or a time (ECMA-376, 18.8.30).
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


class Error(str):
    """An error value such as ``#N/A``; it equals its own name."""

    __slots__ = ()


Value = float | str | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its formula with the ``=`` in front, and the value that the file gives for it."""

    sheet: str
    ref: str
    formula: str | None
    value: Value
    style: int = 0
    stored: str = field(default="", compare=False)
    """How a formula is stored when it is not a plain one: ``array``, ``shared``, ``dynamic``..."""


class Relation(NamedTuple):
    """What a part points at: the last word of the relationship's type and the other part (or an address)."""

    kind: str
    target: str


class Style(NamedTuple):
    """What the proofs ask of a cell's style."""

    number_format: str
    is_date: bool
    fill: str
    """Six hex digits of a solid fill, else nothing."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: name, ``visible``, ``hidden`` or ``veryHidden``, its part, and ``worksheet`` or ``chartsheet``."""

    name: str
    state: str
    part: str
    kind: str


class Book:
    """The parts of one xlsx file."""

    def __init__(self, data: bytes) -> None:
        self.zip = ZipFile(BytesIO(data))
        self.names = self.zip.namelist()
        self._read: dict[str, tuple[Element, list[Cell]]] = {}

    def xml(self, part: str) -> Element:
        """The root of one part."""
        return ElementTree.fromstring(self.zip.read(part))

    def matching(self, pattern: str) -> list[str]:
        """The parts whose names match from end to end, in the order of their numbers."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(bit) if bit.isdigit() else bit for bit in re.split(r"(\d+)", name)])

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points at, by relationship id."""
        folder, name = posixpath.split(part)
        listing = f"{folder}/_rels/{name}.rels"
        if listing not in self.names:
            return {}
        found = {}
        for item in self.xml(listing):
            target = item.attrib["Target"]
            if item.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[item.attrib["Id"]] = Relation(item.attrib["Type"].rpartition("/")[2], target)
        return found

    @cached_property
    def workbook(self) -> Element:
        """The root of the workbook part."""
        return self.xml("xl/workbook.xml")

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The tabs in their order."""
        relations = self.relations("xl/workbook.xml")
        found = []
        for item in self.workbook.iterfind("{*}sheets/{*}sheet"):
            kind, part = relations[item.attrib[f"{RELATION}id"]]
            found.append(Sheet(item.attrib["name"], item.get("state", "visible"), part, kind))
        return found

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings."""
        if "xl/sharedStrings.xml" not in self.names:
            return []
        return [_text(item) for item in self.xml("xl/sharedStrings.xml")]

    @cached_property
    def styles(self) -> list[Style]:
        """The cell styles, by their number."""
        root = self.xml("xl/styles.xml")
        codes = {item.attrib["numFmtId"]: item.attrib["formatCode"] for item in root.iterfind("{*}numFmts/{*}numFmt")}
        fills = [_solid(item) for item in root.iterfind("{*}fills/{*}fill")]
        found = []
        for item in root.iterfind("{*}cellXfs/{*}xf"):
            number = item.get("numFmtId", "0")
            code = codes.get(number, "")
            is_date = int(number) in _DATE_FORMATS or _shows_date(code)
            found.append(Style(code or f"builtin {number}", is_date, fills[int(item.get("fillId", "0"))]))
        return found

    def cells(self, sheet: Sheet | None = None) -> Iterator[Cell]:
        """Every cell of one tab, or of all, in the order of the file."""
        for each in [sheet] if sheet else self.sheets:
            if each.kind == "worksheet":
                yield from self._tab(each)[1]

    def rest(self, sheet: Sheet) -> Element:
        """A tab's part without its cells (its rows keep their attributes)."""
        return self._tab(sheet)[0]

    def _tab(self, sheet: Sheet) -> tuple[Element, list[Cell]]:
        """The rest and the cells of a tab, which is read once: to read it takes most of the time of many tests."""
        if sheet.part not in self._read:
            root, found = self.xml(sheet.part), []
            for row in root.iterfind(f"{MAIN}sheetData/{MAIN}row"):
                found += [self._cell(sheet.name, item) for item in row.iterfind(f"{MAIN}c")]
                del row[:]
            self._read[sheet.part] = root, found
        return self._read[sheet.part]

    def _cell(self, sheet: str, item: Element) -> Cell:
        formula = item.find(f"{MAIN}f")
        stored = "" if formula is None else formula.get("t", "normal").replace("normal", "")
        if item.get("cm"):
            stored = "dynamic"
        return Cell(
            sheet=sheet,
            ref=item.attrib["r"],
            formula=None if formula is None else f"={formula.text or ''}",
            value=self._value(item),
            style=int(item.get("s", "0")),
            stored=stored,
        )

    def _value(self, item: Element) -> Value:
        kind = item.get("t", "n")
        if kind == "inlineStr":
            return _text(item)
        written = item.find(f"{MAIN}v")
        text = "" if written is None else written.text or ""
        match kind:
            case "str":
                return plain(text)
            case _ if not text:
                return None
            case "s":
                return self.strings[int(text)]
            case "b":
                return text in {"1", "true"}
            case "e":
                return Error(text)
        try:
            return float(text)
        except ValueError:
            return text


@lru_cache(maxsize=3)
def opened(data: bytes) -> Book:
    """The parts of a file; those of the last few files are kept, for several proofs ask for the same in turns."""
    return Book(data)


def cells(data: bytes) -> Iterator[Cell]:
    """Every cell that the file of a workbook holds: formula and cached value, or the value alone."""
    return opened(data).cells()


def row_and_column(ref: str) -> tuple[int, int]:
    """The row and the column of a reference, both from 1.

    >>> row_and_column("AB12")
    (12, 28)
    """
    letters = ref.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(ref[len(letters) :]), column


def _text(item: Element) -> str:
    """The text of a string item, rich or plain, without its phonetic reading."""
    runs = [item, *item.iterfind(f"{MAIN}r"), *item.iterfind(f"{MAIN}is"), *item.iterfind(f"{MAIN}is/{MAIN}r")]
    return plain("".join(part.text or "" for run in runs for part in run.iterfind(f"{MAIN}t")))


def plain(text: str) -> str:
    """Text as a person sees it: ``_x0009_`` stands for the character with that number."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _solid(fill: Element) -> str:
    pattern = fill.find("{*}patternFill")
    colour = fill.find("{*}patternFill/{*}fgColor")
    if pattern is None or colour is None or pattern.get("patternType") != "solid":
        return ""
    return colour.get("rgb", "")[-6:].upper()


def _shows_date(code: str) -> bool:
    return bool(re.search(r"[dmyhs]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code), re.IGNORECASE))
