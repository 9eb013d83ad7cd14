"""Parts as spreadsheet programs write them, taken out by a pattern: what the slow way gives, in half the time.

The parser judges the XML all the same, and only what the pattern covers without a gap is taken. Where something is
written otherwise (prefixes, comments, rich text, no references, two cells in one place), or is wrong, the answer is
None: then the part is read element by element, and that is the verdict.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Iterator

from growthsheet.errors import InputError
from growthsheet.model.excel_limits import LAST_COLUMN, LAST_ROW
from growthsheet.xlsx.reader.cells import MAIN, MOST_CELLS, Raw, column_number, unescaped
from growthsheet.xlsx.reader.xml_stream import DEEPEST, MOST_ELEMENTS, Budget, Finished, ParseProgress, feed

MOST_PENDING = 256 * 1024
"""Characters before the first row, or of one row."""

_TEXT = r"([^<\r]*)"
_INLINE = rf'<t(?: xml:space="preserve")?>{_TEXT}</t>'
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>'
    rf"(?:(<f)(?: (?:t|ref|si|ca|aca)=\"[^<>\"]*\")*(?:/>|>[^<]*</f>))?(?:<v>{_TEXT}</v>|<is>{_INLINE}</is>)?</c>)"
    r'|<row r="([1-9]\d{0,6})"(?: (?:spans|s|ht|hidden|collapsed|outlineLevel|customFormat|customHeight|thickTop'
    r'|thickBot|x14ac:dyDescent)="[^<>"]*")*/?>|</row>',  # and no other: the parser never forgets a name
    re.ASCII,
)
_STRING = re.compile(rf"<si>{_INLINE}</si>")
_REFERENCE = re.compile("&(?:([a-z]+)|#([0-9]{1,9})|#x([0-9A-Fa-f]{1,8}));")
_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_ROWS, _STRINGS = re.compile("<sheetData>"), re.compile("<sst [^<>]*>")

Take = Callable[[str], object]


class _Unusual(Exception):
    """Something that the patterns do not cover."""


def usual_cells(chunks: Iterable[bytes], part: str, budget: Budget, kept: int) -> dict[int, dict[int, Raw]] | None:
    """The cells of a sheet that hold something, as :func:`~.cells.read_cells` gives them; ``kept`` were read before."""
    rows: dict[int, dict[int, Raw]] = {}
    columns: dict[str, int] = {}
    cells: dict[int, Raw] = {}
    here, left = "", MOST_CELLS - kept

    def take(piece: str) -> None:
        nonlocal cells, here, left
        for letters, number, style, type, formula, value, inline, row in _tiles(_CELL, piece):
            if letters is None:
                if row is not None:
                    here, cells = row, rows.setdefault(_within(int(row), LAST_ROW), {})
            elif formula or value is not None or inline is not None:
                column = columns.get(letters)
                if column is None:
                    column = columns[letters] = _within(column_number(letters), LAST_COLUMN)
                if number != here or column in cells:
                    raise _Unusual
                text = value or inline or ""
                found = _unescaped(text) if "&" in text else text
                cells[column] = (type or "n", style or "0", found, formula is not None)
                left -= 1
        if left < 0:
            raise _Unusual

    if not _read(chunks, part, budget, (_ROWS, "<row ", "</sheetData>"), take):
        return None
    return {row: cells for row, cells in rows.items() if cells}


def usual_strings(chunks: Iterable[bytes], part: str, budget: Budget) -> list[str] | None:
    """The shared strings of a workbook."""
    found: list[str] = []

    def take(piece: str) -> None:
        texts = (text or "" for (text,) in _tiles(_STRING, piece))
        found.extend(unescaped(_unescaped(text) if "&" in text else text) for text in texts)

    return found if _read(chunks, part, budget, (_STRINGS, "<si>", "</sst>"), take) else None


def _read(
    chunks: Iterable[bytes], part: str, budget: Budget, marks: tuple[re.Pattern[str], str, str], take: Take
) -> bool:
    """Let the parser judge a part, and take what stands between two marks; whether all of it is as usual."""
    elements = characters = 0

    def counted(piece: str) -> None:
        nonlocal elements, characters
        elements += piece.count("<") - piece.count("</")
        characters += len(piece)
        take(piece)

    handed_on = _between(chunks, *marks, counted)
    try:
        feed(handed_on, part, budget, (None, None, None), lambda: ParseProgress(elements, 1, characters), MOST_ELEMENTS)
    except (_Unusual, ValueError, InputError):  # the second: of bytes and numbers that are no characters
        return False
    return True


def _between(chunks: Iterable[bytes], begin: re.Pattern[str], unit: str, end: str, take: Take) -> Iterator[bytes]:
    """Hand the chunks on, and give what stands between two marks to ``take``, in whole units."""
    decode = getincrementaldecoder("utf-8")().decode
    text, inside = "", False
    chunks = iter(chunks)
    for chunk in chunks:
        text += decode(chunk)
        if not inside and (found := begin.search(text)):
            _check_head(text[: found.end()])
            text, inside = text[found.end() :], True
        if inside:
            last = text.find(end)
            whole = text.rfind(unit) if last < 0 else last
            take(text[: max(whole, 0)])
            text = text[max(whole, 0) :]
            if last >= 0:
                yield chunk
                for _ in chunks:  # to its end, so that its checksum is known to be right
                    pass
                raise Finished
        if len(text) > MOST_PENDING:
            raise _Unusual
        yield chunk
    raise _Unusual


def _check_head(head: str) -> None:
    """What stands before the first unit declares the one namespace, nests nothing deeply and hides nothing."""
    namespace = MAIN.removesuffix("}")
    if head.count("xmlns=") != 1 or f' xmlns="{namespace}"' not in head or "<!" in head or head.count("<?") > 1:
        raise _Unusual
    if head.count("<") - head.count("</") - head.count("/>") > DEEPEST:
        raise _Unusual


def _tiles(pattern: re.Pattern[str], text: str) -> Iterable[tuple[str | None, ...]]:
    """The groups of all matches, if there is nothing between them."""
    found, step = pattern.split(text), pattern.groups + 1
    if any(found[::step]) or "xmlns" in text:
        raise _Unusual
    return zip(*(found[group::step] for group in range(1, step)), strict=True)


def _within(number: int, most: int) -> int:
    if not 0 < number <= most:
        raise _Unusual
    return number


def _unescaped(text: str) -> str:
    return _REFERENCE.sub(_referred, text)


def _referred(found: re.Match[str]) -> str:
    name, number, hexadecimal = found.groups()
    return _ENTITIES.get(name, "") if name else chr(int(number) if number else int(hexadecimal, 16))
