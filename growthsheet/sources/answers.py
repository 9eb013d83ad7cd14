"""Save and load answers as a folder of CSV files, which are written as a whole and read back exactly.

``answers.csv`` holds the ratings, ``plan-items.csv`` and ``budget-items.csv`` the plans and budget lines,
``own-answers.csv`` what the organization's own columns ask,
``cycles.csv`` the date of each review cycle (which gives their order), ``scales.csv`` the points of the scales on which
the ratings were given, ``problems.csv`` the problems of collecting.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers
from growthsheet.model.answers import CYCLES, KINDS, AnswerKind, kept
from growthsheet.model.parts import Part, in_order, lean
from growthsheet.sources.tables.delimited import read_delimited
from growthsheet.sources.tables.write_csv import csv_blocks, original
from growthsheet.storage.atomic import PathLike, make_folder, open_plain
from growthsheet.storage.lock import FolderLock
from growthsheet.storage.together import current, write_together
from growthsheet.text.arguments import strict
from growthsheet.text.counts import plural
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER, read_number, written_plainly
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import did_you_mean, quote

_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

PROBLEMS = "problems.csv"
_PROBLEM_COLUMNS = tuple(Problem("", "").record())
AS_UTF8 = "open it where it was saved, and save it as 'CSV UTF-8'"


def answer_file_names() -> tuple[str, ...]:
    """Return the names of the files that :func:`save_answers` writes."""
    return *(kind.file for kind in kept()), PROBLEMS


@strict
def save_answers(answers: Answers, folder: PathLike, problems: Iterable[Problem] = ()) -> tuple[Path, ...]:
    """Write answers into a folder, sorted, so that the same answers have the same bytes; return the paths.

    All files are replaced, or none; an empty one is written with its header.

    Raises
    ------
    InputError
        When a rating belongs to a cycle without a date: the newest answer could not be determined.
    OutputError
        When another run writes into the folder, or the system refuses to write.
    """
    if undated := _undated(answers):
        raise InputError(undated)
    make_folder(Path(folder))
    with FolderLock(Path(folder)):
        return put_answers(answers, Path(folder), problems)


def put_answers(answers: Answers, folder: Path, problems: Iterable[Problem] = ()) -> tuple[Path, ...]:
    """Write answers like :func:`save_answers`, into a folder whose lock the caller holds."""
    if undated := _undated(answers):
        raise InputError(undated)
    write_together(folder, answer_files(answers, problems))
    return tuple(folder / file for file in answer_file_names())


def answer_files(answers: Answers, problems: Iterable[Problem] = ()) -> dict[str, Iterator[bytes]]:
    """Return the content of each file by its name, generated lazily; problems stay in the order given."""
    found = {kind.file: csv_blocks(kind.columns, _rows(kind, answers.of(kind))) for kind in kept()}
    records = (problem.record() for problem in problems)
    return found | {PROBLEMS: csv_blocks(_PROBLEM_COLUMNS, ([*record.values()] for record in records))}


def _rows(kind: AnswerKind, parts: Iterable[Part]) -> Iterator[list[str]]:
    """Yield the rows of one file, sorted by key; only plan items without an id may have equal keys."""
    first = kind.columns[: len(kind.key)]
    for _, alike in groupby(in_order(parts, *first), attrgetter(*first)):
        yield from sorted([_text(getattr(part, name)) for name in kind.columns] for part in alike)


def read_problems(folder: Path) -> list[Problem]:
    """Return the problems in a folder's ``problems.csv``; none if there is no such file."""
    file = current(folder / PROBLEMS)
    if not file.is_file():
        return []
    with open_plain(file) as opened:
        rows = read_delimited(opened.read(), _PROBLEM_COLUMNS.__contains__, ProblemList(PROBLEMS), "utf-8-sig")
    try:
        header = next(rows)
        return [Problem(**dict(zip(header, map(original, row), strict=True))) for row in rows]  # type: ignore[arg-type]
    except (StopIteration, TypeError, ValueError):
        hint = "collect again, or delete the file"
        raise InputError([Problem("bad-problems", PROBLEMS, "rows that are not problems", "problems", hint)]) from None


@strict
def load_answers(path: PathLike) -> Answers:
    """Return the answers in a folder, or in a file ``answers.csv`` and those beside it; a missing file is empty.

    Raises
    ------
    InputError
        With everything that is wrong in any of the files, each with its row and column.

    >>> from tempfile import TemporaryDirectory
    >>> from growthsheet.model import Cycle, Rating
    >>> one = Rating(cycle="2026", person="007", activity="roadmap", skill=3, evidence="=SUM(A1)")
    >>> from datetime import date
    >>> spring = Cycle(id="2026", label="Spring", date=date(2026, 3, 1))
    >>> with TemporaryDirectory() as folder:
    ...     _ = save_answers(Answers(cycles=(spring,), ratings=(one,)), folder)
    ...     load_answers(folder).ratings == (one,)
    True
    """
    given = Path(path)
    folder = given if given.is_dir() else given.parent
    paths = {kind.name: folder / kind.file for kind in kept()} | ({} if given.is_dir() else {"ratings": given})
    there = {name for name, file in paths.items() if current(file).is_file()}
    if "ratings" not in there and not (given.is_dir() and there):
        hint = "name a folder that was written by collect, or its answers.csv"
        raise InputError([Problem("no-answers", str(given), "no answers there", "answers.csv", hint)])
    problems: list[Problem] = []
    loaded = {k.name: _load(k, paths[k.name], problems) for k in kept() if k.name in there}
    answers = Answers(**loaded)
    problems = problems or _undated(answers, paths)
    if problems:
        raise InputError(problems)
    return answers


