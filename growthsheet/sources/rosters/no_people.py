"""Rows of a roster that are nobody: totals, footers, and accounts of a directory that belong to no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from growthsheet.sources.rosters.headers import header_words, says
from growthsheet.sources.rosters.words import words
from growthsheet.sources.tables.columns import (
    FieldColumns,
    SourceTable,
    TableCell,
    TableColumn,
    quoted,
    text_of,
    unknown_cells,
)
from growthsheet.text.counts import first_of
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line

_TELLING = ("id", "name", "first_name", "last_name", "email", "title", "role")


def people_only(
    table: SourceTable, columns: FieldColumns, findings: ProblemList
) -> tuple[SourceTable, dict[str, TableColumn]]:
    """Leave out the rows that are no people, and tell which; and rows with cells that cannot be read, as errors."""
    kinds = [index for index, name in enumerate(table.header) if says("kinds_of_account", name)]
    texts = {name: columns[name].texts for name in _TELLING if name in columns}
    told: list[str] = []
    kept: list[int] = []
    for index, row in enumerate(table.cells):
        if found := _nobody({name: cells[index] for name, cells in texts.items()}, row, kinds):
            told.append(f"row {table.rows[index]} {quoted(found)}")
        else:
            kept.append(index)
    if told:
        hint = "if one of them is a person, give the row a title and a name that does not say total"
        findings.note("no-people", findings.place, f"left out, because it is not a person: {first_of(told, 10)}", hint)
    names = {column.name for column in columns.values()}
    unknown = unknown_cells(table, kept, [at for at, name in enumerate(table.header) if name in names], findings)
    kept = [index for index in kept if index not in unknown]
    if len(kept) == len(table.rows):
        return table, dict(columns)
    rows = [table.rows[index] for index in kept]
    return (
        replace(table, rows=rows, cells=[table.cells[index] for index in kept]),
        {name: replace(each, rows=rows, cells=[each.cells[i] for i in kept]) for name, each in columns.items()},
    )


def _nobody(texts: Mapping[str, str], row: Sequence[TableCell], kinds: list[int]) -> str:
    """Return what a row is instead of a person; "" for a person."""
    for index in kinds:
        if says("account_kinds", text_of(row[index])):
            return one_line(text_of(row[index]))
    if "#ext#" in texts.get("email", "").casefold():
        return "a guest"
    called = texts.get("name") or f"{texts.get('first_name', '')} {texts.get('last_name', '')}"
    if found := next((text for text in (called, texts.get("id", "")) if says("no_names", text)), ""):
        return found
    if texts.get("title") or texts.get("role"):
        return ""
    filled = [text for cell in row if (text := text_of(cell).strip())]
    if len(filled) == 1 and len(row) > 2 and (" " in filled[0] or len(filled[0]) > 20):
        return filled[0]
    names = (texts.get("id", ""), texts.get("name", ""), texts.get("first_name", ""), texts.get("last_name", ""))
    for text in (*names, filled[0] if filled else ""):
        said = pairwise(header_words(text))
        counted = says("totals", text) or any(n.isdecimal() and word in words("counted") for n, word in said)
        if counted or (text not in names[:1] and says("accounts", text)):
            return text
    return ""
