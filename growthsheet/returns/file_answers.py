"""What one returned workbook says, in the catalog's codes: ratings, plan items, budget lines."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from hashlib import sha256

from growthsheet.errors import Problem
from growthsheet.returns.cell_ledger import POLICY, CellLedger, FileAnswers, ReadValue
from growthsheet.returns.cell_values import amount, as_read, codes_of, is_blank, label
from growthsheet.returns.reference import Reference
from growthsheet.text.quoting import quote
from growthsheet.xlsx.reader.returned_protocols import Returned

NO_ACTIVITY = "unknown"
"""The activity of a plan item that names none of the catalog's: every item has to have one."""


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
    desk = CellLedger(book, name, known, with_places)
    if book.kind == "person":
        _ratings(desk)
        _items(desk)
    else:
        _matrix(desk)
        _policy(desk)
    _lines(desk)
    return desk.done()


def _ratings(desk: CellLedger) -> None:
    """A person's own ratings."""
    fields: dict[str, ReadValue] = dict.fromkeys(("skill", "experience", "interest"), as_read) | {"evidence": str.strip}
    for activity, row in desk.rated("assessment"):
        desk.put(("rating", desk.cycle, desk.subject, activity, "self"), row, fields)


def _matrix(desk: CellLedger) -> None:
    """A manager's own ratings and the agreed ones, of each person on the team."""
    strangers: set[str] = set()
    for activity, row in desk.rated("matrix"):
        for column in row.cells:
            source, _, person = column.partition("@")
            if source in ("manager", "agreed") and desk.known.knows(person):
                key = ("rating", desk.cycle, person, activity, source)
                desk.put(key, row, {"skill": as_read}, columns={"skill": column})
            elif desk.dispose("unknown", row, column) and person not in strangers:
                strangers.add(person)
                hint = "add the person to the roster, or leave it: the other columns were taken"
                place = desk.place(row.cells[column])
                desk.tell("unknown-person", place, quote(person), "somebody on the roster", hint)


def _items(desk: CellLedger) -> None:
    """The items of a plan."""
    known = desk.known
    fields: dict[str, ReadValue] = {
        "activity": partial(label, codes=known.activities, of="activities"),
        "action": str.strip,
        "measure": str.strip,
        "helper": str.strip,
        "due": as_read,
        "status": partial(label, codes=desk.codes("item_statuses", known.item_statuses), of="statuses"),
    }
    there: Collection[str] = known.items_of.get(desk.subject, ())
    for id, row in desk.owned("items", there, desk.cycle):
        found = desk.put(("item", desk.subject, id), row, fields, kept=id in there, as_text=("activity",))
        if found is None or found.get("activity") in known.catalog.activity_by_id:
            continue
        # An item has to have an activity: what was written in its place goes before the action, and is not lost.
        if written := found.pop("activity", ""):
            found["action"] = f"{written}: {found.get('action', '')}".removesuffix(": ")
        if id not in there:
            found["activity"] = NO_ACTIVITY
            if not written:
                desk.tell("no-activity", desk.row_place(row), "an item without an activity", "one", "choose it")


def _lines(desk: CellLedger) -> None:
    """The lines of a budget."""
    known, subject, is_team = desk.known, desk.subject, desk.book.kind == "team"
    fields: dict[str, ReadValue] = {
        "title": str.strip,
        "activity": partial(label, codes=known.activities, of="activities"),
        "category": partial(label, codes=desk.codes("categories", known.categories), of="categories"),
        "provider": str.strip,
        "status": partial(label, codes=desk.codes("line_statuses", known.line_statuses), of="statuses"),
        "estimate": amount,
        "actual": amount,
        "travel": amount,
        "start": as_read,
    }
    if is_team:
        fields["person"] = partial(label, codes=codes_of(known.labels(subject)), of="people of the team")
    # A row copied from somebody else's workbook is a new line; it does not change that person's.
    foreign = () if is_team else known.lines
    there: Collection[str] = known.lines if is_team else known.lines_of.get(subject, ())
    digest = sha256(f"{desk.book.kind}:{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    for id, row in desk.owned("lines", there, f"{desk.cycle}-{digest}", foreign):
        found = desk.put(("line", id), row, fields, kept=id in there, as_text=("activity", "category"))
        if found and not is_team:
            found["person"] = subject
        elif found and "person" not in found:
            found["team"] = subject


def _policy(desk: CellLedger) -> None:
    """Rate, floor and cap are the organisation's: what a manager tried out there is told, and not taken over."""
    policy, count = desk.known.policy, desk.intake.count
    for name in POLICY & desk.book.facts.keys():
        cell, rule = desk.book.facts[name], getattr(policy, name)
        if is_blank(cell) and rule is None:
            count.add("blank")
        elif isinstance(cell.value, int | float) and rule is not None and float(rule) == cell.value:
            count.add("taken")
        else:
            count.add("blank" if is_blank(cell) else "rejected")
            found, hint = f"another {name} than the policy's; it is not taken over", "change it in the settings"
            desk.intake.problems.append(Problem("other-policy", desk.place(cell), found, "", hint, "note"))
