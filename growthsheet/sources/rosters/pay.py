"""What people are paid: the basis and the currency of each amount, known or asked about, never guessed in silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from operator import itemgetter

from growthsheet.model import Basis, Pay
from growthsheet.model.parts import lean
from growthsheet.sources.rosters.headers import FOR_FULL_TIME, basis_in, payments_in, period_of, same_period, says
from growthsheet.sources.rosters.mapping import Mapped
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.tables.columns import NAMED_ROWS, FieldColumns, TableColumn, in_rows, quoted
from growthsheet.text.counts import first_of, plural
from growthsheet.text.currencies import candidates, iso_4217, named_in
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_FACTOR = {
    Basis.ANNUAL: "",
    Basis.ANNUAL_FTE: ", taken times the share of full time",
    Basis.MONTHLY: ", taken times 12",
    Basis.MONTHLY_FTE: ", taken times 12 times the share of full time",
    Basis.HOURLY: ", taken times weekly hours times 52",
}
_OF_A_YEAR = {Basis.MONTHLY: Basis.ANNUAL, Basis.MONTHLY_FTE: Basis.ANNUAL_FTE}
_KINDS = f"one of {', '.join(basis.value for basis in Basis if basis is not Basis.MONTHLY_FTE)}"
_LEAST = 2
"""Pay of a month or a year that is less for everybody stands for something else."""
PAY_FAR_APART = 100
"""So many times another's pay is more likely an error than pay."""


def read_pay(
    entries: Sequence[PersonRow], columns: FieldColumns, options: RosterOptions, as_of: date, findings: ProblemList
) -> tuple[tuple[Pay, ...], list[Mapped]]:
    """Return the pay of everybody who has an amount, and the guesses that were made."""
    paid = [entry for entry in entries if entry.paid]
    unpaid = sum(not entry.paid and entry.allocation is None for entry in entries)
    if "salary" in columns and unpaid:
        findings.note("no-pay", columns["salary"].place, f"{unpaid:,} blank: no training budget is worked out there")
    if not paid:
        return (), []
    reader = PayReader(paid, columns, columns["salary"], options, findings)
    reader.judge_bases()
    currencies, guessed = reader.currencies()
    reader.compare(currencies)
    _ask_later(paid, as_of, columns, findings)
    rows = Counter(entry.id for entry in paid)
    pay: list[Pay] = []
    for (entry, basis), code in zip(reader.bases, currencies, strict=True):
        if (amount := entry.amount) is None or not basis or not code:
            continue
        if (payments := reader.payments(entry)) and basis in _OF_A_YEAR:  # it is paid more than 12 times a year
            amount, basis = amount * payments, _OF_A_YEAR[basis]
        fte = entry.fte if rows[entry.id] > 1 else None  # in a history of pay each row has a working time of its own
        hours, start = entry.hours, entry.pay_from
        one = Pay(person=entry.id, amount=amount, currency=code, basis=basis, hours=hours, start=start, fte=fte)
        pay.append(lean(one))
    return tuple(pay), guessed


def _ask_later(paid: Sequence[PersonRow], as_of: date, columns: FieldColumns, findings: ProblemList) -> None:
    """Ask about people whose only pay begins later: it would count at once."""
    first: dict[str, PersonRow] = {}
    for entry in sorted(paid, key=lambda each: each.pay_from or date.min):
        first.setdefault(entry.id, entry)
    if later := [entry for entry in first.values() if entry.pay_from and entry.pay_from > as_of]:
        found = f"pay of {plural(later, 'person')} counts only from a day after {as_of}, first in row {later[0].row}"
        hint = "add rows with the pay until then, or say --accept pay-not-yet to count it from now"
        findings.ask("pay-not-yet", columns["pay_from"].place, found, "today's pay", hint)


