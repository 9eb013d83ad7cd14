"""Read rows in memory: a list of dictionaries, or any DataFrame that narwhals supports. Neither is ever changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from growthsheet.sources.tables.columns import TableCell
from growthsheet.text.problem_list import ProblemList
from growthsheet.xlsx.reader.cell_formats import Formatted, Unreadable

DictRows = tuple[list[str], list[list[TableCell]]]
"""A header and the rows below it."""


def rows_in_memory(source: Any, findings: ProblemList) -> DictRows:
    """Return the header and rows of a list of dictionaries or a frame; refuse anything else."""
    if isinstance(source, Sequence) and all(isinstance(row, dict) for row in source):
        return rows_of_dicts(source)
    if (found := rows_of_frame(source)) is None:
        expected = "a path, a list of dictionaries or a DataFrame"
        raise findings.fatal("not-a-table", findings.place, f"a {type(source).__name__}", expected)
    return found


def rows_of_dicts(records: Iterable[Mapping[str, object]]) -> DictRows:
    """Return a header of all keys, in the order of appearance, and the rows; a missing key is a blank cell.

    >>> rows_of_dicts([{"id": 1, "name": "Ana"}, {"id": 2, "fte": float("nan")}])
    (['id', 'name', 'fte'], [[1, 'Ana', None], [2, None, None]])
    """
    records = list(records)
    header = list(dict.fromkeys(key for record in records for key in record))
    return [str(key) for key in header], [[cell_of(record.get(key)) for key in header] for record in records]


def rows_of_frame(frame: Any) -> DictRows | None:
    """Return the header and rows of a pandas, polars, pyarrow... frame; None if it is no frame.

    >>> import pandas
    >>> rows_of_frame(pandas.DataFrame({"id": ["007"], "start": [pandas.NaT]}))
    (['id', 'start'], [['007', None]])
    >>> rows_of_frame(7) is None
    True
    """
    import narwhals as nw  # only when there is a frame, so that `import growthsheet` stays fast

    is_pandas = type(frame).__module__.partition(".")[0] == "pandas"
    columns = list(map(str, getattr(frame, "columns", ()))) if is_pandas else []
    if len(set(columns)) < len(columns):  # which pandas alone allows, and narwhals refuses in words of its own
        return columns, [[cell_of(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    whole = nw.from_native(frame, pass_through=True)
    if isinstance(whole, nw.LazyFrame):
        whole = whole.collect()
    if not isinstance(whole, nw.DataFrame):
        return None
    return list(map(str, whole.columns)), [[cell_of(value) for value in row] for row in whole.iter_rows()]


def cell_of(value: object) -> TableCell:
    """Return a Python value as a cell: NaN, NaT, NA and "" are None, numbers and dates stay, the rest is text.

    >>> cell_of(float("nan")), cell_of("  "), cell_of(2.5), cell_of(True)
    (None, None, 2.5, 'True')
    """
    if value is None or type(value).__name__ in {"NaTType", "NAType"}:
        return None
    if isinstance(value, str) and not isinstance(value, Unreadable):
        return value if value.strip() else None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, Formatted | Unreadable):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, Decimal):
        return None if value.is_nan() else value
    if isinstance(value, int | date):
        return value
    item = getattr(value, "item", None)  # numpy's scalars
    return cell_of(item()) if callable(item) and not isinstance(value, Sequence) else str(value)
