"""Read delimited text files (.csv, .tsv, .txt) strictly, from bytes to rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import lru_cache

from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

DELIMITERS = (",", ";", "\t", "|")
HEADER_LINES = 30
"""The number of lines that are searched for the header."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""A line with its end, as the csv module needs it; io.StringIO would take four bytes for each character."""

_HALVES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
"""Halves of a character as some systems write them into UTF-8, which has none."""

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

IsColumnName = Callable[[str], bool]
"""A function that returns whether a text is the name of a column that the reader looks for."""


def read_delimited(
    raw: bytes, known: IsColumnName, findings: ProblemList, encoding: str | None = None
) -> Iterator[list[str]]:
    r"""Yield the rows of a delimited text; raise :class:`InputError` if it cannot be read safely.

    >>> list(read_delimited(b"id;name\n7;Ana", {"id", "name"}.__contains__, ProblemList("people.csv")))
    [['id', 'name'], ['7', 'Ana']]
    """
    if not raw:
        raise findings.fatal("empty-file", findings.place, "the file is empty", "a table", "export it again")
    text = decoded(raw, findings, encoding)
    return _strictly(text, _delimiter(text, known), findings)


def decoded(raw: bytes, findings: ProblemList, encoding: str | None = None) -> str:
    r"""Return bytes as text: in the given encoding, or by byte order mark, else UTF-8, else (noted) Windows-1252.

    >>> findings = ProblemList("people.csv")
    >>> decoded("Zoë".encode("cp1252"), findings), findings.notes[0].code
    ('Zoë', 'encoding-guess')
    """
    marked = next((name for bom, name in _BOMS if raw.startswith(bom)), None)
    for name in [encoding] if encoding else [marked] if marked else ["utf-8", "cp1252"]:
        try:
            text = raw.decode(name)
        except LookupError:
            found, hint = quote(name), "utf-8 or cp1252"
            raise findings.fatal("unknown-encoding", findings.place, found, "an encoding", hint) from None
        except UnicodeError:
            continue
        if name == "cp1252" and not encoding:
            _refuse_damaged(raw, findings)
            found = "it is not UTF-8; read as Windows-1252"
            findings.note("encoding-guess", findings.place, found, "name another one with --encoding")
        return text.removeprefix("\ufeff")
    hint = "save it as 'CSV UTF-8' or name its encoding with --encoding"
    raise findings.fatal("not-decodable", findings.place, "bytes that are no text", encoding or marked or "UTF-8", hint)


RESAVE = "a program has read UTF-8 as another encoding; export it again as 'CSV UTF-8'"


@lru_cache(10_000)
def is_spoiled(text: str) -> bool:
    """Return whether letters of a text were lost: UTF-8 that was read as Windows-1252, or signs for unknown letters.

    >>> is_spoiled("J\u00c3\u00b6rg"), is_spoiled("J\ufffdrg"), is_spoiled("J\u00f6rg"), is_spoiled("N\u00c3O")
    (True, True, False, False)
    """
    for run in re.findall(r"[^\x00-\x7f]+", text):
        with suppress(UnicodeError):
            return "\ufffd" in run or bool(run.encode("cp1252").decode("utf-8"))
    return False


def _refuse_damaged(raw: bytes, findings: ProblemList) -> None:
    """Refuse what is UTF-8 but for some bytes: as Windows-1252 every other accent would be spoiled."""
    text = raw.decode("utf-8", "surrogateescape")
    if _HALVES.search(raw) or any(c > "\x7f" and not "\udc80" <= c <= "\udcff" for c in text):
        wrong = next(index for index, c in enumerate(text) if "\udc80" <= c <= "\udcff")
        place = f"{findings.place}, row {text.count(chr(10), 0, wrong) + 1}"
        found = f"the byte 0x{ord(text[wrong]) & 0xFF:02X}, which is not UTF-8, among others that are"
        hint = "export it again as 'CSV UTF-8', or name its encoding with --encoding"
        raise findings.fatal("not-decodable", place, found, "one encoding throughout", hint)


def _delimiter(text: str, known: IsColumnName) -> str:
    """Return the delimiter with the most known names in one of the first lines; else the commonest in the first."""
    lines = [line for line in text[:100_000].splitlines()[:HEADER_LINES] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        # Only to compare delimiters, so not strict: a line may be half of a quoted cell here.
        split = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
        return max((sum(map(known, names)) for names in split), default=0), "".join(lines[:1]).count(delimiter)

    return max(DELIMITERS, key=score)


def _strictly(text: str, delimiter: str, findings: ProblemList) -> Iterator[list[str]]:
    if "\0" in text:
        place = f"{findings.place}, row {text.count(chr(10), 0, text.index(chr(0))) + 1}"
        raise findings.fatal("not-text", place, "a NUL character", "text", "export it again as CSV")
    reader = csv.reader((line[0] for line in _LINE.finditer(text)), delimiter=delimiter, strict=True)
    rows, begun = 0, 1
    try:
        for row in reader:
            rows, begun = rows + 1, reader.line_num + 1
            yield row
    except csv.Error as error:
        # An open quote swallows all rows below it; a lenient reader would not report it.
        found, expected = str(error), "quotes in pairs"
        hint = 'close the quote that is open, or write " inside a quoted cell as ""'
        if "field limit" in found:
            found, expected = "a cell with too many characters", f"at most {csv.field_size_limit():,}"
            hint = f"shorten it, or {hint}"
        place = f"{findings.place}, row {rows + 1} (line {begun})"
        raise findings.fatal("csv-quotes", place, found, expected, hint) from None
