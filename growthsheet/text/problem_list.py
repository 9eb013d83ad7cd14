"""A list of the problems found while something is read, so that all of them are reported at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from growthsheet.errors import InputError, Problem

MOST_OF_A_KIND = 50
"""The number of problems of one code that are listed; a column of 50,000 bad cells is one fault, not 50,000."""


class ProblemList:
    """Errors and notes in the order in which they were found; of many with one code, the rest are only counted.

    Problems whose codes are in ``first`` come before the others. Codes that are ``accepted`` are questions that the
    user has answered.

    >>> findings = ProblemList("people.csv")
    >>> findings.note("leavers-skipped", "people.csv", "2 people left before 2026-01-01")
    >>> findings.error("no-name", "people.csv, row 3", "a blank name", "a name", "fill it in")
    >>> findings.refuse()
    Traceback (most recent call last):
    growthsheet.errors.InputError: people.csv, row 3: a blank name; wanted: a name; fill it in [no-name]
    """

    def __init__(
        self, place: str, problems: Iterable[Problem] = (), *, accepted: Iterable[str] = (), first: Iterable[str] = ()
    ) -> None:
        self.place = place
        self._accepted = frozenset(accepted)
        self._order = {code: position for position, code in enumerate(first)}
        self._found: list[Problem] = []
        self._counts: Counter[tuple[str, Literal["error", "note"]]] = Counter()
        self.add(*problems)

    def add(self, *problems: Problem) -> None:
        """Add errors and notes."""
        for problem in problems:
            self._counts[problem.code, problem.severity] += 1
            if self._counts[problem.code, problem.severity] <= MOST_OF_A_KIND:
                self._found.append(problem)

    def error(self, code: str, place: str, found: str = "", expected: str = "", hint: str = "") -> None:
        """Add an error."""
        self.add(Problem(code, place, found, expected, hint))

    def note(self, code: str, place: str, found: str, hint: str = "") -> None:
        """Add a note: something that the reader should know and need not change."""
        self.add(Problem(code, place, found, hint=hint, severity="note"))

    def ask(self, code: str, place: str, found: str, expected: str, hint: str) -> None:
        """Add a question: an error until it is accepted, and then a note."""
        if code in self._accepted:
            self.note(code, place, found, "accepted")
        else:
            self.error(code, place, found, expected, hint)

    @property
    def all(self) -> tuple[Problem, ...]:
        """All errors and notes, and last, for each code with too many, one with the number of the others."""
        rest = (
            Problem(code, self.place, f"{count - MOST_OF_A_KIND:,} more of the same", severity=severity)
            for (code, severity), count in self._counts.items()
            if count > MOST_OF_A_KIND
        )
        last = len(self._order)
        return (*sorted(self._found, key=lambda problem: self._order.get(problem.code, last)), *rest)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """The notes."""
        return tuple(problem for problem in self.all if problem.severity == "note")

    def fatal(self, code: str, place: str, found: str = "", expected: str = "", hint: str = "") -> InputError:
        """Add an error after which reading cannot go on, and return an exception with all errors, to be raised."""
        self.error(code, place, found, expected, hint)
        return InputError(problem for problem in self.all if problem.severity == "error")

    def refuse(self) -> None:
        """Raise one :class:`InputError` with all errors, if there are any."""
        if wrong := [problem for problem in self.all if problem.severity == "error"]:
            raise InputError(wrong)
