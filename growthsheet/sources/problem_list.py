"""Problems gathered while reading, so that all of them are told at once."""

from __future__ import annotations

from collections import Counter

from growthsheet.errors import InputError, Problem

MOST_OF_A_KIND = 50
"""How many problems of one code are told in full; a column of 50,000 bad cells is one fault, not 50,000."""


class ProblemList:
    """What is wrong, and what is worth a note, in the order it was found.

    >>> findings = ProblemList("people.csv")
    >>> findings.note("leavers-skipped", "people.csv", "2 people left before 2026-01-01")
    >>> findings.error("no-name", "people.csv, row 3", "a blank name", "a name", "fill it in")
    >>> findings.refuse()
    Traceback (most recent call last):
    growthsheet.errors.InputError: people.csv, row 3: a blank name; wanted: a name; fill it in [no-name]
    """

    def __init__(self, place: str) -> None:
        self.place = place
        self.errors: list[Problem] = []
        self.notes: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def error(self, code: str, place: str, found: str = "", expected: str = "", hint: str = "") -> None:
        """Add something that is wrong."""
        self._counts[code] += 1
        if self._counts[code] <= MOST_OF_A_KIND:
            self.errors.append(Problem(code, place, found, expected, hint))

    def note(self, code: str, place: str, found: str, hint: str = "") -> None:
        """Add something that the reader should know and need not change."""
        self.notes.append(Problem(code, place, found, hint=hint, severity="note"))

    def fatal(self, code: str, place: str, found: str = "", expected: str = "", hint: str = "") -> InputError:
        """Everything so far, to be raised because after this nothing more can be read."""
        self.error(code, place, found, expected, hint)
        return InputError(self._all())

    def refuse(self) -> None:
        """Raise one :class:`InputError` with everything that is wrong, if anything is."""
        if self.errors:
            raise InputError(self._all())

    def _all(self) -> list[Problem]:
        rest = [
            Problem(code, self.place, f"{count - MOST_OF_A_KIND:,} more of the same")
            for code, count in self._counts.items()
            if count > MOST_OF_A_KIND
        ]
        return [*self.errors, *rest]
