"""The tabs of a catalog, which HR edits in a spreadsheet; the tab Read me explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from growthsheet.model import Activity, Catalog, Role
from growthsheet.model.answers import scales
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
    ROLES_TAB,
    SCALES_TAB,
    SETTINGS,
    join_lines,
)
from growthsheet.workbook.blocks import Heading, Links, Paragraphs, Sheet
from growthsheet.workbook.tables import Column, Ref, Table, TableData, data_column, input_column

READ_ME = "Read me"
SPARE = {AREAS_TAB: 5, ACTIVITIES_TAB: 30, ROLES_TAB: 10, SCALES_TAB: 5, "Levels": 30, "Importance": 30, "Core": 30}
"""Blank rows at the end of each table, with their drop-downs."""

PATH_CODES = ("product", "people", "any")
_STYLES = {"id": "choice", "name": "name", "area": "choice", "description": "long", "anchor": "long"} | dict.fromkeys(
    ("evidence", "resources", "next", "aliases", "setting"), "person"
)
_ABOUT = {
    CATALOG_TAB: "What the catalog is called, and from which point on a rating counts.",
    SCALES_TAB: "The three scales, a row for each point: two to eleven ascending whole numbers each.",
    AREAS_TAB: "The groups of activities, in the order in which they are shown.",
    ACTIVITIES_TAB: "What an experienced team member is expected to do, and what each level looks like.",
    ROLES_TAB: "The roles, on the paths product, people or any; the roles that may come next, one a line.",
    "Levels": "How well each role must do each activity; blank is not expected, and that is not 0.",
    "Importance": "How much an activity matters in a role, 1 to 3, where it differs from the activity's own.",
    "Core": "Each role's short list for a quick round: 1 for the first of it, 2 for the second, and so on.",
}
STEPS = (
    "Change, add and delete rows as you like. Columns are found by their headers, tabs by their names: leave both.",
    "Ids (letters, digits, - _ .) are never reused: answers are tied to them. Names may change.",
    "A new activity gets a row on the tab Activities, and one on the tab Levels with the same id.",
    "A new role gets a row on the tab Roles, and a column on the tab Levels whose header is its id.",
    "A cell that holds several entries has one a line (Alt and Enter).",
    'Then: growthsheet check FILE tells everything that is wrong, each thing with its cell; give the file to "build '
    '--catalog".',
)


def catalog_tabs(catalog: Catalog) -> list[Sheet]:
    """Return all tabs; the first one explains how to edit them."""
    tabs = [_tab(CATALOG_TAB, _settings(catalog)), _tab(SCALES_TAB, _scales(catalog)), _tab(AREAS_TAB, _areas(catalog))]
    tabs += [_tab(ACTIVITIES_TAB, _activities(catalog)), _tab(ROLES_TAB, _roles(catalog))]
    tabs += [_tab(name, _grid(name, field, catalog)) for name, field in GRIDS.items()]
    front = Sheet(
        READ_ME,
        "A catalog of roles and activities for growth plans.",
        (
            Heading("What to do"),
            Paragraphs(tuple(f"{n}. {step}" for n, step in enumerate(STEPS, 1))),
            Heading("The tabs"),
            Links(tuple((tab.name, tab.purpose) for tab in tabs)),
        ),
        title=catalog.name,
    )
    return [front, *tabs, _lists(catalog)]


def _tab(name: str, rows: TableData) -> Sheet:
    freeze = "label" if name in GRIDS else "name" if name in (ACTIVITIES_TAB, ROLES_TAB) else ""
    return Sheet(name, _ABOUT[name], (rows,), main=rows.table.name, freeze=freeze)


def _table(tab: str, more: Iterable[Column] = (), **choices: Ref) -> Table:
    """Return a tab's table; a column with choices has a drop-down."""
    columns = [
        input_column(field, header, "choice", choices=choices[field])
        if field in choices
        else data_column(field, header, _STYLES.get(field, "text"))
        for header, field in CATALOG_COLUMNS[tab].items()
    ]
    return Table(tab.lower(), (data_column("key"), *columns, *more))


def _rows(tab: str, table: Table, rows: Iterable[Mapping[str, Any]]) -> TableData:
    return TableData(table, [*rows, *({} for _ in range(SPARE.get(tab, 0)))])


