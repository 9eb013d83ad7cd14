"""The base class of the model's objects, and the types of text that their fields hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from sys import intern
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticKnownError

from growthsheet.errors import InputError
from growthsheet.model.excel_limits import MAX_TEXT, units
from growthsheet.model.part_problems import Loc, model_problems, python_path

F = TypeVar("F", bound=Callable[..., Any])


def init(function: F) -> F:
    """Mark an ``__init__`` as one that pydantic need not call where it makes an object of what it has checked."""
    function.__pydantic_base_init__ = True  # type: ignore[attr-defined]
    return function


class Part(BaseModel):
    """An immutable object that refuses unknown fields, with an :class:`~growthsheet.InputError` that tells them all."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, allow_inf_nan=False)
    confidential: ClassVar[bool] = False
    """True if no error may show a value, which may be a salary."""

    @init
    def __init__(self, **fields: Any) -> None:
        self._validated(self.__pydantic_validator__.validate_python, fields, {"self_instance": self})

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Return what pydantic's method of that name returns; what is wrong is an :class:`~growthsheet.InputError`."""
        return cls._validated(super().model_validate, obj, options)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Return what pydantic's method of that name returns; what is wrong is an :class:`~growthsheet.InputError`."""
        return cls._validated(super().model_validate_json, json_data, options)

    @classmethod
    def _validated(cls, validate: Callable[..., Self], value: Any, options: Mapping[str, Any]) -> Self:
        try:
            return validate(value, **options)
        except ValidationError as error:
            place = partial(cls._place, value)
            raise InputError(p for _, p in model_problems(error, cls, place, not cls.confidential)) from None

    @classmethod
    def _place(cls, fields: object, loc: Loc) -> str:
        path = python_path(cls, fields, loc)
        return f"{cls.__name__}: {path}" if path else cls.__name__

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values in some fields; it is checked like a new object, and has no old caches."""
        if not update:
            return super().model_copy(deep=deep)
        return type(self)(**{name: getattr(self, name) for name in self.model_fields_set} | dict(update))


class Parts(Part):
    """An object that holds many others, and shows itself by how many."""

    def __repr__(self) -> str:
        found = {name: getattr(self, name) for name in (*type(self).model_fields, *(self.__pydantic_extra__ or ()))}
        named = "".join(f" {found[name]}" for name in ("id", "version") if name in found)
        counts = ", ".join(f"{name} {len(value):,}" for name, value in found.items() if isinstance(value, tuple))
        return f"<{type(self).__name__}{named}: {counts}>"

    __str__ = __repr__


P = TypeVar("P", bound=Part)

_SETS: dict[frozenset[str], set[str]] = {}


def lean(part: P) -> P:
    """Return an equal object that takes a quarter of the memory, for use where there are very many.

    pydantic gives each object a dictionary and a set of its own. Attributes that are set one by one share their names
    among all objects of the class; equal sets and equal short texts, which are frequent, are shared here.
    """
    same = object.__new__(type(part))
    for name, value in part:
        object.__setattr__(same, name, intern(value) if type(value) is str and len(value) <= 64 else value)
    shared = _SETS.setdefault(frozenset(part.model_fields_set), part.model_fields_set)
    object.__setattr__(same, "__pydantic_fields_set__", shared)
    object.__setattr__(same, "__pydantic_extra__", None)
    object.__setattr__(same, "__pydantic_private__", None)
    return same


def in_order(parts: Iterable[P], *by: str) -> list[P]:
    """Return objects sorted by several fields; those that are equal in all of them keep their order.

    It sorts by one field after the other, the last one first: a tuple of keys for each object would take as much
    memory as the object.
    """
    found = list(parts)
    for name in reversed(by):
        found.sort(key=attrgetter(name))
    return found


def unfit(text: str) -> str:
    """Return the first character of a text that no workbook can store; blank if there is none."""
    return next(
        (c for c in text if (unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n\r") or c in "\ufffe\uffff"), ""
    )


def _clean(text: str) -> str:
    if character := unfit(text):
        raise ValueError(f"holds the character U+{ord(character):04X}, which no workbook can carry")
    if units(text) > MAX_TEXT:
        raise ValueError(f"is longer than {MAX_TEXT:,} characters, the most that one cell holds")
    return text.replace("\r\n", "\n").replace("\r", "\n")  # a cell breaks lines with one character only


def _number(value: object) -> object:
    """Refuse a truth value, also numpy's, which pydantic takes for the number 1 or 0."""
    if type(value).__name__ in ("bool", "bool_"):
        raise PydanticKnownError("float_type")
    return value


NUMBER = BeforeValidator(_number)
"""Belongs to each type of numbers: True and False are none."""

Whole = Annotated[int, NUMBER]
"""A whole number."""

Number = Annotated[float, NUMBER]
"""A number."""

Text = Annotated[str, AfterValidator(_clean)]
"""Any text that a cell can hold unchanged."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), AfterValidator(_clean)]
"""A name: some text on one line."""

Label = Annotated[Line, Field(max_length=80)]
"""A name that drop-downs offer."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
"""An id of the catalog: letters, digits, ``-``, ``_`` and ``.``; at most 64."""

Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_clean)]
"""An id from somebody else's system (a person's, a team's): opaque text."""
