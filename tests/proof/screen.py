"""Pictures of a workbook's tabs as a window of 1366 x 768 shows them: ``screen.py FILE[,FILE]... OUT [TAB]...``.

Run it by a Python that has ``uno``: ``/usr/bin/python3 -m tests.proof.screen``. It needs Xvfb and ImageMagick.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.proof import office
from tests.proof.uno_edit import desktop, properties

WIDTH, HEIGHT = 1366, 768


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; its name is in the environment of what is started meanwhile."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as numbers:
        name = ":" + numbers.readline().strip()
    os.environ |= {"DISPLAY": name, "SAL_USE_VCLPLUGIN": "gen"}
    try:
        yield name
    finally:
        process.terminate()
        process.wait()


def photographed(desk: Any, file: Path, out: Path, tabs: list[str]) -> Iterator[Path]:
    """Open a workbook in a window and take a picture of each tab, as it comes to the eyes of whoever opens it.

    Only the dashed lines where pages end, which other programs show after printing alone, are switched off. Pictures
    are named by the workbook and the place of the tab in it.
    """
    document = desk.loadComponentFromURL(file.resolve().as_uri(), "_blank", 0, properties(ReadOnly=False))
    controller = document.CurrentController
    window = controller.Frame.ContainerWindow
    window.setPosSize(0, 0, WIDTH, HEIGHT, 15)
    controller.ShowPageBreaks = False
    time.sleep(2)
    controller.Frame.LayoutManager.hideElement("private:resource/toolbar/notebookbarshortcuts")
    for number, sheet in enumerate(document.Sheets, 1):
        if sheet.IsVisible and (not tabs or sheet.Name in tabs):
            controller.setActiveSheet(sheet)
            window.Toolkit.processEventsToIdle()
            time.sleep(0.5)
            target = out / f"{file.stem}-{number:02}-{sheet.Name.lower().replace(' ', '-')}.png"
            subprocess.run(["import", "-window", "root", str(target)], check=True)
            yield target
    document.close(True)


def main() -> None:
    """Take the pictures and say where they are."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("files", type=lambda text: [Path(file) for file in text.split(",")])
    parser.add_argument("out", type=Path)
    parser.add_argument("tabs", nargs="*")
    parser.add_argument("--locale", default="", help="how numbers are written, such as de-DE")
    said = parser.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    profile = office.profile("screen", said.locale).as_uri()
    with screen():
        desk, process = desktop(office.soffice() or "soffice", profile, window=True)
        try:
            for file in said.files:
                for picture in photographed(desk, file, said.out, said.tabs):
                    sys.stdout.write(f"{picture}\n")
        finally:
            desk.terminate()
            process.wait(60)


if __name__ == "__main__":
    main()
