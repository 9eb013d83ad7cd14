"""What one cell of a returned workbook says, as the model wants it.

The reader has taken ``" 3 "`` for 3 already, and told what it could not take; here a cell is held against the catalog,
and against the words that the workbook offered.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from ..model import NOT_APPLICABLE, Scale, Value
from ..model.parts import MAX_TEXT
from ..returned import Cell
from ..sources.documents import told
from ..sources.numbers import MOST


class Unfit(Exception):
    """A cell that does not say what its column asks for: the code of the problem, what was found, what is wanted."""

    def __init__(self, code: str, said: str, wanted: str, hint: str) -> None:
        super().__init__(code)
        self.code, self.said, self.wanted, self.hint = code, said, wanted, hint


class Unknown(Unfit):
    """A word that is no entry of its list; the text itself is in ``text``."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__("unknown-label", told(text), wanted, "choose one from the drop-down list")
        self.text = text


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in a cell; spaces are nothing, a formula is something."""
    return cell.kind != "formula" and (cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()))


def rating(cell: Cell, scale: Scale) -> Value:
    """A point of the scale or ``n/a``; nothing else, and never what a formula says."""
    value = cell.value
    if cell.kind != "formula" and value == NOT_APPLICABLE:
        return NOT_APPLICABLE
    if cell.kind != "formula" and isinstance(value, int) and not isinstance(value, bool) and value in scale.values:
        return value
    wanted = f"{', '.join(map(str, scale.values))}, {NOT_APPLICABLE}, or nothing"
    raise Unfit("not-a-rating", _kind(cell), wanted, "choose it from the list of the cell")


def text(cell: Cell) -> str:
    """A text without the spaces around it and without what no workbook can carry."""
    value = cell.value
    failed = cell.kind == "formula" and (value is None or str(value).startswith("#"))
    if failed or cell.kind in ("error", "broken") or not isinstance(value, str | int | float | date):
        raise Unfit("not-a-text", _kind(cell), "a text", "type it as text")
    kept = cleaned(f"{value:.15g}" if isinstance(value, float) else str(value))
    if len(kept.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise Unfit("text-too-long", f"{len(kept):,} characters", f"at most {MAX_TEXT:,}", "shorten it")
    return kept


def cleaned(value: str) -> str:
    r"""A text as it can be written again: line breaks as ``\n``, no control characters, no spaces around it.

    >>> cleaned(" Ten talks\r\nin May\x07 ")
    'Ten talks\nin May'
    """
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\t\n" or not _is_unfit(c)).strip()


def label(cell: Cell, codes: Mapping[str, str], of: str) -> str:
    """The code behind a label of a drop-down list; capital and small letters do not count."""
    said = text(cell)
    try:
        return codes[_folded(said)]
    except KeyError:
        raise Unknown(said, f"one of the {of}") from None


def codes_of(labels: Mapping[str, str]) -> dict[str, str]:
    """What :func:`label` looks up: for each code's label, and the code itself, the code.

    >>> codes_of({"books": "Books and subscriptions"})
    {'books': 'books', 'books and subscriptions': 'books'}
    """
    return {_folded(code): code for code in labels} | {_folded(words): code for code, words in labels.items()}


def day(cell: Cell) -> date:
    """A date."""
    if isinstance(cell.value, date):
        return cell.value.date() if isinstance(cell.value, datetime) else cell.value
    raise Unfit("not-a-date", _kind(cell), "a date, such as 2026-03-31", "type it as 2026-03-31")


def amount(cell: Cell) -> Decimal:
    """An amount of money, not negative."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= MOST:
        return Decimal(f"{value:.15g}")  # a spreadsheet computes with 15 digits: 0.1 + 0.2 is 0.3 there
    raise Unfit("not-an-amount", _kind(cell), "an amount of 0 or more, without a currency sign", "type a plain number")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_unfit(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in "\ufffe\uffff"


def _kind(cell: Cell) -> str:
    """What stands there, without the value: it may be confidential."""
    kinds = {"truth": "TRUE or FALSE", "broken": "a broken cell", "error": "an error value"}
    return kinds.get(cell.kind, f"a {cell.kind}")
