"""Find people by id, e-mail address or unique name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from growthsheet.errors import InputError, Problem
from growthsheet.model import Person
from growthsheet.text.counts import plural
from growthsheet.text.quoting import quote


def find_all(names: Iterable[str], people: Sequence[Person], noun: str = "person") -> list[Person]:
    """Return the named people, each once, even if one is named in two ways.

    Raises
    ------
    InputError
        With every name that is not found.
    """
    found: dict[str, Person] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            one = find(name, people, noun)
            found[one.id] = one
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(dict.fromkeys(problems))
    return list(found.values())


def find(who: str | int, people: Sequence[Person], noun: str = "person") -> Person:
    """Return the one person with that id, e-mail address or name; ``noun`` is the word for people in errors.

    Raises
    ------
    InputError
        When there is none, or several.
    """
    who = str(who)
    expected = who.strip().casefold()
    ways = (
        [person for person in people if person.id == who],
        [person for person in people if person.email and person.email.casefold() == expected],
        [person for person in people if person.name.casefold() == expected],
    )
    found = next((way for way in ways if way), [])
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(person.id for person in found[:5])
        raise InputError([Problem("ambiguous-person", "roster", quote(who), f"one {noun}", f"use an id: {ids}")])
    from difflib import get_close_matches

    names = {person.name.casefold(): person.name for person in people}
    close = [quote(names[name]) for name in get_close_matches(expected, names)]
    hint = f"did you mean {' or '.join(close)}?" if close else "use an id, an e-mail address or a full name"
    raise InputError([Problem("unknown-person", "roster", quote(who), f"one of {plural(people, noun)}", hint)])
