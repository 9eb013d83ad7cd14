"""Several columns of pay that are filled by turns, for people who are paid in different ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from growthsheet.sources.rosters.headers import basis_in
from growthsheet.sources.tables.columns import SourceTable, TableCell, TableColumn
from growthsheet.text.currencies import named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line


def by_turns(table: SourceTable, found: Sequence[int], findings: ProblemList) -> dict[str, TableColumn]:
    """Return one column of pay, and one of its basis, from columns of which no row fills more than one.

    A zero beside an amount is a blank. There is no such column where two are filled in one row, where the columns do
    not all say their period, or name different currencies; then the user has to choose.

    >>> table = SourceTable("t", ("Annual salary", "Hourly rate"), [2, 3], [["60000", "0"], [None, 25]])
    >>> {field: column.cells for field, column in by_turns(table, [0, 1], ProblemList("t")).items()}
    {'salary': ['60000', 25], 'basis': ['Annual salary', 'Hourly rate']}
    """
    rows = [[index for index in found if not is_nothing(row[index])] for row in table.cells]
    used = sorted({index for filled in rows for index in filled})
    names = [table.header[index] for index in used]
    if len(used) < 2 or any(len(filled) > 1 for filled in rows):
        return {}
    if not all(map(basis_in, names)) or len({named_in(name) for name in names}) > 1:
        return {}
    cells: list[TableCell] = [row[filled[0]] if filled else None for row, filled in zip(table.cells, rows, strict=True)]
    said: list[TableCell] = [table.header[filled[0]] if filled else None for filled in rows]
    amounts = TableColumn(table.name, " / ".join(names), table.rows, cells)
    note = f"each row has its pay in one of {', '.join(map(one_line, names))}"
    findings.note("pay-by-turns", table.name, note)
    return {"salary": amounts, "basis": replace(amounts, cells=said)}


def is_nothing(cell: TableCell) -> bool:
    """Return whether a cell of pay is blank or zero.

    >>> is_nothing(None), is_nothing("0.00"), is_nothing(0), is_nothing("0 EUR"), is_nothing("5"), is_nothing("-")
    (True, True, True, True, False, True)
    """
    text = "" if cell is None else str(cell)
    return not any(character in "123456789" for character in text)
