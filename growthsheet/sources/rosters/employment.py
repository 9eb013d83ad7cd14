"""Who is here on a day, who left, who has not started."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from growthsheet.sources.rosters.headers import header_words
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.tables.columns import quoted
from growthsheet.text.problem_list import ProblemList

_LEFT_WORDS = """
terminated inactive left leaver former resigned retired dismissed deceased departed exited separated ex quit
ausgetreten inaktiv ehemalig gekundigt ausgeschieden parti partie inactif inactive sorti sortie demissionne
inactivo inactiva cesado cesada cessato cessata inattivo inattiva inativo inativa demitido demitida
desligado desligada inactief vertrokken
"""
_LEFT = frozenset(_LEFT_WORDS.split())
_EMPLOYED_WORDS = """
active employed current hired full part time fulltime parttime permanent temporary regular contract contractor
intern probation leave on paid unpaid parental maternity sabbatical suspended fixed term notice working
aktiv beschaftigt angestellt vollzeit teilzeit elternzeit befristet unbefristet probezeit actif present en poste
cdi cdd activo activa alta attivo attiva in forza ativo ativa trabalhando afastado baja actief dienst vast 1 a yes true
"""
_EMPLOYED = frozenset(_EMPLOYED_WORDS.split())
_LEFT_PHRASES = {
    "uit dienst",
    "baja",
    "no longer employed",
    "not active",
    "no active",
    "nicht aktiv",
    "non attivo",
    "non actif",
}


@dataclass(frozen=True, slots=True)
class Employment:
    """A roster sorted by who is here: each person by the first of their rows."""

    staff: Sequence[PersonRow]
    leavers: Sequence[PersonRow]
    """Those who left within the fiscal year."""
    gone: Sequence[PersonRow]
    """Those who left at another time, or nobody knows when."""
    later: Sequence[PersonRow]
    """Those who have not started."""


def sort_out(entries: Iterable[PersonRow], as_of: date, year: tuple[date, date], findings: ProblemList) -> Employment:
    """Who is here on a day; those who are not, and what a status may mean, are told in notes."""
    groups: dict[str, list[PersonRow]] = {"staff": [], "leavers": [], "gone": [], "later": []}
    unknown: Counter[str] = Counter()
    for entry in entries:
        left = has_left(entry.status)
        if left is None:
            unknown[entry.status] += 1
        groups[_group(entry, bool(left), as_of, year)].append(entry)
    for status, count in unknown.items():
        hint = "give leavers an end date, or a status such as 'inactive'"
        findings.note("unknown-status", findings.place, f"{quoted(status)} ({count:,}) is taken as employed", hint)
    told = {
        "leavers": ("leavers-kept", f"left between {year[0]} and {year[1]}: a budget row, no workbook"),
        "gone": ("leavers-skipped", f"left before {as_of}: skipped"),
        "later": ("not-started", f"starting after {as_of}: skipped"),
    }
    for group, (code, what) in told.items():
        if groups[group]:
            findings.note(code, findings.place, f"{len(groups[group]):,} {what}")
    return Employment(**groups)


def _group(entry: PersonRow, left: bool, as_of: date, year: tuple[date, date]) -> str:
    if left or (entry.end and entry.end < as_of):
        return "leavers" if entry.end and year[0] <= entry.end <= year[1] else "gone"
    return "later" if entry.start and entry.start > as_of else "staff"


def has_left(status: str) -> bool | None:
    """Whether a status says that somebody left; None when it is not known.

    >>> has_left("Terminated (voluntary)"), has_left("Active"), has_left(""), has_left("Ausgetreten"), has_left("Z9")
    (True, False, False, True, None)
    """
    found = header_words(status)
    if " ".join(found) in _LEFT_PHRASES or _LEFT.intersection(found):
        return True
    return False if not found or _EMPLOYED.intersection(found) else None
