"""Tables of results for notebooks and scripts, with the same numbers as in the workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from growthsheet.text.counts import plural

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
        return f"<{self.name}: {plural(self.rows, 'row')} x {plural(self.columns, 'column')}>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.records())

    def records(self) -> list[dict[str, Any]]:
        """Return a dictionary for each row; blanks are None."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_dict(self) -> dict[str, list[Any]]:
        """Return a list for each column."""
        return {name: [row[n] for row in self.rows] for n, name in enumerate(self.columns)}

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas DataFrame (pandas must be installed)."""
        import pandas

        return pandas.DataFrame(self.to_dict())

    def to_polars(self) -> polars.DataFrame:
        """Return a polars DataFrame (polars must be installed); numbers in a column with ``n/a`` become texts."""
        import polars

        return polars.DataFrame(self._of_one_kind(), strict=False, infer_schema_length=None)

    def to_arrow(self) -> pyarrow.Table:
        """Return a pyarrow Table (pyarrow must be installed); numbers in a column with ``n/a`` become texts."""
        import pyarrow

        return pyarrow.table(self._of_one_kind())

    def _of_one_kind(self) -> dict[str, list[Any]]:
        """Return a list for each column, of numbers only or of texts only, for frames with typed columns."""
        return {name: _told(cells) if _mixed(cells) else cells for name, cells in self.to_dict().items()}

    def _repr_html_(self) -> str:
        from html import escape

        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(_cell(name, value) for name, value in zip(self.columns, row, strict=True)) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _mixed(cells: list[Any]) -> bool:
    return len({isinstance(cell, str) for cell in cells if cell is not None}) > 1


def _told(cells: list[Any]) -> list[str | None]:
    return [None if cell is None else cell if isinstance(cell, str) else f"{cell:g}" for cell in cells]


def _cell(name: str, value: Any) -> str:
    from html import escape

    from growthsheet.workbook.styles import colors_of

    paint = colors_of(name, value)
    style = f' style="background:#{paint.fill};color:#{paint.font}"' if paint else ""
    return f"<td{style}>{'' if value is None else escape(str(value))}</td>"


def results(name: str, columns: Mapping[str, Any]) -> Results:
    """Return results made of columns of the same length."""
    return Results(name, tuple(columns), tuple(zip(*columns.values(), strict=True)))
