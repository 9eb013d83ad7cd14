"""The blocks of a tab, independent of any file format; and books, which are tabs in an order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from growthsheet.text.language import Translate
from growthsheet.workbook.tables import NamedCell, Resolver, TableData
from growthsheet.workbook.theme import THEME, Theme


@dataclass(frozen=True)
class Heading:
    """A heading within a tab."""

    text: str


@dataclass(frozen=True)
class Paragraphs:
    """Paragraphs of text, each in its own cell; with ``steps``, they explain how to fill the workbook in."""

    lines: tuple[str, ...]
    steps: bool = False


@dataclass(frozen=True)
class NamedCells:
    """Named single cells below one another, each to the right of its label.

    With ``column``, the values stand in that column of the main table. With ``in_title``, they have no label and begin
    in the line of the tab's title.
    """

    cells: tuple[NamedCell, ...]
    column: str = ""
    in_title: bool = False


@dataclass(frozen=True)
class Cards:
    """The main figures of a tab side by side, each large below its label, in the first columns that are wide enough.

    ``bars`` are the shares, from 0 to 1, that the bars below the figures show, by the name of the figure.
    """

    figures: tuple[NamedCell, ...]
    bars: Mapping[str, NamedCell] = field(default_factory=dict)

    @property
    def cells(self) -> tuple[NamedCell, ...]:
        """The cells of the figures and of their bars."""
        return (*self.figures, *self.bars.values())


@dataclass(frozen=True)
class Legend:
    """The legend: the meaning of the colours of cells."""


@dataclass(frozen=True)
class Links:
    """Links to other tabs, each with the purpose of the tab."""

    sheets: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """A chart of a table's column, in a block of :class:`Charts`.

    ``series`` is the column's key and label; ``axis`` is the lowest and highest value of the value axis, where None
    means the highest of the values; ``shown`` is the number format of its values; ``about`` says in words what is
    compared, in which unit, and how to read it: values that change in the open workbook are named in no text.
    """

    kind: Literal["bar", "column", "line"]
    title: str
    about: str
    table: str
    labels: str
    series: tuple[str, str]
    axis: tuple[float, float | None]
    shown: str = "0"
    size: tuple[int, int] = (500, 400)
    """The width and height in pixels."""

    @property
    def described(self) -> str:
        """What a screen reader says: the title, and what the chart shows."""
        return f"{self.title}. {self.about}"


@dataclass(frozen=True)
class Charts:
    """Charts side by side."""

    charts: tuple[Chart, ...]


def chart_size(bars: int, beside: int) -> tuple[int, int]:
    """Return the width and height in pixels of a bar chart, as high as the one beside it if that is not too high.

    >>> chart_size(9, 6), chart_size(6, 9), chart_size(9, 50)
    ((595, 270), (595, 270), (595, 490))
    """
    own, other = (90 + 20 * count for count in (bars, beside))
    return 595, max(own, min(other, 490))


Block = Heading | Paragraphs | NamedCells | Cards | Legend | Links | TableData | Charts


@dataclass(frozen=True)
class TopLink:
    """A link at the top of a tab: to another tab, or from a column of the main table to the header of another one."""

    tab: str = ""
    text: str = ""
    at: str = ""
    to: str = ""


@dataclass(frozen=True)
class Sheet:
    """One tab: its name, its purpose, and its blocks from top to bottom.

    ``main`` names the table whose header is frozen and whose columns set the widths; ``colour`` is a tab colour of the
    theme. ``freeze`` and ``print_to`` name the last column of the main table that is frozen, or is printed.
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
    filtered: bool = True
    """True if the header of the main table has filter buttons."""
    looked_up: bool = False
    """True if the tab is for reference rather than for reading, such as the scales."""
    links: tuple[TopLink, ...] = ()
    on_page: str = ""
    """The purpose on a page, which nobody filters or fills in, where it is another one."""


@dataclass(frozen=True)
class Book:
    """A whole workbook, independent of any file format.

    ``identity`` is written in three places (properties, a hidden sheet, a visible line), by which a returned file is
    identified; ``translate`` translates English texts into the workbook's language; ``currency`` is that of amounts in
    rows that name none.
    """

    kind: str
    title: str
    sheets: tuple[Sheet, ...]
    identity: Mapping[str, str]
    translate: Translate = str
    currency: str = ""
    footer: str = ""
    right_to_left: bool = False
    """True if sheets are laid out from right to left, as for Arabic and Hebrew."""
    ends: tuple[tuple[str, tuple[int, int]], ...] = ()
    """The lowest and the highest point of the rating scale that a colour scale shows, by the colour scale's name."""
    theme: Theme = THEME

    def tab(self, sheet: Sheet | str) -> str:
        """Return the name of a tab in the workbook's language."""
        return self.translate(sheet if isinstance(sheet, str) else sheet.name)

    @cached_property
    def tables(self) -> dict[str, TableData]:
        """Every table with its rows, by name."""
        return {block.table.name: block for block in self._blocks if isinstance(block, TableData)}

    @cached_property
    def named_cells(self) -> dict[str, NamedCell]:
        """Every single cell, by name."""
        found = [block.cells for block in self._blocks if isinstance(block, NamedCells | Cards)]
        return {fact.name: fact for cells in found for fact in cells}

    @cached_property
    def names(self) -> Resolver:
        """The resolver, which finds the tables and named cells that measures read."""
        return Resolver([rows.table for rows in self.tables.values()], self.named_cells.values())

    @property
    def _blocks(self) -> Iterator[Block]:
        return (block for sheet in self.sheets for block in sheet.blocks)
