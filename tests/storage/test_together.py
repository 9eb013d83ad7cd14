"""Several files are put in place together: whatever fails, and whenever a run is killed, all are old or all are new."""

import os
from pathlib import Path

import pytest

from growthsheet.errors import OutputError
from growthsheet.storage.lock import LOCK, FolderLock
from growthsheet.storage.together import COPIES, current, write_folder, write_together
from tests.faults import HOW, Killed, failing

OLD = {"a.csv": b"old a", "b.csv": b"old b"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "c.csv": b"new c"}


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder as a reader finds them, who holds no lock."""
    found = {name: current(folder / name) for name in NEW}
    return {name: path.read_bytes() for name, path in found.items() if path.is_file()}


@pytest.mark.parametrize("how", HOW)
def test_all_or_none_at_every_call(tmp_path: Path, how: str) -> None:
    """After any call that fails, or kill before any call, all files are old or all are new, also for mere readers."""
    seen = set()
    for at in range(1, 1000):
        folder = tmp_path / str(at)
        folder.mkdir()
        for name, data in OLD.items():
            (folder / name).write_bytes(data)
        with failing(at, how) as made:
            try:
                with FolderLock(folder):
                    write_together(folder, NEW)
            except (OutputError, Killed, OSError):
                pass
        found = contents(folder)
        assert found in (OLD, NEW)
        with FolderLock(folder):
            pass
        rest = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != LOCK}
        assert rest == found
        seen.add(len(found))
        if len(made) < at:
            break
    assert seen == {2, 3}


def test_one_that_is_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds open stops all of them, and nothing is left over."""
    for name, data in OLD.items():
        (tmp_path / name).write_bytes(data)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "b.csv":
            raise PermissionError(13, "Permission denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(OutputError, match=r"b\.csv"):
        write_together(tmp_path, NEW)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == OLD


@pytest.mark.parametrize("text", ["{", "[1]", '{"../a.csv": ""}', '{"a.csv": "b.csv"}'])
def test_a_damaged_list(tmp_path: Path, text: str) -> None:
    """A list of copies that is damaged, or leads to other files, is told; nothing is replaced by it."""
    (tmp_path / "b.csv").write_bytes(b"b")
    (tmp_path / COPIES).write_text(text)
    with pytest.raises(OutputError, match="is damaged"), FolderLock(tmp_path):
        pass
    (tmp_path / COPIES).unlink()
    with FolderLock(tmp_path):
        assert (tmp_path / "b.csv").read_bytes() == b"b"


@pytest.mark.parametrize("how", HOW)
def test_a_folder_as_a_whole(tmp_path: Path, how: str) -> None:
    """A new folder has all of its files or is not there; what a kill leaves beside it is swept by the next lock."""
    files = [(Path("people/a.xlsx"), b"a"), (Path("answers.csv"), b"b")]
    seen = set()
    for at in range(1, 1000):
        home = tmp_path / str(at)
        home.mkdir()
        with failing(at, how) as made:
            try:
                with FolderLock(home):
                    write_folder(home / "new", files)
            except (OutputError, Killed, OSError):
                pass
        with FolderLock(home):
            found = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()} - {LOCK}
        assert found in (set(), {"new/people/a.xlsx", "new/answers.csv"})
        seen.add(len(found))
        if len(made) < at:
            break
    assert seen == {0, 2}
