"""Texts for people, parameters, and the choice between two branches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..errors import ExpressionError
from .tree import TIGHTEST, Arguments, Literal, Node, Operand, Say, Word, node
from .vocabulary import joined, whole


class _Said(Literal):
    """A word for people: spelled in the workbook's language."""

    def spell(self, node: Node, texts: Mapping[str, str], say: Say) -> str:
        return '"' + say(node.args[0]).replace('"', '""') + '"'

    def compute(self, node: Node, arguments: Arguments, say: Say) -> Any:
        return say(node.args[0])


class _Parameter(Literal):
    """A cell or a range that the measure reads."""

    def spell(self, node: Node, texts: Mapping[str, str], say: Say) -> str:
        return texts[node.args[0]]

    def compute(self, node: Node, arguments: Arguments, say: Say) -> Any:
        return arguments[node.args[0]]


class _Told(Literal):
    """A sentence for people with numbers in it: every language has its own order."""

    def spell(self, node: Node, texts: Mapping[str, str], say: Say) -> str:
        return self._sentence(node, say).excel(texts, say)

    def compute(self, node: Node, arguments: Arguments, say: Say) -> Any:
        return self._sentence(node, say).value(arguments, say)

    def _sentence(self, node: Node, say: Say) -> Node:
        sentence, numbers = node.args
        parts = re.split(r"\{(\w+)\}", say(sentence))
        return joined(*(whole(numbers[part]) if n % 2 else part for n, part in enumerate(parts) if part))


_SAID, _TOLD, _PARAMETER = _Said(), _Told(), _Parameter()


def said(text: str) -> Node:
    """A text for people, in English; each workbook spells it in its own language."""
    return Node(_SAID, (text,), "text")


def told(sentence: str, **numbers: Node) -> Node:
    """A sentence for people, in English, with a whole number in each place such as ``{open}``."""
    return Node(_TOLD, (sentence, numbers), "text")


def parameter(name: str, kind: str, blank: bool) -> Node:
    """A cell or range that is bound when a table is cooked."""
    return Node(_PARAMETER, (name,), kind, blank)


class _When(Word):
    """The one word that evaluates only the branch it takes."""

    def __init__(self) -> None:
        self.name, self.spelling, self.tight, self.infix = "when", "IF({0},{1},{2})", TIGHTEST, False

    def __call__(self, *operands: Operand) -> Node:
        test, yes, no = (node(operand) for operand in operands)
        kinds = {branch.kind for branch in (yes, no)} - {"blank"}
        if test.kind != "truth" or len(kinds) > 1:
            raise ExpressionError(f"when() needs a truth and two branches of one kind, not {test.kind} and {kinds}")
        return Node(self, (test, yes, no), kinds.pop() if kinds else "blank", yes.blank or no.blank)

    def compute(self, node: Node, arguments: Arguments, say: Say) -> Any:
        test, yes, no = node.args
        return (yes if test.value(arguments, say) else no).value(arguments, say)


when = _When()
