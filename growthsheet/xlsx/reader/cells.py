"""The cells of a sheet as they are stored, and their values.

Cells are stored raw while the sheet is read, and decoded on use. So a broken cell that is not used does no harm, and
one that is used is one problem and does not stop the reading of the sheet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from growthsheet.errors import refusal
from growthsheet.model.excel_limits import LAST_COLUMN, LAST_ROW, MAX_TEXT
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.xml_stream import EMPTY, MOST_ELEMENTS, Budget, ParseProgress, feed

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_CELLS = 400_000
MOST_AREAS = 100_000
FEWER = "keep the rows and columns that are needed, or split the tab"

StoredKind = Literal["blank", "number", "text", "truth", "error", "date", "broken"]
StoredValue = int | float | str | bool | date | None

_NUMBER = re.compile(r"[+-]?(\d{1,400}(\.\d{0,400})?|\.\d{1,400})([eE][+-]?\d{1,4})?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_465  # 9999-12-31


Raw = tuple[str, str, str, bool]
"""A cell as stored: its type, the number of its style, its text, and whether it has a formula."""


@dataclass(frozen=True, slots=True)
class StoredCell:
    """The value of a cell and its kind, also if it is from a ``formula``; the value of a broken cell is the reason."""

    kind: StoredKind
    value: StoredValue = None
    formula: bool = False


BLANK_CELL = StoredCell("blank")
TWICE: Raw = ("twice", "", "?", False)
"""The raw cell in place of two cells with the same reference."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """The data for decoding cells: shared strings, styles that show dates, and whether days count from 1904."""

    strings: Sequence[str]
    dates: frozenset[str]
    from_1904: bool = False

    def cell(self, raw: Raw | None) -> StoredCell:
        """Return the value of a raw cell."""
        if raw is None:
            return BLANK_CELL
        type, style, text, formula = raw
        kind, value = self._value(type, text, style)
        if kind == "text" and len(str(value)) > MAX_TEXT:
            kind, value = "broken", f"a text of more than {MAX_TEXT:,} characters"
        return StoredCell(kind, value, formula)

    def _value(self, type: str, text: str, style: str) -> tuple[StoredKind, StoredValue]:
        match type:
            case "str" | "inlineStr":
                return _text(unescaped(text))
            case _ if not text:
                return "blank", None
            case "s":
                if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(self.strings)):
                    return "broken", "a text that is not in the workbook"
                return _text(self.strings[int(text)])
            case "b":
                known = {"1": True, "true": True, "0": False, "false": False}
                return ("truth", known[text]) if text in known else ("broken", "a value that is neither TRUE nor FALSE")
            case "e":
                return "error", text[:16]
            case "n":
                return self._number(text, style)
            case "d":
                return _day_of(text)
            case "twice":
                return "broken", "two values in one place"
        return "broken", "a value of no known type"

    def _number(self, text: str, style: str) -> tuple[StoredKind, StoredValue]:
        number = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(number):
            return "broken", "a number that is not valid"
        if style in self.dates:
            return self._day(number)
        whole = number.is_integer() and abs(number) < 1e15
        return "number", int(number) if whole else number

    def _day(self, number: float) -> tuple[StoredKind, StoredValue]:
        days = math.floor(number) + (1462 if self.from_1904 else 0)
        if not 0 <= days <= _LAST_DAY:
            return "broken", "a date outside the calendar"
        # Excel treats 1900 as a leap year: its days before March are one too high
        return "date", date(1899, 12, 30) + timedelta(days + (days < 60))


def _text(text: str) -> tuple[StoredKind, StoredValue]:
    return ("text", text) if text else ("blank", None)


def _day_of(text: str) -> tuple[StoredKind, StoredValue]:
    try:
        return "date", date.fromisoformat(text[:10])
    except ValueError:
        return "broken", "a date that is not valid"


def unescaped(text: str) -> str:
    r"""Return text as Excel shows it: ``_x0009_`` is the escape of the character with that number.

    >>> unescaped("a_x000A_b"), unescaped("_x005F_x0041_"), unescaped("_xD83D__xDE00_")
    ('a\nb', '_x0041_', '😀')
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# -- a sheet's part --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """The content of a sheet's part; ``misplaced`` are the references of cells with an impossible place."""

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    misplaced: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    """The references of the merged areas."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last column of each span of hidden ones."""


