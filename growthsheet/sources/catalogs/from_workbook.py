"""A catalog in a workbook: its tabs as one document, in which every value knows its cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.catalog_parts import THRESHOLD_SCALES
from growthsheet.model.columns import (
    ACTIVITIES_TAB,
    ANCHOR,
    AREAS_TAB,
    CATALOG_COLUMNS,
    CATALOG_TAB,
    ROLES_TAB,
    SCALES_TAB,
    SETTINGS,
)
from growthsheet.sources.catalogs.catalog_tabs import NEEDED_COLUMNS, NOWHERE, OF_ROLES, CatalogTabs, TabRow, place_in
from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.text.ids import id_of, is_id
from growthsheet.text.quoting import did_you_mean, nearest, one_line, quote
from growthsheet.xlsx.reader.user_tables import UserTab

_LABELS = {label.casefold(): field for label, field in SETTINGS.items()}


@dataclass(frozen=True)
class ScaleShift:
    """The value of each point of a scale before and now, in their order: what used to be measured on it moves along.

    >>> shift = ScaleShift(((0, 1), (1, 2), (2, 4)))
    >>> print(shift), shift.moved(2), shift.moved(1.5)
    0 is now 1, 1 is now 2, 2 is now 4
    (None, 4, 3)
    """

    pairs: tuple[tuple[float, float], ...]

    @property
    def before(self) -> tuple[float, ...]:
        """The values before."""
        return tuple(before for before, _ in self.pairs)

    @cached_property
    def moves(self) -> bool:
        """Whether a value changed, and the values before are in order, so that it can be told what became of each."""
        return any(before != now for before, now in self.pairs) and all(a < b for a, b in pairwise(self.before))

    def moved(self, value: Any) -> Any:
        """Return what became of a value; between two points it stays as far from both, in proportion."""
        if not self.moves or not isinstance(value, int | float) or not self.before[0] <= value <= self.before[-1]:
            return value
        at = max(1, min(bisect_right(self.before, value), len(self.pairs) - 1))
        (low, low_now), (high, high_now) = self.pairs[at - 1], self.pairs[at]
        found = round(low_now + (value - low) * (high_now - low_now) / (high - low), 2)
        return int(found) if float(found).is_integer() else found

    def __str__(self) -> str:
        return ", ".join(f"{before:g} is now {now:g}" for before, now in self.pairs if before != now)


def is_catalog(tabs: Iterable[UserTab]) -> bool:
    """Return whether a workbook holds a catalog: it has most of the tabs of one."""
    return len(set(NEEDED_COLUMNS) & {tab.name.strip().capitalize() for tab in tabs}) >= 3


def read_catalog_workbook(tabs: Sequence[UserTab], name: str) -> Document:
    """Return the catalog on the tabs of a workbook, as a document of the same shape as a YAML file."""
    return _Reading(tabs, name).document()


class _Reading(CatalogTabs):
    def __init__(self, tabs: Sequence[UserTab], name: str) -> None:
        super().__init__(tabs, name)
        self.marks: dict[str, Mark] = {}
        self.shifts: dict[str, ScaleShift] = {}

    def document(self) -> Document:
        for tab in NEEDED_COLUMNS:
            if tab not in self.tabs:
                close = nearest(tab, set(self.names) - set(NEEDED_COLUMNS), 0.5)
                back, new = f"is it '{one_line(close)}'? give it its name back", "growthsheet catalog new makes one"
                hint = back if close else new
                self.fault(tab.lower(), "missing-tab", self.name, f"no tab '{tab}'", "a tab of that name", hint)
        value: dict[str, Any] = {"scales": self._scales()}  # first: levels and thresholds may have been shifted
        value |= self._settings()
        fields = {tab: columns.values() for tab, columns in CATALOG_COLUMNS.items()}
        value["areas"] = [
            self._part(row, f"areas.{n}", fields[AREAS_TAB]) for n, row in enumerate(self.rows(AREAS_TAB))
        ]
        roles = [self._part(row, f"roles.{n}", fields[ROLES_TAB]) for n, row in enumerate(self.rows(ROLES_TAB))]
        for n, role in enumerate(roles):
            role |= {"expected": {}, "importance": {}, "core": []}
            role["next"] = self._ids(role.get("next", []), roles, "role", f"roles.{n}.next")
        value |= {"roles": roles, "activities": list(self._activities(roles, value["areas"]))}
        for n, role in enumerate(roles):
            numbered = sorted(role["core"], key=lambda entry: entry[0])
            role["core"] = [activity for _, activity, _ in numbered]
            self.marks |= {f"roles.{n}.core.{place}": mark for place, (_, _, mark) in enumerate(numbered)}
        where = partial(place_in, self.names)
        return Document(self.name, value, self.marks, tuple(self.faults), where, tuple(self.notes))

    def _part(self, row: TabRow, path: str, fields: Collection[str]) -> dict[str, Any]:
        """Return fields of a row; blank ones are left to the model."""
        self.marks |= {path: row.mark(), **{f"{path}.{field}": row.mark(field) for field in fields}}
        return {field: value for field in fields if (value := row[field]) is not None}

    def _ids(self, texts: Iterable[str], parts: Sequence[Mapping[str, Any]], kind: str, path: str) -> list[str]:
        """The ids of areas or roles that are named by id or name; what is neither is told, with what it may be."""
        known = {str(part.get(by, "")).strip().casefold(): part.get("id") for by in ("name", "id") for part in parts}
        found = []
        for n, text in enumerate(texts):
            found.append(str(known.get(text.casefold()) or text))
            if not is_id(found[-1]) and known:
                hint = did_you_mean(text.casefold(), known, f"add the {kind}, or correct it")
                where = path if kind == "area" else f"{path}.{n}"
                place, expected = self.at(self.marks[path]), f"the id or name of one {kind}, on a line of its own"
                self.fault(where, f"unknown-{kind}", place, quote(text), expected, hint)
        return found

    # -- tabs ------------------------------------------------------------------------------------------------------

    def _activities(self, roles: list[dict[str, Any]], areas: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The activities; what their rows say of roles is put into those."""
        more = {f"{ANCHOR}{level:g}".casefold(): f"{ANCHOR}{level:g}" for level in self._shift("skill").before}
        for (kind, field), by in [(each, by) for each in OF_ROLES.items() for by in ("name", "id")]:
            names = (str(role.get(by) or "").strip() for role in roles)
            more |= {f"{kind}{name}".casefold(): f"{field}.{n}" for n, name in enumerate(names) if name}
        fields = CATALOG_COLUMNS[ACTIVITIES_TAB].values()
        for n, row in enumerate(self.rows(ACTIVITIES_TAB, more)):
            path = f"activities.{n}"
            part = self._part(row, path, fields)
            if "area" in part:
                [part["area"]] = self._ids([part["area"]], areas, "area", f"{path}.area")
            anchors: dict[str, Any] = {}
            for field in (field for field in row.columns if field not in fields):
                value, mark = row[field], row.mark(field)
                if value is not None and field.startswith(ANCHOR):
                    level = self._shift("skill").moved(int(field.removeprefix(ANCHOR)))
                    anchors[f"{level:g}"] = value
                    self.marks[f"{path}.anchors.{level:g}"] = mark
                elif value is not None and "id" in part:
                    self._put(roles, field, part["id"], value, mark)
            if "id" not in part:
                hint = f"write one that never changes, such as {quote(id_of(str(part.get('name') or 'new')))}"
                self.fault(f"{path}.id", "missing-field", self.at(row.mark("id")), "no id", "an id", hint)
            yield part | ({"anchors": anchors} if anchors else {})

    def _put(self, roles: list[dict[str, Any]], field: str, activity: str, value: Any, mark: Mark) -> None:
        """What a cell of an activity's row says of a role."""
        kind, _, n = field.partition(".")
        if kind != "core":
            roles[int(n)][kind][activity] = self._shift("skill").moved(value) if kind == "expected" else value
            self.marks[f"roles.{n}.{kind}.{activity}"] = mark
        elif isinstance(value, int):
            roles[int(n)]["core"].append((value, activity, mark))
        else:
            hint = "number each role's short list from 1 on"
            self.fault(NOWHERE, "bad-value", self.at(mark), quote(value), "a whole number, such as 1", hint)

    def _settings(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        thresholds: dict[str, Any] = {}
        for row in self.rows(CATALOG_TAB):
            label, value = str(row["setting"] or "").strip(), row["value"]
            field = _LABELS.get(label.casefold())
            if field is None:
                place, hint = self.at(row.mark("setting")), did_you_mean(label.capitalize(), SETTINGS, "take it out")
                self.fault(NOWHERE, "unknown-field", place, quote(label), ", ".join(SETTINGS), hint)
                continue
            self.marks[field] = row.mark("value")
            if field.startswith("thresholds."):
                if value is not None:
                    name = field.partition(".")[2]
                    thresholds[name] = self._shift(THRESHOLD_SCALES.get(name, "skill")).moved(value)
            elif field == "version" and isinstance(value, float | date):
                is_number = isinstance(value, float)
                said = f"{quote(value)}: a number, which loses zeros at its end" if is_number else "a date"
                hint = "type it as text, with an apostrophe before it: '1.10"
                self.fault(field, "version-not-text", self.at(row.mark("value")), said, "a text", hint)
            elif value is not None or field in ("locale", "source", "licence"):
                found[field] = "" if value is None else str(value)
        return found | {"thresholds": thresholds}

    def _scales(self) -> list[dict[str, Any]]:
        scales: dict[str, dict[str, Any]] = {}
        pairs: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for row in self.rows(SCALES_TAB):
            id = str(row["id"] or "").strip()
            scale = scales.setdefault(id, {"id": id, "name": row["name"], "points": []})
            path = f"scales.{list(scales).index(id)}"
            if not scale["points"]:
                self.marks |= {path: row.mark(), f"{path}.id": row.mark("id"), f"{path}.name": row.mark("name")}
            if row["name"] not in (None, scale["name"]):
                place = self.at(row.mark("name"))
                self.fault(NOWHERE, "several-names", place, quote(row["name"]), quote(scale["name"]), "use one name")
            point = f"{path}.points.{len(scale['points'])}"
            scale["points"].append(self._part(row, point, ("value", "label", "anchor")))
            if all(isinstance(row[field], int | float) for field in ("before", "value")):
                pairs[id].append((row["before"], row["value"]))
        self.shifts = {id: ScaleShift(tuple(found)) for id, found in pairs.items()}
        for id, shift in self.shifts.items():
            if shift.moves:
                said = f"the scale '{one_line(id)}' was shifted: {shift}; levels, thresholds and texts move with it"
                place = f"{self.name}, {SCALES_TAB}"
                hint = "convert it into a new file to see them with the new numbers"
                self.notes.append(Problem("scale-shifted", place, said, hint=hint, severity="note"))
        return list(scales.values())

    def _shift(self, scale: str) -> ScaleShift:
        return self.shifts.get(scale, ScaleShift(()))
