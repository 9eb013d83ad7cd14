"""Read the cells of a sheet's part as they are stored, with what is hidden and what is merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.parsers.expat import XMLParserType

from growthsheet.errors import refusal
from growthsheet.model.excel_limits import LAST_COLUMN, LAST_ROW, MAX_TEXT
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.cells import MAIN, TWICE, Raw, column_letters, column_number
from growthsheet.xlsx.reader.xml_stream import EMPTY, MOST_ELEMENTS, Budget, ParseProgress, feed

MOST_CELLS = 400_000
MOST_AREAS = 100_000
FEWER = "keep the rows and columns that are needed, or split the tab"


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """The content of a sheet's part; ``misplaced`` are the references of cells with an impossible place."""

    rows: dict[int, dict[int, Raw]] = field(default_factory=dict)
    misplaced: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    """The references of the merged areas."""
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    """The first and the last column of each span of hidden ones."""
    beyond: list[str] = field(default_factory=list)
    """Columns after the hidden ones that were passed over: the sheet is to be read again as a whole."""


def read_cells(chunks: Iterable[bytes], part: str, budget: Budget, kept: int, asked: int = 0) -> StoredSheet:
    """Return the filled cells of a sheet, what is hidden and what is merged; ``kept`` cells were read before.

    If ``asked`` is given, the last column that is asked for, hidden columns after it and after all that are shown are
    passed over, as they are most of the cells. The declared size of the sheet is not read, nor its links and rules. All
    is in one function because it runs for every element of a sheet, where each further call takes noticeable time; for
    the same reason names are compared by identity: the parser uses those that it is given.
    """
    sheet, c, v, t, f = StoredSheet(), _C, _V, _T, _F
    rows, misplaced = sheet.rows, sheet.misplaced
    cells: dict[int, Raw] = {}
    columns = {"": 0}
    attributes: Mapping[str, str] = {}
    last: Mapping[str, str] = {}
    pending = row_text = place = value = rest = ""
    rest_of_row = "none"
    ends = set[str]()
    row = further = beyond = met = opened = closed = characters = width = passed = 0
    taking = held = formula = phonetic = False
    left = MOST_CELLS - kept
    parser: XMLParserType

    def attach(made: XMLParserType) -> None:
        nonlocal parser
        parser = made
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text

    def enter_row() -> None:
        nonlocal pending, further, row, row_text, cells, width, left
        left -= len(cells)
        if left < 0:
            most = f"at most {MOST_CELLS:,}"
            raise refusal("too-many-cells", f"{budget.name}, {part}", "too many filled cells", most, FEWER)
        row = _whole(pending, LAST_ROW) + further
        pending, further = "", 0
        row_text, cells, width = str(row), rows.get(row, {}), LAST_COLUMN if 0 < row <= LAST_ROW else 0

    def start(tag: str, given: Mapping[str, str]) -> None:
        # Rows and cells may be millions that are only styled: where they are is worked out when one is filled.
        nonlocal opened, met, pending, further, place, beyond, attributes, value, taking, held, formula, phonetic
        nonlocal rest, rest_of_row, passed
        opened += 1
        if tag is c:
            if "r" in given:
                place, beyond = given["r"], 0
                if place == rest_of_row:
                    parser.StartElementHandler, passed = pass_over, opened
                    parser.EndElementHandler = parser.CharacterDataHandler = None
            else:  # it is next to the previous cell
                beyond += 1
            attributes, value, held, formula = given, "", False, False
        elif tag is v or (tag is t and not phonetic):
            taking = held = True
        elif tag is f:
            formula = True
        elif tag is _ROW:
            met += 1
            if met > LAST_ROW:  # said here, before the elements are as many as a file may have
                most = f"at most {LAST_ROW:,}"
                raise refusal("too-many-elements", f"{budget.name}, {part}", "too many rows", most, EMPTY)
            number = given.get("r")
            if number is None:  # it is next to the previous row
                pending = pending or str(row)
                further += 1
            else:
                pending, further = number or "0", 0
            place, beyond = "", 0
            if given.get("hidden") in _TRUE:
                sheet.hidden_rows.append(_whole(number or "", LAST_ROW))
            if met == 1 and asked:
                rest = _rest(sheet.hidden_columns, asked)
            rest_of_row = f"{rest}{number}" if rest else "none"
        elif tag is _RPH:
            phonetic = True
        elif tag is _MERGE and len(sheet.merged) < MOST_AREAS:
            sheet.merged.append(given.get("ref", ""))
        elif tag is _COL and given.get("hidden") in _TRUE:
            first, last = (_whole(given.get(name, ""), LAST_COLUMN) for name in ("min", "max"))
            sheet.hidden_columns.append((first, last))

    def pass_over(tag: str, given: Mapping[str, str]) -> None:
        nonlocal opened, closed, passed, last
        if tag is c:
            opened, last = opened + 1, given
        elif tag is _ROW or tag is _MERGE:
            closed, passed = opened - _DEPTH_OF_ROWS, 0
            ends.add(last.get("r", "").rstrip("0123456789"))
            attach(parser)
            start(tag, given)
        else:
            opened += 1

    def end(tag: str) -> None:
        nonlocal closed, taking, phonetic, left, characters
        closed += 1
        if tag is v or tag is t:
            taking = False
        elif tag is c:
            if held or formula:
                if pending:
                    enter_row()
                letters = place.removesuffix(row_text)  # of another row: this is no column
                column = 0 if letters == place else columns.get(letters)
                if column is None:
                    column = columns[letters] = column_number(letters)
                column += beyond
                if not 0 < column <= width:
                    left -= 1
                    claimed = "" if beyond else one_line(place, 20)
                    misplaced.append(f"{claimed or 'no place'} in row {row_text or '?'}")
                    return
                if not cells:
                    rows[row] = cells
                raw = (attributes.get("t", "n"), attributes.get("s", "0"), value, formula)
                cells[column] = raw if column not in cells else TWICE
                characters += len(value)
        elif tag is _RPH:
            phonetic = False

    def text(piece: str) -> None:
        nonlocal value
        if taking and len(value) <= MAX_TEXT:
            value += piece

    def progress() -> ParseProgress:
        depth = opened - passed - MOST_PASSED if passed else opened - closed
        return ParseProgress(opened, depth, characters)

    feed(chunks, part, budget, attach, progress, MOST_ELEMENTS, _TAGS)
    end_of_rest = max((last for _, last in sheet.hidden_columns), default=0)
    ends.add(last.get("r", "").rstrip("0123456789"))
    sheet.beyond.extend(letters for letters in ends if column_number(letters) > end_of_rest)
    return sheet


def _rest(hidden: Sequence[tuple[int, int]], asked: int) -> str:
    """Return the letters of the first hidden column after which all are hidden, and which is not asked for; or ``""``.

    >>> _rest([(1, 1), (4, 5), (6, 9)], 2), _rest([(4, 9)], 5), _rest([(1, 1)], 5)
    ('D', 'F', '')
    """
    end = max((last for _, last in hidden), default=0)
    first = end + 1
    for start, last in sorted(hidden, reverse=True):
        if start < first <= last + 1:
            first = start
    first = max(first, asked + 1)
    return column_letters(first) if first <= end else ""


_TAGS = _C, _V, _T, _F, _ROW, _RPH, _MERGE, _COL = tuple(
    MAIN + tag for tag in ("c", "v", "t", "f", "row", "rPh", "mergeCell", "col")
)
_TRUE = ("1", "true")
_DEPTH_OF_ROWS = 2
MOST_PASSED = 200_000
"""The most elements that are passed over at a time, as nothing tells how deep they are nested."""


def _whole(text: str, most: int) -> int:
    """Return a text as a number from 1 to ``most``, or 0 if it is not one."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    return number if number <= most else 0
