"""Convert the cells of a returned workbook to the model's values: codes for labels, decimals for amounts.

The reader has checked every cell: it either has the type that its column expects, or was refused there.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from growthsheet.text.folding import without_case
from growthsheet.xlsx.reader.returned import ReturnedCell


class Unknown(Exception):
    """Raised for a word that is not in its list: the ``text`` itself, and what is ``wanted``."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(wanted)
        self.text, self.wanted = text, wanted


def is_blank(cell: ReturnedCell) -> bool:
    """Return whether a cell is empty."""
    return cell.value is None and not cell.refused


def as_read(value: Any) -> Any:
    """Return a rating or a date unchanged, as the reader read it."""
    return value


def amount_of(value: float) -> Decimal:
    """Return an amount of money, rounded to the 15 digits that a spreadsheet computes with.

    >>> amount_of(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(f"{value:.15g}")


def label(text: str, codes: Mapping[str, str], of: str) -> str:
    """Return the code of a label of a drop-down list; upper and lower case are the same."""
    try:
        return codes[without_case(text)]
    except KeyError:
        raise Unknown(text.strip(), f"one of the {of}") from None


def codes_of(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the mapping that :func:`label` looks up: from each code's label, and the code itself, to the code.

    >>> codes_of({"books": "Books and subscriptions"})
    {'books': 'books', 'books and subscriptions': 'books'}
    """
    return {without_case(code): code for code in labels} | {without_case(words): code for code, words in labels.items()}
