"""Text from files and people, made safe and short enough to stand in a message."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal


def one_line(text: str, most: int = 60) -> str:
    r"""A text fit to be shown in a problem: on one line, without control characters, cut where it is long.

    >>> one_line("two\nlines")
    'two\\nlines'
    """
    # Twice: before, so that 5 MB are not escaped for nothing; after, because escapes are longer than characters.
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text[: most + 1])
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def told(value: object) -> str:
    """What a value is, as a problem tells it.

    >>> told("pro duct"), told(None), told([1, 2]), told({"a": 1}), told(7)
    ("'pro duct'", 'nothing', 'a list of 2', 'a mapping', '7')
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
        case int() | float() | Decimal():
            return one_line(f"{value:g}")
        case _:
            return f"a value of type {type(value).__name__}"


def shown(text: str, longest: int = 60) -> str:
    r"""Text from a file as a message may show it: on one line, printable, not too long.

    >>> shown("xl/a\nb.xml"), shown("x" * 80, longest=5)
    ('xl/a\\u000ab.xml', 'xxxx…')
    """
    line = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[: longest + 1])
    return line if len(line) <= longest else line[: longest - 1] + "…"
