"""Functions for what a cell holds."""

from __future__ import annotations

import math
import re
from typing import Any

from growthsheet.expr import NOT_AVAILABLE
from growthsheet.model.excel_limits import MAX_TEXT, units


class CachedText(str):
    """A formula's text result for XlsxWriter, which is not equal to any text.

    XlsxWriter writes an empty result without a type, so that LibreOffice computes it again, and treats a text like
    ``#N/A`` as an error. It tests for both by equality.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


def result(value: Any) -> Any:
    """Return a formula's value for XlsxWriter; raise ValueError if a cell cannot hold it."""
    if value is None:
        return CachedText("")
    if isinstance(value, str):
        return CachedText(escaped(value))
    if value is NOT_AVAILABLE:
        return "#N/A"  # a plain text, which XlsxWriter writes as an error value
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError(value)
    return int(value) if value == int(value) and abs(value) < 1e15 else float(value)


def too_long(text: str) -> str:
    """Return a message about a text that is too long for a cell; blank for any other text."""
    if len(text) * 2 > MAX_TEXT and units(text) > MAX_TEXT:
        return f"a text of {units(text):,} characters (at most {MAX_TEXT:,})"
    return ""


def escaped(text: str) -> str:
    """Return a text escaped for the file where XlsxWriter does not do so: ``_x0041_`` there would mean ``A``.

    >>> escaped("_x0041_")
    '_x005F_x0041_'
    """
    return re.sub(r"(_x[0-9a-fA-F]{4}_)", r"_x005F\1", text) if "_x" in text else text
