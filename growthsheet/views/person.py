"""What a person's own workbook is made from; it has no field for pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any

from growthsheet.model import Activity, BudgetItem, Person, PlanItem, Role
from growthsheet.text.labels import short
from growthsheet.views.context import NO_RATINGS, BuildContext, PastCycle, Ratings, T


@dataclass(frozen=True)
class PersonView:
    """What a person's own workbook is made from. There is no field for pay."""

    context: BuildContext
    person: Person
    role: Role
    ratings: Ratings = NO_RATINGS
    history: tuple[PastCycle, ...] = ()
    """The review cycles before this one, oldest first; none where earlier values are not to be shown."""
    shared: bool = False
    """Whether the manager's ratings are shown to the person."""
    answers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """The person's plan items, budget lines and so on, by the name of their kind."""
    allocation: Decimal | None = field(default=None, repr=False)
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
    def called(self) -> str:
        """The person's name, short enough for a title."""
        return short(self.person.name)

    @cached_property
    def activities(self) -> dict[str, Activity]:
        """The rows of the assessment: what the role expects, then what the target and next roles add."""
        return _activities(self)


def cached_by_role(make: Callable[[PersonView], T]) -> Callable[[PersonView], T]:
    """Make what is the same for everybody of a role and a target role once for all of them.

    It is made from a view of nobody in that role, so nothing of one person's can get into another one's workbook.
    """

    @wraps(make)
    def known(view: PersonView) -> T:
        made, key = view.context.cache, (make, view.role.id, view.person.target_role)
        if key not in made:
            nobody = Person(id="-", name="-", role=view.role.id, target_role=view.person.target_role)
            made[key] = make(PersonView(view.context, nobody, view.role))
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
