"""Small tables for notebooks, which suit light and dark pages alike."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice

ROWS_SHOWN = 50
"""The most rows that a notebook shows of a table."""

Cell = str | tuple[str, str]
"""A text, or the text of a number or code with its style."""


def html_table(
    head: Iterable[str], body: Iterable[Iterable[Cell]], title: str = "", of: int = 0, most: int | None = ROWS_SHOWN
) -> str:
    """Return a table of texts with at most ``most`` rows; all of them with None.

    With ``of``, the number of all rows, a remark says how many are shown.
    """
    rows = list(islice(body, most))
    caption = f"<caption>{escape(title)}</caption>" if title else ""
    header = "".join(f"<th>{escape(name)}</th>" for name in head)
    cells = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    below = f"<p>Rows shown: {len(rows)} of {of:,}</p>" if of > len(rows) else ""
    return f"<table>{caption}<thead><tr>{header}</tr></thead><tbody>{cells}</tbody></table>{below}"


def _cell(cell: Cell) -> str:
    text, style = (cell, "text-align:left") if isinstance(cell, str) else cell
    return f'<td style="{style}">{escape(text)}</td>' if style else f"<td>{escape(text)}</td>"
