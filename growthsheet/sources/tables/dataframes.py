"""Read rows in memory: a list of dictionaries, or any DataFrame that narwhals supports. Neither is ever changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
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

    is_pandas = type(frame).__module__.partition(".")[0] == "pandas"
    columns = list(map(str, getattr(frame, "columns", ()))) if is_pandas else []
    if len(set(columns)) < len(columns):  # which pandas alone allows, and narwhals refuses in words of its own
        return columns, frame.itertuples(index=False, name=None)
    whole = nw.from_native(frame, pass_through=True)
    if isinstance(whole, nw.LazyFrame):
        whole = whole.collect()
    if not isinstance(whole, nw.DataFrame):
        expected = "a path, a list of dictionaries or a DataFrame"
        raise findings.fatal("not-a-table", findings.place, f"a {type(frame).__name__}", expected)
    return whole.columns, whole.iter_rows()


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
