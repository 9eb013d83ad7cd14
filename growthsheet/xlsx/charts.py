"""Charts, drawn with the points that their cells hold."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from ..blocks import Chart
from ..expr import NOT_AVAILABLE, Say
from ..theme import CHART_COLOURS, FONT, INK, MUTED
from ..values import Values
from .checked import CheckedSheet
from .layout import CHART_COLUMNS, LABEL, Layout


def draw(workbook: Workbook, out: CheckedSheet, layout: Layout, values: Values, chart: Chart, say: Say) -> None:
    """Draw a chart to the right of its table, beginning at the header."""
    drawn = workbook.add_chart({"type": chart.kind, **({"subtype": "with_markers"} if chart.kind == "radar" else {})})
    font = {"name": FONT, "size": 9, "color": "#" + INK}
    for number, (key, label) in enumerate(chart.series):
        drawn.add_series(
            {
                "name": say(label),
                "categories": "=" + layout.range(chart.table, chart.labels),
                "values": "=" + layout.range(chart.table, key),
                "categories_data": [cell or "" for cell in values.column(chart.table, chart.labels)],
                "values_data": [_point(cell) for cell in values.column(chart.table, key)],
                **_look(chart.kind, number),
            }
        )
    low, high = chart.axis
    drawn.set_title({"name": chart.title, "name_font": {**font, "size": 12, "bold": True}, "overlay": False})
    drawn.set_legend({"position": "bottom", "font": font} if len(chart.series) > 1 else {"none": True})
    value_axis = {
        "min": low,
        "max": high,
        "num_font": {**font, "color": "#" + MUTED},
        "major_gridlines": {"visible": True, "line": {"color": "#D5DAE1", "width": 0.75}},
    }
    drawn.set_y_axis({**value_axis, "num_format": "0%" if high <= 1 else "0", "line": {"none": True}})
    drawn.set_x_axis({"num_font": font})
    drawn.show_hidden_data()  # what is drawn stands in hidden columns, without the blanks of the shown ones
    drawn.show_na_as_empty_cell()
    drawn.show_blanks_as("gap")
    width, height = chart.size
    drawn.set_size({"width": width, "height": height})
    place = layout.tables[chart.table]
    col = LABEL + layout.widths[out.name] - CHART_COLUMNS
    options = {"description": chart.about, "object_position": 2, "x_offset": 20}
    out.ok(out.raw.insert_chart(place.header, col, drawn, options), place.header, col)


def _point(cell: Any) -> Any:
    """A point of the chart's own copy of the data; None where there is nothing to draw."""
    return None if cell is NOT_AVAILABLE or cell is None else cell


def _look(kind: str, number: int) -> dict[str, Any]:
    """Each series has its own colour, and the second one is dashed: colour is not all that tells them apart."""
    colour = "#" + CHART_COLOURS[number]
    if kind in ("bar", "column"):
        return {"fill": {"color": colour}, "gap": 60}
    line = {"color": colour, "width": 2.25, **({"dash_type": "dash"} if number == 1 else {})}
    return {
        "line": line,
        "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
    }
