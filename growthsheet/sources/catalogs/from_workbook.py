"""A catalog in a workbook: its tabs as one document, in which every value knows its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model.columns import (
    ACTIVITIES_TAB,
    ANCHOR,
    AREAS_TAB,
    CATALOG_COLUMNS,
    CATALOG_TAB,
    GRID_ID,
    GRID_KEY,
    GRID_NAME,
    GRIDS,
    LIST_FIELDS,
    NUMBER_FIELDS,
    ROLES_TAB,
    SCALES_TAB,
    SETTINGS,
    split_lines,
)
from growthsheet.model.excel_limits import LAST_ROW
from growthsheet.sources.catalogs.document import Document, Mark
from growthsheet.text.quoting import one_line, quote
from growthsheet.xlsx.reader.user_tables import UserTab, ref

HEADER_ROWS = 20
"""In so many rows of a tab its header is looked for."""

NEEDED_COLUMNS = (CATALOG_TAB, SCALES_TAB, AREAS_TAB, ACTIVITIES_TAB, ROLES_TAB, "Levels")
_IDS = {CATALOG_TAB: "setting"} | dict.fromkeys((SCALES_TAB, AREAS_TAB, ACTIVITIES_TAB, ROLES_TAB), "id")
_OTHERS = {header.casefold() for header in (GRID_KEY, GRID_ID, GRID_NAME)}
IDS = frozenset(["id", "area"])
_LABELS = {label.casefold(): field for label, field in SETTINGS.items()}


def is_catalog(tabs: Iterable[UserTab]) -> bool:
    """Whether a workbook holds a catalog: it has the tabs of one."""
    return {ACTIVITIES_TAB, ROLES_TAB, "Levels"} <= {tab.name.strip().capitalize() for tab in tabs}


def read_catalog_workbook(tabs: Sequence[UserTab], name: str) -> Document:
    """The catalog on the tabs of a workbook, as a document of the same shape as a YAML file."""
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
            return value
        text = str(value).strip() if field in IDS else str(value)
        return split_lines(text) if field in LIST_FIELDS else text

    def mark(self, field: str = "") -> Mark:
        """Where a field's cell is."""
        return (self.sheet, self.row, self.columns.get(field, min(self.columns.values())))