@dataclass(frozen=True)
class PayReader:
    """The rows that have an amount of pay, and what the columns and the user say about it."""

    paid: Sequence[PersonRow]
    columns: FieldColumns
    column: TableColumn
    options: RosterOptions
    findings: ProblemList

    @cached_property
    def part_time(self) -> list[PersonRow]:
        """Those who work part-time: by FTE or hours, or where these say nothing by the word of the status."""
        return [
            e for e in self.paid if e.fte < 1 or (not e.time_known and says("part_time", f"{e.status} {e.worker_type}"))
        ]

    def payments(self, entry: PersonRow) -> Decimal | None:
        """Return how often a year a month's pay is paid, where that is said and not 12."""
        found = entry.payments or payments_in(entry.basis) or payments_in(self.column.name)
        return found if found != 12 else None

    @cached_property
    def bases(self) -> list[tuple[PersonRow, Basis | None]]:
        """The rows, each with the basis of its amount; None where it has to be asked for.

        A row's own word comes first, then what the user named, then the header. A row that says "annual" leaves open
        whether part-time is counted in; there the user's word completes it.
        """
        named, header = self.options.basis, basis_in(self.column.name)
        own = [(entry, period_of(entry.basis) if entry.basis else named or header) for entry in self.paid]
        return [(entry, named if basis and named and same_period(basis, named) else basis) for entry, basis in own]

    def judge_bases(self) -> None:
        """Tell what pay is worked out from; ask where that is not known, or contradicted."""
        named, header = self.options.basis, basis_in(self.column.name)
        if named and header and not same_period(named, header):
            found = f"the name says {header.value}; read as {named.value}, as you asked"
            self.findings.note("basis-overruled", self.column.place, found)
        if header and not named:
            self._refuse_other_periods(header)
        self._ask_unknown(Counter(entry.basis for entry, kind in self.bases if kind is None))
        self._ask_part_time()
        self._tell_bases()

    def _refuse_other_periods(self, header: Basis) -> None:
        """Refuse rows whose own word for the period is another one than that of the column's name."""
        own = [(entry, period_of(entry.basis)) for entry in self.paid]
        against = [entry for entry, basis in own if basis and not same_period(header, basis)]
        if against:
            rows = in_rows((quoted(entry.basis), entry.row) for entry in against)
            named = self.columns.get("basis")
            hint = f'leave it out with --ignore "{one_line(named.name)}"' if named else "correct the cells"
            hint += f", or say --basis {header.value} to read each row as it says"
            found = f"the name says {header.value}, the rows {rows}"
            self.findings.error("basis-conflict", self.column.place, found, "one period", hint)

    def _ask_unknown(self, unknown: Counter[str]) -> None:
        """Ask about the words for the period that nobody knows, and about rows that have none."""
        if words := [text for text in unknown if text]:
            hint = "correct them, or leave the column out with --ignore and say --basis"
            told = first_of([f"{quoted(text)} (rows: {unknown[text]:,})" for text in words], NAMED_ROWS)
            self.findings.error("unknown-basis", self.columns.get("basis", self.column).place, told, _KINDS, hint)
        if "" in unknown:
            told = f"the name {quote(self.column.name)} does not say what period the amounts are for"
            if self.part_time:
                told += f"; {plural(self.part_time, 'person')} part-time: annual_fte and monthly_fte are for full time"
            self.findings.error("basis-unclear", self.column.place, told, _KINDS, "say which, as in --basis annual")

    def _ask_part_time(self) -> None:
        """Ask whether pay of people who work part-time is what they get, and for full-time pay who they are."""
        timed = self.columns.keys() & {"fte", "hours"}
        expected, who = "whether part-time is already counted in", 'who works part-time with --map fte="..." or hours'
        part_time = {id(entry) for entry in self.part_time}
        for kind, full in FOR_FULL_TIME.items():
            less = [entry for entry, basis in self.bases if basis is kind and id(entry) in part_time]
            paid, full_time = f"--basis {kind.value} (it is what is really paid)", f"--basis {full.value}"
            if less and not self.options.basis:
                who_first = f"{plural(less, 'person')}, first in row {less[0].row}"
                found = f"{kind.value} pay and less than full time: {who_first}"
                hint = f"say {paid} or {full_time} (what full time would pay)" + (f" and {who}" * (not timed))
                if "hours" in self.columns:
                    [(most, _)] = Counter(entry.hours for entry in less).most_common(1)
                    hint += f"; or --hours {most:g} if that is full time"
                self.findings.error("part-time-pay-unclear", self.column.place, found, expected, hint)
            if not timed and (whole := [entry for entry, basis in self.bases if basis is full]):
                found = f"{full.value} pay of {plural(whole, 'person')}, and no column says who works part-time"
                hint = f"say {who}; or {paid}, also if all work full time"
                self.findings.error("part-time-pay-unclear", self.column.place, found, expected, hint)

    def _tell_bases(self) -> None:
        """Tell what a year's pay is worked out from."""
        for (kind, often), count in Counter((kind, self.payments(e)) for e, kind in self.bases if kind).items():
            factor = _FACTOR[kind].replace("12", f"{often:f}" if often else "12")
            told = f"{plural(count, f'{kind.value} amount')}{factor}"
            if self.part_time and kind in FOR_FULL_TIME:
                told += f"; part-time is taken to be counted in ({plural(self.part_time, 'person')})"
            unsaid = [entry for entry, one in self.bases if one is kind and not entry.time_known]
            if kind is Basis.HOURLY and unsaid:
                hours, people = self.options.hours, plural(unsaid, "person")
                told += f"; {hours:g} hours for {people} without hours on the roster (--hours)"
            self.findings.note("pay-basis", self.column.place, told)

    def currencies(self) -> tuple[list[str], list[Mapped]]:
        """Return the currency of each row: by its own column, the sign or format of its amount, the header, the option.

        What two of these say of one row must go together; a row of which none says anything is asked about.
        """
        named, header = self.options.currency, named_in(self.column.name)
        found: list[str] = []
        unknown: dict[str, list[int]] = defaultdict(list)
        conflicts: dict[str, list[int]] = defaultdict(list)
        open_signs: set[str] = set()
        for entry in self.paid:
            beside = [text for text in (entry.sign if currencies_of_text(entry.sign) else "", header) if text]
            sources = [entry.currency, *beside] if entry.currency else beside
            meanings = [set(currencies_of_text(text)) for text in sources]
            both = set.intersection(*meanings) if meanings else set()
            common = both
            if named and (len(both) > 1 or not entry.currency):
                both = both & {named} if sources else {named}
            if entry.currency and not meanings[0]:
                unknown[entry.currency].append(entry.row)
            elif sources and not both:
                against = f"--currency {named}" if common else f"{one_line(beside[-1])} in its name"
                if entry.currency:
                    against = f"{min(meanings[0])} in the column {one_line(self.columns['currency'].name)}"
                conflicts[f"{one_line(beside[0])} there and {against}"].append(entry.row)
            elif len(both) > 1:
                open_signs.add(entry.currency or entry.sign)
            found.append(min(both) if len(both) == 1 else "")
        self._refuse_currencies(unknown, conflicts)
        unsaid = [e for e in self.paid if not named and not (e.currency or currencies_of_text(e.sign) or header)]
        hint = "name it with --currency, or add a currency column"
        if open_signs == {"$"} and not set(found) - {""} and not conflicts:
            also = f", also in {plural(unsaid, 'row')} without a sign" if unsaid else ""
            self.findings.note("currency-guess", self.column.place, f"'$' is taken as USD{also}", hint)
            return ["USD"] * len(self.paid), [Mapped("currency", self.column.name, "the sign $", guess=True)]
        told = ""
        if open_signs:
            told = f"{' and '.join(sorted(map(quoted, open_signs)))} may be several currencies"
        elif unsaid:
            some = f"no currency in rows {_rows(e.row for e in unsaid)}, and one in others"
            told = some if len(unsaid) < len(self.paid) else "no currency is named"
        if told:
            self.findings.error("currency-unclear", self.column.place, told, "a currency", hint)
        mixed = {code for code, entry in zip(found, self.paid, strict=True) if code and not entry.currency}
        if len(mixed) > 1:
            said = f"{', '.join(sorted(mixed))} in one column, and no column for the currency"
            hint = "say --accept currency-conflict"
            self.findings.ask("currency-conflict", self.column.place, said, "one currency", hint)
        self._refuse_mixed_histories(found)
        return found, []

    def _refuse_mixed_histories(self, currencies: Sequence[str]) -> None:
        """Refuse pay of one person in several currencies: its average over the year would add them up."""
        first: dict[str, str] = {}
        paid = [(entry, code) for entry, code in zip(self.paid, currencies, strict=True) if code]
        if rows := [entry.row for entry, code in paid if first.setdefault(entry.id, code) != code]:
            found = f"pay in another currency than in an earlier row of the same person (rows {_rows(rows)})"
            hint = "convert the pay before the change, or leave it out if it ended before this fiscal year"
            self.findings.error("currency-conflict", self.column.place, found, "one currency for each person", hint)

    def _refuse_currencies(self, unknown: Mapping[str, Sequence[int]], conflicts: Mapping[str, Sequence[int]]) -> None:
        for text, rows in unknown.items():
            place = f"{self.findings.place}, row {rows[0]}, column {one_line(self.columns['currency'].name)}"
            found = f"{quoted(text)}" + (f" ({plural(rows, 'row')})" if len(rows) > 1 else "")
            self.findings.error("unknown-currency", place, found, "a code such as EUR", "correct it")
        for found, rows in conflicts.items():
            place, more = self.column.place, f" (rows {_rows(rows)})"
            if len(rows) == 1:
                place, more = f"{self.findings.place}, row {rows[0]}, column {one_line(self.column.name)}", ""
            hint = "correct one of them, or leave a wrong currency column out with --ignore"
            self.findings.error("currency-conflict", place, found + more, "one currency", hint)

    def compare(self, currencies: Sequence[str]) -> None:
        """Ask about pay that is zero for everybody, or a thousand times another's; no amount is told."""
        amounts = {entry.row: entry.amount for entry in self.paid if entry.amount is not None}
        zero = [row for row, amount in amounts.items() if amount == 0]
        if amounts and {kind for _, kind in self.bases} != {Basis.HOURLY} and max(amounts.values()) < _LEAST:
            hint = "name another column with --map salary=..., or say --accept pay-all-zero"
            found = "everybody's pay is zero" if len(zero) == len(amounts) else f"nobody is paid as much as {_LEAST}"
            self.findings.ask("pay-all-zero", self.column.place, found, "amounts of pay", hint)
        elif zero:
            found = f"pay is zero in rows {_rows(zero)}: the allowance there is zero too"
            self.findings.note("pay-zero", self.column.place, found)
        groups: dict[tuple[Basis | None, str], list[tuple[Decimal, int]]] = defaultdict(list)
        for (entry, kind), code in zip(self.bases, currencies, strict=True):
            if entry.amount:
                groups[kind, code].append((entry.amount, entry.row))
        for same in groups.values():
            (low, low_row), (high, high_row) = min(same, key=itemgetter(0)), max(same, key=itemgetter(0))
            if high >= PAY_FAR_APART * low:
                found = f"the pay in row {high_row} is {PAY_FAR_APART:,} times that in row {low_row}, or more"
                hint = 'correct it, say --map basis="..." with the column that says which rows are monthly or hourly, '
                hint += "or say --accept pay-far-apart"
                self.findings.ask("pay-far-apart", self.column.place, found, "pay of one kind", hint)


def currencies_of_text(text: str) -> tuple[str, ...]:
    """Return the currencies that the text of a cell can stand for; none where it is no currency."""
    code = text.strip().upper()
    return (code,) if code in iso_4217() else candidates(text) or ((one,) if (one := named_in(text)) else ())


def _rows(numbers: Iterable[int]) -> str:
    return first_of(list(map(str, numbers)), NAMED_ROWS)
