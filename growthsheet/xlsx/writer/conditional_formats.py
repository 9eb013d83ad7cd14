"""Conditional formats: the theme's colour scales as formula rules that exclude one another."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name

from growthsheet.expr import number_text
from growthsheet.workbook.styles import STYLES, CellColors, ColorRule, rules_of
from growthsheet.workbook.tables import Column, Table, TableData
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet
from growthsheet.xlsx.writer.formats import Formats
from growthsheet.xlsx.writer.layout import TablePlace

Corner = tuple[int, int]
Ends = Mapping[str, tuple[int, int]]

# White on white, also the lines: for rows and headers that have nothing to show yet.
_UNSEEN = CellColors("FFFFFF", "FFFFFF", "FFFFFF")


def color_columns(out: CheckedSheet, looks: Formats, place: TablePlace, block: TableData, ends: Ends) -> None:
    """Add rules to the coloured columns of a table; adjacent columns of one scale share them, so a matrix needs few."""
    ramped = [c for c in block.table.columns if STYLES[c.style].color_scale and not c.hidden]
    ramped.sort(key=lambda column: place.columns[column.key])

    def alike(pair: tuple[int, Column]) -> tuple[str, int, int]:
        own, column = place.columns[pair[1].key], pair[1]
        return STYLES[column.style].color_scale, place.columns[column.look or column.key] - own, own - pair[0]

    for (ramp, beside, _), group in groupby(enumerate(ramped), alike):
        columns = [column for _, column in group]
        cols = [place.columns[column.key] for column in columns]
        decides = xl_col_to_name(cols[0] + beside, bool(columns[0].look and not columns[0].of))
        color_range(out, looks, ramp, (place.first, cols[0]), (place.last, cols[-1]), decides, ends.get(ramp))


def hide_blank_rows(out: CheckedSheet, looks: Formats, place: TablePlace, table: Table) -> None:
    """Hide the lines of a table's rows that show nothing, and its header if the first of them is such a row."""
    cols = [place.columns[column.key] for column in table.columns if not column.hidden]
    decides, first, last = xl_col_to_name(place.columns[table.shown_by], True), min(cols), max(cols)
    for start, end, row in ((place.header, place.header, "$"), (place.first, place.last, "")):
        formula = f"=LEN({decides}{row}{place.first + 1})=0"
        out.conditional((start, first), (end, last), formula, looks.rule(_UNSEEN))


def color_range(
    out: CheckedSheet,
    looks: Formats,
    ramp: str,
    first: Corner,
    last: Corner,
    column: str,
    ends: tuple[int, int] | None = None,
) -> None:
    """Add the rules of a colour scale, spread over ``ends``, to a range; the cell in ``column`` of each row decides."""
    for rule in rules_of(ramp, ends):
        out.conditional(first, last, _condition(rule, f"{column}{first[0] + 1}"), looks.rule(rule.colors))


def _condition(rule: ColorRule, cell: str) -> str:
    if rule.code == "*":
        return f"=LEN({cell})>0"
    if rule.code:
        return f'={cell}="{rule.code}"'
    bounds = [f"{cell}>={number_text(rule.low)}"] if rule.low is not None else []
    bounds += [f"{cell}<{number_text(rule.high)}"] if rule.high is not None else []
    return f"=AND(ISNUMBER({cell}),{','.join(bounds)})"  # an empty text compares as more than any number
