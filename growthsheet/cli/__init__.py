"""The command line: each command parses, makes one call of the library, and prints.

Data goes to stdout and everything else to stderr. Slow imports are inside the commands.
"""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper
from typing import Any

from growthsheet.cli.commands import cli


def main() -> None:
    """Run the command line, then end the process."""
    signal.signal(signal.SIGTERM, _terminate)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a character that a terminal lacks is no error
    cli(prog_name="growthsheet")


def _terminate(number: int, frame: Any) -> None:
    """End as after Ctrl-C, also where that is ignored, as in the background of a shell."""
    handler = signal.getsignal(signal.SIGINT)
    (handler if callable(handler) else signal.default_int_handler)(signal.SIGINT, frame)
