"""What people are paid: the basis and the currency of each amount, known or asked about, never guessed in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from growthsheet.model import Basis, Pay
from growthsheet.model.parts import lean
from growthsheet.sources.rosters.headers import basis_in
from growthsheet.sources.rosters.mapping import Mapped
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.rosters.working_time import PART_TIME
from growthsheet.sources.tables.columns import NAMED_ROWS, TableColumn, quoted
from growthsheet.text.counts import first_of, plural
from growthsheet.text.currencies import ISO_4217, candidates, named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_FACTOR = {
    Basis.ANNUAL: "times 1",
    Basis.ANNUAL_FTE: "times the share of full time",
    Basis.MONTHLY: "times 12",
    Basis.MONTHLY_FTE: "times 12 times the share of full time",
    Basis.HOURLY: "times weekly hours times 52",
}
_FULL_TIME = {Basis.ANNUAL: Basis.ANNUAL_FTE, Basis.MONTHLY: Basis.MONTHLY_FTE}
"""The bases that leave open whether part-time is counted in, each with the one that says it is not."""
_SAME_PERIOD = {frozenset((one, other)) for one, other in _FULL_TIME.items()} | {frozenset((b,)) for b in Basis}
_LETTERS = {"A": Basis.ANNUAL, "Y": Basis.ANNUAL, "M": Basis.MONTHLY, "H": Basis.HOURLY}
"""What payroll systems write into a column of periods."""
_KINDS = ", ".join(basis.value for basis in Basis if basis is not Basis.MONTHLY_FTE)
PAY_FAR_APART = 1000
"""So many times another's pay is more likely an error than pay."""


def read_pay(
    entries: Sequence[PersonRow], columns: Mapping[str, TableColumn], options: RosterOptions, findings: ProblemList
) -> tuple[tuple[Pay, ...], list[Mapped]]:
    """The pay of everybody who has an amount, and what was understood without being told."""
    paid = [entry for entry in entries if entry.paid]
    if not paid:
        return (), []
    if len(paid) < len(entries):
        unpaid = len(entries) - len(paid)
        findings.note("no-pay", columns["salary"].place, f"{unpaid:,} blank: no training budget is worked out there")
    bases = _bases(paid, columns, options.basis, options, findings)
    currencies, guessed = _currencies(paid, columns, options.currency, findings)
    _compare(paid, bases, currencies, columns["salary"], findings)
    pay = tuple(
        lean(Pay(person=e.id, amount=e.amount, currency=code, basis=kind, hours=e.hours, start=e.pay_from))
        for e, kind, code in zip(paid, bases, currencies, strict=True)
        if e.amount is not None and kind and code
    )
    return pay, guessed


def _bases(
    paid: Sequence[PersonRow],
    columns: Mapping[str, TableColumn],
    named: Basis | None,
    options: RosterOptions,
    findings: ProblemList,
) -> list[Basis | None]:
    column = columns["salary"]
    header = basis_in(column.name)
    bases = [_basis(entry, named or header, named) for entry in paid]
    if named and header and frozenset((named, header)) not in _SAME_PERIOD:
        found = f"the name says {header.value}; read as {named.value}, as told"
        findings.note("basis-overruled", column.place, found)
    part_time = [entry for entry in paid if _works_less(entry)]
    _refuse_contradicted(paid, header, named, columns, findings)
    unknown = Counter(entry.basis for entry, kind in zip(paid, bases, strict=True) if kind is None)
    if words := [text for text in unknown if text]:
        place = columns["basis"].place if "basis" in columns else column.place
        hint = "correct them, or leave the column out with --ignore and say --basis"
        told = first_of([f"{quoted(text)} (rows: {unknown[text]:,})" for text in words], NAMED_ROWS)
        findings.error("unknown-basis", place, told, f"one of {_KINDS}", hint)
    if "" in unknown:
        told = f"the name {quote(column.name)} does not say what period the amounts are for"
        if part_time:
            told += f"; {plural(part_time, 'person')} part-time: annual_fte and monthly_fte are for full time"
        findings.error("basis-unclear", column.place, told, f"one of {_KINDS}", "say it with --basis")
    if named is None:
        _ask_part_time(paid, bases, column, findings)
    for kind, count in Counter(kind for kind in bases if kind).items():
        told = f"{plural(count, f'{kind.value} amount')}; a year is the amount {_FACTOR[kind]}"
        if part_time and kind in _FULL_TIME:
            told += f"; part-time is taken as counted in ({plural(part_time, 'person')})"
        unsaid = [entry for entry, one in zip(paid, bases, strict=True) if one is kind and not entry.time_known]
        if kind is Basis.HOURLY and unsaid:
            told += f"; {options.hours:g} hours for {plural(unsaid, 'person')}, of whom the roster says none (--hours)"
        findings.note("pay-basis", column.place, told)
    return bases


