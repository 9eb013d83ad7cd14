"""The theme: all colours, colour scales, number formats and widths.

Fills and fonts are set together, text has a contrast of at least 4.5 to 1 (WCAG 2.1, AA), and no meaning is conveyed
by colour alone: the cell always shows the number or a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Literal

FONT = "Calibri"
INK = "1A1A1A"
MUTED = "55606E"
LINE = "D5DAE1"


@dataclass(frozen=True, slots=True)
class CellColors:
    """A fill, the colour of the font on it, and that of the border if there is one."""

    fill: str
    font: str
    border: str = ""


HEADER = CellColors("E8EDF3", "1F3A5F", "1F3A5F")
ACCENT = "2463A6"
DATA_COLORS = CellColors("FFFFFF", INK, LINE)
INPUT_COLORS = CellColors("FFF8E1", INK, "DDB15C")
CALCULATED_COLORS = DATA_COLORS
LINK = "0B4F8A"
WARNING = CellColors("9B1C1C", "FFFFFF")

TAB_COLOURS = {"guide": "1F3A5F", "fill": "B26A00", "work": "0072B2", "money": "009E73", "about": "8A94A3"}
BAR = "9CC3E6"
"""The colour of bars in cells, light enough for the numbers on them."""
CHART_COLOUR = "0072B2"


@dataclass(frozen=True, slots=True)
class ColorRule:
    """The colours of the cells whose value, or whose code in another column, meets a condition.

    The condition is low <= value < high (None is open), or if ``code`` is set, that the code is equal to it.
    """

    colors: CellColors
    low: float | None = None
    high: float | None = None
    code: str = ""


def _shades(fills: str, *bounds: float | None) -> tuple[ColorRule, ...]:
    """Return rules for the ranges between the bounds, a fill for each; after an asterisk, the font on it is white."""
    pairs = zip(fills.split(), pairwise(bounds), strict=True)
    return tuple(
        ColorRule(CellColors(fill.removeprefix("*"), "FFFFFF" if fill[0] == "*" else INK), low, high)
        for fill, (low, high) in pairs
    )


COLOR_SCALES: dict[str, tuple[ColorRule, ...]] = {
    # the second shade begins right above 0, because a gap of 0.5 is a gap
    "gap": _shades("FFFFFF D6E6F4 A6CBEA 6AA5D9 *2463A6 *0E2F56", 0, 0.005, 2, 3, 4, 5, None),
    "priority": _shades("FFFFFF FEEBD0 FDC98A F29544 *BF4A0A *6E2503", 0, 0.005, 2, 4, 6, 9, None),
    "difference": _shades("*8C3B00 F5B878 F7F7F7 92C5DE *0B5394", None, -1.005, -0.005, 0.005, 1.005, None),
    "change": _shades("E8E3EE F7F7F7 D6E6F4", None, -0.005, 0.005, None),
    "interest": _shades("FFFFFF EFE6F5 D9C3E8 *6B3F94", 0, 1, 2, 3, None),
    "met": _shades("*0E2F56 *2463A6 6AA5D9 A6CBEA D6E6F4 FFFFFF", None, 0.2, 0.4, 0.6, 0.75, 0.9, None),
    "part": _shades("FFFFFF D6E6F4 A6CBEA 6AA5D9 *2463A6", None, 0.05, 0.2, 0.4, 0.6, None),
    "flagged": _shades("FFFFFF FEEBD0", 0, 1, None),
    "why": (
        ColorRule(CellColors("FFD978", "3D2C00"), code="differ"),
        ColorRule(CellColors("CFCFCF", "333333"), code="not_applicable"),
        ColorRule(CellColors("FFFFFF", INK), code="priority"),
        ColorRule(CellColors("BBD7F0", "0B2E4F"), code="strength"),
    ),
    "state": (
        ColorRule(CellColors("BBD7F0", "0B2E4F"), code="done"),
        ColorRule(CellColors("FFFFFF", "0B4A22"), code="track"),
        ColorRule(CellColors("FFD978", "3D2C00"), code="soon"),
        ColorRule(WARNING, code="overdue"),
        ColorRule(CellColors("CFCFCF", "333333"), code="nodate"),
    ),
    "flag": (
        ColorRule(CellColors("8C3B00", "FFFFFF"), code="teamgap"),
        ColorRule(CellColors("F5B878", INK), code="single"),
        ColorRule(CellColors("FFD978", "3D2C00"), code="thin"),
    ),
    "budget_link": (
        ColorRule(CellColors("BBD7F0", "0B2E4F"), code="gap"),
        ColorRule(CellColors("FFD978", "3D2C00"), code="nogap"),
        ColorRule(CellColors("FFD978", "3D2C00"), code="noactivity"),
    ),
    "left": (ColorRule(WARNING, None, 0),),
    "alarm": (ColorRule(WARNING, code="*"),),
}
"""The colour scales by name; the writer turns their rules into mutually exclusive conditional formats."""


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a column or cell: width in characters, number format, alignment, and colour scale."""

    width: float = 14
    number_format: str = "General"
    align: Literal["left", "center", "right"] = "left"
    wrap: bool = False
    color_scale: str = ""
    bold: bool = False
    lines: bool = False
    """True if the row is made high enough for this column's text."""
    size: float = 11
    """The size of the font, in points."""
    muted: bool = False
    top: bool = False
    """True if a long text is read from its beginning, not from its middle, where the row has no room for all of it."""
    bar: bool = False
    """True if numbers from 0 to 1 are shown as bars, too."""
    upright: bool = False
    """True for the points of a scale: headers are numbers, which need not be turned, and a page shows empty ones."""
    fit: float = 0
    """The greatest width that a column takes so that its longest text is neither broken nor cut; 0 for its width."""
    spread: float = 0
    """The additional width that the sentence in a single cell may take from the cells beside it."""

    @property
    def line(self) -> float:
        """The height of a line of text, in points."""
        return self.size * 15 / 11

    @property
    def zero(self) -> str | None:
        """The text that is shown in place of 0, or None if 0 is shown."""
        _, *others = self.number_format.split(";")
        return others[1].strip('"') if len(others) == 2 and others[1].strip('"') in ("", "-") else None

    @property
    def money(self) -> bool:
        """True if the style is for amounts, which are shown in the row's currency."""
        return self.number_format in ("{money}", "{sums}")


