"""Convert filled-in cells to ratings, amounts, dates or texts; report those that cannot be converted.

Reports name the kind of a cell, never its content: ratings are candid, and amounts may be pay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from growthsheet.model.excel_limits import MAX_TEXT, units
from growthsheet.model.ratings import NOT_APPLICABLE
from growthsheet.text.folding import folded
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER, MOST, read_number
from growthsheet.workbook.styles import STYLES
from growthsheet.xlsx.reader.cells import StoredCell, StoredValue

Wanted = Literal["rating", "amount", "share", "number", "date", "text"]

_NONE_APPLIES = re.compile(r"n\s?[./]\s?a\s?\.?", re.IGNORECASE)
"""Other spellings of n/a."""
_LABELLED = re.compile(r"([+-]?\d{1,9})[ :.)\u2013\u2014-]*(\D.*)", re.ASCII)
"""A point of a scale with its label, such as ``3 - Skilled``."""
_WHOLE = re.compile(r"[+-]?\d{1,9}(?:[.,]0{1,9})?", re.ASCII)
_LINE_ENDS = {0x0B: "\n", 0x0D: "\n"}
"""Other line ends within a text; the first is in text that is copied from word processors."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_KINDS = {
    "number": "a number",
    "text": "a text",
    "truth": "a truth value (TRUE or FALSE)",
    "error": "an error value",
    "date": "a date",
}


NO_LABELS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CellReading:
    """The converted value of a cell, or a problem. With a ``code`` and no ``note``, the cell was refused."""

    value: StoredValue = None
    code: str = ""
    said: str = ""
    wanted: str = ""
    hint: str = ""
    note: bool = False

    @property
    def refused(self) -> bool:
        """True if the cell could not be converted."""
        return bool(self.code) and not self.note


def take_cell(
    cell: StoredCell,
    wanted: Wanted,
    points: Collection[int] | None = None,
    dates: str = "yyyy-mm-dd",
    labels: Mapping[str, int] = NO_LABELS,
) -> CellReading:
    """Convert a cell to the kind of value expected there; a blank cell gives None.

    ``points`` are the points of a rating's scale, if they are known, and ``labels`` their labels as :func:`as_label`
    gives them; ``dates`` is the form of dates of its language.

    >>> take_cell(StoredCell("text", " 3 "), "rating", range(5))
    CellReading(value=3, code='read-as-number', said='a text', wanted='', hint='it was read as a number', note=True)
    >>> take_cell(StoredCell("number", 7), "rating", range(5)).code
    'off-scale'
    >>> take_cell(StoredCell("number", 3, formula=True), "rating").code
    'formula-in-rating'
    """
    if is_blank_cell(cell):
        return CellReading()
    if cell.kind == "broken":
        return CellReading(None, "damaged-cell", str(cell.value), _WANTED[wanted], "type it again")
    if wanted == "rating":
        return _rating(cell, points, labels)
    taken = _date(cell, dates) if wanted == "date" else _text(cell) if wanted == "text" else _bounded(cell, wanted)
    if cell.formula and cell.value is None:
        said, hint = "a formula without a value", "type the value"
        return CellReading(None, "formula-without-value", said, _WANTED[wanted], hint)
    if cell.formula and not taken.code:
        hint = "its value when the file was saved was taken"
        return CellReading(taken.value, "formula-value-taken", "a formula", hint=hint, note=True)
    return taken


def wanted_in(style: str) -> Wanted:
    """Return the kind of value that a column with this style expects."""
    if style in ("rating", "vote"):
        return "rating"
    if STYLES[style].money:
        return "amount"
    return "date" if style == "date" else "number" if style == "number" else "text"


def as_label(text: str) -> str:
    """Return a label of a point as it is compared: without case, accents and unusual spaces."""
    return folded(" ".join(text.split()))


def is_blank_cell(cell: StoredCell) -> bool:
    """Return whether a cell is empty or holds only spaces."""
    return not cell.formula and (cell.kind == "blank" or (cell.kind == "text" and not str(cell.value).strip()))


_WANTED = {
    "rating": f"a point of the scale, {NOT_APPLICABLE}, or nothing",
    "amount": "an amount of 0 or more, without a currency sign",
    "share": "a rate from 0% to 100%",
    "number": "a number",
    "date": "a date, such as 2026-03-31",
    "text": "a text",
}


