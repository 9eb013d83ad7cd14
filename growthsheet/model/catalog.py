"""The catalog: scales, areas, activities, and the roles with the skills they expect. All of it is user data."""

# Longer than 300 lines: the catalog and what is checked in it belong together.

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from growthsheet.errors import InputError, Problem
from growthsheet.model.answers import scales
from growthsheet.model.html_table import html_table
from growthsheet.model.parts import Id, Label, Line, Part, Parts, Text

Level = Annotated[float, Field(allow_inf_nan=False)]


class Point(Part):
    """One point of a scale: its value, a short label, and the sentence that describes it."""

    value: int = Field(ge=-100, le=1000)
    label: Annotated[Line, Field(max_length=40)]
    anchor: Text = ""


class Scale(Part):
    """A rating scale: two to eleven ascending whole numbers, each with a label."""

    id: str = Field(json_schema_extra=lambda schema: schema.update(enum=[*scales()]))
    name: Line
    points: tuple[Point, ...] = Field(min_length=2, max_length=11)

    @field_validator("id")
    @classmethod
    def _of_ratings(cls, id: str) -> str:
        if id not in scales():
            raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": _listed("or", "'")})
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


class Area(Part):
    """A group of activities."""

    id: Id
    name: Line


class Activity(Part):
    """Something that an experienced team member is expected to do.

    ``anchors`` describes levels of the skill scale for this activity.
    """

    id: Id
    name: Label
    area: Id
    description: Text = ""
    anchors: Mapping[int, Text] = {}
    evidence: Text = ""
    importance: int = Field(2, ge=1, le=3)
    resources: tuple[Text, ...] = ()
    since: str = ""
    retired_in: str = ""
    replaces: tuple[Id, ...] = ()

    @field_validator("anchors")
    @classmethod
    def _with_words(cls, anchors: Mapping[int, str]) -> Mapping[int, str]:
        return {level: text for level, text in anchors.items() if text.strip()}


class Role(Part):
    """A role and the skill level it expects in each activity; no level means not expected, which differs from 0."""

    id: Id
    name: Line
    path: Literal["product", "people", "any"] = "any"
    rank: int = Field(1, ge=0, le=99)
    next: tuple[Id, ...] = ()
    expected: Mapping[Id, Level]
    importance: Mapping[Id, Annotated[int, Field(ge=1, le=3)]] = {}
    core: tuple[Id, ...] = ()
    aliases: tuple[Line, ...] = ()


class Thresholds(Part):
    """The lowest points at which a rating counts as high, as working, as covering an activity, and as the top."""

    experience_high: int = 2
    interest_high: int = 2
    working: int = 2
    covered: int = 3
    top: int = 4


