"""Reconcile the answers of several files to the same question with each other and with the earlier answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from growthsheet.model import Answers, Cycle
from growthsheet.model.answers import KINDS, AnswerKey, AnswerKind
from growthsheet.model.parts import P, in_order
from growthsheet.returns.cell_ledger import FileAnswers
from growthsheet.returns.reference import Reference

Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """Fields of a key in which two or more files disagree: none of their values for the key is taken."""

    key: AnswerKey
    fields: tuple[str, ...]
    answers_of_files: tuple[FileAnswers, ...]
    decided: bool
    """True if the newest file decided: then its values are taken."""


Statements = list[tuple[FileAnswers, Fields]]
"""The files that answer one question, each with its fields."""


def reconcile(
    answers_of_files: Sequence[FileAnswers],
    known: Reference,
    conflicts: list[Conflict],
    newest: Mapping[str, float] | None = None,
) -> Iterator[tuple[AnswerKey, Fields]]:
    """Combine the files' answers field by field; yield each answer in which something is new, with all its fields.

    A file changes a field when its value differs from the earlier one; a blank changes nothing. Two files that change
    a field differently are in conflict; ``newest`` (name of a file -> time it was changed) decides if given. Conflicts
    go to ``conflicts``. One file is decompressed at a time: most questions are answered by one file alone.
    """
    several = _several(answers_of_files)
    by_key: dict[AnswerKey, Statements] = {}
    for file_answers in answers_of_files:
        for key, found in file_answers.said.items():
            if hash(key) in several:
                by_key.setdefault(key, []).append((file_answers, found))
            else:
                yield from _reconciled(key, [(file_answers, found)], known, conflicts, newest)
    for key, saying in by_key.items():
        yield from _reconciled(key, saying, known, conflicts, newest)


def _several(answers_of_files: Iterable[FileAnswers]) -> set[int]:
    """Return the hashes of the keys that are in more than one file: the keys themselves would take far more memory."""
    seen, several = set[int](), set[int]()
    for file_answers in answers_of_files:
        hashes = set(map(hash, file_answers.said))
        several |= seen & hashes
        seen |= hashes
    return several


def _reconciled(
    key: AnswerKey, saying: Statements, known: Reference, conflicts: list[Conflict], newest: Mapping[str, float] | None
) -> Iterator[tuple[AnswerKey, Fields]]:
    """Yield the key with its fields, unless files are in conflict or nothing is new."""
    earlier = known.said(key)
    files = tuple(file_answers for file_answers, _ in saying)
    cycle = min(file_answers.cycle for file_answers in files)
    kind = KINDS[key[0]]
    fields = dict(earlier) or ({"cycle": cycle} if "cycle" in kind.columns else {})
    conflicting, decided = [], []
    for name, found in changed_fields(kind, earlier, saying).items():
        values = set(found.values())
        if len(values) > 1 and newest is not None:
            last = max(newest[file] for file in found)
            values = {value for file, value in found.items() if newest[file] == last}
            decided.append(name)
        if len(values) > 1:
            conflicting.append(name)
        else:
            fields[name] = values.pop()
    if earlier.get("status") in kind.open and fields["status"] not in kind.open:
        fields["cycle"] = cycle
    if conflicting or decided:
        conflicts.append(Conflict(key, tuple(conflicting or decided), files, not conflicting))
    if fields != earlier and not conflicting:
        yield key, fields


def changed_fields(kind: AnswerKind, earlier: Fields, saying: Statements) -> dict[str, dict[str, Any]]:
    """Return field -> name of a file -> its value, where that differs from the earlier one."""
    found: dict[str, dict[str, Any]] = {}
    for file_answers, said in saying:
        for lower, upper in kind.shown_below.items():
            if earlier.get(lower) and upper in said:
                texts = _apart(said[upper], earlier[lower])
                said = {**said, upper: texts[0], lower: texts[1]}
        for name, value in said.items():
            if value != earlier.get(name):
                found.setdefault(name, {})[file_answers.name] = value
    return found


def _apart(text: str, lower: str) -> tuple[str, str]:
    r"""Split a cell that shows two texts, one below the other; the lower one is unchanged, or blank if it is gone.

    >>> _apart("Ten talks\nRe-check", "Re-check")
    ('Ten talks', 'Re-check')
    >>> _apart("Twelve talks", "Re-check")
    ('Twelve talks', '')
    """
    shown = lower.strip()
    if not f"\n{text}".endswith(f"\n{shown}"):
        return text, ""
    return text.removesuffix(shown).rstrip(), lower


def with_ids(answers: Answers) -> Answers:
    """Return the same answers, those without an id numbered as in their workbook: person by person from 1.

    >>> from growthsheet.model import PlanItem
    >>> items = [PlanItem(person="007", activity="roadmap"), PlanItem(person="007", activity="vision")]
    >>> [item.id for item in with_ids(Answers(plan_items=tuple(items))).plan_items]
    ['1', '2']
    """
    return answers.with_each(_numbered)


def _numbered(kind: AnswerKind, answers: Iterable[Any]) -> Iterator[Any]:
    numbers: Counter[AnswerKey] = Counter()
    for answer in answers:
        if "id" in kind.key and "id" not in kind.needed:
            whose = tuple(getattr(answer, name) for name in kind.key if name != "id")
            numbers[whose] += 1
            answer = answer if answer.id else answer.model_copy(update={"id": str(numbers[whose])})
        yield answer


def merge_answers(earlier: Answers, reconciled: Iterable[tuple[AnswerKey, Fields]], cycles: Iterable[Cycle]) -> Answers:
    """Return the earlier answers with the newer ones, sorted, so that the order of the files does not matter.

    >>> spring = Cycle(id="2026", label="Spring", date="2026-03-01")
    >>> said = [(("ratings", "2026", "007", "roadmap", "self"), {"skill": 3})]
    >>> merge_answers(Answers(), said, [spring]).ratings[0].skill
    3
    """
    found = {kind.name: list(earlier.of(kind)) for kind in KINDS.values()}
    for key, said in reconciled:
        if (answer := KINDS[key[0]].answer(key, said)) is not None:
            found[key[0]].append(answer)
    return Answers(
        cycles=tuple(sorted(cycles, key=lambda cycle: (cycle.date, cycle.id))),
        **{kind.name: tuple(_last(found[kind.name], *kind.key)) for kind in KINDS.values()},
    )


def _last(parts: Iterable[P], *by: str) -> Iterator[P]:
    """Yield the parts in order; of those with the same key only the last."""
    for _, same in groupby(in_order(parts, *by), attrgetter(*by)):
        *_, last = same
        yield last
