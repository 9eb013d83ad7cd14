"""A number of things, as people are told it."""

from __future__ import annotations

from collections.abc import Sized

_MANY = {"person": "people", "activity": "activities"}


def counted(things: int | Sized, noun: str) -> str:
    """How many there are, with their noun.

    >>> counted(1, "person"), counted(1200, "person"), counted(["roadmap", "vision"], "activity"), counted(0, "file")
    ('1 person', '1,200 people', '2 activities', '0 files')
    """
    number = things if isinstance(things, int) else len(things)
    return f"{number:,} {noun if number == 1 else _MANY.get(noun, f'{noun}s')}"
