"""Files of every kind that people give, changed at random: each must get an answer, and soon."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

CORPUS = Path(__file__).parents[1] / "tests" / "corpus"
"""One file of each kind, and every file that once got no answer."""

MOST = 1_000_000
"""The bytes that a changed file may have; what is doubled again and again would have no end."""

SECONDS = 10
"""The most processor time that an answer may take."""

ANSWERS = ("answers.csv", "plan-items.csv", "budget-items.csv", "cycles.csv")


@cache
def corpus() -> Mapping[str, bytes]:
    """The kept files, and workbooks that are made from them."""
    import openpyxl

    from growthsheet import load_catalog, save_catalog

    found = {path.name: path.read_bytes() for path in sorted(CORPUS.iterdir())}
    with TemporaryDirectory() as folder:
        made = Path(folder, "catalog.xlsx")
        save_catalog(load_catalog(CORPUS / "catalog.json"), made)
        found["catalog.xlsx"] = made.read_bytes()
    book, out = openpyxl.Workbook(), BytesIO()
    for line in found["roster.csv"].decode().splitlines():
        book.active.append(line.replace('"120,000.00"', "120000").replace('"Okoro, Ben"', "Ben Okoro").split(","))
    book.save(out)
    return {**found, "roster.xlsx": out.getvalue()}


def answered(name: str, data: bytes, folder: Path) -> str:
    """Read a file as the commands do; return ``ok`` or the first code that it is told. Anything else is raised."""
    from growthsheet import GrowthsheetError, InputError, load_answers
    from growthsheet.tasks.check import check

    path = folder / name
    for beside in ANSWERS if name in ANSWERS else ():
        (folder / beside).write_bytes(corpus()[beside])
    path.write_bytes(data)
    try:
        if name in ANSWERS:
            load_answers(folder)
            return "ok"
        found = check(path)
        return next((problem.code for problem in found.problems if problem.severity == "error"), "ok")
    except InputError as error:
        return error.problems[0].code
    except GrowthsheetError as error:
        return type(error).__name__


def changed(rng: Random, name: str, data: bytes) -> bytes:
    """A file with something in it changed: bytes, lines, words; of a workbook its parts."""
    from tests.xlsx.reader.mutations import NASTY, mutated, mutated_bytes, mutated_parts

    if name.endswith(".xlsx"):
        return rng.choice((mutated_parts, mutated_parts, mutated_bytes))(rng, data)
    lines = data.splitlines(keepends=True)
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(lines))
        words = lines[at].replace(b";", b",").split(b",")
        words[rng.randrange(len(words))] = rng.choice(NASTY).encode("utf-8", "surrogatepass")
        ways = (
            lambda at=at: lines.insert(at, lines[rng.randrange(len(lines))]),
            lambda at=at: lines.__setitem__(at, b"".join(sorted(lines[at].split(b" "), key=len))),
            lambda at=at, words=words: lines.__setitem__(at, b",".join(words)),
            lambda at=at, words=words: lines.__setitem__(at, words[0] + b": " + words[-1] + b"\n"),
            lambda at=at: lines.__setitem__(at, lines[at] * rng.choice((2, 2_000))),
            lambda at=at: lines.__setitem__(at, mutated(rng, lines[at])),
        )
        rng.choice(ways)()
    data = b"".join(lines)
    return (mutated(rng, data) if rng.random() < 0.3 else data)[:MOST]


def _too_long(*_: object) -> None:
    raise TimeoutError(f"not answered within {SECONDS} s")


def fuzz(number: int, first: int = 0) -> list[str]:
    """Change and read so many files; print a line for each kind, and return what got no answer or took long."""
    told: dict[str, Counter[str]] = {name: Counter() for name in corpus()}
    wrong, slowest = list[str](), (0.0, "")
    signal.signal(signal.SIGVTALRM, _too_long)
    with TemporaryDirectory() as folder:
        for seed in range(first, first + number):
            rng = Random(seed)
            name = rng.choice(list(corpus()))
            data = changed(rng, name, corpus()[name])
            start = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
            try:
                told[name][answered(name, data, Path(folder))] += 1
            except Exception as error:
                wrong.append(f"seed {seed}, {name}: {type(error).__name__}: {error}")
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            slowest = max(slowest, (time.process_time() - start, f"seed {seed}, {name}"))
    for name, codes in told.items():
        print(f"{name:20} {codes.total():7,} read, {codes['ok']:,} without an error; {len(codes)} answers")
    print("\n".join(wrong[:20]))
    print(
        f"{number:,} files of {len(told)} kinds, {len(wrong)} not answered; the slowest took {slowest[0]:.2f} s", end=""
    )
    print(f" ({slowest[1]})")
    return wrong
