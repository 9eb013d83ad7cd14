"""Make HTML pages of books, from a template.

Templates get plain values only and run in a sandbox, and the use of an unknown name is an error. A user's folder
overrides single templates, which can extend the shipped ones with ``{% extends "builtin/..." %}``.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import partial
from typing import Any

from growthsheet.expr import NOT_AVAILABLE, day_of
from growthsheet.html.charts import drawing
from growthsheet.text.language import Translate, in_marks_of, titled
from growthsheet.text.templates import render
from growthsheet.workbook.blocks import Block, Book, Cards, Chart, Charts, Heading, NamedCells, Paragraphs, Sheet
from growthsheet.workbook.styles import (
    BAR,
    CHART_COLOUR,
    COLOR_SCALES,
    HEADER,
    INK,
    LINE,
    LINK,
    MUTED,
    STYLES,
    colors_of,
)
from growthsheet.workbook.tables import Column, NamedCell, Table, TableData
from growthsheet.workbook.theme import Theme, of_lightness, on_dark
from growthsheet.workbook.values import Values

CELLS_IN_LIMITS = 5_000
"""The cells of a page for which a user's template has the usual limits of time and steps."""

PEOPLE_ACROSS = 12
"""The greatest number of people side by side on a sheet of paper."""

PHONE, DESK = 62, 160
"""How many characters a row may have without scrolling, on the screen of a phone and on that of a desk."""

COLORS = {"page": "FFFFFF", "ink": INK, "muted": MUTED, "line": LINE, "header": HEADER.fill, "label": HEADER.font}
COLORS |= {"link": LINK, "chart": CHART_COLOUR, "bar": BAR}
"""The colours of a page, which its charts use too, by the names of their variables in its style sheet."""

DARK = {"page": "14181F", "ink": "E6E9EE", "muted": "A9B4C2", "line": "3A4452", "header": "232C3A", "bar": "2F4E6E"}
"""Those of them that dark mode has of its own; the others become lighter."""

_VARIABLES = {color: name for name, color in COLORS.items()}

PAINTS = {rule.colors: f"p{n}" for n, rule in enumerate(rule for scale in COLOR_SCALES.values() for rule in scale)}
"""The classes of cells, by their colours."""

_DIGITS, _EXACT = re.compile(r"General|0(\.[0#]+)?"), Context(prec=400)

OWNER = re.compile(r'<meta name="growthsheet" content="(?P<kind>[a-z]+) (?P<id>[^"]*)">')
"""The line of a page that holds the kind of its book, and the id of the person it is about."""


def page(book: Book, folder: str | os.PathLike[str] | None = None) -> str:
    """Return a book as one self-contained, printable HTML page, with tables, numbers, charts and colours as in Excel.

    Tabs for reference, such as the scales, come at the end.
    """
    values = Values(book)
    shown = sorted((sheet for sheet in book.sheets if not sheet.hidden), key=lambda sheet: sheet.looked_up)
    sheets = [
        {
            "name": book.tab(sheet),
            "title": book.tab(sheet) if sheet.title in ("", book.title) else sheet.title,
            "purpose": sheet.on_page or sheet.purpose,
            "parts": list(_parts(book, values, sheet)),
        }
        for sheet in shown
    ]
    _name_tables(sheets, book.translate)
    look, image = book.theme, book.theme.image
    logo = b64encode(look.logo).decode() if isinstance(look.logo, bytes) else ""
    return render(
        "html/book.html",
        {
            "language": book.identity.get("language", "en"),
            "direction": "rtl" if book.right_to_left else "ltr",
            "about": f"{book.identity.get('kind', '')} {book.identity.get('id', '')}",
            "title": book.title,
            "footer": book.footer,
            "sheets": sheets,
            "scroll": book.translate("Scroll sideways to see all columns."),
            "looks": {"font": look.font, **_colors(look)},
            "logo": f"data:image/{image.kind};base64,{logo}" if image else "",
        },
        folder,
        room=1 + sum(len(rows.rows) * len(rows.table.columns) for rows in book.tables.values()) // CELLS_IN_LIMITS,
    )


