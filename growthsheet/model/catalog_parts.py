"""The parts of a catalog: scales and their points, areas, activities, roles, thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from growthsheet.model.answers import scales
from growthsheet.model.parts import Id, Label, Line, Number, Part, Text, Whole, init
from growthsheet.text.ids import id_of

Level = Annotated[Number, Field(allow_inf_nan=False)]


class Point(Part):
    """One point of a scale: its value, a short label, and the sentence that describes it."""

    value: Whole = Field(ge=-100, le=1000)
    label: Annotated[Line, Field(max_length=40)]
    anchor: Text = ""


Points = Mapping[int, str] | Iterable[str | Point]


class Scale(Part):
    """A rating scale: two to eleven ascending whole numbers, each with a label."""

    id: str = Field(json_schema_extra=lambda schema: schema.update(enum=[*scales()]))
    name: Line
    points: tuple[Point, ...] = Field(min_length=2, max_length=11)

    @init
    def __init__(self, *, id: str, points: Points, name: str = "") -> None:
        """Points are also taken as labels, from 0 on, or as labels by value; the name follows from the id."""
        if isinstance(points, Mapping):
            points = [Point(value=value, label=label) for value, label in points.items()]
        elif not isinstance(points, str) and isinstance(points, Iterable):
            points = [Point(value=n, label=p) if isinstance(p, str) else p for n, p in enumerate(points)]
        super().__init__(id=id, name=name or str(id).capitalize(), points=points)

    @field_validator("id")
    @classmethod
    def _of_ratings(cls, id: str) -> str:
        if id not in scales():
            raise PydanticCustomError(
                "literal_error", "Input should be {expected}", {"expected": listed_scales("or", "'")}
            )
        return id

    @field_validator("points")
    @classmethod
    def _ascending(cls, points: tuple[Point, ...]) -> tuple[Point, ...]:
        values = [point.value for point in points]
        if any(high <= low for low, high in pairwise(values)):
            raise ValueError(f"values must ascend, each once; they are {', '.join(map(str, values))}")
        return points

    @property
    def values(self) -> tuple[int, ...]:
        """The values of the points, lowest first."""
        return tuple(point.value for point in self.points)


class NamedPart(Part):
    """A part of the catalog; without an id of its own it has one that follows from its name."""

    id: Id = ""
    name: Line

    @model_validator(mode="before")
    @classmethod
    def _with_id(cls, fields: Any) -> Any:
        if isinstance(fields, dict) and "id" not in fields and isinstance(name := fields.get("name"), str):
            return {"id": id_of(name), **fields}
        return fields


class Area(NamedPart):
    """A group of activities."""


class Activity(NamedPart):
    """Something that an experienced team member is expected to do.

    ``anchors`` describes levels of the skill scale for this activity.
    """

    name: Label
    area: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,63})?$")] = ""
    description: Text = ""
    anchors: Mapping[Whole, Text] = {}
    evidence: Text = ""
    importance: Whole = Field(default=2, ge=1, le=3)
    resources: tuple[Text, ...] = ()
    since: str = ""
    retired_in: str = ""
    replaces: tuple[Id, ...] = ()

    @field_validator("anchors")
    @classmethod
    def _with_words(cls, anchors: Mapping[int, str]) -> Mapping[int, str]:
        return {level: text for level, text in anchors.items() if text.strip()}


class Role(NamedPart):
    """A role and the skill level it expects in each activity; no level means not expected, which differs from 0."""

    path: Literal["product", "people", "any"] = "any"
    rank: Whole = Field(default=1, ge=0, le=99)
    next: tuple[Id, ...] = ()
    expected: Mapping[Id, Level]
    importance: Mapping[Id, Annotated[Whole, Field(ge=1, le=3)]] = {}
    core: tuple[Id, ...] = ()
    aliases: tuple[Line, ...] = ()


class Thresholds(Part):
    """The lowest points at which a rating counts as high, as working, as covering an activity, and as the top."""

    experience_high: Whole = 2
    interest_high: Whole = 2
    working: Whole = 2
    covered: Whole = 3
    top: Whole = 4


def highest_thresholds(values: Iterable[int]) -> dict[str, int]:
    """Return the three highest values of a skill scale as the levels that count as working, as covering, as the top."""
    found = sorted(values)
    return dict(zip(("top", "covered", "working"), [*reversed(found), *[found[0]] * 3], strict=False))


def fitting_thresholds(scales: Iterable[Scale]) -> dict[str, int]:
    """Return the thresholds that follow from scales: the three highest levels of skill; the top where 2 is no point."""
    found: dict[str, int] = {}
    for scale in scales:
        if scale.id == "skill":
            found |= highest_thresholds(scale.values)
        elif Thresholds().interest_high not in scale.values:
            found[f"{scale.id}_high"] = scale.values[-1]
    return found


_USUAL = """
skill|Not yet=not without someone doing it for me|Aware=I know what good looks like, do parts with guidance\
|Working=ordinary cases alone, help with hard ones|Skilled=hard cases too; others copy my work\
|Authority=I set the standard and teach it
experience|Never|Helped=watched or assisted|Once or twice=responsible|Regularly=in more than one product or team\
|Widely=many settings, and led others doing it
interest|Rather not=I would hand it over|Willing=when the job needs it|Interested=I would take more\
|Keen=I want to be known for it
"""
USUAL_SCALES = tuple(
    Scale(id=id, points=[Point(value=n, label=t.partition("=")[0], anchor=t.partition("=")[2]) for n, t in points])
    for id, *texts in (line.split("|") for line in _USUAL.strip().splitlines())
    for points in [enumerate(texts)]
)
"""The scales of a catalog that brings none."""

THRESHOLD_SCALES = {"experience_high": "experience", "interest_high": "interest"}
"""The scale of each threshold that is not a point of the skill scale."""


def listed_scales(word: str, quote: str = "") -> str:
    """Return the scales that a catalog needs as an enumeration in words."""
    *others, last = (f"{quote}{name}{quote}" for name in scales())
    return f"{', '.join(others)} {word} {last}"
