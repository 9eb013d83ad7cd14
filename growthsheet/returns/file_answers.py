"""Read the answers of one returned workbook, in the catalog's codes, table by table of its form."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.answers import KINDS, OWN_ANSWERS, AnswerKind
from growthsheet.returns.cell_ledger import PEOPLE_CHOICE, CellLedger, FileAnswers, ReadValue
from growthsheet.returns.cell_values import Unknown, amount_of, as_read, codes_of, is_blank, label
from growthsheet.returns.reference import Reference
from growthsheet.sheets.forms import CONFIRMED, FORMS
from growthsheet.sheets.shared.lists import CONFIRMATIONS, PREFILLED, WRITTEN_PEOPLE
from growthsheet.text.counts import plural
from growthsheet.text.quoting import quote
from growthsheet.workbook.extra_columns import OWN_PREFIX
from growthsheet.workbook.forms import Form, InputTable
from growthsheet.xlsx.markers import PREFILLED_MARK
from growthsheet.xlsx.reader.returned import Returned, ReturnedRow

NO_ACTIVITY = "unknown"
"""The activity of a plan item that names none from the catalog: every item must have one."""


def read_answers(book: Returned, name: str, known: Reference, with_places: bool = False) -> FileAnswers:
    """Return all answers of a returned workbook; whatever cannot be read is in their ``problems``.

    Parameters
    ----------
    book
        A workbook from the reader, whose identity has been checked.
    name
        The file's name in problems.
    known
        The catalog, the roster and the words that the workbook is checked against.
    with_places
        True to record the place of each value, so that a conflict can be reported.

    """
    ledger, form = CellLedger(book, name, known, with_places), FORMS[book.kind]
    if book.kind == "person":
        ledger.prefilled = _unconfirmed(ledger)
    for table in form.tables:
        kind = KINDS[table.answers]
        if table.extended:
            _extended(ledger, kind, table)
        else:
            _fixed(ledger, kind, table)
    if book.kind == "team":
        _policy(ledger, form)
    if count := ledger.file_answers.count.unconfirmed:
        found = f"{plural(count, 'prefilled rating')} that nobody confirmed, so not answers of this cycle"
        hint = "let the person choose Yes at the top of Assessment, or change them"
        ledger.file_answers.problems.append(Problem("not-confirmed", book.name, found, hint=hint, severity="note"))
    return ledger.done()


def _reads(ledger: CellLedger, kind: AnswerKind, table: InputTable) -> dict[str, ReadValue]:
    """Return the function that reads the cells, for each field that is asked for."""
    return {table.field(name): _read(ledger, kind, table.field(name)) for name in table.asked}


def _read(ledger: CellLedger, kind: AnswerKind, name: str) -> ReadValue:
    if choice := kind.choices.get(name):
        of = "people of the team" if choice == PEOPLE_CHOICE else choice.rpartition("_")[2]
        return partial(label, codes=ledger.codes(choice), of=of)
    return amount_of if name in kind.money else str.strip if name in kind.texts else as_read


def _read_own(ledger: CellLedger, column: str, kind: str) -> ReadValue:
    """Return the function that reads the cells of an own column, as a text."""
    if kind == "choice":
        words = ledger.book.words.get(column, {})
        return partial(label, codes=codes_of({word: word for word in words}), of="words of its list")
    return "{:.15g}".format if kind == "number" else str.strip


def _fixed(ledger: CellLedger, kind: AnswerKind, table: InputTable) -> None:
    """Read a table with a fixed row for each activity, about the workbook's own person or about those of a team."""
    reads = _reads(ledger, kind, table)
    columns: dict[str, dict[str, str]] = {source: {} for source in table.sources or ("",)}
    for column in table.asked:
        source, name = table.holds.get(column, (next(iter(columns)), column))
        columns[source][name] = column
    own = {column: _read_own(ledger, column, of) for column, of in ledger.book.own.get(table.name, {}).items()}
    strangers: set[str] = set()
    made_for = ledger.book.words.get(WRITTEN_PEOPLE.name) or ledger.known.labels(ledger.subject)
    for person, activity, row in ledger.rated(table):
        known = ledger.known.knows(person)
        if known and (person in made_for or not (made_for and table.holds)):
            for source, names in columns.items():
                whose = {"person": person, "activity": activity} | ({"source": source} if source else {})
                key = kind.key_from(cycle=ledger.cycle, **whose)
                ledger.put(key, row, {name: reads[name] for name in names}, columns=names)
            for column, read in own.items():
                about = {"cycle": ledger.cycle, "person": person, "activity": activity, "source": table.own}
                key = KINDS[OWN_ANSWERS].key_from(column=column.removeprefix(OWN_PREFIX), **about)
                ledger.put(key, row, {"value": read}, columns={"value": column}, kept=False)
        elif ledger.dispose("unknown", row) and person not in strangers:
            strangers.add(person)
            hint = "add the person to the roster, or do nothing: the other rows were taken"
            expected = "somebody whom the file was made for" if known else "somebody on the roster"
            ledger.tell("unknown-person", ledger.row_place(row), quote(person), expected, hint)


