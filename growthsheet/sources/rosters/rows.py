"""The rows of a roster, each with its values read; nothing is linked to anything yet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from growthsheet.sources.rosters.headers import (
    KEPT_AS_IS,
    MANAGER_KINDS,
    UNITS,
    header_words,
    unit_of,
    unknown_beside_pay,
)
from growthsheet.sources.rosters.locales import read_locales
from growthsheet.sources.rosters.names import NAME_PARTS, full_names, has_letter, with_remarks
from growthsheet.sources.rosters.options import RosterOptions
from growthsheet.sources.rosters.status_words import has_left, may_be_apart
from growthsheet.sources.rosters.words import words
from growthsheet.sources.rosters.working_time import working_time
from growthsheet.sources.tables.columns import FieldColumns, SourceTable, TableColumn, control_character, quoted
from growthsheet.sources.tables.dates import dates
from growthsheet.sources.tables.delimited import RESAVE, is_spoiled
from growthsheet.sources.tables.numbers import Numbers, numbers
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

MOST_OF_AN_ID = 100
"""The longest id that the model takes."""

_TEXTS = (
    *("id", "email", "title", "role", "target_role", "team"),
    *("status", "worker_type", "currency", "basis", "country", "locale"),
)
_MANAGERS = ("manager", *MANAGER_KINDS)
_DATES = ("start", "end", "pay_from")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters that nobody sees; those that join or part the letters of a script are none of them."""
_MONTH = "(?:Jan|Feb|Mar|M\u00e4r|Mrz|Apr|Mai|May|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez)"
_NOTHING = frozenset(("nan", "NaN", "NAN", "None", "null", "NULL", "N/A", "n/a", "undefined"))
"""What programs write into a cell that holds nothing."""
_NO_ID = re.compile(
    r"TRUE|True|true|FALSE|False|false|WAHR|FALSCH|VRAI|FAUX|VERDADERO|FALSO|VERO|WAAR|\d(?:[.,]\d+)?E\+\d\d"
    r"|\d+[eE]\+?\d+|\d+[.,]0+|\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d\d?)?"
    r"|\d{4}([-/.])\d\d?\1\d\d?(?: [\d:.]+)?|\d\d?:\d\d(?::\d\d)?"
    rf"|\d{{1,2}}[-. ]+{_MONTH}[-. ]?(?:\d\d(?:\d\d)?)?|{_MONTH}[- ]\d\d"
)
"""What a spreadsheet makes of ids: truth values, rounded numbers, dates."""
_NO_NAME = re.compile(r"[=<>@#^\\|+*_$%~{}\u2020\u2021]|&#?\w+;|[^\W\d]\?|\?[^\W\d]")
"""What no name has inside: formulas, marks of web pages, lost letters, addresses."""
MOST_RATE = Decimal("0.25")
"""The largest share of pay that a column gives for training; what is larger is working time, tax, or pay itself."""
LONGEST_AMOUNT = 200
"""The most characters of a cell in which an amount and its period are looked for; a longer one is no amount."""
_PERIOD = re.compile(
    r"(?P<amount>.*\d.*?)\s*(?P<period>(?:/|\b(?:per|pro|par|por|an?|p\.?))?\s*\b(?:years?|yr|annum|annually|yearly"
    r"|months?|mo|monthly|hours?|hr|hourly|jahr|monat|stunde|an|mois|heure|a\u00f1o|mes|hora|anno|mese|ora|jaar|maand"
    r"|uur|a\.?)\.?|[x\u00d7]\s*1[2-6](?:[.,]\d\d?)?)",
    re.IGNORECASE,
)
_OF_PAY = frozenset(
    ("row", "amount", "payments", "paid", "sign", "currency", "basis", "pay_from", "fte", "hours", "time_known")
)
"""What may differ between the rows of one person."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one column says about somebody's manager."""

    column: str
    text: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row of a roster. Its repr never shows an amount."""

    row: int
    id: str
    name: str
    called: tuple[str, ...]
    """Other names by which somebody may be told as a manager; the one on paper comes first."""
    email: str
    title: str
    role: str
    target_role: str
    claims: tuple[Claim, ...]
    team: str
    status: str
    worker_type: str
    remark: str
    """What stands beside the name and may say that somebody left or is no employee."""
    currency: str
    basis: str
    locale: str
    start: date | None
    end: date | None
    pay_from: date | None
    fte: float
    hours: float
    time_known: bool
    amount: Decimal | None = field(repr=False)
    payments: Decimal | None
    """How often a year a monthly amount is paid."""
    paid: bool
    """Whether an amount is given, also where it cannot be read."""
    sign: str
    carry_in: Decimal | None = field(repr=False)
    country: str
    rate: Decimal | None
    """The share of pay that is the person's training budget."""
    allocation: Decimal | None = field(repr=False)
    """A training budget that is a fixed amount."""
    allocation_sign: str
    kept: tuple[tuple[str, str], ...] = ()
    """The names and texts of the columns that are kept."""
    breaks: tuple[tuple[date, date], ...] = ()
    """The first and the last day of each time between two spells of employment."""

    def place(self, findings: ProblemList, column: str = "") -> str:
        """Return where the row, or its cell in a column, stands."""
        return f"{findings.place}, row {self.row}" + (f", column {one_line(column)}" if column else "")

    @property
    def ends_before_start(self) -> bool:
        """Whether the dates of employment cannot be right."""
        return self.start is not None and self.end is not None and self.end < self.start

    @property
    def person(self) -> dict[str, object]:
        """What must be the same in all rows of one person: everything but pay, working time and their start."""
        return {name: getattr(self, name) for name in self.__slots__ if name not in _OF_PAY}


