"""Columns that nobody reads: those that may decide something are asked about, by their names and by their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from growthsheet.sources.rosters.employment import has_left
from growthsheet.sources.rosters.headers import MANAGER_KINDS, basis_in, header_words, never_read
from growthsheet.sources.rosters.rows import name_key
from growthsheet.sources.rosters.working_time import PART_TIME
from growthsheet.sources.tables.columns import SourceTable, TableColumn, text_of
from growthsheet.sources.tables.dates import read_date
from growthsheet.text.currencies import ISO_4217, SIGNS
from growthsheet.text.numbers import read_number
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_STATUS = re.compile(
    r"status|statut|lifecycle|\b(?:active?|enabled|disabled|employed|inactive|archived|deactivated|suspended|resigned"
    r"|actif|activo|attivo|ativo|left|ex)\b|\b(?:terminat|leaver|aktiv)|beschaftigt|在籍|在職|退職"
)
_LEAVING = re.compile(
    r"\b(?:exit|resign|separat|terminat|leaving|offboard|dismiss|sortie|depart(?!m|e?ment)|cese|cessazione|desligamento)"
    r"|austritt|kundigung|退職"
)
_ACTIVE = {"active", "inactive", "aktiv", "inaktiv", "actif", "activo", "attivo", "ativo", "actief", "employed"}
_OTHER_STATUS = re.compile(
    r"marital|visa|vaccin|review|onboarding|approval|\bflsa|exempt|\btax\b|invit|document|background|signature"
)
_PAY = re.compile(
    r"salar|\b(?:pay|wages?|ctc|amount|rate|comp|base|ote)\b|\b(?:income|earning|loon)|compensat|remunerat|gehalt|lohn"
    r"|entgelt|vergutung|bezuge|salaire|sueldo|stipendi|retribu|betrag|年収|月給|給与|給料|基本給"
)
_OTHER_PAY = re.compile(
    r"bonus|variable|commission|stock|equity|overtime|allowance|pension|deduction|benefit|target|\btax|budget|prev|last"
    r"|former|increase|raise|change|pramie|zulage|prime|grade|\b(?:car|band|min|max)\b|midpoint|range|ratio"
)
_NO_AMOUNT = re.compile(r"freq|group|percent|\b(?:id|code|step|level|type|class|no|pct)\b")
_MANAGER = re.compile(
    r"manager|supervisor|reports? to|reporting|\b(?:boss|jefe)\b|vorgesetz|fuhrungskraft|responsable|superieur"
    r"|responsabile|gestor|leidinggevende|上司|managed by"
)
_HOURS = re.compile(
    r"\b(?:fte|hours?|etp|horas|ore|uren)\b|\bstunden|wochenstunden|beschaftigungsgrad|beschgrad|teilzeit|part ?time"
    r"|pensum|beschaftigung|occupation|quotite|jornada|activity rate|heures|work ?time|workload|working time"
    r"|arbeitszeit|所定|temps de travail|duree du travail|\b(?:contrat|contract|employment|work) %|stellenprozent"
    r"|anstellungsgrad|dienstverband|werktijd|tempo parziale|stillingsprosent|sysselsattningsgrad|capacity"
    r"|days per week|working (?:days|pattern)|horaire"
)
_OTHER_DATES = re.compile(
    r"review|promot|train|anniversar|created|updated|modified|changed|login|logon|signed|vaccin|\blast raise|visa"
    r"|permit|probation|probezeit|password|apprais|exam|certif|passport|sync"
)
_EARLIER_START = re.compile(
    r"original|adjusted|seniority|service|continuous|first|recognized|rehire|position|job|title|role"
    r"|contract start|contract begin|vertragsbeginn|debut de contrat|inicio de contrato"
)
_SHORT_DATE = re.compile(r"\d\d?([-/.])\d\d?\1\d\d(?: [\d:]+)?|\d{4}-\d\d-\d\d .*")
_TRUTH = {"yes", "no", "y", "n", "true", "false", "0", "1", "x", "ja", "nein"}
MOST_STATUS_WORDS = 5
"""So few different words, one of them for leaving, make a column one of status."""
_MOST = 0.8
"""The share of a column's filled cells that makes it a column of dates, amounts or people."""


@dataclass(frozen=True)
class _Unread:
    """A column that nobody reads, beside those that are read."""

    name: str
    """The words of its header."""
    texts: Sequence[str]
    read: Mapping[str, TableColumn]
    people: set[str]
    """The ids, e-mail addresses and names of the people on the roster, as they are compared."""

    @property
    def filled(self) -> list[str]:
        """The texts of the cells that are not blank."""
        return [text for text in self.texts if text]

    def mostly(self, holds: Callable[[str], object]) -> bool:
        """Return whether something holds of most of the filled cells."""
        return sum(bool(holds(text)) for text in self.filled) >= _MOST * len(self.filled)

    def repeats(self, field: str) -> bool:
        """Return whether it says the same as the column that a field is read from."""
        return field in self.read and self.texts == _texts(self.read[field])


