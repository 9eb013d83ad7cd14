"""Whether two workbooks hold the same, however each of them numbers its texts and styles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring, iterparse, tostring
from zipfile import ZipFile

STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
LISTINGS = ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")  # they tell whether texts are shared

HINTS = ("spans", "}dyDescent", "customHeight")
"""Attributes of rows that may be left out."""


def first_difference(one: Path | BytesIO, other: Path | BytesIO) -> tuple[Any, Any] | None:
    """The first two things that are not the same: parts, rows with their cells, what stands around them."""
    pairs = zip_longest(contents(one), contents(other))
    return next(((first, second) for first, second in pairs if first != second), None)


def contents(file: Path | BytesIO) -> Iterator[Any]:
    """What a workbook holds, piece by piece: it need not all be there at once."""
    with ZipFile(file) as book:
        names = sorted(set(book.namelist()) - {STRINGS, STYLES, *LISTINGS})
        strings = [_text(item) for item in fromstring(book.read(STRINGS))] if STRINGS in book.namelist() else []
        styles = fromstring(book.read(STYLES))
        yield names
        yield [tostring(part) for part in styles.iterfind("{*}dxfs")]
        for name in names:
            if name.startswith("xl/worksheets/sheet"):
                yield from _sheet(book, name, strings, _looks(styles))
            else:
                yield name, book.read(name)


def _sheet(book: ZipFile, name: str, strings: Sequence[str], looks: Sequence[Any]) -> Iterator[Any]:
    with book.open(name) as file:
        for _, element in iterparse(file):
            if element.tag.endswith("}row"):
                row = {key: value for key, value in element.items() if not key.endswith(HINTS)}
                yield name, row, [_cell(cell, strings, looks) for cell in element]
                element.clear()
            elif element.tag.endswith("}worksheet"):
                yield name, [tostring(part) for part in element if not part.tag.endswith("}sheetData")]


def _cell(cell: Element, strings: Sequence[str], looks: Sequence[Any]) -> tuple[Any, ...]:
    """Where it stands, its look, its formula, what kind of value it has, and the value."""
    kind, value = cell.get("t", "n"), cell.findtext("{*}v")
    if kind == "s":
        kind, value = "inlineStr", strings[int(value or "")]
    elif kind == "inlineStr":
        value = _text(cell)
    return cell.get("r"), looks[int(cell.get("s", "0"))], cell.findtext("{*}f"), kind, value


def _text(item: Element) -> str:
    return "".join(part.text or "" for part in item.iter() if part.tag.endswith("}t"))


def _looks(styles: Element) -> list[tuple[Any, ...]]:
    """Every style of cells, spelled out."""
    formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iterfind("{*}numFmts/*")}
    numbered = [(f"{kind}Id", styles.findall(f"{{*}}{kind}s/*")) for kind in ("font", "fill", "border")]
    return [
        (
            *(tostring(drawn[int(look.get(key, "0"))]) for key, drawn in numbered),
            formats.get(look.get("numFmtId"), look.get("numFmtId")),
            *map(tostring, look),
        )
        for look in styles.iterfind("{*}cellXfs/*")
    ]
