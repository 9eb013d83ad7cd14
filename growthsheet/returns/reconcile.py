"""One answer out of what several files say about the same thing, and out of what was said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from growthsheet.model import OPEN, Answers, BudgetItem, Cycle, PlanItem, Rating
from growthsheet.model.parts import P, in_order, lean
from growthsheet.returns.cell_ledger import AnswerKey, FileAnswers
from growthsheet.returns.reference import Reference

Fields = Mapping[str, Any]


def key_of(part: Rating | PlanItem | BudgetItem) -> AnswerKey:
    """What a rating, an item or a line speaks of."""
    if isinstance(part, Rating):
        return "rating", part.cycle, part.person, part.activity, str(part.source)
    return ("item", part.person, part.id) if isinstance(part, PlanItem) else ("line", part.id)


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
    fields = dict(earlier) or {"cycle": cycle}
    clashing, decided = [], []
    for name, found in _changes(key, earlier, saying).items():
        values = set(found.values())
        if len(values) > 1 and newest is not None:
            last = max(newest[file] for file in found)
            values = {value for file, value in found.items() if newest[file] == last}
            decided.append(name)
        if len(values) > 1:
            clashing.append(name)
        else:
            fields[name] = values.pop()
    if earlier.get("status") in OPEN and fields["status"] not in OPEN:
        fields["cycle"] = cycle
    if clashing:
        clashes.open.append(Conflict(key, tuple(clashing), files))
    else:
        if decided:
            clashes.decided.append(Conflict(key, tuple(decided), files))
        if fields != earlier:
            yield key, fields


def _changes(key: AnswerKey, earlier: Fields, saying: Statements) -> dict[str, dict[str, Any]]:
    """Field -> name of a file -> what it says, where that is not what was said before."""
    found: dict[str, dict[str, Any]] = {}
    for intake, said in saying:
        if key[0] == "rating" and earlier.get("note") and "evidence" in said:
            said = {**said, **_without_note(said["evidence"], earlier["note"])}
        for name, value in said.items():
            if value != earlier.get(name):
                found.setdefault(name, {})[intake.name] = value
    return found


def _without_note(text: str, note: str) -> Fields:
    r"""Evidence and note out of the one cell in which a workbook shows both, the note last.

    >>> _without_note("Ten talks\nRe-check", "Re-check")
    {'evidence': 'Ten talks', 'note': 'Re-check'}
    >>> _without_note("Twelve talks", "Re-check")
    {'evidence': 'Twelve talks', 'note': ''}
    """
    shown = note.strip()
    if not f"\n{text}".endswith(f"\n{shown}"):
        return {"evidence": text, "note": ""}
    return {"evidence": text.removesuffix(shown).rstrip(), "note": note}


def with_ids(answers: Answers) -> Answers:
    """The same answers, plan items without an id numbered as their workbook numbers them: person by person from 1.

    >>> items = [PlanItem(person="007", activity="roadmap"), PlanItem(person="007", activity="vision")]
    >>> [item.id for item in with_ids(Answers(plan_items=tuple(items))).plan_items]
    ['1', '2']
    """
    numbers: Counter[str] = Counter()
    items = []
    for item in answers.plan_items:
        numbers[item.person] += 1
        items.append(item if item.id else item.model_copy(update={"id": str(numbers[item.person])}))
    return answers.model_copy(update={"plan_items": tuple(items)})


def merge_answers(earlier: Answers, settled: Iterable[tuple[AnswerKey, Fields]], cycles: Iterable[Cycle]) -> Answers:
    """Earlier answers with what was said since, sorted: the order in which files came does not show.

    >>> spring = Cycle(id="2026", label="Spring", date="2026-03-01")
    >>> said = [(("rating", "2026", "007", "roadmap", "self"), {"skill": 3})]
    >>> merge_answers(Answers(), said, [spring]).ratings[0].skill
    3
    """
    ratings, items, lines = [*earlier.ratings], [*earlier.plan_items], [*earlier.budget_items]
    for key, found in settled:
        kind, *rest = key
        filled = {name: value for name, value in found.items() if value is not None}
        if kind == "rating":
            cycle, person, activity, source = rest
            if filled.keys() - {"cycle"}:
                whole = filled | {"cycle": cycle, "person": person, "activity": activity, "source": source}
                ratings.append(lean(Rating(**whole)))
        elif kind == "item":
            person, id = rest
            items.append(lean(PlanItem(**filled | {"person": person, "id": id})))
        else:
            owner = {"team": ""} if filled.get("person") else {}
            lines.append(lean(BudgetItem(**{"title": "", "category": ""} | filled | owner | {"id": rest[0]})))
    return Answers(
        cycles=tuple(sorted(cycles, key=lambda cycle: (cycle.date, cycle.id))),
        ratings=tuple(_last(ratings, "cycle", "person", "activity", "source")),
        plan_items=tuple(_last(items, "person", "id")),
        budget_items=tuple(_last(lines, "id")),
    )


def _last(parts: Iterable[P], *by: str) -> Iterator[P]:
    """In order, of those that speak of the same thing the last."""
    for _, same in groupby(in_order(parts, *by), attrgetter(*by)):
        *_, last = same
        yield last
