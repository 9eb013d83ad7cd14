"""The rows and columns of a book's blocks, which only the writer computes; other packages use names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from growthsheet.workbook.blocks import (
    Block,
    Book,
    Cards,
    Charts,
    Heading,
    Legend,
    Links,
    NamedCells,
    Paragraphs,
    Sheet,
)
from growthsheet.workbook.tables import Binding, CellRef, ColumnRange, Missing, RowRange, SameRow, Table, TableData
from growthsheet.xlsx.markers import cell_name, column_name
from growthsheet.xlsx.writer.text_size import across, beside_columns, card_columns

ROW_MARK = "\0"
"""The placeholder of the row's number in a formula that is made once for a whole column."""

TITLE_ROWS = 4
"""The rows at the top of a tab: title, purpose, link to the first tab, and a narrow empty row."""

ROW_HEIGHT, ROW_PIXELS = 18, 24
"""The default height of a row, in points and in pixels."""

LABEL = 1
"""The first column of the content; the one before holds the row keys."""


@dataclass(frozen=True, slots=True)
class TablePlace:
    """The place of a table; rows and columns count from 0."""

    sheet: str
    header: int
    rows: int
    columns: Mapping[str, int]

    @property
    def first(self) -> int:
        """The first row below the header."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The last row of the table."""
        return self.header + self.rows


@dataclass
class Layout:
    """The places of a book's blocks, tables and named cells."""

    book: Book
    starts: dict[str, list[int]] = field(default_factory=dict)
    ends: dict[str, int] = field(default_factory=dict)
    widths: dict[str, list[float]] = field(default_factory=dict)
    """The widths of the visible columns of each tab, including those of charts."""
    tables: dict[str, TablePlace] = field(default_factory=dict)
    facts: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for sheet in self.book.sheets:
            self._place(sheet)

    def _place(self, sheet: Sheet) -> None:
        row, starts, tab = title_rows(sheet), list[int](), self.book.tab(sheet)
        widths = self.widths[tab] = across(self.book, sheet)
        hidden_from = LABEL + len(widths)
        tables = {block.table.name: block.table for block in sheet.blocks if isinstance(block, TableData)}
        offsets = beside_columns(sheet)
        for block in sheet.blocks:
            top = row
            match block:
                case TableData(beside=True):
                    before = self.tables[next(reversed(self.tables))]
                    top, shift = before.header, max(before.columns.values()) + 1 - hidden_from
                    places = _columns(block.table, hidden_from + max(shift, 0), offsets[block.table.name])
                    self.tables[block.table.name] = TablePlace(tab, top, depth(block), places)
                case TableData(table):
                    self.tables[table.name] = TablePlace(tab, row, depth(block), _columns(table, hidden_from))
                case NamedCells(facts, column, in_title):
                    col = _columns(tables[sheet.main], hidden_from)[column] if column else LABEL + 1
                    top = 0 if in_title else row
                    self.facts |= {fact.name: (tab, top + n, col) for n, fact in enumerate(facts)}
                case Cards(figures, bars):
                    for fact, col in zip(figures, card_columns(widths, len(figures)), strict=True):
                        self.facts[fact.name] = tab, row + 1, LABEL + col
                        if fact.name in bars:
                            self.facts[bars[fact.name].name] = tab, row + 2, LABEL + col
            starts.append(top)
            row = max(row, top + height(block))
        self.starts[tab] = starts
        self.ends[tab] = row - 1

    def text(self, source: Binding, sheet: str, table: str = "") -> str:
        """Return the reference of a binding for a formula on a sheet, with ``ROW_MARK`` for the formula's row."""
        match source:
            case SameRow(key):
                return f"${self._letter(table, key)}{ROW_MARK}"
            case CellRef(name):
                home, row, col = self.facts[name]
                return f"{_prefix(home, sheet)}${xl_col_to_name(col)}${row + 1}"
            case ColumnRange(other, key):
                return self.range(other, key, sheet)
            case RowRange(other, keys):
                place = self.tables[other or table]
                top, bottom = (f"${place.first + 1}", f"${place.last + 1}") if other else (ROW_MARK, ROW_MARK)
                first, last = (xl_col_to_name(place.columns[key]) for key in (keys[0], keys[-1]))
                return f"{_prefix(place.sheet, sheet)}${first}{top}:${last}{bottom}"
            case Missing():
                return '""'

    def range(self, table: str, key: str, sheet: str = "") -> str:
        """Return the absolute range of a table's column, with the name of its tab unless that is ``sheet``."""
        place, letter = self.tables[table], self._letter(table, key)
        return f"{_prefix(place.sheet, sheet)}${letter}${place.first + 1}:${letter}${place.last + 1}"

    def _letter(self, table: str, key: str) -> str:
        return str(xl_col_to_name(self.tables[table].columns[key]))


def defined_names(book: Book, layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the defined names and ranges of what is read back: columns of keys, names and inputs, and input cells."""
    for block in book.tables.values():
        is_form = any(column.role == "input" for column in block.table.columns)
        for column in block.table.columns:
            is_name = is_form and column.role == "data" and column.style in ("name", "activity", "who")
            if column.role == "input" or column is block.table.columns[0] or is_name:
                number = block.table.all_of(column.name).index(column.key) + 1 if column.of else 0
                name = column_name(block.table.name, column.name, number)
                yield name, "=" + layout.range(block.table.name, column.key)
    for fact in book.named_cells.values():
        if fact.role == "input":
            yield cell_name(fact.name), "=" + layout.text(CellRef(fact.name), "")


def _prefix(home: str, sheet: str) -> str:
    return "" if home == sheet else quote_sheetname(home) + "!"


def _columns(table: Table, hidden_from: int, offset: int = 0) -> dict[str, int]:
    """Return the columns: the key first, then visible ones, and hidden ones to the right of the tab's widest table.

    The key of a table beside another one, which has an ``offset``, is one of the hidden ones.
    """
    key, *others = table.columns
    places = {c.key: LABEL + offset + n for n, c in enumerate(c for c in others if not c.hidden)}
    unseen = [*([key.key] if offset else ()), *(c.key for c in others if c.hidden)]
    return ({} if offset else {key.key: 0}) | places | {name: hidden_from + n for n, name in enumerate(unseen)}


def title_rows(sheet: Sheet) -> int:
    """Return the number of rows above a tab's first block; a tab with cells in its title has the first two only."""
    return 2 if any(isinstance(block, NamedCells) and block.in_title for block in sheet.blocks) else TITLE_ROWS


def depth(block: TableData) -> int:
    """Return the number of rows of a table below its header: at least one, because no range can be empty."""
    return max(1, len(block.rows))


def height(block: Block) -> int:
    """Return the number of rows of a block, with the empty row below it."""
    match block:
        case Heading():
            return 1
        case Paragraphs(lines):
            return len(lines) + 1
        case NamedCells(facts, column, in_title):
            return 0 if in_title else len(facts) + (0 if column else 1)
        case Cards():
            return 4
        case TableData(hidden=hidden):
            return depth(block) + (1 if hidden else 2)
        case Links(sheets):
            return len(sheets) + 1
        case Legend():
            return 2
        case Charts(charts):
            return -(-max(chart.size[1] for chart in charts) // ROW_PIXELS) + 1
