"""The faults that pydantic finds in a value, as problems that a person can act on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from growthsheet.errors import Problem
from growthsheet.storage.shipped_words import shipped_words
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER
from growthsheet.text.quoting import nearest, quote


@cache
def _kinds() -> Mapping[str, tuple[str, str, str]]:
    """Return our code, what is wanted and what to do for each of pydantic's kinds of errors."""
    known = {
        kind: (code, wanted, of["hint"])
        for code, of in shipped_words("model-problems.yaml").items()
        for wanted, kinds in of["wanted"].items()
        for kind in kinds.split()
    }
    return known | {"decimal_mark": ("decimal-mark-unclear", CLEAR_NUMBER, CLEAR_HINT)}


Loc = tuple[int | str, ...]
"""The steps to a value inside a model: fields, keys and positions."""


def model_problems(
    error: ValidationError, model: type[BaseModel], place: Callable[[Loc], str], shown: bool = True
) -> Iterator[tuple[str, Problem]]:
    """Each thing that keeps a value from being a model, as (dotted path, problem).

    A misspelled field is one problem, although it is also a missing one. ``shown`` tells whether problems may show
    the values.

    >>> from growthsheet.model import Area
    >>> try:
    ...     Area.__pydantic_validator__.validate_python({"id": "in sight", "nam": "Insight"})
    ... except ValidationError as error:
    ...     for _, problem in model_problems(error, Area, lambda loc: f"areas.yaml: {loc[0]}"):
    ...         print(problem)  # doctest: +ELLIPSIS
    areas.yaml: id: 'in sight'; wanted: at most 64 letters, ... [bad-id]
    areas.yaml: nam: an unknown field; wanted: one of id, name; did you mean 'name'? [unknown-field]
    """
    found = details(error)
    unknown = [detail["loc"] for detail in found if detail["type"] == "extra_forbidden"]
    meant = {loc: nearest(str(loc[-1]).lower(), _fields(model, loc[:-1])) for loc in unknown}
    misspelled = {(*loc[:-1], field) for loc, field in meant.items() if field}
    for detail in found:
        loc, kind = detail["loc"], detail["type"]
        if kind == "missing" and loc in misspelled:
            continue
        steps = tuple(step for step in loc if step != "[key]")
        path, where = ".".join(map(str, steps)), place(steps)
        if kind == "extra_forbidden":
            expected = f"one of {', '.join(_fields(model, loc[:-1]))}"
            hint = f"did you mean '{meant[loc]}'?" if meant[loc] else "take it out"
            yield path, Problem("unknown-field", where, "an unknown field", expected, hint)
        elif kind == "missing":
            yield path, Problem("missing-field", where, "not there", f"the field '{loc[-1]}'", "add it")
        elif kind == "value_error":
            yield path, Problem("bad-value", where, str(detail["ctx"]["error"]), hint="change it")
        else:
            code, expected, hint = _kinds().get(kind, ("bad-value", "another kind of value", "change it"))
            hint = "write a value, or leave the whole line out" if detail["input"] is None else hint
            limits = {name: f"{n:g}" if isinstance(n, float) else n for name, n in detail.get("ctx", {}).items()}
            limits |= {"msg": detail["msg"], "fields": ", ".join(_fields(model, loc))}
            value = quote(loc[-2] if loc[-1:] == ("[key]",) else detail["input"]) if shown else "another value"
            yield path, Problem(code, where, value, expected.format(**limits), hint)


def python_path(model: type[BaseModel], values: object, loc: Loc) -> str:
    """Return where a value is as Python writes it: ``roles["lead"].expected["coaching"]``.

    Entries of a list are named by their ids, if they have any.
    """
    path = ""
    inside: type[BaseModel] | None = model
    for step in loc:
        field = inside.model_fields.get(str(step)) if inside else None
        if isinstance(values, Mapping):
            values = values.get(step, values.get(str(step)))
        elif isinstance(values, list | tuple) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            values = getattr(values, str(step), None)
        if field:
            path += f".{step}" if path else str(step)
            inside = _inner(field)
        else:
            id = values.get("id") if isinstance(values, Mapping) else getattr(values, "id", None)
            path += f"[{json.dumps(id or step, ensure_ascii=False)}]" if path else str(step)
    return path


def _inner(field: FieldInfo) -> type[BaseModel] | None:
    """Return the model of a field, or of the entries of its list."""
    kinds = (field.annotation, *get_args(field.annotation))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def details(error: ValidationError) -> list[Any]:
    """What pydantic says; it counts only the sound entries of a list, and calls one short whose entries are wrong."""
    details: list[Any] = list(error.errors(include_url=False))
    unsound = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [detail for detail in details if detail["type"] != "too_short" or detail["loc"] not in unsound]


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The fields of the model that stands at a place inside a model."""
    for step in loc:
        if field := model.model_fields.get(str(step)):
            model = _inner(field) or model
    return tuple(model.model_fields)
