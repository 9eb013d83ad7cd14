"""The people table alone, a row a person: pandas and polars, XlsxWriter by hand, and growthsheet.

All are given ready values. pandas and polars write plain cells; the others give them their looks, and the tab its head.

``python -m benchmarks.people ready N calls.pickle rows.pickle`` makes all that the others are given.
``python -m benchmarks.people draw N file.xlsx`` writes the table as growthsheet does.
``python -m benchmarks.people pandas rows.pickle file.xlsx`` writes a DataFrame; so does ``polars``.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile, zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import sample
from benchmarks.alike import contents, first_difference
from benchmarks.memory import tell
from benchmarks.organization import BY_HAND, script
from benchmarks.timing import Line, installed, race_of_tellers, run_module
from growthsheet.sheets.organization.people_by_activity import NAME, PEOPLE_BY_ACTIVITY
from growthsheet.workbook.blocks import Book
from growthsheet.workbook.tables import as_cell
from growthsheet.xlsx.writer import write

OURS = "growthsheet"
SHEET = "xl/worksheets/sheet1.xml"
FRAMES = {"pandas, xlsxwriter": "pandas", "polars": "polars"}


def people(number: int, rounds: int) -> list[Line]:
    """The table of so many people, each time in a process of its own."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        calls, rows = folder / "calls.pickle", folder / "rows.pickle"
        run_module("benchmarks.people", "ready", str(number), str(calls), str(rows))
        frames = {who: library for who, library in FRAMES.items() if installed(library)}
        module = "benchmarks.people"
        ways = {
            BY_HAND: ("benchmarks.organization", "by_hand", str(calls)),
            OURS: (module, "draw", str(number)),
            **{who: (module, library, str(rows)) for who, library in frames.items()},
        }
        files = {who: folder / f"{place}.xlsx" for place, who in enumerate(ways)}
        ways = {who: (*way, str(files[who])) for who, way in ways.items()}
        lines = race_of_tellers(f"a table of {number:,} people", ways, rounds)
        difference = first_difference(files[BY_HAND], files[OURS])
        pairs = (zip_longest(body(files[OURS]), body(files[who])) for who in frames)
        difference = difference or next((pair for each in pairs for pair in each if pair[0] != pair[1]), None)
        if difference:
            raise SystemExit(f"the ways do not write the same: {difference!s:.1000}")
    return lines


def body(file: Path) -> Iterator[list[tuple[str, str, str]]]:
    """The rows of the table without its head: of each cell that is not blank its column, kind and value."""
    rows = (piece[2] for piece in contents(file) if piece[0] == SHEET and len(piece) == 3)
    full = ([(at.rstrip("0123456789"), kind, value) for at, _, _, kind, value in row if value] for row in rows)
    return dropwhile(lambda row: not row or not row[0][2].startswith("k:"), full)


def alone(number: str) -> Book:
    """The organization's workbook with no other tab; a column holds numbers only, as one of a DataFrame does."""
    made = sample.roster(int(number))
    numbers = tuple(rating for rating in made.answers.ratings if rating.skill != "n/a")
    book = replace(made, answers=made.answers.model_copy(update={"ratings": numbers})).organization().book()
    return replace(book, sheets=tuple(sheet for sheet in book.sheets if sheet.name == PEOPLE_BY_ACTIVITY))


def values(book: Book) -> list[dict[str, object]]:
    """The rows of the table, with the columns in their order on the tab."""
    rows = book.tables[NAME]
    columns = [column.key for column in rows.table.columns]
    return [{key: as_cell(row.get(key)) for key in columns} for row in rows.rows]


def ready(number: str, calls: str, rows: str) -> None:
    """Take down what the others are given."""
    book = alone(number)
    Path(calls).write_bytes(pickle.dumps(script(book)))
    Path(rows).write_bytes(pickle.dumps(values(book)))


def draw(number: str, file: str) -> None:
    """Write the table as growthsheet does."""
    book = alone(number)
    tell(lambda: Path(file).write_bytes(write.to_bytes(book)))


def with_pandas(rows: str, file: str) -> None:
    """Write a DataFrame of pandas."""
    import pandas

    frame = pandas.DataFrame(pickle.loads(Path(rows).read_bytes()))
    tell(lambda: frame.to_excel(file, engine="xlsxwriter", index=False))


def with_polars(rows: str, file: str) -> None:
    """Write a DataFrame of polars."""
    import polars

    frame = polars.DataFrame(pickle.loads(Path(rows).read_bytes()), infer_schema_length=None)
    tell(lambda: frame.write_excel(file))


if __name__ == "__main__":
    what, *arguments = sys.argv[1:]
    {"ready": ready, "draw": draw, "pandas": with_pandas, "polars": with_polars}[what](*arguments)
