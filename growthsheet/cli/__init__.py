"""The command line: each command parses, makes one call of the library, and prints.

Data goes to stdout and everything else to stderr. Slow imports are inside the commands.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

from growthsheet.cli.commands import cli


def main() -> None:
    """Run the command line, then end the process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a character that a terminal lacks is no error
    cli(prog_name="growthsheet")
