"""XlsxWriter formats made from the theme, one for each distinct look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from growthsheet.workbook.blocks import Book
from growthsheet.workbook.styles import (
    ACCENT,
    CALCULATED_COLORS,
    DATA_COLORS,
    HEADER,
    INK,
    INPUT_COLORS,
    LINE,
    LINK,
    MUTED,
    CellColors,
    Style,
)
from growthsheet.xlsx.writer.text_size import TURNED_SIZE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

BESIDE_BUTTON = 6
"""The widest column that has no room for the button of a filter beside its turned header."""

_CARD: dict[str, Any] = {"indent": 1, "left": 5, "left_color": ACCENT}

_NAMED: dict[str, dict[str, Any]] = {
    "title": {"font_size": 18, "bold": True, "font_color": HEADER.font, "valign": "vcenter"},
    "heading": {"font_size": 13, "bold": True, "font_color": HEADER.font, "valign": "bottom"},
    "purpose": {"font_color": MUTED, "valign": "vcenter"},
    "card label": {"font_color": MUTED, "valign": "vcenter", **_CARD},
    "card bar": {"num_format": ";;;", **_CARD},
    "paragraph": {"font_color": INK, "valign": "vcenter"},
    "label": {"font_color": MUTED, "valign": "vcenter", "indent": 1, "bottom": 7, "bottom_color": LINE},
    "status": {"font_size": 12, "bold": True, "font_color": HEADER.font, "valign": "vcenter"},
    "label beside": {"font_color": INK, "bold": True, "valign": "vcenter", "align": "right"},
    "remark": {"font_color": MUTED, "font_size": 9, "valign": "vcenter", "indent": 1},
    "link": {"font_color": LINK, "underline": 1, "valign": "vcenter"},
}
"""The formats of what stands outside the cells of tables, by name."""

_HAIRLINE: dict[str, Any] = {"bottom": 7, "bottom_color": LINE}

_PAINTS = {"data": DATA_COLORS, "input": INPUT_COLORS, "calculated": CALCULATED_COLORS}


class Formats:
    """The formats of one workbook; equal properties give the same format object."""

    def __init__(self, workbook: Workbook, book: Book) -> None:
        self._workbook, self._theme, self._translate = workbook, book.theme, book.translate
        self._sides = {"left": "right", "right": "left"} if book.right_to_left else {}
        """The side that replaces each side in sheets from right to left."""
        self._begin: dict[str, Any] = {"align": "right", "reading_order": 2} if book.right_to_left else {}
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **properties: Any) -> Format:
        """Return a format with these XlsxWriter properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            # every format sets the font, so that no cell has the default one
            look = {"font_name": self._theme.font, "font_size": 11, **self._begin, **properties}
            colors = {name: self._theme.color(value) for name, value in look.items() if name.endswith("_color")}
            self._formats[key] = self._workbook.add_format(look | colors)
        return self._formats[key]

    def cell(self, role: str, style: Style, currency: str, **edges: int) -> Format:
        """Return the format of a cell of a table or of a named cell: only cells to type into have a line all around.

        ``edges`` overrides the lines of sides.
        """
        paint = _PAINTS[role]
        lines = {"border": 1, "border_color": paint.border} if role == "input" else _HAIRLINE
        if style.bar:  # the end of the longest bar
            lines = {**lines, "right": 2, "right_color": HEADER.font}
        return self.of(
            bg_color=paint.fill,
            font_color=MUTED if style.muted else paint.font,
            font_size=style.size,
            num_format=self._theme.number_format(style, currency, self._translate),
            valign="top" if style.top else "vcenter",
            text_wrap=style.wrap,
            bold=style.bold,
            **(lines | (edges if role == "input" else {})),
            **self._aligned(style),
        )

    def header(self, style: Style, turned: bool = False) -> Format:
        """Return the format of a column's header, which is aligned as its cells are, or turned by 90 degrees."""
        aligned = self._aligned(style)
        if turned and style.width > BESIDE_BUTTON:
            aligned["align"] = self._sides.get("left", "left")
        return self.of(
            bg_color=HEADER.fill,
            font_color=HEADER.font,
            bold=not turned,
            font_size=TURNED_SIZE if turned else 11,
            text_wrap=True,
            valign="bottom" if turned else "vcenter",
            bottom=1,
            bottom_color=HEADER.border,
            **({"rotation": 90} if turned else {}),
            **aligned,
        )

    def figure(self, style: Style, currency: str) -> Format:
        """Return the format of a card's figure."""
        return self.of(
            font_size=16 if style.money else 20,
            shrink=True,  # a large amount becomes small, and not ###
            bold=True,
            font_color=HEADER.font,
            num_format=self._theme.number_format(style, currency, self._translate),
            align=self._sides.get("left", "left"),
            valign="vcenter",
            **_CARD,
        )

    def _aligned(self, style: Style) -> dict[str, Any]:
        side = self._sides.get(style.align, style.align)
        return {"align": side, **({"indent": 1} if style.align == "left" else {})}

    def rule(self, paint: CellColors) -> Format:
        """Return a conditional format: fill, font colour and border only, as Excel allows no font or size there."""
        key = (("rule", paint),)
        if key not in self._formats:
            properties: dict[str, Any] = {"bg_color": paint.fill, "font_color": paint.font}
            properties |= {"bottom": 1, "bottom_color": paint.border} if paint.border else {}
            self._formats[key] = self._workbook.add_format(properties)
        return self._formats[key]

    def named(self, name: str) -> Format:
        """Return one of the formats that are not for the cells of tables."""
        return self.of(**_NAMED[name])
