"""Compare a returned file with the answers that were collected before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from growthsheet.errors import Problem
from growthsheet.model.answers import KINDS, AnswerKey
from growthsheet.returns.cell_ledger import FileAnswers
from growthsheet.returns.reconcile import changed_fields
from growthsheet.returns.reference import Reference
from growthsheet.text.counts import first_of, plural
from growthsheet.text.quoting import one_line, quote
from growthsheet.xlsx.markers import FIXED_DATE

CHANGES_TOLD = 5
"""The most changed answers of one file that are told."""


def saved_on(file_answers: FileAnswers) -> date | None:
    """Return the day on which somebody last saved a workbook; None if nobody has, or it does not say."""
    known = file_answers.saved > FIXED_DATE.timestamp()
    return datetime.fromtimestamp(file_answers.saved, UTC).date() if known else None


def compared(file_answers: FileAnswers, known: Reference, newest: bool = False) -> Problem | None:
    """Return a note with the ratings that a file changes, or an error if it must not change them.

    That is when it is older than the answers, or when their cycle is over and nobody said that the newest file counts.
    """
    if known.returned is None:
        return None
    changed = [*_changed(file_answers, known)]
    kind, id = file_answers.owner
    before = known.returned(file_answers.cycle).people.get(id) if kind == "person" else None
    saved, place = saved_on(file_answers), file_answers.name
    if changed and before and before.saved and saved and saved < before.saved:
        found = f"saved on {saved}, before the answers of {before.saved}; it would change {plural(changed, 'answer')}"
        hint = "leave it out (--on-conflict newest skips it); if it is the right one, save it again and collect it"
        about = known.about(*changed[0][:2])
        return Problem("older-answers", place, found, "no older file", hint, about=about)
    rated = [each for each in changed if each[1] in KINDS[each[0][0]].scales]
    if not rated:
        return None
    told = [f"{known.about(key, name)}: {one_line(old)} before, {one_line(new)} now" for key, name, old, new in rated]
    count, listed = plural(rated, "rating"), first_of(told, CHANGES_TOLD, "; ")
    if known.is_over(file_answers.cycle) and not newest:
        found = f"there are answers newer than those of {quote(file_answers.cycle)}; it would change {count}: {listed}"
        hint = "ask for the newer cycle's workbook; if this one is to change them, add --on-conflict newest"
        return Problem("cycle-is-over", place, found, "no change", hint, about=known.about(*rated[0][:2]))
    return Problem("changed-answers", place, f"{count} changed: {listed}", severity="note")


def _changed(file_answers: FileAnswers, known: Reference) -> Iterator[tuple[AnswerKey, str, object, object]]:
    """Yield each answer that was there before and is another one in the file: key, field, old and new value."""
    for key, said in file_answers.said.items():
        if earlier := known.said(key):
            for name, found in changed_fields(KINDS[key[0]], earlier, [(file_answers, said)]).items():
                if earlier.get(name) not in (None, "", KINDS[key[0]].model.model_fields[name].default):
                    yield key, name, earlier[name], found[file_answers.name]
