"""The options that several commands share, and their conversion to settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from growthsheet.cli import output

if TYPE_CHECKING:
    from growthsheet.errors import Problem
    from growthsheet.roster.roster import Roster
    from growthsheet.tasks.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


def option(name: str, *names: str, **attributes: Any) -> Callable[[Command], Command]:
    """Return an option that is also read from the environment: ``--cycle-date`` from GROWTHSHEET_CYCLE_DATE."""
    variable = "GROWTHSHEET_" + name.removeprefix("--").replace("-", "_").upper()
    return click.option(name, *names, envvar=variable, **attributes)


class FilePath(click.Path):
    """The path of a file or a folder; where it has to exist and does not, the nearest name is suggested."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if value == "":
            self.fail("it is blank; name a file or a folder", param, ctx)
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            from growthsheet.storage.file_names import names_beside
            from growthsheet.text.quoting import did_you_mean

            near = did_you_mean(os.path.basename(value), names_beside(value), "")
            raise click.BadParameter(f"{error.message} {near.capitalize()}".rstrip(), ctx, param) from None


FIELD_COLUMN = "FIELD=COLUMN"


class RepeatedText(click.ParamType):  # type: ignore[type-arg]  # it takes none before click 8.3
    """Text that may be given several times; in the environment, separated by ``;``."""

    name = "text"
    envvar_list_splitter = ";"


class Pair(RepeatedText):
    """A parameter of a form such as ``FIELD=COLUMN``."""

    def __init__(self, form: str) -> None:
        self.form = form

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Return what stands before the first ``=`` and what stands after it."""
        if isinstance(value, tuple):
            return value
        field, sign, column = str(value).partition("=")
        if not sign:
            self.fail(f"'{value}' is not {self.form}", param, ctx)
        return field.strip(), column.strip()


def _as_mapping(ctx: click.Context, param: click.Parameter, pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the pairs as a mapping; a field that is given twice is an error."""
    mapping: dict[str, str] = {}
    for field, column in pairs:
        if mapping.setdefault(field, column) != column:
            raise click.BadParameter(f"'{field}' is given twice", ctx, param)
    return mapping


def repeated(name: str, *names: str, metavar: str, help: str) -> Callable[[Command], Command]:
    """Return an option that may be given several times."""
    return option(name, *names, type=RepeatedText(), multiple=True, metavar=metavar, help=f"{help}; repeatable.")


def pairs(name: str, form: str, help: str) -> Callable[[Command], Command]:
    """Return an option for pairs that may be given several times and come as one mapping."""
    more = f"{help}; repeatable."
    return option(name, type=Pair(form), multiple=True, callback=_as_mapping, metavar=form, help=more)


def _remember(ctx: click.Context, param: click.Parameter, value: bool) -> bool:
    ctx.meta[output.AS_JSON] = value
    return value


def _first_line(ctx: click.Context, param: click.Parameter, path: str | None) -> str:
    """Return the password in a file; no message ever repeats it."""
    if not path:
        return ""
    try:
        first, *_ = Path(path).read_text("utf-8-sig").splitlines() or [""]
    except (OSError, UnicodeDecodeError):
        raise click.BadParameter(f"{path} cannot be read as text", ctx, param) from None
    if not first:
        raise click.BadParameter(f"the first line of {path} is blank; write the password there", ctx, param)
    return first


