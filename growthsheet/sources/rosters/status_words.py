"""Words that say whether somebody is employed: of the status, of the kind of worker, beside a name."""

from __future__ import annotations

from functools import lru_cache

from growthsheet.sources.rosters.headers import header_words
from growthsheet.sources.rosters.words import words


@lru_cache(1000)
def has_left(status: str) -> bool | None:
    """Return whether a status says that somebody left; None when it is not known.

    >>> has_left("Terminated (voluntary)"), has_left("Active"), has_left(""), has_left("Ausgetreten"), has_left("Z9")
    (True, False, False, True, None)
    >>> has_left("Not on payroll"), has_left("On leave"), has_left("To be terminated"), has_left("Active (resigned)")
    (None, False, None, None)
    """
    found = header_words(status)
    if not found and not status.strip(" -\u2013\u2014."):
        return False
    if " ".join(found) in words("left_phrases"):
        return True
    if words("left").intersection(found):
        return None if (words("negations") | words("surely_employed")).intersection(found) else True
    employed = words("employed")
    return False if employed.intersection(found) and not set(found) - employed - words("beside_status") else None


@lru_cache(1000)
def may_be_apart(text: str, whole: bool = False) -> bool:
    """Return whether a text speaks of people who left or are no employees; ``whole`` if it says nothing else.

    >>> may_be_apart("Contractor - Hourly"), may_be_apart("Leavers", whole=True), may_be_apart("Left Bank", whole=True)
    (True, True, False)
    >>> may_be_apart("left 31/01/2024", whole=True)
    True
    """
    apart = words("left") | words("external")
    found = {word for word in header_words(text) if not word.isdecimal()}  # the day or the year when somebody left
    return bool(apart & found) and not (whole and found - apart - words("beside_status"))
