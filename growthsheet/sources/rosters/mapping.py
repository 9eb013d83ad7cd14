"""Which column holds which field: what the user said, else known names, else a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from growthsheet.model import Basis
from growthsheet.sources.rosters import headers
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.unread import judge_unread, may_tell_pay
from growthsheet.sources.tables.columns import FieldColumns, SourceTable, TableCell, TableColumn, text_of
from growthsheet.text.counts import plural
from growthsheet.text.currencies import named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import did_you_mean, one_line, quote


@dataclass(frozen=True, slots=True)
class Mapped:
    """A field, the column it is read from, how that was found, and whether it is a guess to be looked at."""

    field: str
    column: str
    how: str
    guess: bool = False


ASKED = "asked about"
"""How a column was found that may hold a field, and that the user is asked about."""


def map_columns(
    table: SourceTable, options: RosterOptions, findings: ProblemList
) -> tuple[dict[str, TableColumn], tuple[Mapped, ...]]:
    """Return the column of each field, and how it was found; what the user said wins over known names.

    >>> table = SourceTable("t.csv", ("Employee #", "Pay Rate", "Annual Salary"), [2], [["7", "12.50", "26,000"]])
    >>> columns, mapped = map_columns(table, RosterOptions(map={"salary": "annual salary"}), ProblemList("t.csv"))
    >>> [(each.field, each.column, each.how) for each in mapped]
    [('salary', 'Annual Salary', 'explicit'), ('id', 'Employee #', 'known name')]
    """
    kept = dict.fromkeys(i for name in options.keep if (i := _readable(table, "", name, findings)) is not None)
    named = [_index(table, name, f"--ignore {one_line(name)}", findings) for name in options.ignore]
    ignored = {index for index in named if index is not None}
    explicit = {field: _readable(table, field, column, findings) for field, column in options.map.items()}
    known: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(table.header):
        if (field := headers.field_of(name)) and index not in explicit.values() and index not in ignored:
            known[field].append(index)
    chosen = [(i, Mapped(field, table.header[i], "explicit")) for field, i in explicit.items() if i is not None]
    paid = known["salary"] if "salary" not in explicit else []
    turns = by_turns(table, paid, findings) if len(paid) > 1 else {}
    for field in (field for field in headers.ROSTER_FIELDS if field not in explicit):
        if field == "manager":
            chosen += _managers(table, known, findings)
        elif field == "worker_type" or (field == "salary" and turns):
            how = "filled by turns" if field == "salary" else "known name"
            chosen += [(index, Mapped(field, table.header[index], how)) for index in known[field]]
        elif known[field]:
            chosen += _one(table, field, known[field], findings)
    _tell_other_names(table, chosen, findings)
    columns = {each.field: table.column(index) for index, each in chosen} | turns
    kinds = [index for index, each in chosen if each.field == "worker_type"]
    if len(kinds) > 1:
        texts = [" ".join(filter(None, row)) for row in zip(*(table.column(i).texts for i in kinds), strict=True)]
        columns["worker_type"] = replace(columns["worker_type"], cells=texts)
    read = {index for index, _ in chosen} | ignored
    asked_already = {index for indexes in known.values() for index in indexes} - read
    judged = {*kinds, *known["team"]} - {index for index, each in chosen if each.field == "team"}
    unread = [i for i, name in enumerate(table.header) if i in judged or (name and i not in read | asked_already)]
    _compare_ignored(table, ignored, columns, options.basis, findings)
    asked = judge_unread(table, unread, columns, frozenset(explicit), findings)
    undecided = {field for field in known if field not in columns and headers.asked_as(field) not in explicit}
    asked += [(field, table.header[index]) for field in known if field in undecided for index in known[field]]
    columns |= {headers.KEPT_AS_IS + table.header[index]: table.column(index) for index in kept}
    _tell_unread(table, {*read, *kept, *(asked_already - set(known["team"]))}, findings)
    mapped = [replace(each, field=headers.asked_as(each.field)) for _, each in chosen]
    return columns, (*mapped, *(Mapped(field, column, ASKED, guess=True) for field, column in asked))


def _compare_ignored(
    table: SourceTable, ignored: Iterable[int], columns: FieldColumns, named: Basis | None, findings: ProblemList
) -> None:
    """Ask where a column that is ignored tells different periods of pay, and all pay is read as one."""
    salary = columns.get("salary")
    if salary is None or "basis" in columns or not (whole := named or headers.basis_in(salary.name)):
        return
    for index in ignored:
        column = table.column(index)
        pairs = zip(column.cells, salary.cells, strict=True)
        said = [headers.period_of(text_of(cell)) for cell, paid in pairs if paid is not None]
        others = {basis for basis in said if basis and not headers.same_period(basis, whole)}
        if others and len(set(said) - {None}) > 1:
            found = f"it is ignored but says {' and '.join(sorted(others))}; all pay is read as {whole.value}"
            hint = f'say --map basis="{one_line(column.name)}" instead of --ignore, or --accept basis-conflict'
            findings.ask("basis-conflict", column.place, found, "one period, or that of each row", hint)


def _readable(table: SourceTable, field: str, column: str, findings: ProblemList) -> int | None:
    """Return the index of a column that the user named for a field, or (field "") to be kept as it is.

    None, and a problem, if there is no such column, it is never read, or it would reveal pay.
    """
    place = f"--map {one_line(field)}={one_line(column)}" if field else f"--keep or --by {one_line(column)}"
    index = _index(table, column, place, findings)
    if index is None:
        return None
    usual, out = headers.field_of(table.header[index]), "leave this one out"
    if headers.never_read(table.header[index]):
        findings.error("never-read", place, "a column that is never read", "another column", out)
    # Problems repeat what stands in other columns; an amount of pay must never be among that.
    elif field not in ("", "salary") and usual == "salary":
        findings.error("pay-column", place, "a column of pay", f"another column for {field}", "map it to salary only")
    elif not field and (usual in ("salary", "carry_in", "allocation") or may_tell_pay(table.column(index))):
        findings.error("pay-column", place, "a column that may reveal pay", "another column", out)
    else:
        return index
    return None


def _index(table: SourceTable, column: str, place: str, findings: ProblemList) -> int | None:
    """Return the index of the column that the user named; None, and a problem, when there is none."""
    same = [i for i, name in enumerate(table.header) if name == column]
    alike = same or [
        i for i, name in enumerate(table.header) if name and headers.header_key(name) == headers.header_key(column)
    ]
    if len(alike) == 1:
        return alike[0]
    found = f"{plural(alike, 'column')} like it" if alike else "no such column"
    by_key = {headers.header_key(name): name for name in table.header if name}
    there = f"the columns are: {one_line(', '.join(by_key.values()), 300)}"
    hint = did_you_mean(headers.header_key(column), by_key, there, 0.5, by_key)
    findings.error("unknown-column", place, found, "a column of " + table.name, hint)
    return None


def _managers(table: SourceTable, known: Mapping[str, list[int]], findings: ProblemList) -> list[tuple[int, Mapped]]:
    """Return the columns that say who the manager is, the surest kind first: they are compared row by row."""
    kinds = [(kind, _one(table, "manager", known[kind], findings)) for kind in headers.MANAGER_KINDS if kind in known]
    read = [(index, replace(one, field=kind)) for kind, ones in kinds for index, one in ones]
    if len(read) > 1:
        others = ", ".join(f"{quote(one.column)}" for _, one in read[1:])
        found = f"managers are read from {quote(read[0][1].column)}, and compared with {others}"
        findings.note("manager-column", table.name, found)
    return read


def _one(table: SourceTable, field: str, found: list[int], findings: ProblemList) -> list[tuple[int, Mapped]]:
    """Return the one column for a field; none, and one problem that lists them all, when there are several."""
    rest = _distinct(table, found) if len(found) > 1 and field != "team" else found
    names = [table.header[index] for index in rest]
    if len(rest) == 1:
        if others := ", ".join(quote(table.header[index]) for index in found if index not in rest):
            said = f"{field} is read from {quote(names[0])}; {others} says nothing different"
            findings.note("same-column", table.name, said)
        return [(rest[0], Mapped(field, names[0], "known name"))]
    if field == "team":  # departments and divisions stand side by side everywhere, and no number depends on them
        names.sort(key=headers.likelihood)
        said = f"teams are read from {quote(names[0])}, not from {', '.join(map(one_line, names[1:]))}"
        hint = f'confirm with --map team="{one_line(names[0])}", or name another one'
        findings.note("team-column", table.name, said, hint)
        return [(table.header.index(names[0]), Mapped(field, names[0], "likeliest name", guess=True))]
    said = "both " * (len(names) == 2) + " and ".join(quote(name) for name in names) + f" may be the {field}"
    choices = " or ".join(f'--map {field}="{one_line(name)}"' for name in reversed(names))
    if field == "country":  # it stands in many exports, and without a rule for a country nothing depends on it
        findings.note("two-columns", table.name, said, f"choose with {choices} if rates depend on it")
    else:
        findings.error("two-columns", table.name, said, f"one column for {field}", f"choose with {choices}")
    return []


def _distinct(table: SourceTable, found: Sequence[int]) -> list[int]:
    """Return those of some columns that say something, and something else than the one before."""
    texts = {index: [text.casefold() for text in table.column(index).texts] for index in found}
    rest = [index for index in found if not set(texts[index]) <= {"", "0", "0.00"}] or list(found[:1])
    return [index for place, index in enumerate(rest) if all(texts[index] != texts[one] for one in rest[:place])]


def by_turns(table: SourceTable, found: Sequence[int], findings: ProblemList) -> dict[str, TableColumn]:
    """Return one column of pay, and one of its basis, from columns of which no row fills more than one.

    A zero beside an amount is a blank. There is no such column where two are filled in one row, where the columns do
    not all say their period, or name different currencies or units; then the user has to choose.

    >>> table = SourceTable("t", ("Annual salary", "Hourly rate"), [2, 3], [["60000", "0"], [None, 25]])
    >>> {field: column.cells for field, column in by_turns(table, [0, 1], ProblemList("t")).items()}
    {'salary': ['60000', 25], 'basis': ['Annual salary', 'Hourly rate']}
    """
    rows = [[index for index in found if not _is_nothing(row[index])] for row in table.cells]
    used = sorted({index for filled in rows for index in filled})
    names = [table.header[index] for index in used]
    if len(used) < 2 or any(len(filled) > 1 for filled in rows):
        return {}
    if not all(map(headers.basis_in, names)) or len({(named_in(name), headers.unit_of(name)) for name in names}) > 1:
        return {}
    cells: list[TableCell] = [row[filled[0]] if filled else None for row, filled in zip(table.cells, rows, strict=True)]
    said: list[TableCell] = [table.header[filled[0]] if filled else None for filled in rows]
    amounts = TableColumn(table.name, " / ".join(names), table.rows, cells)
    note = f"each row has its pay in one of {', '.join(map(one_line, names))}"
    findings.note("pay-by-turns", table.name, note)
    return {"salary": amounts, "basis": replace(amounts, cells=said)}


def _is_nothing(cell: TableCell) -> bool:
    """Return whether a cell of pay is blank or zero.

    >>> _is_nothing(None), _is_nothing("0.00"), _is_nothing(0), _is_nothing("0 EUR"), _is_nothing("5"), _is_nothing("-")
    (True, True, True, True, False, True)
    """
    text = "" if cell is None else str(cell)
    return not any(character in "123456789" for character in text)


def _tell_other_names(table: SourceTable, chosen: Iterable[tuple[int, Mapped]], findings: ProblemList) -> None:
    """Whoever names a column for one field may not see that another field has lost it."""
    read = {headers.asked_as(each.field) for _, each in chosen}
    for index, each in chosen:
        usual = headers.asked_as(headers.field_of(table.header[index]))
        if each.how == "explicit" and usual not in ("", each.field):
            lost = "" if usual in read else f"; no column is read for {usual}"
            findings.note("mapped-otherwise", table.column(index).place, f"read as {each.field}, as you asked{lost}")


def _tell_unread(table: SourceTable, mapped: set[int], findings: ProblemList) -> None:
    never = [one_line(name) for name in table.header if headers.never_read(name)]
    rest = [
        one_line(name)
        for i, name in enumerate(table.header)
        if name and i not in mapped and not headers.never_read(name)
    ]
    if never:
        hint = "leave them out of the export"
        findings.note("columns-never-read", table.name, f"never read: {', '.join(never)}", hint)
    if rest:
        findings.note("columns-unread", table.name, f"not read: {', '.join(rest)}")
