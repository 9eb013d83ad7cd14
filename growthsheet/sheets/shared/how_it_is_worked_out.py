"""The tab "How it is worked out": each number explained in words, from the measures themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from growthsheet.text.language import Translate
from growthsheet.workbook.blocks import Cards, NamedCells, Sheet
from growthsheet.workbook.tables import TableData, data_column, keyed_table

METHOD = "How it is worked out"

WORDS = keyed_table(
    "method",
    data_column("number", "Figure", "name"),
    data_column("tab", "On the tab", "area"),
    data_column("words", "In words", "words"),
)


def method(sheets: Iterable[Sheet], translate: Translate, snapshot: bool = False) -> Sheet:
    """Return the tab: a line for each number that the other tabs show, in their order.

    In a ``snapshot`` the numbers are values calculated beforehand, and have their notes all the same.
    """
    told: dict[str, tuple[str, str]] = {}
    for sheet in sheets:
        if sheet.hidden:
            continue
        for block in sheet.blocks:
            if isinstance(block, TableData):
                shown = [(c.header, c.note) for c in block.table.noted if c.measure or snapshot]
            elif isinstance(block, NamedCells | Cards):
                shown = [(f.label, f.note) for f in block.cells if f.note and (f.measure or snapshot)]
            else:
                shown = []
            for header, note in shown:
                told.setdefault(header, (sheet.name, note))
    words = "Every number of this workbook in words."
    live = words + " Each is computed in the cell itself: click on it to see how."
    return Sheet(
        METHOD,
        translate(words if snapshot else live),
        (_rows(tuple(told.items()), translate),),
        main="method",
        colour="about",
        looked_up=True,
        portrait=True,
        one_page=True,
        on_page=translate(words),
    )


@lru_cache(maxsize=64)
def _rows(told: tuple[tuple[str, tuple[str, str]], ...], translate: Translate) -> TableData:
    """Return a row for each header, with its tab and explanation; cached for workbooks with the same numbers."""
    return TableData(
        WORDS,
        [
            {
                "key": f"k:{header}",
                "number": translate(header),
                "tab": translate(tab),
                "words": translate(note).replace("\n\n", " "),
            }
            for header, (tab, note) in told
        ],
    )