STYLES: dict[str, Style] = {
    "text": Style(18),
    "name": Style(28, wrap=True, bold=True, lines=True),
    "band": Style(31, wrap=True, lines=True),
    "area": Style(20, wrap=True, lines=True),
    "activity": Style(40, wrap=True, bold=True, lines=True, size=10),
    "area_beside": Style(21, wrap=True, lines=True, size=9, muted=True),
    "who": Style(16, wrap=True, lines=True),
    "person": Style(24, wrap=True, lines=True),
    "long": Style(46, wrap=True, lines=True),
    "point": Style(36, wrap=True, lines=True, size=10),
    "point_line": Style(32, wrap=True, lines=True, size=9),
    "meaning": Style(68, wrap=True, lines=True),
    "anchor": Style(44, wrap=True, size=9, top=True),
    "note": Style(34, wrap=True, top=True),
    "remark": Style(22, wrap=True, top=True),
    "choice": Style(28),
    "evidence": Style(16.5, wrap=True, lines=True, size=9),
    "label": Style(21, wrap=True, lines=True),
    "key": Style(14),
    "rating": Style(11, "General", "center"),
    "level": Style(10.5, "General", "center"),
    "number": Style(11, "General", "center"),
    "importance": Style(11.5, "0", "center"),
    "gap": Style(8, "General", "center", color_scale="gap"),
    "cell": Style(6, "General", "center", color_scale="gap"),
    "interest": Style(6, "0", "center", color_scale="interest"),
    "mark": Style(8, "General", "center"),
    "spot": Style(5, "0;-0;", "center", color_scale="gap", upright=True),
    "vote": Style(8.5, "General", "center"),
    "priority": Style(9, "General", "center", color_scale="priority"),
    "difference": Style(11, '"▲ +"General;"▼ -"General;"■ "General', "center", color_scale="difference"),
    "change": Style(11, '"▲ +"General;"▼ -"General;0', "center", color_scale="change"),
    "rank": Style(8, "0", "center"),
    "count": Style(11, "0", "center"),
    "tally": Style(11, "0;-0;0", "center"),
    "route": Style(17, wrap=True, lines=True),
    "check": Style(16, wrap=True, color_scale="alarm"),
    "state": Style(13, align="center", color_scale="state"),
    "flag": Style(24, align="center", color_scale="flag"),
    "why": Style(18, align="center", wrap=True, color_scale="why", lines=True),
    "budget_link": Style(15, align="center", color_scale="budget_link"),
    "met": Style(12, "0%", "center", color_scale="met"),
    "part": Style(13, "0%", "center", color_scale="part"),
    "flagged": Style(12, "0", "center", color_scale="flagged"),
    "apart": Style(14, "+0.00;-0.00;0", "center"),
    "whole_name": Style(28, bold=True, fit=44),
    "percent": Style(12, "0%", "center"),
    "complete": Style(12, "0%;-0%;0%", "center"),
    "complete_line": Style(10, "0%;-0%;0%", "center"),
    "area_line": Style(28, wrap=True, bold=True, lines=True, size=10),
    "activity_line": Style(52.5, wrap=True, lines=True, size=8.5, fit=50),
    "route_line": Style(21, wrap=True, lines=True, size=9),
    "bar": Style(18, "0%", "right", bar=True),
    "rate": Style(12, "0.0#%", "right"),
    "share": Style(11, "0.0%", "right"),
    "money": Style(16, "{money}", "right"),
    "sum": Style(16, "{sums}", "right"),
    "left": Style(16, "{money}", "right", color_scale="left", bold=True),
    "fx": Style(12, "0.0000", "right"),
    "date": Style(12, "yyyy-mm-dd", "center"),
    "whole": Style(11, "0", "center"),
    "words": Style(100, wrap=True, lines=True),
    "told": Style(18, bold=True, spread=92),
    "head": Style(18, bold=True),
    "figure": Style(24, "0;-0;0", bold=True),
}