def _colors(look: Theme) -> dict[str, Any]:
    """Return the colours of a page and of the cells on it, in light and in dark mode."""
    light = {name: look.color(color) for name, color in COLORS.items()}
    dark = {name: of_lightness(color, 0.62 if "series" in name else 0.8) for name, color in light.items()} | DARK
    cells = [{"name": name, "light": colors, "dark": on_dark(colors)} for colors, name in PAINTS.items()]
    return {"light": light, "dark": dark, "cells": cells}


def _name_tables(sheets: Iterable[Mapping[str, Any]], translate: Translate) -> None:
    """Give each table a name of its own, by which a screen reader tells it from the others."""
    seen: Counter[str] = Counter()
    for sheet in sheets:
        for part in sheet["parts"]:
            for table in part.get("tables", ()):
                name = titled(translate, sheet["name"], part["heading"] or table["columns"][0]["header"])
                seen[name] += 1
                table["name"] = f"{name} ({seen[name]})" if seen[name] > 1 else name


def _parts(book: Book, values: Values, sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Yield the parts of a tab that a page shows; a heading without any content is omitted."""
    heading = ""
    for block in sheet.blocks:
        if isinstance(block, Heading):
            heading = block.text
        elif part := _part(book, values, block, sheet):
            yield {"heading": heading, **part}
            heading = ""


def _part(book: Book, values: Values, block: Block, sheet: Sheet) -> dict[str, Any] | None:
    match block:
        case Paragraphs(lines, steps=False):
            return {"kind": "prose", "lines": lines}
        case NamedCells(facts) | Cards(facts):
            return {"kind": "facts", "facts": _facts(book, values, facts), "large": isinstance(block, Cards)}
        case TableData(hidden=False):
            tables = _tables(book, values, block, sheet)
            return {"kind": "tables", "tables": tables} if tables else None
        case Charts(charts):
            drawn = _charts(book, values, charts)
            return {"kind": "charts", "charts": drawn} if drawn else None
    return None  # the other blocks are for workbooks only


def _facts(book: Book, values: Values, cells: Iterable[NamedCell]) -> list[tuple[str, str]]:
    """Return the labels and values of cells; a cell without a label continues the one before."""
    told: list[tuple[str, str]] = []
    for cell in cells:
        if not cell.hidden and (shown := _shown(book, values.fact(cell.name), cell.style, "")):
            label = book.translate(cell.label)
            before, said = told.pop() if told and not label else (label, "")
            told.append((before, f"{said} {shown}".strip()))
    return told


def _tables(book: Book, values: Values, block: TableData, sheet: Sheet) -> list[dict[str, Any]]:
    """Return a table for a template; one with people side by side is split where paper has no room for more."""
    columns = list(_columns(book, values, block, sheet.print_to if block.table.name == sheet.main else ""))
    pinned = next((column for column in columns if column["name"] == sheet.freeze), columns[0] if columns else {})
    pinned["pinned"] = True
    leading = [column for column in columns if not column["of"]]
    people = [column for column in columns if column["of"]]
    groups = [[*leading, *people[n : n + PEOPLE_ACROSS]] for n in range(0, len(people) or 1, PEOPLE_ACROSS)]
    return [{"columns": group, "rows": rows, **_room(group)} for group in groups if (rows := _rows(group))]


def _room(columns: Iterable[Mapping[str, Any]]) -> dict[str, bool]:
    """Return on which screens a table is so wide that a hint says to scroll it."""
    room = sum(column["room"] + 2 for column in columns)
    return {"wide_on_phone": room > PHONE, "wide": room > DESK}


def _columns(book: Book, values: Values, block: TableData, last: str) -> Iterator[dict[str, Any]]:
    """Yield the columns that are printed, without empty ones; a scale is shown with all its points."""
    currencies = [str(row.get("currency") or "") for row in block.rows]
    for column in _printed(block.table, last):
        style, shown = STYLES[column.style], values.column(block.table.name, column.key)
        painted = values.column(block.table.name, column.look) if column.look else shown
        ends = dict(book.ends).get(style.color_scale)
        cells = [
            (
                _shown(book, value, column.style, currency),
                PAINTS[colors] if (colors := colors_of(style.color_scale, code, ends)) else "",
                f"{max(0, min(1, value)):.0%}" if style.bar and isinstance(value, int | float) else "",
            )
            for value, code, currency in zip(shown, painted, currencies, strict=True)
        ]
        if style.upright or any(text for text, *_ in cells):
            header = column.header if column.of else book.translate(column.header)
            width = min(style.width, 24) if style.wrap else 0
            room = max(map(len, header.split()), default=0), width or max(len(text) for text, *_ in cells)
            yield {
                "header": header,
                "name": column.name,
                "of": column.of,
                "width": width,
                "room": max(room),
                "align": style.align,
                "cells": cells,
                "pinned": False,
            }


def _rows(columns: Iterable[Mapping[str, Any]]) -> list[Any]:
    """Return the rows that are not empty."""
    return [row for row in zip(*(c["cells"] for c in columns), strict=True) if any(text for text, *_ in row)]


def _printed(table: Table, last: str) -> Iterator[Column]:
    for column in table.columns:
        if not column.hidden:
            yield column
        if last and column.name == last:
            return


def _charts(book: Book, values: Values, charts: Iterable[Chart]) -> list[dict[str, Any]]:
    """Return charts as values for a template; without a point, there is nothing to draw."""
    drawn = []
    for chart in charts:
        labels = [str(cell or "") for cell in values.column(chart.table, chart.labels)]
        cells: Sequence[Any] = values.column(chart.table, chart.series[0])
        points = [None if cell is NOT_AVAILABLE else cell for cell in cells]
        if all(point is None for point in points):
            continue
        spell = partial(_number, number_format=chart.shown, translate=book.translate)
        shapes = list(drawing(chart, labels, points, spell))
        for at in (shape.at for shape in shapes):
            colors = {name: at[name] for name in ("fill", "stroke") if at.get(name, "none") != "none"}
            at |= {name: f"var(--{_VARIABLES[color[1:]]})" for name, color in colors.items()}
        drawn.append({"about": chart.described, "width": chart.size[0], "height": chart.size[1], "shapes": shapes})
    return drawn


def _shown(book: Book, value: Any, style: str, currency: str) -> str:
    """Return a value as its cell shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    look = STYLES[style]
    if look.money:
        return book.theme.shown_amount(value, currency or book.currency, book.translate)
    if value == 0 and look.zero is not None:
        return look.zero
    if style == "date":
        return book.theme.shown_day(day_of(value), book.translate)
    return _number(value, look.number_format, book.translate)


def _number(value: float, number_format: str, translate: Translate) -> str:
    """Return a number in a number format, with the marks of the language, rounded as Excel does: halves away from zero.

    >>> [_number(n, '"▲ +"General;"▼ -"General;0', str) for n in (8.58, -1.37, 0)], _number(0.125, "0%", str)
    (['▲ +8.58', '▼ -1.37', '0'], '13%')
    """
    parts = number_format.split(";")
    part = parts[min(len(parts) - 1, 1 if value < 0 else 2)] if value <= 0 else parts[0]
    number = Decimal(f"{value:.15g}") * (100 if "%" in part else 1)
    number = abs(number) if len(parts) > 1 else number
    return in_marks_of(translate, _DIGITS.sub(lambda form: _digits(number, form[0]), part.replace('"', "")))


def _digits(number: Decimal, form: str) -> str:
    """Return a number with the decimals of a form such as ``0.0#``: a # is left out where there is none."""
    decimals = 10 if form == "General" else len(form.partition(".")[2])
    rounded = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT):f}"
    optional = decimals if form == "General" else form.count("#")
    kept = len(rounded) - optional
    return (rounded[:kept] + rounded[kept:].rstrip("0")).rstrip(".")
