"""The catalog: scales, areas, activities, and the roles with the skills they expect. All of it is user data."""

# Longer than 300 lines: what a catalog must fulfil stands beside the changes that keep it so.
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import product
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError

from growthsheet.errors import InputError, Problem, refusal
from growthsheet.model.answers import scales
from growthsheet.model.catalog_parts import (
    THRESHOLD_SCALES,
    Activity,
    Area,
    Role,
    Scale,
    Thresholds,
    fitting_thresholds,
    listed_scales,
)
from growthsheet.model.friendly import Activities, Areas, Roles, Scales, find_ids, plain_catalog
from growthsheet.model.html_table import html_table
from growthsheet.model.part_problems import Loc, model_problems, python_path
from growthsheet.model.parts import Id, Line, Parts, Text, init
from growthsheet.model.sound_rest import Taken, sound_rest
from growthsheet.text.arguments import strict
from growthsheet.text.quoting import did_you_mean, quote

CatalogList = Literal["activities", "roles", "areas"]
"""The lists of a catalog from which things are taken, and in which they are named."""

NO_LEVELS: Mapping[str, Any] = MappingProxyType({})


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

    @init
    def __init__(
        self,
        *,
        name: str,
        activities: Activities,
        roles: Roles,
        areas: Areas = (),
        scales: Scales = (),
        thresholds: Thresholds | None = None,
        id: str = "",
        version: str = "1",
        locale: str = "en",
        source: str = "",
        licence: str = "",
    ) -> None:
        """Make a catalog of objects, or of names: ids follow from them; scales that are not given are the usual ones.

        Activities are a list, or names or activities by area; roles are a list, or levels by activity by role.
        An :class:`InputError` has everything that is wrong, as in ``Catalog: roles["agent"].expected["chess"]``.

        >>> tickets = {"Tickets": ["Solve a ticket", "Write a help page"]}
        >>> Catalog(name="Support", activities=tickets, roles={"Agent": {"Solve a ticket": 3}}).roles[0].expected
        {'solve-a-ticket': 3.0}
        """
        values, problems = plain_catalog({key: value for key, value in locals().items() if key != "self"})
        problems += (problem for _, problem in judged(values, partial(self._place, values), self)[1])
        if problems:
            raise InputError(problems)

    def scale(self, name: str) -> Scale:
        """Return the scale with this id, such as ``skill``."""
        for scale in self.scales:
            if scale.id == name:
                return scale
        there = ", ".join(scale.id for scale in self.scales)
        raise refusal("not-a-choice", "scale: name", quote(name), f"one of {there}", "choose one of them")

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

    def checked(self, place: str = "catalog") -> Self:
        """Return the catalog itself; raise an :class:`InputError` with every inconsistency in it.

        ``problem.place`` is ``place`` followed by the faulty value as Python writes it, as in
        ``catalog: roles["lead"].expected["pricing"]``. Only a catalog that pydantic made can be inconsistent.
        """
        problems = [
            Problem(code, f"{place}: {python_path(Catalog, self, _steps(path))}", found, expected, hint)
            for code, path, found, expected, hint in faults(self)
        ]
        if problems:
            raise InputError(problems)
        return self

    # -- changes ---------------------------------------------------------------------------------------------------

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with other values in some fields, checked as a whole."""
        return super().model_copy(update=update and {"thresholds": self.thresholds, **update}, deep=deep)

    @strict
    def without(self, *names: str, of: CatalogList = "activities") -> Self:
        """Return the catalog without some activities (or roles, or areas with all that is in them), by id or name.

        >>> from growthsheet.sources.catalogs.load import load_catalog
        >>> len(load_catalog("product-management").without("win-loss").activities)
        44
        """
        gone = self._ids(of, *names)
        lost = {each.id for each in self.activities if each.area in gone} if of == "areas" else gone
        roles = [role for role in self.roles if of != "roles" or role.id not in gone]
        if of == "roles":
            roles = [role.model_copy(update={"next": [id for id in role.next if id not in gone]}) for role in roles]
        else:
            roles = [_expecting(role, dict.fromkeys(lost)) for role in roles]
        areas = [area for area in self.areas if of != "areas" or area.id not in gone]
        activities = [each for each in self.activities if of == "roles" or each.id not in lost]
        return self.model_copy(update={"areas": areas, "activities": activities, "roles": roles})

    @strict
    def renamed(self, old: str, name: str, *, of: CatalogList = "activities") -> Self:
        """Return the catalog with another name for an activity (or a role, an area); its id stays, so answers do."""
        found = self._ids(of, old)
        parts = [each.model_copy(update={"name": name}) if each.id in found else each for each in getattr(self, of)]
        return self.model_copy(update={of: parts})

    @strict
    def with_activity(
        self, activity: str | Activity, *, area: str | Area = "", expected: Mapping[str, float] = NO_LEVELS
    ) -> Self:
        """Return the catalog with one more activity; the area may be a new one, ``expected`` is role to level."""
        made = Activity(name=activity) if isinstance(activity, str) else activity
        areas = (*self.areas, area) if isinstance(area, Area) else self.areas
        if area:
            made = made.model_copy(update={"area": area.id if isinstance(area, Area) else self._ids("areas", area)[0]})
        levels = dict(zip(self._ids("roles", *expected), expected.values(), strict=True))
        roles = [_expecting(role, {made.id: levels[role.id]}) if role.id in levels else role for role in self.roles]
        return self.model_copy(update={"areas": areas, "activities": (*self.activities, made), "roles": roles})

    @strict
    def with_levels(self, role: str, levels: Mapping[str, float | None]) -> Self:
        """Return the catalog with other levels that a role expects, by activity; None for no longer expected."""
        (wanted,) = self._ids("roles", role)
        found = dict(zip(self._ids("activities", *levels), levels.values(), strict=True))
        roles = [_expecting(each, found) if each.id == wanted else each for each in self.roles]
        return self.model_copy(update={"roles": roles})

    @strict
    def with_role(
        self, role: str | Role, *, like: str = "", shift: float = 0, expected: Mapping[str, float | None] = NO_LEVELS
    ) -> Self:
        """Return the catalog with one more role; ``expected`` is activity to level.

        What else it expects is as in the role ``like``, ``shift`` levels higher (on the scale); so are path and rank.
        """
        made = Role(name=role, expected={}) if isinstance(role, str) else role
        if like:
            model = self.role_by_id[self._ids("roles", like)[0]]
            lowest, *_, highest = self.scale("skill").values
            levels = {id: min(max(level + shift, lowest), highest) for id, level in model.expected.items()}
            same = {name: getattr(model, name) for name in ("path", "rank", "importance", "core")}
            made = made.model_copy(update={**same, "expected": levels | dict(made.expected)})
        made = _expecting(made, dict(zip(self._ids("activities", *expected), expected.values(), strict=True)))
        return self.model_copy(update={"roles": (*self.roles, made)})

    @strict
    def with_scale(self, scale: Scale, *, thresholds: Thresholds | None = None) -> Self:
        """Return the catalog with another scale of that id; a skill scale's three highest points are the thresholds."""
        scales = [scale if each.id == scale.id else each for each in self.scales]
        found = thresholds or self.thresholds.model_copy(update=fitting_thresholds([scale]))
        return self.model_copy(update={"scales": scales, "thresholds": found})

    def _ids(self, of: CatalogList, *names: str) -> list[str]:
        kind = {"activities": "activity", "roles": "role", "areas": "area"}[of]
        found, problems = find_ids(kind, names, getattr(self, of), f"Catalog: {of}")
        if problems:
            raise InputError(problems)
        return [found[name] for name in names]


