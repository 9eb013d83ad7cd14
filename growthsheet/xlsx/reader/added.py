"""Columns that somebody added to a table of a returned workbook: nothing reads them, so they are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from growthsheet.expr import Say
from growthsheet.sheets.person import assessment, plan
from growthsheet.sheets.person import training_budget as budget
from growthsheet.sheets.team import skill_matrix as matrix
from growthsheet.sheets.team import training_budget as team_budget
from growthsheet.workbook.tables import Table
from growthsheet.xlsx.reader.cells import column_letters
from growthsheet.xlsx.reader.find_tables import PEOPLE, Place

_LEVEL = "Level {level}"
_OF_SOMETHING = r"[a-z_]+@\w+"
"""How a hidden column is headed that there is once for each role or point of a scale."""


def added_columns(place: Place, kind: str, table: str, rows: Collection[int], say: Say) -> list[str]:
    """The headings of columns that hold something and are none of growthsheet's; without one, the column's letters.

    Nothing where ours were renamed, or most are strange: then they are in a language that nobody told.
    """
    sheet, top = place.sheet, place.first - 1
    columns = {column for row in (top, *rows) for column in sheet.rows.get(row, ())}
    found = {column: sheet.text(top, column) for column in sorted(columns)}
    headings, keys = _written(kind, table)
    known = {word for text in headings for word in (text, say(text))}
    levels = (re.escape(text).replace(re.escape("{level}"), r"-?\d+") for text in (_LEVEL, say(_LEVEL)))
    ours = re.compile("|".join((*levels, _OF_SOMETHING)), re.ASCII)
    labels = tuple(_labels(place)) if table == matrix.NAME else ()
    strange = [
        column
        for column, heading in found.items()
        if column != place.key
        and not (heading in known or heading in keys or ours.fullmatch(heading) or heading.startswith(labels))
    ]
    renamed = not set(strange).isdisjoint(place.columns.values())
    if renamed or len(strange) > sum(heading in known for heading in found.values()):
        return []
    filled = [c for c in strange if any(sheet.cell(row, c).kind != "blank" for row in rows)]
    return [found[column] or column_letters(column) for column in filled]


@lru_cache(maxsize=16)
def _written(kind: str, table: str) -> tuple[frozenset[str], frozenset[str]]:
    """What growthsheet writes above a table's columns, whatever is chosen: headings, and the keys of hidden ones."""
    tables: dict[tuple[str, str], tuple[Table, ...]] = {
        ("person", assessment.NAME): tuple(assessment.table(blind, True, (), (), 0) for blind in (False, True)),
        ("person", plan.ITEMS.name): (plan.ITEMS,),
        ("person", budget.LINES.name): (budget.LINES,),
        ("team", matrix.NAME): (matrix.table((), ("", "", ""), True),),
        ("team", team_budget.LINES.name): (team_budget.LINES,),
    }
    columns = [column for each in tables[kind, table] for column in each.columns]
    return frozenset(c.header for c in columns if c.header), frozenset(c.key for c in columns if not c.header)


def _labels(place: Place) -> Iterator[str]:
    """How the headings of each person's columns begin."""
    top = place.first - 1
    people = next((row for row in range(top, 0, -1) if place.sheet.text(row, place.key) == PEOPLE), 0)
    for column in place.sheet.rows.get(people, ()):
        name, colon, _ = place.sheet.text(top, column).rpartition(": ")
        if name:
            yield name + colon
