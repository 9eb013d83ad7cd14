"""Expression trees: data from which both an Excel formula and a Python value are made.

A *word* is one entry of the closed vocabulary: its spelling in a formula, and a Python body that computes the same.
To compute many rows, a tree is also turned into Python source (see :mod:`.source`), which calls the body or uses a
shorter spelling in Python.
Calling a word never computes anything; it builds a :class:`Node`. Blank cells and formulas that show nothing are
``None`` in Python and ``""`` in a formula. A node that may be blank must be guarded before it is used in arithmetic,
or building the tree fails.

Arithmetic is that of spreadsheets where it differs from floats: they round to 15 significant digits.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from growthsheet.errors import ExpressionError
from growthsheet.text.language import Translate

if TYPE_CHECKING:
    from growthsheet.expr.source import PythonSource

CellValue = float | int | str | bool | None
"""The value of one cell."""

ColumnValues = Sequence[CellValue]
"""The values of a whole column of a table."""


class RowValues(tuple[CellValue, ...]):
    """The cells of one row across the columns of a matrix."""


RatingCell = float | str | None
"""The value of a cell for a rating, as somebody typed it: a number, ``n/a``, any other text, or nothing."""


class NotAvailable:
    """The value ``#N/A``, which a chart does not draw (it would draw a blank text as 0)."""

    def __repr__(self) -> str:
        return "#N/A"


NOT_AVAILABLE = NotAvailable()

Python = str | Callable[..., Any]

