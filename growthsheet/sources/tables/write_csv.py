"""Write CSV files that a spreadsheet opens without running anything, and that read back exactly as they were."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain, islice

# OWASP, CSV Injection: what a spreadsheet may take for the beginning of a formula (in full width as well); and the
# apostrophe itself, so that exactly one can be taken off again.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")


LINES_AT_ONCE = 1000


def neutral(text: str) -> str:
    """Return the text with an apostrophe before it if a spreadsheet could take it for a formula.

    >>> neutral("=1+1"), neutral("'quoted'"), neutral("Ana")
    ("'=1+1", "''quoted'", 'Ana')
    """
    return f"'{text}" if text.startswith(RISKY) else text


def original(text: str) -> str:
    """Return the text that was neutralised, without its one apostrophe.

    >>> original(neutral("'=1+1")), original("Ana's")
    ("'=1+1", "Ana's")
    """
    return text.removeprefix("'")


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    r"""Return a CSV file as spreadsheets read it: UTF-8 with a byte order mark, commas, CRLF, every text neutral.

    >>> csv_bytes(["name", "note"], [["Zoë", "-1, or less"]])
    b'\xef\xbb\xbfname,note\r\nZo\xc3\xab,"\'-1, or less"\r\n'
    """
    return b"".join(csv_blocks(header, rows))


def csv_blocks(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield the same file in blocks of lines, so that a long one is never held in memory as a whole."""
    write = csv.writer(_Back(), lineterminator="\r\n").writerow
    lines = chain(["\ufeff", write(header)], (write([neutral(cell) for cell in row]) for row in rows))
    while block := "".join(islice(lines, LINES_AT_ONCE)):
        yield block.encode()


class _Back:
    """A file for a CSV writer whose ``write`` returns the text, so that ``writerow`` returns it as well."""

    def write(self, line: str) -> str:
        return line
