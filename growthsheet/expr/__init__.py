"""What a cell can compute: trees, the closed vocabulary that builds them, and measures said in it."""

from growthsheet.expr.columns import *  # noqa: F403  # the vocabulary is closed, kept in __all__ there
from growthsheet.expr.columns import __all__ as _columns
from growthsheet.expr.leaves import parameter, said, told, when
from growthsheet.expr.measure import Measure, Parameter, measure
from growthsheet.expr.tally import Tally
from growthsheet.expr.tree import BLANK, NOT_AVAILABLE, Across, Cell, Column, Node, Rating, equal, node, plain
from growthsheet.expr.vocabulary import *  # noqa: F403  # and there
from growthsheet.expr.vocabulary import __all__ as _vocabulary
from growthsheet.expr.where import count_where, place, sum_where

Text = str
"""Annotates a measure's parameter that is a text."""

__all__ = [
    "BLANK",
    "NOT_AVAILABLE",
    "Across",
    "Cell",
    "Column",
    "Measure",
    "Node",
    "Parameter",
    "Rating",
    "Tally",
    "Text",
    "count_where",
    "equal",
    "measure",
    "node",
    "parameter",
    "place",
    "plain",
    "said",
    "sum_where",
    "told",
    "when",
    *_columns,
    *_vocabulary,
]
