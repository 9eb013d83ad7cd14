"""The rows of each person: a history of pay and working time, and spells of employment of those who came back."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from unicodedata import normalize

from growthsheet.sources.rosters.names import name_key
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.tables.columns import FieldColumns, in_rows, quoted
from growthsheet.text.folding import by_text
from growthsheet.text.problem_list import ProblemList

_ADDRESS = re.compile(r"(?:mailto:)?[^@\s]+@[^@\s]+")
_DAY = timedelta(days=1)


def by_person(
    entries: Iterable[PersonRow], columns: FieldColumns, as_of: date, findings: ProblemList
) -> dict[str, Sequence[PersonRow]]:
    """Return the rows of each person: several where they are a history of pay and working time, or spells of work.

    The first row of each tells what else is to be known of the person on a day.
    """
    rows = by_text(entries, lambda entry: [entry.id])
    spells = {id: _spells(same) for id, same in rows.items()}
    for same in [spell for of_one in spells.values() for spell in of_one]:
        for entry in same[1:]:
            if differing := _not_pay_history(same[0], entry, same):
                found = f"the same id as in row {same[0].row}; {differing}"
                expected = "one row for each person, a history of pay and working time, or spells of employment"
                hint = "give each person an id of their own; in a history, the column pay_from needs the days"
                findings.error("repeated-id", entry.place(findings), found, expected, hint)
    people = [same[0] for same in rows.values()]
    for one, *others in by_text(people, lambda person: [normalize("NFKC", person.id).casefold()]).values():
        for entry in others:
            found = f"ids differ in case or width only: {quoted(one.id)} (row {one.row}), {quoted(entry.id)}"
            hint = "write it in one way, or change one of the ids"
            findings.error("ids-alike", entry.place(findings), found, "one spelling of an id", hint)
    _tell_addresses(people, columns, findings)
    return {id: _as_one(of_one, as_of) for id, of_one in spells.items()}


def _tell_addresses(people: Sequence[PersonRow], columns: FieldColumns, findings: ProblemList) -> None:
    """Tell what is no e-mail address, and addresses that several people have: letters would go to the wrong one."""
    counts = Counter(person.email.casefold() for person in people if person.email)
    for what, odd in (
        ("several people have the same address", [each for each in people if counts[each.email.casefold()] > 1]),
        ("not an e-mail address", [each for each in people if each.email and not _ADDRESS.fullmatch(each.email)]),
    ):
        if odd:
            found = f"{what}: {in_rows((quoted(each.email), each.row) for each in odd)}"
            findings.note("odd-addresses", columns["email"].place, found, "correct them before letters are sent")


def _spells(same: Sequence[PersonRow]) -> list[list[PersonRow]]:
    """Return the rows of one id by their spells of employment, the earliest first; one spell where they overlap."""
    spells: dict[tuple[date, date], list[PersonRow]] = defaultdict(list)
    for entry in same:
        spells[entry.start or date.min, entry.end or date.max].append(entry)
    one_after_another = all(one[1] < other[0] for one, other in pairwise(sorted(spells)))
    one_name = len({name_key(entry.name) for entry in same}) == 1
    return [spells[period] for period in sorted(spells)] if one_after_another and one_name else [[*same]]


def _not_pay_history(first: PersonRow, entry: PersonRow, same: Sequence[PersonRow]) -> str:
    """Return why a second row of an id is no pay history; "" if it is one."""
    one, other = first.person, entry.person
    if differing := [name for name in one if one[name] != other[name]]:
        return f"they differ in {', '.join(differing)}"
    if entry.amount is None or any(e.pay_from == entry.pay_from for e in same if e is not entry):
        return "no pay from a date of its own"
    return ""


def _as_one(spells: Sequence[Sequence[PersonRow]], as_of: date) -> Sequence[PersonRow]:
    """Return a person's rows, the first of them as it stands on a day, with the times between two spells of employment.

    What only one row can say, such as the title, is that of the spell on that day, or else of the last one before it.
    A later spell's pay begins with the spell, unless it says another day.
    """
    if len(spells) == 1:
        return spells[0]
    begun = [spell for spell in spells if spell[0].start is None or spell[0].start <= as_of]
    now = begun[-1] if begun else spells[0]
    ends = [(one[0].end, other[0].start) for one, other in pairwise(spells)]
    breaks = tuple((end + _DAY, start - _DAY) for end, start in ends if end and start and start - end > _DAY)
    rows = [*spells[0], *(replace(row, pay_from=row.pay_from or row.start) for spell in spells[1:] for row in spell)]
    [first] = [row for row in rows if row.row == now[0].row]
    whole = replace(first, start=spells[0][0].start, end=spells[-1][0].end, breaks=breaks)
    return [whole, *(row for row in rows if row is not first)]
