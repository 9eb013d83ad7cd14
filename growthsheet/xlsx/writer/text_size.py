"""Estimate the size of texts and columns, because no program adjusts widths and heights when a file is opened."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from growthsheet.workbook.blocks import Book, Cards, Charts, Links, NamedCells, Sheet
from growthsheet.workbook.styles import STYLES, Style
from growthsheet.workbook.tables import Column, Ref, Table, TableData

LETTER_WIDTH, WIDE_LETTER = 0.98, 2.1
"""The width of a letter in units of a column's width: Excel measures columns in digits."""

DEFAULT, LABELS, NAMED_CELLS_WIDTH = 8.43, 26, 16
"""The default width of a column, and the widths of labels and values of named cells."""

CARD, BETWEEN = 21, 3
"""The least width of a column with a card, and the width of the empty column between two tables side by side."""

BUTTON = 2.5
"""The width of the button of a filter, which covers a part of its header."""

MOST_LINES, MOST_WIDTH = 3, 90
"""The lines of the longest text beside cells to type into, if the column need not be wider than this for it."""

LEAST_WIDTH = 110
"""The least width of all visible columns of a tab, so that its title and purpose are not cut in print."""

PIXELS, POINTS = 7, 0.75
"""The pixels of a unit of width, and the points of a pixel."""


def width(text: str) -> float:
    """Return the width of a text in a column's units; Chinese, Japanese and Korean letters take two.

    >>> width("abc") < 3 < width("客户")
    True
    """
    return len(text) * LETTER_WIDTH if text.isascii() else sum(map(_letter, text))


