"""Commands that write tables, or read what others may be writing, run alone in their folder."""

from pathlib import Path

import pytest

from growthsheet.storage.lock import FolderLock

LEFT = ".growthsheet-0123456789abcdef.tmp"


@pytest.fixture
def collected(run, roster, made):
    """A folder of workbooks with a folder of answers in it."""
    out = made / "answers"
    told = run("collect", made / "people", "--roster", roster, "--cycle", "spring", "--out", out)
    assert told.code == 0
    return out


COMMANDS = {
    "collect": ["collect", "out/people", "--cycle", "spring", "--out", "out/answers"],
    "migrate": ["migrate", "out/answers", "--from", "product-management", "--to", "product-management", "--out", "new"],
    "export": ["export", "1", "out", "--out", "hers"],
    "forget": ["forget", "1", "out", "--yes"],
}
WRITTEN_TO = {"collect": "out/answers", "migrate": "new", "export": "out", "forget": "out/answers"}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_one_at_a_time(run, collected, name):
    """While another run writes there, the command ends with 1, says so and changes nothing; then it does its work."""
    held = Path(WRITTEN_TO[name])
    held.mkdir(exist_ok=True)
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    with FolderLock(held):
        told = run(*COMMANDS[name])
    assert (told.code, "another run is writing there" in told.err) == (1, True)
    assert before.items() <= {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}.items()
    assert run(*COMMANDS[name]).code == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_leftovers_are_swept(run, collected, name):
    """What a killed run left in a folder that the command writes to is gone after it."""
    held = Path(WRITTEN_TO[name])
    held.mkdir(exist_ok=True)
    (held / LEFT).write_text("ratings")
    assert run(*COMMANDS[name]).code == 0
    assert not (held / LEFT).exists()
