"""Answers in a folder: CSV files that people can read and keep, written as a whole and read back exactly.

``answers.csv`` holds the ratings, ``plan-items.csv`` and ``budget-items.csv`` what was planned, ``cycles.csv`` the
date of each review cycle (the date gives their order), ``problems.csv`` what was wrong when they were collected.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers, BudgetItem, Cycle, PlanItem, Rating
from growthsheet.model.parts import Part, in_order, lean
from growthsheet.sources.tables.delimited import read_delimited
from growthsheet.sources.tables.write_csv import csv_blocks, original
from growthsheet.storage.atomic import make_folder, open_plain, write_atomically
from growthsheet.text.counts import plural
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER, read_number, written_plainly
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote

_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True)
class Store:
    """One of the files: the objects it holds, its columns, those that must be there, those that tell rows apart."""

    file: str
    part: str
    model: type[Part]
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    unique: tuple[str, ...]


RATINGS = Store(
    "answers.csv",
    "ratings",
    Rating,
    ("cycle", "person", "activity", "source", "skill", "experience", "interest", "note", "evidence"),
    ("cycle", "person", "activity"),
    ("cycle", "person", "activity", "source"),
)
CYCLES = Store("cycles.csv", "cycles", Cycle, ("id", "label", "date"), ("id", "date"), ("id",))
PLAN_ITEMS = Store(
    "plan-items.csv",
    "plan_items",
    PlanItem,
    ("id", "person", "activity", "cycle", "action", "measure", "helper", "due", "status"),
    ("person", "activity"),
    ("person", "id"),
)
BUDGET_ITEMS = Store(
    "budget-items.csv",
    "budget_items",
    BudgetItem,
    (
        *("id", "person", "team", "category", "title", "activity", "provider", "status"),
        *("estimate", "actual", "travel", "currency", "cycle", "start"),
    ),
    ("id", "category", "title"),
    ("id",),
)
STORES = (CYCLES, RATINGS, PLAN_ITEMS, BUDGET_ITEMS)
PROBLEMS = "problems.csv"
FILES = (*(store.file for store in STORES), PROBLEMS)

_RATED = frozenset(["skill", "experience", "interest"])
_MONEY = frozenset(["estimate", "actual", "travel"])
_DAYS = frozenset(["date", "due", "start"])
_SHOWN = frozenset(["id", "cycle", "person", "team", "activity", "source", "status", "category", "currency"]) | _DAYS
"""What a problem may repeat; the rest is candid, or money."""


def save_answers(
    answers: Answers, folder: str | os.PathLike[str], problems: Iterable[Problem] = ()
) -> tuple[Path, ...]:
    """Write answers into a folder, sorted: the same answers give the same bytes. Gives the paths.

    Each file is replaced as a whole or not at all; all of them are written, an empty one with its header.

    Raises
    ------
    InputError
        When a rating belongs to a cycle without a date: nobody could tell which answer is the newest.
    """
    if undated := _undated(answers, RATINGS.file):
        raise InputError(undated)
    target = Path(folder)
    make_folder(target)
    for name, blocks in answer_files(answers, problems).items():
        write_atomically(target / name, blocks)
    return tuple(target / file for file in FILES)


def answer_files(answers: Answers, problems: Iterable[Problem] = ()) -> dict[str, Iterator[bytes]]:
    """The content of each of the files, by its name, made while it is taken; problems stay in the order given."""
    stores = {store.file: csv_blocks(store.columns, _rows(store, getattr(answers, store.part))) for store in STORES}
    columns = tuple(Problem.__slots__)
    records = (problem.record() for problem in problems)
    return stores | {PROBLEMS: csv_blocks(columns, ([record[name] for name in columns] for record in records))}


def _rows(store: Store, parts: Iterable[Part]) -> Iterator[list[str]]:
    """The rows of one of the files, sorted; only those of plan items without an id may be alike in what tells apart."""
    first = store.columns[: len(store.unique)]
    for _, alike in groupby(in_order(parts, *first), attrgetter(*first)):
        yield from sorted([_text(getattr(part, name)) for name in store.columns] for part in alike)


def read_problems(folder: Path) -> list[Problem]:
    """The problems that stand in a folder's ``problems.csv``; none where there is no such file."""
    if not (folder / PROBLEMS).is_file():
        return []
    with open_plain(folder / PROBLEMS) as opened:
        rows = read_delimited(opened.read(), Problem.__slots__.__contains__, ProblemList(PROBLEMS), "utf-8-sig")
    try:
        header = next(rows)
        return [Problem(**dict(zip(header, map(original, row), strict=True))) for row in rows]  # type: ignore[arg-type]
    except (StopIteration, TypeError, ValueError):
        hint = "collect again, or delete the file"
        raise InputError([Problem("bad-problems", PROBLEMS, "rows that are no problems", "as written", hint)]) from None


