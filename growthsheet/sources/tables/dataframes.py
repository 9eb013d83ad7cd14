"""Read rows in memory: a list of dictionaries, or any DataFrame that narwhals supports. Neither is ever changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import Any

from growthsheet.sources.tables.columns import TableCell
from growthsheet.text.problem_list import ProblemList
from growthsheet.xlsx.reader.cell_formats import Formatted, Unreadable

DictRows = tuple[list[str], list[list[TableCell]]]
"""A header and the rows below it."""


def rows_in_memory(source: Any, findings: ProblemList) -> DictRows:
    """Return the header and rows of a list of dictionaries, or of a pandas, polars, pyarrow... frame; refuse the rest.

    The header of dictionaries has all keys, in the order of appearance; a missing key is a blank cell.

    >>> rows_in_memory([{"id": 1, "name": "Ana"}, {"id": 2, "fte": float("nan")}], ProblemList("it"))
    (['id', 'name', 'fte'], [[1, 'Ana', None], [2, None, None]])
    >>> import pandas
    >>> rows_in_memory(pandas.DataFrame({"id": ["007"], "start": [pandas.NaT]}), ProblemList("it"))
    (['id', 'start'], [['007', None]])
    """
    if isinstance(source, Sequence) and all(isinstance(row, dict) for row in source):
        header: Sequence[object] = list(dict.fromkeys(key for row in source for key in row))
        rows: Iterable[Iterable[object]] = ([row.get(key) for key in header] for row in source)
    else:
        header, rows = _of_frame(source, findings)
    return list(map(str, header)), [[cell_of(value) for value in row] for row in rows]


def _of_frame(frame: Any, findings: ProblemList) -> tuple[Sequence[object], Iterable[Iterable[object]]]:
    import narwhals as nw  # only when there is a frame, so that `import growthsheet` stays fast

    kind = type(frame).__module__.partition(".")[0]
    names = {"pandas": "columns", "pyarrow": "column_names"}.get(kind, "")
    columns = list(map(str, getattr(frame, names, ())))
    if len(set(columns)) < len(columns):  # which these two allow, and narwhals refuses in words of its own
        if kind == "pandas":
            return columns, frame.itertuples(index=False, name=None)
        return columns, zip(*(column.to_pylist() for column in frame.columns), strict=True)
    whole = nw.from_native(frame, pass_through=True)
    if isinstance(whole, nw.LazyFrame):
        whole = whole.collect()
    if not isinstance(whole, nw.DataFrame):
        expected = "a path, a list of dictionaries or a DataFrame"
        raise findings.fatal("not-a-table", findings.place, f"a {type(frame).__name__}", expected)
    return whole.columns, whole.iter_rows()


def cell_of(value: object) -> TableCell:
    """Return a Python value as a cell: NaN, NaT, NA and "" are None, numbers and dates stay, the rest is text.

    Bytes, lists and dictionaries are no cells: their value is not known.

    >>> cell_of(float("nan")), cell_of("  "), cell_of(2.5), cell_of(True), cell_of([1])
    (None, None, 2.5, 'True', 'a value of the type list')
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
    if isinstance(value, bytes | Sequence | Mapping | Set) or getattr(value, "ndim", False):
        return Unreadable(f"a value of the type {type(value).__name__}")
    item = getattr(value, "item", None)  # numpy's scalars
    return cell_of(item()) if callable(item) else str(value)
