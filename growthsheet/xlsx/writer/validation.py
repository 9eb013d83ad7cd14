"""Data validation: the values that may be typed into a cell, and its input message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from growthsheet.model.excel_limits import MAX_PROMPT_TITLE
from growthsheet.text.language import fill_in
from growthsheet.text.numbers import MOST
from growthsheet.workbook.styles import STYLES
from growthsheet.workbook.tables import Column, NamedCell
from growthsheet.xlsx.writer.checked_sheet import CheckedSheet, shortened
from growthsheet.xlsx.writer.layout import Layout
from growthsheet.xlsx.writer.worksheet import escaped

EARLIEST = date(1900, 3, 1)
"""The earliest date that is accepted: Excel treats 1900 as a leap year, so earlier days are off by one."""


def validate(
    out: CheckedSheet,
    layout: Layout,
    asked: Column | NamedCell,
    first: int,
    last: int,
    col: int,
    rows: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Set the data validation and the input message of cells; each row may have its own message.

    ``prompt_<column>`` of a row is its message and ``title_<column>`` the subject of it: Excel does not move messages
    when rows are sorted, so each must name the row that it was made for.
    """
    rule, translate = _rule(asked, layout), layout.book.translate
    title, message = asked.prompt
    own = f"prompt_{asked.name}"
    if rows and own in rows[0]:
        messages = [_said(row.get(f"title_{asked.name}") or translate(title), row[own]) for row in rows]
        for found, neighbours in groupby(enumerate(messages, first), key=itemgetter(1)):
            places = [row for row, _ in neighbours]
            out.validation((places[0], col), (places[-1], col), {**rule, **found})
    elif rule["validate"] != "any" or message:
        out.validation((first, col), (last, col), {**rule, **_said(translate(title), translate(message))})


def explain(out: CheckedSheet, row: int, col: int, message: str) -> None:
    """Set a message that whoever selects a cell reads; a note would put a red triangle into its corner."""
    out.validation((row, col), (row, col), {"validate": "any", **_said("", message.split("\n")[0])})


def _said(title: str, message: str) -> dict[str, str]:
    if not message:
        return {}
    shown = escaped(message.replace("\t", " "))  # XlsxWriter escapes neither in an attribute
    head = escaped(title.replace("\t", " "))
    return {"input_title": shortened(head, MAX_PROMPT_TITLE), "input_message": shortened(shown)}


def _rule(asked: Column | NamedCell, layout: Layout) -> dict[str, Any]:
    translate = layout.book.translate
    if asked.choices:
        source = "=" + layout.range(asked.choices.table, asked.choices.column)
        title, refused = translate("Not in the list"), translate("Choose one from the list, or clear the cell.")
        return {"validate": "list", "source": source, "error_title": title, "error_message": refused}
    if STYLES[asked.style].money:
        refused = translate("An amount of 0 or more, without a currency sign.")
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": refused}
    if asked.style == "number":
        refused = translate("A number.")
        return {"validate": "decimal", "criteria": ">=", "value": -int(MOST), "error_message": refused}
    if asked.style == "date":
        day = layout.book.theme.shown_day(date(2026, 3, 31), translate)
        refused = shortened(fill_in(translate("A date, such as {day}."), day=day))
        return {"validate": "date", "criteria": ">=", "value": EARLIEST, "error_message": refused}
    if asked.style == "rate":
        refused = translate("A rate between 0% and 100%.")
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, "error_message": refused}
    return {"validate": "any"}
