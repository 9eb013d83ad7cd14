"""CSV files that a spreadsheet opens without running anything in them, and that read back exactly as they were."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice

# OWASP, CSV Injection: what a spreadsheet may take for the beginning of a formula (in full width as well); and the
# apostrophe itself, so that exactly one can be taken off again.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")


LINES_AT_ONCE = 1000


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
    return b"".join(csv_blocks(header, rows))


def csv_blocks(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """The same, some lines at a time: no more of a long file is held at once."""
    write = csv.writer(_Back(), lineterminator="\r\n").writerow
    lines = chain(["\ufeff", write(header)], (write([neutral(cell) for cell in row]) for row in rows))
    while block := "".join(islice(lines, LINES_AT_ONCE)):
        yield block.encode()


class _Back:
    """What a CSV writer writes to; what is written comes back from its ``writerow``."""

    def write(self, line: str) -> str:
        return line
