"""Format counts with their noun, and lists that are too long to show in full."""

from __future__ import annotations

from collections.abc import Sequence, Sized

_MANY = {"person": "people", "activity": "activities"}


def plural(things: int | Sized, noun: str) -> str:
    """Return a number of things with their noun.

    >>> plural(1, "person"), plural(1200, "person"), plural(["roadmap", "vision"], "activity"), plural(0, "file")
    ('1 person', '1,200 people', '2 activities', '0 files')
    """
    number = things if isinstance(things, int) else len(things)
    return f"{number:,} {noun if number == 1 else _MANY.get(noun, f'{noun}s')}"


def first_of(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Return at most ``most`` of the names, and how many more there are.

    >>> first_of(["ana.xlsx", "bo.xlsx"], 2), first_of(["ana.xlsx", "bo.xlsx", "cy.xlsx"], 2)
    ('ana.xlsx, bo.xlsx', 'ana.xlsx, bo.xlsx and 1 more')
    """
    more = len(names) - most
    return between.join(names[:most]) + (f" and {more:,} more" if more > 0 else "")
