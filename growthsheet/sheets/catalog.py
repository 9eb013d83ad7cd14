"""The tabs of a catalog, which HR edits in a spreadsheet; the tab Read me explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from growthsheet.model import Activity, Catalog
from growthsheet.model.answers import scales
from growthsheet.model.columns import (
    ACTIVITIES_TAB,
    ANCHOR,
    AREAS_TAB,
    CATALOG_COLUMNS,
    CATALOG_TAB,
    CORE_OF,
    IMPORTANCE_OF,
    LIST_FIELDS,
    ROLE_OF,
    ROLES_TAB,
    SCALES_TAB,
    SETTINGS,
    join_lines,
)
from growthsheet.workbook.blocks import Heading, Links, Paragraphs, Sheet
from growthsheet.workbook.tables import Column, Ref, Table, TableData, data_column, input_column, keyed_table

READ_ME = "Read me"
SPARE = {AREAS_TAB: 5, ACTIVITIES_TAB: 30, ROLES_TAB: 10, SCALES_TAB: 5}
"""Blank rows at the end of each table, with their drop-downs."""

PATH_CODES = ("product", "people", "any")
_STYLES = {"id": "choice", "name": "name", "area": "choice", "description": "long", "anchor": "long"} | dict.fromkeys(
    ("evidence", "resources", "next", "aliases", "setting"), "person"
)
_ABOUT = {
    CATALOG_TAB: "What the catalog is called, and from which point on a rating counts.",
    SCALES_TAB: "The three scales, a row for each point: two to eleven ascending whole numbers each.",
    AREAS_TAB: "The groups of activities, in the order in which they are shown.",
    ACTIVITIES_TAB: "What is expected of whom, a row for each activity: the level that each role needs (blank is not "
    "expected, and that is not 0), and what each level looks like.",
    ROLES_TAB: "The roles, on the paths product, people or any; the roles that may come next, one a line.",
}
STEPS = (
    "Change, add and delete rows as you like. Columns are found by their headers, tabs by their names: leave both.",
    "Ids (letters, digits, - _ .) are never reused: answers are tied to them. Names may change.",
    "An activity is one row of the tab Activities: add it there, rename it there, delete it there.",
    "A new role gets a row on the tab Roles, and a column on the tab Activities whose header is its id.",
    "Where an activity matters more or less in one role, add a column 'Importance: ' and the role's id (1 to 3). "
    "A role's short list for a quick round is a column 'Core: ' and its id: 1 for the first of it, and so on.",
    "To shift a scale, change Value on the tab Scales and leave Value before: the levels, texts and thresholds of this "
    "file move along.",
    "A cell that holds several entries has one a line (Alt and Enter).",
    'Then: growthsheet check FILE tells everything that is wrong, each thing with its cell; give the file to "build '
    '--catalog".',
)


def catalog_tabs(catalog: Catalog) -> list[Sheet]:
    """Return all tabs; the first one explains how to edit them."""
    tabs = [_tab(CATALOG_TAB, _settings(catalog)), _tab(SCALES_TAB, _scales(catalog)), _tab(AREAS_TAB, _areas(catalog))]
    tabs += [_tab(ACTIVITIES_TAB, _activities(catalog)), _tab(ROLES_TAB, _roles(catalog))]
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
    freeze = "name" if name in (ACTIVITIES_TAB, ROLES_TAB) else ""
    return Sheet(name, _ABOUT[name], (rows,), main=rows.table.name, freeze=freeze)


def _table(tab: str, more: Sequence[Column] = (), last: Sequence[Column] = (), **choices: Ref) -> Table:
    """Return a tab's table, with ``more`` columns before the description and ``last`` ones behind all.

    A column with choices has a drop-down.
    """
    columns: list[Column] = [
        input_column(field, header, "choice", choices=choices[field])
        if field in choices
        else data_column(field, header, _STYLES.get(field, "text"))
        for header, field in CATALOG_COLUMNS[tab].items()
    ]
    at = list(CATALOG_COLUMNS[tab]).index("Description") if more else 0
    return keyed_table(tab.lower(), *columns[:at], *more, *columns[at:], *last)


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
        {"id": scale.id, "name": scale.name, "value": point.value, "label": point.label}
        | {"anchor": point.anchor, "before": point.value}
        for scale in catalog.scales
        for point in scale.points
    ]
    return _rows(SCALES_TAB, _table(SCALES_TAB, id=Ref("scale_ids", "entry")), rows)


def _areas(catalog: Catalog) -> TableData:
    return _rows(AREAS_TAB, _table(AREAS_TAB), [_cells(area, AREAS_TAB) for area in catalog.areas])


def _activities(catalog: Catalog) -> TableData:
    """A row an activity: what it is, what each role expects of it, and what each level looks like."""
    points = catalog.scale("skill").values
    anchors = [data_column(f"anchor_{n}", f"{ANCHOR}{point}", "anchor") for n, point in enumerate(points)]
    choices = {"area": Ref("areas", "id"), "importance": _IMPORTANCES}
    levels, others = _of_roles(catalog)
    table = _table(ACTIVITIES_TAB, [*levels, *anchors], others, **choices)

    def row(activity: Activity) -> dict[str, Any]:
        told: dict[str, Any] = {f"anchor_{n}": activity.anchors.get(point) for n, point in enumerate(points)}
        for n, role in enumerate(catalog.roles):
            told[f"level@{n}"] = role.expected.get(activity.id)
            told[f"weight@{n}"] = role.importance.get(activity.id)
            told[f"core@{n}"] = role.core.index(activity.id) + 1 if activity.id in role.core else None
        return _cells(activity, ACTIVITIES_TAB) | told

    return _rows(ACTIVITIES_TAB, table, [row(activity) for activity in catalog.activities])


_IMPORTANCES = Ref("importances", "entry")


def _of_roles(catalog: Catalog) -> tuple[list[Column], list[Column]]:
    """A column with levels for each role, and one for its own importance and its short list where it has them."""
    # a drop-down of whole levels would refuse the decimal ones that a catalog may have
    whole = all(level.is_integer() for role in catalog.roles for level in role.expected.values())
    levels = Ref("levels_offered", "entry") if whole else None
    taken = {"row key", *(header.casefold() for header in CATALOG_COLUMNS[ACTIVITIES_TAB])}
    taken |= {f"{ANCHOR}{point}".casefold() for point in catalog.scale("skill").values}
    roles = list(enumerate(catalog.roles))
    heads = {n: ROLE_OF + role.id if role.id.casefold() in taken else role.id for n, role in roles}
    expected = [input_column("level", heads[n], "level", of=str(n), choices=levels) for n, _ in roles]
    others = [
        input_column("weight", IMPORTANCE_OF + role.id, "level", of=str(n), choices=_IMPORTANCES)
        for n, role in roles
        if role.importance
    ]
    others += [data_column("core", CORE_OF + role.id, "level", of=str(n)) for n, role in roles if role.core]
    return expected, others


def _roles(catalog: Catalog) -> TableData:
    table = _table(ROLES_TAB, path=Ref("paths", "entry"))
    return _rows(ROLES_TAB, table, [_cells(role, ROLES_TAB) for role in catalog.roles])


def _lists(catalog: Catalog) -> Sheet:
    """Return the tab of the lists that drop-downs offer."""
    offered = {
        "importances": (1, 2, 3),
        "paths": PATH_CODES,
        "scale_ids": tuple(scales()),
        "levels_offered": catalog.scale("skill").values,
    }
    blocks = tuple(
        TableData(keyed_table(name, data_column("entry")), [{"entry": entry} for entry in entries])
        for name, entries in offered.items()
    )
    return Sheet("Lists", "What the drop-downs offer.", blocks, hidden=True)
