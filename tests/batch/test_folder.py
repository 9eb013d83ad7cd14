"""Many workbooks into a folder: nothing lost, nothing overwritten, the same bytes however it was made."""

import json
import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import growthsheet
from growthsheet.batch import job as job_module
from growthsheet.batch.run import Job, Progress, Report, run
from growthsheet.errors import InputError, OutputError, Problem
from growthsheet.storage.atomic import sha256, write_atomically
from growthsheet.storage.lock import LOCK, FolderLock
from growthsheet.storage.manifest import JOURNAL, MANIFEST, Ledger, ManifestEntry

PACKAGE = Path(growthsheet.__file__).parents[1]
SALARY = "98765"


def workbook(text: str) -> bytes:
    """Stands for a workbook."""
    return text.encode() * 100


def failing(error: Exception) -> bytes:
    """A workbook that cannot be made."""
    raise error


def dying() -> bytes:
    """A workbook whose making ends the process."""
    os._exit(1)


def slow(text: str) -> bytes:
    """A workbook that takes a while."""
    time.sleep(0.005)
    return workbook(text)


def jobs(count: int = 6, version: str = "v1", make: Callable[[str], bytes] = workbook) -> list[Job]:
    """A few people's workbooks and a team's."""
    people = [
        Job(f"people/p-{n}.xlsx", "person", str(n), version, partial(make, f"{version} person {n}"))
        for n in range(count - 1)
    ]
    return [*people, Job("teams/t-1.xlsx", "team", "1", version, partial(make, f"{version} team"))]


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the lock, which is blank."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LOCK
    }


def files(folder: Path) -> dict[str, dict[str, Any]]:
    """What the manifest says about each file."""
    return {entry["path"]: entry for entry in json.loads((folder / MANIFEST).read_bytes())["files"]}


def codes(report: Report) -> list[str]:
    """The codes of a report's problems."""
    return [problem.code for problem in report.problems]


def test_first_run(tmp_path: Path) -> None:
    """A first run writes every file and says in the manifest whose it is, from what it was made and its hash."""
    report = run(iter(jobs()), tmp_path, about={"cycle": "2025", "as of": None})
    again = run(jobs(), tmp_path / "again", about={"as of": None, "cycle": "2025"})
    assert (tmp_path / "again" / MANIFEST).read_bytes() == (tmp_path / MANIFEST).read_bytes()
    assert again.names == report.names
    shutil.rmtree(tmp_path / "again")
    assert report.counts == {"written": 6}
    assert report.paths == tuple(tmp_path / job.path for job in jobs())
    assert all(path.read_bytes() == job.make() for path, job in zip(report.paths, jobs(), strict=True))
    told = json.loads((tmp_path / MANIFEST).read_bytes())
    assert told["about"] == {"cycle": "2025", "as of": None}
    assert files(tmp_path)["teams/t-1.xlsx"] == {
        "path": "teams/t-1.xlsx",
        "kind": "team",
        "subject": "1",
        "spec": "v1",
        "sha256": sha256(workbook("v1 team")),
        "status": "written",
        "updated": False,
        "sealed": "",
    }
    assert content(tmp_path).keys() == {MANIFEST, *report.names}


