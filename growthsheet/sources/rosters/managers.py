"""Who reports to whom: managers found by id, e-mail or name; columns compared; cycles named in full."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from growthsheet.sources.rosters.employment import Employment
from growthsheet.sources.rosters.names import name_key, turned_name
from growthsheet.sources.rosters.rows import Claim, PersonRow
from growthsheet.sources.rosters.words import words
from growthsheet.sources.tables.columns import NAMED_ROWS, in_rows, quoted
from growthsheet.text.counts import first_of, plural
from growthsheet.text.folding import by_text
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

MOST_MANAGERS = 10
"""How many unknown managers are a problem of their own; the others are one."""

_BRACKETED = re.compile(r"(?P<before>.*?\S)\s*[(\[<](?P<inside>[^()\[\]<>]+)[)\]>]")
_BESIDE = " -\u2013|:/"
"""What may stand between a name and its id."""


def _exact(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", turned_name(name)).split())


def _words_of(name: str) -> str:
    """Return the words of a name in one order: "Lind Maya" is Maya Lind, too."""
    return " ".join(sorted(name_key(name).split()))


def _number(text: str) -> str:
    """Return a whole number without the zeros that spreadsheets take away or add; blank for what is none.

    >>> _number("0070"), _number("70.0"), _number("70.5"), _number("M7")
    ('70', '70', '', '')
    """
    whole = re.sub("[.,]0+$", "", text)
    return whole.lstrip("0") if whole.isdecimal() else ""


class Directory:
    """Finds people by id, e-mail or name; what is exact wins over what is alike."""

    def __init__(self, people: Sequence[PersonRow]) -> None:
        self._people = people
        self._ids = {person.id: person for person in people}

    @cached_property
    def _named(self) -> tuple[Mapping[str, list[PersonRow]], ...]:
        """Everybody by exact name, by id and address, and by folded name; made when it is needed."""
        return (
            by_text(self._people, lambda one: [_exact(one.name)]),
            by_text(self._people, lambda one: (one.id.casefold(), one.email.casefold(), _number(one.id))),
            by_text(self._people, lambda one: [name_key(one.name)]),
        )

    @cached_property
    def _called(self) -> Mapping[str, list[PersonRow]]:
        """Everybody under the words of all their names, in whatever order these are written."""
        return by_text(self._people, lambda one: map(_words_of, (one.name, *one.called)))

    def __contains__(self, person: PersonRow) -> bool:
        return self._ids.get(person.id) is person

    def find(self, text: str) -> list[PersonRow]:
        """Return everybody whom a text can mean; an exact id means one person."""
        text = unicodedata.normalize("NFC", text)
        if not text:
            return []
        if text in self._ids:
            return [self._ids[text]]
        text = re.sub(r"^(mailto:|#)", "", text, flags=re.IGNORECASE)
        exact, marks, names = self._named
        found = exact.get(_exact(text)) or marks.get(text.casefold()) or names.get(name_key(text))
        return found or marks.get(_number(text)) or self._called.get(_words_of(text)) or self._parts(text)

    def _parts(self, text: str) -> list[PersonRow]:
        """Return people named twice, as in ``Maya Lind (M1)`` and ``M1 - Maya Lind``: both must agree.

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


