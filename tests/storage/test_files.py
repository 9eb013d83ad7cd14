"""Files that are old or new, never something between."""

import os
import random
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from growthsheet.errors import OutputError
from growthsheet.storage import atomic as files
from growthsheet.storage.atomic import fingerprint, inside, make_folder, remove_leftovers, sha256, write_atomically
from growthsheet.storage.lock import LOCK, FolderLock

OLD, NEW = b"old" * 1000, b"new" * 2000
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of POSIX")


def test_write(tmp_path: Path) -> None:
    """A file is put in place, over an older one too, and nothing else is left."""
    path = tmp_path / "a.xlsx"
    write_atomically(path, OLD)
    write_atomically(path, (part for part in (NEW[:5], b"", NEW[5:])))
    assert path.read_bytes() == NEW
    assert [path] == list(tmp_path.iterdir())


@posix
def test_private(tmp_path: Path) -> None:
    """Files and folders are for their owner only, even where the file was open to all before."""
    make_folder(tmp_path / "a" / "b")
    path = tmp_path / "a" / "b" / "c.xlsx"
    path.write_bytes(OLD)
    path.chmod(0o666)
    write_atomically(path, NEW)
    assert [stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "a", path.parent, path)] == [0o700, 0o700, 0o600]


class Faulty:
    """Calls into the system of which the n-th fails; and no write takes more than a third of a file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, n: int) -> None:
        self.left = n
        for name in ("open", "write", "fsync", "close", "replace", "lstat"):
            monkeypatch.setattr(os, name, self.wrap(name, getattr(os, name)))

    def wrap(self, name: str, real: Any) -> Any:
        """The call that counts, and fails when its turn comes."""

        def call(*arguments: Any) -> Any:
            self.left -= 1
            if name == "write":
                arguments = (arguments[0], arguments[1][:1500])
            if self.left == 0:
                if name == "close":
                    real(*arguments)
                raise OSError(28, "No space left on device")
            return real(*arguments)

        return call


@pytest.mark.parametrize("before", [None, OLD])
def test_every_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None) -> None:
    """Whichever call into the system fails, the file is the old or the new one, and no temporary file is left."""
    path = tmp_path / "a.xlsx"
    outcomes = []
    for n in range(1, 100):
        path.unlink(missing_ok=True)
        if before is not None:
            path.write_bytes(before)
        with monkeypatch.context() as patch:
            faulty = Faulty(patch, n)
            told = ""
            try:
                write_atomically(path, NEW)
            except OutputError as error:
                told = str(error)
        now = path.read_bytes() if path.exists() else None
        assert now in (before, NEW)
        assert {path.name} >= {entry.name for entry in tmp_path.iterdir()}
        outcomes.append((told, now == NEW))
        if faulty.left > 0:
            break
    assert outcomes[-1] == ("", True)
    assert all("No space left on device" in told for told, _ in outcomes[:-1])
    assert len(outcomes) > 8  # lstat, open, 4 writes, fsync, close, replace, and those of the folder


def test_order_of_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content is forced to the disk before it gets the name, and the name after that."""
    steps: list[str] = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, name=name, real=real: (steps.append(name), real(*a)))
    write_atomically(tmp_path / "a", NEW)
    expected = ["fsync", "replace"] if sys.platform == "win32" else ["fsync", "replace", "fsync"]
    assert expected == steps


def test_temporary_name_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has the name of the temporary one is neither written to nor removed."""
    monkeypatch.setattr(files.secrets, "token_hex", lambda _: "taken")
    (tmp_path / ".growthsheet-taken.tmp").write_bytes(OLD)
    with pytest.raises(OutputError, match="exists"):
        write_atomically(tmp_path / "a", NEW)
    assert (tmp_path / ".growthsheet-taken.tmp").read_bytes() == OLD


def test_failing_source(tmp_path: Path) -> None:
    """When the parts stop with an error, the old file stays and the error is told as it is."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(OLD)

    def parts() -> Any:
        yield NEW
        raise KeyError("salary")

    with pytest.raises(KeyError):
        write_atomically(path, parts())
    assert path.read_bytes() == OLD
    assert [path] == list(tmp_path.iterdir())


WRITER = """
import sys
from pathlib import Path
from growthsheet.storage.atomic import write_atomically
while True:
    for letter in (b"A", b"B"):
        write_atomically(Path(sys.argv[1]), (letter * 50_000 for _ in range(10)))
        sys.stdout.write("."), sys.stdout.flush()
"""


@pytest.mark.slow
def test_killed(tmp_path: Path) -> None:
    """A process that is killed at any moment while it writes leaves a whole file."""
    path, moments, leftovers = tmp_path / "a.xlsx", random.Random(7), 0
    for _ in range(20):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.read(1)
            time.sleep(moments.uniform(0, 0.01))
            process.kill()
        assert path.read_bytes() in (b"A" * 500_000, b"B" * 500_000)
        leftovers += len(list(tmp_path.iterdir())) - 1
        remove_leftovers(tmp_path)
        assert [path] == list(tmp_path.iterdir())
    assert leftovers > 0  # else the kills never came while a file was being written


