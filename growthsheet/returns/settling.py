"""One answer out of what several files say about the same thing, and out of what was said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..model import OPEN, Answers, BudgetItem, Cycle, PlanItem, Rating
from .desk import Intake, Key
from .known import Known

Fields = Mapping[str, Any]


def key_of(part: Rating | PlanItem | BudgetItem) -> Key:
    """What a rating, an item or a line speaks of."""
    if isinstance(part, Rating):
        return "rating", part.cycle, part.person, part.activity, str(part.source)
    return ("item", part.person, part.id) if isinstance(part, PlanItem) else ("line", part.id)


@dataclass(frozen=True)
class Clash:
    """Fields that two or more files tell differently: nothing of what they say about the key is taken."""

    key: Key
    fields: tuple[str, ...]
    intakes: tuple[Intake, ...]


@dataclass
class Settled:
    """Each thing that something is said about, with all its fields; and what could not be settled."""

    fields: dict[Key, Fields] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    decided: list[Clash] = field(default_factory=list)
    """Those that the newest file decided."""


def settle(intakes: Sequence[Intake], known: Known, newest: Mapping[str, float] | None = None) -> Settled:
    """Bring together what the files say, each field by itself.

    A file changes a field when it says something other than what was said before; a blank changes nothing. Where two
    files change a field differently they clash; ``newest`` (name of a file -> when it was changed) decides if given.
    """
    by_key: dict[Key, list[Intake]] = {}
    for intake in intakes:
        for key in intake.said:
            by_key.setdefault(key, []).append(intake)
    settled = Settled()
    for key, saying in by_key.items():
        earlier = known.said(key)
        fields = dict(earlier) or {"cycle": min(intake.cycle for intake in saying)}
        clashing, decided = [], []
        for name, said in _changes(key, earlier, saying).items():
            values = set(said.values())
            if len(values) > 1 and newest is not None:
                last = max(newest[file] for file in said)
                values = {value for file, value in said.items() if newest[file] == last}
                decided.append(name)
            if len(values) > 1:
                clashing.append(name)
            else:
                fields[name] = values.pop()
        if earlier.get("status") in OPEN and fields["status"] not in OPEN:
            fields["cycle"] = min(intake.cycle for intake in saying)
        if clashing:
            settled.clashes.append(Clash(key, tuple(clashing), tuple(saying)))
        else:
            settled.fields[key] = fields
            if decided:
                settled.decided.append(Clash(key, tuple(decided), tuple(saying)))
    return settled


def _changes(key: Key, earlier: Fields, saying: Iterable[Intake]) -> dict[str, dict[str, Any]]:
    """Field -> name of a file -> what it says, where that is not what was said before."""
    found: dict[str, dict[str, Any]] = {}
    for intake in saying:
        said = intake.said[key]
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


def together(earlier: Answers, fields: Mapping[Key, Fields], cycles: Iterable[Cycle]) -> Answers:
    """Earlier answers with what was said since, sorted: the order in which files came does not show.

    >>> spring = Cycle(id="2026", label="Spring", date="2026-03-01")
    >>> said = {("rating", "2026", "007", "roadmap", "self"): {"skill": 3}}
    >>> together(Answers(), said, [spring]).ratings[0].skill
    3
    """
    ratings = {(r.cycle, r.person, r.activity, str(r.source)): r for r in earlier.ratings}
    items = {(item.person, item.id): item for item in earlier.plan_items}
    lines = {line.id: line for line in earlier.budget_items}
    for key, said in fields.items():
        kind, *rest = key
        filled = {name: value for name, value in said.items() if value is not None}
        if kind == "rating":
            cycle, person, activity, source = rest
            if filled.keys() - {"cycle"}:
                whole = filled | {"cycle": cycle, "person": person, "activity": activity, "source": source}
                ratings[cycle, person, activity, source] = Rating(**whole)
        elif kind == "item":
            person, id = rest
            items[person, id] = PlanItem(**filled | {"person": person, "id": id})
        else:
            owner = {"team": ""} if filled.get("person") else {}
            lines[rest[0]] = BudgetItem(**{"title": "", "category": ""} | filled | owner | {"id": rest[0]})
    return Answers(
        cycles=tuple(sorted(cycles, key=lambda cycle: (cycle.date, cycle.id))),
        ratings=tuple(rating for _, rating in sorted(ratings.items())),
        plan_items=tuple(item for _, item in sorted(items.items())),
        budget_items=tuple(line for _, line in sorted(lines.items())),
    )
