"""How it is worked out: each number in words, from the measures themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from growthsheet.text.language import Translate
from growthsheet.workbook.blocks import Facts, Sheet
from growthsheet.workbook.tables import Rows, Table, given

METHOD = "How it is worked out"

WORDS = Table(
    "method",
    (
        given("key"),
        given("number", "Number", "name"),
        given("tab", "On the tab", "area"),
        given("words", "In words", "words"),
    ),
)


def method(sheets: Iterable[Sheet], say: Translate, snapshot: bool = False) -> Sheet:
    """The tab: a line for each number that the other tabs show, in their order.

    In a ``snapshot`` the numbers were worked out before they were given, and have their notes all the same.
    """
    told: dict[str, tuple[str, str]] = {}
    for sheet in sheets:
        if sheet.hidden:
            continue
        for block in sheet.blocks:
            if isinstance(block, Rows):
                shown = [(c.header, c.note) for c in block.table.noted if c.measure or snapshot]
            elif isinstance(block, Facts):
                shown = [(f.label, f.note) for f in block.facts if f.note and (f.measure or snapshot)]
            else:
                shown = []
            for header, note in shown:
                told.setdefault(header, (sheet.name, note))
    live = "Every number of this workbook in words. Each is computed in the cell itself: click on it to see how."
    purpose = say("Every number of this workbook in words.") if snapshot else say(live)
    return Sheet(METHOD, purpose, (_rows(tuple(told.items()), say),), main="method", colour="about", looked_up=True)


@lru_cache(maxsize=64)
def _rows(told: tuple[tuple[str, tuple[str, str]], ...], say: Translate) -> Rows:
    """A row for each header, with its tab and its words; the same ones for all books that tell the same."""
    return Rows(
        WORDS,
        [
            {"key": f"k:{header}", "number": say(header), "tab": say(tab), "words": " ".join(say(note).split())}
            for header, (tab, note) in told
        ],
    )
