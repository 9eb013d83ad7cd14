"""The rating scales as tables of a workbook, and the thresholds as named cells."""

from __future__ import annotations

from functools import cache
from typing import Any

from growthsheet.expr import Measure
from growthsheet.model import NOT_APPLICABLE, Catalog
from growthsheet.model.answers import scales
from growthsheet.workbook.tables import NamedCell, Ref, Table, TableData, data_column, named_value

_OF_SCALE = "_points"
"""The end of the name of a parameter that reads the points of a scale, as in ``skill_points``."""


@cache
def _table(scale: str) -> Table:
    return Table(f"{scale}_scale", (data_column("value", "Rating", "rating"),))


def offered(scale: str) -> Ref:
    """Return the column with the choices of a rating's drop-down."""
    return _table(scale)["value"]


def points(measure: Measure) -> dict[str, Any]:
    """Return the bindings of a measure's parameters that read the points of a scale."""
    names = (parameter.name for parameter in measure.parameters)
    return {name: offered(name.removesuffix(_OF_SCALE)) for name in names if name.endswith(_OF_SCALE)}


def scale_rows(catalog: Catalog) -> list[TableData]:
    """Return a table for each scale with the choices of its drop-downs: its points, then n/a."""
    return [
        TableData(_table(name), [{"value": value} for value in (*catalog.scale(name).values, NOT_APPLICABLE)])
        for name in scales()
    ]


def ramp_ends(catalog: Catalog) -> tuple[tuple[str, tuple[int, int]], ...]:
    """Return the ends of the scale that is shown in colours, by the ramp that shows it."""
    values = catalog.scale("interest").values
    return (("interest", (values[0], values[-1])),)


def threshold_cells(catalog: Catalog) -> tuple[NamedCell, ...]:
    """Return the catalog's thresholds as cells that formulas read."""
    limits = catalog.thresholds
    return (
        named_value("experience_high", "Experience is high from", limits.experience_high, "whole"),
        named_value("interest_high", "Interest is high from", limits.interest_high, "whole"),
        named_value("working_from", "Works alone from", limits.working, "whole"),
        named_value("covered_from", "Covered from", limits.covered, "whole"),
    )
