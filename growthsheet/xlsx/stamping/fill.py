"""The sheets of a layout, split where values vary, and filled for each book."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from growthsheet.errors import WorkbookError
from growthsheet.expr import CellValue
from growthsheet.model.excel_limits import MAX_TEXT
from growthsheet.xlsx.stamping.placeholders import MARK, Spot, Trace, cut
from growthsheet.xlsx.writer.fast_worksheet import of_number, of_text, shown
from growthsheet.xlsx.writer.worksheet import result
from growthsheet.xlsx.writer.zip_parts import STRINGS, shared

_CELLS = frozenset([str, int, float, type(None)])


class LayoutFill:
    """The sheets and the shared texts of a layout; ``own`` and ``formulas`` are the cells that each book fills.

    The contents of all gaps are put in one list, from which each sheet picks its own: first the layout's texts, whose
    numbers depend on the texts before them; then the book's own cells; then the type and the value of each formula.
    """

    def __init__(self, parts: Mapping[str, str], trace: Trace, own: Sequence[Spot], formulas: Sequence[Spot]) -> None:
        places = {spot: n for n, spot in enumerate(own)}
        others = [(spot, text) for spot, text in trace.order if spot not in places]
        self._texts, self._count = SharedStrings(trace.order, places), len(others)
        number = {text: n for n, text in enumerate(self._texts.texts)}
        filling = {(spot, "cell"): number[text] for spot, text in others}
        filling |= {(spot, "cell"): len(number) + n for spot, n in places.items()}
        first = len(number) + len(own)
        filling |= {(spot, "type"): first + 2 * n for n, spot in enumerate(formulas)}
        filling |= {(spot, "value"): first + 2 * n + 1 for n, spot in enumerate(formulas)}
        self._parts: dict[str, tuple[list[bytes], itemgetter[Any]]] = {}
        for name, text in parts.items():
            if MARK in text:
                pieces, marks = cut(text)
                picked = [filling.pop(trace.marks[mark], -1) for mark in marks]
                require(-1 not in picked, "a mark stands for nothing, or twice")
                # a blank after the last piece, because itemgetter gives no tuple for a single index
                gaps = chain.from_iterable((piece.encode(), b"") for piece in pieces)
                self._parts[name] = list(gaps), itemgetter(*picked, -1)
        require(not filling, "a mark is missing")
        self._head, opened, _ = parts[STRINGS].partition(' count="')
        require(bool(opened), "the shared texts begin otherwise")

    @property
    def names(self) -> list[str]:
        """The names of the parts that are filled."""
        return [*self._parts, STRINGS]

    def filled(self, own: Sequence[Any], formulas: Iterable[CellValue]) -> dict[str, bytes]:
        """Return the parts with a book's own cells, and with the values of its formulas.

        Raises
        ------
        NotStampable
            If it holds something that must be written in full.
        """
        if not _CELLS.issuperset(map(type, own)):
            raise NotStampable
        tails, listed = self._texts.of(own)
        cells = [tails[cell] if type(cell) is str else _of_number(cell) for cell in own]
        row = [*map(tails.__getitem__, self._texts.texts), *cells, *chain.from_iterable(map(_shown, formulas)), b""]
        made = {}
        for name, (pieces, picked) in self._parts.items():
            pieces = pieces.copy()
            pieces[1::2] = picked(row)
            made[name] = b"".join(pieces)
        references = self._count + sum([type(cell) is str for cell in own])
        head = f'{self._head} count="{references}" uniqueCount="{len(listed)}">'.encode()
        return made | {STRINGS: b"".join([head, *listed, b"</sst>"])}


def require(holds: bool, told: str) -> None:
    """Raise WorkbookError if a layout is not as expected."""
    if not holds:
        raise WorkbookError(f"a layout cannot be compiled: {told}")


def _of_number(cell: float | None) -> bytes:
    """Return the XML after the format of a cell that holds a number, or nothing."""
    if cell is None:
        return b"/>"
    if not math.isfinite(cell):
        raise NotStampable
    return of_number(cell).encode()


@lru_cache(maxsize=20_000)
def _shown(cell: CellValue) -> tuple[bytes, bytes]:
    """Return the type and the value of a formula's cell as XlsxWriter writes them."""
    try:
        kind, value = shown(result(cell))
    except ValueError:
        raise NotStampable from None
    return kind.encode(), value.encode()


class NotStampable(Exception):
    """Raised for a book that must be written, or refused, without the compiled layout."""


class SharedStrings:
    """The shared texts of a layout; ``own`` numbers the cells that hold a book's own values."""

    def __init__(self, order: Iterable[tuple[Spot, str]], own: Mapping[Spot, int]) -> None:
        written: dict[Any, None] = {}  # each text of the layout once, and the spots of a book's own cells
        for spot, text in order:
            written[spot if spot in own else text] = None
        self._written = list(written)
        self._own = [(place, own[spot]) for place, spot in enumerate(self._written) if isinstance(spot, tuple)]
        self.texts = [text for text in self._written if isinstance(text, str)]
        """The texts of the layout."""
        self._parts = {text: shared(text).encode() for text in self.texts}
        self._tails = [of_text(n).encode() for n in range(len(self._written))]

    def of(self, cells: Sequence[Any]) -> tuple[dict[str, bytes], list[bytes]]:
        """Return the XML after a cell's format for each text of the layout and of a book's cells, and all texts.

        Raises
        ------
        NotStampable
            If a text may be too long for a cell.
        """
        written = self._written.copy()
        for place, n in self._own:
            cell = written[place] = cells[n]
            if type(cell) is str and len(cell) * 2 > MAX_TEXT:
                raise NotStampable
        texts = [text for text in dict.fromkeys(written) if type(text) is str]
        return dict(zip(texts, self._tails, strict=False)), [self._parts.get(t) or shared(t).encode() for t in texts]
