"""A cache of layouts: the first workbook of a layout is written, later ones are made from the compiled layout."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import local

from growthsheet.workbook.blocks import Book
from growthsheet.xlsx.stamping.compiled_layout import CompiledLayout
from growthsheet.xlsx.stamping.fill import NotStampable
from growthsheet.xlsx.stamping.layout_match import Differences, OtherLayout, differing_cells, shape
from growthsheet.xlsx.writer import write
from growthsheet.xlsx.writer.text_size import deciding

LAYOUTS_AT_MOST = 48
"""The number of layouts in the cache; the least recently used one is removed, and compiled again when needed."""


class LayoutCache:
    """The layouts seen so far; for one thread only, as compiled layouts are."""

    def __init__(self) -> None:
        self._layouts: OrderedDict[Hashable, list[_Layout]] = OrderedDict()

    def bytes(self, book: Book) -> bytes:
        """Return the workbook of a book, with the same bytes as :func:`.write.to_bytes` returns."""
        key = shape(book)
        known = self._layouts.setdefault(key, [])
        self._layouts.move_to_end(key)
        for layout in known:
            try:
                found = differing_cells(layout.book, book)
            except OtherLayout:
                continue
            if not found.cells & layout.deciding:
                return layout.bytes(book, found)
        known.append(_Layout(book))
        if len(self._layouts) > LAYOUTS_AT_MOST:
            self._layouts.popitem(last=False)
        return write.to_bytes(book)


class _Layout:
    """A layout: compiled for its second book, and again when a book differs from the first in further places."""

    def __init__(self, book: Book) -> None:
        self.book, self.deciding = book, deciding(book)
        columns = ((name, column) for name, rows in book.tables.items() for column in rows.table.columns)
        self._places = Differences(frozenset((name, column.key) for name, column in columns if column.role == "input"))
        self._stamp: Callable[[Book], bytes] | None = None

    def bytes(self, book: Book, found: Differences) -> bytes:
        """Return the workbook of a book with these differences from the layout's own."""
        if self._stamp is None or not found <= self._places:
            self._places |= found
            try:
                self._stamp = CompiledLayout(self.book, self._places).bytes
            except NotStampable:
                self._stamp = write.to_bytes
        try:
            return self._stamp(book)
        except NotStampable:
            return write.to_bytes(book)


_OWN = local()


def stamped(book: Book) -> bytes:
    """Return the workbook of a book, with the cache of layouts of this thread."""
    if not hasattr(_OWN, "press"):
        _OWN.press = LayoutCache()
    made: bytes = _OWN.press.bytes(book)
    return made