def _load(kind: AnswerKind, file: Path, problems: list[Problem]) -> tuple[Part, ...]:
    """Return the content of one file; its faults go to ``problems``."""
    findings = ProblemList(file.name)
    parts: list[Part] = []
    try:
        with open_plain(current(file)) as opened:
            raw = opened.read()
        encoding = None if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
        rows = read_delimited(raw, lambda name: _name(name) in kind.columns, findings, encoding)
        columns = _columns(kind, next(rows, []), findings)
        findings.refuse()
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in enumerate(rows, 2):
            if not any(row):
                continue
            place = f"{file.name}, row {number}"
            part = _part(kind, columns, row, place, findings)
            if part is None:
                continue
            key = tuple(getattr(part, name) for name in kind.key)
            if key[-1] != "" and seen.setdefault(key, number) != number:
                found, expected = f"the same {', '.join(kind.key)} as row {seen[key]}", "each once"
                findings.error("repeated-row", place, found, expected, "take one of them out")
            parts.append(lean(part))
        findings.refuse()
    except InputError as error:
        problems += [replace(p, hint=AS_UTF8) if p.code == "not-decodable" else p for p in error.problems]
    return tuple(parts)


def _name(cell: str) -> str:
    """Return a column's name in a normal form."""
    return cell.strip().casefold()


def _columns(kind: AnswerKind, first: Iterable[str], findings: ProblemList) -> list[str]:
    """Return the columns' names in the order of the file."""
    header = list(map(_name, first))
    place, expected = f"{findings.place}, row 1", ", ".join(kind.columns)
    for name in dict.fromkeys(header):
        if name not in kind.columns:
            findings.error("unknown-column", place, quote(name), expected, "rename it or take it out")
        elif header.count(name) > 1:
            findings.error("repeated-column", place, quote(name), "each column once", "take one of them out")
    scales = tuple(kind.scales)
    rated = tuple(name for name in scales if name in header)
    complete = () if rated in ((), scales[:1]) else scales  # a file with skills only may be typed by hand
    for name in (*kind.needed, *complete):
        if name not in header:
            findings.error("missing-column", place, f"no column '{name}'", expected, "add it")
    return header


def _part(kind: AnswerKind, columns: list[str], row: list[str], place: str, findings: ProblemList) -> Part | None:
    """Return the object in a row; None if the row is not valid."""
    if len(row) != len(columns):
        found, hint = plural(row, "cell"), "put cells that hold a comma in quotes"
        findings.error("ragged-row", place, found, f"{len(columns)}, as in the header", hint)
        return None
    cells = {name: original(cell) for name, cell in zip(columns, row, strict=True)}
    faults: dict[str, str] = {}
    values = dict(_values(kind, cells, faults))
    try:
        part = kind.model.__pydantic_validator__.validate_python(values)
    except ValidationError as error:
        faults |= {str(each["loc"][0]): each["msg"].removeprefix("Value error, ") for each in error.errors()} | faults
        part = None
    shown = {"cycle", "team", "currency", *kind.key, *kind.choices, *kind.dates}  # the rest is confidential, or money
    for name, expected in faults.items():
        if expected is CLEAR_NUMBER:
            where, found = f"{place}, column {name}", "thousands or decimals?"
            findings.error("decimal-mark-unclear", where, found, CLEAR_NUMBER, CLEAR_HINT)
            continue
        found = quote(cells.get(name, "")) if name in shown else "something else"
        findings.error("bad-cell", f"{place}, column {name}", found, expected, "correct it there")
    return None if faults else part


def _values(kind: AnswerKind, cells: dict[str, str], faults: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Yield each cell in its field's type; a blank one is left to the field's default if it has one."""
    for name, text in cells.items():
        if text == "" and not kind.model.model_fields[name].is_required():
            continue
        if name in kind.points:
            if text != "n/a" and not _NUMBER.fullmatch(text):
                faults[name] = "a whole number, n/a, or nothing"
            else:
                yield name, text if text == "n/a" else int(text)
        elif name in kind.money:
            written = read_number(text)
            meanings = written.meanings() if written and not written.sign else set()
            if len(meanings) == 1:
                yield name, meanings.pop()
            else:
                faults[name] = CLEAR_NUMBER if meanings else "an amount in digits, such as 1200.50"
        elif name in kind.dates and not _DATE.fullmatch(text):
            faults[name] = "a date as YYYY-MM-DD"
        else:
            yield name, text
    yield from ((name, cells.get(other, "")) for name, other in kind.fallback.items() if not cells.get(name))


def _text(value: Any) -> str:
    """Return a value as it is written in the files."""
    return "" if value is None else written_plainly(value) if isinstance(value, Decimal) else str(value)


def _undated(answers: Answers, paths: Mapping[str, Path] | None = None) -> list[Problem]:
    """Return a problem for each cycle that has answers, but no date."""
    dated = {cycle.id for cycle in answers.cycles}
    hint = f"add its row to {CYCLES.file}: id, label, date"
    return [
        Problem(
            "undated-cycle",
            paths[kind.name].name if paths else kind.file,
            quote(cycle),
            "a cycle with a date",
            f"{meant} Or {hint}" if (meant := did_you_mean(cycle, dated, "")) else hint,
        )
        for kind in KINDS.values()
        if "cycle" in kind.key
        for cycle in sorted({answer.cycle for answer in answers.of(kind)} - dated)
    ]
