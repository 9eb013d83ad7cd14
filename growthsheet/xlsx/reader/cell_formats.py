"""Cells that say more than their value: numbers as a format shows them, and values that are not known."""

from __future__ import annotations

import re

from growthsheet.errors import Problem

NO_VALUE = "a formula without a stored value"
RECALCULATE = "open the file in a spreadsheet program and save it, so that its formulas have values"
_PLAIN = re.compile(r"general|[#,]*0?(?:\.[0#]+)?|@", re.IGNORECASE)
_TOKEN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.|.', re.DOTALL)
_CURRENCY = re.compile(r"\[\$([^\]-]*)-?([^\]]*)\]")
_DOLLARS = {"1009": "CAD", "C09": "AUD", "1409": "NZD", "4809": "SGD", "C04": "HKD", "80A": "MXN", "409": "USD"}
"""Whose dollar a format's language code means."""


class Unreadable(str):
    """A cell whose value is not known, such as the error of a formula; the text says why, ``at`` where it stands."""

    at = ""

    def problem(self, table: str) -> Problem:
        """Return the problem that the cell is in a table."""
        hint = RECALCULATE if self == NO_VALUE else "correct the cell"
        return Problem("broken-cell", f"{table}, {self.at}", str(self), "a text, a number or a date", hint)


class Formatted(float):
    """A number and the number format that shows it, where the format may add something: zeros, a currency."""

    code = ""

    @property
    def text(self) -> str:
        """The number as the format shows it, where it only adds zeros and signs; else as it is.

        >>> formatted(7, "00000").text, formatted(7, '"E-"000').text, formatted(7.5, "0.0 h").text
        ('00007', 'E-007', '7.5')
        >>> formatted(0.2, "0%").text
        '20%'
        """
        if "%" in self.code.partition(";")[0]:
            return f"{self * 100:.15g}%"
        whole = str(int(self)) if self.is_integer() else ""
        tokens = _TOKEN.findall(self.code.partition(";")[0])
        zeros = tokens.count("0")
        if not whole or self < 0 or not zeros or any(token in ".,%/?@eE" for token in tokens):
            return whole or repr(float(self))
        left = list(whole.rjust(zeros, "0"))
        shown: list[str] = []
        first = next(index for index, token in enumerate(tokens) if token in "0#")
        for index in range(len(tokens) - 1, -1, -1):
            token = tokens[index]
            if token in "0#":
                shown.append("".join(left) if index == first else left.pop() if left else "")
            elif not token.startswith(("[", "_", "*")):
                shown.append(token.strip('"').removeprefix("\\"))
        return "".join(reversed(shown))

    @property
    def sign(self) -> str:
        """The currency that the format shows, as a sign or a code; "" where it shows none.

        >>> [formatted(1, code).sign for code in ("#,##0.00 [$€-407]", "[$$-1009]#,##0", '"CHF" 0')]
        ['€', 'CAD', 'CHF']
        """
        if found := _CURRENCY.search(self.code):
            sign, language = found[1].strip(), found[2].upper().lstrip("0")
            return _DOLLARS.get(language, sign) if sign == "$" else sign
        section = self.code.partition(";")[0]
        kept = (t.strip('"').removeprefix("\\") for t in _TOKEN.findall(section) if t[0] not in "[_*#0,.?()-+% ")
        return "".join(kept).strip()


def shows_date(code: str) -> bool:
    """Return whether a number format shows a date or a time.

    >>> shows_date("yyyy-mm-dd"), shows_date('0 "days"'), shows_date("[$USD] #,##0.00"), shows_date("General")
    (True, False, False, False)
    """
    return bool(re.search(r"[dmyhs]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code[:255]), re.IGNORECASE))


def formatted(value: int | float, code: str) -> int | float:
    """Return a number with its format, or alone where the format adds nothing to it."""
    if _PLAIN.fullmatch(code) or isinstance(value, bool):
        return value
    number = Formatted(value)
    number.code = code
    return number


def unreadable(why: str, at: str) -> Unreadable:
    """Return a cell whose value is not known."""
    cell = Unreadable(why)
    cell.at = at
    return cell
