"""A jinja2 environment in which no template can use up the machine's time or memory."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import wraps
from math import prod
from typing import Any

from jinja2 import Template, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import MAX_RANGE, ImmutableSandboxedEnvironment

MOST_CHARACTERS, MOST_STEPS, MOST_SECONDS = 10_000_000, 200_000, 10
"""The limits of one rendering of a user's template: the length of all texts that it makes, its steps, its time."""

_GROWING = re.compile(
    "batch|center|expandtabs|indent|join|ljust|replace|rjust|round|slice|sum|tojson|translate|urlize|wordwrap|zfill"
)
"""The filters and methods whose result can be far longer than what they are given."""


class TooMuchError(Exception):
    """A template goes beyond a limit."""


class RenderingBudget:
    """The time, steps and characters that one rendering may still use."""

    def __init__(self, room: int = 1) -> None:
        self.until = time.monotonic() + MOST_SECONDS * room
        self.steps, self.characters = MOST_STEPS * room, MOST_CHARACTERS * room

    def spend(self, characters: float = 0) -> None:
        """Take a step that makes a text of some length."""
        self.steps -= 1
        if characters > self.characters:
            raise TooMuchError(f"it makes more than {MOST_CHARACTERS:,} characters")
        self.characters -= int(characters)
        if self.steps < 0 or time.monotonic() > self.until:
            raise TooMuchError(f"it takes more than {MOST_STEPS:,} steps or {MOST_SECONDS} seconds")


BUDGET = ContextVar[RenderingBudget]("BUDGET")
"""The budget of the current rendering."""


class LimitedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox of jinja2, in which each loop, call, operator, filter and output also spends the budget."""

    intercepted_binops = frozenset(("*", "**", "+", "%"))

    def __init__(self, **options: Any) -> None:
        super().__init__(finalize=_finalize, **options)
        self.filters = {name: _limited(name, function) for name, function in self.filters.items()}
        self.filters.update(_turns=_turns, _joined=_sized)
        del self.globals["lipsum"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parse a template so that its loops, joins (``~``) and plain texts are counted too."""
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, "_turns", [], [], None, None, lineno=loop.lineno)
        for parent in list(tree.find_all((nodes.Output, nodes.Node))):
            for field, value in parent.iter_fields():
                if isinstance(value, nodes.Node):
                    setattr(parent, field, _counted(value))
                elif isinstance(value, list):
                    setattr(parent, field, [_counted(each) for each in value])
        return tree.set_environment(self)  # type: ignore[return-value]

    def get_template(self, *given: Any, **more: Any) -> Template:
        """Return a template; including one is a step."""
        BUDGET.get().spend()
        return super().get_template(*given, **more)

    def call(self, context: Context, called: Any, /, *given: Any, **more: Any) -> Any:
        """Call a function, macro or method."""
        method = getattr(called, "__wrapped__", called)
        _foresee(getattr(method, "__name__", ""), getattr(method, "__self__", ""), *given, *more.values())
        return _sized(super().call(context, called, *given, **more))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Work out ``*``, ``**``, ``+`` or ``%``."""
        if operator == "*":
            BUDGET.get().spend(max(_length(left) * _number(right), _length(right) * _number(left)))
        elif operator == "**" and isinstance(left, int):
            BUDGET.get().spend(left.bit_length() * _number(right))
        elif operator == "%":
            _foresee("format", left)
        return _sized(super().call_binop(context, operator, left, right))


@pass_context  # so that constants are counted when they are written, not when the template is compiled
def _finalize(context: Context, value: Any) -> Any:
    return _sized(value)


def _counted(value: Any) -> Any:
    if isinstance(value, nodes.TemplateData):
        return nodes.MarkSafe(nodes.Const(value.data, lineno=value.lineno), lineno=value.lineno)
    if isinstance(value, nodes.Concat):
        return nodes.Filter(value, "_joined", [], [], None, None, lineno=value.lineno)
    return value


def _turns(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        BUDGET.get().spend()
        yield item


def _sized(value: Any) -> Any:
    BUDGET.get().spend(_length(value) + (value.bit_length() if isinstance(value, int) else 0))
    return value


def _limited(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    passed = 1 if hasattr(function, "jinja_pass_arg") else 0  # the context or environment, given before the value

    @wraps(function)
    def limited(*given: Any, **more: Any) -> Any:
        _foresee(name, *given[passed:], *more.values())
        return _sized(function(*given, **more))

    return limited


def _foresee(name: str, value: Any, *given: Any) -> None:
    """Refuse a call before it is made if its result could be far too long."""
    if name in ("format", "format_map") and re.search(r"\d{4}|\*|\{[^}]*\{", str(value)):
        raise TooMuchError("a format has a width of more than 999 characters, or one that is not written in it")
    if _GROWING.fullmatch(name):
        reach = prod(max(1, _number(each), _length(each)) for each in given) * max(1, _length(value))
        if reach * MAX_RANGE ** sum(isinstance(each, Iterator) for each in (value, *given)) > MOST_CHARACTERS:
            raise TooMuchError(f"{name} could make more than {MOST_CHARACTERS:,} characters")


def _length(value: Any) -> int:
    """Return the length of a text, or of a list with the texts in it."""
    if isinstance(value, list | tuple):
        return len(value) + sum(len(each) for each in value if isinstance(each, str | list | tuple))
    return len(value) if isinstance(value, str | dict | range) else 0


def _number(value: Any) -> float:
    return abs(value) if isinstance(value, int | float) else 0