def judged(
    values: object, place: Callable[[Loc], str], made: Catalog | None = None
) -> tuple[Catalog | None, list[tuple[str, Problem]]]:
    """Return the catalog that is made of values, or of their sound rest; and all that is wrong, each with its path."""
    problems: list[tuple[str, Problem]] = []
    taken = Taken()
    try:
        found: Catalog | None = Catalog.__pydantic_validator__.validate_python(values, self_instance=made)
    except ValidationError as error:
        problems += model_problems(error, Catalog, place)
        found, taken = sound_rest(values, error, Catalog)
    for code, path, said, expected, hint in faults(found) if found else ():
        if not taken.explains(code, path, said):
            problems.append((path, Problem(code, place(_steps(path)), said, expected, hint)))
    return found, problems


def _expecting(role: Role, levels: Mapping[str, float | None]) -> Role:
    """Return the role with other levels of some activities; with None it has no word about them any more."""
    lost = {id for id, level in levels.items() if level is None}
    if not levels or (len(lost) == len(levels) and not lost & {*role.expected, *role.importance, *role.core}):
        return role
    return role.model_copy(
        update={
            "expected": {id: level for id, level in {**role.expected, **levels}.items() if level is not None},
            "importance": {id: weight for id, weight in role.importance.items() if id not in lost},
            "core": [id for id in role.core if id not in lost],
        }
    )


