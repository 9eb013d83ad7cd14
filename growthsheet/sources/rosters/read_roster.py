"""Rosters of any HR system: who the people are, who reports to whom, what they are paid."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from growthsheet.errors import Problem
from growthsheet.model import BudgetPolicy, Catalog, Pay, Person
from growthsheet.sources.rosters.employment import sort_out
from growthsheet.sources.rosters.headers import field_of, header_key
from growthsheet.sources.rosters.histories import by_person
from growthsheet.sources.rosters.mapping import ASKED, Mapped, map_columns
from growthsheet.sources.rosters.no_people import people_only
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.pay import PayReader, currencies_of_text, read_pay
from growthsheet.sources.rosters.people import make_people
from growthsheet.sources.rosters.rows import PersonRow, read_person_rows
from growthsheet.sources.rosters.status_words import may_be_apart
from growthsheet.sources.rosters.titles import Titles
from growthsheet.sources.tables.columns import FieldColumns, SourceTable, TableColumn
from growthsheet.sources.tables.read_table import read_table
from growthsheet.text.currencies import named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_NO_OPTIONS = RosterOptions()

_DANGEROUS = """
unknown-column never-read pay-column several-tabs broken-cell two-columns unread-pay unread-basis unread-status
unread-dates unread-manager unread-hours unread-currency no-column unknown-status status-contradicts-end
basis-unclear unknown-basis basis-conflict part-time-pay-unclear pay-not-yet fte-and-hours fte-unclear pay-all-zero
pay-far-apart pay-unit currency-unclear currency-conflict decimal-mark-unclear date-order-unclear manager-contradiction
manager-cycle ambiguous-manager unknown-manager repeated-id ids-alike
"""
DANGEROUS = tuple(_DANGEROUS.split())
"""The questions that are told first: those that decide about pay, about who is there and who leads whom."""

_LATER = DANGEROUS[DANGEROUS.index("unknown-status") : DANGEROUS.index("manager-contradiction")]
"""Those that come only once it is known which column holds a field."""


@dataclass(frozen=True)
class RosterReading:
    """What a roster says. Pay stands apart from people, and its repr shows no amount."""

    people: tuple[Person, ...]
    """Everybody who gets a workbook, in the order of the roster."""
    leavers: tuple[Person, ...] = ()
    """Those who left within the fiscal year: they get no workbook and keep their budget row."""
    pay: tuple[Pay, ...] = ()
    mapped: tuple[Mapped, ...] = ()
    """Which column each field was read from, and how that was found."""
    notes: tuple[Problem, ...] = ()
    """What was skipped, guessed and worked out."""
    carry_in: Mapping[str, Decimal] = field(default_factory=dict, repr=False)
    """What each person brings from the last year's training budget."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """The rates of the training budget that the roster gives to some people."""
    allocations: Mapping[str, Decimal] = field(default_factory=dict, repr=False)
    """The training budgets that are fixed amounts."""
    absent: frozenset[str] = frozenset()
    """The ids of the others on the roster: who left before, or has not started."""


def read_roster(
    source: Any,
    *,
    catalog: Catalog,
    options: RosterOptions = _NO_OPTIONS,
    as_of: date,
    fiscal_year: tuple[date, date] | None = None,
    name: str | None = None,
) -> RosterReading:
    """Return the people of a roster, their managers, roles and pay, as of a day; raise InputError with all problems.

    The fiscal year, given by its first and last day, is the calendar year by default. Problems call the roster by
    ``name``, or else by the name of its file; none ever holds an amount of pay.

    >>> from growthsheet.model import Role
    >>> catalog = Catalog.model_construct(roles=(Role(id="pm", name="Product manager", expected={}),))
    >>> rows = [
    ...     {"ID": 1, "Name": "Ana Ruiz", "Title": "Product Manager"},
    ...     {"ID": 2, "Name": "Bo Lee", "Title": "product-manager", "Manager": "Ruiz, Ana"},
    ... ]
    >>> reading = read_roster(rows, catalog=catalog, as_of=date(2026, 1, 1))
    >>> [(person.name, person.role, person.manager) for person in reading.people]
    [('Ana Ruiz', 'pm', ''), ('Bo Lee', 'pm', '1')]
    """
    place = one_line(name or (Path(source).name if isinstance(source, str | os.PathLike) else "roster"), 200)
    findings = ProblemList(place, accepted=options.accept, first=DANGEROUS)
    asked_for = {header_key(column) for column in options.map.values()}
    table = read_table(
        source,
        lambda text: bool(field_of(text)) or header_key(text) in asked_for,
        findings,
        options.encoding,
        options.sheet,
        _tells_people,
    )
    if (tab := findings.place.partition(", tab ")[2]) and not options.sheet and may_be_apart(tab, whole=True):
        found = f"the tab {quote(tab)} is read, whose name suggests people who left"
        findings.error("several-tabs", place, found, "the tab of current people", f'say --sheet "{tab}" if it is right')
    titles = Titles(catalog.roles)
    role = _default_role(options.default_role, titles, findings)
    columns, mapped = map_columns(table, options, findings)
    _require(table, columns, role, findings)

    year = fiscal_year or BudgetPolicy().fiscal_year(as_of)
    read = partial(_read, titles=titles, role=role, options=options, as_of=as_of, year=year)
    reading = read(table, columns, findings=findings)
    _ask_ahead(table, columns, [each for each in mapped if each.how == ASKED], options.accept, read, findings)
    findings.refuse()
    return replace(reading, mapped=(*mapped, *reading.mapped), notes=findings.notes)