def _basis(entry: PersonRow, header: Basis | None, named: Basis | None) -> Basis | None:
    """A row's own word first, then what the user named, then the header.

    A row that says "annual" leaves open whether part-time is counted in; there the user's word completes it.
    """
    if not entry.basis:
        return header
    found = _LETTERS.get(entry.basis.upper()) or basis_in(entry.basis)
    return named if found and named and frozenset((found, named)) in _SAME_PERIOD else found


def _refuse_contradicted(
    paid: Sequence[PersonRow],
    header: Basis | None,
    named: Basis | None,
    columns: Mapping[str, TableColumn],
    findings: ProblemList,
) -> None:
    """Refuse rows whose own word for the period is another one than that of the column's name."""
    against = [
        entry
        for entry in paid
        if header and (own := basis_in(entry.basis)) and frozenset((header, own)) not in _SAME_PERIOD
    ]
    if against and named is None:
        column, place = columns.get("basis"), columns["salary"].place
        rows = first_of([f"{quoted(entry.basis)} (row {entry.row})" for entry in against], NAMED_ROWS)
        hint = f'leave it out with --ignore "{one_line(column.name)}"' if column else "correct the cells"
        found = f"the name says {header.value if header else ''}, the rows {rows}"
        findings.error("basis-conflict", place, found, "one period", f"{hint}, or name the column's period in its name")


def _works_less(entry: PersonRow) -> bool:
    """Whether somebody works part-time, by FTE or hours, or where these say nothing by the word of the status."""
    return entry.fte < 1 or (not entry.time_known and bool(PART_TIME.search(entry.status)))


def _ask_part_time(
    paid: Sequence[PersonRow], bases: Sequence[Basis | None], column: TableColumn, findings: ProblemList
) -> None:
    for kind, full in _FULL_TIME.items():
        part_time = [e for e, each in zip(paid, bases, strict=True) if each is kind and _works_less(e)]
        if part_time:
            people = plural(part_time, "person")
            found = f"{kind.value} pay and less than full time: {people}, first in row {part_time[0].row}"
            expected = "whether part-time is already counted in"
            hint = (
                f"say --basis {kind.value} (it is what is really paid) "
                f"or --basis {full.value} (it is what full time would pay)"
            )
            findings.error("part-time-pay-unclear", column.place, found, expected, hint)


def _currencies(
    paid: Sequence[PersonRow], columns: Mapping[str, TableColumn], named: str | None, findings: ProblemList
) -> tuple[list[str], list[Mapped]]:
    """The currency of each row: by its own column, the sign or format of its amount, the header, the option.

    What two of these say of one row must go together; a row of which none says anything is asked about.
    """
    column = columns["salary"]
    header = named_in(column.name)
    found: list[str] = []
    unknown: dict[str, list[int]] = defaultdict(list)
    conflicts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    open_signs: set[str] = set()
    for entry in paid:
        sources = [text for text in (entry.currency, entry.sign if _codes(entry.sign) else "", header) if text]
        meanings = [set(_codes(text)) for text in sources]
        both = set.intersection(*meanings) if meanings else set()
        if len(both) > 1 or not entry.currency:
            both = both & {named} if sources and named else both or ({named} if named and not sources else set())
        if entry.currency and not meanings[0]:
            unknown[entry.currency].append(entry.row)
        elif sources and not both:
            there = [f"{one_line(text)} there" for text in sources[bool(entry.currency) :]][:1]
            words = [f"{one_line(text)} in its name" for text in sources[bool(entry.currency) :][1:]]
            if entry.currency:
                words = [f"{min(meanings[0])} in the column {one_line(columns['currency'].name)}"]
            elif named and set.intersection(*meanings):
                words = [f"--currency {named}"]
            conflicts[*there, *words].append(entry.row)
        elif len(both) > 1:
            open_signs.add(entry.currency or entry.sign)
        found.append(min(both) if len(both) == 1 else "")
    _tell_currencies(unknown, conflicts, columns, findings)
    unsaid = [e for e in paid if not named and not (e.currency or _codes(e.sign) or header)]
    hint = "say it with --currency, or add a currency column"
    if open_signs == {"$"} and not set(found) - {""} and not conflicts:
        also = f", also in {plural(unsaid, 'row')} without a sign" if unsaid else ""
        findings.note("currency-guess", column.place, f"'$' is taken as USD{also}", hint)
        return ["USD"] * len(paid), [Mapped("currency", column.name, "the sign $", guess=True)]
    if open_signs:
        told = f"{' and '.join(sorted(map(quoted, open_signs)))} may be several currencies"
        findings.error("currency-unclear", column.place, told, "a currency", hint)
    elif unsaid:
        rows = first_of([str(entry.row) for entry in unsaid], NAMED_ROWS)
        some = f"no currency is said in rows {rows}, and others say one"
        told = some if len(unsaid) < len(paid) else "the currency is not said anywhere"
        findings.error("currency-unclear", column.place, told, "a currency", hint)
    mixed = {code for code, entry in zip(found, paid, strict=True) if code and not entry.currency}
    if len(mixed) > 1:
        said = f"{', '.join(sorted(mixed))} in one column without a column for the currency"
        findings.ask("currency-conflict", column.place, said, "one currency", "say --accept currency-conflict")
    return found, []


