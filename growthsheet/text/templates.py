"""Render jinja2 templates; an error in one is reported with its file and line."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from growthsheet.errors import InputError, Problem
from growthsheet.storage.package_data import template_folder
from growthsheet.text.language import Translate, fill_in
from growthsheet.text.quoting import one_line
from growthsheet.text.template_limits import BUDGET, LimitedEnvironment, RenderingBudget, TooMuchError


def render(
    template: str,
    values: Mapping[str, Any],
    folder: str | os.PathLike[str] | None = None,
    translate: Translate = str,
    room: int = 1,
) -> str:
    """Return a template of ``folder``, or else a shipped one, filled in with values.

    A template calls ``translate("Hello {name}", name=name)`` for English texts. ``room`` is how many times the usual
    limits a template of the folder may use. Raises InputError if there is no such template, if it has an error or uses
    a value that was not passed, or if it goes beyond a limit.
    """

    def told(text: str, **places: object) -> str:
        return fill_in(translate(text), **places)

    BUDGET.set(RenderingBudget(room))
    try:
        return "".join(
            _environment(os.fspath(folder or "")).get_template(template).generate({**values, "translate": told})
        )
    except Exception as error:  # a template can raise any kind: a division by zero, too deep a recursion...
        raise InputError([_problem(error, template, os.fspath(folder or ""))]) from error


@cache
def _environment(folder: str) -> ImmutableSandboxedEnvironment:
    """Return the environment with the folders of templates and their limits; cached, as are compiled templates."""
    shipped = FileSystemLoader(template_folder())
    loaders: list[BaseLoader] = [FileSystemLoader(folder)] if folder else []
    kind = LimitedEnvironment if folder else ImmutableSandboxedEnvironment  # pages of large teams are long by right
    return kind(
        loader=ChoiceLoader([*loaders, shipped, PrefixLoader({"builtin": shipped})]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _problem(error: Exception, template: str, folder: str) -> Problem:
    """Return what is wrong, with file and line: the error's own if it is in the syntax, else from its traceback."""
    found, place = str(error), template
    if isinstance(error, TemplateSyntaxError):
        place = f"{error.name or template}:{error.lineno}"
    elif frames := [
        each for each in traceback.extract_tb(error.__traceback__) if not each.filename.endswith((".py", ">"))
    ]:
        file = Path(frames[-1].filename)
        homes = [home for home in (Path(folder), template_folder()) if file.is_relative_to(home)]
        place = f"{file.relative_to(homes[0]).as_posix() if homes else template}:{frames[-1].lineno}"
    if isinstance(error, RecursionError):
        found = "it includes or calls itself endlessly, or is nested too deep"
    elif not isinstance(error, TemplateError | TooMuchError):
        found = f"{type(error).__name__}: {error}"
    return Problem("broken-template", place, one_line(found, 300), "a template that can be filled in")
