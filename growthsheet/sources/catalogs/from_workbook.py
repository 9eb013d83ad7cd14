"""A catalog in a workbook: its tabs as one document, in which every value knows its cell."""

# Longer than 300 lines: the five tabs are one document, and their marks, faults and shifted scales belong together.

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import partial
from itertools import pairwise
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.catalog import THRESHOLD_SCALES
from growthsheet.model.columns import (
    ACTIVITIES_TAB,
    ANCHOR,
    AREAS_TAB,
    CATALOG_COLUMNS,
    CATALOG_TAB,
    CORE_OF,
    IMPORTANCE_OF,
    LIST_FIELDS,
    NUMBER_FIELDS,
    ROLE_OF,
    ROLES_TAB,
    SCALES_TAB,
    SETTINGS,
    split_lines,
)
from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.sources.catalogs.ids import id_of
from growthsheet.text.counts import first_of
from growthsheet.text.quoting import one_line, quote
from growthsheet.xlsx.reader.user_tables import UserTab, ref

HEADER_ROWS = 20
"""In so many rows of a tab its header is looked for."""

NEEDED_COLUMNS = (CATALOG_TAB, SCALES_TAB, AREAS_TAB, ACTIVITIES_TAB, ROLES_TAB)
_IDS = {CATALOG_TAB: "setting"} | dict.fromkeys((SCALES_TAB, AREAS_TAB, ACTIVITIES_TAB, ROLES_TAB), "id")
_MUST = {"id", "name", "area", "value", "label", "setting"}
"""Fields without which a tab says nothing that can be used."""
IDS = frozenset(["id", "area"])
_LABELS = {label.casefold(): field for label, field in SETTINGS.items()}
NOWHERE = "."
"""The path of a fault that hides nothing else: no value has it."""
_KEY = "key"
"""The header of the hidden column that the writer puts before the others."""


def is_catalog(tabs: Iterable[UserTab]) -> bool:
    """Return whether a workbook holds a catalog: it has most of the tabs of one."""
    return len(set(NEEDED_COLUMNS) & {tab.name.strip().capitalize() for tab in tabs}) >= 3


def read_catalog_workbook(tabs: Sequence[UserTab], name: str) -> Document:
    """Return the catalog on the tabs of a workbook, as a document of the same shape as a YAML file."""
    return _Reading(tabs, name).document()


class _Row:
    """A row of a table: its values by field, and where they stand."""

    def __init__(self, tab: UserTab, sheet: int, row: int, columns: Mapping[str, int]) -> None:
        self.tab, self.sheet, self.row, self.columns = tab, sheet, row, columns

    def __getitem__(self, field: str) -> Any:
        """A value as the model wants it: numbers where it wants numbers, texts elsewhere; None where blank."""
        value = self.tab.rows[self.row].get(self.columns.get(field, 0))
        if value is None or (isinstance(value, str) and not value.strip() and field in (*NUMBER_FIELDS, *IDS)):
            return None
        if field in NUMBER_FIELDS:
            return _number(value)
        text = str(value).strip() if field in IDS else str(value)
        return split_lines(text) if field in LIST_FIELDS else text

    def mark(self, field: str = "") -> Mark:
        """Where a field's cell is."""
        return (self.sheet, self.row, self.columns.get(field, min(self.columns.values())))


def _number(value: Any) -> Any:
    """A cell as it is, but for TRUE and FALSE, which pydantic would take for 1 and 0."""
    return str(value).upper() if isinstance(value, bool) else value