def test_only_leftovers(tmp_path: Path) -> None:
    """Only our own temporary files are removed; a folder that is not there is fine."""
    for name in (".growthsheet-0123456789abcdef.tmp", ".growthsheet-mine.tmp", "a.tmp"):
        (tmp_path / name).touch()
    remove_leftovers(tmp_path)
    remove_leftovers(tmp_path / "none")
    assert {".growthsheet-mine.tmp", "a.tmp"} == {entry.name for entry in tmp_path.iterdir()}


@posix
def test_links_and_folders_refused(tmp_path: Path) -> None:
    """A link or a folder in a file's place is refused, for reading as for writing, and stays."""
    (tmp_path / "real").write_bytes(OLD)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "folder", "pipe"):
        with pytest.raises(OutputError, match="not a file"):
            write_atomically(tmp_path / name, NEW)
        with pytest.raises(OutputError, match="not a file"):
            fingerprint(tmp_path / name)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == OLD


@pytest.mark.parametrize(
    "path",
    [
        "../a",
        "/a",
        "a/../../b",
        "a//b",
        "./a",
        "",
        "a/",
        "C:/a",
        "a\\b",
        "a\0",
        "CON:",
        "a\n",
        "..",
        "\\\\h\\s",
        ".a",
        "a.",
        "a ",
    ],
)
def test_outside(tmp_path: Path, path: str) -> None:
    """A path that leaves the folder by its words is refused."""
    with pytest.raises(OutputError, match="not a path inside"):
        inside(tmp_path, path)


@posix
def test_inside_through_a_link(tmp_path: Path) -> None:
    """A folder that is a link is not followed, be it to another folder of ours; the output folder itself may be one."""
    out = tmp_path / "out"
    (out / "teams").mkdir(parents=True)
    (out / "people").symlink_to(out / "teams")
    with pytest.raises(OutputError, match="through a link"):
        inside(out, "people/a.xlsx")
    (tmp_path / "alias").symlink_to(out)
    assert tmp_path / "alias/teams/a.xlsx" == inside(tmp_path / "alias", "teams/a.xlsx")


def test_fingerprint(tmp_path: Path) -> None:
    """A file's fingerprint is that of its bytes; there is none without a file."""
    assert fingerprint(tmp_path / "a") == ""
    (tmp_path / "a").write_bytes(OLD)
    assert fingerprint(tmp_path / "a") == sha256(OLD)


def test_folder_that_cannot_be(tmp_path: Path) -> None:
    """A file where a folder should be is told as such."""
    (tmp_path / "a").touch()
    for path in (tmp_path / "a", tmp_path / "a" / "b"):
        with pytest.raises(OutputError):
            make_folder(path)


def test_open_in_excel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a program holds the file open it is tried again for a while, then the user is told to close it."""
    calls: list[str] = []

    def busy(source: Path, target: Path) -> None:
        calls.append("refused")
        if len(calls) < free_at:
            raise PermissionError(13, "Access is denied")
        real(source, target)

    real = os.replace
    monkeypatch.setattr(files, "PAUSES", (0, 0, 0))
    monkeypatch.setattr(os, "replace", busy)
    free_at = 3
    write_atomically(tmp_path / "a", OLD)
    free_at = 99
    with pytest.raises(OutputError, match="close it in Excel"):
        write_atomically(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == OLD


def test_lock(tmp_path: Path) -> None:
    """A second run in the same folder is refused while the first one runs, and welcome after it."""
    with FolderLock(tmp_path):
        with pytest.raises(OutputError, match="another run"), FolderLock(tmp_path):
            pass
        (tmp_path / "other").mkdir()
        with FolderLock(tmp_path / "other"):
            pass
    with FolderLock(tmp_path):
        pass


@posix
def test_lock_does_not_linger(tmp_path: Path) -> None:
    """A process that was started meanwhile does not keep the lock, nor does a refused run keep the file open."""
    opened = len(os.listdir("/dev/fd"))
    with FolderLock(tmp_path) as lock:
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=[lock._file])
        with pytest.raises(OutputError, match="another run"), FolderLock(tmp_path):
            pass
    with child, FolderLock(tmp_path):
        assert child.poll() is None
        child.communicate(b"\n")
    assert opened == len(os.listdir("/dev/fd"))


def test_leftovers_that_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A leftover may hold pay: when it cannot be removed that is said."""
    (tmp_path / ".growthsheet-0123456789abcdef.tmp").touch()

    def refuse(_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(OutputError, match="cannot be removed: Operation not permitted"):
        remove_leftovers(tmp_path)


HOLDER = """
import sys, time
from pathlib import Path
from growthsheet.storage.lock import FolderLock
with FolderLock(Path(sys.argv[1])):
    sys.stdout.write("."), sys.stdout.flush()
    time.sleep(60)
"""


def test_lock_of_a_killed_run(tmp_path: Path) -> None:
    """The lock of a process that was killed is free, although its file is still there."""
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        with pytest.raises(OutputError, match="another run"), FolderLock(tmp_path):
            pass
        process.kill()
    assert (tmp_path / LOCK).exists()
    with FolderLock(tmp_path):
        pass
