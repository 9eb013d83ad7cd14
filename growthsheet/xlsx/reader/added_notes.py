"""Report what people added to a returned workbook beside its cells: comments, text boxes, pictures and ink."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress

from growthsheet.errors import InputError, Problem
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import one_line
from growthsheet.xlsx.reader.cells import MAIN
from growthsheet.xlsx.reader.workbook import ReadWorkbook, ref
from growthsheet.xlsx.reader.xml_stream import parse

AUTHOR = "growthsheet"
"""The author of the comments in workbooks of an earlier growthsheet, which explained its headings in them."""
LOGO = "Logo"
"""The description of the only picture that growthsheet puts on a tab."""

_COMMENTS = frozenset(["comments", "threadedComment"])
_DRAWN = frozenset(["sp", "cxnSp", "contentPart", "pic"])
"""The elements of text boxes and shapes, lines, ink and pictures; charts are others."""
_SOME = 5


def added_notes(book: ReadWorkbook) -> Iterator[Problem]:
    """Yield a note about the comments on cells, and one about what was drawn: growthsheet reads neither."""
    commented, drawn = dict[str, None](), list[str]()
    for name, sheet in book.sheets.items():
        with suppress(InputError):  # what cannot be read here must not stop the answers
            for kind, part in book.door.relations(sheet).values() if sheet else ():
                if kind in _COMMENTS:
                    commented |= dict.fromkeys(f"{one_line(name)}!{cell}" for cell in _comments(book, part))
                elif kind == "drawing":
                    drawn += [f"{one_line(name)}!{cell}" for cell in _drawings(book, part)]
    for cells, found in (
        (list(commented), f"{plural(commented, 'comment')} that people added to cells"),
        (drawn, f"{plural(drawn, 'drawing')} that people added (text boxes, pictures, ink)"),
    ):
        if cells:
            hint = "type what matters into the column for notes"
            said = f"{found}; not read: {first_of(cells, _SOME)}"
            yield Problem("added-notes", book.name, said, hint=hint, severity="note")


def _comments(book: ReadWorkbook, part: str) -> list[str]:
    """Return the cells with a comment by somebody else; a conversation is in two parts, with the same cell in both."""
    cells, authors, word = list[str](), list[str](), list[str]()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        word.clear()
        if tag.rpartition("}")[2] in ("comment", "threadedComment"):
            by = attributes.get("authorId", "")[:6]
            if not (by.isdecimal() and AUTHOR in authors[int(by) : int(by) + 1]):
                cells.append(one_line(attributes.get("ref", ""), 10))

    def end(tag: str) -> None:
        if tag == f"{MAIN}author":
            authors.append("".join(word))

    parse(book.door.chunks(part), part, book.door.budget, start, end, word.append)
    return cells


def _drawings(book: ReadWorkbook, part: str) -> list[str]:
    """Return the upper left cells of what is drawn on a tab, without charts and the logo."""
    cells: list[str] = []
    place: dict[str, str] = {}
    tags: list[str] = []
    drawn = False

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        nonlocal drawn
        tags.append(tag.rpartition("}")[2])
        if tags[-1].endswith("Anchor"):
            place.clear()
            drawn = False
        drawn = (drawn or tags[-1] in _DRAWN) and not (tags[-1] == "cNvPr" and attributes.get("descr") == LOGO)

    def end(tag: str) -> None:
        if tags.pop().endswith("Anchor") and drawn:
            row, column = (int(n) if (n := place.get(name, "")[:7]).isdecimal() else 0 for name in ("row", "col"))
            cells.append(ref(row + 1, column + 1))

    def text(words: str) -> None:
        if tags[-2:-1] == ["from"]:
            place[tags[-1]] = words

    parse(book.door.chunks(part), part, book.door.budget, start, end, text)
    return cells