def _codes(text: str) -> tuple[str, ...]:
    """The currencies that the text of a cell can stand for; none where it is no currency."""
    code = text.strip().upper()
    return (code,) if code in ISO_4217 else candidates(text) or ((one,) if (one := named_in(text)) else ())


def _tell_currencies(
    unknown: Mapping[str, Sequence[int]],
    conflicts: Mapping[tuple[str, ...], Sequence[int]],
    columns: Mapping[str, TableColumn],
    findings: ProblemList,
) -> None:
    for text, rows in unknown.items():
        place = f"{findings.place}, row {rows[0]}, column {one_line(columns['currency'].name)}"
        found = f"{quoted(text)}" + (f" ({plural(rows, 'row')})" if len(rows) > 1 else "")
        findings.error("unknown-currency", place, found, "a code such as EUR", "correct it")
    for words, rows in conflicts.items():
        place, more = columns["salary"].place, f" (rows {first_of(list(map(str, rows)), NAMED_ROWS)})"
        if len(rows) == 1:
            place, more = f"{findings.place}, row {rows[0]}, column {one_line(columns['salary'].name)}", ""
        hint = "correct one of them, or leave a wrong currency column out with --ignore"
        findings.error("currency-conflict", place, " and ".join(words) + more, "one currency", hint)


def _compare(
    paid: Sequence[PersonRow],
    bases: Sequence[Basis | None],
    currencies: Sequence[str],
    column: TableColumn,
    findings: ProblemList,
) -> None:
    """Ask about pay that is zero for everybody, or a thousand times another's; no amount is told."""
    amounts = [entry for entry in paid if entry.amount is not None]
    zero = [entry for entry in amounts if entry.amount == 0]
    if amounts and len(zero) == len(amounts):
        hint = "name another column with --map salary=..., or say --accept pay-all-zero"
        findings.ask("pay-all-zero", column.place, "pay is zero for everybody", "amounts of pay", hint)
    elif zero:
        rows = first_of([str(entry.row) for entry in zero], NAMED_ROWS)
        findings.note("pay-zero", column.place, f"pay is zero in rows {rows}: the allowance there is zero too")
    groups: dict[tuple[Basis | None, str], list[PersonRow]] = defaultdict(list)
    for entry, kind, code in zip(paid, bases, currencies, strict=True):
        if entry.amount:
            groups[kind, code].append(entry)
    for same in groups.values():
        low, high = min(same, key=lambda e: e.amount or 0), max(same, key=lambda e: e.amount or 0)
        if (high.amount or 0) >= PAY_FAR_APART * (low.amount or 1):
            found = f"the pay in row {high.row} is {PAY_FAR_APART:,} times that in row {low.row}, or more"
            hint = "correct it, say which rows are monthly or hourly, or say --accept pay-far-apart"
            findings.ask("pay-far-apart", column.place, found, "pay of one kind", hint)
