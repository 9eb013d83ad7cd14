"""What the rows of a framework's table expect of roles, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from growthsheet.sources.catalogs.build_catalog import Entry
from growthsheet.sources.catalogs.framework_table import FrameworkTable
from growthsheet.sources.catalogs.table_headers import (
    ACTUAL,
    EXPECTED,
    FIELDS,
    is_aside,
    is_code,
    is_of_times,
    is_total,
    key,
)
from growthsheet.sources.catalogs.word_levels import NO_LEVEL
from growthsheet.text.counts import first_of, plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote


def entries_of(table: FrameworkTable, findings: ProblemList, several: bool) -> Iterator[Entry]:
    """The expectations in the rows; ``several``: there are other such tables, so that the title is the area."""
    default = table.grid.title if several or table.grid.unit == "line" else ""
    _tell_unread(table, findings)
    if table.kind == "guessed":
        taken = table.name_of(table.columns["activity"][0])
        found = f"no header says which column holds the activities, so column {taken} is read"
        findings.note("columns-guessed", table.grid.place, found)
    by_row = table.kind in ("rows", "ticked")
    yield from _of_rows(table, findings, default) if by_row else _of_matrix(table, findings, default)


def _tell_unread(table: FrameworkTable, findings: ProblemList) -> None:
    levels, place, used = table.columns.get("level", []), table.grid.place, {*table.used, table.area_beside}
    if table.kind != "rows":
        used = (used | {*table.of_roles}) - {*levels}  # in a matrix the cells are the levels
    unread = [n for n in range(len(table.header)) if n not in used and table.filled([n])]
    for field, of in (("activity_id", "activities"), ("role_id", "roles")):
        for n in (n for n in table.columns.get(field, ()) if is_code(table.header[n]) and field not in table.mapping):
            found = f"the column {quote(table.header[n])} is read as the ids of the {of}: it has one for each"
            findings.note("columns-guessed", place, found)
    if any(len({cells[n] for n in levels if table.is_level(cells[n])}) > 1 for _, cells in table.body):
        names = [table.name_of(n) for n in levels]
        found, hint = " and ".join(map(quote, names[:2])), f'choose with --map level="{names[0]}"'
        findings.error("several-levels", place, f"{found} may both be the level", "one column of levels", hint)
    if table.kind in ("matrix", "turned") and len(table.of_roles) == 1 and not table.mapping:
        level, missing, hint = table.header[table.of_roles[0]], "", ""
        beside = [table.name_of(n) for n in unread if not is_aside(table.header[n])]
        if "role" in table.columns and table.kind == "matrix":
            missing, hint = f"nothing says that {quote(level)} holds the levels", f'say --map level="{level}"'
        elif key(level) in FIELDS["activity"]:
            missing, hint = f"no column of levels beside {quote(level)}", "put the levels into a column of their own"
        elif beside:
            missing = f"one column of levels, {quote(level)}, and nothing says that {quote(beside[0])} holds the roles"
            hint = f'name them, as in --map role="{beside[0]}" --map level="{level}"; or take a column out'
        if missing:
            findings.error("missing-column", place, missing, "columns for role, activity and level", hint)
        else:
            found = f"one column of levels, whose header {quote(level)} is read as a role"
            findings.note("columns-guessed", place, found)
    if names := [one_line(table.name_of(n)) for n in unread]:
        found = f"not read: {plural(names, 'column')} ({first_of(names, 8)})"
        findings.note("columns-not-read", place, found, "map them to fields with --map")


def _of_rows(table: FrameworkTable, findings: ProblemList, default: str) -> Iterator[Entry]:
    inner = max(table.columns[field][0] for field in ("role", "activity") if field in table.columns)
    outer = [f for f in ("area", "role", "activity") if f in table.columns and table.columns[f][0] < inner]
    outer.sort(key=lambda field: table.columns[field][0])
    above: dict[str, str] = {}
    filled, empty = 0, ""
    for number, cells in table.body:
        found = {field: _cell(table, cells, field) for field in table.columns}
        if total := next((found[field] for field in ("role", "activity") if is_total(found.get(field, ""))), ""):
            _tell_total(table, number, total, findings)
            continue
        alone = not any(text for field, text in found.items() if field not in outer)
        own = [field for field in outer if found[field]]
        for n, field in enumerate(outer):
            if not found[field] and not any(outer.index(other) < n for other in own):
                found[field] = above.get(field, "")
                filled += bool(found[field]) and field == "role" and not alone
            above[field] = found[field]
        if alone and len(own) < len(outer) + 1 and any(table.columns.get("level", ())):
            _tell_empty(table, empty, findings)
            empty = found.get("role", "")
            continue  # the heading of an outline: what it says is carried to the rows below
        if found.get("role") != empty:
            _tell_empty(table, empty, findings)
        empty = ""
        found.setdefault("role", table.grid.title)
        ticked = table.ticked(cells) if table.kind == "ticked" else []
        if ticked:
            found["level"] = table.header[ticked[0]]
        beside = table.columns.get("role", [])[1:]
        group = cells[beside[0]] if beside else ""
        found["group"] = group if group and group != found["role"] else found.get("family", "")
        found["area"] = found.get("area") or (default if "role" in table.columns else "")
        at = {**table.columns, "level": (ticked or table.columns.get("level", [0]))[:1]}
        yield Entry(found, {field: table.mark(number, columns[0]) for field, columns in at.items()})
    _tell_empty(table, empty, findings)
    if filled:
        told_of = f"{plural(filled, 'row')} without a role: the role of the row above is used"
        findings.note("roles-filled-down", table.grid.place, told_of)


def _tell_total(table: FrameworkTable, number: int, name: str, findings: ProblemList) -> None:
    found = f"{quote(name)}: read as worked out from the other rows, so left out"
    findings.note("levels-left-out", table.grid.at(number), found)


def _tell_empty(table: FrameworkTable, role: str, findings: ProblemList) -> None:
    """Tell a role whose row names no activity, where no row below belongs to it either."""
    if role:
        found = f"{quote(role)}: a row without an activity and a level, and none below it, so left out"
        findings.note("levels-left-out", table.grid.place, found)


def _cell(table: FrameworkTable, cells: Sequence[str], field: str) -> str:
    """What a row says in a field: several columns of areas together, of roles the first that names one."""
    texts = [cells[column] for column in table.columns[field]]
    if field == "area":
        return " / ".join(filter(None, texts))
    named = (text for text in texts if field == "role" and text and text.casefold() not in NO_LEVEL)
    return next(named, texts[0])


def _of_matrix(table: FrameworkTable, findings: ProblemList, default: str) -> Iterator[Entry]:
    name_at, roles, levels = table.columns["activity"][0], table.of_roles, table.has_levels
    _tell_roles(table, roles, findings)
    _refuse_repeated(table, roles, findings)
    _refuse_ticks(table, findings)
    area_at = table.columns.get("area") or [n for n in (table.area_beside,) if n is not None]
    area, bands, name, numbered, group = default, [], "", _numbered(table, roles), ""
    for number, cells in table.body:
        told_area = " / ".join(filter(None, (cells[n] for n in area_at)))
        area = told_area or area
        group = table.text(cells, "role") or group
        if levels and is_total(cells[name_at]):
            _tell_total(table, number, cells[name_at], findings)
            continue
        filled = [n for n in roles if cells[n]]
        if cells[name_at] and not (filled or area_at or table.kind == "turned" or table.text(cells, "description")):
            area = cells[name_at]
            bands.append(f"{area} ({table.grid.unit} {number})")
            continue
        name = cells[name_at] or ("" if levels or told_area else name)
        for n in filled:
            found = {"activity": name, "role": table.header[n], "level": cells[n], "area": area, "group": group}
            found |= {f: table.text(cells, f) for f in ("description", "activity_id") if f in table.columns}
            of_name, of_role = table.mark(number, name_at), table.mark(table.grid.rows[table.at][0], n)
            marks = {"activity": of_name, "role": of_role, "level": table.mark(number, n)}
            if table.kind == "turned":
                found |= {"activity": found["role"], "role": name}
                marks |= {"activity": of_role, "role": of_name}
            elif not levels:
                step = numbered.get(n, roles.index(n) + 1)
                found |= {"level": str(step), "label": table.header[n], "anchor": cells[n]}
                if cells[n].casefold() in NO_LEVEL:
                    found |= {"level": cells[n], "anchor": "", "label": ""}
            yield Entry(found, marks)
    if bands:
        told_of = f"{plural(bands, 'row')} without a level: the name is read as the area of the rows below: "
        findings.note("rows-as-areas", table.grid.place, told_of + first_of(bands, 6))
    if not levels:
        steps = (f"{numbered.get(at, n)} = {one_line(table.header[at], 30)}" for n, at in enumerate(roles, 1))
        told_of = f"the cells are texts; each column is a role and a level: {', '.join(steps)}"
        findings.note("texts-as-levels", table.grid.place, told_of)


def _tell_roles(table: FrameworkTable, roles: Sequence[int], findings: ProblemList) -> None:
    """Refuse columns that stand for times, and tell what is taken for roles: it may be people."""
    names = [table.header[n] for n in roles]
    place, told = table.grid.place, first_of([one_line(name, 30) for name in names], 8)
    said = {key(name).rpartition(" ")[2] for name in names}
    if said & EXPECTED and said & ACTUAL:
        hint = "take out the columns of current levels, and name the others after their roles"
        found = f"columns of current and expected levels: {told}"
        findings.error("several-levels", place, found, "one column for each role", hint)
    elif is_of_times(names):
        hint = "keep the column of one time, and name it after its role"
        findings.error("columns-of-times", place, f"columns for times: {told}", "a column for each role", hint)
    elif table.kind != "turned" and len(roles) > 1:
        findings.note("columns-as-roles", place, f"{plural(names, 'column')} read as roles: {told}")
    if blank := [quote(table.header[n]) for n in roles if not table.filled([n])]:
        findings.note("levels-left-out", place, f"no level below {first_of(blank, 5)}, so left out")


def _refuse_repeated(table: FrameworkTable, roles: Sequence[int], findings: ProblemList) -> None:
    """Tell the headers that several columns of a matrix have: a row above may say whose they are."""
    names = [table.header[n] for n in roles]
    if double := [name for name in dict.fromkeys(names) if names.count(name) > 1]:
        at = table.grid.at(table.grid.rows[table.at][0])
        found = f"several columns have the header {first_of([quote(name) for name in double], 5)}"
        hint = "add to the headers what distinguishes them, such as the words of the row above"
        findings.error("repeated-column", at, found, "a header of its own for each role", hint)


def _refuse_ticks(table: FrameworkTable, findings: ProblemList) -> None:
    """Tell the columns of ticks that are called by levels, where no role is told or a row has several ticks."""
    if not table.is_of_ticked_levels:
        return
    place, expected = table.grid.place, "a column of roles, and one tick in each row"
    twice = [str(number) for number, cells in table.body if len(table.ticked(cells)) > 1]
    found = f"several ticks in {table.grid.unit} {first_of(twice, 5)}" if twice else "no column of roles"
    hint = 'keep only the tick of the expected level, and name the roles in a column "Role"'
    findings.error("several-levels", place, f"columns of levels with ticks, and {found}", expected, hint)


def _numbered(table: FrameworkTable, roles: Sequence[int]) -> dict[int, int]:
    """Return the numbers of columns that are called by levels, such as "Level 2"; none if one of them is not."""
    found = {n: re.fullmatch(r"(\D*?)\s*(\d\d?)", table.header[n]) for n in roles}
    matches = [match for match in found.values() if match]
    same = len(matches) == len(roles) and len({match[1].casefold() for match in matches}) == 1
    return {n: int(match[2]) for n, match in found.items() if match} if same else {}
