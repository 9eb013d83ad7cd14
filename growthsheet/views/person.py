"""The data for a person's own workbook, which has no field for pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any

from growthsheet.model import Activity, BudgetItem, Person, PlanItem, Rating, Role
from growthsheet.text.labels import short
from growthsheet.views.context import NO_RATINGS, BuildContext, PastCycle, Ratings, T


@dataclass(frozen=True)
class PersonView:
    """The data for a person's own workbook. There is no field for pay."""

    context: BuildContext
    person: Person
    role: Role
    ratings: Ratings = NO_RATINGS
    history: tuple[PastCycle, ...] = ()
    """The review cycles before this one, oldest first; none if earlier values are not to be shown."""
    shared: bool = False
    """True if the manager's ratings are shown to the person."""
    emptied: frozenset[str] = frozenset()
    """The prefilled cells that the person emptied, by scale and activity; they are not filled again."""
    answers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """The person's plan items, budget lines and other answers, by the name of their kind."""
    allocation: Decimal | None = field(default=None, repr=False)
    fixed: bool = False
    """True if the allocation is a fixed amount, and no share of pay."""
    carry_in: Decimal | None = None
    currency: str = ""

    @property
    def plan_items(self) -> tuple[PlanItem, ...]:
        """The items of the person's plan."""
        return self.answers.get("plan_items", ())

    @property
    def budget_items(self) -> tuple[BudgetItem, ...]:
        """The lines of the person's training budget."""
        return self.answers.get("budget_items", ())

    @property
    def suggested(self) -> Mapping[str, Rating]:
        """The person's own ratings of the last cycle by activity, where they are prefilled; else none."""
        return self.history[-1].ratings.own if self.context.prefill and self.history else {}

    @property
    def called(self) -> str:
        """The person's name, short enough for a title."""
        return short(self.person.name)

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """The activities of the assessment: those that the role expects, then those of the target and next roles."""
        return _activities(self)


def cached_by_role(make: Callable[[PersonView], T]) -> Callable[[PersonView], T]:
    """Cache the result of a function, so that it is made once for all people with the same role and target role.

    The function receives a view of a fictitious person, so no data of one person can get into another's workbook.
    """

    @wraps(make)
    def known(view: PersonView) -> T:
        made, key = view.context.cache, (make, view.role.id, view.person.target_role, view.shared)
        if key not in made:
            nobody = Person(id="-", name="-", role=view.role.id, target_role=view.person.target_role)
            made[key] = make(PersonView(view.context, nobody, view.role, shared=view.shared))
        thing: T = made[key]
        return thing

    return known


@cached_by_role
def _activities(view: PersonView) -> dict[str, Activity]:
    rows = view.context.expected(view.role)
    if view.context.core:
        return rows
    roles = view.context.catalog.role_by_id
    ahead = [roles[name] for name in dict.fromkeys((view.person.target_role, *view.role.next)) if name in roles]
    added = {activity for role in ahead for activity in role.expected}
    return rows | {a.id: a for a in view.context.catalog.current if a.id in added and a.id not in rows}
