"""What would go wrong in some spreadsheet program, found in the file before any program opens it.

The rules are those of the design: functions that every program has, references that survive a sort, limits that the
writing library lets through. ``lint`` names every offence with its place.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from tests.proof.formulas import Reference, Surroundings, faults, reference, shape
from tests.proof.parts import RELATION, Book, Cell, Error, Sheet, Value, opened, plain, row_and_column

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*(C[0-9]*)?|C[0-9]*", re.IGNORECASE)
_LEGAL_NAME = re.compile(r"[^\W\d][\w.]*")
_FIRST_SAFE_DATE = 61  # 1 March 1900: before it the programs disagree about the day


def lint(data: bytes) -> list[str]:
    """Everything in a workbook that would not be the same, or not work, in every spreadsheet program."""
    book = opened(data)
    around = _surroundings(book)
    found = [*_tabs(book), *_names(book), *_tables(book, around), *_charts(book, around), *_properties(book)]
    found += [f"{part}: reaches into another workbook" for part in book.matching(r"xl/externalLinks/[^/]+\.xml")]
    for sheet in book.sheets:
        rest = book.rest(sheet)
        found += _limits(sheet, rest, around)
        if sheet.kind == "worksheet":
            found += _cells(book, sheet, around)
            found += _validations(sheet, rest, around)
            found += _formats(sheet, rest, around)
    return found


def units(text: str) -> int:
    """How many UTF-16 units a text has: what Excel counts.

    >>> units("plan"), units("🎯")
    (4, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _surroundings(book: Book) -> Surroundings:
    tables = {}
    for part in book.matching(r"xl/tables/[^/]+\.xml"):
        root = book.xml(part)
        columns = frozenset(column.attrib["name"].lower() for column in root.iterfind("{*}tableColumns/{*}tableColumn"))
        tables[root.attrib["displayName"].lower()] = columns
    names = {item.attrib["name"].lower(): item.text or "" for item in _defined(book)}
    return Surroundings(frozenset(sheet.name.lower() for sheet in book.sheets), tables, names)


def _defined(book: Book) -> Iterable[Element]:
    return book.workbook.iterfind("{*}definedNames/{*}definedName")


def _tabs(book: Book) -> Iterator[str]:
    names = [sheet.name for sheet in book.sheets]
    for name in names:
        if not 1 <= units(name) <= 31:
            yield f"tab {name!r}: a name has 1 to 31 characters, not {units(name)}"
        if bad := re.findall(r"[\[\]:*?/\\]", name):
            yield f"tab {name!r}: a name cannot hold {' '.join(bad)}"
        if name.startswith("'") or name.endswith("'"):
            yield f"tab {name!r}: a name neither begins nor ends with an apostrophe"
        if name.lower() == "history":
            yield f"tab {name!r}: Excel keeps this name for itself"
    for name in _repeated(names):
        yield f"tab {name!r}: stands twice (upper and lower case are the same)"


def _names(book: Book) -> Iterator[str]:
    tabs = {sheet.name.lower() for sheet in book.sheets}
    defined = [item for item in _defined(book) if not item.attrib["name"].startswith("_xlnm.")]
    for item in defined:
        name, text = item.attrib["name"], item.text or ""
        yield from _legal_name("name", name)
        target = reference(text)
        if target is None or not target.is_absolute or target.tab.lower() not in tabs:
            yield f"name {name}: stands for {text}, not for cells with a tab and $ signs"
    tables = [book.xml(part).attrib["displayName"] for part in book.matching(r"xl/tables/[^/]+\.xml")]
    scoped = [f"{item.get('localSheetId', '')}!{item.attrib['name']}" for item in defined]
    for name in _repeated([*scoped, *(f"!{table}" for table in tables)]):
        yield f"name {name.partition('!')[2]}: stands twice among names and tables"


def _legal_name(kind: str, name: str) -> Iterator[str]:
    if not _LEGAL_NAME.fullmatch(name) or len(name) > 255 or _LIKE_A_CELL.fullmatch(name):
        yield f"{kind} {name}: not a legal name (like a cell, too long, or with odd characters)"


def _tables(book: Book, around: Surroundings) -> Iterator[str]:
    for part in book.matching(r"xl/tables/[^/]+\.xml"):
        root = book.xml(part)
        name = root.attrib["displayName"]
        yield from _legal_name("table", name)
        columns = list(root.iterfind("{*}tableColumns/{*}tableColumn"))
        for header in _repeated([column.attrib["name"] for column in columns]):
            yield f"table {name}: the header {header!r} stands twice (upper and lower case are the same)"
        for column in columns:
            place = f"table {name}, column {column.attrib['name']!r}"
            if units(column.attrib["name"]) > 255:
                yield f"{place}: a header has at most 255 characters"
            if column.get("totalsRowFunction", "none") != "none":
                yield f"{place}: a total row's function is lost outside Excel"
            for tag in ("calculatedColumnFormula", "totalsRowFormula"):
                for item in column.iterfind(f"{{*}}{tag}"):
                    yield from _told(place, f"={item.text or ''}", faults(f"={item.text or ''}", around))


def _cells(book: Book, sheet: Sheet, around: Surroundings) -> Iterator[str]:
    for cell in book.cells(sheet):
        place = f"{sheet.name}!{cell.ref}"
        if cell.formula is not None:
            if cell.stored:
                yield f"{place}: an array or shared formula ({cell.stored}): {_short(cell.formula)}"
            # most rows of a table have formulas of the same shape: taking each of them apart takes most of the time
            known = sheet.name, shape(cell.formula)
            if known not in around.sound or len(cell.formula) > 8192:
                wrong = faults(cell.formula, around, sheet.name)
                if not wrong:
                    around.sound.add(known)
                yield from _told(place, cell.formula, wrong)
        yield from _value(book, cell, place)


def _value(book: Book, cell: Cell, place: str) -> Iterator[str]:
    if isinstance(cell.value, str) and units(cell.value) > 32767:
        yield f"{place}: a text has at most 32767 characters, not {units(cell.value)}"
    if isinstance(cell.value, float) and cell.formula is None:
        if cell.value < _FIRST_SAFE_DATE and book.styles[cell.style].is_date:
            yield f"{place}: a date before 1 March 1900 ({cell.value:g})"
        if abs(cell.value) >= 1e15 and float(f"{cell.value:.15g}") != cell.value:
            yield f"{place}: a number with more than 15 digits ({cell.value:.17g})"


def _validations(sheet: Sheet, rest: Element, around: Surroundings) -> Iterator[str]:
    for item in rest.iterfind(".//{*}dataValidation"):
        where = item.get("sqref") or " ".join(each.text or "" for each in item.iterfind("{*}sqref"))
        place = f"{sheet.name}!{where}: validation"
        for key, most in (("promptTitle", 32), ("prompt", 255), ("errorTitle", 32), ("error", 255)):
            if units(item.get(key, "")) > most:
                yield f"{place}: {key} has at most {most} characters, not {units(item.get(key, ''))}"
        for part in (*item.iterfind("{*}formula1"), *item.iterfind("{*}formula2")):
            text = "".join(part.itertext()).strip()
            is_list = item.get("type") == "list"
            if not (is_list and text.startswith('"')):
                yield from _told(place, f"={text}", faults(f"={text}", around, takes_range=is_list, tables=False))
            elif units(text) - 2 > 255:
                yield f"{place}: a list within the cell has at most 255 characters, not {units(text) - 2}"


def _formats(sheet: Sheet, rest: Element, around: Surroundings) -> Iterator[str]:
    for item in rest.iterfind(".//{*}conditionalFormatting"):
        where = item.get("sqref") or " ".join(each.text or "" for each in item.iterfind("{*}sqref"))
        texts = [part.text or "" for part in item.iter() if part.tag.rpartition("}")[2] in {"formula", "f"}]
        texts += [part.attrib["val"] for part in item.iter() if part.get("type") == "formula" and "val" in part.attrib]
        for text in texts:
            wrong = faults(f"={text}", around, tables=False)
            yield from _told(f"{sheet.name}!{where}: conditional format", f"={text}", wrong)
    for item in rest.iterfind(".//{*}sparkline/{*}f"):
        yield from _pointer(f"{sheet.name}: sparkline", item.text or "", around)


def _charts(book: Book, around: Surroundings) -> Iterator[str]:
    """A chart points at cells, and the points that it carries along are what those cells hold."""
    parts = book.matching(r"xl/charts/chart\d+\.xml")
    values = {(cell.sheet.lower(), *row_and_column(cell.ref)): cell.value for cell in book.cells()} if parts else {}
    for part in parts:
        for source in book.xml(part).iter():
            for address in source.iterfind(f"{_CHART}f"):
                text = address.text or ""
                yield from _pointer(part, text, around)
                if target := reference(text):
                    yield from _points(f"{part}, {text}", target, source, values)


def _points(where: str, target: Reference, source: Element, values: dict[tuple[str, int, int], Value]) -> Iterator[str]:
    if source.find(f".//{_CHART}ptCount") is None:
        return
    carried = {int(point.attrib["idx"]): plain("".join(point.itertext())) for point in source.iter(f"{_CHART}pt")}
    (top, left), (bottom, right) = (row_and_column(corner.replace("$", "")) for corner in (target.first, target.last))
    cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    for at, (row, column) in enumerate(cells):
        value, point = values.get((target.tab.lower(), row, column)), carried.get(at, "")
        if not _draws(point, value):
            yield f"{where}: carries {point!r} for row {row}, where the cell holds {value!r}"


def _draws(point: str, value: Value) -> bool:
    """Whether a chart's point is what its cell holds; an error, such as #N/A, may be left out."""
    if value is None or isinstance(value, str):
        return point == (value or "") or (isinstance(value, Error) and not point)
    try:
        return math.isclose(float(point), value, rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False


def _pointer(place: str, text: str, around: Surroundings) -> Iterator[str]:
    """A picture draws from cells of a tab that is there (a sparkline's reference has no $ signs)."""
    target = reference(text)
    if target is None or target.tab.lower() not in around.tabs:
        yield f"{place}: points at {text}, not at cells of a tab"


def _limits(sheet: Sheet, rest: Element, around: Surroundings) -> Iterator[str]:
    links = list(rest.iterfind("{*}hyperlinks/{*}hyperlink"))
    if len(links) > 65530:
        yield f"{sheet.name}: a tab has at most 65530 links, not {len(links)}"
    for link in links:
        target = reference(link.get("location", ""))
        is_inside = "location" in link.attrib and f"{RELATION}id" not in link.attrib
        if is_inside and (target is None or target.tab.lower() not in around.tabs):
            yield f"{sheet.name}!{link.get('ref')}: links to {link.get('location')}, which is not there"
    for item in rest.iterfind("{*}headerFooter/*"):
        length = units(item.text or "")
        if length > 255:
            yield f"{sheet.name}: {item.tag.rpartition('}')[2]} has at most 255 characters, not {length}"


def _properties(book: Book) -> Iterator[str]:
    for part in book.matching(r"docProps/(core|app|custom)\.xml"):
        for item in book.xml(part).iter():
            if units(item.text or "") > 255:
                yield f"{part}: a property has at most 255 characters, not {units(item.text or '')}"


def _told(place: str, formula: str, wrong: Iterable[str]) -> Iterator[str]:
    for what in wrong:
        yield f"{place}: {what}: {_short(formula)}"


def _short(formula: str) -> str:
    return formula if len(formula) <= 160 else f"{formula[:160]}..."


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(name.lower() for name in names).items() if count > 1]
