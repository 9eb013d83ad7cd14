"""What measures say for given cells, written down as tables of sentences and cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from growthsheet.expr import Measure


@dataclass(frozen=True)
class Case:
    """What a measure says of some cells; a list is a column, an Across a row."""

    measure: Measure
    wanted: Any
    cells: dict[str, Any]


def says(measure: Measure, wanted: Any, **cells: Any) -> Case:
    """A case: the value that is wanted, then the cells by the names of the measure's parameters.

    Parameters that are not mentioned are blank.
    """
    unknown = set(cells) - {p.name for p in measure.parameters}
    assert not unknown, f"{measure.name} reads no {unknown}"
    return Case(measure, wanted, {p.name: None for p in measure.parameters} | cells)
