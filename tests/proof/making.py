"""Small workbooks by hand, right and wrong, for the tests of the proof tools."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import xlsxwriter


def workbook(fill: Callable[[Any], None]) -> bytes:
    """The xlsx file of a workbook that ``fill`` has written into."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        fill(book)
    return out.getvalue()


def sheet(fill: Callable[[Any, Any], None], name: str = "Assessment") -> bytes:
    """The xlsx file of a workbook with one sheet that ``fill(book, sheet)`` has written into."""
    return workbook(lambda book: fill(book, book.add_worksheet(name)))


def edited(data: bytes, part: str, old: str, new: str) -> bytes:
    """The same workbook with one text in one part replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text = content.decode()
                if text.count(old) != 1:
                    raise ValueError(f"{old!r} stands {text.count(old)} times in {part}: {text}")
                content = text.replace(old, new).encode()
            target.writestr(name, content)
    return out.getvalue()
