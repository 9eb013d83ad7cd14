"""A catalog as Python writes it, with names in the place of ids and objects, as the plain values that it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.catalog_parts import USUAL_SCALES, Activity, Area, Role, Scale, fitting_thresholds
from growthsheet.model.parts import Part
from growthsheet.text.counts import plural
from growthsheet.text.folding import without_case
from growthsheet.text.ids import id_of
from growthsheet.text.quoting import did_you_mean, quote

Entries = Mapping[str, Any]
Areas = Iterable[str | Area | Entries]
Activities = Mapping[str, Iterable[str | Activity | Entries]] | Iterable[Activity | Entries]
Roles = Mapping[str, Mapping[str, float] | Role] | Iterable[Role | Entries]
Scales = Iterable[Scale | Entries]


def find_ids(
    kind: str, names: Iterable[object], known: Iterable[Any], place: str
) -> tuple[dict[Any, str], list[Problem]]:
    """Return the ids of parts by the ids or names that were given, and a problem for each that is unknown.

    >>> found, [problem] = find_ids("area", ["Tickets", "tickts"], [Area(name="Tickets")], "Catalog: areas")
    >>> found, problem.hint
    ({'Tickets': 'tickets'}, "did you mean 'Tickets'?")
    """
    parts = [part if isinstance(part, Mapping) else dict(part) for part in known]
    ids = {without_case(str(part.get(field))): str(part.get("id")) for field in ("name", "id") for part in parts}
    called = {without_case(str(part.get(field))): part.get(field) for field in ("id", "name") for part in parts}
    found: dict[Any, str] = {}
    problems: list[Problem] = []
    for name in names:
        if id := ids.get(without_case(str(name))):
            if id in found.values():
                twice = f"{quote(name)}, which is also there by another name"
                problems.append(Problem("repeated-key", place.format(name), twice, "each once", "take one of them out"))
            found[name] = id
            continue
        hint = did_you_mean(without_case(str(name)), called, f"add the {kind}, or correct the name", shown=called)
        expected = f"the id or the name of one of {plural(len(parts), kind)}"
        problems.append(Problem(f"unknown-{kind}", place.format(name), quote(name), expected, hint))
    return found, problems


def plain_catalog(given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return the plain values of a catalog, and a problem for each name in them that is unknown."""
    values, problems = dict(given), list[Problem]()

    def listed(parts: Any, field: str) -> list[Any]:
        if isinstance(parts, Iterable) and not isinstance(parts, str):
            return list(parts)
        problems.append(Problem("not-a-list", f"Catalog: {field}", quote(parts), "a list", "write it in brackets"))
        return []

    own = [_plain(area) for area in listed(given["areas"], "areas")]
    areas, activities = list(own), given["activities"]
    if isinstance(activities, Mapping):
        if not own:
            areas = [_plain(name) for name in activities]
        ids, unknown = find_ids("area", activities, areas, 'Catalog: activities["{}"]')
        problems += unknown
        lists = [(ids.get(area), listed(items, f'activities["{area}"]')) for area, items in activities.items()]
        activities = [_placed(_plain(item), area) for area, items in lists if area for item in items]
    values["activities"] = [_plain(activity) for activity in listed(activities, "activities")]
    entries = [each for each in values["activities"] if isinstance(each, Mapping)]
    values["areas"] = areas
    roles = given["roles"]
    if isinstance(roles, Mapping):
        named, roles = roles, []
        for name, levels in named.items():
            if isinstance(levels, Mapping):
                place = f'Catalog: roles["{id_of(str(name))}"].expected["{{}}"]'
                ids, unknown = find_ids("activity", levels, entries, place)
                problems += unknown
                levels = {"name": name, "expected": {ids[key]: level for key, level in levels.items() if key in ids}}
            roles.append(levels)
    values["roles"] = [_plain(role) for role in listed(roles, "roles")]
    scales = listed(given["scales"], "scales")
    sound = [scale for scale in scales if isinstance(scale, Scale)]
    there = {scale.get("id") if isinstance(scale, Mapping) else getattr(scale, "id", "") for scale in scales}
    values["scales"] = [_plain(each) for each in (*scales, *(each for each in USUAL_SCALES if each.id not in there))]
    values["thresholds"] = _plain(given["thresholds"]) or fitting_thresholds(sound)
    values["id"] = given["id"] or id_of(str(given["name"]))
    return values, problems


def _placed(activity: Any, area: str) -> Any:
    return {**activity, "area": activity.get("area") or area} if isinstance(activity, Mapping) else activity


def _plain(part: Any) -> Any:
    if isinstance(part, Part):
        return part.model_dump()
    part = {"name": part} if isinstance(part, str) else part
    if isinstance(part, Mapping) and "id" not in part and isinstance(name := part.get("name"), str):
        return {"id": id_of(name), **part}
    return part