def _letter(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Sk"):
        return 0.0
    return WIDE_LETTER if unicodedata.east_asian_width(letter) in "WF" else LETTER_WIDTH


@lru_cache(maxsize=4096)
def lines(text: str, across: float) -> int:
    r"""Return the number of lines of a text in a column of this width.

    >>> lines("one line", 20), lines("first\nsecond", 20), lines("two words", 6), lines("", 5), lines("unbroken", 4)
    (1, 2, 2, 1, 2)
    """
    return sum(_wrapped(line, across) for line in text.split("\n"))


def _wrapped(line: str, across: float) -> int:
    if width(line) <= across:
        return 1
    done, used = 1, 0.0
    for word in line.split(" "):
        wide = width(word)
        if used and used + LETTER_WIDTH + wide > across and wide <= across:
            done, used = done + 1, 0.0
        used += wide + (LETTER_WIDTH if used else 0)
        done, used = done + int(used // across), used % across  # a word that is longer than a line is broken
    return done


TURNED, TURNED_SIZE = 8, 9
"""The widest column of a matrix whose header is turned by 90 degrees, and the size of the font there."""

_TURNED_LINE, _TURNED_WORD = 22.5, 29
"""The width of the longest line of a turned header, so that its row has 130 pixels, and of a longer word on it."""


def is_turned(column: Column) -> bool:
    """Return whether the header of a column is turned by 90 degrees."""
    style = STYLES[column.style]
    return bool(column.of) and style.width <= TURNED and not style.upright


def turned_height(headers: Iterable[str]) -> float:
    """Return the height of turned headers in points: no word is broken.

    >>> turned_height(["Ana Ruiz"]) < turned_height(["Oluwaseun Adeyemi"]) < turned_height(["one line " * 5]) < 99
    True
    >>> turned_height(["Eine Wirtschaftlichkeitsrechnung aufstellen"]) < 120
    True
    """
    texts = list(headers)
    longest = max(map(width, texts), default=0) + 1
    word = max((width(word) for text in texts for word in text.split()), default=0)
    return min(longest, max(_TURNED_LINE, min(word, _TURNED_WORD))) * PIXELS * POINTS * TURNED_SIZE / 11


def turned_text(text: str, style: Style) -> str:
    """Return a turned header with as many of its words as fit the lines that the column has room for.

    >>> turned_text("Describe needs and acceptance conditions", STYLES["mark"])
    'Describe needs and acceptance conditions'
    >>> turned_text("Describe needs and acceptance conditions " * 2, STYLES["mark"])
    'Describe needs and acceptance conditions Describe needs and …'
    """
    room = (style.width * PIXELS + 5) * POINTS // (TURNED_SIZE * 15 / 11)
    shown, words = text, text.split()
    while len(words) > 1 and lines(shown, _TURNED_LINE) > room:
        words.pop()
        shown = " ".join(words) + " …"
    return shown


def shown_columns(table: Table) -> list[Column]:
    """Return the visible columns of a table."""
    return [column for column in table.columns[1:] if not column.hidden]


def beside_columns(sheet: Sheet) -> dict[str, int]:
    """Return by table the number of visible columns to the left of it; there are some if it is beside another one."""
    found: dict[str, int] = {}
    right = 0
    for block in sheet.blocks:
        if isinstance(block, TableData):
            found[block.table.name] = right + 1 if block.beside else 0
            right = found[block.table.name] + len(shown_columns(block.table))
    return found


def card_columns(widths: Sequence[float], count: int) -> list[int]:
    """Return the columns of cards, from left to right: the first that are wide enough, else the widest."""
    wide = [n for n, width in enumerate(widths) if width >= CARD]
    return wide[:count] if len(wide) >= count else sorted(sorted(range(len(widths)), key=lambda n: -widths[n])[:count])


def across(book: Book, sheet: Sheet) -> list[float]:
    """Return the widths of a tab's visible columns, without the key column; those of charts and empty ones come last.

    The main table sets the widths of its columns. But they are wider if an amount, which would show as ####, or a word
    of a header, in whatever language, would not fit.
    """
    tables = [block.table for block in sheet.blocks if isinstance(block, TableData) and not block.hidden]
    main = [table for table in tables if table.name == sheet.main] or tables
    known = max((len(shown_columns(table)) for table in main), default=0)
    offsets, found = beside_columns(sheet), dict[int, float]()
    for table in tables:
        for n, column in enumerate(shown_columns(table), offsets[table.name]):
            style = STYLES[column.style]
            spoken = _spoken(book, column) + (BUTTON if sheet.freeze and table.name == sheet.main else 0)
            if column.outlined:
                spoken = _few_lines(book.tables[table.name], column)
            own = style.width if table in main or style.money or n >= known else 0
            own = max(own, min(_longest(book, table, column) * style.size / 11 + 2, style.fit)) if style.fit else own
            found[n] = max(found.get(n, 0), own, spoken)
    found |= {offset - 1: max(found.get(offset - 1, 0), BETWEEN) for offset in offsets.values() if offset}
    lists = [block for block in sheet.blocks if isinstance(block, NamedCells) and not block.column]
    labels = [fact.label for block in lists for fact in block.cells]
    if labels:
        found |= {0: max(found.get(0, 0), LABELS), 1: max(found.get(1, 0), NAMED_CELLS_WIDTH)}
    labels += [tab for block in sheet.blocks if isinstance(block, Links) for tab, _ in block.sheets]
    found |= {0: max([found.get(0, 0), *(width(book.translate(label)) + 2 for label in labels)])} if labels else {}
    widths = [found[n] or DEFAULT for n in sorted(found)]
    for figures in (block.figures for block in sheet.blocks if isinstance(block, Cards)):
        widths += [CARD] * (len(figures) - len(widths))
        for n, figure in zip(card_columns(widths, len(figures)), figures, strict=True):
            widths[n] = max(widths[n], CARD, width(book.translate(figure.label)) + 2)
    bands = [sum(c.size[0] + 10 for c in block.charts) for block in sheet.blocks if isinstance(block, Charts)]
    least = max([LEAST_WIDTH, width(sheet.purpose) * 0.9, *(pixels / PIXELS for pixels in bands)])
    return widths + [DEFAULT] * math.ceil(max(0, least - sum(widths)) / DEFAULT)


def _longest(book: Book, table: Table, column: Column) -> float:
    """Return the width of the longest text that a column may show, at the usual size of the font."""
    found = _borrowed(book, column) if column.measure else [(book.tables[table.name], column.key)]
    return max((width(str(row.get(key) or "")) for rows, key in found for row in rows.rows), default=0)


def _few_lines(rows: TableData, column: Column) -> float:
    """Return the width in which the longest text of a column takes a few lines, since rows grow as high as that."""
    longest = max((str(row.get(column.key) or "") for row in rows.rows), key=len, default="")
    return min(width(longest) * STYLES[column.style].size / 11 / MOST_LINES + 6, MOST_WIDTH)


def _spoken(book: Book, column: Column) -> float:
    """Return the width that the words of a column's header need without breaks, and the labels that it shows."""
    head = column.header if column.of else book.translate(column.header)
    needed = [] if is_turned(column) else [min(width(word), LABELS) + 1 for word in head.split()]
    listed = column.bind.get("labels")
    if isinstance(listed, Ref) and listed.table and not STYLES[column.style].wrap:
        needed += [width(str(row[listed.column])) + 2 for row in book.tables[listed.table].rows]
    return max(needed, default=0)


def text_height(text: str, style: Style, room: float = 1000) -> float:
    """Return the height of a text in a column of a style, in points; ``room`` is the width of a narrower column."""
    return style.line * lines(text, min(style.width, room) * 11 / style.size)


def least_height(book: Book, table: Table) -> float:
    """Return the height in points that rows of a table need for the texts of formulas and drop-downs.

    It depends on the texts of the catalog and the roster, not on inputs, so that layouts do not depend on inputs.
    """
    needed = [table.lines * min((STYLES[column.style].line for column in shown_columns(table)), default=15)]
    for column in filter(_grows, shown_columns(table)):
        for rows, key in _borrowed(book, column):
            texts = (text for row in rows.rows if isinstance(text := row.get(key), str))
            needed += [text_height(text, STYLES[column.style]) for text in texts]
    return max(needed)


def deciding(book: Book) -> set[tuple[str, str]]:
    """Return the columns, by table and key, whose texts affect the height of rows of other tables."""
    columns = [column for rows in book.tables.values() for column in filter(_grows, shown_columns(rows.table))]
    return {(rows.table.name, key) for column in columns for rows, key in _borrowed(book, column)}


def _grows(column: Column) -> bool:
    return column.role != "data" and STYLES[column.style].wrap


def _borrowed(book: Book, column: Column) -> Iterator[tuple[TableData, str]]:
    """Yield the columns of other tables whose texts a column may show."""
    for ref in (column.choices, *column.bind.values()):
        if isinstance(ref, Ref) and ref.table:
            rows = book.tables[ref.table]
            for other in map(rows.table.column, rows.table.all_of(ref.column)):
                if other.role == "data" and not STYLES[other.style].color_scale:
                    yield rows, other.key
                elif other.measure and other.of:
                    yield from _borrowed(book, other)
