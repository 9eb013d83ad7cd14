"""Whole rosters into a folder: which files, under which names, the same bytes however they are made."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from hashlib import sha256
from logging import CRITICAL
from pathlib import Path
from typing import Any

import pytest

import growthsheet as gs
from growthsheet.batch.build import content_hash
from growthsheet.errors import InputError
from growthsheet.model import BudgetPolicy
from tests.making import family, item, person, rating, roster, salary

PEOPLE = {
    "people/Mia-Boss-M.xlsx",
    "people/Ana-Ruiz-A.xlsx",
    "people/Bo-Lee-B.xlsx",
    "people/Cy-Kim-C.xlsx",
    "people/Di-Woo-D.xlsx",
    "people/Zoe-Top-Z.xlsx",
    "people/Xi-Far-X.xlsx",
}
TEAMS = {"teams/Mia-Boss-M.xlsx", "teams/Zoe-Top-Z.xlsx"}


def files(folder: Path) -> set[str]:
    """Every file of a folder."""
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def digests(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    return {name: sha256((folder / name).read_bytes()).hexdigest() for name in sorted(files(folder))}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build right here."""
    folder = tmp_path_factory.mktemp("here")
    gs.build(family(), folder)
    return folder


@pytest.fixture
def built(tmp_path: Path, here: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(here, tmp_path, dirs_exist_ok=True)


@pytest.mark.slow
def test_everybody(tmp_path: Path) -> None:
    """Each person gets a workbook and each manager one of their team; who left gets none."""
    report = gs.build(family(), tmp_path / "out")
    assert files(tmp_path / "out") - {".lock", ".growthsheet.lock"} == PEOPLE | TEAMS | {"manifest.json"}
    assert report.counts == {"written": 9}
    assert report.problems == ()
    assert set(report.names) == PEOPLE | TEAMS
    for name in ("people/Ana-Ruiz-A.xlsx", "teams/Mia-Boss-M.xlsx"):
        made = family().person("A") if "people" in name else family().team("M")
        assert (tmp_path / "out" / name).read_bytes() == made.to_bytes()


@pytest.mark.slow
def test_the_manifest_knows_every_file(built: Path) -> None:
    """The manifest names each file with whose it is and the hash of its bytes, and what the run was about."""
    manifest = json.loads((built / "manifest.json").read_text())
    about = {"catalog": "small 1.0", "cycle": "2026", "cycle_label": "Spring 2026", "cycle_date": "2026-03-01"}
    assert manifest["about"] == about | {"as_of": "2026-03-01"}
    for entry in manifest["files"]:
        assert entry["sha256"] == digests(built)[entry["path"]]
        assert entry["subject"] == entry["path"].removesuffix(".xlsx")[-1]
    assert {entry["path"]: entry["kind"] for entry in manifest["files"]} == {
        **dict.fromkeys(PEOPLE, "person"),
        **dict.fromkeys(TEAMS, "team"),
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ({"books": ("people",)}, PEOPLE),
        ({"books": ("teams",)}, TEAMS),
        ({"books": ()}, set()),
        ({"managers": ["Zoe Top"]}, {"people/Xi-Far-X.xlsx", "teams/Zoe-Top-Z.xlsx"}),
        ({"managers": ["Z", "zoe top", "Z"]}, {"people/Xi-Far-X.xlsx", "teams/Zoe-Top-Z.xlsx"}),
        ({"managers": iter(["Z"]), "books": ("teams",)}, {"teams/Zoe-Top-Z.xlsx"}),
        ({"managers": ["M", "Z"]}, (PEOPLE | TEAMS) - {"people/Mia-Boss-M.xlsx", "people/Zoe-Top-Z.xlsx"}),
    ],
)
def test_a_part_of_it(tmp_path: Path, options: dict[str, Any], wanted: set[str]) -> None:
    """One kind of book, or the teams of some managers with their people only, are made alone."""
    report = gs.build(family(), tmp_path, **options)
    assert set(report.names) == wanted
    assert {name for name in files(tmp_path) if name.endswith(".xlsx")} == wanted


@pytest.mark.slow
def test_a_part_has_the_names_of_the_whole(tmp_path: Path) -> None:
    """A team that is made alone gets the names and the bytes that it has in the whole."""
    people = [
        person("M", "Mia", "lead"),
        person("e1", "Ana", manager="M"),
        person("N", "Nick", "lead"),
        person("E1", "Ana", manager="N"),
    ]
    for folder, managers in (("whole", []), ("part", ["M"])):
        gs.build(roster(people), tmp_path / folder, managers=managers)
    whole, part = digests(tmp_path / "whole"), digests(tmp_path / "part")
    alone = {name for name in part if name.endswith(".xlsx")}
    assert len(alone) == 2
    assert {name: whole[name] for name in alone} == {name: part[name] for name in alone}


