"""Write CSV files that a spreadsheet opens without running anything, and that read back exactly as they were."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice

# OWASP, CSV Injection: what a spreadsheet may take for the beginning of a formula (in full width as well), also behind
# quotes that end a cell; and the apostrophe itself, so that exactly one can be taken off again. A cell begins with each
# line, and after each separator that a spreadsheet may split the text at, whichever one the file was written with.
_CELL = r"(?:\A|(?<=[,;\t|\r\n]))"
_RISKY = r'(?="*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20' + "'])"
_TO_MARK, _MARKED = re.compile(_CELL + _RISKY), re.compile(rf"{_CELL}'{_RISKY}|\A'")

LINES_AT_ONCE = 1000


def neutral(text: str) -> str:
    """Return the text with an apostrophe wherever a spreadsheet could take what follows for a formula.

    >>> neutral("=1+1"), neutral("'quoted'"), neutral("so;=1+1"), neutral("Ana")
    ("'=1+1", "''quoted'", "so;'=1+1", 'Ana')
    """
    return _TO_MARK.sub("'", text)


def original(text: str) -> str:
    """Return the text that was neutralised, without these apostrophes.

    >>> original(neutral("'=1+1")), original("Ana's"), original("this,'that'")
    ("'=1+1", "Ana's", "this,'that'")
    """
    return _MARKED.sub("", text)


def csv_bytes(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    r"""Return a CSV file as spreadsheets read it: UTF-8 with a byte order mark, commas, CRLF, all quoted and neutral.

    >>> csv_bytes(["name", "note"], [["Zoë", "-1, or less"]])
    b'\xef\xbb\xbf"name","note"\r\n"Zo\xc3\xab","\'-1, or less"\r\n'
    """
    return b"".join(csv_blocks(header, rows))


def csv_blocks(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """Yield the same file in blocks of lines, so that a long one is never held in memory as a whole."""
    lines, mark = chain([header], ([neutral(cell) for cell in row] for row in rows)), "\ufeff"
    while block := list(islice(lines, LINES_AT_ONCE)):
        text = StringIO()
        csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(block)
        yield (mark + text.getvalue()).encode()
        mark = ""
