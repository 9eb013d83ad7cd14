"""What the cells of a returned workbook say in the model's words: codes for labels, decimals for amounts.

The reader has judged every cell: what comes here is what its column asks for, or has been refused there.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from growthsheet.xlsx.reader.returned import ReturnedCell


class Unknown(Exception):
    """A word that is no entry of its list: the ``text`` itself, and what is ``wanted``."""

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(wanted)
        self.text, self.wanted = text, wanted


def is_blank(cell: ReturnedCell) -> bool:
    """Whether nothing stands in a cell."""
    return cell.value is None and not cell.refused


def as_read(value: Any) -> Any:
    """A rating or a date, as the reader took it."""
    return value


def amount_of(value: float) -> Decimal:
    """An amount of money; a spreadsheet computes with 15 digits.

    >>> amount_of(0.1 + 0.2)
    Decimal('0.3')
    """
    return Decimal(f"{value:.15g}")


def label(text: str, codes: Mapping[str, str], of: str) -> str:
    """The code behind a label of a drop-down list; capital and small letters do not count."""
    try:
        return codes[_folded(text)]
    except KeyError:
        raise Unknown(text.strip(), f"one of the {of}") from None


def codes_of(labels: Mapping[str, str]) -> dict[str, str]:
    """What :func:`label` looks up: for each code's label, and the code itself, the code.

    >>> codes_of({"books": "Books and subscriptions"})
    {'books': 'books', 'books and subscriptions': 'books'}
    """
    return {_folded(code): code for code in labels} | {_folded(words): code for code, words in labels.items()}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
