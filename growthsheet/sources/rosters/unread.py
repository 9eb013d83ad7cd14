"""Columns that nobody reads: those that may decide something are asked about, by their names and by their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from growthsheet.model import Basis
from growthsheet.sources.rosters.headers import (
    MANAGER_KINDS,
    basis_in,
    field_of,
    header_words,
    never_read,
    period_of,
    says,
)
from growthsheet.sources.rosters.names import name_key
from growthsheet.sources.rosters.status_words import has_left, may_be_apart
from growthsheet.sources.rosters.words import pattern, words
from growthsheet.sources.rosters.working_time import HOURS_OF_CELL
from growthsheet.sources.tables.columns import FieldColumns, SourceTable, TableColumn
from growthsheet.sources.tables.dates import read_date
from growthsheet.text.currencies import iso_4217, named_in, signs
from growthsheet.text.numbers import read_number
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_SHORT_DATE = re.compile(r"\d\d?([-/.])\d\d?\1\d\d(?: [\d:]+)?|\d{4}-\d\d-\d\d .*")
_FULL_TIME = {Decimal(week) for week in ("1", "100", "35", "36", "37", "37.5", "38", "38.5", "39", "40")}
"""How full time is written in a column of shares or of weekly hours."""
MOST_STATUS_WORDS = 5
"""So few different words, one of them for leaving, make a column one of status."""
_MOST = 0.8
"""The share of a column's filled cells that makes it a column of dates, amounts or people."""


@dataclass(frozen=True)
class _Unread:
    """A column that nobody reads, beside those that are read."""

    column: TableColumn
    read: FieldColumns = field(default_factory=dict)
    people: AbstractSet[str] = frozenset()
    """The ids, e-mail addresses and names of the people on the roster, as they are compared."""

    @cached_property
    def name(self) -> str:
        """The words of its header."""
        return " ".join(header_words(self.column.name))

    @cached_property
    def texts(self) -> list[str]:
        """The texts of its cells."""
        return self.column.texts

    def named(self, subject: str) -> bool:
        """Return whether its header has a word of a subject of the word lists."""
        return bool(pattern(subject).search(self.name))

    @cached_property
    def filled(self) -> list[str]:
        """The texts of the cells that are not blank."""
        return [text for text in self.texts if text]

    def tells_person(self, text: str) -> bool:
        """Return whether a text is the id, the e-mail address or the name of somebody on the roster."""
        return text.casefold() in self.people or name_key(text) in self.people

    def mostly(self, holds: Callable[[str], object]) -> bool:
        """Return whether something holds of most of the filled cells."""
        return sum(bool(holds(text)) for text in self.filled) >= _MOST * len(self.filled)

    def beside(self, name: str) -> Sequence[str]:
        """Return the texts of the column that a field is read from; blanks where there is none."""
        return self.read[name].texts if name in self.read else [""] * len(self.texts)

    def repeats(self, field: str) -> bool:
        """Return whether it says the same as the column that a field is read from."""
        return field in self.read and self.texts == self.beside(field)


def _may_be_pay(one: _Unread) -> bool:
    if one.named("no_amount_names") or ("salary" in one.read and one.named("other_pay_names")):
        return False
    if not one.mostly(read_number):
        return False
    numbers = filter(None, map(read_number, one.filled))
    signed = ("salary" not in one.read and named_in(one.column.name)) or any(n.sign not in ("", "%") for n in numbers)
    return one.named("pay_names") or bool(signed)


def _may_be_payments(one: _Unread) -> bool:
    salary = one.read.get("salary")
    return salary is not None and basis_in(salary.name) is not Basis.ANNUAL and one.named("payments")


def _may_be_managers(one: _Unread) -> bool:
    if one.repeats("id"):
        return False
    if read := [one.read[kind].texts for kind in ("manager", *MANAGER_KINDS) if kind in one.read]:
        alone = [text for text, *others in zip(one.texts, *read, strict=True) if text and not any(others)]
        return one.named("manager_names") and any(map(one.tells_person, alone))
    if {text.casefold() for text in one.filled} <= words("truths"):
        return False
    few = len(set(one.filled)) < len(one.texts)
    return one.named("manager_names") or (few and one.mostly(one.tells_person))


def _may_be_dates(one: _Unread) -> bool:
    if one.named("rehire") and any(map(all, zip(one.texts, one.beside("end"), strict=True))):
        return True  # who came back may be taken for somebody who left
    if one.named("other_date_names") or ("start" in one.read and one.named("earlier_start_names")):
        return False
    return one.mostly(lambda text: read_date(text) or _SHORT_DATE.fullmatch(text))


def _tells_leaving(text: str) -> bool:
    """Return whether a sentence about somebody says that they left, or are about to."""
    said = header_words(text)
    told = not words("left").isdisjoint(said) or not words("leaving").isdisjoint(said)
    return told or any(phrase in " ".join(said) for phrase in words("left_phrases"))


def _may_be_status(one: _Unread) -> bool:
    if one.named("remark_names"):
        pairs = zip(one.texts, one.beside("status"), strict=True)
        return any(_tells_leaving(text) and not has_left(word) for text, word in pairs)
    other = field_of(one.name) in ("worker_type", "team") or one.named("other_status_names")
    if other or "status" in one.read or one.mostly(read_date):
        return False
    if one.named("ending_names") and "end" not in one.read:
        return True
    active = sum(bool(words("active_words").intersection(header_words(text))) for text in one.filled)
    if len(set(one.filled)) > 1 and active * 2 >= len(one.filled):
        return True
    few = len(set(one.filled)) <= MOST_STATUS_WORDS
    leaving = any(map(has_left, one.filled)) and (few or one.mostly(lambda text: has_left(text) is not None))
    return leaving or one.named("status_names")


