"""A sheet's cells as they are stored, and what each of them says.

A cell is kept raw while the sheet is read and understood when it is asked for: a broken cell that nobody asks for
harms nobody, and one that somebody asks for is one problem, not the end of the sheet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from .archive import refusal
from .markup import EMPTY, LONGEST_TEXT, MOST_ELEMENTS, Budget, Finished, Gathered, parse

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_CELLS = 400_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

Kind = Literal["blank", "number", "text", "truth", "error", "date", "broken"]
Value = int | float | str | bool | date | None

_NUMBER = re.compile(r"[+-]?(\d{1,400}\.?\d{0,400}|\.\d{1,400})([eE][+-]?\d{1,4})?", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_465  # 9999-12-31


class Raw(NamedTuple):
    """A cell as stored: its type, the number of its style, its text, and whether a formula made it."""

    type: str
    style: str
    text: str
    formula: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. ``kind`` is the value's, also where a ``formula`` made it; a broken cell's value says why."""

    kind: Kind
    value: Value = None
    formula: bool = False


BLANK = Cell("blank")
TWICE = Raw("twice", "", "?", False)
"""What stands for two cells in one place."""

Rows = Mapping[int, Mapping[int, Raw]]
"""Row and column, both from 1."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What cells refer to: shared strings, which styles show dates, and whether days count from 1904."""

    strings: Sequence[str]
    dates: frozenset[str]
    from_1904: bool = False

    def cell(self, raw: Raw | None) -> Cell:
        """What a raw cell says."""
        if raw is None:
            return BLANK
        kind, value = self._value(raw.type, raw.text, raw.style)
        if kind == "text" and len(str(value)) > LONGEST_TEXT:
            kind, value = "broken", f"a text of more than {LONGEST_TEXT:,} characters"
        return Cell(kind, value, raw.formula)

    def _value(self, type: str, text: str, style: str) -> tuple[Kind, Value]:
        match type:
            case "str" | "inlineStr":
                return _text(plain(text))
            case _ if not text:
                return "blank", None
            case "s":
                if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) < len(self.strings)):
                    return "broken", "a text that is not in the workbook"
                return _text(self.strings[int(text)])
            case "b":
                known = {"1": True, "true": True, "0": False, "false": False}
                return ("truth", known[text]) if text in known else ("broken", "a truth value that is none")
            case "e":
                return "error", text[:16]
            case "n":
                return self._number(text, style)
            case "d":
                return _day_of(text)
            case TWICE.type:
                return "broken", "two values in one place"
        return "broken", "a value of no known type"

    def _number(self, text: str, style: str) -> tuple[Kind, Value]:
        number = float(text) if _NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(number):
            return "broken", "a number that is none"
        if style in self.dates:
            return self._day(number)
        whole = number.is_integer() and abs(number) < 1e15
        return "number", int(number) if whole else number

    def _day(self, number: float) -> tuple[Kind, Value]:
        days = math.floor(number) + (1462 if self.from_1904 else 0)
        if not 0 <= days <= _LAST_DAY:
            return "broken", "a date outside the calendar"
        # Excel takes 1900 for a leap year: its days before March stand one too high
        return "date", date(1899, 12, 30) + timedelta(days + (days < 60))


def _text(text: str) -> tuple[Kind, Value]:
    return ("text", text) if text else ("blank", None)


def _day_of(text: str) -> tuple[Kind, Value]:
    try:
        return "date", date.fromisoformat(text[:10])
    except ValueError:
        return "broken", "a date that is none"


def plain(text: str) -> str:
    r"""Text as a person sees it: ``_x0009_`` stands for the character with that number.

    >>> plain("a_x000A_b"), plain("_x005F_x0041_"), plain("_xD83D__xDE00_")
    ('a\nb', '_x0041_', '😀')
    """
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


# -- a sheet's part --------------------------------------------------------------------------------------------------


def read_cells(chunks: Iterable[bytes], part: str, budget: Budget, kept: int) -> tuple[dict[int, dict[int, Raw]], int]:
    """The cells that hold something, and how many stand where none can be; ``kept`` cells were read before.

    Only ``sheetData`` is looked at: neither what the sheet says of its size nor its merges, links and rules.
    """
    reader = _Reader(part, budget, MOST_CELLS - kept)
    parse(chunks, part, budget, reader.start, reader.end, reader.text, MOST_ELEMENTS)
    return reader.rows, reader.misplaced


class _Reader:
    def __init__(self, part: str, budget: Budget, most: int) -> None:
        self.rows: dict[int, dict[int, Raw]] = {}
        self.misplaced = 0
        self._budget, self._place, self._left = budget, f"{budget.name}, {part}", most
        self._row, self._column, self._cells = 0, 0, dict[int, Raw]()
        self._letters: dict[str, int] = {}
        self._type = self._style = ""
        self._taking = self._held = self._formula = self._phonetic = False
        self._value = Gathered()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == _C:
            self._start_cell(attributes.get("r"))
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._held = self._formula = False
            self._value.clear()
        elif tag == _V or (tag == _T and not self._phonetic):
            self._taking = self._held = True
        elif tag == _F:
            self._formula = True
        elif tag == _ROW:
            self._start_row(attributes.get("r"))
        elif tag == _RPH:
            self._phonetic = True

    def end(self, tag: str) -> None:
        if tag in (_V, _T):
            self._taking = False
        elif tag == _C:
            if self._held or self._formula:
                self._keep()
        elif tag == _RPH:
            self._phonetic = False
        elif tag == _DATA:
            raise Finished

    def text(self, text: str) -> None:
        if self._taking:
            self._value.add(text)

    def _start_row(self, number: str | None) -> None:
        """A row without a number follows the one before."""
        self._row = self._row + 1 if number is None else _whole(number, LAST_ROW)
        self._column, self._cells = 0, self.rows.get(self._row, {})

    def _start_cell(self, ref: str | None) -> None:
        """A cell without a reference follows the one before; one of another row stands nowhere."""
        if ref is None:
            self._column += 1
            return
        letters = ref.rstrip("0123456789")
        column = self._letters.get(letters, 0)
        if not column and (column := column_number(letters)):
            self._letters[letters] = column
        self._column = column if ref[len(letters) :] == str(self._row) else 0

    def _keep(self) -> None:
        self._left -= 1
        if self._left < 0:
            most = f"at most {MOST_CELLS:,}"
            raise refusal("too-many-cells", self._place, "too many filled cells", most, EMPTY)
        if not (0 < self._column <= LAST_COLUMN and self._row):
            self.misplaced += 1
            return
        if not self._cells:
            self.rows[self._row] = self._cells
        raw = Raw(self._type, self._style, self._budget.keep(self._value.text), self._formula)
        self._cells[self._column] = raw if self._column not in self._cells else TWICE


_C, _V, _T, _F, _ROW, _RPH, _DATA = (MAIN + tag for tag in ("c", "v", "t", "f", "row", "rPh", "sheetData"))


def _whole(text: str, most: int) -> int:
    """A number from 1 to ``most``, else 0."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if number <= most else 0


def column_number(letters: str) -> int:
    """The number of a column, from 1; 0 where there is no such column.

    >>> column_number("A"), column_number("AB"), column_number("XFD"), column_number("XFE"), column_number("a")
    (1, 28, 16384, 0, 0)
    """
    if not re.fullmatch("[A-Z]{1,3}", letters):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= LAST_COLUMN else 0


def column_letters(number: int) -> str:
    """The letters of a column.

    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
