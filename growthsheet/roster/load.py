"""Load a roster, together with the catalog, the cycle and the policy of the whole build."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from growthsheet.errors import refusal
from growthsheet.model import BudgetPolicy, Catalog, Cycle
from growthsheet.model.people import BasisWord
from growthsheet.roster.budget_rules import rules_of_roster
from growthsheet.roster.cycles import PARTS
from growthsheet.roster.roster import Roster
from growthsheet.sources.catalogs.load import DEFAULT_CATALOG, read_catalog
from growthsheet.sources.catalogs.model_problems import validated
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.read_roster import read_roster
from growthsheet.sources.tables.dates import FIRST_YEAR
from growthsheet.text.arguments import as_day, strict_but

LAST_YEAR = 9990
"""The last year that a day may be in: fiscal years end after it."""


@strict_but(RosterOptions.model_fields)
def load_roster(
    source: Any,
    *,
    catalog: Catalog | str | os.PathLike[str] = DEFAULT_CATALOG,
    map: Mapping[str, str] | None = None,
    default_role: str | None = None,
    basis: BasisWord | None = None,
    currency: str | None = None,
    hours: float | None = None,
    encoding: str | None = None,
    ignore: Sequence[str] | None = None,
    keep: Sequence[str] | None = None,
    sheet: str | None = None,
    date_order: Literal["dmy", "mdy", "ymd"] | None = None,
    decimal: Literal[".", ","] | None = None,
    status: Mapping[str, Literal["employed", "left"]] | None = None,
    acting: Mapping[str, str] | None = None,
    accept: Sequence[str] | None = None,
    cycle: Cycle | str | None = None,
    policy: BudgetPolicy | None = None,
    as_of: date | str | None = None,
    name: str | None = None,
) -> Roster:
    """Return the people of a roster, ready to make workbooks.

    Parameters
    ----------
    source
        A path (.csv, .tsv, .txt, .xlsx), the bytes of a text file, a list of dictionaries, or any DataFrame.
    catalog
        A catalog, a built-in name or a path.
    map
        Field to column, for columns whose names are not recognized or are ambiguous.
    default_role
        The role for titles that match none; without it they are an error.
    basis, currency, hours
        The pay basis, the currency (ISO 4217) and the weekly full-time hours (40) if the roster does not state them.
    encoding
        The encoding of a text file, if it is neither UTF-8 nor Windows-1252.
    ignore
        Columns to leave out; otherwise a column that may matter is asked about.
    keep
        Columns that are kept as they are, such as the office: people can be grouped by them.
    sheet
        The tab of a workbook, where several may be meant.
    date_order, decimal
        The order of dates (``dmy``, ``mdy``, ``ymd``) and the decimal mark, where the roster does not show them.
    status
        Word of the status column to ``employed`` or ``left``, where the word is not known.
    acting
        Manager who has left or not started to the person who stands in, each by id, e-mail or unique name.
    accept
        Codes of problems that you have checked and that are right as they are, such as ``pay-far-apart``.
    cycle
        The review cycle, or its id; by default the newest one of the answers, otherwise the year of ``as_of``.
    policy
        The rules for the size of the training budget; by default 3% of annual pay.
    as_of
        The reference date; by default the cycle's date, otherwise today.
    name
        The roster's name in problems; by default the file's name.

    Raises
    ------
    InputError
        With everything that is wrong with the roster or the catalog.

    >>> people = [{"id": "1", "name": "Ana Ruiz", "title": "Product Manager", "annual salary": "120000"}]
    >>> roster = load_roster(people, currency="USD", as_of=date(2026, 3, 1))
    >>> roster
    <Roster of 1 person, 0 teams, cycle 2026>
    >>> roster.person("Ana Ruiz").budget().records()[0]["allocation"]
    3600.0
    """
    given = {key: value for key, value in locals().items() if key in RosterOptions.model_fields and value is not None}
    options = validated(RosterOptions, given, "load_roster")
    known, odd = (catalog.checked(), ()) if isinstance(catalog, Catalog) else read_catalog(catalog)
    named = cycle if isinstance(cycle, Cycle) else None
    day = as_day(as_of, "load_roster: as_of") if as_of else named.date if named else date.today()
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        expected = f"a day from {FIRST_YEAR} to {LAST_YEAR}"
        raise refusal("out-of-range", "load_roster: as_of", str(day), expected, "correct the date")
    rules = policy or BudgetPolicy()
    year = rules.fiscal_year(min(day, named.date) if named else day)
    reading = read_roster(source, catalog=known, options=options, as_of=day, fiscal_year=year, name=name)
    rules = rules_of_roster(rules, reading, known)
    paid_in = {pay.currency for pay in reading.pay} | {who.currency for who in reading.people if who.currency}
    return Roster(
        catalog=known,
        reading=replace(reading, notes=(*odd, *reading.notes)),
        cycle=named or Cycle(id=str(cycle or day.year), label=str(cycle or day.year), date=day),
        policy=rules,
        as_of=day,
        cycle_named=PARTS if named else frozenset(["id"] if cycle else []),
        currency=options.currency or (paid_in.pop() if len(paid_in) == 1 else ""),
    )
