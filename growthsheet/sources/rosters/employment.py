"""Who is here on a day, who left, who has not started."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from growthsheet.sources.rosters.headers import header_words
from growthsheet.sources.rosters.rows import PersonRow
from growthsheet.sources.rosters.status_words import has_left, may_be_apart
from growthsheet.sources.rosters.words import words
from growthsheet.sources.tables.columns import quoted
from growthsheet.text.counts import first_of
from growthsheet.text.folding import folded
from growthsheet.text.problem_list import ProblemList

EMPLOYED, LEFT = "employed", "left"


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


def sort_out(
    entries: Iterable[PersonRow],
    as_of: date,
    year: tuple[date, date],
    meanings: Mapping[str, str],
    findings: ProblemList,
) -> Employment:
    """Return who is here on a day; notes tell who is not, and unknown status words are asked about."""
    year = year[0], max(year[1], as_of)  # who left after the year was employed in it
    groups: dict[str, list[PersonRow]] = {"staff": [], "leavers": [], "gone": [], "later": []}
    known = {" ".join(header_words(word)) or word.strip(): meaning for word, meaning in meanings.items()}
    unknown: dict[str, list[PersonRow]] = defaultdict(list)
    kinds: Counter[str] = Counter()
    contradicted: list[PersonRow] = []
    for entry in entries:
        meaning = _meaning(entry.status, known)
        left = meaning == LEFT if meaning else has_left(entry.status)
        if left is None:
            unknown[entry.status].append(entry)
        if entry.end and entry.status and left is not None and left is (entry.end >= as_of):
            contradicted.append(entry)
            left = False  # where it is accepted, the date decides
        for text in () if left or (entry.end and entry.end < as_of) else _apart(entry):
            if not (meaning := _meaning(text, known)):
                unknown[text].append(entry)
            left = left or meaning == LEFT
        left = left or _meaning(entry.worker_type, known) == LEFT
        groups[_group(entry, bool(left), as_of, year)].append(entry)
        kinds[entry.worker_type] += not left
    if len(+kinds) > 1:
        counted = (+kinds).most_common()
        found = first_of([f"{quoted(kind) if kind else 'blank'} ({count:,})" for kind, count in counted], 8)
        hint = 'leave a kind out with --status, as in --status "Intern=left"'
        findings.note("worker-types", findings.place, f"people of these kinds are taken as employees: {found}", hint)
    _ask(unknown, contradicted, findings)
    told = {
        "leavers": ("leavers-kept", f"left between {year[0]} and {year[1]}: a budget row, no workbook"),
        "gone": ("leavers-skipped", f"left before {as_of}: skipped"),
        "later": ("not-started", f"starting after {as_of}: skipped"),
    }
    for group, (code, what) in told.items():
        if groups[group]:
            findings.note(code, findings.place, f"{len(groups[group]):,} {what}")
    return Employment(**groups)


def _meaning(text: str, known: Mapping[str, str]) -> str | None:
    """Return what a word was said to mean; it may be told as a message shows it, without its numbers."""
    shown = " ".join(header_words(_word(text)))
    return known.get(" ".join(header_words(text)) or text) or (known.get(shown) if shown else None)


def _apart(entry: PersonRow) -> list[str]:
    """Return what is said of somebody, beside the status, that is said of people who are not employed."""
    first, *others = entry.name.split() or [""]
    beside = words("left") | words("external") | words("name_remarks")
    ends = [word for word in (first, *others[-1:]) if len(others) > 1 and folded(word) in beside]
    ends += [word for word in header_words(entry.id)[:1] if word.isalpha() and word in words("external")]
    team = [entry.team] if may_be_apart(entry.team, whole=True) else []
    asked = words("apart_kinds") | words("name_remarks")
    apart = may_be_apart(entry.worker_type) or asked.intersection(header_words(entry.worker_type))
    kind = [entry.worker_type] if apart else []
    return [*ends, *team, *kind, *([entry.remark] if entry.remark else [])]


def _ask(unknown: Mapping[str, Sequence[PersonRow]], contradicted: Sequence[PersonRow], findings: ProblemList) -> None:
    if unknown:
        by_count = sorted(unknown, key=lambda word: -len(unknown[word]))
        found = first_of([f"{_word(word)} ({len(unknown[word]):,})" for word in by_count], 12)
        shown = [_word(word).strip("'") for word in by_count[:3]]
        both = [f'--status "{word}={EMPLOYED}" or --status "{word}={LEFT}"' for word in shown]
        hint = f"say what each word means: {'; '.join(both)}"
        findings.error("unknown-status", findings.place, f"status {found}", "words for employed or left", hint)
    if contradicted:
        told = [f"{quoted(e.status)} with the end {e.end} (row {e.row})" for e in contradicted]
        hint = "correct one of them, or say --accept status-contradicts-end to let the date decide"
        found = f"status and end contradict each other: {first_of(told, 5)}"
        findings.ask("status-contradicts-end", findings.place, found, "one answer", hint)


def _word(status: str) -> str:
    """Return a word of the status column as a message shows it; a sign or two, such as 0, are no pay."""
    return f"'{status}'" if len(status) < 3 else quoted(status)


def _group(entry: PersonRow, left: bool, as_of: date, year: tuple[date, date]) -> str:
    breaks = (since - timedelta(days=1) for since, until in entry.breaks if since <= as_of <= until)
    end = next(breaks, entry.end)
    if left or (end and end < as_of):
        return "leavers" if end and year[0] <= end <= year[1] else "gone"
    return "later" if entry.start and entry.start > as_of else "staff"
