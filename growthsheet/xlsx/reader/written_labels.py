"""Compare the hidden ids of rows and columns with the visible names beside them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from growthsheet.errors import Problem
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import one_line, quote

_MOST_NAMED, _SOME = 50, 5
"""The most rows or columns that a problem names: those that are missing, and those that were found."""


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
        folded = {id: _folded(name) for id, name in names.items()}
        times = Counter(folded.values())
        self._folded, self._ids = folded, {name: id for id, name in folded.items() if times[name] == 1}

    def subject(self, id: str, label: str) -> str | None:
        """Return the id that a row is about; None if its id and its visible name disagree, and nothing decides."""
        if not self.names or self._folded.get(id) == (name := _folded(label)):
            return id
        return self._ids.get(name)

    def disagreement(self, place: str, part: str, label: str, id: str) -> Problem:
        """Return the error for a row or column that is left out because nothing decides what it is about."""
        expected = self.names.get(id, id)
        found = (
            f"the visible {part} {quote(label)}, the hidden id of {quote(expected)}; what is typed there is left out"
        )
        return Problem("label-disagrees", place, found, "the name that growthsheet wrote", f"put the {part} back")


def matched(place: str, part: str, names: Collection[str]) -> Iterator[Problem]:
    """Yield a note about rows or columns that were found by their visible names."""
    if names:
        some = _list(names, _SOME)
        found = f"{plural(len(names), part)} without the right hidden id, taken by the visible name: {some}"
        hint = "sort and copy whole rows, with the hidden column A"
        yield Problem("matched-by-name", place, found, hint=hint, severity="note")


def missing(code: str, place: str, part: str, names: Collection[str]) -> Iterator[Problem]:
    """Yield an error about rows or columns that growthsheet wrote and that are gone."""
    if names:
        found = f"{plural(len(names), part)} missing: {_list(names, _MOST_NAMED)}; what was said there before is kept"
        yield Problem(code, place, found, f"every {part} that growthsheet wrote", "put it back, unless it was meant")


def _list(names: Collection[str], most: int) -> str:
    return first_of([one_line(name) for name in names], most)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
