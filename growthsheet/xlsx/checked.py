"""XlsxWriter behind one small wrapper: typed writes only, and whatever it would warn about is an error with its place.

``write()`` is not offered: it guesses types, and text from people would become formulas and live links.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from ..errors import WorkbookError
from ..expr import NOT_AVAILABLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format

MAX_FORMULA = 8_192
MAX_PROMPT_TITLE, MAX_PROMPT = 32, 255


class CachedText(str):
    """A formula's text result as XlsxWriter must see it.

    XlsxWriter leaves the type off an empty result, so that LibreOffice computes it anew, and takes a text like
    ``#N/A`` for an error. It tests by equality, so this text equals nothing.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


class PlainWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A worksheet whose formulas are written as they are.

    XlsxWriter rewrites each formula for functions newer than Excel 2010, with 29 regular expressions: half of the
    time that a workbook takes. The vocabulary has no such function.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class CheckedSheet:
    """One worksheet; rows and columns count from 0, as in XlsxWriter."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.raw = worksheet
        self.name: str = worksheet.get_name()

    def text(self, row: int, col: int, text: str, look: Format | None = None) -> None:
        """Write a text as it is; it never becomes a formula, a link or a number."""
        self.ok(self.raw.write_string(row, col, text, look), row, col)

    def number(self, row: int, col: int, number: float, look: Format | None = None) -> None:
        """Write a finite number."""
        self.ok(self.raw.write_number(row, col, number, look), row, col)

    def blank(self, row: int, col: int, look: Format | None = None) -> None:
        """Format an empty cell."""
        self.ok(self.raw.write_blank(row, col, None, look), row, col)

    def cell(self, row: int, col: int, value: Any, look: Format | None = None) -> None:
        """Write a value of the model: a text, a number or nothing."""
        if value is None or value == "":
            self.blank(row, col, look)
        elif isinstance(value, str):
            self.text(row, col, value, look)
        else:
            self.number(row, col, value, look)

    def formula(self, row: int, col: int, formula: str, value: Any, look: Format | None = None) -> None:
        """Write a formula with its value; the one place where formulas enter a workbook."""
        if value is None:
            cached: Any = CachedText("")
        elif isinstance(value, str):
            cached = CachedText(value)
        elif value is NOT_AVAILABLE:
            cached = "#N/A"  # a plain text, which XlsxWriter takes for the error that it is
        elif isinstance(value, bool) or not math.isfinite(value):
            raise WorkbookError(f"{self._place(row, col)}: {formula} has the value {value!r}, which no cell holds")
        else:
            cached = int(value) if value == int(value) and abs(value) < 1e15 else float(value)
        if len(formula) > MAX_FORMULA:
            raise WorkbookError(
                f"{self._place(row, col)}: a formula of {len(formula):,} characters (at most {MAX_FORMULA:,})"
            )
        self.ok(self.raw.write_formula(row, col, formula, look, cached), row, col)

    def link(self, row: int, col: int, sheet: str, text: str, look: Format | None = None) -> None:
        """Write a link to another tab."""
        target = "internal:'" + sheet.replace("'", "''") + "'!A1"
        self.ok(self.raw.write_url(row, col, target, look, text), row, col)

    def note(self, row: int, col: int, text: str) -> None:
        """Put a note on a cell."""
        # about 42 characters go on a line of a note 240 pixels wide, and a line is 17 pixels high
        height = 17 * (2 + len(text) // 38)
        options = {"author": "growthsheet", "width": 250, "height": height, "font_size": 9, "color": "#FFFFE1"}
        self.ok(self.raw.write_comment(row, col, text, options), row, col)

    def validation(self, first: tuple[int, int], last: tuple[int, int], options: dict[str, Any]) -> None:
        """Say what may be typed into a range."""
        if len(options.get("input_title", "")) > MAX_PROMPT_TITLE or len(options.get("input_message", "")) > MAX_PROMPT:
            raise WorkbookError(f"{self._place(*first)}: the input message is too long: {options['input_message']!r}")
        self.ok(self.raw.data_validation(*first, *last, options), *first)

    def conditional(self, first: tuple[int, int], last: tuple[int, int], formula: str, look: Format) -> None:
        """Give the cells of a range a look where a formula holds; later rules are not tried then."""
        rule = {"type": "formula", "criteria": formula, "format": look, "stop_if_true": True}
        self.ok(self.raw.conditional_format(*first, *last, rule), *first)

    def ok(self, result: object, row: int = 0, col: int = 0) -> None:
        """Turn XlsxWriter's negative answers into an error."""
        if result not in (None, 0):
            raise WorkbookError(f"{self._place(row, col)}: XlsxWriter refused it ({result})")

    def _place(self, row: int, col: int) -> str:
        return f"{self.name}!{xl_rowcol_to_cell(row, col)}"


def shortened(text: str, most: int = MAX_PROMPT) -> str:
    """A text that fits, with an ellipsis where it was cut.

    >>> shortened("A long message", 8)
    'A long …'
    """
    return text if len(text) <= most else text[: most - 1] + "…"