def test_nothing_to_do(tmp_path: Path) -> None:
    """A second run makes nothing, touches no workbook and leaves the same bytes."""
    run(jobs(), tmp_path)
    before, times = content(tmp_path), {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.xlsx")}
    never = [Job(job.path, job.kind, job.subject, job.spec, partial(failing, AssertionError())) for job in jobs()]
    lines: list[int] = []
    report = run(never, tmp_path, progress=lambda _: lines.append((tmp_path / JOURNAL).stat().st_size))
    assert report.counts == {"unchanged": 6}
    assert lines == [0] * 6
    assert before == content(tmp_path)
    assert times == {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.xlsx")}


def test_new_version(tmp_path: Path) -> None:
    """Files of ours whose input has changed are written anew; a file that was deleted as well."""
    run(jobs(), tmp_path)
    (tmp_path / "people/p-0.xlsx").unlink()
    assert run(jobs(), tmp_path).counts == {"unchanged": 5, "written": 1}
    assert run(jobs(version="v2"), tmp_path).counts == {"written": 6}
    run(jobs(version="v2"), tmp_path / "fresh")
    fresh = content(tmp_path / "fresh")
    assert fresh == {path: data for path, data in content(tmp_path).items() if not path.startswith("fresh/")}


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_changed_file(tmp_path: Path, version: str) -> None:
    """A file that somebody changed is never overwritten, in no later run either; the rest goes on."""
    run(jobs(), tmp_path)
    filled = tmp_path / "people/p-1.xlsx"
    filled.write_bytes(b"filled in")
    for _ in range(2):
        report = run(jobs(version=version), tmp_path)
        assert codes(report) == ["changed-file"]
        assert report.counts["refused"] == 1
        assert "--force" in str(report.problems[0])
        assert filled.read_bytes() == b"filled in"
        assert filled not in report.paths
        entry = files(tmp_path)["people/p-1.xlsx"]
        assert (entry["spec"], entry["sha256"], entry["status"]) == ("v1", sha256(workbook("v1 person 1")), "refused")
    filled.write_bytes(workbook("v1 person 1"))
    run(jobs(version=version), tmp_path)
    assert filled.read_bytes() == workbook(f"{version} person 1")


def test_foreign_file(tmp_path: Path) -> None:
    """A file that the manifest does not know is somebody else's, unless it is just what would be written."""
    (tmp_path / "people").mkdir()
    (tmp_path / "people/p-0.xlsx").write_bytes(b"somebody's")
    (tmp_path / "people/p-1.xlsx").write_bytes(workbook("v1 person 1"))
    report = run(jobs(), tmp_path)
    assert report.counts == {"refused": 1, "unchanged": 1, "written": 4}
    assert "did not write" in report.problems[0].found
    assert files(tmp_path)["people/p-0.xlsx"]["sha256"] == ""
    assert (tmp_path / "people/p-0.xlsx").read_bytes() == b"somebody's"


def test_changed_while_made(tmp_path: Path) -> None:
    """A file that somebody saves while its new version is being made is not overwritten."""
    run(jobs(), tmp_path)
    path = tmp_path / "people/p-0.xlsx"

    def make() -> bytes:
        path.write_bytes(b"saved just now")
        return b"new"

    report = run([Job("people/p-0.xlsx", "person", "0", "v2", make)], tmp_path)
    assert codes(report) == ["changed-file"]
    assert path.read_bytes() == b"saved just now"


def test_force(tmp_path: Path) -> None:
    """With force a changed file is replaced and kept beside it, once, even when run again."""
    run(jobs(), tmp_path)
    filled, backup = tmp_path / "people/p-1.xlsx", tmp_path / f"people/p-1.backup-{sha256(b'filled in')[:8]}.xlsx"
    for _ in range(2):
        filled.write_bytes(b"filled in")
        report = run(jobs(), tmp_path, force=True)
        assert report.counts == {"replaced": 1, "unchanged": 5}
        assert "1 replaced" in report.summary()
        assert filled.read_bytes() == workbook("v1 person 1")
        assert backup.read_bytes() == b"filled in"
    assert run(jobs(), tmp_path, force=True).counts == {"unchanged": 6}


def test_changed_backup(tmp_path: Path) -> None:
    """A backup that was changed itself is not overwritten either: the next one gets a longer name, or none is made."""
    run(jobs(), tmp_path)
    filled, digest = tmp_path / "people/p-1.xlsx", sha256(b"filled in")
    short, long = (tmp_path / f"people/p-1.backup-{digest[:digits]}.xlsx" for digits in (8, 64))
    filled.write_bytes(b"filled in")
    short.write_bytes(b"other work")
    assert run(jobs(), tmp_path, force=True).counts["replaced"] == 1
    assert (short.read_bytes(), long.read_bytes()) == (b"other work", b"filled in")
    filled.write_bytes(b"filled in")
    long.write_bytes(b"more work")
    assert codes(run(jobs(), tmp_path, force=True)) == ["workbook-failed"]
    assert (long.read_bytes(), filled.read_bytes()) == (b"more work", b"filled in")


def test_update(tmp_path: Path) -> None:
    """A job that carries a changed file's content over may replace that very file; no job without it may thereafter."""
    run(jobs(), tmp_path)
    filled = tmp_path / "people/p-1.xlsx"

    def update(data: bytes) -> Job:
        return Job("people/p-1.xlsx", "person", "1", "v2", lambda: b"new with " + data, sha256(data), carries=True)

    filled.write_bytes(b"filled in")
    stale = update(b"an earlier state")
    assert codes(run([stale], tmp_path)) == ["changed-file"]
    assert run([update(b"filled in")], tmp_path).counts == {"updated": 1}
    backup = tmp_path / f"people/p-1.backup-{sha256(b'filled in')[:8]}.xlsx"
    assert backup.read_bytes() == b"filled in"
    assert filled.read_bytes() == b"new with filled in"
    for version in ("v1", "v3", "v1"):
        report = run(jobs(version=version), tmp_path)
        assert codes(report) == ["changed-file"]
        assert "carried over" in report.problems[0].found
        assert filled.read_bytes() == b"new with filled in"


def test_one_fails(tmp_path: Path) -> None:
    """A workbook that cannot be made is told; the old file and all the others are as they should be."""
    run(jobs(), tmp_path)
    bad = Job("people/p-2.xlsx", "person", "2", "v2", partial(failing, ValueError(f"salary {SALARY}")))
    new = Job("people/new.xlsx", "person", "9", "v2", partial(failing, OutputError("no\nroom")))
    report = run([*(job for job in jobs(version="v2") if job.path != bad.path), bad, new], tmp_path)
    assert list(report.counts.items()) == [("failed", 2), ("written", 5)]
    assert [problem.found for problem in report.problems] == ["no room", "ValueError"]
    assert (tmp_path / bad.path).read_bytes() == workbook("v1 person 2")
    assert not (tmp_path / new.path).exists()
    assert (files(tmp_path)[bad.path]["spec"], files(tmp_path)[bad.path]["status"]) == ("v1", "failed")
    assert run(jobs(version="v2"), tmp_path).counts == {"unchanged": 5, "written": 1}


def test_no_spec(tmp_path: Path) -> None:
    """A job that failed and has no spec is not taken for one that is done."""
    run([Job("a.xlsx", "organization", "", "", partial(failing, ValueError()))], tmp_path)
    assert run([Job("a.xlsx", "organization", "", "", partial(workbook, "a"))], tmp_path).counts == {"written": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_private(tmp_path: Path) -> None:
    """Every file of a run, the journal too, is for its owner only, and so is every folder."""
    out = tmp_path / "out"

    def look(_: Progress) -> None:
        assert {0o700} == {stat.S_IMODE(path.stat().st_mode) for path in (out, *out.rglob("*")) if path.is_dir()}
        assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_file()}
        assert (out / JOURNAL).exists() != (out / MANIFEST).exists()

    run(jobs(), out, progress=look)
    look(Progress(6, 6, 0.0))


def test_leftovers(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """What a killed run left of half a file, perhaps with pay in it, is removed by the next one."""
    (tmp_path / "out/people").mkdir(parents=True)
    for folder in ("out", "out/people"):
        (tmp_path / folder / ".growthsheet-0123456789abcdef.tmp").write_bytes(SALARY.encode())
    run(jobs(40), tmp_path / "out", about={"cycle": "2025"})
    assert expected == content(tmp_path / "out")


def test_leftovers_of_a_worker(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """So is what a killed worker left while others went on, by the same run."""

    def leave(_: Progress) -> None:
        (tmp_path / "out/people/.growthsheet-0123456789abcdef.tmp").write_bytes(SALARY.encode())

    run(jobs(40), tmp_path / "out", progress=leave, about={"cycle": "2025"})
    assert expected == content(tmp_path / "out")


@pytest.mark.parametrize("make", [partial(failing, InputError([Problem("a", "b"), Problem("c", "d")])), str])
def test_told_in_one_line(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """Several problems at once, or something that is not bytes, are told in one line."""
    (problem,) = run([Job("a.xlsx", "organization", "", "v1", make)], tmp_path).problems
    assert problem.found in ("b:  [a]; d:  [c]", "TypeError")


def test_traceback_only_on_demand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an error says beside its name may hold pay: it is shown to those who debug, and to nobody else."""
    bad = [Job("a.xlsx", "person", "2", "v2", partial(failing, ValueError(f"salary {SALARY}")))]
    monkeypatch.delenv("GROWTHSHEET_DEBUG", raising=False)
    report = run(bad, tmp_path)
    assert SALARY not in f"{report} {report.problems} {capsys.readouterr()} {content(tmp_path)}"
    monkeypatch.setenv("GROWTHSHEET_DEBUG", "1")
    run(bad, tmp_path)
    assert SALARY in capsys.readouterr().err


def test_dry_run(tmp_path: Path) -> None:
    """A dry run reports what would happen, failures too, and writes nothing, not even a folder."""
    assert run(jobs(), tmp_path / "none", dry_run=True).counts == {"written": 6}
    assert not (tmp_path / "none").exists()
    out = tmp_path / "out"
    run(jobs(), out)
    (out / "people/p-1.xlsx").write_bytes(b"filled in")
    before = content(out)
    mixed = [*jobs(version="v2")[1:], jobs()[0], Job("x.xlsx", "team", "", "", partial(failing, ValueError()))]
    for force in (False, True):
        dry = run(mixed, out, dry_run=True, force=force)
        assert before == content(out)
        assert dry.summary().startswith(f"Would write {4 + force} workbooks to ")
    assert (
        dry.counts == run(mixed, out, force=True).counts == {"failed": 1, "replaced": 1, "unchanged": 1, "written": 4}
    )


@pytest.mark.parametrize(
    "paths",
    [
        ("a.xlsx", "a.xlsx"),
        ("Zoë.xlsx", "ZOE\u0308.xlsx"),
        ("../a.xlsx",),
        ("/a.xlsx",),
        ("a/../../b",),
        ("Manifest.JSON",),
        (f"people/{'x' * 200}.xlsx",),
    ],
)
def test_bad_paths(tmp_path: Path, paths: tuple[str, ...]) -> None:
    """Paths that meet, leave the folder or are too long for Excel are an error before anything is written."""
    first = Job("first.xlsx", "person", "0", "v1", partial(workbook, "first"))
    with pytest.raises(OutputError):
        run([first, *(Job(path, "person", path, "v1", partial(workbook, path)) for path in paths)], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
def test_links(tmp_path: Path) -> None:
    """No link is followed: neither a folder, nor a file, nor the manifest, nor the journal."""
    out, secret = tmp_path / "out", tmp_path / "secret"
    secret.mkdir()
    (secret / "precious").write_bytes(b"precious")
    (secret / ".growthsheet-0123456789abcdef.tmp").touch()
    out.mkdir()
    (out / "people").symlink_to(secret)
    with pytest.raises(OutputError, match="link"):
        run(jobs(), out)
    (out / "people").unlink()
    (out / "people").mkdir()
    (out / "people/p-0.xlsx").symlink_to(secret / "precious")
    assert run(jobs(), out, force=True).counts == {"failed": 1, "written": 5}
    for name in (MANIFEST, JOURNAL):
        (out / name).unlink(missing_ok=True)
        (out / name).symlink_to(secret / "precious")
        with pytest.raises(OutputError, match="link"):
            run(jobs(), out)
        (out / name).unlink()
    assert len(list(secret.iterdir())) == 2
    assert (secret / "precious").read_bytes() == b"precious"


def test_earlier_files_stay_known(tmp_path: Path) -> None:
    """Files of an earlier run that this one has no job for stay in the manifest, so they are still ours."""
    run(jobs(), tmp_path)
    run(jobs(version="v2")[:2], tmp_path)
    assert [entry["spec"] for entry in files(tmp_path).values()] == ["v2", "v2", "v1", "v1", "v1", "v1"]
    assert run(jobs(version="v2"), tmp_path).counts == {"unchanged": 2, "written": 4}


def test_a_ledger_gives_back_what_it_got() -> None:
    """Whatever stands in an entry, and whatever looks like a hash and is none, comes back as it was."""
    digest = "0123456789abcdef" * 4
    odd = [digest, digest.upper(), digest[:-1], f"{digest}\n", "", "v1", "é\0", "Ana"]
    entries = [
        ManifestEntry(f"people/{n}.xlsx", "person", subject, spec, digest, "written", n % 2 == 0, sealed)
        for n, (subject, spec, sealed) in enumerate(product(odd, repeat=3))
    ]
    ledger = Ledger(entries)
    assert list(ledger.values()) == entries
    ledger.add([replace(entries[0], subject="other")])
    assert (len(ledger), ledger[entries[0].path].subject) == (len(entries), "other")


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b'{"files": [{"path": "a"}]}', b'{"files": 5}', b'{"files": ["a"]}', b"[" * 100_000, b"\xff"],
)
def test_damaged_manifest(tmp_path: Path, damage: bytes) -> None:
    """A manifest that cannot be read stops the run; without it nothing is lost and files that fit are ours again."""
    run(jobs(), tmp_path)
    whole = content(tmp_path)
    (tmp_path / MANIFEST).write_bytes(damage)
    with pytest.raises(InputError, match="damaged-manifest"):
        run(jobs(), tmp_path)
    (tmp_path / MANIFEST).unlink()
    (tmp_path / JOURNAL).unlink(missing_ok=True)
    assert run(jobs(), tmp_path).counts == {"unchanged": 6}
    assert whole == content(tmp_path)


def test_second_run_at_once(tmp_path: Path) -> None:
    """While a run holds the folder another one is refused and touches nothing."""
    with FolderLock(tmp_path), pytest.raises(OutputError, match="another run"):
        run(jobs(), tmp_path)
    assert content(tmp_path) == {}


class Lazy(Executor):
    """An executor that works only when asked for a result, the last first: the worst order there is."""

    def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        """Work at once, but let the results come in any order."""
        future: Future[Any] = Future()
        future.set_result(fn(*arguments, **named))
        return future


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    """What 40 jobs leave when they are run one by one."""
    run(jobs(40), tmp_path / "expected", about={"cycle": "2025"})
    return content(tmp_path / "expected")


@pytest.mark.slow
def test_any_executor(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """Whatever does the work, the folder and the report are the same."""
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(2) as processes:
        for number, executor in enumerate((threads, processes, Lazy())):
            report = run(jobs(40), tmp_path / f"{number}", executor=executor, about={"cycle": "2025"})
            assert expected == content(tmp_path / f"{number}")
            assert report.names == tuple(sorted(job.path for job in jobs(40)))


@pytest.mark.slow
def test_own_processes(tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """Two processes leave the same as one, and go when they are done."""
    run(jobs(40), tmp_path / "two", workers=2, about={"cycle": "2025"})
    assert expected == content(tmp_path / "two")
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_workers_elsewhere(tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder is the one that the caller sees, wherever the workers are at home."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as executor:
        executor.submit(workbook, "").result()
        monkeypatch.chdir(tmp_path)
        run(jobs(40), Path("out"), executor=executor, about={"cycle": "2025"})
    assert expected == content(tmp_path / "out")


def test_no_work_after_an_interrupt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for its turn when Ctrl-C comes is not done any more."""
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    with ThreadPoolExecutor(1) as executor, pytest.raises(KeyboardInterrupt):
        run(jobs(40, make=slow), tmp_path, executor=executor, progress=partial(_stop, stop=1))
    assert len(list(tmp_path.rglob("*.xlsx"))) < 6  # and not the 16 that were on their way


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupt_is_held_back(tmp_path: Path, expected: dict[str, bytes]) -> None:
    """Ctrl-C at any moment is raised once what came in is written down, and the old handling is back after it."""
    seen: list[int] = []

    def interrupt(now: Progress) -> None:
        if not seen:
            os.kill(os.getpid(), signal.SIGINT)
        seen.append(now.done)

    with ThreadPoolExecutor(2) as executor, pytest.raises(KeyboardInterrupt):
        run(jobs(40, make=slow), tmp_path / "out", executor=executor, progress=interrupt)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert seen[-1] == (tmp_path / "out" / JOURNAL).read_bytes().count(b"{")
    assert seen[-1] < 40
    run(jobs(40), tmp_path / "out", about={"cycle": "2025"})
    assert expected == content(tmp_path / "out")


@pytest.mark.slow
def test_jobs_are_not_hoarded(tmp_path: Path) -> None:
    """Only a few jobs are on their way at once, however many there are."""

    class Many:
        made = 0

        def __iter__(self) -> Iterator[Job]:
            for number, job in enumerate(jobs(400)):
                self.made = number
                yield job

    many, ahead = Many(), []
    with ThreadPoolExecutor(1) as executor:
        run(many, tmp_path, executor=executor, progress=lambda now: ahead.append(many.made - now.done))
    assert 0 < max(ahead) < 300


@pytest.mark.slow
def test_dead_worker(tmp_path: Path) -> None:
    """A worker that dies is told as such, and the next run goes on."""
    with pytest.raises(OutputError, match="worker process died"):
        run([*jobs(), Job("x.xlsx", "person", "x", "v1", dying)], tmp_path, workers=2)
    assert run(jobs(), tmp_path).counts.keys() <= {"unchanged", "written"}


def test_an_executor_that_gives_up(tmp_path: Path) -> None:
    """So is an executor that gives work up with an error of its own, as dask does when workers die again and again."""

    class GivingUp(Executor):
        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_exception(KeyError("KilledWorker"))
            return future

    with pytest.raises(OutputError, match="worker process died"):
        run(jobs(), tmp_path, executor=GivingUp())
    assert run(jobs(), tmp_path).counts == {"written": 6}


def test_progress(tmp_path: Path) -> None:
    """Progress counts up to the total and says the rate and what is left."""
    seen: list[Progress] = []
    run(jobs(), tmp_path, progress=seen.append)
    assert [(now.done, now.total) for now in seen] == [(n, 6) for n in range(1, 7)]
    assert Progress(0, 6, 0.0).per_second == 0.0
    assert Progress(0, 6, 1.0).seconds_left == float("inf")
    assert Progress(2, 6, 4.0).per_second == 0.5


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("stop", [1, 20, 40])
def test_interrupted(tmp_path: Path, expected: dict[str, bytes], stop: int, workers: int) -> None:
    """After Ctrl-C the next run goes on, and leaves what an uninterrupted one would have."""

    def interrupt(now: Progress) -> None:
        if now.done >= stop:
            raise KeyboardInterrupt

    out = tmp_path / "out"
    with ThreadPoolExecutor(workers) as executor, pytest.raises(KeyboardInterrupt):
        run(jobs(40), out, progress=interrupt, executor=executor if workers > 1 else None)
    assert (out / JOURNAL).exists()
    assert not (out / MANIFEST).exists()
    report = run(jobs(40), out, about={"cycle": "2025"})
    assert report.counts["unchanged"] >= stop
    assert expected == content(out)


@pytest.mark.slow
@pytest.mark.parametrize("torn", [b'\n{"path": "people/p-7', b"\n\xff\x00{", b"\n[1]", b"\n" + b"[" * 100_000])
def test_torn_journal(tmp_path: Path, expected: dict[str, bytes], torn: bytes) -> None:
    """A journal whose last line was torn, twice even, costs nothing that was done."""
    out = tmp_path / "out"
    for stop in (7, 14):
        with pytest.raises(KeyboardInterrupt):
            run(jobs(40), out, progress=partial(_stop, stop=stop))
        with open(out / JOURNAL, "ab") as journal:
            journal.write(torn)
    never = [Job(job.path, job.kind, job.subject, job.spec, partial(failing, AssertionError())) for job in jobs(40)]
    assert run(never[:14], out, dry_run=True).counts == {"unchanged": 14}
    run(jobs(40), out, about={"cycle": "2025"})
    assert expected == content(out)


def _stop(now: Progress, stop: int) -> None:
    if now.done >= stop:
        raise KeyboardInterrupt


def test_written_but_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, bytes]) -> None:
    """A file that was put in place just before a kill, over an older one of ours too, is taken for ours."""
    out = tmp_path / "out"
    run(jobs(40, version="v0"), out)

    def write_and_die(path: Path, data: bytes) -> None:
        write_atomically(path, data)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(job_module, "write_atomically", write_and_die)
        with pytest.raises(KeyboardInterrupt):
            run(jobs(40), out)
    assert run(jobs(40), out, about={"cycle": "2025"}).problems == ()
    assert expected == content(out)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupt_that_breaks_the_workers(tmp_path: Path) -> None:
    """Ctrl-C that ends workers which are still starting is a KeyboardInterrupt, not an accident."""

    class Breaking(Executor):
        def submit(self, fn: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
            os.kill(os.getpid(), signal.SIGINT)
            raise BrokenExecutor

    with pytest.raises(KeyboardInterrupt):
        run(jobs(), tmp_path, executor=Breaking())


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_handlers_of_others(tmp_path: Path) -> None:
    """A program that has its own way with Ctrl-C keeps it; a run beside the main thread sets no handler at all."""
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with ThreadPoolExecutor(2) as executor:
            run(jobs(), tmp_path / "a", executor=executor, progress=lambda _: os.kill(os.getpid(), signal.SIGINT))
    finally:
        signal.signal(signal.SIGINT, before)
    assert came
    with ThreadPoolExecutor(1) as aside, ThreadPoolExecutor(1) as executor:
        assert aside.submit(run, jobs(), tmp_path / "b", executor=executor).result().counts == {"written": 6}


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, bytes]) -> None:
    """A run that can write nothing any more, not even its journal, stops; the next one goes on."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OutputError, match="No space left"):
        run(jobs(40), tmp_path / "out", progress=lambda _: patch.setattr(os, "write", full))
    assert run(jobs(40), tmp_path / "out", about={"cycle": "2025"}).counts == {"unchanged": 1, "written": 39}
    assert expected == content(tmp_path / "out")


def test_file_for_a_folder(tmp_path: Path) -> None:
    """Where a file stands in a folder's place, only what belongs into that folder fails, each with the reason."""
    (tmp_path / "people").touch()
    report = run(jobs(), tmp_path)
    assert report.counts == {"failed": 5, "written": 1}
    assert "cannot be read" in report.problems[0].found


RUNNER = """
import sys, time
from pathlib import Path
from growthsheet.batch.run import run
from test_folder import jobs, slow
if __name__ == "__main__":
    def told(now):
        print(now.done, flush=True)
        time.sleep(0.3 * (now.done == 40))  # the workers have nothing to do
    run(jobs(40, make=slow), Path(sys.argv[1]), workers=int(sys.argv[2]), progress=told)
"""


@contextmanager
def started(tmp_path: Path, workers: int, settled: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """A run in a session of its own, which has settled some of its files; it does not outlive the test."""
    script = tmp_path / "runner.py"
    script.write_text(RUNNER)
    with subprocess.Popen(
        [sys.executable, script, tmp_path / "out", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent, PACKAGE)))},
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < settled:
            pass
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_killed(tmp_path: Path, expected: dict[str, bytes], workers: int) -> None:
    """A run that is killed, again and again, is finished by the next one; its workers go too, and nothing is left."""
    for _ in range(3 if workers == 1 else 1):
        with started(tmp_path, workers) as process:
            process.kill()
            process.wait()
            assert not (tmp_path / "out" / MANIFEST).exists()
            # The pipe closes only when the last of the workers has gone as well.
            assert process.stdout is not None
            process.stdout.read()
    assert run(jobs(40), tmp_path / "out", about={"cycle": "2025"}).problems == ()
    assert expected == content(tmp_path / "out")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("settled", [20, 40])
def test_ctrl_c_in_processes(tmp_path: Path, expected: dict[str, bytes], settled: int) -> None:
    """Ctrl-C, which every process of a terminal gets, ends the run at once with one KeyboardInterrupt."""
    with started(tmp_path, 2, settled) as process:
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=10)
    # On a busy machine a worker may be starting still, and end with a traceback of its own, in which nothing is raised.
    assert told.count(b"raise KeyboardInterrupt") == 1
    assert told.rstrip().endswith(b"KeyboardInterrupt")
    assert not (tmp_path / "out" / MANIFEST).exists()
    run(jobs(40), tmp_path / "out", about={"cycle": "2025"})
    assert expected == content(tmp_path / "out")
