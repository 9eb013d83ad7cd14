"""Draw charts, with the values of their cells as cached points."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from growthsheet.expr import NOT_AVAILABLE
from growthsheet.workbook.blocks import Chart
from growthsheet.workbook.styles import CHART_COLOUR, INK
from growthsheet.workbook.theme import shown_format
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer.layout import Layout


def draw_chart(workbook: Workbook, layout: Layout, values: Values, chart: Chart) -> Any:
    """Return a chart of XlsxWriter, which is not on any tab yet."""
    drawn = workbook.add_chart({"type": chart.kind})
    font = {"name": layout.book.theme.font, "size": 9, "color": "#" + INK}
    (key, label), colour = chart.series, "#" + layout.book.theme.color(CHART_COLOUR)
    shown = shown_format(chart.shown, layout.book.translate)
    above = {"position": "above"} if chart.kind == "line" else {}
    drawn.add_series(
        {
            "name": layout.book.translate(label),
            "categories": "=" + layout.range(chart.table, chart.labels),
            "values": "=" + layout.range(chart.table, key),
            "categories_data": [cell or "" for cell in values.column(chart.table, chart.labels)],
            "values_data": [point(cell) for cell in values.column(chart.table, key)],
            "data_labels": {"value": True, "font": font, "num_format": shown, **above},
            **_look(chart.kind, colour),
        }
    )
    low, high = chart.axis
    drawn.set_title({"name": chart.title, "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
    drawn.set_legend({"none": True})
    # bars and points with their numbers need no gridlines
    value_axis = {"min": low, "max": high, "major_gridlines": {"visible": False}, "visible": False}
    bars = chart.kind == "bar"  # they are horizontal: names are on the vertical axis, from top to bottom
    names, numbers = (drawn.set_y_axis, drawn.set_x_axis) if bars else (drawn.set_x_axis, drawn.set_y_axis)
    names({"num_font": font, "reverse": bars, "major_gridlines": {"visible": False}})
    numbers({**value_axis, "num_format": shown, "line": {"none": True}})
    drawn.show_hidden_data()  # the data is in hidden columns, without the blanks of the visible ones
    drawn.show_na_as_empty_cell()
    drawn.show_blanks_as("gap")
    width, height = chart.size
    drawn.set_size({"width": width, "height": height})
    return drawn


def point(cell: Any) -> Any:
    """Return the value of a cell as a point of the chart's cached data; None if there is nothing to draw."""
    return None if cell is NOT_AVAILABLE or cell is None else cell


def _look(kind: str, colour: str) -> dict[str, Any]:
    """Return the look of a series."""
    if kind in ("bar", "column"):
        return {"fill": {"color": colour}, "gap": 60}
    marker = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": {"color": colour, "width": 2.25}, "marker": marker}
