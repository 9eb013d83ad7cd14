"""Tables of results for notebooks and scripts: the same numbers as in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


@dataclass(frozen=True, repr=False)
class Results:
    """Named columns and rows, with a heat map in notebooks.

    >>> table = Results("gaps", ("activity", "gap"), (("Pricing", 2), ("Vision", None)))
    >>> table
    <gaps: 2 rows x 2 columns>
    >>> table.records()[0]
    {'activity': 'Pricing', 'gap': 2}
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __repr__(self) -> str:
        return f"<{self.name}: {len(self.rows)} rows x {len(self.columns)} columns>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records())

    def records(self) -> list[dict[str, Any]]:
        """A dictionary a row; blanks are None."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_dict(self) -> dict[str, list[Any]]:
        """A list a column."""
        return {name: [row[n] for row in self.rows] for n, name in enumerate(self.columns)}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame (pandas must be installed)."""
        import pandas

        return pandas.DataFrame(self.to_dict())

    def to_polars(self) -> polars.DataFrame:
        """A polars DataFrame (polars must be installed)."""
        import polars

        return polars.DataFrame(self.to_dict(), strict=False)

    def to_arrow(self) -> pyarrow.Table:
        """A pyarrow Table (pyarrow must be installed)."""
        import pyarrow

        return pyarrow.table(self.to_dict())

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(_cell(name, value) for name, value in zip(self.columns, row, strict=True)) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(name: str, value: Any) -> str:
    from html import escape

    from .theme import paint_of

    paint = paint_of(name, value)
    style = f' style="background:#{paint.fill};color:#{paint.font}"' if paint else ""
    return f"<td{style}>{'' if value is None else escape(str(value))}</td>"


def results(name: str, columns: Mapping[str, Any]) -> Results:
    """Results from columns of one length."""
    return Results(name, tuple(columns), tuple(zip(*columns.values(), strict=True)))
