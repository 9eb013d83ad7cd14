"""Who reports to whom: managers found by id, e-mail or name; columns compared; cycles named in full."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from growthsheet.sources.tables.columns import NAMED_ROWS, quoted
from growthsheet.text.counts import first_of, plural
from growthsheet.text.folding import folded_words
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_NOBODY = {"", "n a", "na", "none", "no manager", "null", "nobody", "keine", "keiner", "aucun", "ninguno", "nessuno"}
"""What stands for "reports to nobody" (compared like names, so that dashes and NO_MANAGER are there too)."""

MOST_MANAGERS = 10
"""How many unknown managers are a problem of their own; the others are one."""

_BRACKETED = re.compile(r"(?P<before>.*?\S)\s*[(\[<](?P<inside>[^()\[\]<>]+)[)\]>]")
_BESIDE = " -\u2013|:/"
"""What may stand between a name and its id."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one column says about somebody's manager."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Reporter:
    """What the roster says about one person, as far as it matters for who reports to whom."""

    id: str
    name: str
    email: str
    claims: tuple[Claim, ...]
    """What the columns about the manager say, the surest first."""
    row: int
    table: str

    def place(self, claim: Claim) -> str:
        """Where something is said about the manager."""
        return f"{self.table}, row {self.row}, column {one_line(claim.column)}"


def name_key(name: str) -> str:
    """A person's name as it is compared: 'Doe, Jane' is 'Jane Doe'; case, spaces and folded accents do not count.

    >>> name_key("Ruíz,  Ana") == name_key("ana ruiz"), name_key("मोना शर्मा") == name_key("मीना शर्मा")
    (True, False)
    """
    return " ".join(folded_words(_turned(name)))


def _turned(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first} {last}" if comma else name


def _exact(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _turned(name)).split())


class Directory:
    """Finds people by id, e-mail or name; what is exact wins over what is alike."""

    def __init__(self, people: Sequence[Reporter]) -> None:
        self._people = people
        self._ids = {person.id: person for person in people}

    @cached_property
    def _named(self) -> tuple[Mapping[str, list[Reporter]], ...]:
        """Everybody under what else they may be called, the exact ways first; made when it is needed."""
        exact: dict[str, list[Reporter]] = defaultdict(list)
        loose: dict[str, list[Reporter]] = defaultdict(list)
        for person in self._people:
            exact[_exact(person.name)].append(person)
            # A set, for one person may have the same id, e-mail and name.
            for key in {person.id.casefold(), person.email.casefold(), name_key(person.name)} - {""}:
                loose[key].append(person)
        return exact, loose

    def __contains__(self, person: Reporter) -> bool:
        return self._ids.get(person.id) is person

    def find(self, text: str) -> list[Reporter]:
        """Everybody whom a text can mean; an exact id means one person."""
        text = unicodedata.normalize("NFC", text)
        if not text:
            return []
        if text in self._ids:
            return [self._ids[text]]
        text = re.sub(r"^mailto:", "", text, flags=re.IGNORECASE)
        exact, loose = self._named
        return exact.get(_exact(text)) or loose.get(text.casefold()) or loose.get(name_key(text)) or self._parts(text)

    def _parts(self, text: str) -> list[Reporter]:
        """People named twice over, as in ``Maya Lind (M1)``, ``<maya@x.com>`` and ``M1 - Maya Lind``: both must agree.

        A remark in brackets, such as ``(On Leave)``, names nobody; a number that is nobody's id is no remark.
        """
        if found := _BRACKETED.fullmatch(text):
            people, inside = self.find(found["before"]), found["inside"].strip()
            others = self.find(inside)
            if not others:
                return [] if re.search(r"[\d@]", inside) else people
            return [person for person in others if person in people] or (others if not people else [*people, *others])
        first, _, rest = text.partition(" ")
        before, _, last = text.rpartition(" ")
        for id, name in ((first, rest), (last, before)):
            if id in self._ids and (same := [one for one in self.find(name.strip(_BESIDE)) if one.id == id]):
                return same
        return []


def managers(
    staff: Sequence[Reporter], leavers: Sequence[Reporter], others: Sequence[Reporter], findings: ProblemList
) -> dict[str, str]:
    """The id of each person's manager, nothing for those at the top; what cannot be resolved goes to ``findings``.

    People whose manager left or has not started (``leavers``, ``others``) go up to the next manager who is here. A
    leaver's own manager is found in the same way or left blank.
    """
    here, away = Directory(staff), Directory([*leavers, *others])
    found: dict[str, str] = {}
    unknown: dict[str, list[Reporter]] = defaultdict(list)
    absent: dict[tuple[str, str], list[Reporter]] = defaultdict(list)
    own: list[Reporter] = []
    beside: list[tuple[Reporter, Claim]] = []
    for person in staff:
        manager, missing = _manager(person, here, away, findings)
        if manager and len(person.claims) > 1:
            beside += [(person, claim) for claim in person.claims if _names_nobody(claim, here, away)]
        if missing and missing in person.claims:
            unknown[missing.text].append(person)
        elif missing:
            absent[missing.text, manager.name if manager else ""].append(person)
        if manager and manager.id == person.id:
            own.append(person)
        elif manager:
            found[person.id] = manager.id
    _tell_missing(unknown, absent, findings)
    if beside:
        rows = first_of([f"{quoted(claim.text)} (row {person.row})" for person, claim in beside], NAMED_ROWS)
        note = f"the other column about the manager decides, for nobody here is called {rows}"
        findings.note("manager-beside", findings.place, note)
    _refuse_cycles(staff, found, findings)
    _tell_top(staff, found, own, findings)
    quiet = ProblemList("")
    former = {person.id: _manager(person, here, away, quiet)[0] for person in leavers}
    return found | {id: manager.id for id, manager in former.items() if manager and manager.id != id}


