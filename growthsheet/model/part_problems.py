"""The faults that pydantic finds in a value, as problems that a person can act on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from growthsheet.errors import Problem
from growthsheet.text.numbers import CLEAR_HINT, CLEAR_NUMBER
from growthsheet.text.quoting import nearest, quote

# Our code, what to do, and for each thing that is wanted the kinds of pydantic's errors (its docs: Validation Errors).
_KINDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "not-text": ("put it in quotes", {"text": "string_type string_unicode"}),
    "text-length": (
        "change it",
        {"{min_length} or more characters": "string_too_short", "at most {max_length} characters": "string_too_long"},
    ),
    "bad-id": (
        "change it, and wherever it is used",
        {"at most 64 letters, digits, '-', '_' and '.', a letter or digit first": "string_pattern_mismatch"},
    ),
    "not-a-number": (
        "write it in digits",
        {
            "a whole number": "int_type int_parsing int_parsing_size int_from_float",
            "a number": "float_type float_parsing decimal_type decimal_parsing finite_number",
        },
    ),
    "out-of-range": (
        "change it",
        {
            "{ge} or more": "greater_than_equal",
            "at most {le}": "less_than_equal",
            "a share from 0 to 1, such as 0.03 or 3%": "share",
        },
    ),
    "list-length": (
        "add or take out entries",
        {"{min_length} or more entries": "too_short", "at most {max_length} entries": "too_long"},
    ),
    "decimal-mark-unclear": (CLEAR_HINT, {CLEAR_NUMBER: "decimal_mark"}),
    "not-a-choice": ("choose one of them", {"{expected}": "literal_error enum"}),
    "not-a-list": ("write [first, second], or a line '- entry' for each", {"a list": "tuple_type"}),
    "not-a-mapping": (
        "see how the built-in catalog is written",
        {
            "a mapping (a line 'key: value' for each entry)": "dict_type mapping_type",
            "a mapping with {fields}": "model_type",
        },
    ),
}
_WANTED = {
    kind: (code, wanted) for code, (_, of) in _KINDS.items() for wanted, kinds in of.items() for kind in kinds.split()
}

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
            code, expected = _WANTED.get(kind, ("bad-value", "another kind of value"))
            limits = {name: f"{n:g}" if isinstance(n, float) else n for name, n in detail.get("ctx", {}).items()}
            limits |= {"msg": detail["msg"], "fields": ", ".join(_fields(model, loc))}
            value = quote(loc[-2] if loc[-1:] == ("[key]",) else detail["input"]) if shown else "another value"
            yield path, Problem(code, where, value, expected.format(**limits), _hint(code, detail["input"]))


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


def _hint(code: str, value: object) -> str:
    hint, _ = _KINDS.get(code, ("change it", {}))
    return "write a value, or leave the whole line out" if value is None else hint


def _fields(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The fields of the model that stands at a place inside a model."""
    for step in loc:
        if field := model.model_fields.get(str(step)):
            model = _inner(field) or model
    return tuple(model.model_fields)
