"""CSV files that a spreadsheet opens without running anything in them, and that read back exactly as they were."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

# OWASP, CSV Injection: what a spreadsheet may take for the beginning of a formula (in full width as well); and the
# apostrophe itself, so that exactly one can be taken off again.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one apostrophe before what could begin one.

    >>> neutral("=1+1"), neutral("'quoted'"), neutral("Ana")
    ("'=1+1", "''quoted'", 'Ana')
    """
    return f"'{text}" if text.startswith(RISKY) else text


def original(text: str) -> str:
    """The text that was neutralised: exactly one apostrophe is taken off.

    >>> original(neutral("'=1+1")), original("Ana's")
    ("'=1+1", "Ana's")
    """
    return text.removeprefix("'")


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    r"""A CSV file as spreadsheets read it: UTF-8 with a byte order mark, commas, CRLF, every text neutral.

    >>> csv_bytes(["name", "note"], [["Zoë", "-1, or less"]])
    b'\xef\xbb\xbfname,note\r\nZo\xc3\xab,"\'-1, or less"\r\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
