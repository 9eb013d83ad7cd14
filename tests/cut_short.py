"""Commands that are killed or that the system refuses something, at any call: what stands in the files then and later.

Afterwards each file is the old one or the new one, and a second run ends with the bytes of a run that nothing
disturbed. What somebody typed stands in a workbook or in the tables of what waits, and not only in a backup.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result

from growthsheet.batch import build
from growthsheet.cli.commands import cli
from growthsheet.errors import InputError
from growthsheet.returns.waiting import load_waiting
from growthsheet.storage.atomic import TEMPORARY, sha256
from growthsheet.storage.lock import LOCK
from growthsheet.tasks import find_personal_data
from growthsheet.xlsx.reader import returned_workbook
from growthsheet.xlsx.reader.checks import regular_file
from tests.faults import CALLS, HOW, LOOKS, Killed, failing
from tests.filling import cells_of, fill
from tests.making import activity, small_catalog

COMMANDS = {
    "build --update": "build later.csv --out spring --update --catalog old.json --as-of 2026-05-01",
    "collect": "collect spring --out answers --roster people.csv --catalog old.json",
    "migrate": "migrate answers --from old.json --to new.json --out moved",
    "forget": "forget A . --yes",
    "export": "export A . --out copy",
}
"""The commands, as they are typed in the folder that `prepared` makes."""

PEOPLE = """\
id,name,title,manager,annual salary,currency
M,Mia Boss,Lead,,152000,USD
Z,Zoe Top,Lead,,148000,USD
A,Ana Ruiz,Product manager,M,120000,USD
B,Bo Lee,Product manager,M,118000,USD
"""

BY_ANA = {
    ("assessment", "talks", "skill"): 2,
    ("assessment", "talks", "evidence"): "Ten talks",
    ("assessment", "pricing", "interest"): "n/a",
    ("items", "1", "activity"): "Pricing",
    ("items", "1", "action"): "Shadow sales",
    ("items", "1", "due"): date(2026, 9, 1),
    ("lines", "new-1", "title"): "Course",
    ("lines", "new-1", "status"): "Requested",
    ("lines", "new-1", "estimate"): 499.5,
}
BY_MIA = {
    ("reviews", "A:talks", "manager"): 1,
    ("reviews", "A:talks", "note"): "Seen in May",
    ("reviews", "A:pricing", "agreed"): 2,
    ("reviews", "B:talks", "manager"): 3,
    ("lines", "new-1", "title"): "Offsite",
}

WAYS = (*HOW, "looking")
"""The ways in which a command is disturbed; in the last one, a call fails by which files are found."""

Hashes = dict[str, str]
"""The hash of every file of a folder, by its path."""


def prepared(home: Path) -> None:
    """Make a folder of filled workbooks, of answers that were collected before, and of a roster on which Ana moved."""
    old = small_catalog()
    prices = activity("prices", "Prices", importance=3, replaces=("pricing",))
    kept = tuple(each for each in old.activities if each.id != "pricing")
    roles = tuple(
        role.model_copy(update={"expected": {"prices" if k == "pricing" else k: v for k, v in role.expected.items()}})
        for role in old.roles
    )
    new = old.model_copy(update={"version": "1.1", "activities": (*kept, prices), "roles": roles})
    for name, catalog in (("old.json", old), ("new.json", new)):
        (home / name).write_text(catalog.model_dump_json(exclude_defaults=True), "utf-8")
    (home / "people.csv").write_text(PEOPLE, "utf-8")
    later = PEOPLE.replace("A,Ana Ruiz,Product manager,M,120000", "A,Ana Lopez,Product manager,Z,130000")
    (home / "later.csv").write_text(later, "utf-8")
    with chdir(home):
        cycle = "--cycle 2026-h1 --cycle-date 2026-03-01 --as-of 2026-03-01"
        run(f"build people.csv --out spring --catalog old.json {cycle}", 0)
        fill(Path("spring/people/Bo-Lee-B.xlsx"), {("assessment", "talks", "skill"): 3})
        run(COMMANDS["collect"], 0)
        fill(Path("spring/people/Ana-Ruiz-A.xlsx"), BY_ANA)
        fill(Path("spring/teams/Mia-Boss-M.xlsx"), BY_MIA)
        shutil.copy("spring/people/Ana-Ruiz-A.xlsx", "from mail.xlsx")


def run(line: str, code: int | None = None) -> Result:
    """Run a command; its exit code is checked if one is given."""
    result = CliRunner().invoke(cli, line.split())
    if code is not None and result.exit_code != code:
        raise ValueError(f"{line}: {result.output}")
    return result


def state(home: Path, leftovers: bool = True) -> Hashes:
    """The hash of every file, but for locks, and for temporary files if they are not asked for."""
    files = (path for path in home.rglob("*") if path.is_file() and path.name != LOCK)
    found = {path.relative_to(home): sha256(path.read_bytes()) for path in files}
    kept = {path for path in found if leftovers or not any(TEMPORARY.fullmatch(part) for part in path.parts)}
    return {path.as_posix(): found[path] for path in sorted(kept)}


@contextmanager
def remembered() -> Iterator[None]:
    """Make and read each workbook once: the calls of the system are the same, and thousands of runs take minutes."""
    made: dict[str, bytes] = {}
    read: dict[tuple[str, str], Any] = {}
    known: dict[Any, Any] = {}
    maker, reader = build.make_workbook, returned_workbook.read_returned_workbook

    def make(subject: build.WorkbookSubject) -> bytes:
        key = build.content_hash(subject.view)
        if key not in made:
            made[key] = maker(subject)
        return made[key]

    def read_again(source: bytes | Path, name: str, *given: Any) -> Any:
        data = source if isinstance(source, bytes) else regular_file(source, name)
        key = sha256(data), name
        if key not in read:
            read[key] = reader(data, name, *given)
        return read[key]

    def by_content(real: Callable[..., Any]) -> Callable[..., Any]:
        def again(path: Path, *given: Any, **more: Any) -> Any:
            try:
                key = real.__name__, sha256(regular_file(path, path.name)), *given, *more.items()
            except InputError:
                return None
            if key not in known:
                known[key] = real(path, *given, **more)
            return known[key]

        return again

    with pytest.MonkeyPatch.context() as patch:
        for name in ("identity_of", "_raw_text"):
            patch.setattr(find_personal_data, name, by_content(getattr(find_personal_data, name)))
        patch.setattr(build, "make_workbook", make)
        patch.setattr(returned_workbook, "read_returned_workbook", read_again)
        yield


class Trial:
    """A command, and the folder it ends with if nothing disturbs it."""

    def __init__(self, start: Path, name: str) -> None:
        self.start, self.name, self.line = start, name, COMMANDS[name]
        self.before = state(start)
        with self._copy() as home, failing(0, "once", (*CALLS, *LOOKS)) as made:
            self.exit_code = run(self.line).exit_code
            self.calls, self.looks = (sum(name in of for name in made) for of in (CALLS, LOOKS))
            self.after = state(home)

    def points(self) -> Iterator[tuple[str, int]]:
        """Every way and every call at which the command may be disturbed."""
        for how in HOW:
            yield from ((how, at) for at in range(1, self.calls + 1))
        yield from (("looking", at) for at in range(1, self.looks + 1))

    def faults(self, how: str, at: int) -> list[str]:
        """What is wrong after the command was disturbed at a call, and after it was run again."""
        return list(self._faults(how, at))

    def _faults(self, how: str, at: int) -> Iterator[str]:
        with self._copy() as home:
            calls, way = (LOOKS, "once") if how == "looking" else (CALLS, how)
            first = None
            with failing(at, way, calls) as made, suppress(Killed):
                first = run(self.line)
            if len(made) < at:
                return
            there = state(home, leftovers=False)
            told = first.output if first else ""
            unlike = _unlike(there, self.after)
            untold = [name for name in unlike if not any(part in told for part in name.split("/")[-2:])]
            if first and first.exit_code == 0 and untold:
                yield f"exit code 0, and not all is done: {', '.join(untold)}"
            if first and ("Traceback" in told or "should not have happened" in told or (first.exit_code and not told)):
                yield f"told badly: {told[-200:]!r}"
            if how == "killed":
                known = {*self.before.values(), *self.after.values()}
                wrong = [name for name, digest in there.items() if digest not in known and not self._is_ours(name)]
                if wrong:
                    yield f"neither old nor new: {wrong}"
            if self.name == "build --update" and (lost := typed_in(self.start) - typed_in(home)) and "wait" not in told:
                yield f"only in a backup: {sorted(lost)[:3]}"
            second = run(self.line)
            now = state(home, leftovers=second.exit_code == 0)
            ended = first and first.exit_code == 0 and now == there  # but for a file that it told of
            if now != self.after and not ended:
                yield f"another result of the second run ({second.exit_code}): {', '.join(_unlike(now, self.after))}"
                yield second.output[-300:]
            elif second.exit_code != self.exit_code and there != self.after and not ended:
                yield f"the second run ends with {second.exit_code}: {second.output[-200:]!r}"

    def _is_ours(self, name: str) -> bool:
        """Whether a file is one of those by which a run keeps account of itself."""
        return bool(re.search(r"(^|/)\.growthsheet-|manifest", name))

    def _copy(self) -> Any:
        return _copied(self.start)


class _copied:
    """A copy of a folder, to work in."""

    def __init__(self, start: Path) -> None:
        self.start, self.top = start, TemporaryDirectory()

    def __enter__(self) -> Path:
        home = Path(self.top.name, "home")
        shutil.copytree(self.start, home)
        self.there = os.getcwd()
        os.chdir(home)
        return home

    def __exit__(self, *_: object) -> None:
        os.chdir(self.there)
        self.top.cleanup()


def _unlike(found: Hashes, expected: Hashes) -> list[str]:
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def typed_in(home: Path) -> set[str]:
    """What is filled in in the workbooks of the folder and in the tables of what waits, but for backups."""
    folder = home / "spring"
    files = (path for path in folder.rglob("*.xlsx") if ".backup-" not in path.name)
    found = {f"{cell.value}" for path in files for cell in cells_of(path).values() if cell.value not in (None, "")}
    for _, answer in load_waiting(folder).each():
        for name, value in answer:
            if value not in (None, "") and name not in ("cycle", "person", "id", "team"):
                found.add(f"{value}")
    return found