def load_answers(path: str | os.PathLike[str]) -> Answers:
    """The answers in a folder, or in a file ``answers.csv`` and those beside it; what is not there is empty.

    Raises
    ------
    InputError
        Everything that is wrong in any of the files, each with its row and column.

    >>> from tempfile import TemporaryDirectory
    >>> one = Rating(cycle="2026", person="007", activity="roadmap", skill=3, evidence="=SUM(A1)")
    >>> spring = Cycle(id="2026", label="Spring", date=date(2026, 3, 1))
    >>> with TemporaryDirectory() as folder:
    ...     _ = save_answers(Answers(cycles=(spring,), ratings=(one,)), folder)
    ...     load_answers(folder).ratings == (one,)
    True
    """
    given = Path(path)
    folder = given if given.is_dir() else given.parent
    files = {store: folder / store.file for store in STORES} | ({} if given.is_dir() else {RATINGS: given})
    if not files[RATINGS].is_file() and not (given.is_dir() and any(file.is_file() for file in files.values())):
        hint = "name a folder that was written by collect, or its answers.csv"
        raise InputError([Problem("no-answers", str(given), "no answers there", "answers.csv", hint)])
    problems: list[Problem] = []
    parts: dict[str, Any] = {}
    for store, file in files.items():
        if file.is_file():
            parts[store.part] = _load(store, file, problems)
    if not problems:
        problems += _undated(Answers(**parts), files[RATINGS].name)
    if problems:
        raise InputError(problems)
    return Answers(**parts)


def _load(store: Store, file: Path, problems: list[Problem]) -> tuple[Part, ...]:
    """What one file holds; what is wrong with it goes to ``problems``."""
    findings = ProblemList(file.name)
    parts: list[Part] = []
    try:
        with open_plain(file) as opened:
            rows = read_delimited(opened.read(), lambda name: _name(name) in store.columns, findings, "utf-8-sig")
        columns = _columns(store, next(rows, []), findings)
        findings.refuse()
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(rows, 2):
            if not any(row):
                continue
            place = f"{file.name}, row {number}"
            part = _part(store, columns, row, place, findings)
            if part is None:
                continue
            key = tuple(getattr(part, name) for name in store.unique)
            if key[-1] != "" and seen.setdefault(key, number) != number:
                found, expected = f"the same {', '.join(store.unique)} as row {seen[key]}", "each once"
                findings.error("repeated-row", place, found, expected, "take one of them out")
            parts.append(lean(part))
        findings.refuse()
    except InputError as error:
        problems.extend(error.problems)
    return tuple(parts)


def _name(cell: str) -> str:
    """A column's name, however it is written."""
    return cell.strip().casefold()


def _columns(store: Store, first: Iterable[str], findings: ProblemList) -> list[str]:
    """The columns' names in the order of the file."""
    header = list(map(_name, first))
    place, expected = f"{findings.place}, row 1", ", ".join(store.columns)
    for name in dict.fromkeys(header):
        if name not in store.columns:
            findings.error("unknown-column", place, quote(name), expected, "rename it or take it out")
        elif header.count(name) > 1:
            findings.error("repeated-column", place, quote(name), "each column once", "take one of them out")
    for name in store.needed:
        if name not in header:
            findings.error("missing-column", place, f"no column '{name}'", expected, "add it")
    return header


def _part(store: Store, columns: list[str], row: list[str], place: str, findings: ProblemList) -> Part | None:
    """The object that a row stands for; None where it stands for none."""
    if len(row) != len(columns):
        found, hint = plural(row, "cell"), "put cells that hold a comma in quotes"
        findings.error("ragged-row", place, found, f"{len(columns)}, as in the header", hint)
        return None
    cells = {name: original(cell) for name, cell in zip(columns, row, strict=True)}
    faults: dict[str, str] = {}
    values = dict(_values(store, cells, faults))
    try:
        part = store.model(**values)
    except ValidationError as error:
        faults |= {str(each["loc"][0]): each["msg"].removeprefix("Value error, ") for each in error.errors()} | faults
        part = None
    for name, expected in faults.items():
        if expected is CLEAR_NUMBER:
            where, found = f"{place}, column {name}", "thousands or decimals?"
            findings.error("decimal-mark-unclear", where, found, CLEAR_NUMBER, CLEAR_HINT)
            continue
        found = quote(cells.get(name, "")) if name in _SHOWN else "something else"
        findings.error("bad-cell", f"{place}, column {name}", found, expected, "correct it there")
    return None if faults else part


def _values(store: Store, cells: dict[str, str], faults: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Each cell as its field wants it; a blank one is left to the field's default where it has one."""
    for name, text in cells.items():
        if text == "" and not store.model.model_fields[name].is_required():
            continue
        if name in _RATED:
            if text != "n/a" and not _NUMBER.fullmatch(text):
                faults[name] = "a whole number, n/a, or nothing"
            else:
                yield name, text if text == "n/a" else int(text)
        elif name in _MONEY:
            written = read_number(text)
            meanings = written.meanings() if written and not written.sign else set()
            if len(meanings) == 1:
                yield name, meanings.pop()
            else:
                faults[name] = CLEAR_NUMBER if meanings else "an amount in digits, such as 1200.50"
        elif name in _DAYS and not _DATE.fullmatch(text):
            faults[name] = "a date as YYYY-MM-DD"
        else:
            yield name, text
    if store is CYCLES and not cells.get("label"):
        yield "label", cells.get("id", "")


def _text(value: Any) -> str:
    """A value as the files spell it."""
    match value:
        case None:
            return ""
        case date():
            return value.isoformat()
        case str() | int():
            return str(value)
        case _:
            return written_plainly(value)


def _undated(answers: Answers, file: str) -> list[Problem]:
    """Cycles in which something was rated, but which have no date."""
    dated = {cycle.id for cycle in answers.cycles}
    missing = sorted({rating.cycle for rating in answers.ratings} - dated)
    hint = f"add its row to {CYCLES.file}: id, label, date"
    return [Problem("undated-cycle", file, quote(cycle), "a cycle with a date", hint) for cycle in missing]