def managers(presence: Employment, acting: Mapping[str, str], findings: ProblemList) -> dict[str, str]:
    """Return the id of each person's manager, nothing for those at the top; what is unknown goes to ``findings``.

    People whose manager left or has not started go to who is ``acting`` in the place of that manager, else up to the
    next one who is here. A leaver's own manager is found in the same way or left blank.
    """
    staff, leavers = presence.staff, presence.leavers
    search = _Search(staff, [*leavers, *presence.gone, *presence.later], acting, findings)
    found: dict[str, str] = {}
    unknown: dict[str, list[PersonRow]] = defaultdict(list)
    absent: dict[tuple[str, str], list[PersonRow]] = defaultdict(list)
    own: list[PersonRow] = []
    beside: list[tuple[str, int]] = []
    zeros: list[tuple[str, int]] = []
    for person in staff:
        named = search.named(person)
        manager, missing = search.manager(person, named, findings)
        if manager:
            said, id = named[0][0].text, manager.id
            zeros += [(quoted(manager.name), person.row)] * (said != id and _number(said) == _number(id) != "")
            beside += [(quoted(claim.text), person.row) for claim, people in named if not people]
        if missing and missing in person.claims:
            unknown[missing.text].append(person)
        elif missing:
            absent[missing.text, manager.name if manager else ""].append(person)
        if manager and manager.id == person.id:
            own.append(person)
        elif manager:
            found[person.id] = manager.id
    _ask_unknown(unknown, findings)
    for (text, above), people in absent.items():
        instead = f"under {quoted(above)} instead" if above else "without a manager"
        what = f"{quoted(text)}: left or has not started; {_told(people)} {instead}"
        findings.note("absent-manager", people[0].place(findings, people[0].claims[0].column), what)
    for code, told, what in (
        (
            "manager-zeros",
            zeros,
            "ids of managers differ from those of people in zeros at the beginning or the end (7.0); taken as",
        ),
        ("manager-beside", beside, "the other column of managers decides, because nobody here is called"),
    ):
        if told:
            findings.note(code, findings.place, f"{what} {in_rows(told)}")
    _refuse_cycles(staff, found, findings)
    _tell_top(staff, found, own, findings)
    for person in leavers:
        manager, _ = search.manager(person, search.named(person), ProblemList(""))
        if manager and manager.id != person.id:
            found[person.id] = manager.id
    return found


Named = Sequence[tuple[Claim, list[PersonRow]]]
"""What the columns say about somebody's manager, and whom each of them can mean."""


class _Search:
    """Finds managers among the people who are here, and those who left or have not started."""

    def __init__(
        self, here: Sequence[PersonRow], away: Sequence[PersonRow], acting: Mapping[str, str], findings: ProblemList
    ) -> None:
        self.here, self.away = Directory(here), Directory(away)
        self.acting: dict[str, PersonRow] = {}
        named = {name_key(claim.text) for person in here for claim in person.claims}
        for absent, deputy in acting.items():
            if len(found := self.here.find(deputy)) == 1:
                if not self.away.find(absent) and name_key(absent) not in named:
                    what = f"acting for {quoted(absent)}: nobody who left and no manager has that name"
                    findings.note("acting-for-nobody", findings.place, what, "correct the name, or take it out")
                # A manager who is on the roster no more is known by what the rows say.
                self.acting |= {each.id: found[0] for each in self.away.find(absent)} or {name_key(absent): found[0]}
            else:
                place, hint = f"acting for {one_line(absent)}", "name somebody by id or e-mail"
                said = f"{quoted(deputy)}: {plural(found, 'person')} on the roster"
                findings.error("unknown-manager", place, said, "one person who is here", hint)

    def named(self, person: PersonRow) -> Named:
        """Return whom each column can mean that names a manager of somebody."""
        keys = [(claim, name_key(claim.text)) for claim in person.claims]
        return [
            (claim, self._meant(claim.text) or ([self.acting[key]] if key in self.acting else []))
            for claim, key in keys
            if key and key not in words("nobody")
        ]

    def _meant(self, text: str) -> list[PersonRow]:
        """Return who is here and may be meant, with those of the same name who are away; else who is away."""
        here, away = self.here.find(text), self.away.find(text)
        if any(text.casefold() in (one.id.casefold(), one.email.casefold()) for one in here):
            return here
        ids = {one.id for one in here}
        return [*here, *(one for one in away if one.id not in ids)]

    def manager(self, person: PersonRow, named: Named, findings: ProblemList) -> tuple[PersonRow | None, Claim | None]:
        """Return somebody's manager, and what is missing: a claim that names nobody, or (not theirs) who is away."""
        known = [(claim, people) for claim, people in named if people]
        if not known:
            return None, named[0][0] if named else None
        first, people = known[0]
        place = person.place(findings, first.column)
        for claim, others in known[1:]:
            both = [one for one in people if one in others]
            if not both:
                pairs = ((first, people), (claim, others))
                names = [f"{quote(c.column)} names {quoted(they[0].name)} (row {they[0].row})" for c, they in pairs]
                choice = " or ".join(f'"{one_line(c.column)}"' for c, _ in pairs)
                hint = f"correct the row, or choose with --map manager={choice}"
                findings.error("manager-contradiction", place, " and ".join(names), "one manager", hint)
                return None, None
            people = both
        if len(people) > 1:
            found, hint = f"{quoted(first.text)} {_told(people)}", "name the manager by id or e-mail"
            findings.error("ambiguous-manager", place, found, "one person", hint)
            return None, None
        return self._next_here(person, people[0], first.text)

    def _next_here(self, person: PersonRow, manager: PersonRow, text: str) -> tuple[PersonRow | None, Claim | None]:
        """Return the manager, or who is acting, or the next one above who is here; nobody acts for themselves."""
        seen, missing = set[str](), None
        while manager not in self.here:
            missing = Claim("", text)
            if (deputy := self.acting.get(manager.id)) and deputy.id != person.id:
                return deputy, missing
            seen.add(manager.id)
            above = [people for _, people in self.named(manager) if people]
            if not above or len(above[0]) != 1 or above[0][0].id in seen:
                return None, missing
            manager = above[0][0]
        return manager, missing