def grouped(*added: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return what adds several options to a command, in this order."""
    return lambda command: reduce(lambda done, add: add(done), reversed(added), command)


def books_option(known: tuple[str, ...], default: str, help: str) -> Callable[[Command], Command]:
    """Return the option ``--for``, which names one or several kinds of workbooks."""

    def kinds(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
        if wrong := [part for part in wanted if part not in known]:
            raise click.BadParameter(f"'{wrong[0]}' is not one of {', '.join(known)}", ctx, param)
        return wanted

    return option("--for", "books", default=default, show_default=True, metavar="BOOKS", callback=kinds, help=help)


def pay_options(medium: str) -> Callable[[Command], Command]:
    """Return what adds the options about pay: ``medium`` is the word for what would hold it."""
    team, person = click.Choice(["salary", "allowance", "pooled", "none"]), click.Choice(["allowance", "none"])
    return grouped(
        option("--pay", type=team, help=f"What a team's {medium} may hold about pay (default salary)."),
        option(
            "--person-pay", type=person, help=f"What a person's own {medium} may hold about pay (default allowance)."
        ),
    )


roster_options = grouped(
    option(
        "--catalog", metavar="NAME|FILE", help="The catalog: a built-in name (default product-management) or a file."
    ),
    pairs("--map", FIELD_COLUMN, "The roster column for a field that no column, or more than one, is named for"),
    option("--default-role", metavar="ROLE", help="The role for titles that match none; without it they are errors."),
    option(
        "--basis",
        type=click.Choice(["annual", "annual_fte", "monthly", "monthly_fte", "hourly"]),
        help="What the amounts of pay are for, where the roster does not say.",
    ),
    option("--currency", metavar="CODE", help="The currency, where the roster does not say."),
    option("--hours", metavar="N", help="Weekly hours of full time (default 40)."),
    repeated("--ignore", metavar="COLUMN", help="A roster column to leave out"),
    repeated("--keep", metavar="COLUMN", help="A roster column to show beside people in the organization's workbook"),
    option("--sheet", metavar="NAME", help="The roster's tab, where several may be meant."),
    option(
        "--date-order",
        type=click.Choice(["dmy", "mdy", "ymd"]),
        help="The order of day, month and year, where dates do not show it.",
    ),
    option("--decimal", type=click.Choice([".", ","]), help="The decimal mark, where numbers do not show it."),
    pairs("--status", "WORD=employed|left", "What a word of the status column means, where it is not known"),
    pairs("--acting", "MANAGER=PERSON", "Who stands in for a manager who is not here (ids, e-mails or unique names)"),
    repeated("--accept", metavar="CODE", help="The code of a problem that you have checked and that is right as it is"),
    option("--fiscal-year-start", metavar="MM-DD", help="When the fiscal year starts (default 01-01)."),
    option("--as-of", metavar="DATE", help="The day as of which people are read (default: the cycle's date or today)."),
    option("--encoding", metavar="NAME", help="The roster's encoding, if it is neither UTF-8 nor Windows-1252."),
    option("--config", type=FilePath(), help="The settings file (default: growthsheet.toml in this folder, if any)."),
)
"""The options for reading rosters."""

language_options = grouped(
    option("--language", metavar="CODE", help="The workbooks' language, such as de (default en)."),
    option("--locale-folder", metavar="DIR", help="Translations, such as DIR/de/LC_MESSAGES/growthsheet.mo or .po."),
)
"""The options for choosing a language."""

framework = grouped(
    option(
        "--ladder",
        metavar="WORDS",
        help='Words for the levels of a framework, as in "Novice, Able, Expert", or a known ladder, such as dreyfus.',
    ),
    option(
        "--scale",
        metavar="FILE|0-7",
        help="The skill scale of a framework: its ends, or a file with value, label and meaning.",
    ),
)
"""The options by which the levels of other people's frameworks are read."""

cycle_options = grouped(
    option("--cycle", metavar="ID", help="The review cycle (default: the year)."),
    option("--cycle-label", metavar="TEXT", help='The name of the review cycle, as in "Spring 2026".'),
    option("--cycle-date", metavar="DATE", help="The review cycle's date."),
)
"""The options for the review cycle."""


def out_option(help: str, **attributes: Any) -> Callable[[Command], Command]:
    """Return the option that says what is written, and where."""
    return option("--out", "-o", **{"required": True, "type": FilePath(file_okay=False), "help": help} | attributes)


quiet = option("--quiet", "-q", is_flag=True, help="Print errors only.")

run_options = grouped(
    option("--force", is_flag=True, help="Replace files that somebody changed, each after a backup."),
    option("--dry-run", is_flag=True, help="Write nothing; show what would be written."),
    quiet,
)
"""The options of commands that write many files into a folder."""

password_file = option(
    "--password-file",
    "password",
    type=FilePath(),
    metavar="FILE",
    callback=_first_line,
    help="The first line of this file is the workbooks' password.",
)
"""The option for a password; the command gets the password."""

as_json = option(
    "--json", "as_json", is_flag=True, is_eager=True, callback=_remember, help="Print JSON, with stable keys."
)


def taken(given: dict[str, Any], *names: str) -> dict[str, Any]:
    """Take some options out of those that a command was given, to pass them on; the others are settings."""
    return {name: given.pop(name) for name in names}


def resolve_settings(config: str | None, given: Mapping[str, Any]) -> Settings:
    """Return the settings: options and environment override growthsheet.toml, which overrides the defaults."""
    from growthsheet.errors import InputError
    from growthsheet.tasks.settings import Settings, find_settings, load_settings, read_options

    options, stored = Settings(), Settings()
    problems: list[Problem] = []
    try:
        options = read_options({name: value for name, value in given.items() if value not in (None, {}, ())})
    except InputError as error:
        problems += error.problems
    try:
        if path := config or find_settings():
            stored = load_settings(path)
    except InputError as error:
        problems += error.problems
    if problems:
        raise InputError(problems)
    return options.over(stored)


def of_cycle(settings: Settings, answers: str | None, quiet: bool = False) -> Settings:
    """Return the settings; if an earlier cycle is named, they are as of its date, and a note says so."""
    from growthsheet.errors import Problem
    from growthsheet.tasks.status import as_of_cycle
    from growthsheet.text.quoting import quote

    found = as_of_cycle(settings, answers) if answers else settings
    if found.as_of != settings.as_of and not quiet:
        told = f"people are those of {found.as_of}, the date of the cycle {quote(str(found.cycle))}"
        note = Problem("earlier-cycle", "--cycle", told, hint="name another day with --as-of", severity="note")
        output.show_problems([note])
    return found


def on_stdin(file: str) -> bytes | None:
    """Return what stdin holds if the file is ``-``, as far as a roster may be long; None for any other file."""
    if file != "-":
        return None
    from growthsheet.sources.tables.read_table import MOST_BYTES

    return sys.stdin.buffer.read(MOST_BYTES + 1)


def roster_from(file: str, settings: Settings) -> Roster:
    """Return the roster in a file, or on stdin if the file is ``-``."""
    data = on_stdin(file)
    return settings.roster(file) if data is None else settings.roster(data, name="stdin")