def _may_be_pay(one: _Unread) -> bool:
    if _NO_AMOUNT.search(one.name) or ("salary" in one.read and _OTHER_PAY.search(one.name)):
        return False
    signed = any(number.sign not in ("", "%") for number in map(read_number, one.filled) if number)
    return one.mostly(read_number) and (bool(_PAY.search(one.name)) or signed)


def _may_be_managers(one: _Unread) -> bool:
    if one.read.keys() & {"manager", *MANAGER_KINDS} or one.repeats("id"):
        return False
    if {text.casefold() for text in one.filled} <= _TRUTH:
        return False
    few = len(set(one.filled)) < len(one.texts)
    called = few and one.mostly(lambda text: text.casefold() in one.people or name_key(text) in one.people)
    return called or bool(_MANAGER.search(one.name))


def _may_be_dates(one: _Unread) -> bool:
    if _OTHER_DATES.search(one.name) or ("start" in one.read and _EARLIER_START.search(one.name)):
        return False
    return one.mostly(lambda text: read_date(text) or _SHORT_DATE.fullmatch(text))


def _may_be_status(one: _Unread) -> bool:
    if "status" in one.read or one.mostly(read_date) or _OTHER_STATUS.search(one.name):
        return False
    if _LEAVING.search(one.name) and "end" not in one.read:
        return True
    active = sum(bool(_ACTIVE.intersection(header_words(text))) for text in one.filled)
    if len(set(one.filled)) > 1 and active * 2 >= len(one.filled):
        return True
    few = len(set(one.filled)) <= MOST_STATUS_WORDS
    leaving = any(map(has_left, one.filled)) and (few or one.mostly(lambda text: has_left(text) is not None))
    return leaving or bool(_STATUS.search(one.name))


def _may_be_hours(one: _Unread) -> bool:
    if one.read.keys() & {"fte", "hours"}:
        return False
    numbers = _HOURS.search(one.name) and one.mostly(lambda text: read_number(text.rstrip("h ")))
    shares = {text.replace(" ", "") for text in one.filled}
    percentages = "100%" in shares and all(re.fullmatch(r"\d\d?%|100%", share) for share in shares) and len(shares) > 1
    return bool(numbers) or percentages or any(map(PART_TIME.search, one.filled))


def _may_be_basis(one: _Unread) -> bool:
    periods = {basis_in(text) for text in one.filled} - {None}
    return "salary" in one.read and "basis" not in one.read and len(periods) > 1 and one.mostly(basis_in)


def _may_be_currency(one: _Unread) -> bool:
    return set(one.filled) <= ISO_4217 | set(SIGNS) and not one.repeats("currency") and "bonus" not in one.name


class _Question(NamedTuple):
    """A question about a column: its code, its words, the fields that answer it, and when it is asked."""

    code: str
    says: str
    fields: tuple[str, ...]
    asks: Callable[[_Unread], bool]


_QUESTIONS = (
    _Question("unread-pay", "may be pay", ("salary",), _may_be_pay),
    _Question("unread-manager", "may say who leads whom", ("manager",), _may_be_managers),
    _Question("unread-dates", "may say when people start or end", ("start", "end"), _may_be_dates),
    _Question("unread-status", "may say who is employed", ("status",), _may_be_status),
    _Question("unread-basis", "may say what pay is paid for", ("basis",), _may_be_basis),
    _Question("unread-hours", "may say who works part-time", ("fte", "hours"), _may_be_hours),
    _Question("unread-currency", "may say the currency", ("currency",), _may_be_currency),
)


def judge_unread(
    table: SourceTable,
    unread: Sequence[int],
    columns: Mapping[str, TableColumn],
    explicit: frozenset[str],
    findings: ProblemList,
) -> None:
    """Ask about columns that are not read and may decide who is there, who leads whom, and what anybody is paid.

    Where the user named the column of a field, nothing more is asked about that field.
    """
    called = [text for field in ("id", "email", "name") if field in columns for text in _texts(columns[field]) if text]
    if {"first_name", "last_name"} <= columns.keys():
        both = list(zip(_texts(columns["first_name"]), _texts(columns["last_name"]), strict=True))
        called += [f"{first} {last}" for first, last in both] + [f"{last} {first}" for first, last in both]
    people = {text.casefold() for text in called} | {name_key(text) for text in called}
    asked: dict[_Question, list[str]] = {}
    for index in unread:
        column = table.column(index)
        one = _Unread(" ".join(header_words(column.name)), _texts(column), columns, people)
        if not one.filled or never_read(column.name):
            continue
        if about := next((each for each in _QUESTIONS if not explicit & {*each.fields} and each.asks(one)), None):
            asked.setdefault(about, []).append(column.name)
    for about, names in asked.items():
        options = " or ".join(f'--map {field}="{one_line(names[0])}"' for field in about.fields)
        leave = " ".join(f'--ignore "{one_line(name)}"' for name in names)
        are = "columns that are" if len(names) > 1 else "a column that is"
        found = f"{', '.join(map(quote, names))}: {are} not read and {about.says}"
        findings.error(about.code, findings.place, found, "to be told whether it counts", f"say {options}, or {leave}")


def _texts(column: TableColumn) -> list[str]:
    return [text_of(cell).strip() for cell in column.cells]