def _may_be_workers(one: _Unread) -> bool:
    """Return whether it tells of somebody, whom the status does not say to have left, that they are set apart."""
    if field_of(one.name) == "worker_type":
        return False
    apart = [pair for pair in zip(one.texts, one.beside("status"), strict=True) if may_be_apart(pair[0], whole=True)]
    return any(not has_left(text) or has_left(word) is False for text, word in apart)


def _are_shares(texts: Sequence[str]) -> bool:
    """Return whether texts are shares of full time, or weekly hours: most are the whole, and all others are less.

    >>> _are_shares(["40", "40", "20"]), _are_shares(["1", "0,5"]), _are_shares(["1", "0"]), _are_shares(["38", "40"])
    (True, True, False, True)
    """
    read = [number.meanings() if (number := read_number(text)) and not number.sign else set() for text in texts]
    numbers = [min(meanings, default=Decimal(0)) for meanings in read]
    full = max(numbers, default=Decimal(0))
    others = [number for number in numbers if number < full]
    return full in _FULL_TIME and 0 < 2 * len(others) <= len(numbers) and min(others) * 20 >= full


def _may_be_hours(one: _Unread) -> bool:
    if one.read.keys() & {"fte", "hours"}:
        return False
    numbers = one.named("hours_names") and one.mostly(lambda text: read_number(text) or HOURS_OF_CELL.fullmatch(text))
    shares = {text.replace(" ", "") for text in one.filled}
    percentages = "100%" in shares and all(re.fullmatch(r"\d\d?%|100%", share) for share in shares) and len(shares) > 1
    units = len(set(one.filled)) > 1 and one.mostly(
        lambda text: (said := HOURS_OF_CELL.fullmatch(text)) and not said["clock"]
    )
    fractions = _are_shares(one.filled)
    parts = (one.named("part_time_names") or one.named("part_time")) and len(set(one.filled)) > 1
    told = numbers or units or percentages or fractions or parts
    return bool(told) or any(says("part_time", text) for text in one.filled)


def _may_be_basis(one: _Unread) -> bool:
    periods = {period_of(text) for text in one.filled} - {None}
    return "salary" in one.read and "basis" not in one.read and len(periods) > 1 and one.mostly(period_of)


def _may_be_currency(one: _Unread) -> bool:
    return set(one.filled) <= iso_4217() | signs().keys() and not one.repeats("currency") and "bonus" not in one.name


class _Question(NamedTuple):
    """A question about a column: its code, its words, the fields that answer it, and when it is asked."""

    code: str
    says: str
    fields: tuple[str, ...]
    asks: Callable[[_Unread], bool]


_QUESTIONS = (
    _Question("unread-pay", "may say how many monthly payments a year has", ("payments",), _may_be_payments),
    _Question("unread-pay", "may be pay", ("salary",), _may_be_pay),
    _Question("unread-manager", "may say who leads whom", ("manager",), _may_be_managers),
    _Question("unread-dates", "may say when people start or end", ("start", "end"), _may_be_dates),
    _Question("unread-status", "may say who is employed", ("status",), _may_be_status),
    _Question("unread-status", "may say who is not an employee", ("worker_type",), _may_be_workers),
    _Question("unread-basis", "may say what period pay is for", ("basis",), _may_be_basis),
    _Question("unread-hours", "may say who works part-time", ("fte", "hours"), _may_be_hours),
    _Question("unread-currency", "may say the currency", ("currency",), _may_be_currency),
)


def judge_unread(
    table: SourceTable, unread: Sequence[int], columns: FieldColumns, explicit: frozenset[str], findings: ProblemList
) -> list[tuple[str, str]]:
    """Ask about columns that are not read and may decide who is there, who leads whom, and what anybody is paid.

    Return each with the field that it would most likely be. Where the user named the column of a field, nothing more is
    asked about that field.
    """
    called = [text for field in ("id", "email", "name") if field in columns for text in columns[field].texts if text]
    if {"first_name", "last_name"} <= columns.keys():
        both = list(zip(columns["first_name"].texts, columns["last_name"].texts, strict=True))
        called += [f"{first} {last}" for first, last in both] + [f"{last} {first}" for first, last in both]
    people = {text.casefold() for text in called} | {name_key(text) for text in called}
    asked: dict[_Question, list[str]] = {}
    for index in unread:
        one = _Unread(table.column(index), columns, people)
        if not one.filled or never_read(one.column.name):
            continue
        if about := next((each for each in _QUESTIONS if not explicit & {*each.fields} and each.asks(one)), None):
            asked.setdefault(about, []).append(one.column.name)
    for about, names in asked.items():
        names.sort(key=lambda name: says("other_pay_names", name))  # a sample answer is the likeliest
        fields = about.fields
        if "end" in fields and (only := [each for each in fields if says(f"{each}ing_names", names[0])]):
            fields = tuple(only)  # an end that is read as a start keeps everybody who left, or sends everybody away
        options = " or ".join(f'--map {field}="{one_line(names[0])}"' for field in fields)
        leave = " ".join(f'--ignore "{one_line(name)}"' for name in names)
        are = "columns that are" if len(names) > 1 else "a column that is"
        found = f"{', '.join(map(quote, names))}: {are} not read and {about.says}"
        findings.error(about.code, findings.place, found, "to know whether it counts", f"say {options}, or {leave}")
    return [(about.fields[0], name) for about, names in asked.items() for name in names]


def may_tell_pay(column: TableColumn) -> bool:
    """Return whether a column may hold amounts that people are paid, by its name and its values."""
    one = _Unread(column)
    return bool(one.filled) and (_may_be_pay(one) or (one.named("other_pay_names") and one.mostly(read_number)))
