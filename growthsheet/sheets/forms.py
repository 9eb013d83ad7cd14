"""The forms that people fill in, by kind of workbook: tables with input columns, single cells, lists of words."""

from __future__ import annotations

from growthsheet.model.answers import scales
from growthsheet.sheets.person import assessment, plan
from growthsheet.sheets.person import training_budget as budget
from growthsheet.sheets.shared import lists
from growthsheet.sheets.team import reviews
from growthsheet.sheets.team import training_budget as team_budget
from growthsheet.workbook.forms import Form, InputTable

_BUDGET_LISTS = ("line_statuses", "categories")


def person_form() -> Form:
    """Return the form that a person fills in."""
    rated = tuple(scales().items())
    return Form(
        (
            InputTable(
                "ratings",
                tuple(assessment.table(blind, True, rated) for blind in (False, True)),
                sources=("self",),
                tab=assessment.ASSESSMENT,
                labels=("activity",),
                rows=lists.WRITTEN_ROWS.name,
            ),
            InputTable("plan_items", (plan.ITEMS,), extended=True, tab=plan.PLAN),
            InputTable("budget_items", (budget.LINES,), extended=True, tab=budget.TRAINING_BUDGET),
        ),
        lists=("item_statuses", *_BUDGET_LISTS, lists.WRITTEN_ROWS.name),
    )


def team_form() -> Form:
    """Return the form that a manager fills in."""
    of_manager = {"manager": ("manager", "skill"), "agreed": ("agreed", "skill"), "note": ("manager", "note")}
    return Form(
        (
            InputTable(
                "ratings",
                (reviews.table(tuple(scales().items())),),
                sources=("manager", "agreed"),
                holds=of_manager,
                tab=reviews.REVIEWS,
                labels=("person", "activity"),
                rows=lists.WRITTEN_ROWS.name,
            ),
            InputTable("budget_items", (team_budget.TEAM_LINES,), extended=True, tab=team_budget.TEAM_BUDGET),
        ),
        facts={"rate": ("Rate", "share"), "floor": ("At least", "amount"), "cap": ("At most", "amount")},
        facts_tab=team_budget.TEAM_BUDGET,
        lists=(*_BUDGET_LISTS, lists.WRITTEN_ROWS.name, lists.WRITTEN_PEOPLE.name),
    )


FORMS = {"person": person_form(), "team": team_form()}
"""The forms by kind of workbook."""
