"""The roles that lie ahead of a person, and what the assessment holds of them in hidden columns."""

from __future__ import annotations

from typing import Any

from growthsheet.measures import lookups, ratings
from growthsheet.model import Role
from growthsheet.views.person import PersonView, alike
from growthsheet.workbook.tables import Column, given, hidden, measured

CHOSEN = "chosen"
CHOICES_AT_MOST = 21


@alike
def ahead(view: PersonView) -> list[Role]:
    """The current role, the target, and the next ones on both paths."""
    roles = view.occasion.catalog.role_by_id
    names = dict.fromkeys((view.role.id, view.person.target_role, *view.role.next))
    return [roles[name] for name in names if name in roles]


@alike
def choices(view: PersonView) -> list[Role]:
    """The roles that can be chosen: those ahead first, then the catalog's others."""
    near = ahead(view)
    others = [role for role in view.occasion.catalog.roles if role not in near]
    return [*near[1:], near[0], *others][:CHOICES_AT_MOST]


@alike
def slots(view: PersonView) -> tuple[str, ...]:
    """A short code for each role that is looked at, and one for the role of choice."""
    return (*(f"r{n}" for n, _ in enumerate(ahead(view))), CHOSEN)


def assessment_columns(slots: tuple[str, ...], choices: int) -> tuple[Column, ...]:
    """Hidden columns of the assessment: what each role expects, and how far the rating is below it."""
    fixed = slots[:-1]
    options = [f"c{n}" for n in range(choices)]

    def of_chosen(name: str, row: str) -> Column:
        return measured(lookups.found_across, name=name, of=CHOSEN, hidden=True, at="chosen_at", row=row)

    return (
        *(hidden(given("choice_expected", "", "level", of=code)) for code in options),
        *(hidden(given("choice_importance", "", "level", of=code)) for code in options),
        *(hidden(given("role_expected", "", "level", of=slot)) for slot in fixed),
        of_chosen("role_expected", "choice_expected"),
        *(hidden(given("role_importance", "", "level", of=slot)) for slot in fixed),
        of_chosen("role_importance", "choice_importance"),
        *(hidden(given("role_worth", "", "level", of=slot)) for slot in fixed),
        measured(
            ratings.worth,
            name="role_worth",
            of=CHOSEN,
            hidden=True,
            expected="role_expected",
            importance="role_importance",
        ),
        *(measured(ratings.gap, name="role_gap", of=slot, hidden=True, expected="role_expected") for slot in slots),
        *(
            measured(
                ratings.priority,
                name="role_priority",
                of=slot,
                hidden=True,
                importance="role_importance",
                gap="role_gap",
            )
            for slot in slots
        ),
    )


def assessment_cells(view: PersonView, activity: str) -> dict[str, Any]:
    """What those columns hold in an activity's row."""
    catalog = view.occasion.catalog
    known = catalog.activity_by_id[activity]
    cells: dict[str, Any] = {}
    for slot, role in zip(slots(view), ahead(view), strict=False):
        if activity in role.expected:
            cells[f"role_expected@{slot}"] = role.expected[activity]
            cells[f"role_importance@{slot}"] = catalog.importance(role, known)
            cells[f"role_worth@{slot}"] = view.occasion.worth(role, known)
    for n, role in enumerate(choices(view)):
        if activity in role.expected:
            cells[f"choice_expected@c{n}"] = role.expected[activity]
            cells[f"choice_importance@c{n}"] = catalog.importance(role, known)
    return cells
