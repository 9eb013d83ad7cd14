"""Read numbers that people and systems write as text: all values that a text can mean, so that none is guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from growthsheet.text.currencies import candidates

MOST = Decimal(10) ** 12
"""The largest amount that is accepted."""

CLEAR_NUMBER = "a number that shows which mark is the decimal one"
CLEAR_HINT = "write two decimals (1234.50) or no thousands separator"
"""The expectation and the hint in problems about a text that can mean several numbers."""

MARKS = {".": ",", ",": "."}
"""The thousands mark that may be used with each decimal mark."""

_LONGEST = 60

_SPELLINGS = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u2018\u2019\u02bc\u00b4`\uff07\u066c", "'")  # apostrophes, and the Arabic thousands mark
    | dict.fromkeys("\u2010\u2011\u2212\u2013\u2014\ufe63\uff0d", "-")  # hyphens, the minus sign and dashes
    | dict.fromkeys("\u200e\u200f\u061c")  # direction marks, which right-to-left systems put beside a minus sign
    | dict(zip("\uff0e\u066b\uff0c\uff08\uff09\uff0b\uff05\u066a\uff04\uffe1\uffe5", "..,()+%%$£¥", strict=True))
)

# A mark after a letter ends an abbreviation (Fr.500), it does not start a number (.5).
_SHAPE = re.compile(
    r"(?P<lead>\D*?)(?P<digits>(?:(?<![^\W\d_])[.,])?\d(?:[\d.,' ]*\d)?(?:[.,]-{1,2})?)(?P<tail>\D*)", re.ASCII
)


def _written(mark: str) -> re.Pattern[str]:
    group = re.escape(MARKS[mark])
    thousands = rf"[1-9]\d{{0,2}}(?P<by>[ '{group}])\d{{3}}(?:(?P=by)\d{{3}})*"
    lakhs = r"[1-9]\d?(?:,\d\d)+,\d{3}" if mark == "." else r"(?!)"  # 1,23,456.00 as in India
    return re.compile(rf"(?P<whole>\d+|{thousands}|{lakhs})?(?:{re.escape(mark)}(?P<part>\d+|-{{1,2}}))?", re.ASCII)


_WRITTEN = {mark: _written(mark) for mark in MARKS}


@dataclass(frozen=True, slots=True)
class Written:
    """A number read from a text: its currency or percent sign, and its value for each possible decimal mark."""

    sign: str
    values: Mapping[str, Decimal] = field(repr=False)

    def meanings(self, least: Decimal | int = 0, most: Decimal | int = MOST) -> set[Decimal]:
        """Return the possible values between two limits: one if the text is clear, several if it is ambiguous.

        >>> from growthsheet.text.numbers import read_number
        >>> read_number("1,5").meanings(), len(read_number("1.000").meanings()), read_number("1.000").meanings(most=1)
        ({Decimal('1.5')}, 2, {Decimal('1.000')})
        """
        return {value for value in self.values.values() if least <= value <= most}


def read_number(text: str) -> Written | None:
    """Return all values that a text can mean as a number; None if it is not a number.

    >>> read_number("$1,234.50").values
    {'.': Decimal('1234.50')}
    >>> sorted(read_number("1.234").values.values())
    [Decimal('1.234'), Decimal('1234')]
    >>> read_number("(1 200,5 €)").values, read_number("(1 200,5 €)").sign
    ({',': Decimal('-1200.5')}, '€')
    >>> read_number("1e5"), read_number("12 34")
    (None, None)
    """
    found = _SHAPE.fullmatch(_spelled_plainly(text)) if len(text) <= _LONGEST else None
    around = found and _around(found["lead"].replace(" ", ""), found["tail"].replace(" ", ""))
    if not found or not around:
        return None
    negative, sign = around
    values = {}
    for mark, pattern in _WRITTEN.items():
        if number := pattern.fullmatch(found["digits"]):
            whole = re.sub(r"\D", "", number["whole"] or "") or "0"
            part = (number["part"] or "").strip("-")
            value = Decimal(f"{whole}.{part}" if part else whole)
            values[mark] = value.copy_negate() if negative else value  # a product would be rounded to 28 digits
    return Written(sign, values) if values else None


def _spelled_plainly(text: str) -> str:
    """Return a text with ASCII digits, spaces and signs in place of those of other scripts and typefaces."""
    if text.isascii():
        return text.strip()
    plain = text.translate(_SPELLINGS).strip()
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)


def _around(lead: str, tail: str) -> tuple[bool, str] | None:
    """Return whether a number is negative and its currency or percent sign; None if other text is around it."""
    minuses = lead.count("-") + tail.count("-") + lead.count("(")
    if lead.count("(") != tail.count(")") or minuses + lead.count("+") > 1:
        return None
    signs = [sign for sign in (re.sub(r"[-+(]", "", lead), re.sub(r"[-)]", "", tail)) if sign]
    meanings = [{sign} if sign == "%" else set(candidates(sign)) for sign in signs]
    if meanings and not set.intersection(*meanings):
        return None  # no currency, or two different ones
    # "$65,000 USD": the code is more precise than the sign.
    return bool(minuses), max(signs, key=len, default="")


def written_plainly(number: Decimal) -> str:
    """Return a number as text with a decimal point that cannot be mistaken for a thousands mark.

    >>> written_plainly(Decimal("1200.50")), written_plainly(Decimal("1.500")), written_plainly(Decimal("0.125"))
    ('1200.50', '1.5000', '0.125')
    """
    text = f"{number:f}"
    written = read_number(text)
    return f"{text}0" if written and len(set(written.values.values())) > 1 else text
