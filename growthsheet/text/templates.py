"""Render jinja2 templates, with everything that is wrong in one told with its file and line."""

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
        Its path in the shipped ``templates`` folder, or in ``folder``, which comes first.
    values
        What it may use: texts, numbers, lists and dictionaries.
    say
        Spells English words in the reader's language: a template asks for ``say("Hello {name}", name=name)``.

    Raises
    ------
    InputError
        When the template is not there, is broken, or uses something that it was not given.
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
    """Where templates are found and what they may do; kept, because a template is compiled but once."""
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
    """File and line: a fault of the text knows them; one met while filling in shows them in its traceback."""
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or template}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.endswith(".py")]
    return f"{template}:{lines[-1]}" if lines else template
