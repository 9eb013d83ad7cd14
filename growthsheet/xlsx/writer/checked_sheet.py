"""A wrapper of XlsxWriter's worksheet with typed writes only, which turns its warnings into errors with the place.

It has no ``write()``, which guesses types: text from people would become formulas and links.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from growthsheet.errors import WorkbookError
from growthsheet.model.excel_limits import MAX_FOOTER, MAX_FORMULA, MAX_HEIGHT, MAX_PROMPT, MAX_PROMPT_TITLE, units
from growthsheet.workbook.styles import BAR
from growthsheet.workbook.tables import as_cell
from growthsheet.xlsx.writer.layout import ROW_HEIGHT, ROW_MARK
from growthsheet.xlsx.writer.worksheet import result, too_long

if TYPE_CHECKING:
    from xlsxwriter.format import Format


class CheckedSheet:
    """One worksheet; rows and columns count from 0, as in XlsxWriter."""

    def __init__(self, worksheet: Worksheet) -> None:
        self.raw = worksheet
        self.name: str = worksheet.get_name()
        # the fast worksheet, which is not imported here: it loads with tested versions of XlsxWriter only
        self._quick = hasattr(type(worksheet), "write_values")
        self.added = 0.0
        """The height of all rows beyond the default height, in points."""
        self.heights: dict[int, float] = {}

    def text(self, row: int, col: int, text: str, look: Format | None = None) -> None:
        """Write a text as it is; it never becomes a formula, a link or a number."""
        if found := too_long(text):
            raise WorkbookError(f"{self._place(row, col)}: {found}")
        self.ok(self.raw.write_string(row, col, text, look), row, col)

    def number(self, row: int, col: int, number: float, look: Format | None = None) -> None:
        """Write a finite number."""
        self.ok(self.raw.write_number(row, col, number, look), row, col)

    def blank(self, row: int, col: int, look: Format | None = None) -> None:
        """Format an empty cell."""
        self.ok(self.raw.write_blank(row, col, None, look), row, col)

    def cell(self, row: int, col: int, value: Any, look: Format | None = None) -> None:
        """Write a value of the model: a text, a number, a date or nothing."""
        value = as_cell(value)
        if value is None:
            self.blank(row, col, look)
        elif isinstance(value, str):
            self.text(row, col, value, look)
        else:
            self.number(row, col, value, look)

    def formula(self, row: int, col: int, formula: str, value: Any, look: Format | None = None) -> None:
        """Write a formula with its value."""
        try:
            cached = result(value)
        except ValueError:
            found = f"{formula} has the value {value!r}, which no cell holds"
            raise WorkbookError(f"{self._place(row, col)}: {found}") from None
        if len(formula) > MAX_FORMULA:
            raise WorkbookError(
                f"{self._place(row, col)}: a formula of {len(formula):,} characters (at most {MAX_FORMULA:,})"
            )
        self.ok(self.raw.write_formula(row, col, formula, look, cached), row, col)

    def cells(self, row: int, col: int, values: Sequence[Any], looks: Iterable[Format]) -> None:
        """Write values of the model below one another."""
        if self._quick and self.raw.write_values(row, col, values, looks):
            return
        for n, (value, look) in enumerate(zip(values, looks, strict=False), row):
            self.cell(n, col, value, look)

    def formulas(self, row: int, col: int, formula: str, values: Sequence[Any], looks: Iterable[Format]) -> None:
        """Write a formula into each row, with its value; ``ROW_MARK`` in it is replaced by the row's number."""
        if self._quick and self.raw.write_formulas(row, col, formula, values, looks):
            return
        for n, (value, look) in enumerate(zip(values, looks, strict=False), row):
            self.formula(n, col, formula.replace(ROW_MARK, str(n + 1)), value, look)

    def link(self, row: int, col: int, sheet: str, text: str, look: Format | None = None, cell: str = "A1") -> None:
        """Write a link to a cell of a tab."""
        target = "internal:'" + sheet.replace("'", "''") + f"'!{cell}"
        self.ok(self.raw.write_url(row, col, target, look, text), row, col)

    def validation(self, first: tuple[int, int], last: tuple[int, int], options: dict[str, Any]) -> None:
        """Set the data validation of a range: what may be typed into its cells."""
        title, message = options.get("input_title", ""), options.get("input_message", "")
        if units(title) > MAX_PROMPT_TITLE or units(message) > MAX_PROMPT:
            raise WorkbookError(f"{self._place(*first)}: the input message is too long: {message!r}")
        self.ok(self.raw.data_validation(*first, *last, options), *first)

    def conditional(self, first: tuple[int, int], last: tuple[int, int], formula: str, look: Format) -> None:
        """Add a conditional format to a range; cells that match it are not tested with later rules."""
        rule = {"type": "formula", "criteria": formula, "format": look, "stop_if_true": True}
        self.ok(self.raw.conditional_format(*first, *last, rule), *first)

    def bars(self, first: tuple[int, int], last: tuple[int, int], only: bool = False) -> None:
        """Show numbers from 0 to 1 as bars in their cells, and with ``only`` not as numbers."""
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        look = {"bar_solid": True, "bar_only": only, "bar_color": "#" + BAR, "data_bar_2010": True}
        rule = {"type": "data_bar", **ends, **look}
        self.ok(self.raw.conditional_format(*first, *last, rule), *first)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row, to at most the highest that Excel allows; two tables side by side share it."""
        height = max(min(points, MAX_HEIGHT), self.heights.get(row, 0))
        self.ok(self.raw.set_row(row, height), row)
        self.added += height - self.heights.get(row, ROW_HEIGHT)
        self.heights[row] = height

    def grow(self, first: int, last: int) -> None:
        """Let rows grow with what is typed into them; no documented method of XlsxWriter does so."""
        if hasattr(self.raw, "growing"):
            self.raw.growing.update(range(first, last + 1))

    def rows_elsewhere(self, row: int, points: Sequence[float], columns: Collection[int]) -> None:
        """Register rows that are written elsewhere: their heights, for notes and charts, and the columns they fill."""
        self.raw.elsewhere.append((range(row, row + len(points)), columns))
        sizes: dict[float, list[Any]] = {}  # one list for all rows of a height
        for number, height in enumerate(points, row):
            self.raw.row_sizes[number] = sizes.setdefault(height, [int(height * 4 / 3 + 0.5), False])

    def footer(self, text: str) -> None:
        """Set the footer: a text as it is, with the tab's name and the page's number beside it."""
        self.ok(self.raw.set_footer("&A"))
        self.raw.footer = _coded(text, "&L&8 ", "&C&8&A&R&8&P / &N")  # set_footer() would take "R&&G" for a picture

    def header(self, text: str) -> None:
        """Set the header of each page: the tab's name, and below it a text as it is."""
        self.ok(self.raw.set_header("&A"))
        self.raw.header = _coded(text, "&L&14&A\n&8 ", "")

    def ok(self, result: object, row: int = 0, col: int = 0) -> None:
        """Raise WorkbookError if a method of XlsxWriter returned an error code."""
        if result not in (None, 0):
            raise WorkbookError(f"{self._place(row, col)}: XlsxWriter refused it ({result})")

    def _place(self, row: int, col: int) -> str:
        return f"{self.name}!{xl_rowcol_to_cell(row, col)}"


def shortened(text: str, most: int = MAX_PROMPT) -> str:
    """Return a text of at most ``most`` UTF-16 units, with an ellipsis if it was cut.

    >>> shortened("A long message", 8)
    'A long …'
    """
    if units(text) <= most:
        return text
    return text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore") + "…"


def literal(text: str) -> str:
    """Return a text on one line for a footer, with ``&``, which begins a code there, doubled."""
    return " ".join(text.replace("&", "&&").split())


def _coded(text: str, before: str, after: str) -> str:
    """Return a header or footer with a text between its codes, shortened where both are too long for Excel.

    A blank at the end of the codes keeps digits of the text from joining the font's size.
    """
    most, shown = MAX_FOOTER - units(before + after), literal(text)
    for length in range(most, 0, -1):
        if units(shown) <= most:
            break
        shown = literal(shortened(text, length))
    return before + shown + after
