"""Frameworks in tables: a row for each role and activity, or a matrix of activities and roles with levels or texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from growthsheet.errors import InputError
from growthsheet.sources.catalogs.build_catalog import CatalogBuilder
from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.sources.catalogs.framework_table import LOOK_AT, FrameworkTable, framework_table
from growthsheet.sources.catalogs.grids import MARKDOWN, Grid, read_grids
from growthsheet.sources.catalogs.table_entries import entries_of
from growthsheet.sources.catalogs.table_headers import FIELDS, headers_of, is_of_people
from growthsheet.sources.catalogs.word_levels import Steps
from growthsheet.sources.tables.read_table import TEXTS, WORKBOOKS
from growthsheet.text.counts import first_of
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

TABLES = (*TEXTS, *WORKBOOKS, *MARKDOWN)

SHAPES = (
    "a table with columns for role, activity and level, a matrix with a row for each activity and a column for each "
    "role, or a tab for each role with columns for activity and level"
)


def is_table(path: Path) -> bool:
    """Return whether a file holds a framework: its headers speak of activities with levels, and of no people."""
    findings = ProblemList("")
    try:
        grids = read_grids(path, findings)
    except InputError:  # whoever reads it as something else says why
        return False
    shapes = [shape for n, grid in enumerate(grids) if (shape := framework_table(grid, n, {}, None))]
    sure = [shape for shape in shapes if shape.kind != "guessed"]
    of_levels = any(shape.kind in ("rows", "ticked") or not is_of_people(shape.header) for shape in sure)
    return of_levels or (path.suffix.lower() in MARKDOWN and bool(grids))


def is_rows(value: object, mapping: Mapping[str, str]) -> bool:
    """Return whether a value is a list of flat dictionaries that are the rows of a framework."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        return False
    if any(isinstance(cell, list | dict) for row in value for cell in row.values()):
        return False
    grids = read_grids(value, ProblemList("")) if value else []
    return any(framework_table(grid, 0, mapping, None) for grid in grids)


def read_catalog_table(source: Any, name: str, mapping: Mapping[str, str], given: Steps | None = None) -> Document:
    """Return the framework in a file's tables, in dictionaries or in a DataFrame as a catalog.

    ``mapping``: field to column, where the headers do not say it; ``given``: the skill scale, where somebody named it.
    """
    findings = ProblemList(name)
    grids = read_grids(source, findings)
    there = {cell for grid in grids for _, cells in grid.rows[:LOOK_AT] for cell in cells}
    for field, column in sorted(mapping.items(), key=lambda named: named[0] in FIELDS):
        if field not in FIELDS:
            findings.error("unknown-field", name, quote(field), ", ".join(FIELDS), "correct the field's name")
        if column not in there:
            missing, hint = f"no column {quote(column)}", "correct the column's name"
            findings.error("missing-column", name, missing, f"for {field}", hint)
    findings.refuse()
    shapes = [shape for n, grid in enumerate(grids) if (shape := framework_table(grid, n, mapping, given))]
    if not shapes:
        raise _no_shape(grids, findings)
    if skipped := [grid.title for n, grid in enumerate(grids) if n not in {shape.number for shape in shapes}]:
        findings.note("other-tabs", name, f"not read, as it holds no such table: {first_of(skipped, 5)}")
    entries = [entry for shape in shapes for entry in entries_of(shape, findings, len(shapes) > 1)]
    stem = source.stem if isinstance(source, Path) else name
    where = partial(_where, {shape.number: shape for shape in shapes}, len(grids) > 1)
    headers = " ".join(name for shape in shapes for name in shape.header)
    return CatalogBuilder(findings, given, headers, where).document(entries, stem)


def _no_shape(grids: Sequence[Grid], findings: ProblemList) -> InputError:
    """The error of a file without any framework in it: what stands in its first rows, and what is read."""
    firsts = [[one_line(cell, 30) for cell in grid.rows[0][1] if cell] for grid in grids]
    found = f"the first row says {'; '.join(first_of(row, 8) for row in firsts[:3])}" if firsts else "no table"
    hint = (
        f"name the columns as in {headers_of('role', 4)}...; {headers_of('activity', 4)}...; "
        f'{headers_of("level", 4)}...; or map them, as in --map activity="...", see docs/frameworks.md'
    )
    return findings.fatal("no-framework", findings.place, found, SHAPES, hint)


def _where(shapes: Mapping[int, FrameworkTable], several: bool, mark: Mark) -> str:
    number, row, column = mark
    shape = shapes[number]
    title = f"{one_line(shape.grid.title)}, " if several and shape.grid.title else ""
    return f"{title}{shape.grid.unit} {row}, column {one_line(shape.name_of(column))}"
