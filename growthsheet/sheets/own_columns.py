"""The organization's own columns where people type, in any form whose rows are for activities; and its own tabs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from growthsheet.errors import ExpressionError, Problem
from growthsheet.model import Catalog
from growthsheet.sheets.forms import FORMS
from growthsheet.sheets.organization.bench import BENCH
from growthsheet.sheets.organization.calibration import CALIBRATION
from growthsheet.sheets.organization.people_by_activity import PEOPLE_BY_ACTIVITY
from growthsheet.sheets.organization.responses import RESPONSES_TAB
from growthsheet.sheets.organization.teams_by_area import TEAMS_BY_AREA
from growthsheet.sheets.shared.lists import OWN_COLUMNS, choice_list
from growthsheet.text.counts import plural
from growthsheet.text.language import Translate
from growthsheet.text.quoting import did_you_mean, quote
from growthsheet.views.context import BuildContext, Ratings
from growthsheet.views.shown_answers import with_nearest
from growthsheet.workbook.blocks import Block, Links, Sheet
from growthsheet.workbook.extra_columns import ExtraColumn
from growthsheet.workbook.forms import InputTable
from growthsheet.workbook.tables import KEY, Column, Table, TableData
from growthsheet.xlsx.reader.identity import TABS

Placed = Mapping[str, tuple[ExtraColumn, Column]]
"""The extra columns of a table by their ids, each with the column that it is there."""


def _placed(columns: Iterable[ExtraColumn], table: Table, source: str) -> Placed:
    """Return the columns that a table gets: those for it, if their measures find what they read."""
    found: dict[str, tuple[ExtraColumn, Column]] = {}
    there = {column.name for column in table.columns}
    for each in columns:
        typed = each.of == ("person" if source == "self" else "manager")
        if each.on not in ("both", table.name) or (each.of == "manager" and not typed):
            continue
        reads = each.measure.parameters if each.measure else ()
        if all(p.name in there or p.name in found for p in reads if p.needed or p.kind == "column"):
            found[each.id] = each, each.column(typed, found)
    return found


def typed_columns(context: BuildContext, table: InputTable) -> list[str]:
    """Return the ids of the extra columns that people type into in a table."""
    placed = _placed(context.extra_columns, table.shapes[0], table.own) if table.own else {}
    return [id for id, (_, column) in placed.items() if column.role == "input"]


def with_own_columns(
    context: BuildContext, kind: str, tabs: Iterable[Sheet], ratings: Mapping[str, Ratings]
) -> list[Sheet]:
    """Return the tabs of a workbook with the extra columns and what stands in them; ``ratings`` are by person."""
    sources = {table.name: table.own for table in FORMS[kind].tables if table.own}

    def extended(block: Block) -> Block:
        if not isinstance(block, TableData) or block.table.name not in sources:
            return block
        source = sources[block.table.name]
        table, placed = _extended(context, block.table, source)
        rows = [{**row, **dict(_cells(row["key"], placed, source, ratings))} for row in block.rows]
        return replace(block, table=table, rows=rows)

    if not context.extra_columns:
        return [*tabs]
    return [replace(tab, blocks=tuple(map(extended, tab.blocks))) for tab in tabs]


def with_own_sheets(context: BuildContext, kind: str, tabs: Iterable[Sheet]) -> list[Sheet]:
    """Return the tabs of a workbook with the extra ones behind them, and links to these on the first tab."""
    front, *others = tabs
    own = [each for each in context.extra_sheets if each.on == kind]
    if not own:
        return [front, *others]
    forms = {table.name for form in FORMS.values() for table in form.tables if table.own}
    tables = [block.table for tab in others for block in tab.blocks if isinstance(block, TableData)]
    read = {table.name: table for table in tables if table.name in forms}
    links = tuple((each.name, each.purpose) for each in own)
    blocks = (replace(b, sheets=(*b.sheets, *links)) if isinstance(b, Links) else b for b in front.blocks)
    return [replace(front, blocks=tuple(blocks)), *others, *(each.sheet(read) for each in own)]


def extra_sheet_problems(context: BuildContext) -> Iterator[Problem]:
    """Yield what keeps the extra tabs from standing beside one another and beside the usual ones."""
    of_organization = {RESPONSES_TAB, TEAMS_BY_AREA, BENCH, CALIBRATION, PEOPLE_BY_ACTIVITY}
    taken = {name.casefold() for tab in TABS | of_organization for name in (tab, context.translate(tab))}
    times = Counter((each.on, each.name.casefold()) for each in context.extra_sheets)
    for each in context.extra_sheets:
        place = f"extra_sheets: {quote(each.name)}"
        if each.name.casefold() in taken or times[each.on, each.name.casefold()] > 1:
            yield Problem("extra-sheet", place, "the name of another tab", "each name once", "give it another name")
        forms = [table for table in FORMS[each.on].tables if table.own] if each.on in FORMS else []
        try:
            each.sheet({table.name: _extended(context, table.shapes[0], table.own)[0] for table in forms})
        except ExpressionError as error:
            yield Problem("extra-sheet", place, str(error), "columns that are there", "correct the parameter's name")


def _extended(context: BuildContext, table: Table, source: str) -> tuple[Table, Placed]:
    """Return a table with the extra columns behind the last one to type into; made once for all workbooks."""
    known: dict[int, tuple[Table, Table, Placed]] = context.cache.setdefault("own columns", {})
    if id(table) not in known:
        placed = _placed(context.extra_columns, table, source)
        at = 1 + max(n for n, column in enumerate(table.columns) if column.role == "input")
        added = (column for _, column in placed.values())
        more = Table(table.name, (*table.columns[:at], *added, *table.columns[at:]), table.lines)
        known[id(table)] = table, more, placed  # the table itself, too, so that no other one gets its id
    return known[id(table)][1:]


def _cells(key: str, placed: Placed, source: str, ratings: Mapping[str, Ratings]) -> Iterator[tuple[str, Any]]:
    """Yield what is given and what was typed about the subject of a row."""
    person, _, activity = key.removeprefix(KEY).rpartition(":")
    person = person or next(iter(ratings))
    for id, (each, column) in placed.items():
        if each.asked is not None:
            of = "self" if each.of == "person" else source
            yield column.key, each.cell(ratings[person].typed.get((of, activity, id)))
        elif not each.measure:
            yield column.key, each.value(person, activity)


def own_lists(context: BuildContext, tabs: Iterable[Sheet]) -> Iterator[TableData]:
    """Yield the lists by which a returned workbook tells of its extra columns, and those that its drop-downs offer."""
    by_key = {each.key: each for each in context.extra_columns}
    tables = [block.table for tab in tabs for block in tab.blocks if isinstance(block, TableData)] if by_key else []
    own = [(table.name, column) for table in tables for column in table.columns if column.key in by_key]
    kinds = [by_key[column.key].kind if column.role == "input" else "" for _, column in own]
    if own:
        of = zip(own, kinds, strict=True)
        rows = [{"code": f"{table}:{c.key}", "label": c.header, "kind": kind} for (table, c), kind in of]
        yield TableData(OWN_COLUMNS, rows)
    for (_, column), kind in zip(own, kinds, strict=True):
        if kind == "choice":
            yield choice_list(column.key, by_key[column.key].asked or ())


def extra_column_problems(columns: Iterable[ExtraColumn], catalog: Catalog, translate: Translate) -> Iterator[Problem]:
    """Yield what keeps columns from standing beside one another and beside the usual ones."""
    columns = [*columns]
    forms = [table for form in FORMS.values() for table in form.tables if table.own]
    usual = {word.casefold() for table in forms for text in table.headings for word in (text, translate(text))}
    times = Counter(name for each in columns for name in {each.id, each.header.casefold()})
    shapes = [(shape, table.own) for table in forms for shape in table.shapes]
    placed = {id for shape, source in shapes for id in _placed(columns, shape, source)}
    for each in columns:
        place = f"extra_columns: {quote(each.header)}"
        if times[each.id] > 1 or each.header.casefold() in usual or times[each.header.casefold()] > 1:
            found = "a header or id that another column has"
            yield Problem("extra-column", place, found, "each column once", "give it another header, or an id=")
        elif each.id not in placed:
            names = sorted({c.name for shape, _ in shapes for c in shape.columns if not c.of})
            read = [p.name for p in each.measure.parameters if p.name not in names] if each.measure else []
            found = f"a measure of {', '.join(map(quote, read)) or 'columns of different tabs'}"
            expected = "columns of the same row"
            yield Problem("extra-column", place, found, expected, did_you_mean(read[0], names, "") if read else "")
        activities = sorted({key if isinstance(key, str) else key[1] for key in each.values or ()})
        for id in activities:
            if id not in catalog.activity_by_id:
                hint = did_you_mean(id, catalog.activity_by_id, "take it out")
                yield Problem("unknown-activity", place, quote(id), "an activity of the catalog", hint)


def unknown_value_notes(
    columns: Iterable[ExtraColumn], here: Iterable[str], others: Iterable[str]
) -> Iterator[Problem]:
    """Yield a note for each column that gives values for ids that the roster does not have.

    ``here`` are the ids of those who get a workbook, ``others`` those of everybody else on the roster.
    """
    here, others = {*here}, {*others}
    for each in columns:
        given = {key[0] for key in each.values or () if not isinstance(key, str)}
        if unknown := sorted(given - here - others):
            told = with_nearest(unknown, here - given)
            found = f"values for {plural(unknown, 'person')} not on the roster, so not shown: {told}"
            place, expected = f"extra_columns: {quote(each.header)}", "ids of the roster"
            yield Problem("unknown-person", place, found, expected, "correct the ids", severity="note")