TIGHTEST = 9


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a tree: a word and its arguments.

    ``kind`` is ``number``, ``text``, ``truth``, ``rating``, ``column`` or ``blank``; ``blank`` is True if it may be
    blank.
    """

    word: Word
    args: tuple[Any, ...]
    kind: str
    blank: bool = False

    def __bool__(self) -> bool:
        raise ExpressionError("a node has no truth value while a measure is traced; use when(), both(), either()")

    def __add__(self, other: Operand) -> Node:
        return add(self, other)

    def __radd__(self, other: Operand) -> Node:
        return add(other, self)

    def __sub__(self, other: Operand) -> Node:
        return subtract(self, other)

    def __rsub__(self, other: Operand) -> Node:
        return subtract(other, self)

    def __mul__(self, other: Operand) -> Node:
        return multiply(self, other)

    def __rmul__(self, other: Operand) -> Node:
        return multiply(other, self)

    def __lt__(self, other: Operand) -> Node:
        return less(self, other)

    def __le__(self, other: Operand) -> Node:
        return at_most(self, other)

    def __gt__(self, other: Operand) -> Node:
        return more(self, other)

    def __ge__(self, other: Operand) -> Node:
        return at_least(self, other)

    def excel(self, texts: Mapping[str, str], translate: Translate = str) -> str:
        """Return the formula, without its ``=``; ``texts`` holds the formula text of each parameter."""
        return self.word.spell(self, texts, translate)

    def source(self, source: PythonSource) -> str:
        """Return the node as Python source."""
        return self.word.source(self, source)


Operand = Node | float | int | str


class Word:
    """One word of the vocabulary; calling it builds a node.

    ``spelling`` is the formula text with numbered places for the arguments. ``tight`` is the precedence of its
    outermost operator (``TIGHTEST`` for a function call), so that brackets are written only where they are needed.
    ``python`` does the same as the body in less time: it is an expression in Python or a builtin function.
    """

    def __init__(self, spelling: str, body: Callable[..., Any], tight: int = TIGHTEST, python: Python = "") -> None:
        self.spelling, self.body, self.tight, self.python = spelling, body, tight, python
        self.ready: Callable[..., Any] | None = None
        self.name, self.__doc__, self.__module__ = body.__name__, body.__doc__, body.__module__
        hints = get_type_hints(body)
        result = hints.pop("return", float)
        self.kind, self.blank = _kind(result)
        self.takes = tuple(_kind(hint) for hint in hints.values())
        self.many = any(p.kind is p.VAR_POSITIONAL for p in inspect.signature(body).parameters.values())
        self.infix = tight < TIGHTEST

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    def __reduce__(self) -> str:
        """Pickle a word as the name by which its module has it, because there is only one object for each."""
        return next(name for name, value in vars(import_module(self.__module__)).items() if value is self)

    def __call__(self, *operands: Operand) -> Node:
        """Return a node that applies the word; raise an error for operands of the wrong kind or that may be blank."""
        takes = self.takes * len(operands) if self.many else self.takes
        if len(operands) != len(takes):
            raise ExpressionError(f"{self.name}() takes {len(takes)} operands, not {len(operands)}")
        nodes = tuple(node(operand) for operand in operands)
        for number, (given, (kind, blank)) in enumerate(zip(nodes, takes, strict=True), 1):
            if given.kind != kind and kind != "rating":
                raise ExpressionError(f"{self.name}(): operand {number} is a {given.kind}, not a {kind}")
            if given.blank and not blank:
                raise ExpressionError(f"{self.name}(): operand {number} may be blank; guard it first")
        return Node(self, nodes, self.kind, self.blank)

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        """Return the node as formula text."""
        parts = []
        for place, arg in enumerate(node.args):
            text = arg.excel(texts, translate)
            # a - (b - c) needs its brackets, (a - b) - c does not
            needed = self.infix and (arg.word.tight < self.tight or (place and arg.word.tight == self.tight))
            parts.append(f"({text})" if needed else text)
        return self.spelling.format(*parts, all=",".join(parts), joined="&".join(parts), n=len(parts))

    def prepared(self, ready: Callable[..., Any]) -> Callable[..., Any]:
        """Register a function that takes the whole columns and returns a faster function of the other operands."""
        self.ready = ready
        return ready

    def source(self, node: Node, source: PythonSource) -> str:
        """Return the node as Python source."""
        columns = [arg for arg in node.args if arg.kind == "column"]
        others = [arg.source(source) for arg in node.args if arg.kind != "column"]
        if columns and source.fixed(column.args[0] for column in columns) and (self.ready or not others):
            wholes = ", ".join(column.source(source) for column in columns)
            once = source.once(f"{source.name(self.ready or self.body)}({wholes})")
            return f"{once}({', '.join(others)})" if others else once
        parts = [arg.source(source) for arg in node.args]
        if callable(way := self.python or self.body):
            return f"{source.name(way)}({', '.join(parts)})"
        return way.format(*parts, ands=" and ".join(parts), ors=" or ".join(parts))


def _kind(hint: Any) -> tuple[str, bool]:
    """Return the kind of a Python annotation, and whether it may be blank."""
    if hint is RowValues or hint == ColumnValues:
        return "column", False
    if hint == RatingCell:
        return "rating", True
    kinds = {float: "number", str: "text", bool: "truth"}
    members = get_args(hint)
    if NoneType in members:
        return kinds[next(member for member in members if member is not NoneType)], True
    return kinds[hint], False


def define_word(spelling: str, tight: int = TIGHTEST, python: Python = "") -> Callable[[Callable[..., Any]], Word]:
    """Declare a word: the decorated body computes it in Python, and ``spelling`` is its text in a formula."""
    return lambda body: Word(spelling, body, tight, python)


# -- leaves ------------------------------------------------------------------------------------------------------


class Literal(Word):
    """A constant in a formula."""

    def __init__(self) -> None:
        self.name, self.tight, self.infix = "literal", TIGHTEST, False

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        """Return the constant as formula text."""
        (value,) = node.args
        if isinstance(value, str):
            return '"' + value.replace('"', '""') + '"'
        return number_text(value)

    def source(self, node: Node, source: PythonSource) -> str:
        """Return the constant as a Python literal, or None for an empty text."""
        return repr(node.args[0] if node.args[0] != "" else None)


_LITERAL = Literal()


def node(operand: Operand) -> Node:
    """Return a node for a constant; a node is returned unchanged."""
    if isinstance(operand, Node):
        return operand
    if isinstance(operand, bool) or not isinstance(operand, (int, float, str)):
        raise ExpressionError(f"a formula cannot hold the constant {operand!r}")
    return Node(_LITERAL, (operand,), "text" if isinstance(operand, str) else "number")


BLANK = Node(_LITERAL, ("",), "blank", True)
"""A blank: an empty text in a formula, None in Python."""


def number_text(value: float | int) -> str:
    """Return the canonical text of a number: a whole number without a point, others in their shortest exact form.

    >>> number_text(3.0), number_text(0.43), number_text(-0.0)
    ('3', '0.43', '0')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


# -- operators ---------------------------------------------------------------------------------------------------


@define_word("{0}+{1}", tight=3, python="({0}+{1})")
def add(a: float, b: float) -> float:
    """Add two numbers."""
    return a + b


@define_word("{0}-{1}", tight=3, python="({0}-{1})")
def subtract(a: float, b: float) -> float:
    """Subtract the second number from the first."""
    return a - b


@define_word("{0}*{1}", tight=4, python="({0}*{1})")
def multiply(a: float, b: float) -> float:
    """Multiply two numbers."""
    return a * b


@define_word("{0}<{1}", tight=1, python="({0}<{1})")
def less(a: float, b: float) -> bool:
    """Return whether a is less than b."""
    return a < b


@define_word("{0}<={1}", tight=1, python="({0}<={1})")
def at_most(a: float, b: float) -> bool:
    """Return whether a is at most b."""
    return a <= b


@define_word("{0}>{1}", tight=1, python="({0}>{1})")
def more(a: float, b: float) -> bool:
    """Return whether a is more than b."""
    return a > b


@define_word("{0}>={1}", tight=1, python="({0}>={1})")
def at_least(a: float, b: float) -> bool:
    """Return whether a is at least b."""
    return a >= b


@define_word("{0}={1}", tight=1, python="({0}=={1})")
def equal(a: float, b: float) -> bool:
    """Return whether two numbers are equal."""
    return a == b