def test_a_manager_that_is_not_there(tmp_path: Path) -> None:
    """A manager who is not found stops the build before anything is written."""
    with pytest.raises(InputError):
        gs.build(family(), tmp_path / "out", managers=["M", "Nobody"])
    assert not (tmp_path / "out").exists()


def test_a_floor_in_several_currencies(tmp_path: Path) -> None:
    """A floor says nothing about people who are paid in another currency, and is refused there."""
    people = [person("A"), person("B")]
    pay = [salary("A", 1, "EUR"), salary("B", 1, "JPY")]
    with pytest.raises(InputError) as caught:
        gs.build(roster(people, pay, policy=BudgetPolicy(floor=5)), tmp_path)
    assert caught.value.problems[0].code == "several-currencies"
    assert gs.build(roster(people, pay), tmp_path).counts == {"written": 2}


@pytest.mark.slow
def test_dry_run(tmp_path: Path) -> None:
    """A dry run tells what would be written and writes nothing, neither before nor after a real one."""
    report = gs.build(family(), tmp_path / "out", dry_run=True)
    assert report.counts == {"written": 9}
    assert report.summary().startswith("Would write 9 workbooks")
    assert not (tmp_path / "out").exists() or files(tmp_path / "out") == set()
    gs.build(family(), tmp_path / "out")
    before = digests(tmp_path / "out")
    assert gs.build(family(), tmp_path / "out", dry_run=True).counts == {"unchanged": 9}
    assert gs.build(family(blind=True), tmp_path / "out", dry_run=True).counts["written"] >= 7
    assert digests(tmp_path / "out") == before


@pytest.mark.slow
def test_a_dry_run_says_what_a_run_does(built: Path) -> None:
    """Whatever the folder holds, a dry run tells the same files, counts and problems as the run after it."""
    (built / "people/Ana-Ruiz-A.xlsx").write_bytes(b"filled in")
    (built / "people/Bo-Lee-B.xlsx").unlink()
    answers = family().answers
    told = [rating("X", "talks", 1), rating("C", "talks", 1, evidence="a" * 20_000, note="b" * 20_000)]
    more = answers.model_copy(update={"ratings": (*answers.ratings, *told)})
    wanted = family(more), built
    books = ("people", "teams", "organization")
    for force in (False, True):
        dry = gs.build(*wanted, books=books, dry_run=True, force=force)
        real = gs.build(*wanted, books=books, force=force)
        assert (real.counts, real.names, real.problems) == (dry.counts, dry.names, dry.problems)
        assert dry.counts["failed"] == 1
        assert "a text of 40,001 characters" in next(p.found for p in dry.problems if p.code == "workbook-failed")
        for name in ("people/Xi-Far-X.xlsx", "people/Bo-Lee-B.xlsx", "organization.xlsx"):
            (built / name).unlink()


def test_a_dry_run_knows_files_that_a_killed_run_wrote(built: Path) -> None:
    """A workbook that is in place, but was not recorded any more, is unchanged for a dry run as for a run."""
    (built / "manifest.json").unlink()
    assert gs.build(family(), built, dry_run=True).counts == {"unchanged": 9}
    assert gs.build(family(blind=True), built, dry_run=True).counts["refused"] >= 7


