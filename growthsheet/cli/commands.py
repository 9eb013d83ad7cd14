"""The command itself, with its subcommands."""

from __future__ import annotations

import os

import click

from .. import __version__
from .build import build
from .catalog import catalog
from .check import check
from .collect import collect
from .demo import demo
from .explain import explain
from .groups import Commands
from .init import init
from .letters import agenda, invite
from .migrate import migrate
from .person import export, forget
from .report import report
from .roster import roster

EPILOG = """
Every option can be set in the environment as GROWTHSHEET_<OPTION>, and most in growthsheet.toml; an option that is
typed wins. Completion for bash, zsh and fish: eval "$(_GROWTHSHEET_COMPLETE=bash_source growthsheet)".
"""


@click.group(
    cls=Commands,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__)
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Professional Growth Plan workbooks from a catalog of roles and a roster of people."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False


for command in (
    demo,
    init,
    build,
    collect,
    agenda,
    invite,
    report,
    check,
    catalog,
    roster,
    migrate,
    export,
    forget,
    explain,
):
    cli.add_command(command)
