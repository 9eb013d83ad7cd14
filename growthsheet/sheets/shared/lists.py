"""The hidden tab that drop-downs and formulas read: scales, and codes with their words in the workbook's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.measures import lookups as m
from growthsheet.model.code_words import ROUTE_WORDS
from growthsheet.text.language import Translate
from growthsheet.workbook.blocks import Block, NamedCells, Sheet
from growthsheet.workbook.extra_columns import OWN_LIST
from growthsheet.workbook.forms import InputTable, row_label
from growthsheet.workbook.tables import KEY, Column, NamedCell, Ref, Table, TableData, calculated_column, data_column

LISTS = "Lists"


def _coded(name: str, *more: Column) -> Table:
    return Table(
        name,
        (data_column("code", "Code"), data_column("label", "Label"), data_column("number", "Number", "whole"), *more),
    )


ROUTES = _coded("routes", data_column("meaning", "Meaning"), data_column("money", "Money usually goes to"))
FLAGS = _coded("flags")
STATES = _coded("states")
LINKS = _coded("budget_links")
ITEM_STATUSES = _coded("item_statuses")
LINE_STATUSES = _coded("line_statuses")
CATEGORIES = _coded("categories")
ROLES = _coded("roles", data_column("path", "Path"), data_column("expected_count", "Activities", "whole"))
WRITTEN_PEOPLE = _coded("written_people")
"""The ids and visible names of the people that a workbook was written for."""
WRITTEN = {
    name: Table(name, (data_column("code", "Code"), data_column("label", "Label"), data_column("protected")))
    for name in ("written_rows", "written_items", "written_lines")
}
"""The ids, the visible names and the protected values of the rows that an input table was written with."""
OWN_COLUMNS = Table(OWN_LIST, (data_column("code", "Code"), data_column("label", "Label"), data_column("kind")))
"""The extra columns of a workbook: table and column, header, and the kind of what is typed there, if anything is."""
PREFILLED = _coded("prefilled")
"""The ratings that the cells were prefilled with, by scale and activity; those that nobody confirmed are no answers."""


def prefilled_cell(scale: str, activity: str) -> str:
    """Return the name by which that list holds a cell."""
    return f"{scale}:{activity}"


CONFIRMATIONS = _coded("confirmations")
PEOPLE_LIST = _coded("people_list", data_column("currency", "Currency"), data_column("minor", "Decimals", "whole"))


def word_column(
    table: Table, style: str, name: str, code: str, header: str = "", note: str = "", labels: str = "label"
) -> Column:
    """Return a column that shows the words for the code beside it, in the same style."""
    read = {"code": code, "codes": table["code"], "labels": table[labels]}
    return calculated_column(m.word, header, style, name=name, look=code, note=note, **read)


def found_column(
    source: Ref, header: str = "", style: str = "text", note: str | None = None, text: bool = False, **more: Any
) -> Column:
    """Return a column with what ``source``, a column of another table, holds in the row that was found there.

    It has the name of the source, unless ``more`` says another one; without a header it is hidden.
    """
    measure = m.found_text if text else m.found
    fields: dict[str, Any] = {"note": measure.words if note is None else note, "name": source.column, **more}
    return calculated_column(measure, header, style, column=source, hidden=not header, **fields)


def found_by_rank(ranks: Ref) -> tuple[Column, Column]:
    """Return two hidden columns: the number of each row, and the row of another table that has it as its rank."""
    return data_column("n", hidden=True), calculated_column(m.at_rank, name="at", ranks=ranks, hidden=True)


def numbered_rows(table: Table, count: int) -> TableData:
    """Return rows that are numbered from 1."""
    return TableData(table, [{"key": f"k:{n}", "n": n} for n in range(1, count + 1)])


def choice_number(name: str, label: str, table: Table) -> Column:
    """Return a hidden column with the number of the entry that was chosen in a drop-down."""
    return calculated_column(
        m.choice, name=name, label=label, labels=table["label"], numbers=table["number"], hidden=True
    )


def choice_row(asked: str, labels: Ref, numbers: Ref) -> tuple[Column, Column]:
    """Return two hidden columns that find the row, in another table, of the label that was chosen.

    The row is found by its number, which moves with it when that table is sorted.
    """
    choice = f"{asked}_choice"
    return (
        calculated_column(m.choice, name=choice, label=asked, labels=labels, numbers=numbers, hidden=True),
        calculated_column(m.at_rank, name="at", n=choice, ranks=numbers, hidden=True),
    )


def coded_rows(table: Table, entries: Iterable[tuple[str, str]]) -> TableData:
    """Return a list's rows, numbered from 1."""
    return TableData(table, [{"code": code, "label": label, "number": n} for n, (code, label) in enumerate(entries, 1)])


def choice_list(name: str, words: Iterable[str]) -> TableData:
    """Return a list of words that a drop-down offers as they are."""
    return coded_rows(_coded(name), [(word, word) for word in words])


def written_rows(table: InputTable, rows: Iterable[Mapping[str, Any]]) -> TableData:
    """Return the list of an input table's rows as they are written; spare rows are blank, and as many as there."""
    spare = {"code": "", "label": "", "protected": ""}
    return TableData(
        WRITTEN[table.rows],
        [
            {
                "code": row["key"].removeprefix(KEY),
                "label": row_label(*(row[name] for name in table.labels)),
                "protected": table.protected_values(row),
            }
            if len(row) > 1
            else spare
            for row in rows
        ],
    )


def route_rows(translate: Translate) -> TableData:
    """Return the routes in the workbook's language."""
    return TableData(
        ROUTES,
        [
            {"code": code, "number": n}
            | {name: translate(text) for name, text in zip(("label", "meaning", "money"), texts, strict=True)}
            for n, (code, texts) in enumerate(ROUTE_WORDS.items(), 1)
        ],
    )


def word_rows(table: Table, found: dict[str, str], translate: Translate) -> TableData:
    """Return a list of words in the workbook's language."""
    return coded_rows(table, [(code, translate(label)) for code, label in found.items()])


def lists(facts: Iterable[NamedCell], tables: Iterable[TableData], translate: Translate) -> Sheet:
    """Return the hidden tab."""
    blocks: tuple[Block, ...] = (NamedCells(tuple(facts)), *tables)
    return Sheet(
        LISTS,
        translate("What drop-downs and formulas read; there is nothing to fill in here."),
        blocks,
        colour="about",
        hidden=True,
    )
