"""The errors that growthsheet raises, and the problems that they report.

::

    GrowthsheetError
    |-- InputError        something that was read is wrong; .problems lists everything at once
    |-- OutputError       a file cannot be written, or must not be
    |-- ExpressionError   a measure or a table is defined wrongly (found at import, never in a cell)
    `-- WorkbookError     the workbook being written would be wrong; nothing is put in place
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or worth a note), with the action to take.

    ``place`` names where it is (``people.csv, row 12, column Salary``), ``found`` what is there (never a salary),
    ``expected`` what is allowed there, ``hint`` the action to take. ``about`` names the subject of an answer: the
    person, the activity and the rating.

    >>> print(Problem("level-off-scale", "catalog.yaml, line 7", "9", "one of 0, 1, 2, 3, 4", "choose a level"))
    catalog.yaml, line 7: 9; wanted: one of 0, 1, 2, 3, 4; choose a level [level-off-scale]
    """

    code: str
    place: str
    found: str = ""
    expected: str = ""
    hint: str = ""
    severity: Literal["error", "note"] = "error"
    about: str = field(default="", compare=False)

    @property
    def where(self) -> str:
        """The subject, if there is one, and the place: ``Ana Ruiz, Pricing, skill (ana.xlsx, Assessment!F12)``."""
        return f"{self.about} ({self.place})" if self.about else self.place

    def __str__(self) -> str:
        expected = f"wanted: {self.expected}" if self.expected else ""
        told = "; ".join(part for part in (self.found, expected, self.hint) if part)
        return f"{self.where}: {told} [{self.code}]"

    def record(self) -> dict[str, str]:
        """Return the problem as a plain dictionary, for ``--json`` and ``problems.csv``."""
        return {**{name: value for name, value in asdict(self).items() if name != "about"}, "place": self.where}


class GrowthsheetError(Exception):
    """The root of every error that growthsheet raises on purpose."""


class InputError(GrowthsheetError):
    """Raised when something that was read is wrong.

    Parameters
    ----------
    problems
        All problems found, in the order of the input.

    >>> error = InputError([Problem("no-name", "people.csv, row 3", "a blank name", "a name", "fill it in")])
    >>> error.problems[0].code
    'no-name'
    >>> print(error)
    people.csv, row 3: a blank name; wanted: a name; fill it in [no-name]
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class OutputError(GrowthsheetError):
    """Raised when a file cannot or must not be written (somebody changed it, another run has locked the folder)."""


class ExpressionError(GrowthsheetError):
    """Raised when a measure or a table is defined wrongly."""


class WorkbookError(GrowthsheetError):
    """Raised when the workbook being written would be wrong or damaged; no file was changed."""


def refusal(code: str, place: str, found: str, expected: str, hint: str) -> InputError:
    """Return an InputError with one problem."""
    return InputError([Problem(code, place, found, expected, hint)])
