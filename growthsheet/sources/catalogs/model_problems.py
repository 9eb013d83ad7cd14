"""Objects of a model, made of what a person wrote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from growthsheet.errors import InputError
from growthsheet.model.part_problems import model_problems
from growthsheet.sources.catalogs.document import read_mapping

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], values: Mapping[str, object], name: str) -> M:
    """An object of a model from its fields by name; raise InputError with all that is wrong, each with its key."""
    document = read_mapping(values, name)
    try:
        made: M = model.__pydantic_validator__.validate_python(document.value)
        return made
    except ValidationError as error:
        raise InputError(problem for _, problem in model_problems(error, model, document.place_of)) from None
