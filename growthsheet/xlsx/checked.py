"""XlsxWriter behind one small wrapper: typed writes only, and whatever it would warn about is an error with its place.

``write()`` is not offered: it guesses types, and text from people would become formulas and live links.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from ..errors import WorkbookError
from ..expr import NOT_AVAILABLE

if TYPE_CHECKING:
    from xlsxwriter.format import Format

MAX_FORMULA = 8_192
MAX_PROMPT_TITLE, MAX_PROMPT = 32, 255
MAX_TEXT, MAX_FOOTER, MAX_PROPERTY, MAX_HEIGHT = 32_767, 255, 255, 409


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

    XlsxWriter searches each formula for functions newer than Excel 2010, with 30 regular expressions: half of the
    time that a workbook takes. The vocabulary has no such function.
    """

    def write_formula(self, row: int, col: int, formula: str, cell_format: Any = None, value: Any = 0) -> int:
        """Put a formula into a cell."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class CheckedSheet:
    """One worksheet; rows and columns count from 0, as in XlsxWriter."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.raw = worksheet
        self.name: str = worksheet.get_name()
        self.added = 0.0
        """How many points its rows are higher than default ones."""

    def text(self, row: int, col: int, text: str, look: Format | None = None) -> None:
        """Write a text as it is; it never becomes a formula, a link or a number."""
        if len(text) * 2 > MAX_TEXT and units(text) > MAX_TEXT:
            said = f"a text of {units(text):,} characters (at most {MAX_TEXT:,})"
            raise WorkbookError(f"{self._place(row, col)}: {said}")
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
            cached = CachedText(escaped(value))
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
        title, message = options.get("input_title", ""), options.get("input_message", "")
        if units(title) > MAX_PROMPT_TITLE or units(message) > MAX_PROMPT:
            raise WorkbookError(f"{self._place(*first)}: the input message is too long: {message!r}")
        self.ok(self.raw.data_validation(*first, *last, options), *first)

    def conditional(self, first: tuple[int, int], last: tuple[int, int], formula: str, look: Format) -> None:
        """Give the cells of a range a look where a formula holds; later rules are not tried then."""
        rule = {"type": "formula", "criteria": formula, "format": look, "stop_if_true": True}
        self.ok(self.raw.conditional_format(*first, *last, rule), *first)

    def height(self, row: int, points: float) -> None:
        """Give a row a height; the highest that there is where it would be more."""
        self.ok(self.raw.set_row(row, min(points, MAX_HEIGHT)), row)
        self.added += min(points, MAX_HEIGHT) - self.raw.default_row_height

    def heights_elsewhere(self, row: int, points: Iterable[float]) -> None:
        """Tell how high rows are that are not drawn by XlsxWriter: it places notes and charts by them."""
        sizes: dict[float, list[Any]] = {}  # one list for all rows of a height
        for number, height in enumerate(points, row):
            self.raw.row_sizes[number] = sizes.setdefault(height, [int(height * 4 / 3 + 0.5), False])

    def footer(self, text: str) -> None:
        """Print a text as it is below each page, with the tab's name and the page's number beside it."""
        codes = ("&L&8 ", "&C&8&A&R&8&P / &N")  # the blank keeps digits of the text from joining the font's size
        most = MAX_FOOTER - units("".join(codes))
        shown = literal(text)
        for length in range(most, 0, -1):
            if units(shown) <= most:
                break
            shown = literal(shortened(text, length))
        self.ok(self.raw.set_footer("&A"))
        self.raw.footer = shown.join(codes)  # set_footer() would take the end of "R&&G" for a picture

    def ok(self, result: object, row: int = 0, col: int = 0) -> None:
        """Turn XlsxWriter's negative answers into an error."""
        if result not in (None, 0):
            raise WorkbookError(f"{self._place(row, col)}: XlsxWriter refused it ({result})")

    def _place(self, row: int, col: int) -> str:
        return f"{self.name}!{xl_rowcol_to_cell(row, col)}"


def units(text: str) -> int:
    """How many UTF-16 units a text has: what Excel counts.

    >>> units("plan"), units("🎯")
    (4, 2)
    """
    return len(text.encode("utf-16-le")) // 2


def shortened(text: str, most: int = MAX_PROMPT) -> str:
    """A text that fits, with an ellipsis where it was cut.

    >>> shortened("A long message", 8)
    'A long …'
    """
    if units(text) <= most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def escaped(text: str) -> str:
    """A text as it stands in the file, where XlsxWriter does not see to it: ``_x0041_`` there would mean ``A``.

    >>> escaped("_x0041_")
    '_x005F_x0041_'
    """
    return re.sub(r"(_x[0-9a-fA-F]{4}_)", r"_x005F\1", text) if "_x" in text else text


def literal(text: str) -> str:
    """A text for a footer, in which ``&`` begins a code, on one line."""
    return " ".join(text.replace("&", "&&").split())
