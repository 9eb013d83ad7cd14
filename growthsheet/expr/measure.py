"""Measures: documented functions, each traced once into a tree that gives both formulas and values."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from growthsheet.errors import ExpressionError
from growthsheet.expr.leaves import parameter, when
from growthsheet.expr.source import PythonSource
from growthsheet.expr.tree import BLANK, Node, node
from growthsheet.expr.vocabulary import all_numbers, both, filled
from growthsheet.text.language import Translate

# The annotations of a measure's parameters, and the kinds of nodes they become.
_KINDS = {
    inspect.Parameter.empty.__name__: "number",
    "Node": "number",
    "WholeColumn": "column",
    "str": "text",
    "TextCell": "text",
    "RatingCell": "rating",
    "ColumnValues": "column",
    "RowValues": "column",
}


class WholeColumn(Node):
    """The annotation of a measure's parameter that is a whole column."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a measure: one cell (``number``, ``text``, ``rating``), or several (``column``)."""

    name: str
    kind: str
    across: bool
    needed: bool


@dataclass(frozen=True)
class Measure:
    """A number (or code) that workbooks show: its name, its description for users, its parameters, and its tree.

    The rule for blanks is applied here, once for all measures: if a needed cell holds no usable value, the result is
    blank; ``n/a`` is never 0.
    """

    name: str
    words: str
    parameters: tuple[Parameter, ...]
    tree: Node

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the measure without what it was compiled to."""
        return Measure, (self.name, self.words, self.parameters, self.tree)

    def excel(self, texts: Mapping[str, str], translate: Translate = str) -> str:
        """Return the formula, with its ``=``; ``texts`` holds the formula text of each parameter."""
        return "=" + self.tree.excel(texts, translate)

    @cached_property
    def function(self) -> Callable[..., Any]:
        """The measure compiled to a function of the parameters; it returns None where the cell shows nothing."""
        return one_row(self.name, self._names, self.tree)

    def remembered(self, **fixed: Any) -> Callable[..., Any]:
        """Return the function of the other parameters, in their order, which caches its results."""
        function, names = self.function, [name for name in self._names if name not in fixed]
        return cache(lambda *cells: function(**fixed, **dict(zip(names, cells, strict=True))))

    def over(self, fixed: frozenset[str] = frozenset()) -> Callable[..., Any]:
        """Return the measure compiled to a function of columns, which returns a list with a value for each row.

        ``fixed`` names the parameters that are the same in every row: single cells, and whole columns, which are then
        indexed once and not searched for every row. At least one parameter must not be fixed.
        """
        if fixed not in self._over:
            self._over[fixed] = all_rows(self.name, self._names, fixed, self.tree)
        return self._over[fixed]

    @cached_property
    def _over(self) -> dict[frozenset[str], Callable[..., Any]]:
        return {}

    @cached_property
    def _names(self) -> list[str]:
        return [parameter.name for parameter in self.parameters]

    def __call__(self, *operands: Any) -> Node:
        """Raise an error, because measures are bound to columns, not called."""
        raise ExpressionError(f"{self.name} is a measure; bind it to columns, or share a plain function")


def measure(found: Callable[..., Node]) -> Measure:
    """Trace a function into a :class:`Measure`.

    A parameter without a default is needed; one with ``=None`` may be blank. Without an annotation, or as a ``Node``,
    it is a number; ``TextCell`` and ``RatingCell`` are other cells, ``WholeColumn`` (or ``ColumnValues``) is a whole
    column, ``RowValues`` a row across a matrix.

    >>> @measure
    ... def gap(expected, used):
    ...     "How far the rating is below what the role expects; never negative."
    ...     from growthsheet.expr import larger
    ...     return larger(expected - used, 0)
    >>> gap.excel({"expected": "$F7", "used": "$G7"})
    '=IF(COUNT($F7,$G7)=2,MAX($F7-$G7,0),"")'
    >>> gap.function(expected=3, used=1), gap.function(expected=3, used=None), gap.remembered(expected=3)(1)
    (2, None, 2)
    >>> gap.over(frozenset({"expected"}))(3, [1, None, 4])
    [2, None, 0]
    """
    if not inspect.isfunction(found):
        raise ExpressionError(f"measure: {found!r} is no function of a script")
    parameters = tuple(_parameter(found.__name__, p) for p in inspect.signature(found).parameters.values())
    leaves = {p.name: parameter(p.name, p.kind, blank=not p.needed and p.kind != "column") for p in parameters}
    try:
        tree = node(found(**leaves))
    except TypeError as error:  # as of / or round(), which no node has
        allowed = "a measure uses + - * < <= > >= and the words of growthsheet.expr, such as divided() and rounded()"
        raise ExpressionError(f"{found.__name__}(): {error}; {allowed}") from error
    needed = [leaves[p.name] for p in parameters if p.needed and p.kind != "column"]
    numbers = [leaf for leaf in needed if leaf.kind == "number"]
    tests = [all_numbers(*numbers)] if numbers else []
    tests += [filled(leaf) for leaf in needed if leaf.kind != "number"]
    if tests:
        tree = when(both(*tests) if len(tests) > 1 else tests[0], tree, BLANK)
    return Measure(found.__name__, _paragraphs(found.__doc__ or ""), parameters, tree)


def _paragraphs(docstring: str) -> str:
    """Return a docstring with each paragraph on one line."""
    return "\n\n".join(" ".join(each.split()) for each in docstring.split("\n\n"))


def _parameter(owner: str, p: inspect.Parameter) -> Parameter:
    annotation = p.annotation if isinstance(p.annotation, str) else getattr(p.annotation, "__name__", p.annotation)
    annotation = str(annotation).rpartition(".")[2]
    if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
        raise ExpressionError(f"{owner}({p}): name each cell that the measure reads")
    if annotation not in _KINDS or p.default not in (inspect.Parameter.empty, None):
        raise ExpressionError(
            f"{owner}({p.name}): annotate with {', '.join([*_KINDS][1:])} or nothing; default to None or nothing"
        )
    kind = _KINDS[annotation]
    return Parameter(p.name, kind, annotation == "RowValues", p.default is inspect.Parameter.empty and kind != "rating")


def one_row(name: str, parameters: list[str], tree: Node) -> Callable[..., Any]:
    """Return a function of a row's cells and of whole columns that computes the tree's value."""
    source = PythonSource()
    return source.function(name, parameters, tree.source(source))


def all_rows(name: str, parameters: list[str], fixed: Collection[str], tree: Node) -> Callable[..., Any]:
    """Return a function of columns that computes the tree's value for each row; ``fixed`` ones are not iterated."""
    source = PythonSource(fixed)
    cells = ", ".join(parameter for parameter in parameters if parameter not in fixed)
    result = f"[{tree.source(source)} for {cells}, in _zip({cells}, strict=True)]"
    return source.function(name, parameters, result)
