"""Which column holds which field: what the user said, else known names, else a question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from growthsheet.sources.rosters.headers import (
    MANAGER_KINDS,
    ROSTER_FIELDS,
    field_of,
    header_key,
    likelihood,
    never_read,
)
from growthsheet.sources.tables.columns import SourceTable, TableColumn
from growthsheet.text.counts import plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote


@dataclass(frozen=True, slots=True)
class Mapped:
    """A field, the column it is read from, how that was found, and whether it is a guess to be looked at."""

    field: str
    column: str
    how: str
    guess: bool = False


def map_columns(
    table: SourceTable, mapping: Mapping[str, str], findings: ProblemList
) -> tuple[dict[str, TableColumn], tuple[Mapped, ...]]:
    """The column of each field, and how it was found; what the user said wins over known names.

    >>> table = SourceTable("t.csv", ("Employee #", "Pay Rate", "Annual Salary"), [2], [["7", "12.50", "26,000"]])
    >>> columns, mapped = map_columns(table, {"salary": "annual salary"}, ProblemList("t.csv"))
    >>> [(each.field, each.column, each.how) for each in mapped]
    [('salary', 'Annual Salary', 'explicit'), ('id', 'Employee #', 'known name')]
    """
    explicit = {field: _explicit(table, field, column, findings) for field, column in mapping.items()}
    known: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(table.header):
        if (field := field_of(name)) and index not in explicit.values():
            known[field].append(index)
    chosen = [(i, Mapped(field, table.header[i], "explicit")) for field, i in explicit.items() if i is not None]
    for field in ROSTER_FIELDS:
        if field in explicit:
            continue
        found = _manager(table, known, findings) if field == "manager" else known.get(field, [])
        if found and (one := _one(table, field, found, findings)):
            chosen.append((table.header.index(one.column), one))
    _tell_other_names(table, chosen, findings)
    _tell_unread(table, {index for index, _ in chosen}, findings)
    return {each.field: table.column(index) for index, each in chosen}, tuple(each for _, each in chosen)


def _explicit(table: SourceTable, field: str, column: str, findings: ProblemList) -> int | None:
    """The index of a column that the user named; None, and a problem, when there is none or it must not be read."""
    place = f"--map {one_line(field)}={one_line(column)}"
    same = [i for i, name in enumerate(table.header) if name == column]
    alike = same or [i for i, name in enumerate(table.header) if name and header_key(name) == header_key(column)]
    if len(alike) != 1:
        found = f"{plural(alike, 'column')} like it" if alike else "no such column"
        names = [name for name in table.header if name]
        findings.error("unknown-column", place, found, "a column of " + table.name, _mean(column, names))
        return None
    if never_read(table.header[alike[0]]):
        findings.error("never-read", place, "a column that is never read", "another column", "leave this one out")
        return None
    if field not in {"salary", "carry_in"} and field_of(table.header[alike[0]]) == "salary":
        # Problems repeat what stands in other columns; an amount of pay must never be among that.
        findings.error("pay-column", place, "a column of pay", f"another column for {field}", "map it to salary only")
        return None
    return alike[0]


def _mean(found: str, names: Iterable[str]) -> str:
    by_key = {header_key(name): name for name in names}
    close = get_close_matches(header_key(found), by_key, n=1, cutoff=0.5)
    return (
        f"did you mean {quote(by_key[close[0]])}?"
        if close
        else "there are: " + one_line(", ".join(by_key.values()), 300)
    )


def _manager(table: SourceTable, known: Mapping[str, list[int]], findings: ProblemList) -> list[int]:
    """The columns of the surest kind that says who the manager is: an id beside a name is no conflict."""
    kinds = [known[kind] for kind in MANAGER_KINDS if kind in known]
    if len(kinds) > 1 and len(kinds[0]) == 1:
        others = ", ".join(quote(table.header[index]) for kind in kinds[1:] for index in kind)
        found = f"managers are read from {quote(table.header[kinds[0][0]])}, the surer column, not from {others}"
        findings.note("manager-column", table.name, found)
    return kinds[0] if kinds else []


def _one(table: SourceTable, field: str, found: list[int], findings: ProblemList) -> Mapped | None:
    """The one column for a field; None, and one problem that lists them all, when there are several."""
    names = [table.header[index] for index in found]
    if len(names) == 1:
        return Mapped(field, names[0], "known name")
    if field == "team":  # departments and divisions stand side by side everywhere, and no number depends on them
        names.sort(key=likelihood)
        said = f"teams are read from {quote(names[0])}, not from {', '.join(map(one_line, names[1:]))}"
        findings.note(
            "team-column", table.name, said, f'say so with --map team="{one_line(names[0])}" or name another one'
        )
        return Mapped(field, names[0], "likeliest name", guess=True)
    said = "both " * (len(names) == 2) + " and ".join(quote(name) for name in names) + f" may be the {field}"
    choices = " or ".join(f'--map {field}="{one_line(name)}"' for name in reversed(names))
    findings.error("two-columns", table.name, said, f"one column for {field}", f"choose with {choices}")
    return None


def _tell_other_names(table: SourceTable, chosen: Iterable[tuple[int, Mapped]], findings: ProblemList) -> None:
    """Whoever names a column for one field may not see that another field has lost it."""
    read = {each.field for _, each in chosen}
    for index, each in chosen:
        name = field_of(table.header[index])
        usual = "manager" if name in MANAGER_KINDS else name
        if each.how == "explicit" and usual not in ("", each.field):
            lost = "" if usual in read else f"; {usual} is read from no column"
            findings.note("mapped-otherwise", table.column(index).place, f"read as {each.field}, as told{lost}")


def _tell_unread(table: SourceTable, mapped: set[int], findings: ProblemList) -> None:
    never = [one_line(name) for name in table.header if never_read(name)]
    rest = [one_line(name) for i, name in enumerate(table.header) if name and i not in mapped and not never_read(name)]
    if never:
        findings.note(
            "columns-never-read", table.name, f"never read: {', '.join(never)}", "leave them out of the export"
        )
    if rest:
        findings.note("columns-unread", table.name, f"not read: {', '.join(rest)}")
