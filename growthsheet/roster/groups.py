"""Groups of people: everybody below a manager, or everybody with one value of a roster column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from growthsheet.errors import InputError, Problem
from growthsheet.model import BudgetItem, Person
from growthsheet.sources.rosters.headers import header_key
from growthsheet.text.counts import plural
from growthsheet.text.quoting import quote


@dataclass(frozen=True)
class Group:
    """The people of a group, with its id and its name."""

    id: str
    name: str
    people: frozenset[str]
    teams: frozenset[str]
    """The ids of the managers whose teams' budget lines belong to the group."""
    disclosed: frozenset[str] = frozenset()
    """The people of whose allocation the reader of the group's workbook may know."""

    def lines(self, lines: Iterable[BudgetItem]) -> Iterator[BudgetItem]:
        """Yield the budget lines of its people, and of its teams."""
        return (line for line in lines if (line.person in self.people if line.person else line.team in self.teams))


def below(manager: Person, reports: Mapping[str, Sequence[Sequence[Person]]], knows: bool) -> Group:
    """Return everybody below a manager, all levels down.

    ``reports`` are the people who report to each manager, in several lists; ``knows`` is true if the manager is told
    of the allocations of those who report to them.
    """
    found: dict[str, None] = {}
    waiting = [manager.id]
    while waiting:
        waiting += (ids := [p.id for people in reports.get(waiting.pop(), ()) for p in people if p.id not in found])
        found |= dict.fromkeys(ids)
    direct = frozenset(person.id for people in reports.get(manager.id, ()) for person in people)
    everybody, disclosed = frozenset(found), direct if knows else frozenset[str]()
    return Group(f"below {manager.id}", manager.name, everybody, everybody | {manager.id}, disclosed)


def kept_column(by: str, people: Iterable[Person]) -> str:
    """Return the name of the kept column that is meant; raise InputError if none is."""
    names = dict.fromkeys(name for person in people for name, _ in person.kept)
    if found := next((name for name in names if header_key(name) == header_key(by)), ""):
        return found
    hint = f'say --keep "{by}"'
    raise InputError([Problem("unknown-column", "roster", quote(by), "a column that is kept", hint)])


def values_of(column: str, people: Iterable[Person]) -> list[str]:
    """Return the different values of a kept column, in the order of the roster, without blanks."""
    return [*filter(None, dict.fromkeys(dict(person.kept).get(column, "") for person in people))]


def with_value(value: str, column: str, people: Collection[Person]) -> Group:
    """Return everybody with one value of a kept column; raise InputError if nobody has it."""
    ids = frozenset(person.id for person in people if dict(person.kept).get(column) == value)
    if not ids:
        there = ", ".join(map(quote, values_of(column, people)[:10]))
        raise InputError([Problem("unknown-group", "roster", quote(value), f"one of {there}", "choose one of these")])
    return Group(f"{column}: {value}", f"{column}: {value}", ids, ids)


def ungrouped_notes(by: str, people: Collection[Person]) -> tuple[Problem, ...]:
    """Return a note if people have no value of a kept column: they are in no group."""
    column = kept_column(by, people)
    if not (blank := sum(not dict(person.kept).get(column) for person in people)):
        return ()
    found = f"{plural(blank, 'person')} without {quote(column)}, so in no group"
    return (Problem("in-no-group", "roster", found, hint="fill in the column if they belong to one", severity="note"),)
