"""The reference that returned workbooks are checked against: the catalog, the roster and the earlier answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from growthsheet.errors import InputError, Problem
from growthsheet.model import Answers, BudgetPolicy, Catalog, Cycle, PlanItem
from growthsheet.model.answers import KINDS, AnswerKey
from growthsheet.model.code_words import STATUSES
from growthsheet.model.parts import Part
from growthsheet.returns.cell_values import codes_of
from growthsheet.text.language import Translate
from growthsheet.text.quoting import one_line, quote
from growthsheet.views.returned import ReturnedBy
from growthsheet.xlsx.reader.returned import Returned

NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True)
class Reference:
    """The data that a returned file is checked against; none of it comes from a returned file."""

    catalog: Catalog
    cycle: str = ""
    """The review cycle; any cycle where it is blank."""
    policy: BudgetPolicy = field(default_factory=BudgetPolicy)
    earlier: Answers = field(default_factory=Answers)
    people: Mapping[str, str] | None = None
    """Id -> name of everybody on the roster; None where there is no roster."""
    labels: Callable[[str], Mapping[str, str]] = lambda manager: {}
    """Id -> label of the people on a manager's team."""
    translate: Translate = str
    returned: Callable[[str], ReturnedBy] | None = None
    """The workbooks that came back before, by cycle; None where files are not compared with what came before."""

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """Return for each list the code of each label that people choose."""
        lists = STATUSES | {"categories": dict(self.policy.categories)}
        labels = {name: {code: self.translate(text) for code, text in words.items()} for name, words in lists.items()}
        labels["activities"] = {activity.id: activity.name for activity in self.catalog.activities}
        return {name: codes_of(words) for name, words in labels.items()}

    @cached_property
    def _earlier(self) -> Mapping[AnswerKey, Part]:
        return self.earlier.by_key()

    def ids(self, kind: str, person: str = "") -> AbstractSet[str]:
        """Return the ids of one person's earlier answers of a kind; of everybody's if no person is named."""
        return self._ids.get((kind, person), frozenset())

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], set[str]]:
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for kind, answer in self.earlier.each():
            if "id" in kind.key:
                found[kind.name, answer.person].add(answer.id)
                found[kind.name, ""].add(answer.id)
        return found

    def said(self, key: AnswerKey) -> dict[str, Any]:
        """Return the earlier answer with this key, field by field; an empty dictionary where there is none."""
        part = self._earlier.get(key)
        return dict(part) if part is not None else {}

    def is_over(self, cycle: str) -> bool:
        """Return whether there are earlier ratings of a newer review cycle."""
        days = {each.id: each.date for each in self.earlier.cycles}
        return cycle in days and any(days[rated] > days[cycle] for rated in self._rated_cycles)

    @cached_property
    def _rated_cycles(self) -> AbstractSet[str]:
        return {rating.cycle for rating in self.earlier.ratings}

    def about(self, key: AnswerKey, field: str, names: Mapping[str, str] = NO_NAMES) -> str:
        """Return the subject of an answer for messages: the person, the activity or row, and the field.

        ``names`` are those of people, by id, where there is no roster.
        """
        kind, said = KINDS[key[0]], self.said(key)
        told = kind.fields_of(key)
        person = told.get("person") or said.get("person") or said.get("team") or ""
        name = (self.people or names).get(person, person)
        activity = self.catalog.activity_by_id.get(told.get("activity", ""))
        what = activity.name if activity else kind.describe(key)
        source, field = told.get("source", "self"), told.get("column", field)
        parts = (one_line(name), one_line(what), field if source == "self" else f"{source}'s {field}")
        return ", ".join(filter(None, parts))

    def knows(self, person: str) -> bool:
        """Return whether a person is on the roster; without a roster, everybody is."""
        return self.people is None or person in self.people

    def fault(self, book: Returned, name: str) -> Problem | None:
        """Return the reason why a workbook cannot be merged (its owner, its cycle, its catalog); None if it can."""
        identity, catalog = book.identity, self.catalog
        if book.kind not in ("person", "team"):
            return Problem(
                "other-kind", name, f"a {quote(book.kind)} workbook", "a person's or a team's", "leave it out"
            )
        if disagreeing := [problem for problem in book.problems if problem.code == "identity-disagrees"]:
            return disagreeing[0]
        try:
            cycle, label = (made := cycle_of(identity)).id, made.label
            person = PlanItem(person=identity.get("id", ""), activity="x").person
        except (InputError, ValueError):
            hint = "ask for the workbook again, or build a new one"
            return Problem("bad-identity", name, "an invalid id, cycle or date", "what was written into it", hint)
        if self.cycle and cycle != self.cycle:
            hint = f"this is a workbook of {one_line(label)}; ask for that of {quote(self.cycle)}"
            hint += f" (a late one is collected with --cycle {quote(cycle)})"
            return Problem("other-cycle", name, f"the cycle {quote(cycle)}", f"the cycle {quote(self.cycle)}", hint)
        made_by = (identity.get("catalog", ""), identity.get("catalog_version", ""))
        if made_by != (catalog.id, catalog.version):
            found = f"the catalog {quote(' '.join(made_by))}"
            expected = f"the catalog {quote(f'{catalog.id} {catalog.version}')}"
            hint = "collect it with the catalog that it was made with, then migrate the answers"
            return Problem("other-catalog", name, found, expected, hint)
        if moved := next(self._moved_points(book.guide), None):
            expected = f"the scales of {quote(f'{catalog.id} {catalog.version}')} as they were"
            hint = "give the changed catalog a new version; collect with the old one, then migrate the answers"
            return Problem("other-catalog", name, moved, expected, hint)
        if not self.knows(person):
            return Problem(
                "unknown-person", name, quote(person), "somebody on the roster", "add the person to the roster"
            )
        return None

    def _moved_points(self, guide: AbstractSet[str]) -> Iterator[str]:
        """Yield what is told of a label that stands at another point in a workbook: its ratings mean something else."""
        values: defaultdict[str, set[str]] = defaultdict(set)
        for text in guide:
            value, _, label = text.partition(" ")
            values[label.casefold()].add(value)
        for point in (point for scale in self.catalog.scales for point in scale.points):
            there = {value for value in values.get(point.label.casefold(), ()) if value.removeprefix("-").isdecimal()}
            if there and str(point.value) not in there:
                yield f"{quote(point.label)} is {min(there)} in the workbook, and {point.value} in the catalog"


def cycle_of(identity: Mapping[str, str]) -> Cycle:
    """Return the review cycle in a workbook's identity; its label is the id where the workbook holds none.

    Raises
    ------
    ValueError
        If there is no id or no date.
    """
    id = identity.get("cycle", "")
    day = date.fromisoformat(identity.get("cycle_date", ""))
    return Cycle(id=id, label=identity.get("cycle_label") or id, date=day)
