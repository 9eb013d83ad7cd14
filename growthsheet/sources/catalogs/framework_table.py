"""One table of a framework: where its header stands, and how its rows are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from growthsheet.sources.catalogs.document import Mark
from growthsheet.sources.catalogs.grids import Grid
from growthsheet.sources.catalogs.table_headers import columns_of, is_aside, is_code, is_of_people
from growthsheet.sources.catalogs.word_levels import LADDER_WORDS, NO_LEVEL, TICKS, Steps, noted, plain
from growthsheet.xlsx.reader.cells import column_letters

NEEDED_FIELDS = ("role", "activity", "level")
LOOK_AT = 15
"""In so many rows the header is looked for."""


def framework_table(grid: Grid, number: int, mapping: Mapping[str, str], given: Steps | None) -> FrameworkTable | None:
    """Return how a table is to be read: the first row that is a header says it; None where there is none."""
    make = partial(FrameworkTable, grid, number, mapping=mapping, given=given)
    for at, (_, cells) in enumerate(grid.rows[:LOOK_AT]):
        columns = columns_of(cells, mapping)
        if set(NEEDED_FIELDS) <= set(columns) or ({"activity", "level"} <= set(columns) and grid.title):
            return make(at, columns, "rows").with_codes()
        if "activity" in columns and (shape := make(at, columns, "matrix").with_codes()).of_roles:
            return replace(shape, kind="ticked") if "role" in columns and shape.is_ticked else shape
        if "role" in columns and "level" not in columns and not is_of_people(cells):
            turned = {"activity": columns["role"], "area": []}
            if (shape := make(at, turned, "turned")).of_roles and shape.has_levels:
                return shape
    # No header is known: a first column of names with levels or long texts beside it is a matrix all the same.
    at = next((n for n, (_, cells) in enumerate(grid.rows[:LOOK_AT]) if sum(map(bool, cells)) > 1), 0)
    first = next((n for n, cell in enumerate(grid.rows[at + 1][1]) if cell), 0) if len(grid.rows) > at + 1 else 0
    shape = make(at, {"activity": [first]}, "guessed")
    names = shape.filled([first])
    free = [n for n, name in enumerate(shape.header) if name and n != first and not is_aside(name)]
    texts = shape.filled(free)
    of_people = is_of_people([name for name in shape.header if name.casefold() != "name"])
    named = len(set(names)) == len(names) and not any(map(noted, names))
    if of_people or not named or len(free) < 2 or free != shape.of_roles:
        return None
    clear = shape.has_levels or shape.is_of_levels or sum(map(len, texts)) > 25 * len(texts)
    return shape if clear else None


@dataclass(frozen=True)
class FrameworkTable:
    """A table whose header was found, and how its rows are to be read."""

    grid: Grid
    number: int
    at: int
    columns: Mapping[str, list[int]]
    kind: str
    mapping: Mapping[str, str]
    given: Steps | None

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The header; of two rows, with the upper one's words before the lower one's."""
        upper = self.grid.rows[self.at][1]
        if not self.is_double:
            return upper
        lower, found, group = self.grid.rows[self.at + 1][1], [], ""
        for top, below in zip(upper, lower, strict=True):
            group = top or (group if below else "")
            found.append(f"{group} {below}".strip())
        return tuple(found)

    @cached_property
    def is_double(self) -> bool:
        """Whether the header of a matrix has a second row: groups of roles above, the roles below."""
        if self.kind == "rows" or len(self.grid.rows) < self.at + 2:
            return False
        upper, lower = self.grid.rows[self.at][1], self.grid.rows[self.at + 1][1]
        below = {n: cell for n, cell in enumerate(lower) if cell and n not in self.used}
        if len(lower) != len(upper) or lower[self.columns["activity"][0]] or any(map(self.is_level, below.values())):
            return False
        return {bool(upper[n]) for n in below} == {True, False}

    @cached_property
    def body(self) -> Sequence[tuple[int, tuple[str, ...]]]:
        """The rows below the header, as long as it, those left out that repeat it."""
        head, rows = self.grid.rows[self.at][1], self.grid.rows[self.at + 1 + self.is_double :]
        return [(number, cells + ("",) * (len(head) - len(cells))) for number, cells in rows if cells != head]

    @cached_property
    def used(self) -> set[int]:
        """The columns that have a field."""
        return {column for columns in self.columns.values() for column in columns}

    @cached_property
    def of_roles(self) -> list[int]:
        """The columns of a matrix that stand for a role each."""
        none = {*NO_LEVEL, ""} - TICKS
        names = {n: name for n, name in enumerate(self.header) if n not in self.used and name.casefold() not in none}
        free = [n for n, name in names.items() if not is_aside(name)]
        filled = {n: self.filled([n]) for n in free}
        levels = {n: sum(map(self.is_level, cells)) for n, cells in filled.items()}
        if any(2 * levels[n] >= len(filled[n]) > 0 for n in free):
            return [n for n in free if levels[n] or not filled[n]]
        return [n for n in free if filled[n]]

    @cached_property
    def has_levels(self) -> bool:
        """Whether most of a matrix' cells are levels, and not texts."""
        cells = self.filled(self.of_roles)
        if 2 * sum(map(self.is_level, cells)) >= len(cells) > 0:
            return True
        # Words for levels stand there again and again; statements of a few words differ from cell to cell.
        statements = self.is_of_levels or 2 * sum(" " in cell for cell in cells) > len(cells)
        differ = statements and 4 * len(set(cells)) > 3 * len(cells)
        return all(len(cell) <= 25 for cell in cells) and not differ

    @cached_property
    def is_of_levels(self) -> bool:
        """Whether the columns of a matrix are called by levels, such as "L1", "IC2" or "Level 3"."""
        return len(self.of_roles) > 1 and all(re.fullmatch(r"\D{1,12}\d\d?", self.header[n]) for n in self.of_roles)

    @cached_property
    def is_ticked(self) -> bool:
        """Whether each row has one tick, in the column of the level that is meant."""
        rows = [[plain(cells[n]) for n in self.ticked(cells)] for _, cells in self.body]
        return all(len(row) < 2 and TICKS.issuperset(row) for row in rows)

    @cached_property
    def is_of_ticked_levels(self) -> bool:
        """Whether the columns of a matrix are called by levels, and hold nothing but ticks."""
        ticks = {plain(cell) for cell in self.filled(self.of_roles) if cell.casefold() not in NO_LEVEL}
        called = {plain(self.header[n]) for n in self.of_roles}
        of_levels = called <= LADDER_WORDS or ("role" in self.columns and self.is_of_levels)
        return len(called) > 1 and of_levels and bool(ticks) and ticks <= TICKS

    def ticked(self, cells: Sequence[str]) -> list[int]:
        """Return the columns of levels in which a row says something, and not that there is no level."""
        return [n for n in self.of_roles if cells[n] and cells[n].casefold() not in NO_LEVEL]

    @cached_property
    def area_beside(self) -> int | None:
        """The column before the activities that has no header and holds the areas."""
        column = self.columns["activity"][0] - 1
        if self.kind == "rows" or self.columns.get("area") or column < 0 or self.header[column]:
            return None
        texts = self.filled([column])
        return column if texts and not any(map(noted, texts)) else None

    def filled(self, columns: Sequence[int]) -> list[str]:
        """Return what stands in some columns, blank cells left out."""
        return [cells[n] for _, cells in self.body for n in columns if len(cells) > n and cells[n]]

    def with_codes(self) -> FrameworkTable:
        """Return the table with each column of codes as the ids of the activities or roles beside it: one for each."""
        columns = dict(self.columns)
        for n in [n for n, name in enumerate(self.header) if is_code(name) and n not in self.used]:
            for field in sorted({"activity", "role"} & set(columns), key=lambda field: abs(columns[field][0] - n)):
                at = columns[field][0]
                pairs = {(cells[n], cells[at]) for _, cells in self.body if cells[n]}
                codes, names = (len({pair[side] for pair in pairs}) for side in (0, 1))
                if len(pairs) == codes == names > 1 and f"{field}_id" not in columns:
                    columns[f"{field}_id"] = [n]
                    break
        return replace(self, columns=columns)

    def is_level(self, text: str) -> bool:
        """Return whether a cell's text is that of a level."""
        known = self.given is not None and plain(text) in self.given.by_word
        return known or text.casefold() in NO_LEVEL or bool(noted(text)) or plain(text) in LADDER_WORDS

    def name_of(self, column: int) -> str:
        """Return a column's header, or its letters where it has none."""
        return (self.header[column] if column < len(self.header) else "") or column_letters(column + 1)

    def mark(self, row: int, column: int) -> Mark:
        """Return where a cell is."""
        return self.number, row, column

    def text(self, cells: Sequence[str], field: str) -> str:
        """Return what a row says in a field; blank where it has no such column."""
        columns = self.columns.get(field)
        return cells[columns[0]] if columns else ""
