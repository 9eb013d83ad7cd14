"""One answer out of what several files say about the same thing, and out of what was said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
    """Fields that two or more files tell differently: nothing of what they say about the key is taken."""

    key: AnswerKey
    fields: tuple[str, ...]
    intakes: tuple[FileAnswers, ...]


@dataclass
class Conflicts:
    """What several files tell differently."""

    open: list[Conflict] = field(default_factory=list)
    decided: list[Conflict] = field(default_factory=list)
    """Those that the newest file decided."""


Statements = list[tuple[FileAnswers, Fields]]
"""The files that speak of one thing, and what each of them says about it."""


def reconcile(
    intakes: Sequence[FileAnswers], known: Reference, clashes: Conflicts, newest: Mapping[str, float] | None = None
) -> Iterator[tuple[AnswerKey, Fields]]:
    """Bring together what the files say, each field by itself: each thing of which they say something new, whole.

    A file changes a field when it says something other than what was said before; a blank changes nothing. Where two
    files change a field differently they clash; ``newest`` (name of a file -> when it was changed) decides if given.
    What is not settled goes to ``clashes``. One file is unpacked at a time: most things are spoken of by one alone.
    """
    several = _several(intakes)
    by_key: dict[AnswerKey, Statements] = {}
    for intake in intakes:
        for key, found in intake.said.items():
            if hash(key) in several:
                by_key.setdefault(key, []).append((intake, found))
            else:
                yield from _settled(key, [(intake, found)], known, clashes, newest)
    for key, saying in by_key.items():
        yield from _settled(key, saying, known, clashes, newest)


def _several(intakes: Iterable[FileAnswers]) -> set[int]:
    """The hashes of what more than one file speaks of: the keys themselves would take far more memory."""
    seen, several = set[int](), set[int]()
    for intake in intakes:
        hashes = set(map(hash, intake.said))
        several |= seen & hashes
        seen |= hashes
    return several


def _settled(
    key: AnswerKey, saying: Statements, known: Reference, clashes: Conflicts, newest: Mapping[str, float] | None
) -> Iterator[tuple[AnswerKey, Fields]]:
    """The key with its fields, unless files clash or say nothing new."""
    earlier = known.said(key)
    cycle, files = min(intake.cycle for intake, _ in saying), tuple(intake for intake, _ in saying)
    kind = KINDS[key[0]]
    fields = dict(earlier) or ({"cycle": cycle} if "cycle" in kind.columns else {})
    clashing, decided = [], []
    for name, found in _changes(kind, earlier, saying).items():
        values = set(found.values())
        if len(values) > 1 and newest is not None:
            last = max(newest[file] for file in found)
            values = {value for file, value in found.items() if newest[file] == last}
            decided.append(name)
        if len(values) > 1:
            clashing.append(name)
        else:
            fields[name] = values.pop()
    if earlier.get("status") in kind.open and fields["status"] not in kind.open:
        fields["cycle"] = cycle
    if clashing:
        clashes.open.append(Conflict(key, tuple(clashing), files))
    else:
        if decided:
            clashes.decided.append(Conflict(key, tuple(decided), files))
        if fields != earlier:
            yield key, fields


def _changes(kind: AnswerKind, earlier: Fields, saying: Statements) -> dict[str, dict[str, Any]]:
    """Field -> name of a file -> what it says, where that is not what was said before."""
    found: dict[str, dict[str, Any]] = {}
    for intake, said in saying:
        for lower, upper in kind.shown_below.items():
            if earlier.get(lower) and upper in said:
                texts = _apart(said[upper], earlier[lower])
                said = {**said, upper: texts[0], lower: texts[1]}
        for name, value in said.items():
            if value != earlier.get(name):
                found.setdefault(name, {})[intake.name] = value
    return found


def _apart(text: str, lower: str) -> tuple[str, str]:
    r"""The two texts that a workbook shows in one cell, one below the other; the lower one is what it was, or gone.

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
    """The same answers, those without an id numbered as their workbook numbers them: person by person from 1.

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


def merge_answers(earlier: Answers, settled: Iterable[tuple[AnswerKey, Fields]], cycles: Iterable[Cycle]) -> Answers:
    """Earlier answers with what was said since, sorted: the order in which files came does not show.

    >>> spring = Cycle(id="2026", label="Spring", date="2026-03-01")
    >>> said = [(("ratings", "2026", "007", "roadmap", "self"), {"skill": 3})]
    >>> merge_answers(Answers(), said, [spring]).ratings[0].skill
    3
    """
    found = {kind.name: list(earlier.of(kind)) for kind in KINDS.values()}
    for key, said in settled:
        if (answer := KINDS[key[0]].answer(key, said)) is not None:
            found[key[0]].append(answer)
    return Answers(
        cycles=tuple(sorted(cycles, key=lambda cycle: (cycle.date, cycle.id))),
        **{kind.name: tuple(_last(found[kind.name], *kind.key)) for kind in KINDS.values()},
    )


def _last(parts: Iterable[P], *by: str) -> Iterator[P]:
    """In order, of those that speak of the same thing the last."""
    for _, same in groupby(in_order(parts, *by), attrgetter(*by)):
        *_, last = same
        yield last