def _read(
    table: SourceTable,
    columns: FieldColumns,
    titles: Titles,
    role: str,
    options: RosterOptions,
    as_of: date,
    year: tuple[date, date],
    findings: ProblemList,
) -> RosterReading:
    """Return what the columns of a roster say; what is wrong goes to ``findings``."""
    table, columns = people_only(table, columns, findings)
    entries = read_person_rows(table, columns, options, findings)
    # From here on columns are only named; what stands in their cells is in the entries, and not held twice.
    columns = {name: replace(column, cells=()) for name, column in columns.items()}
    del table
    rows = by_person(entries, columns, as_of, findings)
    firsts = (same[0] for same in rows.values())
    presence = sort_out(firsts, as_of, year, options.status, findings)
    kept = [entry for first in (*presence.staff, *presence.leavers) for entry in rows[first.id]]
    pay, guessed = read_pay(kept, columns, options, as_of, findings)
    currency_of = _currencies(kept, pay, columns, options, findings)
    people, leavers = make_people(presence, columns, titles, role, currency_of, options.acting, findings)
    return RosterReading(
        people=people,
        leavers=leavers,
        absent=frozenset(entry.id for entry in (*presence.gone, *presence.later)),
        pay=pay,
        mapped=tuple(guessed),
        carry_in={entry.id: entry.carry_in for entry in kept if entry.carry_in is not None},
        rates={entry.id: float(entry.rate) for entry in reversed(kept) if entry.rate is not None},
        allocations={entry.id: entry.allocation for entry in reversed(kept) if entry.allocation is not None},
    )


def _currencies(
    entries: Sequence[PersonRow],
    pay: Iterable[Pay],
    columns: FieldColumns,
    options: RosterOptions,
    findings: ProblemList,
) -> dict[str, str]:
    """Return the currency of everybody who has a fixed training budget: that of the pay, where there is some."""
    paid_in = {each.person: each.currency for each in pay}
    fixed = [replace(entry, sign=entry.allocation_sign) for entry in entries if entry.allocation is not None]
    if not fixed:
        return paid_in
    column = columns["allocation"]
    for entry in fixed:
        codes = currencies_of_text(entry.sign) or currencies_of_text(named_in(column.name))
        if codes and (code := paid_in.get(entry.id)) and code not in codes:
            found, hint = f"{codes[0]}, and pay in {code}", "give both in one currency"
            place = entry.place(findings, column.name)
            findings.error("currency-conflict", place, found, "one currency", hint)
    if len(only := {*paid_in.values()}) == 1 and not options.currency:
        options = options.model_copy(update={"currency": only.pop()})
    unpaid = [entry for entry in fixed if entry.id not in paid_in]
    codes_of_unpaid, _ = PayReader(unpaid, columns, column, options, findings).currencies()
    return paid_in | dict(zip((entry.id for entry in unpaid), codes_of_unpaid, strict=True))


def _ask_ahead(
    table: SourceTable,
    columns: FieldColumns,
    asked: Sequence[Mapped],
    accepted: Iterable[str],
    read: Callable[..., RosterReading],
    findings: ProblemList,
) -> None:
    """Ask at once what would be asked next, once it is known which column holds a field."""
    candidates: dict[str, list[TableColumn]] = defaultdict(list)
    for each in asked:
        candidates[each.field].append(table.column(table.header.index(each.column)))
    for turn in range(max(map(len, candidates.values()), default=0)):
        tried = {field: found[min(turn, len(found) - 1)] for field, found in candidates.items()}
        read(table, {**columns, **tried}, findings=(trial := ProblemList(findings.place, accepted=accepted)))
        known = {(each.code, each.found) for each in findings.all}
        later = [each for each in trial.all if each.code in _LATER and each.severity == "error"]
        told = [replace(each, found=f"if it is read, {each.found}") for each in later]
        pairs = zip(later, told, strict=True)
        findings.add(*(new for old, new in pairs if not {(old.code, old.found), (new.code, new.found)} & known))


def _tells_people(header: Sequence[str]) -> bool:
    """Return whether a header has what no roster is without: ids and names."""
    fields = set(map(field_of, header))
    return "id" in fields and bool(fields & {"name", "first_name", "last_name"})


def _default_role(name: str | None, titles: Titles, findings: ProblemList) -> str:
    """Return the id of the role that the user named; the name itself where there is no such role, and a problem."""
    match = titles.match(name) if name else None
    if name and not match:
        hint = titles.suggestion(name) or "growthsheet catalog show lists them"
        findings.error("unknown-role", "--default-role", f"'{one_line(name)}'", "a role of the catalog", hint)
    return match.role if match else name or ""


def _require(table: SourceTable, columns: FieldColumns, default_role: str, findings: ProblemList) -> None:
    """Tell what a roster cannot do without and has in no column; raise when nothing can be read without it."""
    needed = {"id": ("id",), "name": ("name", "first_name", "last_name"), "title": ("title", "role")}
    for expected, fields in needed.items():
        # A field with two columns is not mapped either, but that has been told already.
        read = {column.name for column in columns.values()}
        there = columns.keys() | {field_of(name) for name in table.header if name not in read}
        if not there.intersection(fields) and not (expected == "title" and default_role):
            found, hint = f"no column for {expected}", f'name it with --map {expected}="..."'
            findings.error("no-column", findings.place, found, f"a column for {expected}", hint)
    if not columns.keys() & {"id"} or not columns.keys() & set(needed["name"]):
        findings.refuse()