def _rating(cell: StoredCell, points: Collection[int] | None, labels: Mapping[str, int]) -> CellReading:
    scale = f"{', '.join(map(str, points))}, {NOT_APPLICABLE}, or nothing" if points else _WANTED["rating"]
    hint = "choose from the list of the cell"
    value = cell.value
    if cell.formula:
        return CellReading(None, "formula-in-rating", "a formula", scale, hint)
    if cell.kind == "text":
        text = str(value).strip()
        if _NONE_APPLIES.fullmatch(text):
            told = CellReading(NOT_APPLICABLE, "read-as-not-applicable", "another spelling", note=True)
            return CellReading(NOT_APPLICABLE) if value == NOT_APPLICABLE else told
        value = int(re.split("[.,]", text)[0]) if _WHOLE.fullmatch(text) else _labelled(text, labels)
        if value is None:
            return CellReading(None, "text-in-rating", "a text", scale, hint)
    elif cell.kind != "number":
        return CellReading(None, f"{cell.kind}-in-rating", _KINDS[cell.kind], scale, hint)
    if not isinstance(value, int) or (points is not None and value not in points):
        return CellReading(None, "off-scale", "a number that is not on the scale", scale, hint)
    if cell.kind == "text":
        return CellReading(value, "read-as-number", "a text", hint="it was read as a number", note=True)
    return CellReading(value)


def _labelled(text: str, labels: Mapping[str, int]) -> int | None:
    """Return the point with a label, with its number before it or alone; None if there is none, or they disagree."""
    parts = _LABELLED.fullmatch(" ".join(text.split()))
    if (value := labels.get(as_label(text))) is not None or not parts:
        return value
    value = labels.get(as_label(parts[2]))
    return value if value == int(parts[1]) else None


_LIMITS = {"share": (1, "not-a-rate"), "amount": (int(MOST), "not-an-amount"), "number": (int(MOST), "not-a-number")}


def _bounded(cell: StoredCell, wanted: Wanted) -> CellReading:
    most, code = _LIMITS[wanted]
    least = -most if wanted == "number" else 0
    if cell.kind == "text":
        meanings = _meanings(str(cell.value), least, most, wanted)
        if len(meanings) > 1:
            return CellReading(None, "decimal-mark-unclear", "a text: thousands or decimals?", CLEAR_NUMBER, CLEAR_HINT)
        for number in meanings:
            return CellReading(number, "read-as-number", "a text", hint="it was read as a number", note=True)
    value = cell.value
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        negative = cell.kind == "number" and isinstance(value, int | float) and value < 0
        said = "a negative number" if negative else _KINDS.get(cell.kind, "nothing")
        return CellReading(None, code, said, _WANTED[wanted], "type a plain number")
    return CellReading(value)


def _meanings(text: str, least: int, most: int, wanted: Wanted) -> list[int | float]:
    """Return the numbers that a text can mean, of those that a spreadsheet can store exactly."""
    written = read_number(text)
    if not written or written.sign not in ("", "%" if wanted == "share" else ""):
        return []  # it is not known here whether it is the currency of the row
    found = [value / 100 if written.sign else value for value in written.values.values()]
    fit = {value for value in found if least <= value <= most and Decimal(f"{value:.15g}") == value}
    return sorted(int(value) if value == int(value) else float(value) for value in fit)


def _date(cell: StoredCell, form: str) -> CellReading:
    if cell.kind == "date":
        return CellReading(cell.value)
    if cell.kind == "text":
        text = str(cell.value).strip()
        parts = re.escape(form).replace("yyyy", r"(?P<y>\d{4})").replace("mm", r"(?P<m>\d\d?)")
        written = re.fullmatch(parts.replace("dd", r"(?P<d>\d\d?)"), text, re.ASCII)
        with suppress(ValueError):
            day = date(*(int(written[part]) for part in "ymd")) if written else date.fromisoformat(text[:11])
            hint = f"it was read as a date, {form if written else 'yyyy-mm-dd'}"
            return CellReading(day, "read-as-date", "a text", hint=hint, note=True)
    return CellReading(None, "not-a-date", _KINDS.get(cell.kind, "nothing"), _WANTED["date"], "type it as 2026-03-31")


def _text(cell: StoredCell) -> CellReading:
    hint = "type it as text"
    match cell.value:
        case bool() as truth:
            text = str(truth).upper()
        case int() | float() as number:
            text = f"{number:.15g}"
        case date() as day:
            text = day.isoformat()
        case str() as said if cell.kind == "text":
            text = said.replace("\r\n", "\n").translate(_LINE_ENDS)
            kept = _UNFIT.sub("", text)
            if units(kept) > MAX_TEXT:
                most = f"at most {MAX_TEXT:,} characters"
                return CellReading(None, "text-too-long", "a text too long", most, "shorten it")
            if kept == text:
                return CellReading(text)
            taken, hint = kept if kept.strip() else None, "the text was taken without them"
            return CellReading(taken, "characters-left-out", "control characters", hint=hint, note=True)
        case _:
            return CellReading(None, "not-a-text", _KINDS.get(cell.kind, "nothing"), _WANTED["text"], hint)
    return CellReading(text, "read-as-text", _KINDS[cell.kind], hint="it was read as a text", note=True)
