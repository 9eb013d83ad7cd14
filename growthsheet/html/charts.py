"""Charts for a page: shapes with coordinates in pixels from the upper left corner."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from growthsheet.workbook.blocks import Chart
from growthsheet.workbook.styles import CHART_COLOUR, INK

PlotPoint = float | None
"""A value that is drawn; None leaves a gap."""

TITLE, EDGE = 38, 12
"""The pixels that the title and the edges take."""

LETTER_PIXELS, LINE_PIXELS = 6.2, 14
"""The average width of a letter in a label, and the height of a line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """An element of an SVG drawing, with its attributes and, where it has one, its text."""

    tag: str
    at: dict[str, Any]
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Plot:
    """The data of a chart, and the area for it below the title."""

    labels: Sequence[str]
    points: Sequence[PlotPoint]
    width: int
    top: float
    bottom: float
    most: float
    spell: Callable[[float], str]

    def share(self, point: float) -> float:
        """Return a point as a share of the highest value, between 0 and 1."""
        return max(0.0, min(1.0, point / self.most))


def drawing(
    chart: Chart, labels: Sequence[str], points: Sequence[PlotPoint], spell: Callable[[float], str]
) -> Iterator[Shape]:
    """Yield the shapes of a chart, from back to front; ``spell`` formats a point's number."""
    width, height = chart.size
    most = chart.axis[1] or max((point for point in points if point is not None), default=0) or 1
    yield _words(width / 2, 22, chart.title, weight="bold", size=15)
    yield from _KINDS[chart.kind](_Plot(labels, points, width, TITLE, height - EDGE, most, spell))


def _words(x: float, y: float, text: str, anchor: str = "middle", weight: str = "normal", size: int = 12) -> Shape:
    at = {"x": round(x, 1), "y": round(y, 1), "text-anchor": anchor, "font-weight": weight, "font-size": size}
    return Shape("text", {**at, "fill": f"#{INK}"}, text)


def _lines(x: float, middle: float, text: str, room: float, anchor: str = "middle") -> Iterator[Shape]:
    """Yield a label in at most two lines, centred vertically."""
    lines = wrap(text, max(6, int(room / LETTER_PIXELS)), max_lines=2, placeholder="…")
    for number, line in enumerate(lines):
        yield _words(x, middle + 4 + LINE_PIXELS * (number - (len(lines) - 1) / 2), line, anchor)


def _path(points: Sequence[tuple[float, float]]) -> Shape:
    at = {"fill": "none", "stroke": f"#{CHART_COLOUR}", "stroke-width": 2.25}
    return Shape("polyline", {"points": " ".join(f"{x:.1f},{y:.1f}" for x, y in points), **at})


def _marked(places: Sequence[tuple[float, float] | None]) -> Iterator[Shape]:
    """Yield a line through the points, interrupted where one is missing, and a mark on each."""
    run: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
        elif run:
            yield _path(run)
            run = []
    for place in places:
        if place is not None:
            mark = {"cx": round(place[0], 1), "cy": round(place[1], 1), "r": 3.5}
            yield Shape("circle", {**mark, "fill": f"#{CHART_COLOUR}"})


def _bars(plot: _Plot) -> Iterator[Shape]:
    """Yield a horizontal bar for each label, from top to bottom, with its number at its end."""
    start, end = plot.width * 0.36, plot.width - 52
    step = (plot.bottom - plot.top) / max(1, len(plot.labels))
    for n, (label, point) in enumerate(zip(plot.labels, plot.points, strict=True)):
        middle = plot.top + step * (n + 0.5)
        yield from _lines(start - 8, middle, label, start - 16, "end")
        if point is not None:
            long, high = (end - start) * plot.share(point), min(22, step * 0.62)
            yield _bar(start, middle - high / 2, long, high)
            yield _words(start + long + 6, middle + 4, plot.spell(point), "start")


def _columns(plot: _Plot) -> Iterator[Shape]:
    """Yield a vertical bar for each label, with its number above it."""
    for x, room, label, point in _across(plot):
        yield from _lines(x, plot.bottom - 12, label, room)
        if point is not None:
            high, wide = (plot.bottom - 30 - plot.top - LINE_PIXELS) * plot.share(point), min(60, room * 0.62)
            yield _bar(x - wide / 2, plot.bottom - 30 - high, wide, high)
            yield _words(x, plot.bottom - 35 - high, plot.spell(point))


def _line(plot: _Plot) -> Iterator[Shape]:
    """Yield a line with a point for each label, from left to right, with its number above."""
    places: list[tuple[float, float] | None] = []
    for x, room, label, point in _across(plot):
        yield from _lines(x, plot.bottom - 12, label, room)
        high = None if point is None else (plot.bottom - 30 - plot.top - LINE_PIXELS) * plot.share(point)
        places.append(None if high is None else (x, plot.bottom - 30 - high))
        if high is not None and point is not None:
            yield _words(x, plot.bottom - 38 - high, plot.spell(point))
    yield from _marked(places)


def _across(plot: _Plot) -> Iterator[tuple[float, float, str, PlotPoint]]:
    """Yield the horizontal middle and the width of each label's slot, from left to right, with label and point."""
    room = (plot.width - 2 * EDGE) / max(1, len(plot.labels))
    for n, (label, point) in enumerate(zip(plot.labels, plot.points, strict=True)):
        yield EDGE + room * (n + 0.5), room, label, point


def _bar(x: float, y: float, width: float, height: float) -> Shape:
    box = {"x": x, "y": y, "width": width, "height": height}
    return Shape("rect", {name: round(value, 1) for name, value in box.items()} | {"fill": f"#{CHART_COLOUR}"})


_KINDS: dict[str, Callable[[_Plot], Iterator[Shape]]] = {
    "bar": _bars,
    "column": _columns,
    "line": _line,
}
