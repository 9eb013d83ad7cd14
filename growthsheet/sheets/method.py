"""How it is worked out: each number in words, from the measures themselves."""

from __future__ import annotations

from collections.abc import Iterable

from ..blocks import Facts, Sheet
from ..expr import Say
from ..tables import Column, Rows, Table, given

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


def method(sheets: Iterable[Sheet], say: Say, snapshot: bool = False) -> Sheet:
    """The tab: a line for each number that the other tabs show, in their order.

    In a ``snapshot`` the numbers were worked out before they were given, and have their notes all the same.
    """

    def worked_out(column: Column) -> bool:
        return bool(column.measure or snapshot) and not (column.hidden or column.of)

    seen: dict[str, dict[str, str]] = {}
    for sheet in sheets:
        if sheet.hidden:
            continue
        for block in sheet.blocks:
            if isinstance(block, Rows):
                shown = [(c.header, c.note) for c in block.table.columns if worked_out(c)]
            elif isinstance(block, Facts):
                shown = [(f.label, f.note) for f in block.facts if f.measure or snapshot]
            else:
                shown = []
            for header, note in shown:
                if note and header not in seen:
                    words = " ".join(say(note).split())
                    seen[header] = {"key": f"k:{header}", "number": say(header), "tab": say(sheet.name), "words": words}
    live = "Every number of this workbook in words. Each is computed in the cell itself: click on it to see how."
    purpose = say("Every number of this workbook in words.") if snapshot else say(live)
    return Sheet(METHOD, purpose, (Rows(WORDS, list(seen.values())),), main="method", colour="about", looked_up=True)