def _cells(part: Any, tab: str) -> dict[str, Any]:
    """Return a row's cells: each field as its column shows it."""
    found = {field: getattr(part, field) for field in CATALOG_COLUMNS[tab].values() if hasattr(part, field)}
    return {field: join_lines(value) if field in LIST_FIELDS else value for field, value in found.items()}


def _settings(catalog: Catalog) -> TableData:
    fields = {field: getattr(catalog, field) for field in SETTINGS.values() if "." not in field}
    fields |= {f"thresholds.{name}": value for name, value in catalog.thresholds}
    columns = (data_column("key"), data_column("setting", "Setting", "label"), data_column("value", "Value", "long"))
    rows = [{"setting": label, "value": fields[field]} for label, field in SETTINGS.items()]
    return TableData(Table(CATALOG_TAB.lower(), columns), rows)


def _scales(catalog: Catalog) -> TableData:
    rows = [
        {"id": scale.id, "name": scale.name, "value": point.value, "label": point.label, "anchor": point.anchor}
        for scale in catalog.scales
        for point in scale.points
    ]
    return _rows(SCALES_TAB, _table(SCALES_TAB, id=Ref("scale_ids", "entry")), rows)


def _areas(catalog: Catalog) -> TableData:
    return _rows(AREAS_TAB, _table(AREAS_TAB), [_cells(area, AREAS_TAB) for area in catalog.areas])


def _activities(catalog: Catalog) -> TableData:
    points = catalog.scale("skill").values
    anchors = [data_column(f"anchor_{n}", f"{ANCHOR}{point}", "anchor") for n, point in enumerate(points)]
    table = _table(ACTIVITIES_TAB, anchors, area=Ref("areas", "id"), importance=Ref("importances", "entry"))

    def row(activity: Activity) -> dict[str, Any]:
        told = {f"anchor_{n}": activity.anchors.get(point) for n, point in enumerate(points)}
        return _cells(activity, ACTIVITIES_TAB) | told

    return _rows(ACTIVITIES_TAB, table, [row(activity) for activity in catalog.activities])


def _roles(catalog: Catalog) -> TableData:
    table = _table(ROLES_TAB, path=Ref("paths", "entry"))
    return _rows(ROLES_TAB, table, [_cells(role, ROLES_TAB) for role in catalog.roles])


def _grid(tab: str, field: str, catalog: Catalog) -> TableData:
    """Return a table with a row for each activity and a column for each role."""
    # a drop-down of whole levels would refuse the decimal ones that a catalog may have
    whole = all(level.is_integer() for role in catalog.roles for level in role.expected.values())
    choices = {"expected": Ref("levels_offered", "entry") if whole else None, "importance": Ref("importances", "entry")}
    columns = [
        input_column("level", role.id, "level", of=str(n), choices=choices.get(field))
        for n, role in enumerate(catalog.roles)
    ]
    head = (data_column("key", GRID_KEY), data_column("id", GRID_ID, "choice"), data_column("label", GRID_NAME, "name"))
    found = [_said(role, field) for role in catalog.roles]
    rows = [
        {"id": activity.id, "label": activity.name}
        | {f"level@{n}": values.get(activity.id) for n, values in enumerate(found)}
        for activity in catalog.activities
    ]
    return _rows(tab, Table(f"grid_{field}", (*head, *columns)), rows)


def _said(role: Role, field: str) -> Mapping[str, float]:
    if field == "core":
        return {activity: number for number, activity in enumerate(role.core, 1)}
    found: Mapping[str, float] = getattr(role, field)
    return found


def _lists(catalog: Catalog) -> Sheet:
    """Return the tab of the lists that drop-downs offer."""
    offered = {
        "importances": (1, 2, 3),
        "paths": PATH_CODES,
        "scale_ids": tuple(scales()),
        "levels_offered": catalog.scale("skill").values,
    }
    blocks = tuple(
        TableData(Table(name, (data_column("key"), data_column("entry"))), [{"entry": entry} for entry in entries])
        for name, entries in offered.items()
    )
    return Sheet("Lists", "What the drop-downs offer.", blocks, hidden=True)
