"""Columns that an organization adds to the tabs where people and managers type: given, asked, or measured."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from math import isfinite, isnan
from numbers import Real
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, model_validator

from growthsheet.expr import Measure
from growthsheet.model.parts import Line, Part, Text, init
from growthsheet.text.ids import id_of
from growthsheet.text.labels import MAX_LABEL
from growthsheet.workbook.tables import Column, Ref, calculated_column, data_column, input_column

OWN_PREFIX = "own_"
"""The beginning of the keys of these columns."""

OWN_LIST = "own_columns"
"""The name of the list, in a workbook, that tells of its extra columns."""

GivenValues = Mapping[Any, str | float]
"""Values by the id of an activity, or by a pair of the ids of a person and an activity."""


def _name(text: str) -> str:
    if not re.fullmatch("[a-z][a-z0-9_]{0,39}", text):
        raise ValueError(f"{text!r} is no short name such as 'hours'; say id='hours'")
    return text


def given_cell(value: object) -> str | float | None:
    """Return a value of a script as a cell holds it: a text, a finite number, or None for None, NaN, NaT and NA."""
    if value is None or type(value).__name__ in ("NaTType", "NAType") or (isinstance(value, Real) and isnan(value)):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, Real) and not isinstance(value, bool) and isfinite(value):
        return value if isinstance(value, int | float) else float(value)  # numpy's, too
    raise ValueError(f"{value!r} is neither a text nor a number")


def _values(given: object) -> object:
    if given is None:
        return None
    if not isinstance(given, Mapping):
        raise ValueError("is no mapping from activities to values")
    found = {}
    for key, value in given.items():
        if not (isinstance(key, str) or (isinstance(key, tuple) and len(key) == 2)):
            raise ValueError(f"{key!r} is neither an activity nor a pair of a person and an activity")
        if (cell := given_cell(value)) is not None:
            about = key if isinstance(key, str) else tuple(map(str, key))
            found[about] = cell if isinstance(cell, str) else float(cell)
    return found


def _asked(given: object) -> object:
    if given is None or given in ("text", "number"):
        return given
    words = [word.strip() if isinstance(word, str) else "" for word in given] if isinstance(given, Sequence) else []
    if isinstance(given, str) or not words or not all(0 < len(word) <= MAX_LABEL for word in words):
        raise ValueError(f"{given!r} is neither 'text' nor 'number' nor a list of the words to choose from")
    if len({word.casefold() for word in words}) < len(words):
        raise ValueError(f"{given!r} has a word twice")
    return tuple(words)


def _measure(given: object) -> object:
    if not isinstance(given, Measure | None):
        raise ValueError("is no measure: put @measure of growthsheet.expr above the function")
    return given


class ExtraColumn(Part):
    """A column that is added to the tab Assessment of people, and to the tab Reviews of their managers.

    Parameters
    ----------
    header
        The header of the column.
    values
        What is given: a text or number by activity id, or by person id and activity id.
    asked
        What is asked: ``"text"``, ``"number"``, or the list of the words to choose from.
    measure
        The formula of a column that is calculated: a measure of the columns in the same row, which it reads by name.
    of
        Who is asked: the ``person``, whose manager sees the answer, or the ``manager``, whose answer the person's own
        workbook does not have.
    on
        The tab, if it is only on one of the two.
    note
        The note of the header; for what is asked, the message beside the cells.
    id
        The name of the column in files and for measures; by default made of the header.
    """

    header: Annotated[Line, Field(max_length=40)]
    id: Annotated[str, AfterValidator(_name)]
    values: Annotated[GivenValues | None, PlainValidator(_values)] = None
    asked: Annotated[Literal["text", "number"] | tuple[str, ...] | None, BeforeValidator(_asked)] = None
    measure: Annotated[Measure | None, PlainValidator(_measure)] = None
    of: Literal["person", "manager"] = "person"
    on: Literal["both", "assessment", "reviews"] = "both"
    note: Text = ""

    @init
    def __init__(
        self,
        header: str,
        *,
        values: GivenValues | None = None,
        asked: Literal["text", "number"] | Sequence[str] | None = None,
        measure: Measure | None = None,
        of: Literal["person", "manager"] = "person",
        on: Literal["both", "assessment", "reviews"] = "both",
        note: str = "",
        id: str = "",
    ) -> None:
        name = id or id_of(str(header)).replace("-", "_")
        given = {"values": values, "asked": asked, "measure": measure, "of": of, "on": on, "note": note}
        super().__init__(header=header, id=name, **given)

    @model_validator(mode="after")
    def _one_kind(self) -> ExtraColumn:
        if [self.values, self.asked, self.measure].count(None) != 2:
            raise ValueError("has either values, or asked, or a measure")
        if self.of == "manager" and self.asked is None:
            raise ValueError("only what is asked is of the manager")
        return self

    @property
    def key(self) -> str:
        """Return the key of its column in tables."""
        return OWN_PREFIX + self.id

    @property
    def kind(self) -> str:
        """Return how its cells are read back: ``text``, ``number`` or ``choice``."""
        return "choice" if isinstance(self.asked, tuple) else self.asked or ""

    def column(self, asked: bool, others: Container[str]) -> Column:
        """Return the column of a table; ``asked`` tells whether it is typed there, ``others`` are the ids of others."""
        numbers = self.asked == "number" or bool(self.values and all(type(v) is float for v in self.values.values()))
        style = "number" if numbers else "remark"
        if self.measure:
            bind = {p.name: OWN_PREFIX + p.name for p in self.measure.parameters if p.name in others}
            style = "remark" if self.measure.tree.kind == "text" else "number"
            note = self.note or self.measure.words
            return calculated_column(self.measure, self.header, style, name=self.key, note=note, **bind)
        if not asked:
            return data_column(self.key, self.header, style, note=self.note)
        choices = Ref(self.key, "label") if self.kind == "choice" else None
        prompt = (self.header, self.note) if self.note else ("", "")
        return input_column(self.key, self.header, style, choices=choices, prompt=prompt)

    def value(self, person: str, activity: str) -> str | float | None:
        """Return what is given for a person and an activity."""
        values: Mapping[Any, str | float] = self.values or {}
        return values.get((person, activity), values.get(activity))

    def cell(self, typed: str | None) -> str | float | None:
        """Return an answer as its cell holds it."""
        if self.asked == "number" and typed:
            try:
                return float(typed)
            except ValueError:
                return typed  # the column has asked for a text before
        return typed
