"""Read a returned workbook: its identity, and its input cells.

Only inputs are read; other columns are computed again from them. A file that cannot be read safely is refused as a
whole; in any other file each bad cell is one problem, and the rest is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from growthsheet.errors import Problem, refusal
from growthsheet.text.counts import first_of, plural
from growthsheet.text.language import Translate
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line
from growthsheet.workbook.forms import Form, InputTable, row_label
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.markers import CELL_NAMES
from growthsheet.xlsx.reader.added_notes import added_notes
from growthsheet.xlsx.reader.changed_cells import changed_rows, merged_cells, typed_over
from growthsheet.xlsx.reader.checks import open_package
from growthsheet.xlsx.reader.find_tables import (
    Place,
    added_columns,
    find_fact,
    find_own_columns,
    find_table,
    find_words,
    headed_columns,
    label_columns,
)
from growthsheet.xlsx.reader.identity import guide_texts, read_identity, unknown_tabs
from growthsheet.xlsx.reader.returned import Count, Returned, ReturnedCell, ReturnedRow
from growthsheet.xlsx.reader.take_cell import CellReading, Wanted, is_blank_cell, take_cell, wanted_in
from growthsheet.xlsx.reader.workbook import ReadSheet, ReadWorkbook, ref
from growthsheet.xlsx.reader.written_labels import WrittenLabels, matched, missing

InputPoints = Mapping[str, Sequence[int]]
InputLabels = Mapping[str, Mapping[str, int]]

_PROTECTED = 2
"""The distance of the column with protected values from that with the ids, in a list of rows that were written."""

MAX_INPUT_ROWS = 20_000
"""The most rows of one table; a large team and a catalog of a few hundred activities need more than ten thousand."""


def read_returned_workbook(
    source: bytes | Path,
    name: str,
    forms: Mapping[str, Form],
    points: InputPoints | None = None,
    translation: Callable[[str], Translate] = lambda code: str,
    password: str = "",
    labels: Callable[[str], InputLabels] = lambda code: {},
) -> Returned:
    """Read a returned workbook.

    Parameters
    ----------
    source
        The file, or its bytes.
    name
        The name of the file in problems.
    forms
        The form, with the tables and cells to be read, by kind of workbook.
    points
        The points of each scale; without them, any whole number is accepted.
    translation
        Returns by a language's code what translates English texts into it: only needed if a program has removed the
        defined names.
    password
        The password of the file, if it has one.
    labels
        Returns by a language's code the points of each scale by their labels, which people may type instead.

    Raises
    ------
    InputError
        If it is not a workbook of growthsheet, or cannot be read safely.
    """
    name = one_line(name, 120)
    book = ReadWorkbook(open_package(source, name, password), whole=False)
    identity, kind, problems = read_identity(book)
    if kind not in forms:
        hint = "leave it out: nobody fills it in"
        raise refusal("organization-workbook", book.name, "the organization's workbook", "a person's or a team's", hint)
    code = identity.get("language", "")
    return _Reader(book, identity, forms[kind], points or {}, problems, translation(code), labels(code)).read()


class _Field(NamedTuple):
    """The kind of value expected in an input cell, the header of its column, and the scale of a rating."""

    wanted: Wanted
    header: str
    scale: str


class _Reader:
    def __init__(
        self,
        book: ReadWorkbook,
        identity: Mapping[str, str],
        form: Form,
        points: InputPoints,
        problems: Iterable[Problem],
        translate: Translate,
        labels: InputLabels,
    ) -> None:
        self._translate, self._labels = translate, labels
        self._book, self._identity, self._form, self._points = book, identity, form, points
        self._problems, self._cell_problems = ProblemList(book.name, problems), ProblemList(book.name)
        self._counts: Counter[str] = Counter()
        self._seen: dict[str, ReadSheet] = {}

    def read(self) -> Returned:
        written = [table.rows for table in self._form.tables if table.rows]
        self._words = {name: find_words(self._book, name) for name in (*self._form.lists, *written)}
        self._protected = {name: find_words(self._book, name, _PROTECTED) for name in written}
        own = find_own_columns(self._book)
        self._words |= {c.key: find_words(self._book, c.key) for of in own.values() for c in of if c.note == "choice"}
        tables = {table.name: self._table(table.with_columns(own.get(table.name, ()))) for table in self._form.tables}
        asked = {name: {c.key: c.note for c in columns if c.role == "input"} for name, columns in own.items()}
        facts = self._facts()
        self._problems.add(*typed_over(self._book, self._form, self._seen))
        for sheet in self._seen.values():
            if misplaced := sheet.stored.misplaced:
                cells = f"{plural(misplaced, 'cell')} in a place that no sheet has, or in another row's place"
                said = f"{cells}: {first_of(misplaced, 5)}; not read"
                self._tell("misplaced-cells", one_line(sheet.name), said, "each cell in its place", "save it in Excel")
        rated, guide = self._form.tables[0], guide_texts(self._book)
        scores = {key for key, column in rated.asked.items() if wanted_in(column.style) == "rating"}
        empty = all(row.cells[key].value is None for row in tables[rated.name] for key in scores & row.cells.keys())
        tabs = unknown_tabs(self._book, self._seen, guide, self._translate, empty)
        self._problems.add(*tabs, *added_notes(self._book))
        count = Count(self._book.name, "accepted", self._counts.total(), **self._counts)
        found, told = (self._problems.all, self._cell_problems.all), (self._words, self._protected, asked)
        whose = self._book.name, self._identity["kind"], self._identity
        return Returned(*whose, tables, facts, *found, count, *told, self._book.modified, guide)

    # -- tables ----------------------------------------------------------------------------------------------------

    def _table(self, table: InputTable) -> tuple[ReturnedRow, ...]:
        fields = {
            key: _Field(wanted_in(column.style), column.header, table.field(key)) for key, column in table.asked.items()
        }
        place = find_table(
            self._book, table.name, {key: {f.header, self._translate(f.header)} for key, f in fields.items()}
        )
        for key in fields if place else ():
            if place and key not in place.columns:
                found, expected = f"no column {fields[key].header}", "every column that growthsheet wrote"
                self._tell("missing-column", one_line(place.sheet.name), found, expected, "put the column back")
        return self._rows(table, place, fields)

    def _rows(self, table: InputTable, place: Place | None, fields: Mapping[str, _Field]) -> tuple[ReturnedRow, ...]:
        if place is None:
            found, hint = f"no table of the tab {table.tab}; earlier answers there are kept", "put the tab back"
            self._tell("missing-table", "", found, "every table that growthsheet wrote", hint)
            return ()
        self._seen[place.sheet.name], tab = place.sheet, self._tab(place.sheet)
        if table.labels and not table.extended:
            if self._book.names and not self._words[table.rows]:  # another program may have dropped all names
                found = "no list of the rows that were written, so moved or missing rows cannot be found"
                self._tell("missing-table", "", found, "the hidden tab Lists", "check the answers", note=True)
            labels = label_columns(self._book, place, table, self._translate)
            place = replace(place, labels=tuple(labels.values()) if len(labels) == len(table.labels) else ())
            for name in table.labels if self._words[table.rows] else ():
                if name not in labels:
                    found = f"no column {table.heading(name)}, so the rows were read by their hidden ids"
                    hint = "put the column back, or check that each answer is in the right row"
                    self._tell("missing-column", tab, found, "every column that growthsheet wrote", hint)
        keyed, own = dict[int, str](), dict[int, str]()
        written = WrittenLabels(self._words.get(table.rows, {}) if place.labels else {})
        gone, by_name = dict(written.names), list[str]()
        for row in place.rows():
            blank = all(is_blank_cell(place.sheet.cell(row, column)) for column in place.columns.values())
            key, id, label = self._key(place, row, written, blank)
            if not key and blank and not id:
                continue
            keyed[row] = key
            gone.pop(key.removeprefix(KEY) or id, "")
            if key and key.removeprefix(KEY) != id:
                by_name.append(label)
            elif key:
                own[row] = id
            if len(keyed) > MAX_INPUT_ROWS:
                found, most = f"more than {MAX_INPUT_ROWS:,} rows", f"at most {MAX_INPUT_ROWS:,}"
                self._tell("too-many-rows", tab, found, most, "delete what does not belong there")
                break
        if not any(keyed.values()):
            found, hint = f"no row of the table {table.name}", "send the file that growthsheet wrote, with all its rows"
            self._tell("missing-rows", tab, found, "every row that growthsheet wrote", hint)
        else:
            self._problems.add(*missing(tab, gone.values()))
        self._problems.add(*matched(tab, by_name))
        guarded = headed_columns(place, table, (*table.protected, *table.calculated), self._translate)
        protected = self._protected.get(table.rows, {})
        self._problems.add(*changed_rows(table, place, tab, guarded, written.names, own, protected))
        self._problems.add(*merged_cells(place, tab, keyed))
        whole = len(place.columns) == len(fields)  # else an unknown heading may be that of the missing column
        if whole and (added := added_columns(place, table, keyed, self._translate)):
            names = first_of(list(map(one_line, added)), 10)
            found = f"columns that growthsheet did not write; they are not read: {names}"
            self._tell("added-columns", tab, found, "", "", note=True)
        unknown = self._unknown_rows(table, place, keyed)
        cell, columns = partial(self._cell, place.sheet), place.columns.items()
        return tuple(
            ReturnedRow(key, {name: cell(row, column, fields[name], row in unknown) for name, column in columns})
            for row, key in keyed.items()
        )

    def _key(self, place: Place, row: int, written: WrittenLabels, blank: bool) -> tuple[str, str, str]:
        """Return the key of a row by its id and its visible name, which must agree; then the id, and the name."""
        sheet, cell = place.sheet, place.sheet.cell(row, place.key)
        text = sheet.text(row, place.key)
        id = text.removeprefix(KEY) if text.startswith(KEY) else ""
        label = row_label(*(str(sheet.shown(row, column).value or "") for column in place.labels))
        if subject := written.subject(id, label):
            return KEY + subject, id, label
        if id in written.names or (id and not blank):
            self._problems.add(written.disagreement(self._place(sheet, row, place.labels[-1]), label, id))
        elif not id and (text or not is_blank_cell(cell)):
            found, hint = "something other than an id", "leave the hidden column A alone; a new row needs none"
            self._tell("bad-row-id", self._place(sheet, row, place.key), found, "the id that was there", hint)
        return "", id, label

    def _unknown_rows(self, table: InputTable, place: Place, keyed: Mapping[int, str]) -> set[int]:
        """Return the rows whose subject is unknown: copies, and rows added to a table that allows none."""
        unknown: set[int] = set()
        first: dict[str, int] = {}
        copies: dict[int, int] = {}
        fixed = not table.extended
        for row, key in keyed.items():
            at = self._place(place.sheet, row, place.key)
            if not key and fixed:
                unknown.add(row)
                if is_blank_cell(place.sheet.cell(row, place.key)):
                    hint = "rate the activities that are there; new ones belong in the catalog"
                    self._tell("row-without-id", at, "a row that was added", "the rows that growthsheet wrote", hint)
            elif key and first.setdefault(key, row) != row:
                unknown |= {row, first[key]} if fixed else set()
                copies[row] = first[key]
        if copies:
            some = first_of([f"{ref(row, place.key)} as {ref(of, place.key)}" for row, of in copies.items()], 5)
            found = f"{plural(copies, 'row')} with the same id or name as another row: {some}"
            hint = "keep only one of the two" if fixed else "the copy counts as a new row"
            at = self._place(place.sheet, next(iter(copies)), place.key)
            self._tell("repeated-row-id", at, found, "each row once", hint, note=not fixed)
        return unknown

    # -- cells -----------------------------------------------------------------------------------------------------

    def _cell(self, sheet: ReadSheet, row: int, column: int, field: _Field, unknown: bool = False) -> ReturnedCell:
        cell, scale = sheet.cell(row, column), field.scale
        if is_blank_cell(cell):
            self._counts["blank"] += 1
            return ReturnedCell(None, sheet.name, ref(row, column))
        known = self._points.get(scale), self._translate("yyyy-mm-dd"), self._labels.get(scale, {})
        taken = take_cell(cell, field.wanted, *known)
        self._counts["unknown" if unknown else "rejected" if taken.refused else "taken"] += 1
        if taken.code:
            self._cell_problems.add(_problem(taken, self._place(sheet, row, column), field.header))
        value = cell.value if taken.refused else taken.value
        return ReturnedCell(value, sheet.name, ref(row, column), taken.refused)

    def _facts(self) -> dict[str, ReturnedCell]:
        """Return the single input cells; one that is missing was never written."""
        tab, facts = self._form.facts_tab, self._form.facts
        named = any(name.startswith(CELL_NAMES) for name in self._book.names)
        tabs = (tab, self._translate(tab)) if tab and not named else ()
        home = next((self._seen[tab] for tab in tabs if tab in self._seen), None)
        found: dict[str, ReturnedCell] = {}
        for name, (label, wanted) in facts.items():
            field = _Field(cast(Wanted, wanted), label or name, name)
            if at := find_fact(self._book, name, {label, self._translate(label)}, home):
                self._seen[at[0].name] = at[0]
                found[name] = self._cell(*at, field)
        return found

    def _tab(self, sheet: ReadSheet) -> str:
        return f"{self._book.name}, {one_line(sheet.name)}"

    def _place(self, sheet: ReadSheet, row: int, column: int) -> str:
        return f"{self._tab(sheet)}!{ref(row, column)}"

    def _tell(self, code: str, place: str, found: str, expected: str, hint: str, note: bool = False) -> None:
        whole = place if place.startswith(self._book.name) else ", ".join(filter(None, (self._book.name, place)))
        self._problems.add(Problem(code, whole, found, expected, hint, "note" if note else "error"))


def _problem(taken: CellReading, place: str, header: str) -> Problem:
    whole = f"{place}, {header}" if header else place
    return Problem(taken.code, whole, taken.said, taken.wanted, taken.hint, "note" if taken.note else "error")
