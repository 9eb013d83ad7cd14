"""What one returned workbook says, in the catalog's codes, table by table of its form."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import partial
from hashlib import sha256
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.answers import KINDS, AnswerKind
from growthsheet.returns.cell_ledger import PEOPLE_CHOICE, CellLedger, FileAnswers, ReadValue
from growthsheet.returns.cell_values import amount_of, as_read, is_blank, label
from growthsheet.returns.reference import Reference
from growthsheet.sheets.forms import FORMS
from growthsheet.text.quoting import quote
from growthsheet.workbook.forms import Form, InputTable
from growthsheet.xlsx.reader.returned import Returned, ReturnedRow

NO_ACTIVITY = "unknown"
"""The activity of a plan item that names none of the catalog's: every item has to have one."""

KEPT_AS_TEXT = frozenset(["activities", "categories"])
"""The lists of which an answer keeps words that are none of theirs."""


def read_answers(book: Returned, name: str, known: Reference, with_places: bool = False) -> FileAnswers:
    """Everything that a returned workbook says; what it cannot say is in ``problems``.

    Parameters
    ----------
    book
        From the reader of workbooks; its identity has been found good.
    name
        What problems call the file.
    known
        The catalog, the roster and the words that it is read against.
    with_places
        Whether to remember where each value stands, so that a conflict can be told.
    """
    desk, form = CellLedger(book, name, known, with_places), FORMS[book.kind]
    for table in form.tables:
        kind = KINDS[table.answers]
        if table.across:
            _matrix(desk, kind, table)
        elif table.extended:
            _extended(desk, kind, table)
        else:
            _fixed(desk, kind, table)
    _policy(desk, form)
    return desk.done()


def _reads(desk: CellLedger, kind: AnswerKind, table: InputTable) -> dict[str, ReadValue]:
    """How the cells of each input column are read."""
    return {name: _read(desk, kind, name) for name in table.asked}


def _read(desk: CellLedger, kind: AnswerKind, name: str) -> ReadValue:
    if choice := kind.choices.get(name):
        of = "people of the team" if choice == PEOPLE_CHOICE else choice.rpartition("_")[2]
        return partial(label, codes=desk.codes(choice), of=of)
    return amount_of if name in kind.money else str.strip if name in kind.texts else as_read


def _fixed(desk: CellLedger, kind: AnswerKind, table: InputTable) -> None:
    """The rows that stand for activities, of the person whose workbook it is."""
    reads = _reads(desk, kind, table)
    for activity, row in desk.rated(table.name):
        desk.put(kind.key_from(cycle=desk.cycle, person=desk.subject, activity=activity), row, reads)


def _matrix(desk: CellLedger, kind: AnswerKind, table: InputTable) -> None:
    """A manager's own ratings and the agreed ones, of each person on the team."""
    strangers: set[str] = set()
    for activity, row in desk.rated(table.name):
        for column in row.cells:
            source, _, person = column.partition("@")
            if source in table.sources and desk.known.knows(person):
                key = kind.key_from(cycle=desk.cycle, person=person, activity=activity, source=source)
                desk.put(key, row, {table.across: as_read}, columns={table.across: column})
            elif desk.dispose("unknown", row, column) and person not in strangers:
                strangers.add(person)
                hint = "add the person to the roster, or leave it: the other columns were taken"
                place = desk.place(row.cells[column])
                desk.tell("unknown-person", place, quote(person), "somebody on the roster", hint)


def _extended(desk: CellLedger, kind: AnswerKind, table: InputTable) -> None:
    """The rows that have ids of their own, such as those of a plan and of a budget."""
    known, subject, is_team = desk.known, desk.subject, desk.book.kind == "team"
    reads = _reads(desk, kind, table)
    as_text = [name for name, choice in kind.choices.items() if choice in KEPT_AS_TEXT]
    of_one = "person" in kind.key  # else ids are of all people, and say whose they are
    there = known.ids(kind.name, "" if is_team else subject)
    # A row copied from somebody else's workbook is a new line; it does not change that person's.
    foreign: AbstractSet[str] = frozenset() if of_one or is_team else known.ids(kind.name)
    digest = sha256(f"{desk.book.kind}:{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    prefix = desk.cycle if of_one else f"{desk.cycle}-{digest}"
    for id, row in desk.owned(table.name, there, prefix, foreign):
        found = desk.put(kind.key_from(person=subject, id=id), row, reads, kept=id in there, as_text=as_text)
        if found and not (of_one or is_team):
            found["person"] = subject
        elif found and is_team and "person" not in found:
            found["team"] = subject
        if found is not None and kind.instead and found.get("activity") not in known.catalog.activity_by_id:
            _keep_instead(desk, kind, row, found, id in there)


def _keep_instead(desk: CellLedger, kind: AnswerKind, row: ReturnedRow, found: dict[str, Any], there: bool) -> None:
    """An item has to have an activity: what was written in its place goes before the action, and is not lost."""
    if written := found.pop("activity", ""):
        found[kind.instead] = f"{written}: {found.get(kind.instead, '')}".removesuffix(": ")
    if not there:
        found["activity"] = NO_ACTIVITY
        if not written:
            desk.tell("no-activity", desk.row_place(row), "an item without an activity", "one", "choose it")


def _policy(desk: CellLedger, form: Form) -> None:
    """Rate, floor and cap are the organisation's: what a manager tried out there is told, and not taken over."""
    policy, count = desk.known.policy, desk.intake.count
    for name in form.facts.keys() & desk.book.facts.keys():
        cell, rule = desk.book.facts[name], getattr(policy, name)
        if is_blank(cell) and rule is None:
            count.add("blank")
        elif isinstance(cell.value, int | float) and rule is not None and float(rule) == cell.value:
            count.add("taken")
        else:
            count.add("blank" if is_blank(cell) else "rejected")
            found, hint = f"another {name} than the policy's; it is not taken over", "change it in the settings"
            desk.intake.problems.append(Problem("other-policy", desk.place(cell), found, "", hint, "note"))
