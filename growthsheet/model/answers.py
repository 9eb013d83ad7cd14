"""The kinds of answers. Each is declared once; all code that handles answers loops over these declarations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import ConfigDict, model_validator

from growthsheet.model.budget import BudgetItem
from growthsheet.model.parts import Part, Parts, Text, lean
from growthsheet.model.ratings import Cycle, OwnAnswer, PlanItem, RatedPoint, Rating, ScaleWords

AnswerKey = tuple[str, ...]
"""The identity of an answer: the name of its kind, and the values of the kind's key fields."""


@dataclass(frozen=True, eq=False)
class AnswerKind:
    """A kind of answer.

    The field ``person`` holds the id of the person that the answer is about. If the model has a field ``team``, the
    answer may belong to a manager's whole team instead. If ``source`` is in the key, several sources may answer.

    Parameters
    ----------
    name
        The name of its field in :class:`Answers`.
    model
        The class of the answers. Its fields are the columns of the file; their types decide how a cell is read.
    file
        The name of the CSV file in which the answers are stored.
    key
        The fields that identify an answer.
    described
        The format of an answer's description in messages.
    choices
        For a field that holds a code, the list with the labels that workbooks show for the codes.
    open
        The statuses with which an answer is carried over into the next cycle and the next fiscal year.
    ends
        The period after which workbooks no longer show an answer that is not open: review cycle or fiscal year.
    shown_below
        For a field without a column, the field in whose cell a workbook shows it, below that field's text.
    instead
        The field that stores the text that somebody wrote in place of an activity.
    fallback
        For a field, the field whose value is used when the file has none.
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
        """The names of the fields, in the order of the file's columns."""
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
        """The fields with free text, in which people may also write about each other."""
        fields = self.model.model_fields.items()
        free = [name for name, info in fields if info.annotation is str and tuple(info.metadata) == get_args(Text)[1:]]
        return tuple(name for name in free if name not in self.key)

    @cached_property
    def scales(self) -> Mapping[str, ScaleWords]:
        """The fields that are rated on a scale of the catalog, with the texts about that scale."""
        fields = self.model.model_fields.items()
        return {name: words for name, info in fields for words in info.metadata if isinstance(words, ScaleWords)}

    def _of_type(self, wanted: type) -> frozenset[str]:
        types = {name: (info.annotation, *get_args(info.annotation)) for name, info in self.model.model_fields.items()}
        return frozenset(name for name, of in types.items() for each in of if wanted in (each, *get_args(each)))

    def key_of(self, answer: Part) -> AnswerKey:
        """Return the key of an answer."""
        return self.name, *(str(getattr(answer, name)) for name in self.key)

    def key_from(self, **fields: str) -> AnswerKey:
        """Return the key with these values of its fields; a field that is not passed has the model's default."""
        defaults = {name: str(self.model.model_fields[name].default) for name in self.key if name not in fields}
        found = defaults | fields
        return self.name, *(found[name] for name in self.key)

    def fields_of(self, key: AnswerKey) -> dict[str, str]:
        """Return the values in a key by the names of their fields."""
        return dict(zip(self.key, key[1:], strict=True))

    def describe(self, key: AnswerKey) -> str:
        """Return the description, for messages, of the answer with this key."""
        return self.described.format_map(self.fields_of(key))

    def answer(self, key: AnswerKey, found: Mapping[str, Any]) -> Part | None:
        """Return the answer with these fields, or None if no field beyond the key has a value."""
        filled = {name: value for name, value in found.items() if value is not None}
        if not filled.keys() - {"cycle", *self.key}:
            return None
        owner = {"team": ""} if "team" in self.columns and filled.get("person") else {}
        return lean(self.model(**dict.fromkeys(self.needed, "") | filled | owner | self.fields_of(key)))


OWN_ANSWERS = "own_answers"
"""The name of the kind of answers that the organization's own columns ask for."""

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
        AnswerKind(
            OWN_ANSWERS,
            OwnAnswer,
            "own-answers.csv",
            ("cycle", "person", "activity", "source", "column"),
            "{column} of {activity} ({person}, {source})",
        ),
    )
}
"""The kinds of answers by name, in the order in which they are processed."""

CYCLES = AnswerKind("cycles", Cycle, "cycles.csv", ("id",), "cycle {id}", fallback={"label": "id"})
"""The review cycles: not answers, but stored in the same folder."""

RATED_POINTS = AnswerKind("points", RatedPoint, "scales.csv", ("scale", "value"), "point {value} of the scale {scale}")
"""The points of the scales on which the ratings were given: stored in the same folder, too."""


def kept() -> tuple[AnswerKind, ...]:
    """Return the review cycles, the points of scales and all kinds of answers: everything with a file of its own."""
    return CYCLES, RATED_POINTS, *KINDS.values()


def scales() -> Mapping[str, ScaleWords]:
    """Return the scales of a rating by id, with the texts about them."""
    return KINDS["ratings"].scales


class Answers(Parts):
    """The collected answers of any number of people and cycles: a tuple for each kind of answer."""

    model_config = ConfigDict(extra="allow")
    if not TYPE_CHECKING:  # it is not one of the arguments
        __pydantic_extra__: dict[str, tuple[Part, ...]]

    cycles: tuple[Cycle, ...] = ()
    points: tuple[RatedPoint, ...] = ()
    ratings: tuple[Rating, ...] = ()
    plan_items: tuple[PlanItem, ...] = ()
    budget_items: tuple[BudgetItem, ...] = ()
    own_answers: tuple[OwnAnswer, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_known_kinds(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        if unknown := given.keys() - {kind.name for kind in kept()}:
            raise ValueError(f"no such kind of answer: {', '.join(sorted(map(str, unknown)))}")
        return dict.fromkeys(KINDS.keys() - cls.model_fields.keys(), ()) | given

    def of(self, kind: AnswerKind) -> tuple[Any, ...]:
        """Return the answers of one kind."""
        found: tuple[Any, ...] = getattr(self, kind.name)
        return found

    def each(self) -> Iterator[tuple[AnswerKind, Any]]:
        """Yield every answer with its kind."""
        return ((kind, answer) for kind in KINDS.values() for answer in self.of(kind))

    def by_key(self) -> dict[AnswerKey, Any]:
        """Return every answer by its key."""
        return {kind.key_of(answer): answer for kind, answer in self.each()}

    def with_each(self, change: Callable[[AnswerKind, tuple[Any, ...]], Iterable[Any]]) -> Answers:
        """Return a copy in which ``change`` has been applied to each kind and its answers; the cycles stay the same."""
        return self.model_copy(update={kind.name: tuple(change(kind, self.of(kind))) for kind in KINDS.values()})
