"""Read columns of numbers; the whole column decides which mark is the decimal one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from growthsheet.sources.tables.columns import TableCell, TableColumn, read_column
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER, MARKS, MOST, Written, read_number
from growthsheet.text.problem_list import ProblemList

_NOTHING = Written("", {})


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers, each with its currency or percent sign. Its repr shows none of them."""

    values: list[Decimal | None] = field(repr=False)
    signs: list[str] = field(repr=False)


def numbers(
    column: TableColumn,
    findings: ProblemList,
    *,
    most: Decimal = MOST,
    percent: bool = False,
    decimal: str | None = None,
) -> Numbers:
    """Read a column of numbers from 0 to ``most``; ``decimal`` is the mark, where the column does not show it.

    Problems go to ``findings``, without the numbers, which may be pay. A percent sign is refused unless
    ``percent``.

    >>> read = lambda *cells: numbers(TableColumn("t", "Pay", range(len(cells)), cells), ProblemList("t")).values
    >>> read("1.234", "2,50")
    [Decimal('1234'), Decimal('2.50')]
    >>> read("1,234", "5,678")  # over a thousand, or one and a bit? asked, not guessed
    [None, None]
    """
    written = {cell: _read(cell, percent) for cell in set(column.cells)}

    def read(cell: TableCell) -> Mapping[str, Decimal]:
        return {mark: value for mark, value in written[cell].values.items() if 0 <= value <= most}

    settled = read_column(column.cells, read)
    if decimal and (settled.unclear is not None or settled.clash):
        settled = read_column(column.cells, lambda cell: {way: v for way, v in read(cell).items() if way == decimal})
    _refuse(column, settled.unreadable, written, findings, most)
    if settled.clash:
        rows = " and ".join(f"'{mark}' in row {column.rows[i]}" for mark, i in sorted(settled.clash.items()))
        hint = "write the whole column in one style"
        findings.error("decimal-marks-mixed", column.place, f"the decimal mark is {rows}", "one decimal mark", hint)
    if settled.unclear is not None:
        hint = f"say --decimal . or --decimal , or {CLEAR_HINT}"
        findings.error("decimal-mark-unclear", column.at(settled.unclear), "thousands or decimals?", CLEAR_NUMBER, hint)
    signs = [getattr(cell, "sign", "") or written[cell].sign for cell in column.cells]
    return Numbers(settled.values, signs)


def _read(cell: TableCell, percent: bool) -> Written:
    """Return the numbers that a cell can mean; none if it is no number."""
    if isinstance(cell, str):
        written = read_number(cell)
        return written if written and (percent or written.sign != "%") else _NOTHING
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        return _NOTHING
    value = Decimal(str(cell))
    return Written("", dict.fromkeys(MARKS, value)) if value.is_finite() else _NOTHING


def _refuse(
    column: TableColumn,
    indexes: Sequence[int],
    written: Mapping[TableCell, Written],
    findings: ProblemList,
    most: Decimal,
) -> None:
    """Tell the cells that hold no number in range: those of a kind together."""
    faults: dict[str, dict[int, str]] = {"not-a-number": {}, "number-out-of-range": {}}
    for index in indexes:
        kind, code = "not a number", "not-a-number"
        if meanings := written[column.cells[index]].values:
            code = "number-out-of-range"
            kind = "a negative number" if max(meanings.values()) < 0 else "too large a number"
        faults[code][index] = kind
    for code, cells in faults.items():
        column.report(findings, code, cells, f"a number from 0 to {most:,}", "correct it or leave it blank")
