"""What returned workbooks are read against: the catalog, the roster, earlier answers; never a returned file itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import ValidationError

from growthsheet.errors import Problem
from growthsheet.model import Answers, BudgetItem, BudgetPolicy, Catalog, Cycle, PlanItem, Rating
from growthsheet.model.code_words import ITEM_STATUS_WORDS, LINE_STATUS_WORDS
from growthsheet.model.parts import Part
from growthsheet.returns.cell_values import codes_of
from growthsheet.text.language import Translate
from growthsheet.text.quoting import quote
from growthsheet.xlsx.reader.returned_protocols import Returned


@dataclass(frozen=True)
class Reference:
    """What a returned file is read against: never the file itself."""

    catalog: Catalog
    cycle: str = ""
    """The review cycle; any, where it is blank."""
    policy: BudgetPolicy = field(default_factory=BudgetPolicy)
    earlier: Answers = field(default_factory=Answers)
    people: Mapping[str, str] | None = None
    """Id -> name of everybody on the roster; None where there is no roster."""
    labels: Callable[[str], Mapping[str, str]] = lambda manager: {}
    """Id -> label of the people on a manager's team."""
    translate: Translate = str

    @cached_property
    def activities(self) -> dict[str, str]:
        """The code of each activity's label."""
        return codes_of({activity.id: activity.name for activity in self.catalog.activities})

    @cached_property
    def categories(self) -> dict[str, str]:
        """The code of each budget category's label."""
        return codes_of({code: self.translate(words) for code, words in self.policy.categories})

    @cached_property
    def item_statuses(self) -> dict[str, str]:
        """The code of each status of a plan item."""
        return codes_of({code: self.translate(words) for code, words in ITEM_STATUS_WORDS.items()})

    @cached_property
    def line_statuses(self) -> dict[str, str]:
        """The code of each status of a budget line."""
        return codes_of({code: self.translate(words) for code, words in LINE_STATUS_WORDS.items()})

    @cached_property
    def lines(self) -> dict[str, BudgetItem]:
        """Earlier budget lines by id."""
        return {item.id: item for item in self.earlier.budget_items}

    @cached_property
    def items(self) -> dict[tuple[str, str], PlanItem]:
        """Earlier plan items by person and id."""
        return {(item.person, item.id): item for item in self.earlier.plan_items}

    @cached_property
    def lines_of(self) -> Mapping[str, set[str]]:
        """The ids of each person's earlier budget lines."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for item in self.earlier.budget_items:
            found[item.person].add(item.id)
        return found

    @cached_property
    def items_of(self) -> Mapping[str, set[str]]:
        """The ids of each person's earlier plan items."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for item in self.earlier.plan_items:
            found[item.person].add(item.id)
        return found

    @cached_property
    def ratings(self) -> dict[tuple[str, str, str, str], Rating]:
        """Earlier ratings by cycle, person, activity and source."""
        return {(r.cycle, r.person, r.activity, r.source): r for r in self.earlier.ratings}

    def said(self, key: tuple[str, ...]) -> dict[str, Any]:
        """What was said earlier about the same thing, field by field; nothing where it is new."""
        kind, *rest = key
        place: Any = rest[0] if kind == "line" else tuple(rest)
        stores: dict[str, Mapping[Any, Part]] = {"rating": self.ratings, "item": self.items, "line": self.lines}
        part = stores[kind].get(place)
        return dict(part) if part is not None else {}

    def knows(self, person: str) -> bool:
        """Whether somebody is on the roster; without a roster, everybody is."""
        return self.people is None or person in self.people

    def fault(self, book: Returned, name: str) -> Problem | None:
        """Why a workbook cannot be merged: whose it is, of which cycle, made by which catalog."""
        identity, catalog = book.identity, self.catalog
        if book.kind not in ("person", "team"):
            return Problem(
                "other-kind", name, f"a {quote(book.kind)} workbook", "a person's or a team's", "leave it out"
            )
        if disagreeing := [problem for problem in book.problems if problem.code == "identity-disagrees"]:
            return disagreeing[0]
        try:
            day = date.fromisoformat(identity.get("cycle_date", ""))
            cycle = Cycle(id=identity.get("cycle", ""), label="-", date=day).id
            person = PlanItem(person=identity.get("id", ""), activity="x").person
        except (ValidationError, ValueError):
            hint = "ask for the workbook again, or build a new one"
            return Problem("bad-identity", name, "an id, cycle or date that is none", "what was written into it", hint)
        if self.cycle and cycle != self.cycle:
            hint = "collect each cycle by itself, named with --cycle"
            return Problem("other-cycle", name, f"the cycle {quote(cycle)}", f"the cycle {quote(self.cycle)}", hint)
        made_by = (identity.get("catalog", ""), identity.get("catalog_version", ""))
        if made_by != (catalog.id, catalog.version):
            found, expected = (
                f"the catalog {quote(' '.join(made_by))}",
                f"the catalog {quote(f'{catalog.id} {catalog.version}')}",
            )
            hint = "collect it with the catalog that it was made by, then migrate the answers"
            return Problem("other-catalog", name, found, expected, hint)
        if not self.knows(person):
            return Problem(
                "unknown-person", name, quote(person), "somebody on the roster", "add the person to the roster"
            )
        return None
