"""One returned file on the desk: each of its input cells is looked at once and counted once."""

from __future__ import annotations

import pickle
import re
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.answers import AnswerKey
from growthsheet.returns.cell_values import Unknown, codes_of, is_blank
from growthsheet.returns.reference import Reference
from growthsheet.sheets.forms import FORMS
from growthsheet.text.problem_list import MOST_OF_A_KIND
from growthsheet.text.quoting import one_line, quote
from growthsheet.workbook.tables import KEY
from growthsheet.xlsx.reader.returned import Count, Returned, ReturnedCell, ReturnedRow

ReadValue = Callable[[Any], Any]
"""Makes of a cell's value what the model wants."""

PEOPLE_CHOICE = "people"
"""The list of a manager's people, which is another one in each workbook."""

_SPARE = re.compile(r"(?:new-)?([0-9]{1,4})", re.ASCII)
"""The keys with which spare rows are born."""

_MADE = re.compile(r"(.*)-([0-9]{2,4})", re.ASCII | re.DOTALL)
"""The id of a row that was a spare one: a prefix, and the number."""

_ID = re.compile(r"(?!\s)[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]{1,100}(?<!\s)")
"""What an id can be; a row with anything else is a new row."""


@dataclass(slots=True)
class FileAnswers:
    """What one file says. Thousands are held at once, so it is packed; it never leaves the process."""

    name: str
    cycle: str
    count: Count
    places: dict[AnswerKey, dict[str, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    packed: bytes = field(default=b"", repr=False)

    def pack(self, found: Mapping[AnswerKey, tuple[dict[str, Any], int]]) -> None:
        """Put in for each key the fields that are filled in, and how many cells were taken."""
        self.packed = zlib.compress(pickle.dumps(found), 1)

    @property
    def said(self) -> dict[AnswerKey, dict[str, Any]]:
        """For each key the fields that are filled in; unpacked anew each time."""
        return {key: fields for key, (fields, _) in self._unpacked.items()}

    def taken(self, key: AnswerKey) -> int:
        """How many cells were taken for a key."""
        return self._unpacked[key][1]

    @property
    def _unpacked(self) -> dict[AnswerKey, tuple[dict[str, Any], int]]:
        return pickle.loads(zlib.decompress(self.packed))  # type: ignore[no-any-return]  # as it was packed


class CellLedger:
    """A file, and what was made of its cells so far."""

    def __init__(self, book: Returned, name: str, known: Reference, with_places: bool) -> None:
        self.book, self.known, self._with_places = book, known, with_places
        self.subject, self.cycle = book.identity["id"], book.identity["cycle"]
        self._seen: set[tuple[int, str]] = set()
        self._kept: list[str] = []
        self.intake = FileAnswers(name, self.cycle, Count(name, cells=cells_of(book)), problems=list(book.problems))
        self._told: Counter[str] = Counter()
        self._said: dict[AnswerKey, dict[str, Any]] = {}
        self._taken: Counter[AnswerKey] = Counter()

    # -- rows ------------------------------------------------------------------------------------------------------

    def rated(self, table: str) -> Iterator[tuple[str, ReturnedRow]]:
        """The rows of activities; a row that is none, or stands there twice with different cells, is told."""
        rows: dict[str, list[ReturnedRow]] = {}
        for row in self.book.tables.get(table, ()):
            rows.setdefault(row.key.removeprefix(KEY), []).append(row)
        for activity, copies in rows.items():
            if activity not in self.known.catalog.activity_by_id:
                for row in copies:
                    if self.dispose("unknown", row) and activity:  # a row without an id is told by the reader
                        place, expected = self.row_place(row), "an activity of the catalog"
                        self.tell("unknown-activity", place, quote(activity), expected, "correct the hidden id")
            elif any(_values(row) != _values(copies[0]) for row in copies):  # told by the reader as well
                for row in copies:
                    self.dispose("unknown", row)
            else:
                for row in copies:
                    yield activity, row

    def owned(
        self, table: str, there: Collection[str], prefix: str, foreign: Collection[str] = ()
    ) -> Iterator[tuple[str, ReturnedRow]]:
        """The rows of a table that people extend, each with the id that it has or gets.

        A spare row's id is made of its number, so the same row has the same id whenever it comes; a workbook that was
        made again within its cycle counts on from the rows that it was made with.
        """
        rows = [(row.key.removeprefix(KEY), row) for row in self.book.tables.get(table, ())]
        made = (found for id, _ in rows if (found := _MADE.fullmatch(id)) and found[1] == prefix)
        last = max((int(found[2]) for found in made), default=0)
        used: set[str] = set()
        added = 0
        for key, row in rows:
            spare = _SPARE.fullmatch(key)
            id = f"{prefix}-{last + int(spare[1]):02}" if spare and key not in there else key
            if not _ID.fullmatch(id) or id in used or (id in foreign and id not in there):
                if all(map(is_blank, row.cells.values())):
                    continue
                added += 1
                id = f"{prefix}-a{added:02}"
            used.add(id)
            yield id, row

    def put(
        self,
        key: AnswerKey,
        row: ReturnedRow,
        fields: Mapping[str, ReadValue],
        *,
        columns: Mapping[str, str] | None = None,
        kept: bool = True,
        as_text: Collection[str] = (),
    ) -> dict[str, Any] | None:
        """Take what a row says about a key; None where nothing is filled in, unless the key is to be ``kept``.

        ``columns`` tells which column a field stands in, where it is not its own; ``as_text`` which fields keep a
        label that is none of the list's.
        """
        found: dict[str, Any] = {}
        at: dict[str, str] = {}
        taken = 0
        earlier = self.known.said(key)
        for name, read in fields.items():
            column = (columns or {}).get(name, name)
            if column not in row.cells:
                continue
            cell = row.cells[column]
            if self.dispose("taken", row, column) == 0:
                if earlier.get(name) not in (None, ""):
                    self._kept.append(self.place(cell))
                continue
            if self._with_places:
                at[name] = _at(cell)
            if cell.refused:
                self.intake.count.move(1)
                continue
            try:
                found[name] = read(cell.value)
                taken += 1
            except Unknown as fault:
                self.intake.count.move(1, "unknown")
                hint = "choose one from the drop-down list"
                self.tell("unknown-label", self.place(cell), quote(fault.text), fault.wanted, hint)
                if name in as_text:
                    found[name] = fault.text
        if not found and not kept:
            return None
        self._said.setdefault(key, found)
        self._taken[key] += taken
        if self._with_places:
            self.intake.places.setdefault(key, at)
        return found

    def codes(self, words: str) -> Mapping[str, str]:
        """The codes of a list's words: those that are known, and what the workbook itself says in its language."""
        if words == PEOPLE_CHOICE:
            return codes_of(self.known.labels(self.subject))
        known = self.known.codes[words]
        found = {code: text for code, text in self.book.words.get(words, {}).items() if text and code in known.values()}
        return {**known, **codes_of(found)} if found else known

    # -- cells -----------------------------------------------------------------------------------------------------

    def dispose(self, how: str, row: ReturnedRow, *columns: str) -> int:
        """Count cells of a row, all or some, as blank or else as told; gives how many new ones hold something."""
        found = 0
        for column in columns or row.cells:
            if (id(row), column) not in self._seen:
                self._seen.add((id(row), column))
                blank = is_blank(row.cells[column])
                self.intake.count.add("blank" if blank else how)
                found += not blank
        return found

    def tell(self, code: str, place: str, found: str, expected: str, hint: str) -> None:
        """Add a problem; of many of one kind the first are told in full."""
        self._told[code] += 1
        if self._told[code] <= MOST_OF_A_KIND:
            self.intake.problems.append(Problem(code, place, found, expected, hint))

    def place(self, cell: ReturnedCell) -> str:
        """Where a cell stands, as the reader tells it: ``ana.xlsx, Plan!B7``."""
        return f"{self.book.name}, {_at(cell)}"

    def row_place(self, row: ReturnedRow) -> str:
        """Where a row's first filled cell stands."""
        filled = [cell for cell in row.cells.values() if not is_blank(cell)]
        return self.place(filled[0]) if filled else self.book.name

    def done(self) -> FileAnswers:
        """The intake; what stands in tables and columns that are none of ours is counted now."""
        for table, rows in self.book.tables.items():
            for row in rows:
                if self.dispose("unknown", row):
                    found = f"something in the table {quote(table)} that is asked nowhere"
                    self.tell("unknown-column", self.row_place(row), found, "the columns of the workbook", "move it")
        for code, count in self._told.items():
            if count > MOST_OF_A_KIND:
                self.intake.problems.append(
                    Problem(code, self.book.name, f"{count - MOST_OF_A_KIND:,} more of the same")
                )
        self.intake.problems += self.book.cell_problems
        if self._kept:
            more = f" and {len(self._kept) - 1} more" if len(self._kept) > 1 else ""
            found = f"blank now, filled in before in this cycle{more}; what was said before stays"
            hint = "to take an answer back, choose n/a, drop the item or cancel the line"
            self.intake.problems.append(Problem("kept-earlier", self._kept[0], found, hint=hint, severity="note"))
        self.intake.pack({key: (fields, self._taken[key]) for key, fields in self._said.items()})
        return self.intake


def cells_of(book: Returned) -> int:
    """How many input cells a workbook has."""
    facts = len(FORMS[book.kind].facts.keys() & book.facts) if book.kind in FORMS else 0
    return facts + sum(len(row.cells) for rows in book.tables.values() for row in rows)


def _at(cell: ReturnedCell) -> str:
    return f"{one_line(cell.sheet)}!{cell.ref}"


def _values(row: ReturnedRow) -> dict[str, Any]:
    """What stands in a row's cells."""
    return {column: cell.value for column, cell in row.cells.items()}
