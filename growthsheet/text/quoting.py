"""Quote text from files and people in messages: on one line, short, and without control characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from growthsheet.text.labels import short


def one_line(text: object, most: int = 60) -> str:
    r"""Return a text for a message: on one line, without control characters, cut if it is long.

    >>> one_line("two\nlines"), one_line("x" * 80, 5)
    ('two\\nlines', 'xxxx…')
    """
    # Cut twice: before, so that 5 MB are not escaped for nothing; after, because escapes are longer than characters.
    begun = str(text)[: most + 1]
    if not begun.isprintable():
        begun = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in begun)
    return short(begun, most)


def nearest(found: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known text that is most like another one; blank if none is like it."""
    from difflib import get_close_matches  # when something is wrong only

    return next(iter(get_close_matches(found, sorted(known), 1, cutoff)), "")


def did_you_mean(
    found: str,
    known: Iterable[str],
    otherwise: str,
    cutoff: float = 0.6,
    shown: Mapping[str, object] = MappingProxyType({}),
) -> str:
    """Return a hint that offers the known text that is most like another one, as it is ``shown``; else another hint.

    >>> did_you_mean("pricng", ["pricing", "risk"], "correct it"), did_you_mean("x", ["pricing"], "correct it")
    ("did you mean 'pricing'?", 'correct it')
    """
    close = nearest(found, known, cutoff)
    return f"did you mean '{one_line(shown.get(close, close))}'?" if close else otherwise


def quote(value: object) -> str:
    """Return a value as a message shows it: a text in quotes, a number or a date as it is, else its type.

    >>> quote("pro duct"), quote(None), quote([1, 2]), quote({"a": 1}), quote(7), quote(date(2026, 3, 1))
    ("'pro duct'", 'nothing', 'a list of 2', 'a mapping', '7', '2026-03-01')
    """
    match value:
        case None:
            return "nothing"
        case str():
            return f"'{one_line(value)}'"
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return f"a list of {len(value)}"
        case bool():
            return str(value)
        case int() | float() | Decimal():
            return one_line(f"{value:.15g}")
        case date():
            return str(value)
        case _:
            return f"a value of type {type(value).__name__}"
