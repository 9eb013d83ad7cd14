"""The identity of a returned workbook, by three markers that must agree; the file name is not used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Literal, cast, get_args

from growthsheet.errors import Problem, refusal
from growthsheet.text.language import Translate
from growthsheet.text.quoting import one_line
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.markers import FORMAT, IDENTITY_SHEET, NAMES, PROPERTY, in_identity_line
from growthsheet.xlsx.reader.workbook import ReadSheet, ReadWorkbook

TABS = frozenset(
    (
        *("Guide", "Dashboard", "Assessment", "Plan", "Training budget", "Career", "Progress", "How it is worked out"),
        *("Overview", "Reviews", "Skill matrix", "Gap map", "Interest map", "Coverage", "Mentors", "Talk about"),
        "Lists",
        IDENTITY_SHEET,
    )
)
"""The tabs that growthsheet writes; those with defined names may have been renamed since."""

_MOST_ROWS = 50

BookKind = Literal["person", "team", "organization"]


def read_identity(book: ReadWorkbook) -> tuple[dict[str, str], BookKind, list[Problem]]:
    """Return the identity, the kind of book, and a problem for each disagreement of the markers.

    Raises
    ------
    InputError
        If it is not a workbook of growthsheet, or one of another format.
    """
    markers = {
        "the hidden sheet": _from_sheet(book),
        "the document properties": _from_properties(book),
        "the line on the Guide": _from_line(book),
    }
    identity: dict[str, str] = {}
    for marker in markers.values():
        identity = marker | identity
    kind = identity.get("kind", "")
    if kind not in get_args(BookKind) or not identity.get("id"):
        hint = "send the file that growthsheet wrote, not a copy of its tabs"
        raise refusal("not-a-growthsheet-workbook", book.name, "nothing says whose it is", "a growth plan", hint)
    if identity.get("format", FORMAT) != FORMAT:
        found = f"the format {one_line(identity['format'])}"
        older = identity["format"].isdecimal() and int(identity["format"][:9]) < int(FORMAT)
        hint = "collect it with a growthsheet of that time; answers stay readable" if older else "update growthsheet"
        raise refusal("unknown-format", book.name, found, f"the format {FORMAT}", hint)
    return identity, cast(BookKind, kind), list(_disagreements(book.name, identity, markers))


def guide_texts(book: ReadWorkbook) -> frozenset[str]:
    """Return the texts of the first tab: it links to each tab, and says what the points of the scales mean."""
    guide = book.sheet(next(iter(book.sheets), ""))
    return frozenset(text for _, _, text in guide.texts()) if guide else frozenset()


def unknown_tabs(
    book: ReadWorkbook, read: Mapping[str, ReadSheet], guide: Collection[str], translate: Translate, empty: bool
) -> Iterator[Problem]:
    """Yield a note for each tab that growthsheet did not write, because it is not read.

    It is an error if nothing is rated, and the tab is a copy of one with other content than the original.
    """
    named = {area.sheet for name, area in book.names.items() if name.startswith(NAMES)}
    known = TABS | {translate(tab) for tab in TABS} | named | {*guide, *read}
    for tab in book.sheets:
        if tab not in known:
            place, sheet = f"{book.name}, {one_line(tab)}", book.sheet(tab) if empty else None
            if sheet and any(text.startswith(KEY) for *_, text in sheet.texts()) and not _is_among(sheet, read):
                found, hint = "a copy of a tab, with other content; it is not read", "fill in the tab that was copied"
                yield Problem("unknown-tab", place, found, "answers in the tabs that growthsheet wrote", hint)
            else:
                found = "a tab that growthsheet did not write; it is not read"
                yield Problem("unknown-tab", place, found, severity="note")


def _is_among(sheet: ReadSheet, others: Mapping[str, ReadSheet]) -> bool:
    """Return whether what is typed on a tab is typed in the same cells of one of some others."""
    return any(_typed(sheet, other) <= _typed(other, other) for other in others.values())


def _typed(sheet: ReadSheet, like: ReadSheet) -> set[tuple[int, int, object]]:
    """Return what is typed in the columns that were read of another tab: hidden ones at its end were not."""
    read = {column for there in like.rows.values() for column in there}
    cells = ((row, column, sheet.cell(row, column)) for row, there in sheet.rows.items() for column in read & {*there})
    return {(row, column, cell.value) for row, column, cell in cells if cell.kind != "blank" and not cell.formula}


def _from_sheet(book: ReadWorkbook) -> dict[str, str]:
    sheet = book.sheet(IDENTITY_SHEET)
    rows = sorted(sheet.rows)[:_MOST_ROWS] if sheet else []
    return {sheet.text(row, 1): value for row in rows if sheet and (value := sheet.text(row, 2))}


def _from_properties(book: ReadWorkbook) -> dict[str, str]:
    found = book.properties.items()
    return {name.removeprefix(PROPERTY): value for name, value in found if name.startswith(PROPERTY) and value}


def _from_line(book: ReadWorkbook) -> dict[str, str]:
    """Return the identity in the visible line, which is usually on the first tab."""
    for sheet in book.all_sheets():
        for _, _, text in sheet.texts():
            if found := in_identity_line(text):
                return found
    return {}


def _disagreements(
    name: str, identity: Mapping[str, str], markers: Mapping[str, Mapping[str, str]]
) -> Iterator[Problem]:
    for key in identity:
        found = {marker: values[key] for marker, values in markers.items() if key in values}
        if any(not _same(value, identity[key]) for value in found.values()):
            word = key.replace("_", " ")
            told = "; ".join(f"{marker} says '{one_line(value, 40)}'" for marker, value in found.items())
            hint = "send the file that growthsheet wrote"
            yield Problem("identity-disagrees", name, f"{word}: {told}", f"one {word}", hint)


def _same(one: str, other: str) -> bool:
    """Return whether two values are equal; a property of more than 255 characters was cut, with an ellipsis."""
    short, long = sorted((one, other), key=len)
    return one == other or (short.endswith("…") and long.startswith(short[:-1]))