def read_cells(chunks: Iterable[bytes], part: str, budget: Budget, kept: int) -> StoredSheet:
    """Return the filled cells of a sheet, what is hidden and what is merged; ``kept`` cells were read before.

    The declared size of the sheet is not read, nor its links and rules. All is in one function because it runs for
    every element of a sheet, where each further call takes noticeable time.
    """
    sheet = StoredSheet()
    rows, misplaced = sheet.rows, sheet.misplaced
    cells: dict[int, Raw] = {}
    columns = {"": 0}
    attributes: Mapping[str, str] = {}
    pending = row_text = place = value = ""
    row = further = beyond = met = opened = closed = characters = 0
    taking = held = formula = phonetic = False
    left = MOST_CELLS - kept

    def enter_row() -> None:
        nonlocal pending, further, row, row_text, cells
        row = _whole(pending, LAST_ROW) + further
        pending, further = "", 0
        row_text, cells = str(row), rows.get(row, {})

    def start(tag: str, given: Mapping[str, str]) -> None:
        # Rows and cells may be millions that are only styled: where they are is worked out when one is filled.
        nonlocal opened, met, pending, further, place, beyond, attributes, value, taking, held, formula, phonetic
        opened += 1
        if tag == _C:
            ref = given.get("r")
            if ref is None:  # it is next to the previous cell
                beyond += 1
            else:
                place, beyond = ref, 0
            attributes, value = given, ""
            held = formula = False
        elif tag == _V or (tag == _T and not phonetic):
            taking = held = True
        elif tag == _F:
            formula = True
        elif tag == _ROW:
            met += 1
            if met > LAST_ROW:  # said here, before the elements are as many as a file may have
                most = f"at most {LAST_ROW:,}"
                raise refusal("too-many-elements", f"{budget.name}, {part}", "too many rows", most, EMPTY)
            number = given.get("r")
            if number is None:  # it is next to the previous row
                pending = pending or str(row)
                further += 1
            else:
                pending, further = number or "0", 0
            place, beyond = "", 0
            if given.get("hidden") in _TRUE:
                sheet.hidden_rows.append(_whole(number or "", LAST_ROW))
        elif tag == _RPH:
            phonetic = True
        elif tag == _MERGE and len(sheet.merged) < MOST_AREAS:
            sheet.merged.append(given.get("ref", ""))
        elif tag == _COL and given.get("hidden") in _TRUE:
            first, last = (_whole(given.get(name, ""), LAST_COLUMN) for name in ("min", "max"))
            sheet.hidden_columns.append((first, last))

    def end(tag: str) -> None:
        nonlocal closed, taking, phonetic, left, characters
        closed += 1
        if tag == _V or tag == _T:  # noqa: SIM109  # faster than making a tuple
            taking = False
        elif tag == _C:
            if held or formula:
                left -= 1
                if left < 0:
                    most = f"at most {MOST_CELLS:,}"
                    raise refusal("too-many-cells", f"{budget.name}, {part}", "too many filled cells", most, FEWER)
                if pending:
                    enter_row()
                letters = place.rstrip("0123456789")
                column = columns.get(letters, -1)
                if column < 0 and (column := column_number(letters)):
                    columns[letters] = column
                if place[len(letters) :] != row_text:  # of another row: the place is invalid
                    column = 0
                column += beyond
                if not 0 < row <= LAST_ROW or not 0 < column <= LAST_COLUMN:
                    claimed = "" if beyond else one_line(place, 20)
                    misplaced.append(f"{claimed or 'no place'} in row {row_text or '?'}")
                    return
                if not cells:
                    rows[row] = cells
                raw = (attributes.get("t", "n"), attributes.get("s", "0"), value, formula)
                cells[column] = raw if column not in cells else TWICE
                characters += len(value)
        elif tag == _RPH:
            phonetic = False

    def text(piece: str) -> None:
        nonlocal value
        if taking and len(value) <= MAX_TEXT:
            value += piece

    handlers = (start, end, text)
    feed(chunks, part, budget, handlers, lambda: ParseProgress(opened, opened - closed, characters), MOST_ELEMENTS)
    return sheet


_C, _V, _T, _F, _ROW, _RPH = (MAIN + tag for tag in ("c", "v", "t", "f", "row", "rPh"))
_MERGE, _COL = (MAIN + tag for tag in ("mergeCell", "col"))
_TRUE = ("1", "true")


def _whole(text: str, most: int) -> int:
    """Return a text as a number from 1 to ``most``, or 0 if it is not one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if number <= most else 0


def column_number(letters: str) -> int:
    """Return the number of a column, from 1; 0 if there is no such column.

    >>> column_number("A"), column_number("AB"), column_number("XFD"), column_number("XFE"), column_number("a")
    (1, 28, 16384, 0, 0)
    """
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= LAST_COLUMN else 0


@lru_cache(maxsize=2_000)
def column_letters(number: int) -> str:
    """Return the letters of a column.

    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
