"""One table of a framework: where its header stands, and how its rows are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from growthsheet.sources.catalogs.build_catalog import Entry
from growthsheet.sources.catalogs.document import Mark
from growthsheet.sources.catalogs.grids import Grid, table_place
from growthsheet.sources.catalogs.table_headers import columns_of, is_aside, is_of_people
from growthsheet.sources.catalogs.word_levels import LADDER_WORDS, NO_LEVEL, Steps, noted, plain
from growthsheet.text.counts import first_of, plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote
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
            return make(at, columns, "rows")
        if "activity" in columns and (shape := make(at, columns, "matrix")).of_roles:
            return shape
        if "role" in columns and "level" not in columns and not is_of_people(cells):
            turned = {"activity": columns["role"], "area": []}
            if (shape := make(at, turned, "turned")).of_roles and shape.has_levels:
                return shape
    # No header is known: a first column of names with levels or long texts beside it is a matrix all the same.
    at = next((n for n, (_, cells) in enumerate(grid.rows[:LOOK_AT]) if sum(map(bool, cells)) > 1), 0)
    first = next((n for n, cell in enumerate(grid.rows[at + 1][1]) if cell), 0) if len(grid.rows) > at + 1 else 0
    shape = make(at, {"activity": [first]}, "guessed")
    names = [cells[first] for _, cells in shape.body if len(cells) > first and cells[first]]
    free = [n for n, name in enumerate(shape.header) if name and n != first and not is_aside(name)]
    texts = [cells[n] for _, cells in shape.body for n in free if len(cells) > n and cells[n]]
    clear = shape.has_levels or sum(map(len, texts)) > 25 * len(texts)
    sure = len(free) > 1 and free == shape.of_roles and clear and not any(map(noted, names))
    return shape if sure and len(set(names)) == len(names) else None


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
        below = [
            (top, cell) for n, (top, cell) in enumerate(zip(upper, lower, strict=False)) if cell and n not in self._used
        ]
        groups = len(lower) == len(upper) and any(not top for top, _ in below) and any(top for top, _ in below)
        return groups and not lower[self.columns["activity"][0]] and not any(self.is_level(cell) for _, cell in below)

    @cached_property
    def body(self) -> Sequence[tuple[int, tuple[str, ...]]]:
        """The rows below the header, those left out that repeat it."""
        head = self.grid.rows[self.at][1]
        return [row for row in self.grid.rows[self.at + 1 + self.is_double :] if row[1] != head]

    @cached_property
    def _used(self) -> set[int]:
        return {column for columns in self.columns.values() for column in columns}

    @cached_property
    def of_roles(self) -> list[int]:
        """The columns of a matrix that stand for a role each."""
        free = [n for n, name in enumerate(self.header) if name and n not in self._used and not is_aside(name)]
        filled = {n: [cells[n] for _, cells in self.body if len(cells) > n and cells[n]] for n in free}
        levels = {n: sum(map(self.is_level, cells)) for n, cells in filled.items()}
        if any(2 * levels[n] >= len(filled[n]) > 0 for n in free):
            return [n for n in free if levels[n] or not filled[n]]
        return [n for n in free if filled[n]]

    @cached_property
    def has_levels(self) -> bool:
        """Whether most of a matrix' cells are levels, and not texts."""
        cells = [cells[n] for _, cells in self.body for n in self.of_roles if len(cells) > n and cells[n]]
        return 2 * sum(map(self.is_level, cells)) >= len(cells) > 0 or all(len(cell) <= 25 for cell in cells)

    def is_level(self, text: str) -> bool:
        """Return whether a cell's text is that of a level."""
        known = self.given is not None and plain(text) in self.given.by_word
        return known or text.casefold() in NO_LEVEL or bool(noted(text)) or plain(text) in LADDER_WORDS

    def entries(self, findings: ProblemList, several: bool) -> Iterator[Entry]:
        """The expectations in the rows; ``several``: there are other such tables, so that the title is the area."""
        default = self.grid.title if several or self.grid.unit == "line" else ""
        self._tell_unread(findings)
        if self.kind == "guessed":
            taken = self.name_of(self.columns["activity"][0])
            found = f"no header says which column holds the activities; column {taken} is taken"
            findings.note("columns-guessed", table_place(self.grid, findings), found)
        yield from self._of_rows(findings, default) if self.kind == "rows" else self._of_matrix(findings, default)

    def _tell_unread(self, findings: ProblemList) -> None:
        used = self._used | (set(self.of_roles) if self.kind != "rows" else set())
        unread = [n for n in range(len(self.header)) if n not in used and n != self._area_beside]
        names = [
            one_line(self.name_of(n)) for n in unread if any(len(cells) > n and cells[n] for _, cells in self.body)
        ]
        if names:
            found = f"not read: {plural(names, 'column')} ({first_of(names, 8)})"
            findings.note("columns-not-read", table_place(self.grid, findings), found, "name a field for it with --map")

    def name_of(self, column: int) -> str:
        """Return a column's header, or its letters where it has none."""
        return (self.header[column] if column < len(self.header) else "") or column_letters(column + 1)

    def mark(self, row: int, column: int) -> Mark:
        """Return where a cell is."""
        return self.number, row, column

    # -- a row for each role and activity --------------------------------------------------------------------------

    def _of_rows(self, findings: ProblemList, default: str) -> Iterator[Entry]:
        inner = max(self.columns[field][0] for field in ("role", "activity") if field in self.columns)
        outer = [f for f in ("area", "role", "activity") if f in self.columns and self.columns[f][0] < inner]
        outer.sort(key=lambda field: self.columns[field][0])
        above: dict[str, str] = {}
        filled = 0
        for number, cells in self.body:
            found = {field: self._cell(cells, field) for field in self.columns}
            alone = not any(text for field, text in found.items() if field not in outer)
            own = [field for field in outer if found[field]]
            for n, field in enumerate(outer):
                if not found[field] and not any(outer.index(other) < n for other in own):
                    found[field] = above.get(field, "")
                    filled += bool(found[field]) and field == "role" and not alone
                above[field] = found[field]
            if alone and len(own) < len(outer) + 1 and any(self.columns["level"]):
                continue  # the heading of an outline: what it says is carried to the rows below
            found.setdefault("role", self.grid.title)
            beside = self.columns.get("role", [])[1:]
            found["group"] = (cells[beside[0]] if beside and found["role"] != cells[beside[0]] else "") or found.get(
                "family", ""
            )
            found["area"] = found.get("area") or default
            yield Entry(found, {field: self.mark(number, at[0]) for field, at in self.columns.items()})
        if filled:
            told_of = f"{plural(filled, 'row')} without a role of its own: that of the row above is taken"
            findings.note("roles-filled-down", table_place(self.grid, findings), told_of)

    def _cell(self, cells: Sequence[str], field: str) -> str:
        """What a row says in a field: several columns of areas together, of roles the first that names one."""
        texts = [cells[column] for column in self.columns[field] if column < len(cells)]
        if field == "area":
            return " / ".join(filter(None, texts))
        return (
            next((text for text in texts if text and text.casefold() not in NO_LEVEL), "")
            if field == "role"
            else texts[0]
        )

    # -- a matrix --------------------------------------------------------------------------------------------------

    @cached_property
    def _area_beside(self) -> int | None:
        """The column before the activities that has no header and holds the areas."""
        column = self.columns["activity"][0] - 1
        if self.kind == "rows" or self.columns.get("area") or column < 0 or self.header[column]:
            return None
        texts = [cells[column] for _, cells in self.body if cells[column]]
        return column if texts and not any(map(noted, texts)) else None

    def _of_matrix(self, findings: ProblemList, default: str) -> Iterator[Entry]:
        name_at, roles, levels = self.columns["activity"][0], self.of_roles, self.has_levels
        beside = self._area_beside
        self._refuse_repeated(roles, findings)
        area_at = self.columns.get("area") or ([] if beside is None else [beside])
        area, bands, name, numbered = default, [], "", self._numbered(roles)
        for number, cells in self.body:
            told_area = " / ".join(filter(None, (cells[n] for n in area_at)))
            area = told_area or area
            filled = [n for n in roles if n < len(cells) and cells[n]]
            if (
                cells[name_at]
                and not filled
                and not area_at
                and self.kind != "turned"
                and not self._text(cells, "description")
            ):
                area = cells[name_at]
                bands.append(f"{area} ({self.grid.unit} {number})")
                continue
            name = cells[name_at] or ("" if levels or told_area else name)
            for n in filled:
                header_row = self.grid.rows[self.at][0]
                found = {"activity": name, "role": self.header[n], "level": cells[n], "area": area}
                marks = {
                    "activity": self.mark(number, name_at),
                    "role": self.mark(header_row, n),
                    "level": self.mark(number, n),
                }
                if self.kind == "turned":
                    found |= {"activity": found["role"], "role": name}
                    marks |= {"activity": marks["role"], "role": marks["activity"]}
                elif not levels:
                    step = numbered.get(n, roles.index(n) + 1)
                    found |= {"level": str(step), "label": self.header[n], "anchor": cells[n]}
                    if cells[n].casefold() in NO_LEVEL:
                        found |= {"level": cells[n], "anchor": "", "label": ""}
                extra = {
                    field: self._text(cells, field) for field in ("description", "activity_id") if field in self.columns
                }
                yield Entry(found | extra, marks)
        if bands:
            told_of = f"{plural(bands, 'row')} without a level: the name is taken as the area of the rows below: "
            told_of += first_of(bands, 6)
            findings.note("rows-as-areas", table_place(self.grid, findings), told_of)
        if not levels:
            each = ", ".join(
                f"{numbered.get(column, n)} = {one_line(self.header[column], 30)}" for n, column in enumerate(roles, 1)
            )
            findings.note(
                "texts-as-levels",
                table_place(self.grid, findings),
                f"the cells are texts; each column is a role and a level: {each}",
            )

    def _refuse_repeated(self, roles: Sequence[int], findings: ProblemList) -> None:
        """Tell the headers that several columns of a matrix have: a row above may say whose they are."""
        names = [self.header[n] for n in roles]
        if double := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
            place = f"{table_place(self.grid, findings)}, {self.grid.unit} {self.grid.rows[self.at][0]}"
            found = f"several columns have the header {first_of([quote(name) for name in double], 5)}"
            hint = "put what tells them apart into the header, such as the words of the row above it"
            findings.error("repeated-column", place, found, "a header of its own for each role", hint)

    def _numbered(self, roles: Sequence[int]) -> dict[int, int]:
        """Return the numbers of columns that are called by levels, such as "Level 2"; none if one of them is not."""
        found = {n: re.fullmatch(r"(\D*?)\s*(\d\d?)", self.header[n]) for n in roles}
        matches = [match for match in found.values() if match]
        same = len(matches) == len(roles) and len({match[1].casefold() for match in matches}) == 1
        return {n: int(match[2]) for n, match in found.items() if match} if same else {}

    def _text(self, cells: Sequence[str], field: str) -> str:
        columns = self.columns.get(field, ())
        return cells[columns[0]] if columns and columns[0] < len(cells) else ""
