"""The ledger of one returned file: each of its input cells is read once and counted once."""
# Longer than 300 lines: a cell is read, judged and counted in one place.

from __future__ import annotations

import pickle
import re
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.answers import KINDS, AnswerKey, AnswerKind
from growthsheet.model.code_words import REFUSED_WORDS
from growthsheet.returns.cell_values import Unknown, codes_of, is_blank
from growthsheet.returns.moved_rows import contents_before, rightful_ids
from growthsheet.returns.reference import Reference
from growthsheet.sheets.forms import FORMS
from growthsheet.sheets.shared.lists import PREFILLED, WRITTEN_PEOPLE, prefilled_cell
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote
from growthsheet.workbook.forms import InputTable, row_label
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.reader.returned import Count, Returned, ReturnedCell, ReturnedRow
from growthsheet.xlsx.reader.written_labels import matched, missing

ReadValue = Callable[[Any], Any]
"""A function that converts a cell's value to the model's type."""

PEOPLE_CHOICE = "people"
"""The name of the list of a manager's people, which differs from workbook to workbook."""

_SPARE = re.compile(r"(?:new-)?([0-9]{1,4})", re.ASCII)
"""The keys that spare rows are written with."""

_MADE = re.compile(r"(.*)-([0-9]{2,4})", re.ASCII | re.DOTALL)
"""The id of a row that was a spare one: a prefix and a number."""

_ID = re.compile(r"(?!\s)[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]{1,100}(?<!\s)")
"""The form of a valid id; a row with anything else is a new row."""


