"""Where everything in a workbook stands, as text: tabs in their order, widths, tables, print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tests.proof.names import Names, letters
from tests.proof.parts import Book, Cell, Relation, Sheet, row_and_column
from tests.proof.texts import attributes, colour, words

_PRINTED = ("_xlnm.Print_Area", "_xlnm.Print_Titles")


class Drawn(NamedTuple):
    """Something that is drawn over the cells: the corner where it stands, its alt text, its anchor and relations."""

    corner: str
    alt: str
    anchor: Element
    relations: dict[str, Relation]


def places(book: Book, sheet: Sheet, names: Names, others: Iterable[Cell]) -> Iterator[str]:
    """The lines about one tab; ``others`` are its cells that belong to no table and have no name."""
    rest = book.rest(sheet)
    kind = [] if sheet.kind == "worksheet" else [sheet.kind]
    yield f"== {sheet.name} ({', '.join([sheet.state, *kind])})"
    yield from _view(rest)
    yield from _columns(rest)
    yield from _rows(rest)
    yield from _print(book, sheet, rest)
    for item in rest.iterfind("{*}autoFilter"):
        yield f"filter: {names.area(sheet.name, item.get('ref', ''))}"
    yield from _tables(sheet, names)
    for drawn in drawings(book, sheet):
        yield f"drawn at {drawn.corner}: {drawn.alt or words(drawn.anchor)!r}"
    if found := list(_runs(others)):
        yield f"other cells: {', '.join(found)}"


def printed(book: Book) -> list[Element]:
    """The defined names that say what is printed; they belong to the places."""
    return [name for name in book.workbook.iterfind("{*}definedNames/{*}definedName") if name.get("name") in _PRINTED]


def drawings(book: Book, sheet: Sheet) -> Iterator[Drawn]:
    """What is drawn on a tab, in the order of the file."""
    for relation in book.relations(sheet.part).values():
        if relation.kind == "drawing":
            relations = book.relations(relation.target)
            for anchor in book.xml(relation.target):
                corner = anchor.find("{*}from")
                at = "no place" if corner is None else f"{letters(_number(corner, 'col'))}{_number(corner, 'row')}"
                alt = next((item.get("descr", "") for item in anchor.iter() if item.tag.endswith("}cNvPr")), "")
                yield Drawn(at, alt, anchor, relations)


def _view(rest: Element) -> Iterator[str]:
    tab_colour = rest.find("{*}sheetPr/{*}tabColor")
    if tab_colour is not None:
        yield f"tab colour {colour(tab_colour)}"
    view = rest.find("{*}sheetViews/{*}sheetView")
    if view is not None:
        shown = ["no grid lines"] if view.get("showGridLines") == "0" else []
        shown += [f"zoom {view.get('zoomScale')}"] if "zoomScale" in view.attrib else []
        shown += ["right to left"] if view.get("rightToLeft") == "1" else []
        pane = view.find("{*}pane")
        if pane is not None:
            shown.append(f"{pane.get('state')} before {pane.get('topLeftCell')}")
        if shown:
            yield f"view: {', '.join(shown)}"
    protection = rest.find("{*}sheetProtection")
    if protection is not None:
        yield f"protected: {attributes(protection)}"


def _columns(rest: Element) -> Iterator[str]:
    columns = list(rest.iterfind("{*}cols/{*}col"))
    if columns:
        yield f"columns: {', '.join(map(_column, columns))}"


def _column(item: Element) -> str:
    first, last = letters(int(item.attrib["min"])), letters(int(item.attrib["max"]))
    size = "hidden" if item.get("hidden") == "1" else f"{float(item.get('width', '8.43')):g}"
    return f"{first if first == last else f'{first}:{last}'} {size}"


def _rows(rest: Element) -> Iterator[str]:
    """Rows with a height of their own or hidden, neighbours together."""

    def looks(row: Element) -> str:
        hidden = "hidden" if row.get("hidden") == "1" else ""
        return hidden or (f"{float(row.attrib['ht']):g}" if "ht" in row.attrib else "")

    found = []
    for size, rows in groupby(rest.iterfind("{*}sheetData/{*}row"), looks):
        numbers = [row.attrib["r"] for row in rows]
        if size:
            found.append(f"{numbers[0] if len(numbers) == 1 else f'{numbers[0]}:{numbers[-1]}'} {size}")
    if found:
        yield f"rows: {', '.join(found)}"


def _print(book: Book, sheet: Sheet, rest: Element) -> Iterator[str]:
    for name in printed(book):
        if book.sheets[int(name.attrib["localSheetId"])] == sheet:
            yield f"{name.attrib['name'].removeprefix('_xlnm.')}: {name.text}"
    for tag in ("pageSetup", "pageMargins"):
        item = rest.find(f"{{*}}{tag}")
        if item is not None and item.attrib:
            yield f"{tag}: {attributes(item)}"
    for item in rest.iterfind("{*}headerFooter/*"):
        yield f"{item.tag.rpartition('}')[2]}: {item.text or ''!r}"
    for tag in ("rowBreaks", "colBreaks"):
        breaks = [item.attrib["id"] for item in rest.iterfind(f"{{*}}{tag}/{{*}}brk")]
        if breaks:
            yield f"{tag}: {', '.join(breaks)}"
    merged = [item.attrib["ref"] for item in rest.iterfind("{*}mergeCells/{*}mergeCell")]
    if merged:
        yield f"merged: {', '.join(merged)}"


def _tables(sheet: Sheet, names: Names) -> Iterator[str]:
    for name, place in names.tables.items():
        if place.sheet == sheet.name:
            columns = sorted(place.columns.items(), key=lambda each: each[1])
            # Neighbours follow one another without a letter, so that one more column moves no other in a diff of words
            runs = [
                f"{letters(run[0][1])} {' '.join(key for key, _ in run)}"
                for _, grouped in groupby(enumerate(columns), lambda each: each[1][1] - each[0])
                for run in [[column for _, column in grouped]]
            ]
            yield f"table {name}: header in row {place.header}, {place.last - place.header} rows; {', '.join(runs)}"
    single = [
        f"{name} {letters(place[2]) if place[2] != 3 else ''}{place[1]}"
        for place, name in names.single.items()
        if place[0] == sheet.name
    ]
    if single:
        yield f"single cells by row: {', '.join(single)}"


def _runs(cells: Iterable[Cell]) -> Iterator[str]:
    """The places of cells, neighbours in a column together."""
    found = sorted(row_and_column(cell.ref)[::-1] for cell in cells)
    for column, rows in groupby(found, lambda place: place[0]):
        numbers = [row for _, row in rows]
        for _, run in groupby(enumerate(numbers), lambda each: each[1] - each[0]):
            ends = [number for _, number in run]
            yield ":".join(dict.fromkeys(f"{letters(column)}{row}" for row in (ends[0], ends[-1])))


def _number(corner: Element, tag: str) -> int:
    """A row or a column of a corner, from 1."""
    return int(next(item.text or "0" for item in corner.iterfind(f"{{*}}{tag}"))) + 1
