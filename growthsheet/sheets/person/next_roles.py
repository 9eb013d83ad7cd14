"""The roles ahead of a person, and the hidden columns for them on the assessment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from growthsheet.expr import Measure
from growthsheet.measures import career, lookups, ratings, team
from growthsheet.model import Role
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.workbook.tables import Column, calculated_column, data_column

CHOSEN = "chosen"
CHOICES_AT_MOST = 21


@cached_by_role
def roles_ahead(view: PersonView) -> list[Role]:
    """Return the current role, the target, and the next roles on both paths."""
    roles = view.context.catalog.role_by_id
    names = dict.fromkeys((view.role.id, view.person.target_role, *view.role.next))
    return [roles[name] for name in names if name in roles]


@cached_by_role
def choices(view: PersonView) -> list[Role]:
    """Return the roles that can be chosen: those ahead, the current one, then others, the most useful first.

    The roles of :func:`roles_ahead` have the lowest numbers of the list, by which formulas tell them from others.
    """
    near, mine = roles_ahead(view), view.role

    def distance(role: Role) -> tuple[bool, int, bool, int]:
        other_path = "any" not in (mine.path, role.path) and role.path != mine.path
        shared = len(role.expected.keys() & mine.expected.keys())
        return other_path, abs(role.rank - mine.rank), role.rank < mine.rank, -shared

    others = sorted((role for role in view.context.catalog.roles if role not in near), key=distance)
    return [*near[1:], near[0], *others][: max(CHOICES_AT_MOST, len(near))]


@cached_by_role
def slots(view: PersonView) -> tuple[str, ...]:
    """Return the codes of the roles ahead among those that can be chosen, and one for the chosen role."""
    codes = {role.id: f"c{n}" for n, role in enumerate(choices(view))}
    return (*(codes[role.id] for role in roles_ahead(view)), CHOSEN)


def assessment_columns(slots: tuple[str, ...], choices: int) -> tuple[Column, ...]:
    """Return the hidden columns of the assessment: each role's expected level, and the gap below it."""
    chosen, fixed, options = (CHOSEN,), slots[:-1], [f"c{n}" for n in range(choices)]

    def given(name: str, codes: Iterable[str]) -> list[Column]:
        return [data_column(name, of=code, hidden=True) for code in codes]

    def computed(name: str, measure: Measure, codes: Iterable[str], **read: Any) -> list[Column]:
        return [calculated_column(measure, name=name, of=code, hidden=True, **read) for code in codes]

    of_role: dict[str, Any] = {"expected": "role_expected", "importance": "role_importance"}
    place: dict[str, Any] = {"sort_key": "role_sort_key", "number": "order"}
    return (
        *given("role_expected", options),
        *computed("role_expected", lookups.found_across, chosen, at="chosen_at", row="role_expected"),
        *given("role_importance", options),
        *computed("role_importance", lookups.found_across, chosen, at="chosen_at", row="role_importance"),
        *given("role_weighted_expectation", fixed),
        *computed("role_weighted_expectation", ratings.weighted_expectation, chosen, **of_role),
        *computed("role_gap", ratings.gap, slots, expected="role_expected"),
        *computed("role_priority", ratings.priority, slots, importance="role_importance", gap="role_gap"),
        *computed("role_sort_key", career.gap_there_key, chosen, there="role_expected", gap="role_gap"),
        *computed("role_place", team.worst_first, chosen, **place, sort_keys="role_sort_key", numbers="order"),
    )


def assessment_cells(view: PersonView, activity: str) -> dict[str, Any]:
    """Return the cells of those columns in an activity's row."""
    catalog = view.context.catalog
    known = catalog.activity_by_id[activity]
    cells: dict[str, Any] = {}
    for n, role in enumerate(choices(view)):
        if activity in role.expected:
            cells[f"role_expected@c{n}"] = role.expected[activity]
            cells[f"role_importance@c{n}"] = catalog.importance(role, known)
            if f"c{n}" in slots(view):
                cells[f"role_weighted_expectation@c{n}"] = view.context.weighted_expectation(role, known)
    return cells
