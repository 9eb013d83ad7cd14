"""The forms that people fill in, by kind of workbook: tables with input columns, single cells, lists of words."""

from __future__ import annotations

from growthsheet.model.answers import scales
from growthsheet.sheets.person import assessment, plan
from growthsheet.sheets.person import training_budget as budget
from growthsheet.sheets.shared import lists
from growthsheet.sheets.team import skill_matrix as matrix
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
                label="activity",
                rows=lists.WRITTEN_ROWS.name,
            ),
            InputTable("plan_items", (plan.ITEMS,), extended=True, tab=plan.PLAN),
            InputTable("budget_items", (budget.LINES,), extended=True, tab=budget.TRAINING_BUDGET),
        ),
        lists=("item_statuses", *_BUDGET_LISTS, lists.WRITTEN_ROWS.name),
    )


def team_form() -> Form:
    """Return the form that a manager fills in."""
    return Form(
        (
            InputTable(
                "ratings",
                (matrix.table((), ("", "", "", ""), ()),),
                sources=("manager", "agreed"),
                across="skill",
                tab=matrix.SKILL_MATRIX,
                label="activity",
                rows=lists.WRITTEN_ROWS.name,
                people=lists.WRITTEN_PEOPLE.name,
            ),
            InputTable("budget_items", (team_budget.TEAM_LINES,), extended=True, tab=team_budget.TEAM_BUDGET),
        ),
        facts={"rate": ("Rate", "share"), "floor": ("At least", "amount"), "cap": ("At most", "amount")},
        facts_tab=team_budget.TEAM_BUDGET,
        lists=(*_BUDGET_LISTS, lists.WRITTEN_ROWS.name, lists.WRITTEN_PEOPLE.name),
    )


FORMS = {"person": person_form(), "team": team_form()}
"""The forms by kind of workbook."""
