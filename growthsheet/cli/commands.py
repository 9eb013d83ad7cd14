"""The command ``growthsheet`` with its subcommands."""

from __future__ import annotations

import os
from collections import UserDict
from importlib import import_module
from typing import Any

import click

from growthsheet.cli.groups import Commands
from growthsheet.version import __version__

EPILOG = """
Every option can be set in the environment as GROWTHSHEET_<OPTION>, and most in growthsheet.toml; options on the
command line win. Completion for bash, zsh and fish: eval "$(_GROWTHSHEET_COMPLETE=bash_source growthsheet)".
"""

COMMANDS = {
    "demo": ("demo", "Make sample workbooks to look at."),
    "init": ("init", "Write a starter folder: catalog, roster, settings."),
    "build": ("build", "Make everybody's workbook, and one for each manager."),
    "collect": ("collect", "Read returned workbooks and merge their answers."),
    "status": ("status", "Show who has answered, and who has not."),
    "agenda": ("letters", "Write an agenda for each one-to-one."),
    "invite": ("letters", "Write an e-mail to each person, as a draft."),
    "report": ("report", "Make a printable page of a returned workbook or of answers."),
    "check": ("check", "Find everything that is wrong with catalogs, rosters, settings and translations."),
    "catalog": ("catalog", "Make, list, show, convert and compare catalogs."),
    "roster": ("roster", "Show how a roster is understood."),
    "carry-over": ("carry_over", "Write what people bring along into the next fiscal year."),
    "migrate": ("migrate", "Move answers to the next version of a catalog."),
    "export": ("person", "Copy everything that a folder holds about one person."),
    "forget": ("person", "Erase one person from a folder."),
    "explain": ("explain", "Explain what a problem code means and what to do."),
}
"""Each command's module and its line in the list of commands; in the order in which a new user needs them."""


class LazyCommands(UserDict[str, Any]):
    """Commands that are imported when they are used."""

    def __getitem__(self, name: str) -> click.Command:
        module, found = self.data[name]
        command: click.Command = getattr(import_module(f".{module}", __package__), name.replace("-", "_"))
        command.short_help = found
        return command


class Growthsheet(Commands):
    """The group of all commands; listing them imports none."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, found) for name, (_, found) in COMMANDS.items()])


@click.group(
    cls=Growthsheet,
    commands=LazyCommands(COMMANDS),
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, "-V", "--version")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Professional Growth Plan workbooks from a catalog of roles and a roster of people."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
