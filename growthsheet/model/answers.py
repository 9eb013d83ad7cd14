"""The kinds of answers. Each is declared once; whatever is done with answers walks these declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import ConfigDict, model_validator

from growthsheet.model.budget import BudgetItem
from growthsheet.model.parts import Part, Text, lean
from growthsheet.model.ratings import Cycle, PlanItem, Rating, ScaleWords

AnswerKey = tuple[str, ...]
"""What an answer speaks of: the name of its kind, and the values of the kind's key."""


@dataclass(frozen=True, eq=False)
class AnswerKind:
    """A kind of answer.

    Its field ``person`` says whom it is about. One with a field ``team`` may be a manager's whole team's instead; one
    with ``source`` in its key is said by several about the same thing.

    Parameters
    ----------
    name
        Its field in :class:`Answers`.
    model
        The class of the answers. Its fields are the columns of the file; their types say how a cell is read.
    file
        The CSV file it is kept in.
    key
        The fields that tell what an answer speaks of.
    described
        How an answer is named to people.
    choices
        Field -> the list whose words stand in a workbook for the field's codes.
    open
        The statuses in which it moves on into the next cycle, and the next fiscal year.
    ends
        With what one that is not open leaves the workbooks: the review cycle, or the fiscal year.
    shown_below
        A field -> the field in whose cell a workbook shows it, below that one's text.
    instead
        The field that keeps what somebody wrote in place of an activity.
    fallback
        A field -> the field whose value it takes when the file has none.
    """

    name: str
    model: type[Part]
    file: str
    key: tuple[str, ...]
    described: str
    choices: Mapping[str, str] = field(default_factory=dict)
    open: frozenset[str] = frozenset()
    ends: Literal["", "cycle", "year"] = ""
    shown_below: Mapping[str, str] = field(default_factory=dict)
    instead: str = ""
    fallback: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The fields, in the order of the file."""
        return tuple(self.model.model_fields)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """The fields that have no default."""
        fields = self.model.model_fields.items()
        return tuple(name for name, info in fields if info.is_required() and name not in self.fallback)

    @cached_property
    def points(self) -> frozenset[str]:
        """The fields that hold a point of a scale or ``n/a``."""
        return self._of_type(int)

    @cached_property
    def money(self) -> frozenset[str]:
        """The fields that hold an amount."""
        return self._of_type(Decimal)

    @cached_property
    def dates(self) -> frozenset[str]:
        """The fields that hold a day."""
        return self._of_type(date)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The fields in which people write what they like, and may write about each other."""
        fields = self.model.model_fields.items()
        free = [name for name, info in fields if info.annotation is str and tuple(info.metadata) == get_args(Text)[1:]]
        return tuple(name for name in free if name not in self.key)

    @cached_property
    def scales(self) -> Mapping[str, ScaleWords]:
        """The fields that are scales of the catalog, with their words."""
        fields = self.model.model_fields.items()
        return {name: words for name, info in fields for words in info.metadata if isinstance(words, ScaleWords)}

    def _of_type(self, wanted: type) -> frozenset[str]:
        types = {name: (info.annotation, *get_args(info.annotation)) for name, info in self.model.model_fields.items()}
        return frozenset(name for name, of in types.items() for each in of if wanted in (each, *get_args(each)))

    def key_of(self, answer: Part) -> AnswerKey:
        """What an answer speaks of."""
        return self.name, *(str(getattr(answer, name)) for name in self.key)

    def key_from(self, **fields: str) -> AnswerKey:
        """The same from those fields that are part of the key; one that is not given has the model's default."""
        defaults = {name: str(self.model.model_fields[name].default) for name in self.key if name not in fields}
        found = defaults | fields
        return self.name, *(found[name] for name in self.key)

    def fields_of(self, key: AnswerKey) -> dict[str, str]:
        """The fields of a key, by name."""
        return dict(zip(self.key, key[1:], strict=True))

    def describe(self, key: AnswerKey) -> str:
        """How what a key speaks of is named to people."""
        return self.described.format_map(self.fields_of(key))

    def answer(self, key: AnswerKey, found: Mapping[str, Any]) -> Part | None:
        """The answer with these fields; None where nothing is said."""
        filled = {name: value for name, value in found.items() if value is not None}
        if not filled.keys() - {"cycle", *self.key}:
            return None
        owner = {"team": ""} if "team" in self.columns and filled.get("person") else {}
        return lean(self.model(**dict.fromkeys(self.needed, "") | filled | owner | self.fields_of(key)))


KINDS: dict[str, AnswerKind] = {
    kind.name: kind
    for kind in (
        AnswerKind(
            "ratings",
            Rating,
            "answers.csv",
            ("cycle", "person", "activity", "source"),
            "{activity} ({person}, {source})",
            shown_below={"note": "evidence"},
        ),
        AnswerKind(
            "plan_items",
            PlanItem,
            "plan-items.csv",
            ("person", "id"),
            "plan item {id} of {person}",
            choices={"activity": "activities", "status": "item_statuses"},
            open=frozenset(["open"]),
            ends="cycle",
            instead="action",
        ),
        AnswerKind(
            "budget_items",
            BudgetItem,
            "budget-items.csv",
            ("id",),
            "budget line {id}",
            choices={"person": "people", "activity": "activities", "category": "categories", "status": "line_statuses"},
            open=frozenset(["planned", "requested"]),
            ends="year",
        ),
    )
}
"""The kinds of answers by name, in the order in which they are walked."""

CYCLES = AnswerKind("cycles", Cycle, "cycles.csv", ("id",), "cycle {id}", fallback={"label": "id"})
"""The review cycles: nobody's answers, and kept beside them."""


def kept() -> tuple[AnswerKind, ...]:
    """Everything that has a file of its own."""
    return CYCLES, *KINDS.values()


def scales() -> Mapping[str, ScaleWords]:
    """The scales of a rating, by id, with their words."""
    return KINDS["ratings"].scales


class Answers(Part):
    """Everything that came back, of any number of people and cycles: a tuple of answers for each of the kinds."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, tuple[Part, ...]]

    cycles: tuple[Cycle, ...] = ()
    ratings: tuple[Rating, ...] = ()
    plan_items: tuple[PlanItem, ...] = ()
    budget_items: tuple[BudgetItem, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_known_kinds(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        if unknown := given.keys() - {kind.name for kind in kept()}:
            raise ValueError(f"no such kind of answer: {', '.join(sorted(map(str, unknown)))}")
        return dict.fromkeys(KINDS.keys() - cls.model_fields.keys(), ()) | given

    def of(self, kind: AnswerKind) -> tuple[Any, ...]:
        """The answers of one kind."""
        found: tuple[Any, ...] = getattr(self, kind.name)
        return found

    def each(self) -> Iterator[tuple[AnswerKind, Any]]:
        """Every answer with its kind."""
        return ((kind, answer) for kind in KINDS.values() for answer in self.of(kind))

    def by_key(self) -> dict[AnswerKey, Any]:
        """Every answer by what it speaks of."""
        return {kind.key_of(answer): answer for kind, answer in self.each()}

    def with_each(self, change: Callable[[AnswerKind, tuple[Any, ...]], Iterable[Any]]) -> Answers:
        """The same cycles with, for each kind, what ``change`` makes of the kind and its answers."""
        return self.model_copy(update={kind.name: tuple(change(kind, self.of(kind))) for kind in KINDS.values()})
