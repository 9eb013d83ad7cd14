"""An organization's workbook, beside the same one written by hand in XlsxWriter's mode of constant memory.

``python -m benchmarks.organization ready N calls.pickle`` makes all that the script by hand is given.
``python -m benchmarks.organization by_hand calls.pickle file.xlsx`` writes the workbook from it.
``python -m benchmarks.organization draw N file.xlsx`` writes it from a book in which all numbers are ready, too.
``python -m benchmarks.organization build N file.xlsx`` makes it from a roster with everybody's answers.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xlsxwriter.worksheet import Worksheet

from benchmarks import recording, sample
from benchmarks.alike import first_difference
from benchmarks.memory import tell
from benchmarks.recording import Call, Recording, Run
from benchmarks.timing import Line, race_of_tellers, run_module
from growthsheet.workbook.tables import as_cell
from growthsheet.workbook.values import Values
from growthsheet.xlsx.writer import write, zip_parts
from growthsheet.xlsx.writer.draw import draw_book
from growthsheet.xlsx.writer.fast_worksheet import FastWorksheet
from growthsheet.xlsx.writer.long_tables import LongTable
from growthsheet.xlsx.writer.xlsxwriter_version import OPTIONS

BY_HAND = "XlsxWriter by hand, constant memory"
DRAWN = "growthsheet, its numbers ready, too"
OURS = "growthsheet, from ratings to the file"


class RowByRow(Worksheet):
    """A worksheet that is written row by row, as XlsxWriter's mode of constant memory wants it."""

    def set_row(self, row: int, *args: Any, **kwargs: Any) -> Any:
        """Give a row its height; XlsxWriter would forget that of a row without cells."""
        if row > self.previous_row:
            self._write_single_row(row)
        return super().set_row(row, *args, **kwargs)

    def columns(self, looks: list[tuple[int, Any]]) -> None:
        """The columns of the table that comes, each with its look."""
        self._looks = looks

    def row(self, number: int, height: float, values: Iterable[Any]) -> None:
        """A row of the table."""
        for (column, look), value in zip(self._looks, values, strict=True):
            if value is None:
                self.write_blank(number, column, None, look)
            elif isinstance(value, str):
                self.write_string(number, column, value, look)
            else:
                self.write_number(number, column, value, look)
        self.set_row(number, height)


def organization(people: int, rounds: int) -> list[Line]:
    """The workbook of so many people, each time in a process of its own; memory is what writing took on top."""
    with TemporaryDirectory() as name:
        calls, theirs, drawn, ours = (
            Path(name, file) for file in ("calls.pickle", "hand.xlsx", "drawn.xlsx", "our.xlsx")
        )
        module = "benchmarks.organization"
        run_module(module, "ready", str(people), str(calls))
        ways = {
            BY_HAND: (module, "by_hand", str(calls), str(theirs)),
            DRAWN: (module, "draw", str(people), str(drawn)),
            OURS: (module, "build", str(people), str(ours)),
        }
        lines = race_of_tellers(f"{people:,} people in one", ways, rounds)
        different = first_difference(theirs, ours) or (drawn.read_bytes() != ours.read_bytes() and "the bytes of ours")
        if different:
            raise SystemExit(f"the ways do not make the same workbook: {different!s:.1000}")
    return lines


def ready(people: str, file: str) -> None:
    """Take down what the script by hand is given."""
    made = script(sample.roster(int(people)).organization().book())
    Path(file).write_bytes(pickle.dumps(made))


def script(book: write.Book) -> tuple[list[Run], dict[str, Any]]:
    """All calls that make a workbook, tab by tab and row by row, and XlsxWriter's options."""
    tables: list[LongTable] = []

    def draw() -> bytes:
        draw_book(zip_parts.PackedWorkbook(BytesIO(), OPTIONS), book, Values(book), FastWorksheet, tables)
        return b""

    taken = recording.record(draw)
    return list(_in_order(taken, tables)), taken.options | {"in_memory": False, "constant_memory": True}


def _in_order(taken: Recording, tables: list[LongTable]) -> Iterator[Run]:
    sheets = [call.made for call in taken.calls if call.method == "add_worksheet"]
    starts = {(sheets[table.sheet - 1], table.place.first): table for table in tables}
    *others, close = (call for call in taken.calls if not _in_a_row(call) and call.method != "_check_dimensions")
    rows = sorted(filter(_in_a_row, taken.calls), key=_row)
    yield from Recording({}, others).runs()
    for table, group in groupby(rows, lambda call: starts.get(_row(call))):
        calls = list(group)
        yield from _table(table, calls) if table else Recording({}, calls).runs()
    yield from Recording({}, [close]).runs()


def _in_a_row(call: Call) -> bool:
    return call.method == "set_row" or call.method.startswith("write_")


def _row(call: Call) -> tuple[int, int]:
    return call.on, call.args[0]


def _table(table: LongTable, first: list[Call]) -> Iterator[Run]:
    """The rows of a long table, with the looks that its first one was drawn with."""
    on, keys = first[0].on, {column: key for key, column in table.place.columns.items()}
    looks = sorted((call.args[1], call.args[-1]) for call in first if call.method != "set_row")
    yield on, "columns", -2, [Call(on, "columns", (looks,), {})]
    rows = enumerate(zip(table.block.rows, table.heights, strict=True), table.place.first)
    values = ((n, height, tuple(as_cell(row.get(keys[col])) for col, _ in looks)) for n, (row, height) in rows)
    yield on, "row", -1, list(values)


def by_hand(calls: str, file: str) -> None:
    """Write the workbook from what is ready."""
    with open(calls, "rb") as pickled:
        runs, options = pickle.load(pickled)
    tell(lambda: recording.play_into(file, runs, options, RowByRow))


def draw(people: str, file: str) -> None:
    """Write the workbook from what the script by hand has, too: all numbers are worked out before."""
    book = sample.roster(int(people)).organization().book()
    tell(lambda: Path(file).write_bytes(write.to_bytes(book)))


def build(people: str, file: str) -> None:
    """Make the workbook from a roster."""
    roster = sample.roster(int(people))
    tell(lambda: roster.organization().save(file))


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"ready": ready, "by_hand": by_hand, "draw": draw, "build": build}[what](*arguments)
