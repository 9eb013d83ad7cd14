"""Training budget in a person's own workbook: the allocation, its lines, and the activities they are for."""

from __future__ import annotations

from growthsheet.measures import budget as m
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared import budget_lines as lines
from growthsheet.sheets.shared.lists import found_by_rank, found_column, numbered_rows
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.workbook.blocks import Block, Heading, NamedCells, Sheet
from growthsheet.workbook.tables import (
    TableData,
    calculated_column,
    keyed_table,
    named_formula,
    named_value,
)

TRAINING_BUDGET = "Training budget"

LINES = lines.table("lines", on_assessment("activity"), on_assessment("order"), on_assessment("gap"))
BY_CATEGORY, BY_STATUS = lines.by_category("lines"), lines.by_status("lines")

FUNDED = keyed_table(
    "funded",
    found_column(on_assessment("activity"), "Priority", "name", "The top priorities, in their order.", text=True),
    calculated_column(m.money_for, "Money", "sum", amounts=LINES["counted"], ats=LINES["at"]),
    calculated_column(m.without_money, "Check", "label"),
    *found_by_rank(on_assessment("rank")),
    lines=2,
)

SUMS = (
    named_formula(
        m.sum_of, "Planned", "sum", name="planned", column=BY_CATEGORY["planned_money"], note=m.planned_money.words
    ),
    named_formula(
        m.sum_of, "Committed", "sum", name="committed", column=BY_CATEGORY["committed"], note=m.committed.words
    ),
    named_formula(m.sum_of, "Spent", "sum", name="spent", column=BY_CATEGORY["spent"], note=m.spent.words),
    named_formula(m.available, "Available", "left", note=m.available.words),
    named_formula(m.budget_state, "Check", "alarm", note=""),
    named_formula(m.carried_out, "Would carry over", "sum"),
    named_formula(
        m.money_without_gap,
        "Money without a gap",
        "sum",
        amounts=LINES["counted"],
        budget_links=LINES["budget_link"],
        note=m.money_without_gap.words,
    ),
)


def training_budget(view: PersonView) -> Sheet:
    """Return the tab; without an allocation its cells are blank, not zero."""
    translate, policy = view.context.translate, view.context.policy
    names = {a.id: a.name for a in view.context.catalog.activities}
    first, last = view.context.fiscal_year
    return Sheet(
        TRAINING_BUDGET,
        translate(
            "What there is for your training, coaching and conferences this fiscal year, and what it is spent on."
        ),
        (
            NamedCells(
                (
                    named_value("fiscal_year", "Fiscal year", f"{first.isoformat()} / {last.isoformat()}", "text"),
                    named_value("allocation", "Allocation", _money(view.allocation), "money", note=_rule(view)),
                    named_value("carry_in", "Carried in", _money(view.carry_in), "money"),
                    *SUMS,
                )
            ),
            *_summed_up(view),
            Heading(translate("Budget lines")),
            TableData(LINES, lines.rows(LINES, view.budget_items, names, policy, translate, {})),
        ),
        title=f"{translate(TRAINING_BUDGET)}: {view.called}",
        main="lines",
        colour="money",
        one_page=True,
        portrait=True,
    )


@cached_by_role
def _summed_up(view: PersonView) -> tuple[Block, ...]:
    translate = view.context.translate
    return (
        Heading(translate("By category")),
        TableData(BY_CATEGORY, lines.category_total_rows(view.context.policy, translate)),
        Heading(translate("By status")),
        TableData(BY_STATUS, lines.status_rows(translate)),
        Heading(translate("Priorities and their money")),
        numbered_rows(FUNDED, 5),
    )


def _money(amount: object) -> float | None:
    return None if amount is None else float(str(amount))


def _rule(view: PersonView) -> str:
    if view.fixed:
        return "A fixed amount for the fiscal year; it does not depend on pay."
    return "A share of annual pay, for the employed part of the fiscal year." if view.allocation is not None else ""
