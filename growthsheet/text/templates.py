"""Render jinja2 templates; an error in one is reported with its file and line."""

from __future__ import annotations

import os
import traceback
from collections.abc import Mapping
from functools import cache
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


def render(
    template: str, values: Mapping[str, Any], folder: str | os.PathLike[str] | None = None, translate: Translate = str
) -> str:
    """Fill in a template.

    Parameters
    ----------
    template
        Its path in ``folder``, or if it is not there, in the shipped ``templates`` folder.
    values
        The values that it may use: texts, numbers, lists and dictionaries.
    translate
        Translates English texts; a template calls it as ``translate("Hello {name}", name=name)``.

    Raises
    ------
    InputError
        If the template does not exist, has an error, or uses a value that was not passed.
    """

    def told(text: str, **places: object) -> str:
        return fill_in(translate(text), **places)

    try:
        return _environment(os.fspath(folder or "")).get_template(template).render({**values, "translate": told})
    except TemplateError as error:
        problem = Problem("broken-template", _place(error, template), str(error), "a template that can be filled in")
        raise InputError([problem]) from error


@cache
def _environment(folder: str) -> ImmutableSandboxedEnvironment:
    """Return the environment with the folders of templates and their limits; cached, as are compiled templates."""
    shipped = FileSystemLoader(template_folder())
    loaders: list[BaseLoader] = [FileSystemLoader(folder)] if folder else []
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*loaders, shipped, PrefixLoader({"builtin": shipped})]),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _place(error: TemplateError, template: str) -> str:
    """Return the file and line of an error: of its own if it is in the syntax, else from its traceback."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or template}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    return f"{template}:{lines[-1]}" if lines else template
