"""Columns that nobody reads: those that may decide something are asked about, by their names and by their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from growthsheet.sources.rosters.employment import has_left
from growthsheet.sources.rosters.headers import MANAGER_KINDS, header_words, never_read
from growthsheet.sources.rosters.managers import name_key
from growthsheet.sources.rosters.working_time import PART_TIME
from growthsheet.sources.tables.columns import SourceTable, TableCell, TableColumn, text_of
from growthsheet.sources.tables.dates import read_date
from growthsheet.text.currencies import ISO_4217, SIGNS
from growthsheet.text.numbers import read_number
from growthsheet.text.problem_list import ProblemList
from growthsheet.text.quoting import one_line, quote

_STATUS = re.compile(
    r"status|statut|\bactive?\b|\benabled\b|\bdisabled\b|\bterminat|\bleaver|\bemployed\b|\binactive\b|\barchived\b"
    r"|\bdeactivated\b|\bsuspended\b|lifecycle|\bresigned\b|\baktiv|\bactif\b|\bactivo\b|\battivo\b"
    r"|\bativo\b|beschaftigt|"
    r"\bleft\b|\bex\b|在籍|在職|退職"
)
_LEAVING = re.compile(
    r"\bexit|\bresign|\bseparat|\bterminat|\bleaving|\boffboard|\bdismiss|austritt|kundigung"
    r"|\bsortie|\bdepart(?!m|e?ment)"
    r"|\bcese|\bcessazione|\bdesligamento|退職"
)
_ACTIVE = {"active", "inactive", "aktiv", "inaktiv", "actif", "activo", "attivo", "ativo", "actief", "employed"}
_OTHER_STATUS = re.compile(
    r"marital|visa|vaccin|review|onboarding|approval|\bflsa|exempt|\btax\b|invit|document|background|signature"
)
_PAY = re.compile(
    r"salar|\bpay\b|\bwages?\b|compensat|remunerat|\bincome|\bearning|\bctc\b|gehalt|lohn|entgelt"
    r"|vergutung|bezuge|salaire"
    r"|sueldo|stipendi|retribu|salaris|\bloon|betrag|\bamount\b|\brate\b|年収|月給|給与|給料|基本給|\bcomp\b|\bbase\b|\bote\b"
)
_OTHER_PAY = re.compile(
    r"bonus|variable|commission|stock|equity|overtime|allowance|pension|deduction|\bcar\b|benefit|target|\btax|budget"
    r"|prev|last|former|increase|raise|change|pramie|zulage|prime|grade|\bband\b|\bmin\b|\bmax\b|midpoint|range|ratio"
)
_NO_AMOUNT = re.compile(r"freq|group|\bid\b|\bcode\b|\bstep\b|\blevel\b|\btype\b|\bclass\b|\bno\b|percent|\bpct\b")
_MANAGER = re.compile(
    r"manager|supervisor|reports? to|reporting|\bboss\b|vorgesetz|fuhrungskraft|responsable|superieur|\bjefe\b"
    r"|responsabile|gestor|leidinggevende|上司|managed by"
)
_HOURS = re.compile(
    r"\bfte\b|\bhours?\b|\bstunden|wochenstunden|beschaftigungsgrad|beschgrad|teilzeit|part time|parttime|pensum"
    r"|\betp\b|beschaftigung|occupation|quotite|jornada|activity rate|heures|\bhoras\b|\bore\b"
    r"|\buren\b|work ?time|workload|working time|arbeitszeit|所定"
)
_OTHER_DATES = re.compile(
    r"review|promot|train|anniversar|created|updated|modified|changed|login|logon|signed|vaccin|\blast raise|visa"
    r"|permit|probation|probezeit|password|apprais|exam|certif|passport|synced|sync"
)
_EARLIER_START = re.compile(
    r"original|adjusted|seniority|service|continuous|first|recognized|rehire|position|job|title|role"
    r"|contract start|contract begin|vertragsbeginn|debut de contrat|inicio de contrato"
)
_MOST = 0.8
"""The share of a column's filled cells that makes it a column of dates, amounts or people."""


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
    people = _people(columns)
    questions: dict[str, list[str]] = {}
    for index in unread:
        column = table.column(index)
        cells = [cell for cell in column.cells if text_of(cell).strip()]
        if not cells or never_read(column.name):
            continue
        for kind, is_one in _KINDS.items():
            fields = _FIELDS[kind]
            if not explicit.intersection(fields) and is_one(column, cells, columns, people):
                questions.setdefault(kind, []).append(column.name)
                break
    for kind, names in questions.items():
        fields = _FIELDS[kind]
        told = ", ".join(f"{quote(name)}" for name in names)
        what, code = _TOLD[kind]
        options = " or ".join(f'--map {field}="{one_line(names[0])}"' for field in fields[:2])
        leave = " ".join(f'--ignore "{one_line(name)}"' for name in names)
        found = f"{told}: {'columns that are' if len(names) > 1 else 'a column that is'} not read and {what}"
        findings.error(code, findings.place, found, "to be told whether it counts", f"say {options}, or {leave}")