class _Reading:
    def __init__(self, tabs: Sequence[UserTab], name: str) -> None:
        self.tabs = {tab.name.strip().capitalize(): (number, tab) for number, tab in enumerate(tabs)}
        self.names, self.name = [tab.name for tab in tabs], name
        self.marks: dict[str, Mark] = {}
        self.faults: list[tuple[str, Problem]] = []

    def document(self) -> Document:
        for tab in NEEDED_COLUMNS:
            if tab not in self.tabs:
                hint = "begin with a new one: growthsheet catalog new"
                self._fault("", Problem("missing-tab", self.name, f"no tab '{tab}'", "a tab of that name", hint))
        value: dict[str, Any] = dict(self._settings())
        value["scales"] = self._scales()
        value["areas"] = [self._part(row, f"areas.{n}", AREAS_TAB) for n, row in enumerate(self._rows(AREAS_TAB))]
        rows = list(self._rows(ACTIVITIES_TAB, anchors=True))
        value["activities"] = [self._activity(row, f"activities.{n}") for n, row in enumerate(rows)]
        roles = [self._part(row, f"roles.{n}", ROLES_TAB) for n, row in enumerate(self._rows(ROLES_TAB))]
        for tab, field in GRIDS.items():
            self._grid(tab, field, roles)
        for role in roles:
            role["core"] = [activity for _, activity in sorted(role.get("core", ()))]
        value["roles"] = roles
        where = partial(_where, self.names)
        return Document(self.name, value, self.marks, tuple(self.faults), where)

    # -- tables ----------------------------------------------------------------------------------------------------

    def _rows(self, name: str, anchors: bool = False) -> Iterator[_Row]:
        """The rows below a tab's header that hold something but their drop-downs."""
        if name not in self.tabs:
            return
        sheet, tab = self.tabs[name]
        fields = {header.casefold(): field for header, field in CATALOG_COLUMNS[name].items()}
        start, found = self._header(tab, sheet, fields, {_IDS[name]})
        if anchors:
            found |= {text: column for text, column in _texts(tab, start) if text.startswith(ANCHOR)}
        for row in tab.rows:
            if row > start and any(tab.text(row, column) for column in found.values()):
                yield _Row(tab, sheet, row, found)

    def _header(
        self, tab: UserTab, sheet: int, fields: Mapping[str, str], needed: set[str]
    ) -> tuple[int, dict[str, int]]:
        """The row of the header, and the column of each field; a header that stands twice is a fault."""
        best: tuple[int, dict[str, int]] = (0, {})
        for row in [row for row in tab.rows if row <= HEADER_ROWS]:
            found: dict[str, int] = {}
            for text, column in _texts(tab, row):
                field = fields.get(text.casefold(), "")
                if field in found:
                    place = f"{self.name}, {_where(self.names, (sheet, row, column))}"
                    self._fault("", Problem("repeated-column", place, quote(text), "each column once", "rename one"))
                elif field:
                    found[field] = column
            if needed <= set(found) and len(found) > len(best[1]):
                best = row, found
        if not best[0]:
            headers = ", ".join(header.capitalize() for header in fields)
            said, place = f"no header in the first {HEADER_ROWS} rows", f"{self.name}, {one_line(tab.name)}"
            self._fault("", Problem("no-header", place, said, headers, "leave the headers as they were"))
            return LAST_ROW, {}
        return best

    def _part(self, row: _Row, path: str, tab: str) -> dict[str, Any]:
        """The fields of a row; blank ones are left to the model."""
        self.marks[path] = row.mark()
        part = {}
        for field in CATALOG_COLUMNS[tab].values():
            self.marks[f"{path}.{field}"] = row.mark(field)
            if (value := row[field]) is not None:
                part[field] = value
        return part

    def _activity(self, row: _Row, path: str) -> dict[str, Any]:
        anchors = {}
        for header in row.columns:
            if header.startswith(ANCHOR) and (text := row[header]) is not None:
                level = header.removeprefix(ANCHOR).strip()
                anchors[level] = text
                self.marks[f"{path}.anchors.{level}"] = row.mark(header)
        return self._part(row, path, ACTIVITIES_TAB) | ({"anchors": anchors} if anchors else {})

    def _settings(self) -> Iterator[tuple[str, Any]]:
        thresholds: dict[str, Any] = {}
        for row in self._rows(CATALOG_TAB):
            label = str(row["setting"] or "").strip()
            field = _LABELS.get(label.casefold())
            if field is None:
                place = f"{self.name}, {_where(self.names, row.mark('setting'))}"
                self._fault("", Problem("unknown-field", place, quote(label), ", ".join(SETTINGS), "take it out"))
                continue
            self.marks[field] = row.mark("value")
            value = row["value"]
            if field.startswith("thresholds."):
                if value is not None:
                    thresholds[field.partition(".")[2]] = value
            elif value is not None or field in ("locale", "source", "licence"):
                yield field, "" if value is None else str(value)
        yield "thresholds", thresholds

    def _scales(self) -> list[dict[str, Any]]:
        scales: dict[str, dict[str, Any]] = {}
        for row in self._rows(SCALES_TAB):
            id = str(row["id"] or "").strip()
            if id not in scales:
                path = f"scales.{len(scales)}"
                scales[id] = {"id": id, "name": row["name"], "points": []}
                self.marks |= {path: row.mark(), f"{path}.id": row.mark("id"), f"{path}.name": row.mark("name")}
            scale, path = scales[id], f"scales.{list(scales).index(id)}"
            if row["name"] not in (None, scale["name"]):
                place = f"{self.name}, {_where(self.names, row.mark('name'))}"
                self._fault(
                    "", Problem("several-names", place, quote(row["name"]), quote(scale["name"]), "use one name")
                )
            point = f"{path}.points.{len(scale['points'])}"
            fields = ("value", "label", "anchor")
            self.marks |= {point: row.mark(), **{f"{point}.{field}": row.mark(field) for field in fields}}
            scale["points"].append({field: row[field] for field in fields if row[field] is not None})
        return list(scales.values())

    # -- grids -----------------------------------------------------------------------------------------------------

    def _grid(self, name: str, field: str, roles: list[dict[str, Any]]) -> None:
        """A tab of activities by roles, put into the roles; for ``core``, pairs of place and activity."""
        for role in roles:
            role[field] = [] if field == "core" else {}
        if name not in self.tabs:
            return
        sheet, tab = self.tabs[name]
        start, found = self._header(tab, sheet, {GRID_ID.casefold(): "id"}, {"id"})
        known = {str(role.get("id", "")).strip().casefold(): n for n, role in enumerate(roles)}
        columns: dict[int, int] = {}
        for text, column in _texts(tab, start):
            if text.casefold() in known:
                columns[column] = known[text.casefold()]
            elif text.casefold() not in _OTHERS:
                place = f"{self.name}, {_where(self.names, (sheet, start, column))}"
                expected = f"one of the ids on the tab {ROLES_TAB}"
                self._fault(
                    "", Problem("unknown-role", place, quote(text), expected, "add the role, or correct the id")
                )
        seen: set[str] = set()
        for row in [row for row in tab.rows if row > start]:
            activity = tab.text(row, found["id"])
            cells = {column: value for column, value in tab.rows[row].items() if column in columns}
            cells = {column: value for column, value in cells.items() if str(value).strip()}
            if not activity and not cells:
                continue
            place = f"{self.name}, {_where(self.names, (sheet, row, found['id']))}"
            if not activity:
                self._fault("", Problem("missing-field", place, "levels without an activity", "an id", "fill it in"))
            elif activity.casefold() in seen:
                self._fault(
                    "", Problem("repeated-id", place, quote(activity), "each activity once", "take one row out")
                )
            seen.add(activity.casefold())
            for column, value in cells.items():
                self._put(roles, columns[column], field, activity, value, (sheet, row, column))

    def _put(self, roles: list[dict[str, Any]], n: int, field: str, activity: str, value: Any, mark: Mark) -> None:
        if field != "core":
            roles[n][field][activity] = value
            self.marks[f"roles.{n}.{field}.{activity}"] = mark
        elif isinstance(value, int) and not isinstance(value, bool):
            roles[n]["core"].append((value, activity))
            roles[n]["core"].sort()
            for place in range(len(roles[n]["core"])):
                self.marks.setdefault(f"roles.{n}.core.{place}", mark)
        else:
            where = f"{self.name}, {_where(self.names, mark)}"
            hint = "number each role's short list from 1 on"
            self._fault("", Problem("bad-value", where, quote(value), "a whole number, such as 1", hint))

    def _fault(self, path: str, problem: Problem) -> None:
        self.faults.append((path, problem))


def _texts(tab: UserTab, row: int) -> list[tuple[str, int]]:
    """The texts of a row, with their columns."""
    return [(text, column) for column in tab.rows.get(row, ()) if (text := tab.text(row, column))]


def _where(names: Sequence[str], mark: Mark) -> str:
    sheet, row, column = mark
    return f"{one_line(names[sheet])}!{ref(row, column)}"
