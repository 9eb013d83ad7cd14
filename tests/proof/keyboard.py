"""A person at the keyboard: ``keyboard.py FILE.xlsx TAB KEYS OUT.xlsx``.

It opens a workbook in a window of LibreOffice, selects a tab, presses keys from where the cursor stands there, and
saves. The keys are digits, Tab and Enter, written as tabs and line ends; they go to the window as events, and all else
is LibreOffice's doing.

Run it by a Python that has ``uno``: ``/usr/bin/python3 -m tests.proof.keyboard``. It needs Xvfb.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import uno
from com.sun.star.awt import KeyEvent
from com.sun.star.awt.Key import NUM0, RETURN, TAB

from tests.proof import office
from tests.proof.screen import screen
from tests.proof.uno_edit import XLSX, desktop, properties, saved


def press(window: Any, char: str) -> None:
    """Press and release a key."""
    code = {"\t": TAB, "\n": RETURN}.get(char) or NUM0 + int(char)
    event = KeyEvent(Source=window, KeyCode=code, KeyChar=uno.Char(char))
    window.Toolkit.keyPress(event)
    window.Toolkit.keyRelease(event)


def main() -> None:
    """Open, type, save."""
    file, tab, keys, out = sys.argv[1:]
    with screen():
        desk, process = desktop(office.soffice() or "soffice", office.profile("keyboard").as_uri(), window=True)
        try:
            document = desk.loadComponentFromURL(Path(file).as_uri(), "_blank", 0, properties())
            controller = document.CurrentController
            controller.setActiveSheet(document.Sheets.getByName(tab))
            window = controller.Frame.ContainerWindow
            for key in keys:
                press(window, key)
            window.Toolkit.processEventsToIdle()
            saved(document, Path(out), XLSX)
        finally:
            desk.terminate()
            process.wait(60)


if __name__ == "__main__":
    main()
