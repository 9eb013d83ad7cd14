"""The limits of Excel, from Microsoft's page "Excel specifications and limits" where no other source is named."""

from __future__ import annotations

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The number of rows and columns of a sheet."""

MAX_HEIGHT = 409
"""The greatest height of a row, in points."""

MAX_TEXT = 32_767
"""The greatest length of a text in a cell, in UTF-16 units."""

MAX_FORMULA = 8_192
"""The greatest length of a formula, in characters."""

MAX_FOOTER = 255
"""The greatest length of a footer, with its codes, in UTF-16 units."""

MAX_PROMPT_TITLE, MAX_PROMPT = 32, 255
"""The greatest length of the title and the text of an input message (XlsxWriter, data_validation)."""

MAX_PROPERTY = 255
"""The greatest length of a text in a custom property of a workbook (XlsxWriter, set_custom_property)."""

MAX_PASSWORD = 255
"""The greatest length of a password (MS-OFFCRYPTO 2.3.4.11)."""

MAX_PATH = 218
"""The greatest length of the path of a file that Excel opens, with its name, in UTF-16 units."""

MAX_STYLES = 65_490
"""The greatest number of different cell formats in a workbook."""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, which Excel counts instead of characters.

    >>> units("plan"), units("🎯")
    (4, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
