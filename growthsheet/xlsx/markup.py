"""XML from strangers: no DOCTYPE, no entity, nothing outside the part, and bounds on everything that can grow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from xml.parsers.expat import ExpatError, ParserCreate

from ..errors import InputError
from .archive import AGAIN, refusal

DEEPEST = 64
MOST_ELEMENTS = 2_000_000
FEW_ELEMENTS = 50_000
"""For the parts that only list something."""
LONGEST_TAG = 256 * 1024
"""Bytes of one tag, comment or instruction; a cell's text may be longer, it comes in pieces."""

LONGEST_TEXT = 32_767
"""Characters of one cell (Excel specifications and limits)."""

MOST_TEXT = 10_000_000
"""Characters of all texts of a file together."""

SECONDS = 2.0
ENCODINGS = {"utf-8", "utf-16", "us-ascii"}

EMPTY = "delete the empty rows and columns around the tables, and save it again"

Start = Callable[[str, Mapping[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]


class Budget:
    """What reading one file may cost: seconds of this thread's own time, elements, and text that is kept."""

    def __init__(self, name: str, seconds: float = SECONDS) -> None:
        self.name, self.elements, self._text = name, 0, 0
        self._end = time.thread_time() + seconds

    def check_time(self) -> None:
        """Refuse the file when its time is up."""
        if time.thread_time() > self._end:
            raise refusal("takes-too-long", self.name, "reading it takes too long", "a workbook of usual size", EMPTY)

    def keep(self, text: str) -> str:
        """The same text, unless that is too much of it."""
        self._text += len(text)
        if self._text > MOST_TEXT:
            most = f"at most {MOST_TEXT:,} characters"
            raise refusal("too-much-text", self.name, "too much text", most, "take copied documents out")
        return text


class Finished(Exception):
    """Raised by a handler that needs nothing more of a part."""


class Gathered:
    """Text that comes in pieces, no more of it than one cell can hold, and a little."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0

    def clear(self) -> None:
        """Begin anew."""
        self._pieces.clear()
        self._length = 0

    def add(self, text: str) -> None:
        """Take another piece, unless there is too much already."""
        if self._length <= LONGEST_TEXT:
            self._pieces.append(text)
            self._length += len(text)

    @property
    def text(self) -> str:
        """All of it; longer than ``LONGEST_TEXT`` where some was left out."""
        return "".join(self._pieces)


def parse(
    chunks: Iterable[bytes],
    part: str,
    budget: Budget,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
    most: int = FEW_ELEMENTS,
) -> None:
    """Call back for each element of a part; names are ``namespace}name``.

    The part is inflated to its end in any case, so that its checksum is known to be right.

    Raises
    ------
    InputError
        It is not well-formed, or more than anything honest.
    """
    place = f"{budget.name}, {part}"
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth, elements = 0, 0
    most = min(most, MOST_ELEMENTS - budget.elements)

    def opened(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST:
            raise refusal("nested-too-deep", place, "elements nested too deep", f"at most {DEEPEST} levels", AGAIN)
        if elements > most:
            raise refusal("too-many-elements", place, "too many cells or rows", f"at most {most:,}", EMPTY)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise refusal("unknown-encoding", place, "a rare encoding", "UTF-8 or UTF-16", AGAIN)

    def doctype(*_: object) -> None:
        raise refusal("doctype", place, "a DOCTYPE", "none: spreadsheet programs never write one", AGAIN)

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = declared, doctype
    if text:
        parser.CharacterDataHandler = text
    fed, finished = 0, False
    for chunk in chunks:
        budget.check_time()
        if not finished:
            finished = _fed(parser.Parse, chunk, False, place)
            fed += len(chunk)
            if not finished and fed - parser.CurrentByteIndex > LONGEST_TAG:
                raise refusal("tag-too-long", place, "a tag or comment too long", f"{LONGEST_TAG >> 10} kB", AGAIN)
    if not finished:
        _fed(parser.Parse, b"", True, place)
    budget.elements += elements


def _fed(feed: Callable[[bytes, bool], object], chunk: bytes, last: bool, place: str) -> bool:
    """Feed a chunk; whether nothing more is needed."""
    try:
        feed(chunk, last)
    except Finished:
        return True
    except (ExpatError, ValueError, LookupError):  # the last two: of encodings that Python knows and XML does not
        raise _ill_formed(place) from None
    return False


def _ill_formed(place: str) -> InputError:
    return refusal("ill-formed-part", place, "XML that is not well-formed", "an undamaged file", AGAIN)
