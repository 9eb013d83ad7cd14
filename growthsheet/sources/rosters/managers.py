"""Who reports to whom: managers found by id, e-mail or name; cycles named in full."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from growthsheet.sources.tables.columns import quoted
from growthsheet.text.counts import plural
from growthsheet.text.problem_list import ProblemList

_NOBODY = {"", "n a", "na", "none", "no manager", "null", "nobody", "keine", "keiner", "aucun", "ninguno", "nessuno"}
"""What stands for "reports to nobody" (compared like names, so that dashes and NO_MANAGER are there too)."""

FIRST = 5
"""How many rows a summed-up problem names."""


@dataclass(frozen=True, slots=True)
class Reporter:
    """What the roster says about one person, as far as it matters for who reports to whom."""

    id: str
    name: str
    email: str
    manager: str
    row: int
    table: str
    column: str

    @property
    def place(self) -> str:
        """Where the manager is told."""
        return f"{self.table}, row {self.row}{self.column}"


def name_key(name: str) -> str:
    """A person's name as it is compared: 'Doe, Jane' is 'Jane Doe'; accents, case and spaces do not count.

    >>> name_key("Ruíz,  Ana") == name_key("ana ruiz")
    True
    """
    last, comma, first = name.partition(",")
    turned = f"{first} {last}" if comma else name
    plain = "".join(c for c in unicodedata.normalize("NFKD", turned) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


class Directory:
    """Finds people by id, e-mail or name."""

    def __init__(self, people: Sequence[Reporter]) -> None:
        self._people = people
        self._ids = {person.id: person for person in people}

    @cached_property
    def _loose(self) -> Mapping[str, list[Reporter]]:
        """Everybody under what else they may be called; made only when somebody is not named by id."""
        loose: dict[str, list[Reporter]] = defaultdict(list)
        for person in self._people:
            # A set, for one person may have the same id, e-mail and name.
            for key in {person.id.casefold(), person.email.casefold(), name_key(person.name)} - {""}:
                loose[key].append(person)
        return loose

    def find(self, found: str) -> list[Reporter]:
        """Everybody whom a text can mean; an exact id means one person."""
        if not found:
            return []
        if found in self._ids:
            return [self._ids[found]]
        return self._loose.get(found.casefold()) or self._loose.get(name_key(found)) or []


def managers(
    staff: Sequence[Reporter], leavers: Sequence[Reporter], others: Sequence[Reporter], findings: ProblemList
) -> dict[str, str]:
    """The id of each person's manager, nothing for those at the top; what cannot be resolved goes to ``findings``.

    Reporting to somebody who left or has not started (``leavers``, ``others``) is a note, to nobody known an error.
    A leaver's own manager is found or left blank.
    """
    here, away = Directory(staff), Directory([*leavers, *others])
    found: dict[str, str] = {}
    unknown: dict[str, list[Reporter]] = defaultdict(list)
    absent: dict[str, list[Reporter]] = defaultdict(list)
    for person in staff:
        matches = here.find(person.manager)
        if len(matches) == 1:
            found[person.id] = matches[0].id
        elif matches:
            _ambiguous(person, matches, findings)
        elif name_key(person.manager) not in _NOBODY:
            (absent if away.find(person.manager) else unknown)[person.manager].append(person)
    _tell_missing(unknown, absent, findings)
    _refuse_cycles(staff, found, findings)
    former = {person.id: here.find(person.manager) for person in leavers}
    return found | {id: matches[0].id for id, matches in former.items() if len(matches) == 1}


def _tell_missing(
    unknown: Mapping[str, Sequence[Reporter]], absent: Mapping[str, Sequence[Reporter]], findings: ProblemList
) -> None:
    for found, people in unknown.items():
        expected = "the id, e-mail or unique name of somebody on the roster"
        hint = "add the manager's row, or leave the cell blank for the top"
        findings.error("unknown-manager", people[0].place, f"{quoted(found)} {_told(people)}", expected, hint)
    for found, people in absent.items():
        note = f"{quoted(found)}: left or has not started; {_told(people)} without a manager"
        findings.note("absent-manager", people[0].place, note)


def _ambiguous(person: Reporter, matches: Sequence[Reporter], findings: ProblemList) -> None:
    rows = ", ".join(str(match.row) for match in matches[:FIRST])
    found = f"{quoted(person.manager)}: {plural(matches, 'person')} (rows {rows})"
    findings.error("ambiguous-manager", person.place, found, "one person", "name the manager by id or e-mail")


def _told(people: Sequence[Reporter]) -> str:
    rows = ", ".join(str(person.row) for person in people[:FIRST])
    more = ", ..." if len(people) > FIRST else ""
    return f"({plural(people, 'person')}, {'row' if len(people) == 1 else 'rows'} {rows}{more})"


def _refuse_cycles(staff: Sequence[Reporter], manager_of: Mapping[str, str], findings: ProblemList) -> None:
    by_id = {person.id: person for person in staff}
    for cycle in cycles(manager_of):
        first = by_id[cycle[0]]
        if len(cycle) == 1:
            found, code = f"{quoted(first.name)} is their own manager", "own-manager"
        else:
            chain = [f"{quoted(by_id[one].name)} (row {by_id[one].row})" for one in (*cycle, cycle[0])]
            found, code = " reports to ".join(chain), "manager-cycle"
        findings.error(code, first.place, found, "a chain that ends at the top", "correct one of these managers")


def cycles(manager_of: Mapping[str, str]) -> Iterator[list[str]]:
    """Each circle of people who report to one another, once; walked without recursion, chains may be long.

    >>> list(cycles({"a": "b", "b": "c", "c": "b", "d": "a", "e": "e"}))
    [['b', 'c'], ['e']]
    """
    done: set[str] = set()
    for start in manager_of:
        path: dict[str, None] = {}
        one = start
        while one in manager_of and one not in done and one not in path:
            path[one] = None
            one = manager_of[one]
        if one in path:
            chain = list(path)
            yield chain[chain.index(one) :]
        done.update(path)
