"""LibreOffice, started without a window, in a profile of its own that always recalculates."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import suppress
from functools import cache
from pathlib import Path

# Without this LibreOffice believes the cached values of an xlsx file; it must stand there before the first start.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{locale}</value></prop>
</item>
</oor:items>
"""


def soffice() -> str | None:
    """The command that starts LibreOffice, if there is one."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@cache
def uno_python() -> str | None:
    """A Python that can talk to LibreOffice (the system's, as a rule, never the one of a virtual environment)."""
    office = soffice()
    beside = [str(Path(office).resolve().parent / "python")] if office else []
    for python in ["/usr/bin/python3", *beside]:
        if shutil.which(python) and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    return None


@cache
def profile(use: str, locale: str = "") -> Path:
    """A LibreOffice profile for this process and one use of it; it is removed when Python ends.

    ``locale``, such as ``de-DE``, says how numbers are written; without one it is the system's.
    """
    folder = Path(tempfile.mkdtemp(prefix="growthsheet-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS.format(locale=locale), encoding="utf-8")
    return folder


def run(command: list[str], timeout: float) -> str:
    """Run a command that starts LibreOffice, in the root folder, and return what it said.

    When time is up all its processes are ended.
    """
    pipe, root = subprocess.PIPE, Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdout=pipe, stderr=subprocess.STDOUT, text=True, start_new_session=True, cwd=root
    ) as process:
        try:
            said, _ = process.communicate(timeout=timeout)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}; it said: {said.strip()}")
    return said


def by_uno(module: str, *arguments: str, timeout: float = 120) -> str:
    """Run a module of these tests by a Python that has ``uno`` and return what it said."""
    return run([uno_python() or "python3", "-m", module, *arguments], timeout)


def convert(files: list[Path], to: str, out: Path, locale: str = "") -> list[Path]:
    """Convert files in one start of LibreOffice, in order; it exits 0 even when it failed, so each output is checked.

    ``to`` is what ``--convert-to`` wants, such as ``pdf``.
    """
    command = [
        soffice() or "soffice",
        "--headless",
        "--norestore",
        f"-env:UserInstallation={profile('convert', locale).as_uri()}",
    ]
    said = run([*command, "--convert-to", to, "--outdir", str(out), *map(str, files)], timeout=120 + 10 * len(files))
    made = [out / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    missing = [file.name for file, result in zip(files, made, strict=True) if not result.is_file()]
    if missing:
        raise RuntimeError(f"LibreOffice did not convert {', '.join(missing)}; it said: {said.strip()}")
    return made


@cache
def _editor() -> subprocess.Popen[str]:
    """A LibreOffice that edits workbooks until this process ends: to start it takes longer than most edits."""
    script = Path(__file__).with_name("uno_edit.py")
    command = [uno_python() or "python3", str(script), soffice() or "soffice", profile("edit").as_uri()]
    pipe = subprocess.PIPE
    process = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    atexit.register(_leave, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _leave(process: subprocess.Popen[str]) -> None:
    """End it, wait for it and close its pipes; what is left to the garbage collector would be told as an error."""
    _end(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(BrokenPipeError):
                pipe.close()


def edit(folder: Path, timeout: float = 180) -> None:
    """Have a folder's ``before.xlsx`` edited as its ``edits.json`` says, into ``after.xlsx``."""
    process = _editor()
    assert process.stdin
    assert process.stdout
    timer = threading.Timer(timeout, _end, [process])
    timer.start()
    try:
        print(folder, file=process.stdin, flush=True)
        said = process.stdout.readline().strip()
    except BrokenPipeError:
        said = ""
    finally:
        timer.cancel()
    if said != "done":
        _leave(process)
        _editor.cache_clear()
        raise RuntimeError(f"LibreOffice did not edit the workbook; it said: {said or 'nothing'}")
