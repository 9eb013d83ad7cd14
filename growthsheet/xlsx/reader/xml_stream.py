"""Parse XML of untrusted files: without DOCTYPE, entities and external references, and with limits on all sizes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from growthsheet.errors import refusal
from growthsheet.xlsx.reader.zip_archive import AGAIN

DEEPEST = 64
MOST_ELEMENTS = 1_500_000
FEW_ELEMENTS = 50_000
"""The most elements of a part that only lists something."""
LONGEST_TAG = 256 * 1024
"""The most bytes of one tag, comment or instruction; a cell's text, which is read in pieces, may be longer."""

MOST_NAMES, LONGEST_NAMESPACE = 2_000, 1_000
"""The most different names and namespaces, as the parser keeps all of them, and the longest namespace."""

MOST_TEXT = 10_000_000
"""The most characters of all texts of a file together."""

SECONDS = 3.0
"""The most seconds for one file; the other limits are reached within two, this one is for unforeseen cases."""
ENCODINGS = {"utf-8", "utf-16", "us-ascii"}

EMPTY = "delete the empty rows and columns around the tables, and save it again"

Start = Callable[[str, Mapping[str, str]], object]
End = Callable[[str], object]
TextHandler = Callable[[str], object]


class ParseProgress(NamedTuple):
    """The progress within a part: elements so far, those that are open, and characters that are kept."""

    elements: int
    depth: int
    characters: int = 0


class Budget:
    """The limits on reading one file: seconds of this thread's own time, elements, and text that is kept."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._elements = self._characters = 0
        self._end = time.thread_time() + SECONDS

    def check(self, place: str, met: ParseProgress, most: int) -> None:
        """Raise an error if the file exceeds a limit."""
        if met.depth > DEEPEST:
            raise refusal("nested-too-deep", place, "elements nested too deep", f"at most {DEEPEST} levels", AGAIN)
        if met.elements > most or self._elements + met.elements > MOST_ELEMENTS:
            raise refusal("too-many-elements", place, "too many cells or rows", f"at most {most:,}", EMPTY)
        if self._characters + met.characters > MOST_TEXT:
            raise refusal("too-much-text", place, "too much text", f"at most {MOST_TEXT:,} characters", EMPTY)
        if time.thread_time() > self._end:
            raise refusal("takes-too-long", self.name, "reading it takes too long", "a workbook of usual size", EMPTY)

    def spend(self, met: ParseProgress) -> None:
        """Add the elements and characters of a part to those of the file."""
        self._elements += met.elements
        self._characters += met.characters


class Finished(Exception):
    """Raised when nothing more of a part is needed."""


def parse(
    chunks: Iterable[bytes],
    part: str,
    budget: Budget,
    start: Start,
    end: End | None = None,
    text: TextHandler | None = None,
    most: int = FEW_ELEMENTS,
) -> None:
    """Parse a part and call the handlers for each element; names are ``namespace}name``.

    Raises
    ------
    InputError
        If it is not well-formed, or exceeds a limit.
    """
    opened = closed = characters = 0

    def started(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal opened
        opened += 1
        start(name, attributes)

    def ended(name: str) -> None:
        nonlocal closed
        closed += 1
        if end:
            end(name)

    def said(piece: str) -> None:
        nonlocal characters
        characters += len(piece)
        if text:
            text(piece)

    def attach(parser: XMLParserType) -> None:
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, said

    feed(chunks, part, budget, attach, lambda: ParseProgress(opened, opened - closed, characters), most)


def feed(
    chunks: Iterable[bytes],
    part: str,
    budget: Budget,
    attach: Callable[[XMLParserType], None],
    progress: Callable[[], ParseProgress],
    most: int,
    known: Iterable[str] = (),
) -> None:
    """Parse a part with handlers that are attached and count elements themselves; limits are checked after each chunk.

    The part is inflated to its end in any case, so that its checksum is verified. The iterator of the chunks may raise
    :class:`Finished` after the last chunk that is needed.
    """
    place = f"{budget.name}, {part}"
    names = {name: name for name in known}
    parser = ParserCreate(namespace_separator="}", intern=names)
    parser.buffer_text = True

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            raise refusal("unknown-encoding", place, "a rare encoding", "UTF-8 or UTF-16", AGAIN)

    def doctype(*_: object) -> None:
        raise refusal("doctype", place, "a DOCTYPE", "none: spreadsheet programs never write one", AGAIN)

    declarations = 0

    def namespace(_prefix: str | None, uri: str | None) -> None:
        nonlocal declarations
        declarations += 1
        if declarations > MOST_NAMES or len(uri or "") > LONGEST_NAMESPACE:
            raise refusal("too-many-names", place, "namespaces too many or too long", "a few", AGAIN)

    parser.StartNamespaceDeclHandler = namespace
    attach(parser)
    parser.XmlDeclHandler, parser.StartDoctypeDeclHandler = declared, doctype
    fed, finished = 0, False
    try:
        for chunk in chunks:
            if not finished:
                finished = _fed(parser.Parse, chunk, False, place)
                fed += len(chunk)
                budget.check(place, progress(), most)
                if len(names) > MOST_NAMES:
                    raise refusal("too-many-names", place, "too many different names", f"at most {MOST_NAMES:,}", AGAIN)
                if not finished and fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise refusal("tag-too-long", place, "a tag or comment too long", f"{LONGEST_TAG >> 10} kB", AGAIN)
    except Finished:
        finished = True
    if not finished:
        _fed(parser.Parse, b"", True, place)
    budget.spend(progress())


def _fed(feed: Callable[[bytes, bool], object], chunk: bytes, last: bool, place: str) -> bool:
    """Feed a chunk, and return whether nothing more is needed."""
    try:
        feed(chunk, last)
    except Finished:
        return True
    except (ExpatError, ValueError, LookupError):  # the last two: for encodings that Python knows and XML does not
        raise refusal("ill-formed-part", place, "XML that is not well-formed", "an undamaged file", AGAIN) from None
    return False