def _extended(ledger: CellLedger, kind: AnswerKind, table: InputTable) -> None:
    """Read a table whose rows have ids of their own, such as the items of a plan or of a budget."""
    known, subject, is_team = ledger.known, ledger.subject, ledger.book.kind == "team"
    reads = _reads(ledger, kind, table)
    as_text = {
        name for name, choice in kind.choices.items() if choice == "categories" or (name == "activity" and kind.instead)
    }
    decisive = kind.choices.keys() - as_text - {"activity"}
    of_one = "person" in kind.key  # else ids are unique among all people, and name their owner
    there = known.ids(kind.name, "" if is_team else subject)
    # A row copied from somebody else's workbook is a new line; it does not change that person's.
    foreign: AbstractSet[str] = frozenset() if of_one else known.ids(kind.name)
    if is_team and (people := {*known.labels(subject), *ledger.book.words.get(WRITTEN_PEOPLE.name, ())}):
        owners = {id: known.said(kind.key_from(id=id)) for id in there}
        there = {id for id, line in owners.items() if line["team"] == subject or line["person"] in people}
    digest = sha256(f"{ledger.book.kind}:{subject}".encode("utf-8", "surrogatepass")).hexdigest()[:12]
    prefix = ledger.cycle if of_one else f"{ledger.cycle}-{digest}"
    for id, row in ledger.owned(table, kind, there, prefix, foreign):
        is_known = id in there
        key, unless = kind.key_from(person=subject, id=id), () if is_known else decisive
        found = ledger.put(key, row, reads, kept=is_known, as_text=as_text, decisive=unless)
        if found and not (of_one or is_team):
            found["person"] = subject
        elif found and is_team and "person" not in found:
            found["team"] = subject
        if found is not None and kind.instead and found.get("activity") not in known.catalog.activity_by_id:
            _keep_instead(ledger, kind, row, found, is_known)


def _keep_instead(ledger: CellLedger, kind: AnswerKind, row: ReturnedRow, found: dict[str, Any], there: bool) -> None:
    """Put a text that is no activity before the item's action, so that it is not lost; mark the activity unknown."""
    if written := found.pop("activity", ""):
        found[kind.instead] = f"{written}: {found.get(kind.instead, '')}".removesuffix(": ")
    if not there:
        found["activity"] = NO_ACTIVITY
        if not written:
            ledger.tell("no-activity", ledger.row_place(row), "an item without an activity", "one", "choose it")


def _unconfirmed(ledger: CellLedger) -> Mapping[str, str] | None:
    """Return what the cells were prefilled with; None if nothing was, or if somebody has confirmed all of it.

    The cell that confirms is read and counted.
    """
    book, count = ledger.book, ledger.file_answers.count
    cell, word = book.facts.get(CONFIRMED), ""
    if cell is not None:
        word = "" if is_blank(cell) else str(cell.value)
        with suppress(Unknown):
            word = label(word, ledger.codes(CONFIRMATIONS.name), "answers")
        known = "taken" if word == "yes" else "rejected" if cell.refused else "unknown" if word else "blank"
        count.add(known)
        if known == "unknown":
            ledger.tell("unknown-label", ledger.place(cell), quote(word), "Yes, or nothing", "choose it from the list")
    waiting = book.identity.get(PREFILLED_MARK) and word != "yes"
    return book.words.get(PREFILLED.name, {}) if waiting else None


def _policy(ledger: CellLedger, form: Form) -> None:
    """Report a rate, floor or cap that a manager changed; it is not taken over, as the organisation decides it."""
    policy, count = ledger.known.policy, ledger.file_answers.count
    for name in form.facts.keys() & ledger.book.facts.keys():
        cell, rule = ledger.book.facts[name], getattr(policy, name)
        unchanged = isinstance(cell.value, int | float) and rule is not None and float(rule) == cell.value
        if unchanged or (is_blank(cell) and rule is None):
            count.cells -= 1  # nobody filled it in
        else:
            count.add("blank" if is_blank(cell) else "rejected")
            found, hint = f"a {name} that is not the policy's; it is not taken over", "change it in the settings"
            ledger.file_answers.problems.append(Problem("other-policy", ledger.place(cell), found, "", hint, "note"))
