"""Text and pages from templates: the only module that knows jinja2.

Templates get plain values only, run in a sandbox, and a name that they do not know is an error. A user's folder
overrides single templates, which can build on the shipped ones with ``{% extends "builtin/..." %}``.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from . import theme
from .blocks import Block, Book, Chart, Charts, Facts, Heading, Legend, Links, Prose
from .errors import InputError, Problem
from .expr import Say
from .language import filled
from .model import minor_units
from .places import template_folder
from .tables import Rows
from .theme import STYLES, paint_of
from .values import Values


def render(
    template: str, values: Mapping[str, Any], folder: str | os.PathLike[str] | None = None, say: Say = str
) -> str:
    """Fill in a template.

    Parameters
    ----------
    template
        Its path in the shipped ``templates`` folder, or in ``folder``, which comes first.
    values
        What it may use: texts, numbers, lists and dictionaries.
    say
        Spells English words in the reader's language: a template asks for ``say("Hello {name}", name=name)``.

    Raises
    ------
    InputError
        When the template is not there, is broken, or uses something that it was not given.
    """

    def told(text: str, **places: object) -> str:
        return filled(say(text), **places)

    try:
        return _environment(os.fspath(folder or "")).get_template(template).render({**values, "say": told})
    except TemplateError as error:
        problem = Problem("broken-template", _place(error, template), str(error), "a template that can be filled in")
        raise InputError([problem]) from error


@cache
def _environment(folder: str) -> ImmutableSandboxedEnvironment:
    """Where templates are found and what they may do; kept, because a template is compiled but once."""
    shipped = FileSystemLoader(template_folder())
    loaders: list[BaseLoader] = [FileSystemLoader(folder)] if folder else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, shipped, PrefixLoader({"builtin": shipped})]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _place(error: TemplateError, template: str) -> str:
    """File and line: a fault of the text knows them; one met while filling in shows them in its traceback."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or template}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    return f"{template}:{lines[-1]}" if lines else template


def page(book: Book, folder: str | os.PathLike[str] | None = None) -> str:
    """A book as one self-contained, printable HTML page: the same tables, numbers and colours as in Excel."""
    values = Values(book)
    sheets = [
        {
            "name": book.tab(sheet),
            "title": sheet.title or book.tab(sheet),
            "purpose": sheet.purpose,
            "blocks": [part for block in sheet.blocks if (part := _part(book, values, block))],
        }
        for sheet in book.sheets
        if not sheet.hidden
    ]
    looks = {
        "header": theme.HEADER,
        "label": theme.SUBHEADER,
        "ink": theme.INK,
        "muted": theme.MUTED,
        "line": theme.LINE,
    }
    return render(
        "html/book.html",
        {
            "language": book.identity.get("language", "en"),
            "title": book.title,
            "footer": book.footer,
            "sheets": sheets,
            "looks": looks,
        },
        folder,
    )


def _part(book: Book, values: Values, block: Block) -> dict[str, Any] | None:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Prose(lines):
            return {"kind": "prose", "lines": lines}
        case Facts(facts):
            shown = [(book.say(f.label), _shown(book, values.fact(f.name), f.style, "")) for f in facts if not f.hidden]
            return {"kind": "facts", "facts": shown}
        case Rows(hidden=False):
            return _table(book, values, block)
        case Rows() | Legend() | Links() | Chart() | Charts():
            return None  # what only a workbook has: machine rows, cell kinds, links, drawings


def _table(book: Book, values: Values, block: Rows) -> dict[str, Any]:
    columns = [column for column in block.table.columns if not column.hidden]
    read = {c.key: values.column(block.table.name, c.key) for c in block.table.columns}
    rows = []
    for n, row in enumerate(block.rows):
        cells = []
        for column in columns:
            value = read[column.key][n]
            paint = paint_of(STYLES[column.style].ramp, read[column.look][n] if column.look else value)
            cells.append(
                (_shown(book, value, column.style, str(row.get("currency") or "")), paint, STYLES[column.style].align)
            )
        if any(text for text, _, _ in cells):
            rows.append(cells)
    headers = [column.header if column.of else book.say(column.header) for column in columns]
    return {"kind": "table", "headers": headers, "rows": rows}


def _shown(book: Book, value: Any, style: str, currency: str) -> str:
    """A value as its cell shows it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    look = STYLES[style]
    if look.money:
        code = currency or book.currency
        return f"{code} {value:,.{minor_units(code)}f}".strip()
    if value == 0 and look.zero is not None:
        return look.zero
    if "%" in look.number_format:
        return f"{value:.{0 if look.number_format.startswith('0%') else 1}%}"
    if style == "date":
        from .expr import day_of

        return day_of(value).isoformat()
    return f"{value:g}"
