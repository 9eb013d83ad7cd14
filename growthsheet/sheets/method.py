"""How it is worked out: each number in words, from the measures themselves."""

from __future__ import annotations

from collections.abc import Iterable

from ..blocks import Facts, Sheet
from ..expr import Say
from ..tables import Rows, Table, given

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


def method(sheets: Iterable[Sheet], say: Say) -> Sheet:
    """The tab: a line for each number that the other tabs show, in their order."""
    seen: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        if sheet.hidden:
            continue
        for block in sheet.blocks:
            if isinstance(block, Rows):
                shown = [(c.header, c.note) for c in block.table.columns if c.measure and not c.hidden and not c.of]
            elif isinstance(block, Facts):
                shown = [(f.label, f.note) for f in block.facts if f.measure]
            else:
                shown = []
            for header, note in shown:
                if note and header not in seen:
                    words = " ".join(say(note).split())
                    seen[header] = {"key": f"k:{header}", "number": say(header), "tab": say(sheet.name), "words": words}
    purpose = say(
        "Every number of this workbook in words. Each is computed in the cell itself: click on it to see how."
    )
    return Sheet(METHOD, purpose, (Rows(WORDS, list(seen.values())),), main="method", colour="about")
