"""Reading settings: growthsheet.toml, and the options of the command line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from growthsheet.errors import InputError, Problem
from growthsheet.sources.catalogs.document import one_line, read_mapping
from growthsheet.sources.catalogs.model_problems import shape_problems
from growthsheet.tasks.settings import Settings

FILE_NAME = "growthsheet.toml"
MAX_BYTES = 1_000_000


def read_settings(values: Mapping[str, object], name: str = FILE_NAME) -> Settings:
    """Settings from a mapping.

    Raises
    ------
    InputError
        With everything that is wrong, each thing with its key.

    >>> read_settings({"ratee": 0.02, "hours": 400})  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    growthsheet.errors.InputError: growthsheet.toml: hours: 400; wanted: at most 100; change it [out-of-range]
    growthsheet.toml: ratee: an unknown field; wanted: one of catalog, ...; did you mean 'rate'? [unknown-field]
    """
    document = read_mapping(values, name)
    try:
        return Settings.model_validate(document.value)
    except ValidationError as error:
        raise InputError([problem for _, problem in shape_problems(error, Settings, document)]) from None


def read_options(values: Mapping[str, object]) -> Settings:
    """Settings from options of the command line; problems name the option.

    >>> read_options({"cycle_date": "1 March"})
    Traceback (most recent call last):
    growthsheet.errors.InputError: --cycle-date: is not a date such as 2026-03-01; change it [bad-value]
    """
    try:
        return read_settings(values, "")
    except InputError as error:
        raise InputError(replace(problem, place=_option(problem.place)) for problem in error.problems) from None


def load_settings(path: str | os.PathLike[str]) -> Settings:
    """The settings in a TOML file; a catalog file and a folder named there are looked for beside it.

    Raises
    ------
    InputError
        With everything that is wrong, each thing with its key.
    """
    name = one_line(os.fspath(path), 200)
    settings = read_settings(_toml(Path(path), name), name)
    home, beside = Path(path).parent, {}
    if Path(settings.catalog).suffix or Path(settings.catalog).name != settings.catalog:
        beside["catalog"] = str(home / settings.catalog)
    if settings.locale_folder:
        beside["locale_folder"] = str(home / settings.locale_folder)
    return settings.model_copy(update=beside)


def find_settings(folder: str | os.PathLike[str] = ".") -> Path | None:
    """The file growthsheet.toml of a folder, if there is one."""
    path = Path(folder, FILE_NAME)
    return path if path.is_file() else None


def _option(place: str) -> str:
    """What a problem of the command line calls the option at ``: map.salary``."""
    field, _, rest = place.removeprefix(": ").partition(".")
    return f"--{field.replace('_', '-')} {rest}".rstrip()


def _toml(path: Path, name: str) -> dict[str, object]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        said = error.strerror or type(error).__name__
        raise _error("unreadable-file", name, said, "a file that you may read", "correct the name") from None
    if len(data) > MAX_BYTES:
        raise _error("file-too-large", name, "too large", f"at most {MAX_BYTES:,} bytes", "take something out")
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _error("not-utf-8", name, "bytes that are no text", "text in UTF-8", "save it as UTF-8") from None
    except RecursionError:
        raise _error("too-deep", name, "nested too deep", "a key and a value on each line", "flatten it") from None
    except ValueError as error:
        message, _, at = str(error).rstrip(")").partition(" (at ")
        place, said = f"{name}, {at}" if at else name, one_line(message, 200)
        raise _error("broken-toml", place, said, "TOML", "correct it there; texts stand in quotes") from None


def _error(code: str, place: str, said: str, wanted: str, hint: str) -> InputError:
    return InputError([Problem(code, place, said, wanted, hint)])
