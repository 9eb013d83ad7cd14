"""Read what people bring along from the last fiscal year's training budget, as ``carry-over`` writes it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from growthsheet.errors import Problem
from growthsheet.sources.rosters.headers import field_of
from growthsheet.sources.rosters.mapping import map_columns
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.rows import read_person_rows
from growthsheet.sources.tables.read_table import read_table
from growthsheet.text.counts import plural
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import quote
from growthsheet.views.shown_answers import with_nearest

CARRY_IN_COLUMNS = ("id", "name", "carry_in", "currency")


def read_carry_in(
    source: Any, currencies: Mapping[str, str], others: Iterable[str], known: Mapping[str, Decimal]
) -> tuple[dict[str, Decimal], tuple[Problem, ...]]:
    """Return the amount that each person brings along, and notes; raise InputError with everything that is wrong.

    ``currencies`` holds the currency of everybody who has a budget row, by id, blank where it is not known; ``others``
    the ids of everybody else on the roster; ``known`` the amounts that the roster states itself.
    """
    findings = ProblemList(Path(source).name if isinstance(source, str | os.PathLike) else "with_carry_in")
    table = read_table(source, lambda text: bool(field_of(text)), findings)
    columns, _ = map_columns(table, RosterOptions(), findings)
    if missing := [name for name in ("id", "name", "carry_in") if name not in columns]:
        hint = "use the file as growthsheet carry-over wrote it"
        lacks, expected = f"no column for {', '.join(missing)}", ", ".join(CARRY_IN_COLUMNS)
        raise findings.fatal("no-column", findings.place, lacks, expected, hint)
    found: dict[str, Decimal] = {}
    for row in read_person_rows(table, columns, RosterOptions(), findings):
        place, paid_in = row.place(findings), currencies.get(row.id, "")
        if row.id in found:
            findings.error("repeated-id", place, f"{quote(row.id)} a second time", "each id once", "take one row out")
        if row.currency and paid_in and row.currency.upper() != paid_in:
            hint = "give the amount in that currency"
            findings.error("several-currencies", place, row.currency, f"{paid_in}, as the person's pay", hint)
        amount = row.carry_in or Decimal(0)
        if known.get(row.id, amount) != amount:
            hint = "correct one of them, or take the roster's column out with --ignore"
            findings.error("two-columns", place, "another amount than the roster's carry_in", "one amount", hint)
        found[row.id] = amount
    findings.refuse()
    unknown = sorted(id for id in found.keys() - currencies.keys() - set(others) if found[id])
    if unknown:
        told = with_nearest(unknown, currencies.keys() - found.keys())
        said = f"amounts for {plural(unknown, 'person')} not on the roster are not counted: {told}"
        hint = "if an id was changed, write the new one into this file; leave out people who have left"
        findings.note("carry-in-of-nobody", findings.place, said, hint)
    return {id: amount for id, amount in found.items() if id in currencies}, findings.notes
