"""Translated texts, parameters, and the choice between two branches."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from growthsheet.errors import ExpressionError
from growthsheet.expr.tree import TIGHTEST, Literal, Node, Operand, Word, node
from growthsheet.expr.vocabulary import joined, whole
from growthsheet.text.language import Translate

if TYPE_CHECKING:
    from growthsheet.expr.source import PythonSource


class _Said(Literal):
    """A text that is translated into the workbook's language."""

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        return '"' + translate(node.args[0]).replace('"', '""') + '"'

    def source(self, node: Node, source: PythonSource) -> str:
        return source.once(f"_translate({node.args[0]!r})")


class _Parameter(Literal):
    """A cell or a range that the measure reads."""

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        return texts[node.args[0]]

    def source(self, node: Node, source: PythonSource) -> str:
        name: str = node.args[0]
        return name


class _Told(Literal):
    """A translated sentence with numbers or texts in it, whose order depends on the language."""

    def spell(self, node: Node, texts: Mapping[str, str], translate: Translate) -> str:
        return self._sentence(node, translate).excel(texts, translate)

    def source(self, node: Node, source: PythonSource) -> str:
        sentence, values = node.args
        parts = source.once(f"{source.name(_parts)}(_translate({sentence!r}))")
        given = ", ".join(f"{name!r}: {value.source(source)}" for name, value in values.items())
        return f"{source.name(_filled_in)}({parts}, {{{given}}})"

    def _sentence(self, node: Node, translate: Translate) -> Node:
        sentence, values = node.args
        parts = _parts(translate(sentence))
        return joined(*(values[part] if n % 2 else part for n, part in enumerate(parts) if part))


def _parts(sentence: str) -> list[str]:
    """Return the parts of a sentence: texts and, between them, the names of the values."""
    return re.split(r"\{(\w+)\}", sentence)


def _filled_in(parts: list[str], values: Mapping[str, str]) -> str:
    return "".join([values[part] if n % 2 else part for n, part in enumerate(parts)])


_SAID, _TOLD, _PARAMETER = _Said(), _Told(), _Parameter()


def text(text: str) -> Node:
    """Return a node for a text in English, which is translated into the language of each workbook."""
    return Node(_SAID, (text,), "text")


def sentence(sentence: str, **values: Node) -> Node:
    """Return a node for a sentence in English with a text or whole number in place of each name, such as ``{open}``."""
    texts = {name: value if value.kind == "text" else whole(value) for name, value in values.items()}
    return Node(_TOLD, (sentence, texts), "text")


def parameter(name: str, kind: str, blank: bool) -> Node:
    """Return a node for a cell or range that is bound when the measure is used in a table."""
    return Node(_PARAMETER, (name,), kind, blank)


class _When(Word):
    """The conditional: the one word that evaluates only one of its branches."""

    def __init__(self) -> None:
        self.name, self.spelling, self.tight, self.infix = "when", "IF({0},{1},{2})", TIGHTEST, False

    def __call__(self, *operands: Operand) -> Node:
        test, yes, no = (node(operand) for operand in operands)
        kinds = {branch.kind for branch in (yes, no)} - {"blank"}
        if test.kind != "truth" or len(kinds) > 1:
            raise ExpressionError(f"when() needs a truth and two branches of one kind, not {test.kind} and {kinds}")
        return Node(self, (test, yes, no), kinds.pop() if kinds else "blank", yes.blank or no.blank)

    def source(self, node: Node, source: PythonSource) -> str:
        test, yes, no = (arg.source(source) for arg in node.args)
        return f"({yes} if {test} else {no})"


when = _When()
