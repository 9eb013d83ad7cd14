"""Arguments of public functions: refused where they are something else than the function says."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from enum import EnumType
from functools import cache, wraps
from numbers import Integral, Real
from types import NoneType, UnionType
from typing import Any, Literal, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.text.quoting import one_line, quote

Given = ParamSpec("Given")
R = TypeVar("R")

COMMAND_LINE: ContextVar[bool] = ContextVar("COMMAND_LINE", default=False)
"""True while a command runs: problems then name its options instead of Python's arguments."""


def strict(function: Callable[Given, R]) -> Callable[Given, R]:
    """Refuse arguments that are not of their types, and name arguments, not options, in what the function refuses.

    A word for a flag, another word than those of a ``Literal``, a text for a list: each would be taken for something.
    """
    return strict_but(())(function)


def strict_but(judged: Container[str]) -> Callable[[Callable[Given, R]], Callable[Given, R]]:
    """Return what :func:`strict` does, for a function that judges some of its arguments itself, all at once."""

    def decorated(function: Callable[Given, R]) -> Callable[Given, R]:
        signature, types = inspect.signature(function), cache(lambda: get_type_hints(function))

        @wraps(function)
        def checked(*args: Given.args, **named: Given.kwargs) -> R:
            given = signature.bind(*args, **named).arguments
            hints = types()
            try:
                problems = [
                    Problem(code, f"{function.__name__}: {name}", quote(found), expected, "change it")
                    for name, value in given.items()
                    if name not in judged
                    for each in (
                        value if signature.parameters[name].kind is inspect.Parameter.VAR_POSITIONAL else [value]
                    )
                    for code, found, expected in _faults(hints.get(name, Any), each)
                ]
                if problems:
                    raise InputError(problems)
                return function(*args, **named)
            except InputError as error:
                if COMMAND_LINE.get():
                    raise
                raise InputError(map(in_python, error.problems)) from None

        return checked

    return decorated


def _faults(hint: Any, value: object) -> Iterator[tuple[str, object, str]]:
    """Yield the code of a fault, the faulty value, and what is expected; nothing for types that are not judged."""
    kinds = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    bases = {kind: get_origin(kind) or kind for kind in kinds}
    classes = [_WIDER.get(base, base) for base in bases.values() if base is not Literal]
    if Any in kinds or not all(isinstance(base, type | tuple) for base in classes):
        return
    lists = [kind for kind, base in bases.items() if base in (Sequence, Iterable)]
    words = [str(word) for kind, base in bases.items() if base is Literal for word in get_args(kind)]
    words += [str(word) for kind in kinds if isinstance(kind, EnumType) for word in list[Any](kind)]
    if lists and isinstance(value, str | bytes) and type(value) not in kinds:
        yield "not-a-list", value, f"a list, such as [{quote(value)}]"
    elif lists and isinstance(value, list | tuple | set):
        for entry in value:
            yield from _faults(get_args(lists[0])[0], entry)
    elif (isinstance(value, bool) and bool not in kinds) or not isinstance(value, (*classes, *[str] * bool(words))):
        named = [_named(base) for base in bases.values() if base not in (NoneType, Literal)]
        expected = " or ".join(map(repr, words) if words else named)
        yield "not-a-choice" if words or bool in kinds else "bad-value", value, expected
    elif words and isinstance(value, str) and value not in words and str not in kinds:
        yield "not-a-choice", value, " or ".join(map(repr, words))


_KINDS: tuple[Any, ...] = (bool, int, float, str, date, os.PathLike, Iterable, Sequence, Mapping)
_CALLED = ("True or False", "a whole number", "a number", "a text", "a day", "a path", "a list", "a list", "a mapping")
_NAMES = dict(zip(_KINDS, _CALLED, strict=True))
_WIDER: dict[Any, Any] = {int: Integral, float: (Real, Decimal)}
"""Also numpy's numbers are numbers."""


def _named(kind: type) -> str:
    return _NAMES.get(kind) or f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def as_day(value: date | str, place: str) -> date:
    """Return the day that is given, or that a text such as 2026-03-01 names; raise InputError if it names none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if day := iso_day(value):
        return day
    raise refusal("bad-value", place, one_line(value), "a date such as 2026-03-01", "change it")


def iso_day(text: object) -> date | None:
    """Return the day that a text such as 2026-03-01 names; None if it names none."""
    try:
        return date.fromisoformat(str(text)) if re.fullmatch(r"\d{4}-\d\d-\d\d", str(text), re.ASCII) else None
    except ValueError:
        return None


_OPTION = re.compile(
    r"""--(?P<option>[a-z]+(?:-[a-z]+)*)\b
    (?:[ ]"(?P<words>[^"=]+)=(?P<means>[^"]*)" | [ ](?P<key>\w+)=(?P<of>"[^"]*"|[\w.]+)
    | [ ](?P<value>"[^"]*"|[A-Z]{3,}\b|[a-z]+[_-][a-z-_]+|\d+(?:[.-]\d+)?|[.,](?=[ ])
    | annual|monthly|hourly|newest|dmy))?""",
    re.VERBOSE,
)
_LISTS = ("accept", "ignore", "keep")


def in_python(problem: Problem) -> Problem:
    """Return a problem with Python's arguments in the place of the options of the command line.

    >>> in_python(Problem("x", "p", hint='say it with --basis, --basis monthly or --map salary="Pay, net"')).hint
    'say it with basis=, basis="monthly" or map={"salary": "Pay, net"}'
    """
    said = {name: _OPTION.sub(_argument, getattr(problem, name)) for name in ("place", "found", "expected", "hint")}
    return Problem(problem.code, severity=problem.severity, about=problem.about, **said)


def _argument(found: re.Match[str]) -> str:
    name, value = found["option"].replace("-", "_"), (found["value"] or "").strip('"')
    if key := found["words"] or found["key"]:
        return f'{name}={{"{key}": "{(found["means"] or found["of"]).strip(chr(34))}"}}'
    value = f'"{value}"' if value and name != "hours" else value  # a tab may be called 2026
    return f"{name}=" + (f"[{value}]" if name in _LISTS else value)
