"""What people are paid: the basis and the currency of each amount, known or asked about, never guessed in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from growthsheet.model import Basis, Pay
from growthsheet.model.parts import lean
from growthsheet.sources.rosters.headers import basis_in
from growthsheet.sources.rosters.mapping import Mapped
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.tables.columns import TableColumn, quoted
from growthsheet.text.counts import plural
from growthsheet.text.currencies import candidates, named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_FACTOR = {
    Basis.ANNUAL: "times 1",
    Basis.ANNUAL_FTE: "times the share of full time",
    Basis.MONTHLY: "times 12",
    Basis.HOURLY: "times weekly hours times 52",
}
_A_YEAR = {Basis.ANNUAL, Basis.ANNUAL_FTE}
_KINDS = ", ".join(basis.value for basis in Basis)


def read_pay(
    entries: Sequence[PersonRow],
    columns: Mapping[str, TableColumn],
    basis: Basis | None,
    currency: str | None,
    findings: ProblemList,
) -> tuple[tuple[Pay, ...], list[Mapped]]:
    """The pay of everybody who has an amount, and what was understood without being told."""
    paid = [entry for entry in entries if entry.amount is not None]
    if not paid:
        return (), []
    if len(paid) < len(entries):
        unpaid = len(entries) - len(paid)
        findings.note("no-pay", columns["salary"].place, f"{unpaid:,} blank: no training budget is worked out there")
    bases = _bases(paid, columns, basis, findings)
    currencies, guessed = _currencies(paid, columns, currency, findings)
    pay = tuple(
        lean(Pay(person=e.id, amount=e.amount, currency=code, basis=kind, hours=e.hours, start=e.pay_from))
        for e, kind, code in zip(paid, bases, currencies, strict=True)
        if e.amount is not None and kind and code
    )
    return pay, guessed


def _bases(
    paid: Sequence[PersonRow], columns: Mapping[str, TableColumn], named: Basis | None, findings: ProblemList
) -> list[Basis | None]:
    column = columns["salary"]
    header = basis_in(column.name)
    bases = [_basis(entry, named or header, named) for entry in paid]
    if named and header and named is not header and {named, header} != _A_YEAR:
        found = f"the name says {header.value}; read as {named.value}, as told"
        findings.note("basis-overruled", column.place, found)
    unknown = Counter(entry.basis for entry, kind in zip(paid, bases, strict=True) if kind is None)
    for found, count in unknown.items():
        if found:
            place, hint = columns["basis"].place, "correct it, or leave the column out and say --basis"
            findings.error("unknown-basis", place, f"{quoted(found)} (rows: {count:,})", f"one of {_KINDS}", hint)
        else:
            told = f"the name {quote(column.name)} does not say what period the amounts are for"
            findings.error("basis-unclear", column.place, told, f"one of {_KINDS}", "say it with --basis")
    if named is None:
        _ask_part_time(paid, bases, column, findings)
    for kind, count in Counter(kind for kind in bases if kind).items():
        told = f"{plural(count, f'{kind.value} amount')}; a year is the amount {_FACTOR[kind]}"
        findings.note("pay-basis", column.place, told)
    return bases


def _basis(entry: PersonRow, header: Basis | None, named: Basis | None) -> Basis | None:
    """A row's own word first, then what the user named, then the header.

    A row that says "annual" leaves open whether part-time is counted in; there the user's word completes it.
    """
    if not entry.basis:
        return header
    found = basis_in(entry.basis)
    return named if found is Basis.ANNUAL and named in _A_YEAR else found


def _ask_part_time(
    paid: Sequence[PersonRow], bases: Sequence[Basis | None], column: TableColumn, findings: ProblemList
) -> None:
    part_time = [e for e, kind in zip(paid, bases, strict=True) if kind is Basis.ANNUAL and e.fte < 1]
    if part_time:
        found = f"annual pay and less than full time: {plural(part_time, 'person')}, first in row {part_time[0].row}"
        expected = "whether part-time is already counted in"
        hint = "say --basis annual (it is what is really paid) or --basis annual_fte (it is what full time would pay)"
        findings.error("part-time-pay-unclear", column.place, found, expected, hint)


def _currencies(
    paid: Sequence[PersonRow], columns: Mapping[str, TableColumn], named: str | None, findings: ProblemList
) -> tuple[list[str], list[Mapped]]:
    found = {text: _code(text) for text in {entry.currency for entry in paid}}
    for entry in paid:
        if entry.currency and not found[entry.currency]:
            place = f"{findings.place}, row {entry.row}, column {one_line(columns['currency'].name)}"
            findings.error("unknown-currency", place, quoted(entry.currency), "a code such as EUR", "correct it")
    _refuse_other_signs(paid, found, columns, findings)
    silent = [entry for entry in paid if not entry.currency]
    common, guessed = _common(silent, columns["salary"], named, findings) if silent else ("", [])
    return [found[entry.currency] or common for entry in paid], guessed


def _refuse_other_signs(
    paid: Sequence[PersonRow], found: Mapping[str, str], columns: Mapping[str, TableColumn], findings: ProblemList
) -> None:
    """Tell where the currency column says one currency and the amount, or the header above it, another."""
    column = columns["salary"]
    header = named_in(column.name)
    for entry in paid:
        code, sign = found[entry.currency], entry.sign or header
        if code and sign and code not in candidates(sign):
            place = f"{findings.place}, row {entry.row}, column {one_line(column.name)}"
            told = f"{one_line(sign)} there and {code} in the column {one_line(columns['currency'].name)}"
            findings.error("currency-conflict", place, told, "one currency", "correct one of them")


def _code(text: str) -> str:
    """The currency that a cell of the currency column names; "" when it is none, or may be several."""
    if re.fullmatch(r"[A-Za-z]{3}", text, re.ASCII):
        return text.upper()
    codes = candidates(text)
    return codes[0] if len(codes) == 1 else ""


def _common(
    silent: Sequence[PersonRow], column: TableColumn, named: str | None, findings: ProblemList
) -> tuple[str, list[Mapped]]:
    """The currency of all rows that have none of their own: named, else in the header, else by the signs."""
    signs = sorted({entry.sign for entry in silent if entry.sign})
    meanings = [set(candidates(sign)) for sign in signs]
    told = {code for code in (named, named_in(column.name)) if code}
    told |= {min(codes) for codes in meanings if len(codes) == 1}
    hint = "say it with --currency, or add a currency column"
    if len(told) > 1 or any(codes.isdisjoint(told) for codes in meanings if told):
        found = f"{', '.join([*sorted(told), *signs])} do not go together"
        findings.error("currency-conflict", column.place, found, "one currency", "add a currency column")
        return "", []
    if told:
        return min(told), []
    if signs == ["$"]:
        findings.note("currency-guess", column.place, "'$' is taken as USD", hint)
        return "USD", [Mapped("currency", column.name, "the sign $", guess=True)]
    found = f"{' and '.join(signs)} may be several currencies" if signs else "the currency is not said anywhere"
    findings.error("currency-unclear", column.place, found, "a currency", hint)
    return "", []
