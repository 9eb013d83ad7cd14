"""Compare the hidden ids of rows with the visible names beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from growthsheet.errors import Problem
from growthsheet.text.counts import first_of, plural
from growthsheet.text.folding import without_case
from growthsheet.text.quoting import one_line, quote

_MOST_NAMED, _SOME = 50, 5
"""The most rows that a problem names: those that are missing, and those that were found."""


class WrittenLabels:
    """The ids of the rows (or people) that a table was written with, and their visible names.

    People sort and copy what they see and leave hidden ids behind, so the visible name decides if it is unique.

    >>> written = WrittenLabels({"pricing": "Pricing", "roadmap": "Roadmap"})
    >>> written.subject("pricing", "Pricing"), written.subject("pricing", "ROADMAP"), written.subject("", "Roadmap")
    ('pricing', 'roadmap', 'roadmap')
    >>> written.subject("pricing", "Beekeeping") is None
    True
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        folded = {id: without_case(name) for id, name in names.items()}
        times = Counter(folded.values())
        self._folded, self._ids = folded, {name: id for id, name in folded.items() if times[name] == 1}

    def subject(self, id: str, label: str) -> str | None:
        """Return the id that a row is about; None if its id and its visible name disagree, and nothing decides."""
        if not self.names or self._folded.get(id) == (name := without_case(label)):
            return id
        return self._ids.get(name)

    def disagreement(self, place: str, label: str, id: str) -> Problem:
        """Return the error for a row that is left out because nothing decides what it is about."""
        expected = quote(self.names.get(id, id))
        found = f"the visible name {quote(label)} with the hidden id of {expected}; what is typed there is left out"
        return Problem("label-disagrees", place, found, "the name that growthsheet wrote", "put the name back")


def matched(place: str, names: Collection[str]) -> Iterator[Problem]:
    """Yield a note about rows that were found by their visible names."""
    if names:
        some = _list(names, _SOME)
        found = f"{plural(names, 'row')} without the right hidden id, read by the visible name: {some}"
        hint = "notes and evidence may now be in the row of another name: check them; sort whole rows, with column A"
        yield Problem("matched-by-name", place, found, hint=hint, severity="note")


def missing(place: str, names: Collection[str]) -> Iterator[Problem]:
    """Yield an error about rows that growthsheet wrote and that are gone."""
    if names:
        found = f"{plural(names, 'row')} missing: {_list(names, _MOST_NAMED)}; earlier answers there are kept"
        hint = "put it back, unless it was removed on purpose"
        yield Problem("missing-rows", place, found, "every row that growthsheet wrote", hint)


def _list(names: Collection[str], most: int) -> str:
    return first_of([one_line(name) for name in names], most)
