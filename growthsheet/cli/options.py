"""The options that several commands share, and their conversion to settings."""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from growthsheet.cli import output
from growthsheet.storage.package_data import template_folder

if TYPE_CHECKING:
    from growthsheet.errors import Problem
    from growthsheet.roster.roster import Roster
    from growthsheet.tasks.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])


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

            others = [] if os.path.lexists(value) else names_beside(value)  # it may be there, and of the wrong kind
            near = did_you_mean(os.path.basename(value), others, "")
            raise click.BadParameter(f"{error.message} {near.capitalize()}".rstrip(), ctx, param) from None


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


class Listed(click.ParamType):  # type: ignore[type-arg]  # it takes none before click 8.3
    """Words of a list, with commas between them."""

    name = "text"

    def __init__(self, known: Sequence[str]) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:
        """Return the words, each once."""
        wanted = tuple(dict.fromkeys(part.strip() for part in value.split(",")))
        if wrong := [part for part in wanted if part not in self.known]:
            self.fail(f"'{wrong[0]}' is not one of {', '.join(self.known)}", param, ctx)
        return wanted


def _as_mapping(ctx: click.Context, param: click.Parameter, pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the pairs as a mapping; a field that is given twice is an error."""
    mapping: dict[str, str] = {}
    for field, column in pairs:
        if mapping.setdefault(field, column) != column:
            raise click.BadParameter(f"'{field}' is given twice", ctx, param)
    return mapping


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


_KINDS: Mapping[str, Mapping[str, Any]] = {
    "path": {"type": FilePath()},
    "folder": {"type": FilePath(exists=True, file_okay=False)},
    "folder to write": {"type": FilePath(file_okay=False)},
    "file to write": {"type": FilePath(dir_okay=False)},
    "password": {"type": FilePath(), "callback": _first_line},
    "json": {"is_eager": True, "callback": _remember},
}


def added(*tables: str) -> Callable[[Command], Command]:
    """Return what adds the options in some tables of ``templates/options.toml`` to a command, and ``--json`` to each.

    Each option is also read from the environment: ``--cycle-date`` from GROWTHSHEET_CYCLE_DATE.
    """
    found = [_option(typed, said) for table in (*tables, "json") for typed, said in _tables()[table].items()]
    return lambda command: reduce(lambda done, add: add(done), reversed(found), command)


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((template_folder() / "options.toml").read_text("utf-8"))


def _option(typed: str, said: str | Mapping[str, Any]) -> Callable[[Command], Command]:
    """Return an option, from the words in the file: as one types it, and its help, alone or with more about it."""
    about: dict[str, Any] = {"help": said} if isinstance(said, str) else dict(said)
    name, _, value = typed.partition(" ")
    names = [about.pop(key) for key in ("short", "as") if key in about]
    about |= {"envvar": "GROWTHSHEET_" + name.strip("-").replace("-", "_").upper(), "metavar": value or None}
    about |= _KINDS.get(about.pop("is", ""), {})
    limits = about.pop("of", ())
    if not value:
        about["is_flag"] = True
    elif value.startswith("["):
        about |= {"type": click.Choice(value.strip("[]").split("|")), "metavar": None}
    elif value.endswith("..."):
        form = value.removesuffix("...")
        about |= {"metavar": form, "multiple": True, "help": f"{about['help']}; repeatable."}
        about |= {"type": Pair(form), "callback": _as_mapping} if "=" in form else {"type": RepeatedText()}
    elif limits:
        about["type"] = click.IntRange(*limits) if isinstance(limits[0], int) else Listed(limits)
    return click.option(name, *names, **about)


as_json = added()
"""The option ``--json`` alone."""


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