def read_person_rows(
    table: SourceTable, columns: FieldColumns, options: RosterOptions, findings: ProblemList
) -> list[PersonRow]:
    """Return all rows that have an id and a name; what cannot be read goes to ``findings``."""
    count, decimal = len(table.rows), options.decimal
    blank = TableColumn(table.name, "", table.rows, [None] * count)
    column = defaultdict(lambda: blank, columns)
    values: dict[str, Sequence[Any]] = {name: _texts(column[name], findings) for name in _TEXTS}
    names = full_names({name: _texts(column[name], findings) for name in NAME_PARTS}, columns, findings)
    values |= {"row": table.rows, "name": [name for name, _ in names], "called": [others for _, others in names]}
    for name in _DATES:
        others = [columns[other] for other in _DATES if other != name and other in columns]
        no_day = words("no_end") if name == "end" else frozenset()
        values[name] = dates(column[name], findings, options.date_order, others, no_day)
    salary, periods = _periods(column["salary"])
    amounts = _amounts(salary, decimal, findings)
    values |= {"amount": amounts.values, "sign": amounts.signs}
    values["paid"] = [cell is not None for cell in salary.cells]
    values["basis"] = [said or period for said, period in zip(values["basis"], periods, strict=True)]
    values["payments"] = numbers(column["payments"], findings, most=Decimal(24), decimal=decimal).values
    if few := {row: "fewer" for row, value in enumerate(values["payments"]) if value is not None and value < 12}:
        hint = "correct it, or leave the column out with --ignore"
        columns["payments"].report(findings, "number-out-of-range", few, "12 to 24 payments a year", hint)
    values["carry_in"] = _amounts(column["carry_in"], decimal, findings).values
    values |= _rules(column["rate"], column["allocation"], decimal, findings)
    told_hours = options.hours if "hours" in options.model_fields_set else None
    values |= working_time(columns, count, told_hours, decimal, findings)
    values["locale"] = read_locales(column["locale"], values["locale"], findings)
    values["claims"] = _claims(columns, count, findings)
    kept = {name: _texts(columns[name], findings) for name in columns if name.startswith(KEPT_AS_IS)}
    values["kept"] = [tuple((name.removeprefix(KEPT_AS_IS), kept[name][n]) for name in kept) for n in range(count)]
    values |= {"breaks": [()] * count, "remark": [""] * count}
    entries = [_tidied(PersonRow(*row)) for row in zip(*(values[name] for name in PersonRow.__slots__), strict=True)]
    _check(entries, columns, findings)
    return [entry for entry in entries if 0 < len(entry.id) <= MOST_OF_AN_ID]


def _amounts(column: TableColumn, decimal: str | None, findings: ProblemList) -> Numbers:
    """Return a column of money as full amounts, by the unit in its name; unknown words in brackets are asked about."""
    read = numbers(column, findings, decimal=decimal)
    if beside := unknown_beside_pay(column.name):
        hint = "rename the column, as in Salary (EUR) or Salary (thousands), or say --accept pay-unit"
        found = f"its name says {quote(beside)} in brackets, which may be what the amounts are counted in"
        findings.ask("pay-unit", column.place, found, "full amounts, or a unit that is known", hint)
    if not (unit := unit_of(column.name)):
        return read
    found = f"its name says {unit}, so each amount is multiplied by {UNITS[unit]:,}"
    findings.note("pay-in-thousands", column.place, found, "rename the column if they are full amounts")
    return replace(read, values=[value and value * UNITS[unit] for value in read.values])


def _tidied(entry: PersonRow) -> PersonRow:
    """Return an entry whose name does not repeat its id, nor say that somebody left or is no employee."""
    for name, remark in with_remarks(entry.name):
        if remark == entry.id:
            return _tidied(replace(entry, name=name))
        said = set(header_words(remark))
        if may_be_apart(remark) or words("leaving") & said or said <= words("name_remarks"):
            if has_left(remark) and not entry.status:
                return _tidied(replace(entry, name=name, status=remark))
            return _tidied(replace(entry, name=name, remark=f"{entry.remark} {remark}".strip()))
    return entry