def _people(columns: Mapping[str, TableColumn]) -> set[str]:
    """What people are called on the roster: their ids, e-mail addresses and names, as they are compared."""
    texts = [text_of(cell) for name in ("id", "email", "name") if name in columns for cell in columns[name].cells]
    return {text.casefold() for text in texts if text} | {name_key(text) for text in texts if text}


def _share(cells: Sequence[TableCell], holds: Callable[[str], bool]) -> float:
    return sum(holds(text_of(cell)) for cell in cells) / len(cells)


def _plain(column: TableColumn) -> str:
    return " ".join(header_words(column.name))


_Judge = Callable[[TableColumn, Sequence[TableCell], Mapping[str, TableColumn], set[str]], bool]


def _about_status(
    column: TableColumn, cells: Sequence[TableCell], columns: Mapping[str, TableColumn], people: set[str]
) -> bool:
    name = _plain(column)
    dated = _share(cells, lambda text: bool(read_date(text))) >= _MOST
    if "status" in columns or dated or _OTHER_STATUS.search(name):
        return False
    if _LEAVING.search(name) and "end" not in columns:
        return True
    values = [text_of(cell) for cell in cells]
    active = sum(bool(_ACTIVE.intersection(header_words(value))) for value in values)
    if len(set(values)) > 1 and active * 2 >= len(values):
        return True
    known = [has_left(text_of(cell)) for cell in cells]
    leaving = any(known) and sum(one is not None for one in known) >= _MOST * len(known)
    return bool(_STATUS.search(name)) or leaving


def _about_dates(
    column: TableColumn, cells: Sequence[TableCell], columns: Mapping[str, TableColumn], people: set[str]
) -> bool:
    name = _plain(column)
    if _OTHER_DATES.search(name) or ("start" in columns and _EARLIER_START.search(name)):
        return False
    return _share(cells, lambda text: bool(read_date(text) or _SHORT_DATE.fullmatch(text))) >= _MOST


_SHORT_DATE = re.compile(r"\d\d?([-/.])\d\d?\1\d\d(?: [\d:]+)?|\d{4}-\d\d-\d\d .*")


def _about_pay(
    column: TableColumn, cells: Sequence[TableCell], columns: Mapping[str, TableColumn], people: set[str]
) -> bool:
    name = _plain(column)
    if _NO_AMOUNT.search(name) or ("salary" in columns and _OTHER_PAY.search(name)):
        return False
    read = [read_number(text_of(cell)) for cell in cells]
    numbers = sum(one is not None for one in read) >= _MOST * len(read)
    signed = any(one is not None and one.sign not in ("", "%") for one in read)
    return numbers and (bool(_PAY.search(name)) or signed)


def _about_currency(
    column: TableColumn, cells: Sequence[TableCell], columns: Mapping[str, TableColumn], people: set[str]
) -> bool:
    codes = {text_of(cell).strip() for cell in cells}
    same = "currency" in columns and [text_of(c) for c in column.cells] == [
        text_of(c) for c in columns["currency"].cells
    ]
    return codes <= ISO_4217 | set(SIGNS) and not same and "bonus" not in _plain(column)


def _about_hours(
    column: TableColumn, cells: Sequence[TableCell], columns: Mapping[str, TableColumn], people: set[str]
) -> bool:
    if columns.keys() & {"fte", "hours"}:
        return False
    named = bool(_HOURS.search(_plain(column)))
    part_time = any(PART_TIME.search(text_of(cell).casefold()) for cell in cells)
    return part_time or (named and _share(cells, lambda text: read_number(text.rstrip("h ")) is not None) >= _MOST)


def _about_managers(
    column: TableColumn, cells: Sequence[TableCell], columns: Mapping[str, TableColumn], people: set[str]
) -> bool:
    if columns.keys() & {"manager", *MANAGER_KINDS}:
        return False
    truth = {text_of(cell).casefold() for cell in cells} <= _TRUTH
    own = columns.get("id")
    if truth or (own and [text_of(c) for c in column.cells] == [text_of(c) for c in own.cells]):
        return False
    named = bool(_MANAGER.search(_plain(column)))
    few = len({text_of(cell) for cell in cells}) < len(cells) or len(cells) < len(column.cells)
    called = _share(cells, lambda text: text.casefold() in people or name_key(text) in people)
    return named or (few and called >= _MOST)


_TRUTH = {"yes", "no", "y", "n", "true", "false", "0", "1", "x", "ja", "nein"}
_KINDS: Mapping[str, _Judge] = {
    "pay": _about_pay,
    "managers": _about_managers,
    "dates": _about_dates,
    "status": _about_status,
    "hours": _about_hours,
    "currency": _about_currency,
}
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "pay": ("salary",),
    "managers": ("manager",),
    "dates": ("start", "end"),
    "status": ("status",),
    "hours": ("fte", "hours"),
    "currency": ("currency",),
}
_TOLD: Mapping[str, tuple[str, str]] = {
    "pay": ("may be pay", "unread-pay"),
    "managers": ("may say who leads whom", "unread-manager"),
    "dates": ("may say when people start or end", "unread-dates"),
    "status": ("may say who is employed", "unread-status"),
    "hours": ("may say who works part-time", "unread-hours"),
    "currency": ("may say the currency", "unread-currency"),
}
