"""The rating scales as tables of a workbook, and the thresholds as named cells."""

from __future__ import annotations

from typing import Any

from growthsheet.model import NOT_APPLICABLE, Catalog
from growthsheet.workbook.tables import NamedCell, Table, TableData, data_column, named_value

SCALES = {
    name: Table(f"{name}_scale", (data_column("value", "Rating", "rating"),))
    for name in ("skill", "experience", "interest")
}


def scale_rows(catalog: Catalog) -> list[TableData]:
    """The points that drop-downs offer, and n/a behind them."""
    return [
        TableData(table, [{"value": value} for value in (*catalog.scale(name).values, NOT_APPLICABLE)])
        for name, table in SCALES.items()
    ]


def threshold_cells(catalog: Catalog) -> tuple[NamedCell, ...]:
    """The catalog's thresholds, as cells that formulas read."""
    limits = catalog.thresholds
    return (
        named_value("experience_high", "Experience is high from", limits.experience_high, "whole"),
        named_value("interest_high", "Interest is high from", limits.interest_high, "whole"),
        named_value("working_from", "Works alone from", limits.working, "whole"),
        named_value("covered_from", "Covered from", limits.covered, "whole"),
    )


POINTS: dict[str, Any] = {f"{name}_points": table["value"] for name, table in SCALES.items()}
"""What the measures that read ratings need to know of the scales."""
