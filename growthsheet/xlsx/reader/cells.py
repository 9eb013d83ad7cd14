"""The values of cells that are stored in a sheet.

Cells are kept as they are stored while the sheet is read, and decoded on use. So a broken cell that is not used does no
harm, and one that is used is one problem and does not stop the reading of the sheet.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from growthsheet.model.excel_limits import LAST_COLUMN, MAX_TEXT

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOST_DECODED = 20_000

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
    decoded: dict[Raw, StoredCell] = field(default_factory=dict, repr=False)
    """Cells that were decoded before: many are alike, and each is asked for several times."""

    def cell(self, raw: Raw | None) -> StoredCell:
        """Return the value of a raw cell."""
        if raw is None:
            return BLANK_CELL
        found = self.decoded.get(raw)
        if found is None:
            if len(self.decoded) > MOST_DECODED:
                self.decoded.clear()
            found = self.decoded[raw] = self._cell(raw)
        return found

    def _cell(self, raw: Raw) -> StoredCell:
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
