"""What it takes until something can be done: importing, and the shortest of commands."""

from __future__ import annotations

from benchmarks.timing import Line, installed, race_of_processes

APPS = {
    "argparse": "import argparse; argparse.ArgumentParser().parse_args(['--help'])",
    "click": "import click; click.Group('app')(['--help'])",
    "typer": "import typer; app = typer.Typer(); app.command()(lambda: None); app(['--help'])",
}


def start(rounds: int) -> list[Line]:
    """A bare interpreter, importing growthsheet, its help, and the help of command lines without commands."""
    ways = {
        "python -c pass": ["-c", "pass"],
        "import growthsheet": ["-c", "import growthsheet"],
        "growthsheet --help": ["-m", "growthsheet", "--help"],
        **{f"an empty {name} app's --help": ["-c", code] for name, code in APPS.items() if installed(name)},
    }
    race_of_processes("start", ways, 1)  # so that what is imported is compiled
    return race_of_processes("start", ways, rounds)
