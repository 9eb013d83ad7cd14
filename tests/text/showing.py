"""Every text that a workbook shows, with its place: cells, notes, messages, drop-downs, charts, tabs, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.making import visible
from tests.proof.parts import Book as File
from tests.proof.parts import Error

Told = tuple[str, str]
"""Where a text stands, and the text."""


def texts(data: bytes) -> Iterator[Told]:
    """Every text of a workbook's file, but for what only programs read."""
    file = File(data)
    yield "title", file.xml("docProps/core.xml").findtext("{*}title") or ""
    for number, sheet in enumerate(file.sheets, 1):
        if sheet.name == "_growthsheet":
            continue
        yield f"tab {number}", sheet.name
        rest = file.rest(sheet)
        yield from ((f"tab {number} footer", text) for text in _footer(rest.findtext("{*}headerFooter/{*}oddFooter")))
        for item in rest.iterfind(".//{*}dataValidation"):
            for kind in ("promptTitle", "prompt", "errorTitle", "error"):
                yield f"tab {number} {item.attrib['sqref']} {kind}", item.get(kind, "")
        for item in rest.iterfind(".//{*}hyperlink"):
            yield f"tab {number} {item.attrib['ref']} tooltip", item.get("tooltip", "")
        for kind, target in file.relations(sheet.part).values():
            if kind == "comments":
                for item in file.xml(target).iterfind(".//{*}comment"):
                    yield f"tab {number} {item.attrib['ref']} note", "".join(item.itertext())
            elif kind == "drawing":
                yield from _drawing(file, f"tab {number}", target)
    numbers = {sheet.name: number for number, sheet in enumerate(file.sheets, 1)}
    for tab, ref, value in _cells(data):
        if isinstance(value, str) and not isinstance(value, Error):
            yield f"tab {numbers[tab]} {ref}", value


def _cells(data: bytes) -> Iterator[tuple[str, str, object]]:
    """What is shown, and the words on the hidden tab of lists, between codes and numbers."""
    yield from visible(data)
    file = File(data)
    for sheet in file.sheets:
        if sheet.state != "visible" and sheet.name != "_growthsheet":
            at = ((cell.ref, cell.value) for cell in file.cells(sheet) if re.match("[BDE][0-9]", cell.ref))
            yield from ((sheet.name, ref, value) for ref, value in at if not re.fullmatch(r"[a-z_@0-9]+", str(value)))


def _drawing(file: File, place: str, part: str) -> Iterator[Told]:
    for item in file.xml(part).iterfind(".//{*}cNvPr"):
        yield f"{place} alt text", item.get("descr", "")
    for kind, target in file.relations(part).values():
        if kind == "chart":
            chart = file.xml(target)
            titles, series = chart.iterfind(".//{*}title//{*}t"), chart.iterfind(".//{*}ser/{*}tx//{*}v")
            yield from ((f"{place} chart", item.text or "") for item in (*titles, *series))


def _footer(text: str | None) -> list[str]:
    return re.split("&[A-Z0-9]+", text or "")
