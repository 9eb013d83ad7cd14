"""All that stands around the cells of a tab, as text by name: drop-downs, conditional formats, links, notes, charts."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.proof.names import Names
from tests.proof.parts import RELATION, Book, Sheet, Value, row_and_column
from tests.proof.places import Drawn, drawings
from tests.proof.texts import first, rule_look, shown, words

_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def rules(book: Book, sheet: Sheet, names: Names, values: dict[str, Value]) -> Iterator[str]:
    """The lines about one tab; ``values`` are what its cells show."""
    rest = book.rest(sheet)
    yield from _excel_tables(book, sheet)
    yield from _validations(sheet, rest, names)
    yield from _formats(book, sheet, rest, names)
    yield from _sparklines(sheet, rest, names)
    yield from _links(book, sheet, rest, values)
    for relation in book.relations(sheet.part).values():
        if relation.kind == "comments":
            for item in book.xml(relation.target).iterfind("{*}commentList/{*}comment"):
                text = "".join(item.itertext())
                yield f"note {names.area(sheet.name, item.get('ref', ''))}: {text!r}"
    for drawn in drawings(book, sheet):
        yield from _drawn(book, drawn, names)


def _excel_tables(book: Book, sheet: Sheet) -> Iterator[str]:
    for relation in book.relations(sheet.part).values():
        if relation.kind == "table":
            root = book.xml(relation.target)
            yield f"table {root.get('displayName')} {root.get('ref')}"
            for column in root.iterfind("{*}tableColumns/{*}tableColumn"):
                formula = "".join(f" ={item.text}" for item in column.iterfind("{*}calculatedColumnFormula"))
                yield f"  column {column.get('name')}{formula}"


def _areas(sheet: Sheet, names: Names, areas: str) -> tuple[str, int]:
    """What some areas are called, and the row of the first cell, to which their formulas are relative."""
    found = areas.split()
    return " and ".join(names.area(sheet.name, area) for area in found), row_and_column(found[0].split(":")[0])[0]


def _validations(sheet: Sheet, rest: Element, names: Names) -> Iterator[str]:
    for item in rest.iterfind(".//{*}dataValidation"):
        where, row = _areas(sheet, names, item.get("sqref") or first(item, "sqref"))
        texts = ["".join(part.itertext()).strip() for part in item if "formula" in part.tag]
        allowed = " and ".join(f"={names.formula(text, sheet.name, row)}" for text in texts)
        operator = f" {item.get('operator')}" if "operator" in item.attrib else ""
        stops = "" if item.get("errorStyle", "stop") == "stop" else f" ({item.get('errorStyle')})"
        yield f"validation {where}: {item.get('type', 'any')}{operator} {allowed}{stops}".rstrip()
        for key in ("promptTitle", "prompt", "errorTitle", "error"):
            if key in item.attrib:
                yield f"  {key}: {item.attrib[key]!r}"


def _formats(book: Book, sheet: Sheet, rest: Element, names: Names) -> Iterator[str]:
    """Conditional formats in the order of the file; their order of priority is told only where it is another one."""
    looks = [rule_look(item) for item in book.xml("xl/styles.xml").iterfind("{*}dxfs/{*}dxf")]
    before = 0
    for block in rest.iterfind("{*}conditionalFormatting"):
        where, row = _areas(sheet, names, block.get("sqref", ""))
        for rule in block.iterfind("{*}cfRule"):
            formulas = " ".join(f"={names.formula(f.text or '', sheet.name, row)}" for f in rule.iterfind("{*}formula"))
            asks = " ".join(filter(None, [rule.get("type"), rule.get("operator"), rule.get("text"), formulas]))
            look = looks[int(rule.attrib["dxfId"])] if "dxfId" in rule.attrib else ""
            bounds = " ".join(
                f"{item.get('type')} {item.get('val', '')}".strip()
                for item in rule.iter()
                if item.tag.endswith("}cfvo")
            )
            stop = "stop" if rule.get("stopIfTrue") == "1" else ""
            priority = int(rule.get("priority", "0"))
            order = "" if priority == before + 1 else f" (priority {priority})"
            before = priority
            yield f"format {where}{order}: {asks} -> {'; '.join(filter(None, [look, bounds, stop]))}"


def _sparklines(sheet: Sheet, rest: Element, names: Names) -> Iterator[str]:
    for item in rest.iterfind(".//{*}sparkline"):
        yield f"sparkline {names.area(sheet.name, first(item, 'sqref'))} of {names.formula(first(item, 'f'))}"


def _links(book: Book, sheet: Sheet, rest: Element, values: dict[str, Value]) -> Iterator[str]:
    """Links, each by the text that it stands on; by its place where two cells of the tab have that text."""
    relations, texts = book.relations(sheet.part), list(values.values())
    for item in rest.iterfind("{*}hyperlinks/{*}hyperlink"):
        outside = item.get(f"{RELATION}id")
        address = relations[outside].target if outside else ""
        inside = f"#{item.get('location')}" if "location" in item.attrib else ""
        ref = item.get("ref", "")
        text = values.get(ref)
        yield f"link {shown(text) if text and texts.count(text) == 1 else ref} -> {address}{inside}"


def _drawn(book: Book, drawn: Drawn, names: Names) -> Iterator[str]:
    """A chart, a picture or a shape."""
    for item in drawn.anchor.iter(f"{_CHART}chart"):
        yield from _chart(book.xml(drawn.relations[item.attrib[f"{RELATION}id"]].target), drawn.alt, names)
    if drawn.anchor.find(".//{*}pic") is not None:
        yield f"picture: alt text {drawn.alt!r}"
    if drawn.anchor.find(".//{*}sp") is not None:
        yield f"shape: {words(drawn.anchor)!r}"


def _chart(root: Element, alt: str, names: Names) -> Iterator[str]:
    plots = [plot for plot in root.iterfind("{*}chart/{*}plotArea/*") if plot.find(f"{_CHART}ser") is not None]
    kinds = " and ".join(plot.tag.rpartition("}")[2] for plot in plots)
    title = "".join(map(words, root.iterfind("{*}chart/{*}title")))
    yield f"chart {title!r}: {kinds}, alt text {alt!r}"
    for series in (each for plot in plots for each in plot.iterfind(f"{_CHART}ser")):
        parts = [part for part in series if part.tag.rpartition("}")[2] in {"tx", "cat", "val", "xVal", "yVal"}]
        drawn = "; ".join(f"{part.tag.rpartition('}')[2]} {_source(part, names)}" for part in parts)
        yield f"  series {drawn}"


def _source(part: Element, names: Names) -> str:
    """Where a series takes something from, with the points that are cached, or its literal text."""
    points = " ".join(item.text or "" for point in part.iter(f"{_CHART}pt") for item in point)
    address = next((item.text or "" for item in part.iter(f"{_CHART}f")), "")
    if not address:
        return repr("".join(part.itertext()))
    source = names.formula(address)
    return f"{source} [{points}]" if points else source