def _ask_unknown(unknown: Mapping[str, Sequence[PersonRow]], findings: ProblemList) -> None:
    if any(problem.code == "broken-cell" for problem in findings.all):
        return  # they may be in the rows that cannot be read
    expected = "the id, e-mail or unique name of somebody on the roster"
    hint = "add the manager's row, leave the cell blank at the top, or say --accept unknown-manager"
    texts = sorted(unknown, key=lambda text: -len(unknown[text]))
    many = texts[MOST_MANAGERS:] if len(texts) > MOST_MANAGERS + 1 else []
    for text, people in unknown.items():
        if text not in many:
            column = next(claim.column for claim in people[0].claims if claim.text == text)
            place = people[0].place(findings, column)
            findings.ask("unknown-manager", place, f"{quoted(text)} {_told(people)}", expected, hint)
    if many:
        told = first_of([f"{quoted(text)} {_told(unknown[text])}" for text in many], NAMED_ROWS)
        findings.ask("unknown-manager", findings.place, f"{len(many):,} more: {told}", expected, hint)


def _told(people: Sequence[PersonRow]) -> str:
    rows = first_of([str(person.row) for person in people], NAMED_ROWS)
    return f"({plural(people, 'person')}, {'row' if len(people) == 1 else 'rows'} {rows})"


def _tell_top(
    staff: Sequence[PersonRow], manager_of: Mapping[str, str], own: Sequence[PersonRow], findings: ProblemList
) -> None:
    """Tell who has no manager, where that is more than the one at the top."""
    if own:
        findings.note("own-manager", findings.place, f"{_names(own)}: their own manager, so taken to be at the top")
    top = [person for person in staff if person.id not in manager_of and person not in own]
    if len(top) + len(own) > 1 and top and manager_of:
        findings.note("no-manager", findings.place, f"without a manager, so in nobody's team: {_names(top)}")


def _names(people: Iterable[PersonRow]) -> str:
    return in_rows((quoted(person.name), person.row) for person in people)


def _refuse_cycles(staff: Sequence[PersonRow], manager_of: Mapping[str, str], findings: ProblemList) -> None:
    by_id = {person.id: person for person in staff}
    for cycle in cycles(manager_of):
        first = by_id[cycle[0]]
        found = " reports to ".join(_names([by_id[id]]) for id in (*cycle, cycle[0]))
        place = first.place(findings, first.claims[0].column)
        findings.error("manager-cycle", place, found, "a chain that ends at the top", "correct one of these managers")


def cycles(manager_of: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each circle of people who report to one another once; walked without recursion, chains may be long.

    >>> list(cycles({"a": "b", "b": "c", "c": "b", "d": "a", "e": "e"}))
    [['b', 'c'], ['e']]
    """
    done: set[str] = set()
    for start in manager_of:
        path, one = dict[str, None](), start
        while one in manager_of and one not in done and one not in path:
            path[one] = None
            one = manager_of[one]
        if one in path:
            yield list(path)[list(path).index(one) :]
        done.update(path)
