"""What a tab is made of, before any medium is chosen; and books, which are tabs in an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from growthsheet.text.language import Translate
from growthsheet.workbook.tables import NamedCell, Resolver, TableData


@dataclass(frozen=True)
class Heading:
    """A heading within a tab."""

    text: str


@dataclass(frozen=True)
class Paragraphs:
    """Paragraphs of text, each in a cell of its own; ``steps`` where they tell how to fill the workbook in."""

    lines: tuple[str, ...]
    steps: bool = False


@dataclass(frozen=True)
class NamedCells:
    """Named single cells under one another, each behind its label."""

    cells: tuple[NamedCell, ...]


@dataclass(frozen=True)
class Legend:
    """What the looks of the cells mean."""


@dataclass(frozen=True)
class Links:
    """Links to other tabs, each with what that tab is for."""

    sheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """A chart of a table's columns, drawn to the right of it, or with others in a band of :class:`Charts`.

    ``series`` are (column key, label); ``axis`` bounds the value axis, which ends where the values do where it has no
    end; ``shown`` is the number format of its values; ``about`` tells in words what is to be seen.
    """

    kind: Literal["radar", "bar", "column", "line"]
    title: str
    about: str
    table: str
    labels: str
    series: tuple[tuple[str, str], ...]
    axis: tuple[float, float | None]
    shown: str = "0"
    size: tuple[int, int] = (500, 400)
    """Width and height in pixels."""


@dataclass(frozen=True)
class Charts:
    """Charts side by side, in a band of their own."""

    charts: tuple[Chart, ...]


def chart_size(bars: int, beside: int) -> tuple[int, int]:
    """Width and height in pixels of a chart of so many bars beside one of so many: as high, unless the bars grow fat.

    >>> chart_size(9, 6), chart_size(6, 9), chart_size(9, 50)
    ((595, 270), (595, 270), (595, 490))
    """
    own, other = (90 + 20 * count for count in (bars, beside))
    return 595, max(own, min(other, 490))


Block = Heading | Paragraphs | NamedCells | Legend | Links | TableData | Chart | Charts


@dataclass(frozen=True)
class Sheet:
    """One tab: its name, what it is for, and its blocks from top to bottom.

    ``main`` names the table whose header stays in sight and whose columns set the widths; ``colour`` is a tab colour
    of the theme. ``freeze`` and ``print_to`` name the last column
    of the main table that stays in sight, or is printed.
    """

    name: str
    purpose: str
    blocks: tuple[Block, ...]
    title: str = ""
    main: str = ""
    freeze: str = ""
    print_to: str = ""
    one_page: bool = False
    portrait: bool = False
    colour: str = "work"
    hidden: bool = False
    looked_up: bool = False
    """Whether it is looked up rather than read."""


@dataclass(frozen=True)
class Book:
    """A whole workbook, not yet in any medium.

    ``identity`` is written thrice (properties, a hidden sheet, a visible line) so that a returned file can be told;
    ``say`` spells English words in the workbook's language; ``currency`` formats amounts where a row names none.
    """

    kind: str
    title: str
    sheets: tuple[Sheet, ...]
    identity: Mapping[str, str]
    translate: Translate = str
    currency: str = ""
    footer: str = ""
    right_to_left: bool = False
    """Whether its sheets begin at the right, as Arabic and Hebrew do."""

    def tab(self, sheet: Sheet | str) -> str:
        """What a tab is called in the workbook's language."""
        return self.translate(sheet if isinstance(sheet, str) else sheet.name)

    @cached_property
    def tables(self) -> dict[str, TableData]:
        """Every table with its rows, by name."""
        return {block.table.name: block for _, block in self._blocks() if isinstance(block, TableData)}

    @cached_property
    def named_cells(self) -> dict[str, NamedCell]:
        """Every single cell, by name."""
        return {fact.name: fact for _, block in self._blocks() if isinstance(block, NamedCells) for fact in block.cells}

    @cached_property
    def names(self) -> Resolver:
        """What measures can be bound to."""
        return Resolver([rows.table for rows in self.tables.values()], self.named_cells.values())

    def _blocks(self) -> Iterator[tuple[Sheet, Block]]:
        for sheet in self.sheets:
            for block in sheet.blocks:
                yield sheet, block
