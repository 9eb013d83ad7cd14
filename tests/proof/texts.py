"""Pieces of a workbook's parts as words: colours, attributes, looks of cells, values."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from tests.proof.parts import Book, Error, Value

INPUT_FILL = "FFF8E1"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_USUAL = {"size 11", "font 1A1A1A", "font theme 1", "number builtin 0"}
"""What goes without saying of a cell."""


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


def cell_looks(book: Book) -> list[str]:
    """The looks of cells by the number of their style: fill, font, number format; ``asked`` for the fill of inputs."""
    root = book.xml("xl/styles.xml")
    fonts = list(root.iterfind("{*}fonts/{*}font"))
    found = []
    for item, style in zip(root.iterfind("{*}cellXfs/{*}xf"), book.styles, strict=True):
        fill = "asked" if style.fill == INPUT_FILL else f"fill {style.fill}" if style.fill else ""
        protection = item.find("{*}protection")
        kept = f"protection {attributes(protection)}" if protection is not None else ""
        look = [fill, *_font(fonts[int(item.get("fontId", "0"))]), f"number {style.number_format}", kept]
        found.append(", ".join(word for word in look if word and word not in _USUAL))
    return found


def rule_look(item: Element) -> str:
    """What a conditional format changes."""
    font, fill, code = item.find("{*}font"), item.find("{*}fill/{*}patternFill/{*}bgColor"), item.find("{*}numFmt")
    found = [f"fill {colour(fill)}"] if fill is not None else []
    found += _font(font) if font is not None else []
    if code is not None:
        found.append(f"number {code.get('formatCode')}")
    return ", ".join(found)


def _font(font: Element) -> list[str]:
    found = [f"size {part.get('val')}" for part in font.iterfind("{*}sz")]
    found += [f"font {colour(part)}" for part in font.iterfind("{*}color")]
    kinds = (("bold", "b"), ("italic", "i"), ("struck", "strike"), ("underlined", "u"))
    return found + [word for word, tag in kinds if _has(font, tag)]


def words(item: Element) -> str:
    """The text of what is drawn."""
    return "".join(text.text or "" for text in item.iter(f"{_DRAWING}t"))


def first(item: Element, tag: str) -> str:
    """The text of the first child with a tag."""
    return next((found.text or "" for found in item.iterfind(f"{{*}}{tag}")), "")


def colour(item: Element) -> str:
    """A colour as six hex digits, or as it is stored."""
    rgb = item.get("rgb")
    return rgb[-6:] if rgb else attributes(item)


def attributes(item: Element) -> str:
    """The attributes of an element, without namespaces."""
    found = {re.sub(r"^\{.*\}", "", key): value for key, value in item.attrib.items()}
    return ", ".join(f"{key} {value}" for key, value in found.items())


def _has(item: Element, tag: str) -> bool:
    found = item.find(f"{{*}}{tag}")
    return found is not None and found.get("val", "1") not in {"0", "false"}