def _steps(path: str) -> tuple[int | str, ...]:
    """Return the steps of a path such as ``roles.2.expected.pricing``, whose last one may hold dots."""
    steps = path.split(".") if path.startswith("scales") else path.split(".", 3)
    return tuple(int(step) if step.isdigit() else step for step in steps)


_NO_LABELS = frozenset(
    ["n/a", "na", "n.a.", "blank", "empty", "none", "null", "-", "\u2013", "\u2014", "?", "leer", "vide", "vacío"]
)
"""What cannot be a point of a scale: it reads as no answer."""

Fault = tuple[str, str, str, str, str]


def faults(catalog: Catalog) -> Iterator[Fault]:
    """Yield every inconsistency in a catalog: (code, path, found, expected, hint)."""
    yield from _repeated(catalog)
    yield from _scales(catalog)
    areas, activities, roles = catalog.area_by_id, catalog.activity_by_id, catalog.role_by_id
    levels = catalog.scale("skill").values if any(s.id == "skill" for s in catalog.scales) else ()
    for number, activity in enumerate(catalog.activities):
        path = f"activities.{number}"
        if not activity.area:
            yield ("missing-field", f"{path}.area", "not there", "the field 'area'", "add it")
        elif activity.area not in areas:
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
            yield ("role-is-its-next", f"{path}.next", f"'{role.name}' is its own next role", "take it out")
        for entry, alias in enumerate(role.aliases):
            if others := sorted(owners[alias.casefold()] - {role.id}):
                found = f"'{alias}' also means {', '.join(others)}, so a title on a roster matches neither"
                yield ("shared-alias", f"{path}.aliases.{entry}", found, "keep it for one role")
        for field, ids in (("core", role.core), ("importance", tuple(role.importance)), ("next", role.next)):
            if field != "next" and role.expected and (lost := [id for id in ids if id not in role.expected]):
                yield ("core-not-expected", f"{path}.{field}", ", ".join(lost), "give them a level, or take them out")
            if twice := dict.fromkeys(id for id in ids if ids.count(id) > 1):
                yield ("named-twice", f"{path}.{field}", ", ".join(twice), "take one of them out")
    for circle in _circles({role.id: role.next for role in catalog.roles}):
        roles = [catalog.role_by_id[id] for id in circle]
        # Between two paths one may go to and fro, on one rank.
        if len({role.rank for role in roles}) > 1 or len({role.path for role in roles}) == 1:
            found = f"the next roles form a circle: {', '.join(circle)}"
            yield ("roles-in-circle", "roles", found, "take out the one that is not a step forward")
    used = {id for role in catalog.roles for id in role.expected}
    if idle := [activity.id for activity in catalog.current if activity.id not in used]:
        found = f"no role expects {', '.join(idle[:8])}" + (f" and {len(idle) - 8} more" if len(idle) > 8 else "")
        yield ("activities-not-expected", "activities", found, "give each a level in some role, or retire it")
    limits = catalog.thresholds
    end = catalog.scale("skill").values[-1]
    if not limits.working <= limits.covered <= limits.top == end:
        found = f"working {limits.working}, covered {limits.covered}, top {limits.top} on a scale that ends at {end}"
        yield ("thresholds-odd", "thresholds", found, "let them rise, with the last one at the end of the scale")
    for field, name in THRESHOLD_SCALES.items():
        values, low = catalog.scale(name).values, getattr(limits, field)
        if 2 * values.index(low) < len(values) - 1:
            found = f"{field} is {low}, in the lower half of a scale from {values[0]} to {values[-1]}"
            yield ("thresholds-odd", f"thresholds.{field}", found, "if the scale was shifted, shift this too")
    for scale in catalog.scales:
        numbers = {str(point.value) for point in scale.points}
        if odd := [f"{p.value} = '{p.label}'" for p in scale.points if p.label in numbers - {str(p.value)}]:
            found = f"the label of one point is the number of another: {', '.join(odd)}"
            yield ("labels-odd", f"scales.{catalog.scales.index(scale)}", found, "use words as labels")


