"""The forms that people fill in, by kind of workbook: tables with input columns, single cells, lists of words."""

from __future__ import annotations

from growthsheet.model.answers import scales
from growthsheet.sheets.person import assessment, plan
from growthsheet.sheets.person import training_budget as budget
from growthsheet.sheets.shared import lists
from growthsheet.sheets.team import coverage, reviews, skill_matrix
from growthsheet.sheets.team import training_budget as team_budget
from growthsheet.workbook.forms import Form, InputTable
from growthsheet.workbook.tables import Table

CONFIRMED = "confirmed"
"""The single cell by which a person confirms what was prefilled."""

_BUDGET_LISTS = ("line_statuses", "categories")


def _lines(table: Table, tab: str) -> InputTable:
    return InputTable("budget_items", (table,), extended=True, tab=tab, labels=("title",), rows="written_lines")


def person_form() -> Form:
    """Return the form that a person fills in."""
    rated = tuple(scales().items())
    return Form(
        (
            InputTable(
                "ratings",
                tuple(assessment.table(blind, True, rated, prefill=not blind) for blind in (False, True)),
                sources=("self",),
                tab=assessment.ASSESSMENT,
                labels=("activity",),
                protected=("expected", "target", "importance", "manager", "agreed"),
                rows="written_rows",
                own="self",
            ),
            InputTable(
                "plan_items", (plan.ITEMS,), extended=True, tab=plan.PLAN, labels=("activity",), rows="written_items"
            ),
            _lines(budget.LINES, budget.TRAINING_BUDGET),
        ),
        facts={CONFIRMED: (assessment.CONFIRM, "text")},
        facts_tab=assessment.ASSESSMENT,
        lists=("item_statuses", *_BUDGET_LISTS, lists.PREFILLED.name, lists.CONFIRMATIONS.name),
    )


def team_form() -> Form:
    """Return the form that a manager fills in."""
    of_manager = {"manager": ("manager", "skill"), "agreed": ("agreed", "skill"), "note": ("manager", "note")}
    return Form(
        (
            InputTable(
                "ratings",
                tuple(reviews.table(tuple(scales().items()), blind=blind) for blind in (False, True)),
                sources=("manager", "agreed"),
                holds=of_manager,
                tab=reviews.REVIEWS,
                labels=("person", "activity"),
                protected=("expected", "skill", "own_skill"),
                rows="written_rows",
                own="manager",
            ),
            _lines(team_budget.TEAM_LINES, team_budget.TEAM_BUDGET),
        ),
        facts={"rate": ("Rate", "share"), "floor": ("At least", "amount"), "cap": ("At most", "amount")},
        facts_tab=team_budget.TEAM_BUDGET,
        lists=(*_BUDGET_LISTS, lists.WRITTEN_PEOPLE.name),
        shown=(skill_matrix.NAME, "gap_map", "interest_map", coverage.TABLE.name),
    )


FORMS = {"person": person_form(), "team": team_form()}
"""The forms by kind of workbook."""
