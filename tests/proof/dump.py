"""A workbook as text that a reviewer reads, and the golden files that hold such texts.

One line a cell: ``Assessment!F7 asked 2``, ``Assessment!G7 =MAX(E7-F7,0) -> 2``. A cell with the fill of an input is
asked; a blank one has a line too. Before a tab's cells stands all that is not in a cell: widths, frozen panes, print
set-up, tables, drop-downs, rules, charts.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.proof.parts import RELATION, Book, Error, Relation, Sheet, Style, Value

INPUT_FILL = "FFF8E1"
GOLDEN = Path(__file__).parent.parent / "golden"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def dump(data: bytes) -> str:
    """A workbook as text, the same for the same workbook."""
    book = Book(data)
    lines = [*_properties(book), *_names(book)]
    for sheet in book.sheets:
        rest = book.rest(sheet)
        lines += ["", f"== {sheet.name} ({', '.join(_kinds(sheet))})"]
        lines += [*_view(rest), *_columns(rest), *_rows(rest), *_print(rest)]
        lines += [*_tables(book, sheet), *_validations(rest), *_formats(book, rest), *_sparklines(rest)]
        lines += [*_links(book, sheet, rest), *_notes(book, sheet), *_charts(book, sheet)]
        lines += _cells(book, sheet)
    return "\n".join(lines) + "\n"


def golden(name: str, text: str) -> None:
    """Fail unless ``tests/golden/NAME.txt`` holds just this text.

    With ``GROWTHSHEET_GOLDEN=write`` in the environment the file is written, and the test fails all the same: what
    was written wants to be read.
    """
    file = GOLDEN / f"{name}.txt"
    held = file.read_text(encoding="utf-8") if file.exists() else ""
    if os.environ.get("GROWTHSHEET_GOLDEN") == "write":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        pytest.fail(f"{file.name} was written: read it, then run again without GROWTHSHEET_GOLDEN", pytrace=False)
    if held != text:
        changes = list(difflib.unified_diff(held.splitlines(), text.splitlines(), "golden", "now", lineterm="", n=1))
        shown = "\n".join(changes[:80])
        more = f"\n... and {len(changes) - 80} lines more" if len(changes) > 80 else ""
        hint = "GROWTHSHEET_GOLDEN=write takes it over"
        pytest.fail(f"{file.name} holds another workbook; {hint}\n{shown}{more}", pytrace=False)


def _properties(book: Book) -> Iterator[str]:
    for item in book.xml("docProps/core.xml"):
        yield f"property {item.tag.rpartition('}')[2]}: {item.text or ''}"
    if "docProps/custom.xml" in book.names:
        for item in book.xml("docProps/custom.xml"):
            yield f"custom property {item.get('name')}: {''.join(item.itertext())}"


def _names(book: Book) -> Iterator[str]:
    for item in book.workbook.iterfind("{*}definedNames/{*}definedName"):
        scope = item.get("localSheetId")
        within = f" on {book.sheets[int(scope)].name}" if scope else ""
        yield f"name {item.get('name')}{within} = {item.text}"


def _kinds(sheet: Sheet) -> Iterator[str]:
    yield sheet.state
    if sheet.kind != "worksheet":
        yield sheet.kind


def _view(rest: Element) -> Iterator[str]:
    colour = rest.find("{*}sheetPr/{*}tabColor")
    if colour is not None:
        yield f"tab colour {_colour(colour)}"
    view = rest.find("{*}sheetViews/{*}sheetView")
    if view is not None:
        told = ["no grid lines"] if view.get("showGridLines") == "0" else []
        told += [f"zoom {view.get('zoomScale')}"] if "zoomScale" in view.attrib else []
        pane = view.find("{*}pane")
        if pane is not None:
            told.append(f"{pane.get('state')} before {pane.get('topLeftCell')}")
        if told:
            yield f"view: {', '.join(told)}"
    if rest.find("{*}sheetProtection") is not None:
        yield "protected"


def _columns(rest: Element) -> Iterator[str]:
    columns = list(rest.iterfind("{*}cols/{*}col"))
    if columns:
        yield f"columns: {', '.join(map(_column, columns))}"


def _column(item: Element) -> str:
    first, last = _letters(int(item.attrib["min"])), _letters(int(item.attrib["max"]))
    what = "hidden" if item.get("hidden") == "1" else f"{float(item.get('width', '8.43')):g}"
    return f"{first if first == last else f'{first}:{last}'} {what}"


def _rows(rest: Element) -> Iterator[str]:
    """Rows with a height of their own or hidden, neighbours together."""

    def looks(row: Element) -> str:
        hidden = "hidden" if row.get("hidden") == "1" else ""
        return hidden or (f"{float(row.attrib['ht']):g}" if "ht" in row.attrib else "")

    told = []
    for what, rows in groupby(rest.iterfind("{*}sheetData/{*}row"), looks):
        numbers = [row.attrib["r"] for row in rows]
        if what:
            told.append(f"{numbers[0] if len(numbers) == 1 else f'{numbers[0]}:{numbers[-1]}'} {what}")
    if told:
        yield f"rows: {', '.join(told)}"


def _print(rest: Element) -> Iterator[str]:
    for tag in ("pageSetup", "pageMargins"):
        item = rest.find(f"{{*}}{tag}")
        if item is not None and item.attrib:
            yield f"{tag}: {_attributes(item)}"
    for item in rest.iterfind("{*}headerFooter/*"):
        yield f"{item.tag.rpartition('}')[2]}: {item.text or ''!r}"
    for tag in ("rowBreaks", "colBreaks"):
        breaks = [item.attrib["id"] for item in rest.iterfind(f"{{*}}{tag}/{{*}}brk")]
        if breaks:
            yield f"{tag}: {', '.join(breaks)}"
    merged = [item.attrib["ref"] for item in rest.iterfind("{*}mergeCells/{*}mergeCell")]
    if merged:
        yield f"merged: {', '.join(merged)}"
    for item in rest.iterfind("{*}autoFilter"):
        yield f"filter {item.get('ref')}"


def _tables(book: Book, sheet: Sheet) -> Iterator[str]:
    for part in _related(book, sheet.part, "table"):
        root = book.xml(part)
        yield f"table {root.get('displayName')} {root.get('ref')}"
        for column in root.iterfind("{*}tableColumns/{*}tableColumn"):
            formula = "".join(f" ={item.text}" for item in column.iterfind("{*}calculatedColumnFormula"))
            yield f"  column {column.get('name')}{formula}"


def _validations(rest: Element) -> Iterator[str]:
    for item in rest.iterfind(".//{*}dataValidation"):
        where = item.get("sqref") or _first(item, "sqref")
        allowed = " and ".join(f"={''.join(part.itertext()).strip()}" for part in item if "formula" in part.tag)
        operator = f" {item.get('operator')}" if "operator" in item.attrib else ""
        stops = "" if item.get("errorStyle", "stop") == "stop" else f" ({item.get('errorStyle')})"
        yield f"validation {where}: {item.get('type', 'any')}{operator} {allowed}{stops}".rstrip()
        for key in ("promptTitle", "prompt", "errorTitle", "error"):
            if key in item.attrib:
                yield f"  {key}: {item.get(key)}"


def _formats(book: Book, rest: Element) -> Iterator[str]:
    looks = [_look(item) for item in book.xml("xl/styles.xml").iterfind("{*}dxfs/{*}dxf")]
    for block in rest.iterfind("{*}conditionalFormatting"):
        for rule in block.iterfind("{*}cfRule"):
            formulas = " ".join(f"={item.text}" for item in rule.iterfind("{*}formula"))
            what = " ".join(filter(None, [rule.get("type"), rule.get("operator"), rule.get("text"), formulas]))
            look = looks[int(rule.attrib["dxfId"])] if "dxfId" in rule.attrib else ""
            bounds = " ".join(
                f"{item.get('type')} {item.get('val', '')}".strip() for item in rule.iter() if _is_bound(item)
            )
            stop = "stop" if rule.get("stopIfTrue") == "1" else ""
            shown = "; ".join(filter(None, [look, bounds, stop]))
            yield f"format {block.get('sqref')} {rule.get('priority')}: {what} -> {shown}"


def _look(item: Element) -> str:
    """What a conditional format changes."""
    font, fill, code = item.find("{*}font"), item.find("{*}fill/{*}patternFill/{*}bgColor"), item.find("{*}numFmt")
    told = [f"fill {_colour(fill)}"] if fill is not None else []
    if font is not None:
        told += [f"font {_colour(part)}" for part in font.iterfind("{*}color")]
        told += [word for word, tag in (("bold", "b"), ("italic", "i"), ("struck", "strike")) if _has(font, tag)]
    if code is not None:
        told.append(f"number {code.get('formatCode')}")
    return ", ".join(told)


def _sparklines(rest: Element) -> Iterator[str]:
    for item in rest.iterfind(".//{*}sparkline"):
        yield f"sparkline {_first(item, 'sqref')} of {_first(item, 'f')}"


def _links(book: Book, sheet: Sheet, rest: Element) -> Iterator[str]:
    relations = book.relations(sheet.part)
    for item in rest.iterfind("{*}hyperlinks/{*}hyperlink"):
        outside = item.get(f"{RELATION}id")
        address = relations[outside].target if outside else ""
        inside = f"#{item.get('location')}" if "location" in item.attrib else ""
        yield f"link {item.get('ref')} -> {address}{inside}"


def _notes(book: Book, sheet: Sheet) -> Iterator[str]:
    for part in _related(book, sheet.part, "comments"):
        for item in book.xml(part).iterfind("{*}commentList/{*}comment"):
            yield f"note {item.get('ref')}: {''.join(item.itertext())!r}"


def _charts(book: Book, sheet: Sheet) -> Iterator[str]:
    for drawing in _related(book, sheet.part, "drawing"):
        relations = book.relations(drawing)
        for anchor in book.xml(drawing):
            yield from _drawn(book, relations, anchor)


def _drawn(book: Book, relations: dict[str, Relation], anchor: Element) -> Iterator[str]:
    """A chart, a picture or a shape, with the corner where it stands and its alt text."""
    corner = anchor.find("{*}from")
    if corner is None:
        where = "without a place"
    else:
        where = f"{_letters(int(_first(corner, 'col')) + 1)}{int(_first(corner, 'row')) + 1}"
    alt = next((item.get("descr", "") for item in anchor.iter() if item.tag.endswith("}cNvPr")), "")
    for item in anchor.iter(f"{_CHART}chart"):
        yield from _chart(book.xml(relations[item.attrib[f"{RELATION}id"]].target), where, alt)
    if anchor.find(".//{*}pic") is not None:
        yield f"picture {where}: alt text {alt!r}"
    if anchor.find(".//{*}sp") is not None:
        yield f"shape {where}: {_words(anchor)!r}"


def _chart(root: Element, where: str, alt: str) -> Iterator[str]:
    plots = [plot for plot in root.iterfind("{*}chart/{*}plotArea/*") if plot.find(f"{_CHART}ser") is not None]
    kinds = " and ".join(plot.tag.rpartition("}")[2] for plot in plots)
    title = "".join(map(_words, root.iterfind("{*}chart/{*}title")))
    yield f"chart {where}: {kinds} {title!r}, alt text {alt!r}"
    for series in (each for plot in plots for each in plot.iterfind(f"{_CHART}ser")):
        parts = [part for part in series if part.tag.rpartition("}")[2] in {"tx", "cat", "val", "xVal", "yVal"}]
        drawn = "; ".join(f"{part.tag.rpartition('}')[2]} {_source(part)}" for part in parts)
        yield f"  series {drawn}"


def _words(item: Element) -> str:
    return "".join(text.text or "" for text in item.iter(f"{_DRAWING}t"))


def _source(part: Element) -> str:
    """Where a series takes something from, with the points that are cached, or its literal text."""
    points = " ".join(item.text or "" for point in part.iter(f"{_CHART}pt") for item in point)
    address = next((item.text or "" for item in part.iter(f"{_CHART}f")), "")
    if not address:
        return repr("".join(part.itertext()))
    return f"{address} [{points}]" if points else address


def _cells(book: Book, sheet: Sheet) -> Iterator[str]:
    for cell in book.cells(sheet):
        asked = _is_asked(book.styles[cell.style])
        if cell.formula is None and cell.value is None and not asked:
            continue
        words = [f"{sheet.name}!{cell.ref}"]
        if asked:
            words.append("asked")
        if cell.formula is not None:
            words += [f"({cell.stored})"] if cell.stored else []
            words += [cell.formula, "->"]
        if cell.formula is not None or cell.value is not None:
            words.append(shown(cell.value))
        yield " ".join(words)


def shown(value: Value) -> str:
    """A value on one line: a text in quotes, a whole number without a point, ``nothing`` for no value at all.

    >>> [shown(value) for value in (2.0, 0.5, "a", "", True, None, Error("#N/A"))]
    ['2', '0.5', "'a'", "''", 'TRUE', 'nothing', '#N/A']
    """
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).upper()
        case Error():
            return str(value)
        case str():
            return repr(value)
    return str(int(value)) if value.is_integer() else repr(value)


def _is_asked(style: Style) -> bool:
    return style.fill == INPUT_FILL


def _related(book: Book, part: str, kind: str) -> Iterable[str]:
    return [relation.target for relation in book.relations(part).values() if relation.kind == kind]


def _is_bound(item: Element) -> bool:
    return item.tag.endswith("}cfvo")


def _has(item: Element, tag: str) -> bool:
    found = item.find(f"{{*}}{tag}")
    return found is not None and found.get("val", "1") not in {"0", "false"}


def _first(item: Element, tag: str) -> str:
    return next((found.text or "" for found in item.iterfind(f"{{*}}{tag}")), "")


def _colour(item: Element) -> str:
    rgb = item.get("rgb")
    return rgb[-6:] if rgb else _attributes(item)


def _attributes(item: Element) -> str:
    told = {re.sub(r"^\{.*\}", "", key): value for key, value in item.attrib.items()}
    return ", ".join(f"{key} {value}" for key, value in told.items())


def _letters(column: int) -> str:
    """The letters of a column from its number.

    >>> _letters(28)
    'AB'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