def _circles(next_of: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield the roles that come after themselves by way of others, those of one circle together."""
    after = {id: set(others) for id, others in next_of.items()}
    for middle, one in product(after, after):  # after Warshall
        if middle in after[one]:
            after[one] |= after[middle]
    told: set[str] = set()
    for id in after:
        circle = [other for other in after if other in after[id] and id in after.get(other, ())]
        if id not in told and len(circle) > 1:
            told.update(circle)
            yield circle


def _repeated(catalog: Catalog) -> Iterator[Fault]:
    for field in ("scales", "areas", "activities", "roles"):
        # Spreadsheets compare text without regard to case, so ids that differ only in case are one id there.
        for of, words in (("id", "an id"), ("name", "a name")):
            seen: set[str] = set()
            for number, part in enumerate(getattr(catalog, field)):
                value: str = getattr(part, of)
                if value.casefold() in seen:
                    hint = "give it another one (upper and lower case do not count)"
                    yield (f"repeated-{of}", f"{field}.{number}.{of}", value, f"{words} of its own", hint)
                seen.add(value.casefold())


def _scales(catalog: Catalog) -> Iterator[Fault]:
    there = {scale.id for scale in catalog.scales}
    for missing in [name for name in scales() if name not in there]:
        yield ("no-scale", "scales", f"no scale '{missing}'", listed_scales("and"), "add it")
    for n, scale in enumerate(catalog.scales):
        seen: set[str] = set()
        for m, point in enumerate(scale.points):
            path, folded = f"scales.{n}.points.{m}.label", point.label.casefold()
            if folded in seen:
                yield ("repeated-label", path, point.label, "a label of its own", "rename it; people choose by labels")
            if folded.replace(" ", "").strip("()") in _NO_LABELS:
                hint = "n/a is an answer of its own (not my job), and a blank or a dash means no answer"
                yield ("reserved-label", path, point.label, "another word", hint)
            seen.add(folded)
    for field, value in catalog.thresholds:
        name = THRESHOLD_SCALES.get(field, "skill")
        if name in there and value not in catalog.scale(name).values:
            yield _off("threshold-off-scale", f"thresholds.{field}", value, catalog.scale(name).values)


def _off(code: str, path: str, value: float, levels: tuple[int, ...]) -> Fault:
    return (code, path, f"{value:g}", f"one of {', '.join(map(str, levels))}", "choose a point of the scale")


def _unknown(kind: str, path: str, found: str, known: Mapping[str, object]) -> Fault:
    hint = did_you_mean(found, known, f"add the {kind} or correct the id")
    return (f"unknown-{kind}", path, found, f"the id of one of the {len(known)} {kind} entries", hint)