def _periods(column: TableColumn) -> tuple[TableColumn, list[str]]:
    """Return the amounts of pay without the words for their period, as in ``52,000 per year``; and these words."""
    short = [cell.strip() if isinstance(cell, str) and len(cell) <= LONGEST_AMOUNT else "" for cell in column.cells]
    found = [_PERIOD.fullmatch(cell) for cell in short]
    cells = [match["amount"] if match else cell for match, cell in zip(found, column.cells, strict=True)]
    return replace(column, cells=cells), [match["period"] if match else "" for match in found]


def _check(entries: Sequence[PersonRow], columns: FieldColumns, findings: ProblemList) -> None:
    ids, name = columns["id"], columns.get("name") or columns.get("last_name") or columns["first_name"]
    blank, long, odd, unnamed, strange = {}, {}, {}, {}, {}
    for index, entry in enumerate(entries):
        if entry.id in _NOTHING or not any(map(str.isalnum, entry.id)):
            blank[index] = "a blank id"
        elif len(entry.id) > MOST_OF_AN_ID:
            long[index] = f"an id of {len(entry.id):,} characters"
        elif _NO_ID.fullmatch(entry.id):
            odd[index] = quoted(entry.id)
        if entry.name in _NOTHING or not has_letter(entry.name):
            unnamed[index] = f"{quoted(entry.name)} is not a name" if entry.name else "a blank name"
        elif _NO_NAME.search(entry.name):
            strange[index] = quoted(entry.name)
        if entry.ends_before_start:
            found = f"ends on {entry.end} and starts on {entry.start}"
            hint = "correct one of the dates"
            findings.error("ends-before-start", entry.place(findings), found, "an end after the start", hint)
    ids.report(findings, "no-id", blank, "an id", "fill it in")
    ids.report(findings, "id-too-long", long, f"at most {MOST_OF_AN_ID}", "shorten it")
    hint = "export it as text, or format the column as text before the file is saved"
    expected = "an id, not a date, TRUE or FALSE, or a number that a spreadsheet changed"
    ids.report(findings, "spoiled-id", odd, expected, f"{hint}; or say --accept spoiled-id", ask=True)
    name.report(findings, "no-name", unnamed, "a name", "fill it in")
    hint = "correct them at their source, or say --accept odd-name"
    name.report(findings, "odd-name", strange, "the name of a person", hint, ask=True)


def _texts(column: TableColumn, findings: ProblemList) -> list[str]:
    texts = [normalize("NFC", _INVISIBLE.sub("", text)) for text in column.texts]
    for index, text in enumerate(texts):
        if found := control_character(text):
            hint = "delete it"
            findings.error("control-character", column.at(index), f"the character {found}", "printable text", hint)
            texts[index] = "".join(character for character in text if not control_character(character))
    spoiled = {index: quoted(text) for index, text in enumerate(texts) if is_spoiled(text)}
    column.report(findings, "spoiled-letters", spoiled, "letters as they were written", RESAVE)
    return texts


def _claims(columns: FieldColumns, count: int, findings: ProblemList) -> list[tuple[Claim, ...]]:
    """Return what each row says about the manager, by column, the surest first; blanks say nothing."""
    there = [columns[name] for name in _MANAGERS if name in columns]
    texts = [(column.name, _texts(column, findings)) for column in there]
    return [tuple(Claim(name, cells[row]) for name, cells in texts if cells[row]) for row in range(count)]


def _rules(
    rate: TableColumn, allocation: TableColumn, decimal: str | None, findings: ProblemList
) -> dict[str, Sequence[Any]]:
    """Return each row's own rule for the size of the training budget: a rate, or a fixed amount."""
    amounts = _amounts(allocation, decimal, findings)
    read = numbers(rate, findings, percent=True, decimal=decimal)
    rates = [value and value / (100 if sign == "%" else 1) for value, sign in zip(read.values, read.signs, strict=True)]
    large = {row: f"more than {MOST_RATE:.0%} of pay" for row, share in enumerate(rates) if share and share > MOST_RATE}
    called = one_line(rate.name)
    hint = (
        f'correct it; say --map salary="{called}" if it is pay, --map fte="{called}" if it is working time, '
        f'--ignore "{called}" if it is none of these'
    )
    rate.report(findings, "number-out-of-range", large, "a share of pay, such as 0.03 or 3%", hint)
    pairs = zip(rates, amounts.values, strict=True)
    both = {row: "a rate and a fixed amount" for row, pair in enumerate(pairs) if None not in pair}
    rate.report(findings, "budget-rule", both, "one of them for each person", "clear the other cell")
    return {"rate": rates, "allocation": amounts.values, "allocation_sign": amounts.signs}