def plain_zero(amounts: str) -> str:
    """Return a number format that shows a bare 0, so that amounts stand out.

    >>> plain_zero("#,##0.00")
    '#,##0.00;-#,##0.00;0'
    """
    return f"{amounts};-{amounts};0"


@cache
def rules_of(ramp: str, ends: tuple[int, int] | None = None) -> tuple[ColorRule, ...]:
    """Return the rules of a colour scale; with ``ends``, its shades are spread over a rating scale from end to end.

    >>> [rule.low for rule in rules_of("interest", (1, 7))], rules_of("interest", (0, 3)) == COLOR_SCALES["interest"]
    ([1, 2.0, 4.0, 6.0], True)
    """
    rules = COLOR_SCALES.get(ramp, ())
    if not ends or ends == (0, len(rules) - 1):
        return rules
    step = (ends[1] - ends[0]) / (len(rules) - 1)
    starts = [ends[0], *(ends[0] + step * (n - 0.5) for n in range(1, len(rules)))]
    return tuple(
        replace(rule, low=low, high=high) for rule, low, high in zip(rules, starts, [*starts[1:], None], strict=True)
    )


def colors_of(ramp: str, value: object, ends: tuple[int, int] | None = None) -> CellColors | None:
    """Return the colours of a number or code in a colour scale; None if no rule applies or the scale is unknown.

    >>> colors_of("gap", 2).fill, colors_of("gap", None)
    ('A6CBEA', None)
    """
    for rule in rules_of(ramp, ends):
        if rule.code:
            if rule.code == value:
                return rule.colors
        elif isinstance(value, (int, float)) and (
            (rule.low is None or value >= rule.low) and (rule.high is None or value < rule.high)
        ):
            return rule.colors
    return None
