"""The sheets of a layout, cut where something of a book's own stands, and filled for each book anew."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from itertools import chain, count
from operator import itemgetter
from typing import Any

from ..errors import WorkbookError
from ..expr import Cell
from .checked import CheckedSheet
from .packing import STRINGS, shared
from .tracing import MARK, Spot, Trace, cut, of_formula
from .worksheets import MAX_TEXT, PlainWorksheet

_CELLS = frozenset([str, int, float, type(None)])


class Odd(Exception):
    """Something that only the ordinary way can write, or refuse."""


class Gaps:
    """The sheets and the shared texts of a layout; ``own`` and ``formulas`` are the cells that each book fills.

    All that fills gaps is put in one row, from which each sheet picks: first the layout's texts, whose numbers depend
    on the texts that are written before them; then the book's own cells; then of each formula its type and its value.
    """

    def __init__(self, parts: Mapping[str, str], trace: Trace, own: Sequence[Spot], formulas: Sequence[Spot]) -> None:
        places = {spot: n for n, spot in enumerate(own)}
        others = [(spot, text) for spot, text in trace.order if spot not in places]
        self._texts, self._count = list(dict.fromkeys(text for _, text in others)), len(others)
        number = {text: n for n, text in enumerate(self._texts)}
        filling = {(spot, "cell"): number[text] for spot, text in others}
        filling |= {(spot, "cell"): len(number) + n for spot, n in places.items()}
        written = dict.fromkeys(filling[spot, "cell"] for spot, _ in trace.order)
        first = len(number) + len(own)
        filling |= {(spot, "type"): first + 2 * n for n, spot in enumerate(formulas)}
        filling |= {(spot, "value"): first + 2 * n + 1 for n, spot in enumerate(formulas)}
        self._parts: dict[str, tuple[list[bytes], itemgetter[Any]]] = {}
        for name, text in parts.items():
            if MARK in text:
                pieces, marks = cut(text)
                picked = [filling.pop(trace.marks[mark], -1) for mark in marks]
                require(-1 not in picked, "a mark stands for nothing, or twice")
                # behind the last piece nothing is filled in: itemgetter gives no tuple for one thing alone
                gaps = chain.from_iterable((piece.encode(), b"") for piece in pieces)
                self._parts[name] = list(gaps), itemgetter(*picked, -1)
        require(not filling, "a mark is missing")
        self._written = itemgetter(*written, -1)
        self._head, opened, _ = parts[STRINGS].partition(' count="')
        require(bool(opened), "the shared texts begin otherwise")

    @property
    def names(self) -> list[str]:
        """The parts that are filled."""
        return [*self._parts, STRINGS]

    def filled(self, own: Sequence[Any], formulas: Iterable[Cell]) -> dict[str, bytes]:
        """The parts with a book's own cells, and with the values of its formulas.

        Raises
        ------
        Odd
            When it holds something that only the ordinary way can write.
        """
        if not _CELLS.issuperset(map(type, own)):
            raise Odd
        told = [cell if type(cell) is str else None for cell in own]
        order = dict.fromkeys(self._written([*self._texts, *told, None]))  # by what was written first
        del order[None]
        if max(map(len, order), default=0) * 2 > MAX_TEXT:
            raise Odd
        tails = dict(zip(order, map(_of_text, count()), strict=False))
        cells = [tails[cell] if type(cell) is str else _of_number(cell) for cell in own]
        shown = chain.from_iterable(map(_shown, formulas))
        row = [*map(tails.__getitem__, self._texts), *cells, *shown, b""]
        made = {}
        for name, (pieces, picked) in self._parts.items():
            pieces = pieces.copy()
            pieces[1::2] = picked(row)
            made[name] = b"".join(pieces)
        references = self._count + len(told) - told.count(None)
        head = f'{self._head} count="{references}" uniqueCount="{len(order)}">'
        return made | {STRINGS: "".join([head, *map(shared, order), "</sst>"]).encode()}


def require(holds: bool, told: str) -> None:
    """Refuse to compile a layout that is not what is expected."""
    if not holds:
        raise WorkbookError(f"a layout cannot be compiled: {told}")


@lru_cache(maxsize=20_000)
def _of_text(number: int) -> bytes:
    """What follows a cell's look where it holds a shared text."""
    return b' t="s"><v>%d</v></c>' % number


def _of_number(cell: float | None) -> bytes:
    """The same where it holds a number, or nothing."""
    if cell is None:
        return b"/>"
    if not math.isfinite(cell):
        raise Odd
    return f"><v>{cell:.16G}</v></c>".encode()


@lru_cache(maxsize=20_000)
def _shown(cell: Cell) -> tuple[bytes, bytes]:
    """The type and the value of a formula's cell as XlsxWriter writes them."""
    sheet = PlainWorksheet()
    CheckedSheet(sheet).formula(0, 0, "=0", cell)
    sheet.fh = StringIO()
    sheet._write_cell(0, 0, sheet.table[0][0])
    kind, value = of_formula(sheet.fh.getvalue())
    return kind.encode(), value.encode()
