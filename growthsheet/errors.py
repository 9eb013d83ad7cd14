"""What can go wrong, and how it is told.

::

    GrowthsheetError
    |-- InputError        something that was read is wrong; .problems lists everything at once
    |-- OutputError       a file cannot be written, or must not be
    |-- ExpressionError   a measure or a table is defined wrongly (found at import, never in a cell)
    `-- WorkbookError     the workbook being written would be wrong; nothing is put in place
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong (or worth a note) and what to do about it.

    ``place`` says where (``people.csv, row 12, column Salary``), ``found`` what stands there (never a salary),
    ``expected`` what is allowed there, ``hint`` what to do.

    >>> print(Problem("level-off-scale", "catalog.yaml, line 7", "9", "one of 0, 1, 2, 3, 4", "choose a level"))
    catalog.yaml, line 7: 9; wanted: one of 0, 1, 2, 3, 4; choose a level [level-off-scale]
    """

    code: str
    place: str
    found: str = ""
    expected: str = ""
    hint: str = ""
    severity: Literal["error", "note"] = "error"

    def __str__(self) -> str:
        expected = f"wanted: {self.expected}" if self.expected else ""
        told = "; ".join(part for part in (self.found, expected, self.hint) if part)
        return f"{self.place}: {told} [{self.code}]"

    def record(self) -> dict[str, str]:
        """The same as a plain dictionary, for ``--json`` and ``problems.csv``."""
        return asdict(self)


class GrowthsheetError(Exception):
    """The root of every error that growthsheet raises on purpose."""


class InputError(GrowthsheetError):
    """Something that was read is wrong.

    Parameters
    ----------
    problems
        Everything that was found, in the order of the input.

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
    """A file cannot be written, or must not be (somebody changed it, another run holds the folder)."""


class ExpressionError(GrowthsheetError):
    """A measure or a table is defined wrongly."""


class WorkbookError(GrowthsheetError):
    """The workbook being written would be wrong or damaged; nothing was put in place."""


def refusal(code: str, place: str, found: str, expected: str, hint: str) -> InputError:
    """The error for one thing that is wrong."""
    return InputError([Problem(code, place, found, expected, hint)])
