"""The rows of a roster, each with its values read; nothing is linked to anything yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from growthsheet.sources.rosters.managers import name_key
from growthsheet.sources.rosters.working_time import working_time
from growthsheet.sources.tables.columns import SourceTable, TableColumn, control_character, text_of
from growthsheet.sources.tables.dates import dates
from growthsheet.sources.tables.numbers import Numbers, numbers
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

MOST_OF_AN_ID = 100
"""The longest id that the model takes."""

_TEXTS = ("id", "email", "title", "role", "target_role", "manager", "team", "status", "currency", "basis")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a roster. Its repr never shows an amount."""

    row: int
    id: str
    name: str
    email: str
    title: str
    role: str
    target_role: str
    manager: str
    team: str
    status: str
    currency: str
    basis: str
    start: date | None
    end: date | None
    pay_from: date | None
    fte: float
    hours: float
    amount: Decimal | None = field(repr=False)
    sign: str
    carry_in: Decimal | None = field(repr=False)

    @property
    def ends_before_start(self) -> bool:
        """Whether the dates of employment cannot be right."""
        return self.start is not None and self.end is not None and self.end < self.start

    @property
    def person(self) -> dict[str, object]:
        """What must be the same in all rows of one person: everything but pay and its start."""
        pay = {"row", "amount", "sign", "currency", "basis", "pay_from"}
        return {name: getattr(self, name) for name in self.__slots__ if name not in pay}


def read_person_rows(
    table: SourceTable, columns: Mapping[str, TableColumn], full_time: float, findings: ProblemList
) -> list[PersonRow]:
    """All rows that have an id and a name; what cannot be read goes to ``findings``."""
    count = len(table.rows)
    texts = [_texts(columns.get(name), count, findings) for name in _TEXTS]
    days = [
        dates(columns[name], findings) if name in columns else [None] * count for name in ("start", "end", "pay_from")
    ]
    amounts = _amounts(columns.get("salary"), count, findings)
    carried = _amounts(columns.get("carry_in"), count, findings)
    rows = zip(
        *(table.rows, *texts, _names(columns, count, findings), *days),
        *working_time(columns, count, full_time, findings),
        *(amounts.values, amounts.signs, carried.values),
        strict=True,
    )
    entries = [
        PersonRow(row, id, name, email, title, role, target, manager, team, status, currency, basis, *rest)
        for row, id, email, title, role, target, manager, team, status, currency, basis, name, *rest in rows
    ]
    for entry in entries:
        _check(entry, columns, findings)
    return [entry for entry in entries if entry.name and 0 < len(entry.id) <= MOST_OF_AN_ID]


def _check(entry: PersonRow, columns: Mapping[str, TableColumn], findings: ProblemList) -> None:
    place = f"{findings.place}, row {entry.row}"
    if not entry.id:
        findings.error("no-id", f"{place}, column {one_line(columns['id'].name)}", "a blank id", "an id", "fill it in")
    if len(entry.id) > MOST_OF_AN_ID:
        found, expected = f"an id of {len(entry.id):,} characters", f"at most {MOST_OF_AN_ID}"
        findings.error("id-too-long", f"{place}, column {one_line(columns['id'].name)}", found, expected, "shorten it")
    if not entry.name:
        findings.error("no-name", place, "a blank name", "a name", "fill it in")
    if entry.ends_before_start:
        found = f"ends on {entry.end} and starts on {entry.start}"
        findings.error("ends-before-start", place, found, "an end after the start", "correct one of the dates")


def _texts(column: TableColumn | None, count: int, findings: ProblemList) -> list[str]:
    if column is None:
        return [""] * count
    texts = [text_of(cell) for cell in column.cells]
    for index, text in enumerate(texts):
        if found := control_character(text):
            hint = "delete it"
            findings.error("control-character", column.at(index), f"the character {found}", "printable text", hint)
            texts[index] = "".join(character for character in text if not control_character(character))
    return texts


def _names(columns: Mapping[str, TableColumn], count: int, findings: ProblemList) -> list[str]:
    """Full names, from one column or from two.

    Beside a column of first names, a column "Name" may hold full names or, as German and Dutch systems have it,
    surnames: it holds surnames when no cell repeats the first name.
    """
    first = _texts(columns.get("first_name"), count, findings)
    last = _texts(columns.get("last_name"), count, findings)
    full = _texts(columns.get("name"), count, findings)
    if "name" in columns and "first_name" in columns and "last_name" not in columns:
        repeated = any(
            f and set(name_key(f).split()) <= set(name_key(n).split()) for f, n in zip(first, full, strict=True)
        )
        if not repeated:
            found = f"{quote(columns['name'].name)} holds surnames, for it stands beside first names"
            findings.note("surnames", columns["name"].place, found)
            last, full = full, [""] * count
    return [n or f"{f} {s}".strip() for n, f, s in zip(full, first, last, strict=True)]


def _amounts(column: TableColumn | None, count: int, findings: ProblemList) -> Numbers:
    return numbers(column, findings) if column else Numbers([None] * count, [""] * count)


def by_person(
    entries: Iterable[PersonRow], columns: Mapping[str, TableColumn], findings: ProblemList
) -> dict[str, Sequence[PersonRow]]:
    """The rows of each person, more than one only where they are the history of somebody's pay."""
    rows: dict[str, list[PersonRow]] = defaultdict(list)
    for entry in entries:
        rows[entry.id].append(entry)
    for same in rows.values():
        for entry in same[1:]:
            if differing := _not_pay_history(same[0], entry, same):
                place = f"{findings.place}, row {entry.row}"
                found = f"the same id as in row {same[0].row}; {differing}"
                expected = "one row a person, or rows that differ only in pay and its start"
                findings.error("repeated-id", place, found, expected, "give each person an id of their own")
    return dict(rows)


def _not_pay_history(first: PersonRow, entry: PersonRow, same: Sequence[PersonRow]) -> str:
    """Why a second row of an id is no pay history, "" when it is one."""
    one, other = first.person, entry.person
    if differing := [name for name in one if one[name] != other[name]]:
        return f"they differ in {', '.join(differing)}"
    if entry.amount is None or any(e.pay_from == entry.pay_from for e in same if e is not entry):
        return "no pay from a date of its own"
    return ""