@dataclass(slots=True)
class FileAnswers:
    """The answers in one file. Thousands are held at once, so they are compressed; they never leave the process."""

    name: str
    cycle: str
    count: Count
    owner: tuple[str, str] = ("", "")
    """The kind of the workbook, and the id of the person or manager it is for."""
    places: dict[AnswerKey, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    saved: float = 0.0
    """The time when a program last saved it, as the workbook says; 0 if it does not."""
    untouched: bool = False
    """True if nobody has returned the file: it is as growthsheet wrote it, in the folder where it did."""
    emptied: set[str] = field(default_factory=set)
    """The cells that were prefilled and are blank now, by scale and activity."""
    packed: bytes = field(default=b"", repr=False)

    def pack(self, found: Mapping[AnswerKey, tuple[dict[str, Any], int]]) -> None:
        """Store for each key the fields that are filled in, and the number of cells that were taken."""
        self.packed = zlib.compress(pickle.dumps(found), 1)

    @property
    def said(self) -> dict[AnswerKey, dict[str, Any]]:
        """Return for each key the fields that are filled in; decompressed at each call."""
        return {key: fields for key, (fields, _) in self._unpacked.items()}

    @property
    def unread(self) -> str:
        """The code of the error for which no ratings were found in the file; blank if there are some, or no error."""
        codes = [each.code for each in self.problems if each.severity == "error" and each.code in REFUSED_WORDS]
        rated = codes and any(fields.keys() & {*KINDS[key[0]].scales} for key, fields in self.said.items())
        return codes[0] if codes and not rated else ""

    def taken(self, key: AnswerKey) -> int:
        """Return the number of cells that were taken for a key."""
        return self._unpacked[key][1]

    @property
    def _unpacked(self) -> dict[AnswerKey, tuple[dict[str, Any], int]]:
        return pickle.loads(zlib.decompress(self.packed))  # type: ignore[no-any-return]  # as it was packed


class CellLedger:
    """A returned file with a record of the cells that have been read and counted so far."""

    def __init__(self, book: Returned, name: str, known: Reference, with_places: bool) -> None:
        self.book, self.known, self._with_places = book, known, with_places
        self.subject, self.cycle = book.identity["id"], book.identity["cycle"]
        self._seen: set[tuple[int, str]] = set()
        self._kept: list[Problem] = []
        self._troubled = {where for p in book.cell_problems for where in (p.place, p.place.rpartition(", ")[0])}
        self._about: dict[str, str] = {}
        self._answered: set[str] = set()
        """The places of troubled cells whose question was answered before."""
        count, owner = Count(name, cells=len(cells_of(book))), (book.kind, self.subject)
        self.file_answers = FileAnswers(name, self.cycle, count, owner, saved=book.modified)
        self._told = ProblemList(book.name)
        self.tell = self._told.error
        """Adds a problem; of many of one kind only the first are reported in full."""
        self.prefilled: Mapping[str, str] | None = None
        """What unconfirmed cells were prefilled with, by scale and activity; empty if nothing tells it any more."""
        self._suggestions = book.words.get(PREFILLED.name, {}) if book.kind == "person" else {}
        self._said: dict[AnswerKey, dict[str, Any]] = {}
        self._taken: Counter[AnswerKey] = Counter()

    def rated(self, table: InputTable) -> Iterator[tuple[str, str, ReturnedRow]]:
        """Yield rows with their person and activity; unknown ones, and copies that differ, are reported instead."""
        rows: dict[str, list[ReturnedRow]] = {}
        for row in self.book.tables.get(table.name, ()):
            rows.setdefault(row.key.removeprefix(KEY), []).append(row)
        for key, copies in rows.items():
            person, _, activity = key.rpartition(":") if table.holds else (self.subject, "", key)
            unknown = activity not in self.known.catalog.activity_by_id or (table.holds and not _ID.fullmatch(person))
            differ = any(_values(row) != _values(copies[0]) for row in copies)
            for row in copies:
                if not (unknown or differ):
                    yield person, activity, row
                elif self.dispose("unknown", row) and unknown and key:  # the reader reports copies and rows without ids
                    place, expected = self.row_place(row), "an activity of the catalog"
                    self.tell("unknown-activity", place, quote(key), expected, "correct the hidden id")

    def owned(
        self, table: InputTable, kind: AnswerKind, there: Collection[str], prefix: str, foreign: Collection[str] = ()
    ) -> Iterator[tuple[str, ReturnedRow]]:
        """Yield the rows of a table that people extend, each with its id or a new one.

        A spare row's id is made of its number, so the same row gets the same id each time it is read; in a workbook
        that was made again within its cycle, the numbers continue those of the rows that it was made with.
        """
        rows = [(row.key.removeprefix(KEY), row) for row in self.book.tables.get(table.name, ())]
        names = self.book.words.get(table.rows, {})
        made = (match for id in (*names, *dict(rows)) if (match := _MADE.fullmatch(id)) and match[1] == prefix)
        last = max((int(match[2]) for match in made), default=0)
        used, added = set[str](), 0
        spare = {key: int(match[1]) for key, _ in rows if key not in names and (match := _SPARE.fullmatch(key))}
        ids = [f"{prefix}-{last + spare[key]:02}" if key in spare and key not in there else key for key, _ in rows]
        # A new row may say the same as a row of another file, or of last year; it is none of these.
        ours = {id for id in there if id in names or id in ids or id.rpartition("-")[0] == prefix}
        earlier = {id: kind.key_from(person=self.subject, id=id) for id in ours}
        moved = self._moved(table, ids, [row for _, row in rows], earlier)
        filled = {id for id, (_, row) in zip(ids, rows, strict=True) if not all(map(is_blank, row.cells.values()))}
        found = filled | ({*there} & {*ids}) | {*moved.values()}
        gone = [name or id for id, name in names.items() if id not in found] if rows else ()
        self.file_answers.problems += missing(f"{self.book.name}, {table.tab}", gone)
        for n, (_, row) in enumerate(rows):
            if (id := moved.get(n, ids[n])) is None:
                self.dispose("unknown", row)
                said, expected = f"{quote(_texts(row))} beside the hidden id of another row", "the row that was there"
                self.tell("label-disagrees", self.row_place(row), said, expected, "restore the order of the rows")
                continue
            if not _ID.fullmatch(id) or id in used or (id in foreign and id not in there):
                if all(map(is_blank, row.cells.values())):
                    continue
                added += 1
                id = f"{prefix}-a{added:02}"
            used.add(id)
            yield id, row

    def _moved(
        self, table: InputTable, ids: Sequence[str], rows: Sequence[ReturnedRow], earlier: Mapping[str, AnswerKey]
    ) -> Mapping[int, str | None]:
        """Return the right ids of rows that were moved without their hidden ids, by the number of the row."""
        now = [table.protected_values(_values(row)) for row in rows]
        before = contents_before(table, now, self.book.protected.get(table.rows, {}), self.known, earlier)
        moved = rightful_ids(ids, now, before)
        if by_content := [rows[n] for n, id in moved.items() if id]:
            self.file_answers.problems += matched(self.row_place(by_content[0]), [*map(_texts, by_content)])
        return moved

    def put(
        self,
        key: AnswerKey,
        row: ReturnedRow,
        fields: Mapping[str, ReadValue],
        *,
        columns: Mapping[str, str] | None = None,
        kept: bool = True,
        as_text: Collection[str] = (),
        decisive: Collection[str] = (),
    ) -> dict[str, Any] | None:
        """Read a row's fields for a key; return None where nothing is filled in, unless the key is to be ``kept``.

        ``columns`` maps a field to its column where their names differ; ``as_text`` names the fields that keep a
        label that is not in the list. A row is left out if one of the ``decisive`` fields is filled in and cannot be
        read, because the default would be a guess.
        """
        found: dict[str, Any] = {}
        at: dict[str, str] = {}
        taken, earlier, unread = 0, self.known.said(key), False
        for name, read in fields.items():
            column = (columns or {}).get(name, name)
            if column not in row.cells:
                continue
            cell = row.cells[column]
            if self._is_unconfirmed(key, name, cell):
                self.dispose("unconfirmed", row, column)
                continue
            default = KINDS[key[0]].model.model_fields[name].default  # a blank cell says the same
            there = earlier.get(name) not in (None, "", default)
            if self.dispose("taken", row, column) == 0:
                if name in KINDS[key[0]].scales and self._suggestions:  # also where a value had been typed over it
                    self.file_answers.emptied.add(_cell(key, name))
                if there and self._is_shown(key[0], name, earlier[name]):
                    self._kept.append(Problem("kept-earlier", self.place(cell), about=self._subject_of(key, name)))
                continue
            if self._troubled and (where := self.place(cell)) in self._troubled:
                self._about[where] = self._subject_of(key, name)
            if self._with_places:
                at[name] = _at(cell)
            if cell.refused:
                self.file_answers.count.move(1)
                self._answered |= {self.place(cell)} if there else set()
                if name in decisive:
                    unread = True
                    said, expected = "a new row that is left out", f"a {name} that can be read"
                    self.tell("row-left-out", self.place(cell), said, expected, "correct it")
                continue
            try:
                found[name] = read(cell.value)
                taken += 1
            except Unknown as fault:
                self.file_answers.count.move(1, "unknown")
                where, hint = self.place(cell), "choose one from the drop-down list"
                hint += "; until then the row is left out" if name in decisive else ""
                self._about[where] = self._subject_of(key, name)
                self._answered |= {where} if there and name not in as_text else set()
                self.tell("unknown-label", where, quote(fault.text), fault.wanted, hint)
                if name in as_text:
                    found[name] = fault.text
                unread |= name in decisive
        if unread:
            self.file_answers.count.move(taken)
            return None
        if not found and not kept:
            return None
        self._said.setdefault(key, found)
        self._taken[key] += taken
        if self._with_places:
            self.file_answers.places.setdefault(key, at)
        return found

    def _is_unconfirmed(self, key: AnswerKey, name: str, cell: ReturnedCell) -> bool:
        """Return whether a cell holds what it was prefilled with; if nothing tells what that was, any rating does."""
        if self.prefilled is None or name not in KINDS[key[0]].scales or cell.refused:
            return False
        return not self.prefilled or self.prefilled.get(_cell(key, name)) == str(cell.value)

    def _is_shown(self, kind: str, name: str, value: Any) -> bool:
        """Return whether a workbook can show an earlier value: a drop-down list may not have it any more."""
        choice = KINDS[kind].choices.get(name)
        return choice is None or value in self.codes(choice).values()

    def codes(self, words: str) -> Mapping[str, str]:
        """Return the codes of a list's words: the known words, and those of the workbook itself in its language."""
        if words == PEOPLE_CHOICE:  # whoever has left the team or has another name since stands in the file only
            written = self.book.words.get(WRITTEN_PEOPLE.name, {}).items()
            there = {id: text for id, text in written if text and self.known.knows(id)}
            return {**codes_of(there), **codes_of(self.known.labels(self.subject))}
        known = self.known.codes[words]
        spelled = self._activities() if words == "activities" else self.book.words.get(words, {})
        found = {code: text for code, text in spelled.items() if text and code in known.values()}
        return {**known, **codes_of(found)} if found else known

    def _activities(self) -> dict[str, str]:
        """Return the names of the activities as the workbook has them, by id; a team's rows begin with the person."""
        people = {**self.book.words.get(WRITTEN_PEOPLE.name, {}), **self.known.labels(self.subject)}
        rows = ((*key.rpartition(":"), text) for key, text in self.book.words.get("written_rows", {}).items())
        return {
            activity: text.removeprefix(row_label(people.get(person, ""), "")) if person else text
            for person, _, activity, text in rows
        }

    def dispose(self, how: str, row: ReturnedRow, *columns: str) -> int:
        """Count cells of a row, all or some, as blank or else as ``how``; return the number of new filled ones."""
        found = 0
        for column in columns or row.cells:
            if (id(row), column) not in self._seen:
                self._seen.add((id(row), column))
                blank = is_blank(row.cells[column])
                self.file_answers.count.add("blank" if blank else how)
                found += not blank
        return found

    def place(self, cell: ReturnedCell) -> str:
        """Return the place of a cell, spelled as the reader does: ``ana.xlsx, Plan!B7``."""
        return f"{self.book.name}, {_at(cell)}"

    def row_place(self, row: ReturnedRow) -> str:
        """Return the place of a row's first filled cell."""
        filled = [cell for cell in row.cells.values() if not is_blank(cell)]
        return self.place(filled[0]) if filled else self.book.name

    def done(self) -> FileAnswers:
        """Return the file's answers, after counting the cells in tables and columns that are unknown."""
        for table, rows in self.book.tables.items():
            for row in rows:
                if self.dispose("unknown", row):
                    found = f"something in the table {quote(table)} that nothing asks for"
                    self.tell("unknown-column", self.row_place(row), found, "the columns of the workbook", "move it")
        problems = [*self.book.problems, *self._told.all, *self.file_answers.problems, *self.book.cell_problems]
        if self._kept:
            more = f" and {len(self._kept) - 1} more" if len(self._kept) > 1 else ""
            found = f"blank now, filled in before in this cycle{more}; the earlier answer stays"
            hint = "to take an answer back, choose n/a, drop the item or cancel the line"
            problems.append(replace(self._kept[0], found=found, hint=hint, severity="note"))
        self.file_answers.problems = [self._with_subject(problem) for problem in problems]
        self.file_answers.pack({key: (fields, self._taken[key]) for key, fields in self._said.items()})
        return self.file_answers

    def _subject_of(self, key: AnswerKey, name: str) -> str:
        named = {self.subject: self.book.identity.get("name") or self.subject}
        return self.known.about(key, name, {**named, **self.book.words.get(WRITTEN_PEOPLE.name, {})})

    def _with_subject(self, problem: Problem) -> Problem:
        cells = problem.place, problem.place.rpartition(", ")[0]
        about = next((self._about[c] for c in cells if c in self._about), problem.about)
        stays = problem.severity == "error" and not self._answered.isdisjoint(cells)
        hint = "; ".join(filter(None, (problem.hint, "until then, the earlier answer counts" if stays else "")))
        return replace(problem, about=about, hint=hint)


def cells_of(book: Returned) -> list[ReturnedCell]:
    """Return the input cells of a workbook."""
    asked = FORMS[book.kind].facts if book.kind in FORMS else ()
    facts = [cell for name, cell in book.facts.items() if name in asked]
    return facts + [cell for rows in book.tables.values() for row in rows for cell in row.cells.values()]


def _cell(key: AnswerKey, scale: str) -> str:
    """Return the name of a rating's cell in the list of those that were prefilled."""
    return prefilled_cell(scale, KINDS[key[0]].fields_of(key)["activity"])


def _at(cell: ReturnedCell) -> str:
    return f"{one_line(cell.sheet)}!{cell.ref}"


def _texts(row: ReturnedRow) -> str:
    return ", ".join(value for value in _values(row).values() if isinstance(value, str))


def _values(row: ReturnedRow) -> dict[str, Any]:
    """Return the values of a row's cells, by column."""
    return {column: cell.value for column, cell in row.cells.items()}