class Catalog(Parts):
    """Scales, areas, activities and roles under one id and version."""

    id: Id
    version: Annotated[Line, Field(max_length=40)]
    name: Line
    locale: str = "en"
    source: Text = ""
    licence: Text = ""
    scales: tuple[Scale, ...]
    areas: tuple[Area, ...] = Field(min_length=1)
    activities: tuple[Activity, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = Field(min_length=1)
    thresholds: Thresholds = Thresholds()

    def _repr_html_(self) -> str:
        rows = [(role.id, role.name, role.path, str(len(role.expected))) for role in self.roles]
        return html_table(("Id", "Role", "Path", "Activities"), rows, repr(self)[1:-1], len(rows))

    def scale(self, name: str) -> Scale:
        """Return the scale with this id, such as ``skill``."""
        return next(scale for scale in self.scales if scale.id == name)

    @cached_property
    def activity_by_id(self) -> Mapping[str, Activity]:
        """Activities by id, in catalog order."""
        return {activity.id: activity for activity in self.activities}

    @cached_property
    def area_by_id(self) -> Mapping[str, Area]:
        """Areas by id, in catalog order."""
        return {area.id: area for area in self.areas}

    @cached_property
    def role_by_id(self) -> Mapping[str, Role]:
        """Roles by id, in catalog order."""
        return {role.id: role for role in self.roles}

    @cached_property
    def current(self) -> tuple[Activity, ...]:
        """The activities that are not retired, area by area."""
        place = {area.id: number for number, area in enumerate(self.areas)}
        return tuple(sorted((a for a in self.activities if not a.retired_in), key=lambda a: place.get(a.area, 0)))

    def importance(self, role: Role, activity: Activity) -> int:
        """Return the importance of an activity in a role, 1 to 3."""
        return role.importance.get(activity.id, activity.importance)

    def checked(self, place: str = "catalog") -> Catalog:
        """Return the catalog itself; raise an :class:`InputError` with every inconsistency in it.

        ``problem.place`` is ``place`` followed by the path of the faulty value, as in
        ``catalog: roles.2.expected.pricing``.
        """
        problems = [
            Problem(code, f"{place}: {path}", found, expected, hint)
            for code, path, found, expected, hint in faults(self)
        ]
        if problems:
            raise InputError(problems)
        return self


Fault = tuple[str, str, str, str, str]


def faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield every inconsistency in a catalog: (code, path, found, expected, hint)."""
    yield from _repeated(catalog)
    yield from _scales(catalog)
    areas, activities, roles = catalog.area_by_id, catalog.activity_by_id, catalog.role_by_id
    levels = catalog.scale("skill").values if any(s.id == "skill" for s in catalog.scales) else ()
    for number, activity in enumerate(catalog.activities):
        path = f"activities.{number}"
        if activity.area not in areas:
            yield _unknown("area", f"{path}.area", activity.area, areas)
        for point in activity.anchors:
            if levels and point not in levels:
                yield _off("anchor-off-scale", f"{path}.anchors.{point}", point, levels)
        for entry, old in enumerate(activity.replaces):
            if old == activity.id:
                yield ("replaces-itself", f"{path}.replaces.{entry}", old, "the ids it replaced", "take it out")
    for number, role in enumerate(catalog.roles):
        path = f"roles.{number}"
        for activity_id, level in role.expected.items():
            where = f"{path}.expected.{activity_id}"
            if activity_id not in activities:
                yield _unknown("activity", where, activity_id, activities)
            if levels and not levels[0] <= level <= levels[-1]:
                yield _off("level-off-scale", where, level, levels)
            elif level != round(level, 2):
                yield ("level-too-fine", where, str(level), "at most two decimals", "round it")
        named = [(f"importance.{id}", id) for id in role.importance]
        for where, activity_id in (*named, *((f"core.{entry}", id) for entry, id in enumerate(role.core))):
            if activity_id not in activities:
                yield _unknown("activity", f"{path}.{where}", activity_id, activities)
        for entry, next_id in enumerate(role.next):
            if next_id not in roles:
                yield _unknown("role", f"{path}.next.{entry}", next_id, roles)


THRESHOLD_SCALES = {"experience_high": "experience", "interest_high": "interest"}
"""The scale of each threshold that is not a point of the skill scale."""


def doubts(catalog: Catalog) -> Iterator[tuple[str, str, str, str]]:
    """Everything in a sound catalog that is allowed and seldom meant: (code, path, said, hint)."""
    owners: dict[str, set[str]] = {}
    for role in catalog.roles:
        for name in {role.id.casefold(), role.name.casefold(), *(alias.casefold() for alias in role.aliases)}:
            owners.setdefault(name, set()).add(role.id)
    for number, role in enumerate(catalog.roles):
        path = f"roles.{number}"
        if not role.expected:
            yield ("role-expects-nothing", path, "no activity has a level", "give it levels, or take it out")
        if role.id in role.next:
            yield ("role-is-its-next", f"{path}.next", f"'{role.name}' comes after itself", "take it out")
        for entry, alias in enumerate(role.aliases):
            if others := sorted(owners[alias.casefold()] - {role.id}):
                found = f"'{alias}' also means {', '.join(others)}, so a title in a roster means neither"
                yield ("shared-alias", f"{path}.aliases.{entry}", found, "leave it to one role")
        for field, ids in (("core", role.core), ("importance", tuple(role.importance)), ("next", role.next)):
            if field != "next" and role.expected and (lost := [id for id in ids if id not in role.expected]):
                yield ("core-not-expected", f"{path}.{field}", ", ".join(lost), "give them a level, or take them out")
            if twice := dict.fromkeys(id for id in ids if ids.count(id) > 1):
                yield ("named-twice", f"{path}.{field}", ", ".join(twice), "take one of them out")
    used = {id for role in catalog.roles for id in role.expected}
    if idle := [activity.id for activity in catalog.current if activity.id not in used]:
        found = f"no role expects {', '.join(idle[:8])}" + (f" and {len(idle) - 8} more" if len(idle) > 8 else "")
        yield ("activities-not-expected", "activities", found, "give each a level in some role, or retire it")
    limits = catalog.thresholds
    end = catalog.scale("skill").values[-1]
    if not limits.working <= limits.covered <= limits.top == end:
        found = f"working {limits.working}, covered {limits.covered}, top {limits.top} on a scale that ends at {end}"
        yield ("thresholds-odd", "thresholds", found, "let them rise, the last one the end of the scale")
    for field, name in THRESHOLD_SCALES.items():
        values, low = catalog.scale(name).values, getattr(limits, field)
        if 2 * values.index(low) < len(values) - 1:
            found = f"{field} is {low}, in the lower half of a scale from {values[0]} to {values[-1]}"
            yield ("thresholds-odd", f"thresholds.{field}", found, "was the scale shifted? then shift it along")
    for scale in catalog.scales:
        numbers = {str(point.value) for point in scale.points}
        if odd := [f"{p.value} = '{p.label}'" for p in scale.points if p.label in numbers - {str(p.value)}]:
            found = f"the label of one point is the number of another: {', '.join(odd)}"
            yield ("labels-odd", f"scales.{catalog.scales.index(scale)}", found, "call the points by words")


def _repeated(catalog: Catalog) -> Iterator[Fault]:
    for field in ("scales", "areas", "activities", "roles"):
        # Spreadsheets compare text without regard to case, so ids that differ only in case are one id there.
        for of, words in (("id", "an id"), ("name", "a name")):
            seen: set[str] = set()
            for number, part in enumerate(getattr(catalog, field)):
                value: str = getattr(part, of)
                if value.casefold() in seen:
                    hint = "give it another one (capital and small letters do not count)"
                    yield (f"repeated-{of}", f"{field}.{number}.{of}", value, f"{words} of its own", hint)
                seen.add(value.casefold())


def _scales(catalog: Catalog) -> Iterator[Fault]:
    there = {scale.id for scale in catalog.scales}
    for missing in [name for name in scales() if name not in there]:
        yield ("no-scale", "scales", f"no scale '{missing}'", _listed("and"), "add it")
    for n, scale in enumerate(catalog.scales):
        seen: set[str] = set()
        for m, point in enumerate(scale.points):
            path, folded = f"scales.{n}.points.{m}.label", point.label.casefold()
            if folded in seen:
                yield ("repeated-label", path, point.label, "a label of its own", "rename it: people choose by labels")
            if folded.replace(" ", "") in ("n/a", "na", "n.a."):
                yield ("reserved-label", path, point.label, "another word", "n/a is an answer of its own: not my job")
            seen.add(folded)
    for field, value in catalog.thresholds:
        name = THRESHOLD_SCALES.get(field, "skill")
        if name in there and value not in catalog.scale(name).values:
            yield _off("threshold-off-scale", f"thresholds.{field}", value, catalog.scale(name).values)


def _listed(word: str, quote: str = "") -> str:
    """Return the scales that a catalog needs as an enumeration in words."""
    *others, last = (f"{quote}{name}{quote}" for name in scales())
    return f"{', '.join(others)} {word} {last}"


def _off(code: str, path: str, value: float, levels: tuple[int, ...]) -> Fault:
    return (code, path, f"{value:g}", f"one of {', '.join(map(str, levels))}", "choose a point of the scale")


def _unknown(kind: str, path: str, found: str, known: Mapping[str, object]) -> Fault:
    close = get_close_matches(found, known, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"add the {kind} or correct the id"
    return (f"unknown-{kind}", path, found, f"the id of one of the {len(known)} {kind} entries", hint)
