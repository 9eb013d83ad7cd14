"""Training budgets that are fixed amounts: the currency of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from growthsheet.model import Pay
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.pay import PayReader, currencies_of_text
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.tables.columns import FieldColumns
from growthsheet.text.currencies import named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line


def currencies_of_allocations(
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
            place = f"{findings.place}, row {entry.row}, column {one_line(column.name)}"
            findings.error("currency-conflict", place, found, "one currency", hint)
    if len(only := {*paid_in.values()}) == 1 and not options.currency:
        options = options.model_copy(update={"currency": only.pop()})
    unpaid = [entry for entry in fixed if entry.id not in paid_in]
    codes_of_unpaid, _ = PayReader(unpaid, columns, column, options, findings).currencies()
    return paid_in | dict(zip((entry.id for entry in unpaid), codes_of_unpaid, strict=True))