def _manager(
    person: Reporter, here: Directory, away: Directory, findings: ProblemList
) -> tuple[Reporter | None, Claim | None]:
    """Somebody's manager, and what is missing: a claim that names nobody, or (as none of their own) who is away."""
    claims = [claim for claim in person.claims if name_key(claim.text) not in _NOBODY]
    matches = [(claim, here.find(claim.text) or away.find(claim.text)) for claim in claims]
    known = [(claim, people) for claim, people in matches if people]
    if not known:
        return None, claims[0] if claims else None
    first, people = known[0]
    for claim, others in known[1:]:
        both = [one for one in people if one in others]
        if not both:
            _contradiction(person, first, people, claim, others, findings)
            return None, None
        people = both
    if len(people) > 1:
        _ambiguous(person, first, people, findings)
        return None, None
    return _next_here(people[0], first.text, here, away)


def _names_nobody(claim: Claim, here: Directory, away: Directory) -> bool:
    return name_key(claim.text) not in _NOBODY and not (here.find(claim.text) or away.find(claim.text))


def _next_here(manager: Reporter, text: str, here: Directory, away: Directory) -> tuple[Reporter | None, Claim | None]:
    """The manager, or the next one above who is here."""
    seen: set[str] = set()
    missing = None
    while manager not in here:
        missing = Claim("", text)
        seen.add(manager.id)
        above = [people for claim in manager.claims if (people := here.find(claim.text) or away.find(claim.text))]
        if not above or len(above[0]) != 1 or above[0][0].id in seen:
            return None, missing
        manager = above[0][0]
    return manager, missing


def _contradiction(
    person: Reporter,
    one: Claim,
    people: Sequence[Reporter],
    other: Claim,
    others: Sequence[Reporter],
    findings: ProblemList,
) -> None:
    said = " and ".join(
        f"{quote(claim.column)} names {quoted(found[0].name)} (row {found[0].row})"
        for claim, found in ((one, people), (other, others))
    )
    hint = f'correct the row, or choose with --map manager="{one_line(one.column)}" or "{one_line(other.column)}"'
    findings.error("manager-contradiction", person.place(one), said, "one manager", hint)


def _tell_missing(
    unknown: Mapping[str, Sequence[Reporter]],
    absent: Mapping[tuple[str, str], Sequence[Reporter]],
    findings: ProblemList,
) -> None:
    if any(problem.code == "broken-cell" for problem in findings.all):
        unknown = {}  # they may be in the rows that cannot be read
    expected = "the id, e-mail or unique name of somebody on the roster"
    hint = "add the manager's row, leave the cell blank for the top, or say --accept unknown-manager"
    texts = sorted(unknown, key=lambda text: -len(unknown[text]))
    many = texts[MOST_MANAGERS:] if len(texts) > MOST_MANAGERS + 1 else []
    for text in (text for text in unknown if text not in many):
        people = unknown[text]
        place = people[0].place(next(claim for claim in people[0].claims if claim.text == text))
        findings.ask("unknown-manager", place, f"{quoted(text)} {_told(people)}", expected, hint)
    if many:
        found = f"{len(many):,} more: " + first_of(
            [f"{quoted(text)} {_told(unknown[text])}" for text in many], NAMED_ROWS
        )
        findings.ask("unknown-manager", findings.place, found, expected, hint)
    for (text, above), people in absent.items():
        instead = f"under {quoted(above)} instead" if above else "without a manager"
        note = f"{quoted(text)}: left or has not started; {_told(people)} {instead}"
        findings.note("absent-manager", people[0].place(people[0].claims[0]), note)


def _ambiguous(person: Reporter, claim: Claim, matches: Sequence[Reporter], findings: ProblemList) -> None:
    rows = ", ".join(str(match.row) for match in matches[:NAMED_ROWS])
    found = f"{quoted(claim.text)}: {plural(matches, 'person')} (rows {rows})"
    findings.error("ambiguous-manager", person.place(claim), found, "one person", "name the manager by id or e-mail")


def _told(people: Sequence[Reporter]) -> str:
    rows = ", ".join(str(person.row) for person in people[:NAMED_ROWS])
    more = ", ..." if len(people) > NAMED_ROWS else ""
    return f"({plural(people, 'person')}, {'row' if len(people) == 1 else 'rows'} {rows}{more})"


def _tell_top(
    staff: Sequence[Reporter], manager_of: Mapping[str, str], own: Sequence[Reporter], findings: ProblemList
) -> None:
    """Tell who has no manager, where that is more than the one at the top."""
    if own:
        findings.note("own-manager", findings.place, f"{_names(own)}: their own manager, so taken as the top")
    if not any(person.claims for person in staff):
        return
    top = [person for person in staff if person.id not in manager_of and person not in own]
    if len(top) + len(own) > 1 and top and manager_of:
        findings.note("no-manager", findings.place, f"without a manager, in nobody's team: {_names(top)}")


def _names(people: Iterable[Reporter]) -> str:
    return first_of([f"{quoted(person.name)} (row {person.row})" for person in people], NAMED_ROWS)


def _refuse_cycles(staff: Sequence[Reporter], manager_of: Mapping[str, str], findings: ProblemList) -> None:
    by_id = {person.id: person for person in staff}
    for cycle in cycles(manager_of):
        first = by_id[cycle[0]]
        chain = [f"{quoted(by_id[one].name)} (row {by_id[one].row})" for one in (*cycle, cycle[0])]
        found = " reports to ".join(chain)
        place = first.place(first.claims[0])
        findings.error("manager-cycle", place, found, "a chain that ends at the top", "correct one of these managers")


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
