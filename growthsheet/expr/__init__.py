"""Expressions that cells compute: trees, the closed vocabulary that builds them, and measures made of them."""

from growthsheet.expr.columns import *  # noqa: F403  # the vocabulary is closed; __all__ there lists it
from growthsheet.expr.columns import __all__ as _columns
from growthsheet.expr.leaves import parameter, sentence, text, when
from growthsheet.expr.measure import Measure, Parameter, WholeColumn, measure
from growthsheet.expr.tally import Tally
from growthsheet.expr.tree import (
    BLANK,
    NOT_AVAILABLE,
    CellValue,
    ColumnValues,
    Node,
    RatingCell,
    RowValues,
    equal,
    node,
    number_text,
)
from growthsheet.expr.vocabulary import *  # noqa: F403  # likewise
from growthsheet.expr.vocabulary import __all__ as _vocabulary
from growthsheet.expr.where import count_where, place, sum_where

TextCell = str
"""The annotation of a measure's parameter that is a text."""

__all__ = [
    "BLANK",
    "NOT_AVAILABLE",
    "RowValues",
    "CellValue",
    "ColumnValues",
    "Measure",
    "Node",
    "Parameter",
    "RatingCell",
    "Tally",
    "TextCell",
    "WholeColumn",
    "count_where",
    "equal",
    "measure",
    "node",
    "parameter",
    "place",
    "number_text",
    "text",
    "sum_where",
    "sentence",
    "when",
    *_columns,
    *_vocabulary,
]