class _Reading:
    def __init__(self, tabs: Sequence[UserTab], name: str) -> None:
        self.tabs = {tab.name.strip().capitalize(): (number, tab) for number, tab in enumerate(tabs)}
        self.names, self.name = [tab.name for tab in tabs], name
        self.marks: dict[str, Mark] = {}
        self.faults: list[tuple[str, Problem]] = []
        self.notes: list[Problem] = []
        self.shifts: dict[str, list[tuple[float, float]]] = {}

    def document(self) -> Document:
        for tab in NEEDED_COLUMNS:
            if tab not in self.tabs:
                close = get_close_matches(tab, set(map(str, self.names)) - set(NEEDED_COLUMNS), n=1, cutoff=0.5)
                hint = (
                    f"is it '{one_line(close[0])}'? give it its name back"
                    if close
                    else "growthsheet catalog new makes one"
                )
                self._fault(tab.lower(), "missing-tab", self.name, f"no tab '{tab}'", "a tab of that name", hint)
        scales = self._scales()
        value: dict[str, Any] = {**dict(self._settings()), "scales": scales}
        value["areas"] = [self._part(row, f"areas.{n}", AREAS_TAB) for n, row in enumerate(self._rows(AREAS_TAB))]
        value["roles"] = [self._part(row, f"roles.{n}", ROLES_TAB) for n, row in enumerate(self._rows(ROLES_TAB))]
        for role in value["roles"]:
            role |= {"expected": {}, "importance": {}, "core": []}
        value["activities"] = list(self._activities(value["roles"], value["areas"]))
        for n, role in enumerate(value["roles"]):
            numbered = sorted(role["core"], key=lambda entry: entry[0])
            role["core"] = [activity for _, activity, _ in numbered]
            self.marks |= {f"roles.{n}.core.{place}": mark for place, (_, _, mark) in enumerate(numbered)}
        where = partial(_where, self.names)
        return Document(self.name, value, self.marks, tuple(self.faults), where, tuple(self.notes))

    # -- tables ----------------------------------------------------------------------------------------------------

    def _rows(self, name: str, roles: Sequence[Mapping[str, Any]] = ()) -> Iterator[_Row]:
        """The rows below a tab's header that hold something but their drop-downs."""
        if name not in self.tabs:
            return
        sheet, tab = self.tabs[name]
        fields = {header.casefold(): field for header, field in CATALOG_COLUMNS[name].items()}
        start, found = self._header(tab, sheet, fields, {_IDS[name]})
        if not start:
            headers = ", ".join(CATALOG_COLUMNS[name])
            said, place = f"no header in the first {HEADER_ROWS} rows", f"{self.name}, {one_line(tab.name)}"
            path = NOWHERE if name == CATALOG_TAB else name.lower()
            self._fault(path, "no-header", place, said, headers, "leave the headers as they were")
            return
        unknown = {column: text for text, column in _texts(tab, start) if text.casefold() not in (*fields, _KEY)}
        if name == ACTIVITIES_TAB:
            whole = set(fields.values()) <= set(found)
            found |= dict(self._more_columns(tab, sheet, start, unknown, roles, whole))
        lost = self._renamed(tab, sheet, start, fields, found, unknown)
        below = (row for row in tab.rows if row > start)
        for n, row in enumerate(row for row in below if any(tab.text(row, column) for column in found.values())):
            for field, problem in lost.items():
                self.faults.append((f"{name.lower()}.{n}.{field}", problem))
            yield _Row(tab, sheet, row, found)

    def _header(
        self, tab: UserTab, sheet: int, fields: Mapping[str, str], needed: set[str]
    ) -> tuple[int, dict[str, int]]:
        """The row of the header (0: there is none), and the column of each field; one that stands twice is a fault."""
        best: tuple[int, dict[str, int]] = (0, {})
        for row in [row for row in tab.rows if row <= HEADER_ROWS]:
            found: dict[str, int] = {}
            for text, column in _texts(tab, row):
                if field := fields.get(text.casefold(), ""):
                    self._once(found, field, (sheet, row, column), text)
            if needed <= set(found) and len(found) > len(best[1]):
                best = row, found
        return best

    def _once(self, found: dict[str, int], field: str, mark: Mark, text: str) -> None:
        if field in found:
            self._fault(NOWHERE, "repeated-column", self._at(mark), quote(text), "each column once", "rename one")
        found.setdefault(field, mark[2])

    def _renamed(
        self,
        tab: UserTab,
        sheet: int,
        start: int,
        fields: Mapping[str, str],
        found: Mapping[str, int],
        unknown: dict[int, str],
    ) -> dict[str, Problem]:
        """Tell headers that are gone and columns that nobody knows; give the fields that are gone and their problem."""
        place, lost = f"{self.name}, {one_line(tab.name)}", {}
        filled = {c: text for c, text in unknown.items() if any(tab.text(row, c) for row in tab.rows if row > start)}
        for header, field in fields.items():
            if field not in found and (field in _MUST or filled):
                others = first_of([quote(text) for text in filled.values()], 3)
                said, expected = f"no column '{header.capitalize()}'", "the header as it was"
                hint = f"is it {others}? give it its name back" if filled else "put it back"
                lost[field] = Problem("missing-column", place, said, expected, hint)
                self.faults.append((NOWHERE, lost[field]))
        if filled and not lost:
            said = f"not read: the columns {first_of([quote(text) for text in filled.values()], 6)}"
            self.notes.append(Problem("columns-not-read", place, said, severity="note"))
        return lost

    def _more_columns(
        self,
        tab: UserTab,
        sheet: int,
        start: int,
        unknown: dict[int, str],
        roles: Sequence[Mapping[str, Any]],
        whole: bool,
    ) -> Iterator[tuple[str, int]]:
        """The columns of the levels' anchors and of the roles, as fields such as ``Level 2`` and ``expected.0``.

        ``whole``: every other header is there, so that numbers below an unknown one can only be those of a role.
        """
        known: dict[str, int] = {}
        for field in ("name", "id"):
            known |= {str(role[field]).strip().casefold(): n for n, role in enumerate(roles) if role.get(field)}
        kinds = {ROLE_OF: "expected", IMPORTANCE_OF: "importance", CORE_OF: "core"}
        found: dict[str, int] = {}
        for column, text in list(unknown.items()):
            kind, name = next(
                ((k, text[len(k) :]) for k in kinds if text.casefold().startswith(k.casefold())), ("", text)
            )
            mark = (sheet, start, column)
            if text.startswith(ANCHOR) and text.removeprefix(ANCHOR).strip().lstrip("-").isdigit():
                self._once(found, ANCHOR + text.removeprefix(ANCHOR).strip(), mark, text)
            elif name.strip().casefold() in known:
                self._once(found, f"{kinds.get(kind, 'expected')}.{known[name.strip().casefold()]}", mark, text)
            elif kind or (whole and _of_numbers(tab, start, column)):
                close = get_close_matches(name.strip().casefold(), known, n=1)
                hint = f"did you mean '{close[0]}'?" if close else "add the role there, or correct the header"
                expected = f"the id or name of a role on the tab {ROLES_TAB}"
                self._fault(NOWHERE, "unknown-role", self._at(mark), quote(text), expected, hint)
            else:
                continue
            del unknown[column]
        yield from found.items()

    def _part(self, row: _Row, path: str, tab: str) -> dict[str, Any]:
        """The fields of a row; blank ones are left to the model."""
        self.marks[path] = row.mark()
        part = {}
        for field in CATALOG_COLUMNS[tab].values():
            self.marks[f"{path}.{field}"] = row.mark(field)
            if (value := row[field]) is not None:
                part[field] = value
        return part

    # -- tabs ------------------------------------------------------------------------------------------------------

    def _activities(self, roles: list[dict[str, Any]], areas: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """The activities; what their rows say of roles is put into those."""
        area_ids = {str(area.get("name", "")).casefold(): area.get("id") for area in areas}
        area_ids |= {str(area.get("id", "")).casefold(): area.get("id") for area in areas}
        for n, row in enumerate(self._rows(ACTIVITIES_TAB, roles)):
            path = f"activities.{n}"
            part = self._part(row, path, ACTIVITIES_TAB)
            if "area" in part:
                part["area"] = area_ids.get(part["area"].casefold()) or part["area"]
            anchors: dict[str, Any] = {}
            for field, column in row.columns.items():
                mark = (row.sheet, row.row, column)
                if field.startswith(ANCHOR) and (text := row[field]) is not None:
                    level = self._moved("skill", int(field.removeprefix(ANCHOR)))
                    anchors[f"{level:g}"] = text
                    self.marks[f"{path}.anchors.{level:g}"] = mark
                elif "." in field and (value := row.tab.rows[row.row].get(column)) is not None and str(value).strip():
                    self._put(roles, field, str(part.get("id", "")), _number(value), mark)
            if "id" not in part:
                hint = f"write one that never changes, such as {quote(id_of(str(part.get('name') or 'new')))}"
                self._fault(f"{path}.id", "missing-field", self._at(row.mark("id")), "no id", "an id", hint)
            yield part | ({"anchors": anchors} if anchors else {})

    def _put(self, roles: list[dict[str, Any]], field: str, activity: str, value: Any, mark: Mark) -> None:
        """What a cell of an activity's row says of a role."""
        kind, _, n = field.partition(".")
        role = roles[int(n)]
        if not activity:
            return  # it is told that the row has no id
        if kind == "core":
            if isinstance(value, int):
                role["core"].append((value, activity, mark))
            else:
                hint = "number each role's short list from 1 on"
                self._fault(NOWHERE, "bad-value", self._at(mark), quote(value), "a whole number, such as 1", hint)
            return
        role[kind][activity] = self._moved("skill", value) if kind == "expected" else value
        self.marks[f"roles.{n}.{kind}.{activity}"] = mark

    def _settings(self) -> Iterator[tuple[str, Any]]:
        thresholds: dict[str, Any] = {}
        for row in self._rows(CATALOG_TAB):
            label = str(row["setting"] or "").strip()
            field = _LABELS.get(label.casefold())
            if field is None:
                close = get_close_matches(label.capitalize(), SETTINGS, n=1)
                hint = f"did you mean '{close[0]}'?" if close else "take it out"
                place, expected = self._at(row.mark("setting")), ", ".join(SETTINGS)
                self._fault(NOWHERE, "unknown-field", place, quote(label), expected, hint)
                continue
            self.marks[field] = row.mark("value")
            value = row["value"]
            if field.startswith("thresholds."):
                if value is not None:
                    name = field.partition(".")[2]
                    thresholds[name] = self._moved(THRESHOLD_SCALES.get(name, "skill"), value)
            elif field == "version" and isinstance(value, float | date):
                hint = "type it as a text, with an apostrophe before it: '1.10"
                found = f"{quote(value)}: a number, which loses a zero at its end"
                found = found if isinstance(value, float) else "a date"
                self._fault(field, "version-not-text", self._at(row.mark("value")), found, "a text", hint)
            elif value is not None or field in ("locale", "source", "licence"):
                yield field, "" if value is None else str(value)
        yield "thresholds", thresholds

    def _scales(self) -> list[dict[str, Any]]:
        scales: dict[str, dict[str, Any]] = {}
        pairs: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        for row in self._rows(SCALES_TAB):
            id = str(row["id"] or "").strip()
            if id not in scales:
                path = f"scales.{len(scales)}"
                scales[id] = {"id": id, "name": row["name"], "points": []}
                self.marks |= {path: row.mark(), f"{path}.id": row.mark("id"), f"{path}.name": row.mark("name")}
            scale, path = scales[id], f"scales.{list(scales).index(id)}"
            if row["name"] not in (None, scale["name"]):
                place = self._at(row.mark("name"))
                self._fault(NOWHERE, "several-names", place, quote(row["name"]), quote(scale["name"]), "use one name")
            point = f"{path}.points.{len(scale['points'])}"
            fields = ("value", "label", "anchor")
            self.marks |= {point: row.mark(), **{f"{point}.{field}": row.mark(field) for field in fields}}
            scale["points"].append({field: row[field] for field in fields if row[field] is not None})
            if all(isinstance(row[field], int | float) for field in ("before", "value")):
                pairs[id].append((row["before"], row["value"]))
        for id, found in pairs.items():
            if any(before != value for before, value in found) and all(a < b for (a, _), (b, _) in pairwise(found)):
                self.shifts[id] = found
                moved = ", ".join(f"{before:g} is now {value:g}" for before, value in found if before != value)
                said = f"the scale '{one_line(id)}' was shifted: {moved}; levels, thresholds and texts move along"
                hint = "convert it into a new file to see them with the new numbers"
                self.notes.append(
                    Problem("scale-shifted", f"{self.name}, {SCALES_TAB}", said, hint=hint, severity="note")
                )
        return list(scales.values())

    def _moved(self, scale: str, value: Any) -> Any:
        """A level as the shifted scale has it; between two points it stays as far from both, in proportion."""
        pairs = self.shifts.get(scale, [])
        if not pairs or not isinstance(value, int | float) or not pairs[0][0] <= value <= pairs[-1][0]:
            return value
        at = max(1, min(bisect_right([before for before, _ in pairs], value), len(pairs) - 1))
        (low, low_now), (high, high_now) = pairs[at - 1], pairs[at]
        found = round(low_now + (value - low) * (high_now - low_now) / (high - low), 2)
        return int(found) if float(found).is_integer() else found

    def _at(self, mark: Mark) -> str:
        return f"{self.name}, {_where(self.names, mark)}"

    def _fault(self, path: str, code: str, place: str, found: str, expected: str, hint: str) -> None:
        self.faults.append((path, Problem(code, place, found, expected, hint)))


def _of_numbers(tab: UserTab, start: int, column: int) -> bool:
    """Whether a column holds numbers and nothing else: levels of a role that nobody knows."""
    values = [tab.rows[row].get(column) for row in tab.rows if row > start]
    filled = [value for value in values if value is not None and str(value).strip()]
    return bool(filled) and all(isinstance(value, int | float) for value in filled)


def _texts(tab: UserTab, row: int) -> list[tuple[str, int]]:
    """The texts of a row, with their columns."""
    return [(text, column) for column in tab.rows.get(row, ()) if (text := tab.text(row, column))]


def _where(names: Sequence[str], mark: Mark) -> str:
    sheet, row, column = mark
    return f"{one_line(names[sheet])}!{ref(row, column)}"