def test_a_dry_run_draws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No workbook is started in a dry run, nor stamped."""

    def drawn(*_: object) -> None:
        raise AssertionError("a workbook is drawn")

    monkeypatch.setattr("xlsxwriter.Workbook.__init__", drawn)
    monkeypatch.setattr("growthsheet.xlsx.stamping.cache.stamped", drawn)
    books = ("people", "teams", "organization")
    assert gs.build(family(), tmp_path, books=books, dry_run=True).counts == {"written": 10}
    assert gs.build(family(), tmp_path, books=books).counts == {"failed": 10}


@pytest.mark.slow
def test_again(built: Path) -> None:
    """A second run makes nothing again; where somebody's answers changed, just their files and the team's."""
    before = digests(built)
    assert gs.build(family(), built).counts == {"unchanged": 9}
    assert digests(built) == before
    answers = family().answers
    more = answers.model_copy(update={"ratings": (*answers.ratings, rating("X", "talks", 1))})
    assert gs.build(family(more), built).counts == {"unchanged": 7, "written": 2}
    after = digests(built)
    changed = {name for name in after if after[name] != before.get(name) and name.endswith(".xlsx")}
    assert changed == {"people/Xi-Far-X.xlsx", "teams/Zoe-Top-Z.xlsx"}


@pytest.mark.slow
def test_a_file_that_somebody_changed(built: Path) -> None:
    """What somebody filled in is refused, told, and kept; with force it is replaced after a backup."""
    mine = built / "people/Ana-Ruiz-A.xlsx"
    mine.write_bytes(b"filled in")
    report = gs.build(family(blind=True), built)
    assert (report.counts["refused"], mine.read_bytes()) == (1, b"filled in")
    assert [problem.code for problem in report.problems] == ["changed-file"]
    assert gs.build(family(blind=True), built, force=True).counts["replaced"] == 1
    assert mine.read_bytes() == family(blind=True).person("A").to_bytes()
    assert [file.read_bytes() for file in mine.parent.glob("*.backup-*")] == [b"filled in"]


def test_what_a_spec_depends_on() -> None:
    """The hash that tells whether a file must be made again changes with all that goes into the file, and only then."""
    people = [person("A"), person("B", manager="A")]

    def of(changes: dict[str, Any] | None = None, pay: int = 5) -> tuple[str, str]:
        made = roster(people, [salary("A", 1), salary("B", pay)], **(changes or {}))
        return content_hash(made.person("B").view), content_hash(made.team("A").view)

    assert of() == of()
    answers = gs.Answers(ratings=[rating("B", "talks", 1)])
    plans = gs.Answers(plan_items=[item("B", "talks")])
    for changes in (
        {"blind": True},
        {"core": True},
        {"answers": answers},
        {"cycle": gs.Cycle(id="x", label="x", date="2026-03-01")},
        {"policy": BudgetPolicy(rate=0.02)},
        {"carry_in": {"B": 1}},
    ):
        assert all(new != old for new, old in zip(of(changes), of(), strict=True)), changes
    assert of({"answers": plans})[0] != of()[0]
    assert all(new != old for new, old in zip(of(pay=6000), of(), strict=True))
    assert of({"pay": "none"})[1] != of()[1]
    assert of({"pay": "none"})[0] == of()[0]


SAME = """
import sys
import growthsheet as gs
from tests.making import family
if __name__ == "__main__":
    gs.build(family(), sys.argv[1], workers=2)
"""


@pytest.mark.slow
def test_the_same_bytes_everywhere(tmp_path: Path, here: Path) -> None:
    """Whatever the hash seed, the time zone, the language and the number of processes, the bytes are the same."""
    script = tmp_path / "run.py"
    script.write_text(SAME)
    path = {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), os.environ.get("PYTHONPATH", "")])}
    other = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8"}
    command = [sys.executable, str(script), str(tmp_path / "out")]
    subprocess.run(command, env={**os.environ, **path, **other}, check=True, capture_output=True)
    assert digests(tmp_path / "out") == digests(here)


@contextmanager
def dask_cluster() -> Iterator[Executor]:
    """A dask cluster of one worker process on this machine."""
    from distributed import Client, LocalCluster

    options = {"n_workers": 1, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": CRITICAL}
    with LocalCluster(**options) as cluster, Client(cluster) as client:
        yield client.get_executor()


def reused() -> Executor:
    """A process of loky."""
    from loky import ProcessPoolExecutor as Loky

    executor: Executor = Loky(1)
    return executor


EXECUTORS: dict[str, Callable[[], AbstractContextManager[Executor]]] = {
    "threads": partial(ThreadPoolExecutor, 2),
    "processes": partial(ProcessPoolExecutor, 2),
    "loky": reused,
    "dask": dask_cluster,
}


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # of the executors' own
@pytest.mark.parametrize("kind", EXECUTORS)
def test_any_executor(tmp_path: Path, here: Path, kind: str) -> None:
    """Any executor makes the same bytes, again does nothing, and progress ends with everything done."""
    seen: list[gs.Progress] = []
    with EXECUTORS[kind]() as executor:
        gs.build(family(), tmp_path, executor=executor, progress=seen.append)
        assert gs.build(family(), tmp_path, executor=executor).counts == {"unchanged": 9}
    assert digests(tmp_path) == digests(here)
    assert (seen[-1].done, seen[-1].total) == (9, 9)


def test_what_workbooks_share_is_made_once_in_a_worker() -> None:
    """Pieces of work that come one after the other share one catalog, and each holds what it held."""
    views = [plan.view for plan in family().plans()]
    first, second = (pickle.loads(pickle.dumps(some)) for some in (views[:2], views[2:]))
    assert first[0].context is second[0].context
    assert first + second == views


def test_an_unknown_kind_of_book_is_refused(tmp_path: Path) -> None:
    """A misspelt kind of book is told, not passed over."""
    with pytest.raises(gs.InputError, match="books: 'person'; wanted: 'people'"):
        gs.build(family(), tmp_path, books=("person",))  # type: ignore[arg-type]
