"""Tables of results for notebooks and scripts, with the same numbers as in the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, SupportsIndex, overload

from growthsheet.errors import GrowthsheetError, refusal
from growthsheet.model.html_table import Cell, html_table
from growthsheet.model.ratings import NOT_APPLICABLE
from growthsheet.storage.package_data import template_folder
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.quoting import quote
from growthsheet.workbook.styles import CellColors, colors_of

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_COLORED = {"gap": "gap", "priority": "priority", "flag": "flag", "why": "why", "share_met": "met"}
"""The color scales of the columns that a notebook shows in colours."""


@dataclass(frozen=True)
class Schema:
    """The columns of a table, each with its type: str, float or int."""

    name: str
    columns: Mapping[str, type]

    def table(self, records: Iterable[Mapping[str, Any]]) -> Results:
        """Return a table of records; a number that is ``n/a`` becomes None; keys that are no columns are left out."""
        of = self.columns.items()
        return Results(self, tuple(tuple(_of_type(kind, row[name]) for name, kind in of) for row in records))


def schema(name: str) -> Schema:
    """Return the schema of a table of ``tables.toml``."""
    return _schemas()[name]


@cache
def _schemas() -> dict[str, Schema]:
    data = tomllib.loads((template_folder() / "tables.toml").read_text("utf-8"))
    kinds = {"text": str, "number": float, "whole": int}
    types = {column: of for kind, of in kinds.items() for column in data["columns"][kind]}
    return {
        name: Schema(name, {column: types[column] for column in table["columns"].split()})
        for name, table in data["tables"].items()
    }


@dataclass(frozen=True, repr=False)
class Results:
    """A table, which polars, pyarrow, duckdb and other libraries also take as it is.

    Its columns and their types are always the same, whether anything is rated or not; blanks are None.

    >>> table = Results(Schema("gaps", {"activity": str, "gap": float}), (("Pricing", 2.0), ("Vision", None)))
    >>> table
    <gaps: 2 rows x 2 columns>
    >>> table[0], table["gap"], table[1:]
    ({'activity': 'Pricing', 'gap': 2.0}, [2.0, None], <gaps: 1 row x 2 columns>)
    """

    schema: Schema
    rows: tuple[tuple[Any, ...], ...]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(self.schema.columns)

    def __repr__(self) -> str:
        return f"<{self.name}: {plural(self.rows, 'row')} x {plural(self.columns, 'column')}>"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    @overload
    def __getitem__(self, wanted: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, wanted: str) -> list[Any]: ...

    @overload
    def __getitem__(self, wanted: slice) -> Results: ...

    def __getitem__(self, wanted: int | str | slice) -> Any:
        if isinstance(wanted, slice):
            return Results(self.schema, self.rows[wanted])
        if isinstance(wanted, str):
            if wanted not in self.columns:
                raise KeyError(f"{self.name} has no column {wanted}, only {', '.join(self.columns)}")
            return self.to_dict()[wanted]
        if not isinstance(wanted, SupportsIndex):
            raise TypeError(f"{self.name} is a table: take a column by name or rows by number, or make a frame of it")
        return dict(zip(self.columns, self.rows[wanted], strict=True))

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def records(self) -> list[dict[str, Any]]:
        """Return a dictionary for each row; blanks are None."""
        return list(self)

    def to_dict(self) -> dict[str, list[Any]]:
        """Return a list for each column."""
        return {name: [row[n] for row in self.rows] for n, name in enumerate(self.columns)}

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas DataFrame with columns of string, float64 and Int64 (pandas must be installed)."""
        made, of = library("pandas"), self._typed("string", "float64", "Int64")
        columns = {name: made.Series(cells, dtype=of[name]) for name, cells in self.to_dict().items()}
        frame: pandas.DataFrame = made.DataFrame(columns)
        return frame

    def to_polars(self) -> polars.DataFrame:
        """Return a polars DataFrame with columns of String, Float64 and Int64 (polars must be installed)."""
        made = library("polars")
        frame: polars.DataFrame = made.DataFrame(self.to_dict(), self._typed(made.String, made.Float64, made.Int64))
        return frame

    def to_arrow(self) -> pyarrow.Table:
        """Return a pyarrow Table with columns of string, double and int64 (pyarrow must be installed)."""
        made = library("pyarrow")
        of = self._typed(made.string(), made.float64(), made.int64())
        return made.table(self.to_dict(), schema=made.schema(of.items()))

    def _typed(self, text: Any, number: Any, whole: Any) -> dict[str, Any]:
        """Return the type of each column in a library."""
        types = {str: text, float: number, int: whole}
        return {name: types[kind] for name, kind in self.schema.columns.items()}

    def _repr_html_(self) -> str:
        return self.html(self.columns)

    @strict
    def html(self, columns: Iterable[str]) -> str:
        """Return some columns as a table for a notebook, with the first rows of a long one."""
        shown = tuple(columns)
        if unknown := [name for name in shown if name not in self.columns]:
            expected = f"one of {', '.join(self.columns)}"
            raise refusal("unknown-column", "html: columns", quote(unknown[0]), expected, "choose one of them")
        body = ([_colored(name, row[name]) for name in shown] for row in self)
        return html_table(shown, body, self.name, len(self))


def _of_type(kind: type, value: Any) -> Any:
    return None if value is None or (kind is not str and value == NOT_APPLICABLE) else kind(value)


def library(name: str) -> Any:
    """Return a library that does not come with growthsheet.

    Raises
    ------
    GrowthsheetError
        With the package to install, if it is not there.
    """
    try:
        return import_module(name)
    except ImportError as error:
        raise GrowthsheetError(f"{name} is not installed: install it with pip install {name}") from error


# -- in notebooks ----------------------------------------------------------------------------------------------------


def tint(paint: CellColors | None) -> str:
    """Return the style of a cell: the colours of the workbook on a white page, and as strong on a dark one.

    White in the fill becomes transparent, so that no cell is brighter than the page for having no gap.

    >>> tint(colors_of("gap", 0)), tint(colors_of("gap", 2))
    ('', 'background:rgba(1,106,195,0.35)')
    """
    if not paint:
        return ""
    parts = bytes.fromhex(paint.fill)
    alpha = round(1 - min(parts) / 255, 2)
    if not alpha:
        return ""
    hue = ",".join(f"{max(0, round((part - 255 * (1 - alpha)) / alpha))}" for part in parts)
    font = ";color:#fff" if paint.font == "FFFFFF" else ""
    return f"background:rgba({hue},{alpha}){font}"


def _colored(column: str, value: Any) -> Cell:
    if column in _COLORED or not isinstance(value, str):
        text = "" if value is None else f"{value:.15g}" if isinstance(value, float) else str(value)
        return text, tint(colors_of(_COLORED.get(column, ""), value))
    return value
