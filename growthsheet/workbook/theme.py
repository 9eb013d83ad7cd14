"""An organization's own look: accent colour, font, logo, and the formats of money and dates."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field

from growthsheet.model import minor_units
from growthsheet.model.parts import Part
from growthsheet.text.currencies import sign_of
from growthsheet.text.language import Translate, in_marks_of
from growthsheet.workbook.styles import ACCENT, CHART_COLOUR, FONT, HEADER, LINK, STYLES, CellColors, Style, plain_zero

MAX_LOGO = 500_000
"""The most bytes of a logo, which stands in every workbook."""

READABLE = 4.5
"""The lowest contrast of text and ground (WCAG 2.1, AA)."""

_PLACES = re.compile(r"\{(\w+)\}")
_DATE_PARTS = re.compile(r"(d{1,2}|m{1,4}|y{4}|y{2})")
_IMAGES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_METERS_PER_INCH, _CENTIMETERS_PER_INCH = 0.0254, 2.54


class Image(NamedTuple):
    """A picture: its kind (``png`` or ``jpeg``), and its size in pixels of a screen."""

    kind: str
    width: float
    height: float


def _luminance(color: str) -> float:
    shares = (int(color[n : n + 2], 16) / 255 for n in (0, 2, 4))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted(map(_luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def _tint(color: str) -> str:
    """Return a light ground of the same hue."""
    return "".join(f"{round(255 - (255 - int(color[n : n + 2], 16)) * 0.1):02X}" for n in (0, 2, 4))


def of_lightness(color: str, lightness: float) -> str:
    """Return a colour of the same hue that is as light as ``lightness`` says, from 0 (black) to 1 (white).

    >>> of_lightness("1F3A5F", 0.8)
    'B2C8E6'
    """
    hue, _, saturation = _hls(color)
    return "".join(f"{round(part * 255):02X}" for part in hls_to_rgb(hue, lightness, saturation))


def on_dark(colors: CellColors) -> CellColors | None:
    """Return the colours of a cell on a dark page, where the strongest are the lightest; None for those of the page.

    >>> on_dark(CellColors("D6E6F4", "1A1A1A")), on_dark(CellColors("FFFFFF", "1A1A1A"))
    (CellColors(fill='183A58', font='FFFFFF', border=''), None)
    """
    lightness = _hls(colors.fill)[1]
    if lightness > 0.96:
        return None
    fill = of_lightness(colors.fill, 0.16 + 0.58 * (1 - lightness))
    return CellColors(fill, max("FFFFFF", "000000", key=lambda font: _contrast(fill, font)))


def _hls(color: str) -> tuple[float, float, float]:
    red, green, blue = (part / 255 for part in bytes.fromhex(color))
    return rgb_to_hls(red, green, blue)


def _accent(text: str) -> str:
    color = text.removeprefix("#").upper()
    if color and not re.fullmatch("[0-9A-F]{6}", color):
        raise ValueError(f"{text!r} is no colour such as '#7A1F5C'")
    if color and (found := _contrast(color, _tint(color))) < READABLE:
        raise ValueError(
            f"{text!r} is too light: its contrast with a light ground is {found:.1f} to 1, below {READABLE}"
        )
    return color


def _font(text: str) -> str:
    if not re.fullmatch(r"\w[\w .-]{0,30}", text):
        raise ValueError(f"{text!r} is no name of a font such as 'Arial'")
    return text


def _money(text: str) -> str:
    places, rest = _PLACES.findall(text), _PLACES.sub("", text)
    kinds = sorted("number" if place in ("amount", "whole") else "unit" for place in places)
    known = {*places} <= {"amount", "whole", "currency", "sign"}
    if not known or kinds != ["number", "unit"] or len(rest) > 20 or not re.fullmatch(r'[^{}"\\\x00-\x1f]*', rest):
        raise ValueError(f"{text!r} is no format of amounts such as '{{amount}} {{currency}}' or '{{sign}}{{whole}}'")
    return text


def _dates(text: str) -> str:
    parts, rest = _DATE_PARTS.findall(text), _DATE_PARTS.sub("", text)
    if text and (sorted(part[0] for part in parts) != ["d", "m", "y"] or not re.fullmatch("[-./, ]*", rest)):
        raise ValueError(f"{text!r} is no format of dates such as 'dd.mm.yyyy' or 'd mmm yyyy'")
    return text


def _logo(given: object) -> object:
    if isinstance(given, str | os.PathLike):
        try:
            with Path(given).open("rb") as file:
                given = file.read(MAX_LOGO + 1)
        except OSError as error:
            raise ValueError(f"cannot be read: {error.strerror or type(error).__name__}") from None
    if isinstance(given, bytes) and len(given) > MAX_LOGO:
        raise ValueError(f"is larger than {MAX_LOGO:,} bytes")
    if given is not None and not (isinstance(given, bytes) and _image(given)):
        raise ValueError("is no PNG or JPEG picture, as bytes or as the path of a file")
    return given


def _image(data: bytes) -> Image | None:
    """Return the kind and the size of a picture; None if it is no PNG or JPEG."""
    kind = next((kind for signature, kind in _IMAGES.items() if data.startswith(signature)), "")
    number = int.from_bytes
    width, height, dpi = 0, 0, 96.0
    if kind == "png":
        width, height = number(data[16:20]), number(data[20:24])
        if (at := data.find(b"pHYs")) >= 0 and data[at + 12 : at + 13] == b"\1":
            dpi = number(data[at + 4 : at + 8]) * _METERS_PER_INCH
    at = 2
    while kind == "jpeg" and at + 9 < len(data) and not height:
        marker, size = data[at + 1], number(data[at + 2 : at + 4])
        if marker == 0xE0 and data[at + 11] in (1, 2):
            dpi = number(data[at + 12 : at + 14]) * (_CENTIMETERS_PER_INCH if data[at + 11] == 2 else 1)
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # a frame begins with its size
            height, width = number(data[at + 5 : at + 7]), number(data[at + 7 : at + 9])
        at += 2 + size
    return Image(kind, width * 96 / (dpi or 96), height * 96 / (dpi or 96)) if width and height else None


class Theme(Part):
    """The look of workbooks and pages.

    Parameters
    ----------
    accent
        The colour of headings, headers, links and charts, such as ``#7A1F5C``: dark enough for white text on it.
    font
        The name of a font that the readers have.
    logo
        A PNG or JPEG picture, as bytes or as a path, for the first tab.
    money
        The format of amounts: ``{amount}``, or ``{whole}`` without decimals, and ``{currency}`` (EUR) or ``{sign}``
        (€, where a currency has a sign of its own).
    dates
        The format of dates, such as ``dd.mm.yyyy``, instead of that of the language.

    >>> Theme(money="{sign}{whole}").shown_amount(1250, "EUR"), Theme(dates="d mmm yyyy").shown_day(date(2026, 3, 1))
    ('€1,250', '1 Mar 2026')
    >>> Theme(accent="yellow", dates="2026")
    Traceback (most recent call last):
    growthsheet.errors.InputError: Theme: accent: 'yellow' is no colour such as '#7A1F5C'; change it [bad-value]
    Theme: dates: '2026' is no format of dates such as 'dd.mm.yyyy' or 'd mmm yyyy'; change it [bad-value]
    """

    accent: Annotated[str, AfterValidator(_accent)] = ""
    font: Annotated[str, AfterValidator(_font)] = FONT
    logo: Annotated[bytes | str | os.PathLike[str] | None, BeforeValidator(_logo)] = Field(default=None, repr=False)
    money: Annotated[str, AfterValidator(_money)] = "{currency} {amount}"
    dates: Annotated[str, AfterValidator(_dates)] = ""

    @cached_property
    def _colors(self) -> dict[str, str]:
        tint = _tint(self.accent) if self.accent else ""
        changed = (HEADER.font, ACCENT, LINK, CHART_COLOUR)
        return dict.fromkeys(changed, self.accent) | {HEADER.fill: tint} if tint else {}

    def color(self, color: str) -> str:
        """Return what stands in the place of one of the usual colours.

        >>> Theme(accent="#7A1F5C").color("1F3A5F"), Theme().color("1F3A5F")
        ('7A1F5C', '1F3A5F')
        """
        return self._colors.get(color, color)

    @cached_property
    def image(self) -> Image | None:
        """Return the kind and the size of the logo, if there is one."""
        return _image(self.logo) if isinstance(self.logo, bytes) else None

    def number_format(self, style: Style, currency: str, translate: Translate = str) -> str:
        """Return a style's number format: of amounts, that of the currency; of dates, that of the language.

        >>> Theme().number_format(STYLES["money"], "EUR")
        '[$EUR] #,##0.00'
        >>> Theme(money="{whole} {sign}").number_format(STYLES["sum"], "EUR")
        '#,##0 [$€];-#,##0 [$€];0'
        """
        if not style.money:
            if style.number_format == STYLES["date"].number_format:
                return self.dates or translate("yyyy-mm-dd")
            return shown_format(style.number_format, translate)
        places = {"currency": f"[${currency}]", "sign": f"[${sign_of(currency)}]", "whole": "#,##0"}
        decimals = minor_units(currency)
        places["amount"] = "#,##0" + ("." + "0" * decimals if decimals else "")
        amounts = self._amount(places, currency, lambda text: f'"{text}"' if text.strip() else text)
        return style.number_format.format(money=amounts, sums=plain_zero(amounts))

    def shown_amount(self, value: float, currency: str, translate: Translate = str) -> str:
        """Return an amount as a page shows it."""
        number = {"whole": f"{value:,.0f}", "amount": f"{value:,.{minor_units(currency)}f}"}
        places = {name: in_marks_of(translate, text) for name, text in number.items()}
        return self._amount(places | {"currency": currency, "sign": sign_of(currency)}, currency, str)

    def _amount(self, places: Mapping[str, str], currency: str, literal: Callable[[str], str]) -> str:
        pieces = _PLACES.split(self.money)
        if not currency:
            return next(places[piece] for piece in pieces[1::2] if piece in ("amount", "whole"))
        return "".join(places[piece] if n % 2 else literal(piece) for n, piece in enumerate(pieces))

    def shown_day(self, day: date, translate: Translate = str) -> str:
        """Return a date as texts and pages show it."""
        spelled = {"d": f"{day.day}", "dd": f"{day:%d}", "m": f"{day.month}", "mm": f"{day:%m}", "mmm": f"{day:%b}"}
        spelled |= {"mmmm": f"{day:%B}", "yy": f"{day:%y}", "yyyy": f"{day.year:04}"}
        return _DATE_PARTS.sub(lambda part: spelled[part[0]], self.dates or translate("yyyy-mm-dd"))


def shown_format(number_format: str, translate: Translate) -> str:
    """Return a number format with the space that a language puts before a percent sign, as in ``0.0" "%``."""
    space = in_marks_of(translate, "%")[:-1]
    return number_format.replace("%", f'"{space}"%') if space else number_format


THEME = Theme()
"""The usual look."""
