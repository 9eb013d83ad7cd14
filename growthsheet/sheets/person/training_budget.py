"""Training budget in a person's own workbook: the allocation, its lines, and the activities they are for."""

from __future__ import annotations

from growthsheet.expr import Measure
from growthsheet.measures import budget as m
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared import budget_lines as lines
from growthsheet.sheets.shared.lists import found_by_rank, found_column, numbered_rows
from growthsheet.text.language import fill_in
from growthsheet.views.allocation import plain_amount
from growthsheet.views.person import PersonView, cached_by_role
from growthsheet.workbook.blocks import Block, Cards, Heading, NamedCells, Sheet
from growthsheet.workbook.tables import NamedCell, TableData, calculated_column, keyed_table, named_formula, named_value

TRAINING_BUDGET = "Training budget"

LINES = lines.table("lines", on_assessment("activity"), on_assessment("order"), found_column(on_assessment("gap")))
BY_CATEGORY = lines.by_category("lines")

FUNDED = keyed_table(
    "funded",
    found_column(on_assessment("activity"), "Priority", "name", "The top priorities, in order.", text=True),
    calculated_column(m.money_for, "Money", "sum", amounts=LINES["counted"], ats=LINES["at"]),
    calculated_column(m.without_money, "Check", "label"),
    *found_by_rank(on_assessment("rank")),
)


def _sum(name: str, label: str, measure: Measure) -> NamedCell:
    return named_formula(m.sum_of, label, "sum", name=name, column=BY_CATEGORY[measure.name], note=measure.words)


COMMITTED, MONEY_SPENT = _sum("committed", "Committed", m.committed), _sum("spent", "Spent", m.spent)
AVAILABLE = named_formula(m.available, "Available", "left", note=m.available.words)
OTHER_SUMS = (
    named_formula(
        m.money_without_gap,
        "Spend not linked to a gap",
        "sum",
        amounts=LINES["counted"],
        budget_links=LINES["budget_link"],
        note=m.money_without_gap.words,
    ),
    _sum("planned", "Planned", m.planned_money),
    named_formula(m.carried_out, "Would carry over", "sum"),
)
MONEY_LEFT = named_formula(m.left_share, "", "percent", note="")


def training_budget(view: PersonView) -> Sheet:
    """Return the tab; without an allocation its cells are blank, not zero."""
    translate, policy = view.context.translate, view.context.policy
    names = {a.id: a.name for a in view.context.catalog.activities}
    first, last = view.context.fiscal_year
    purpose = translate("The money for your training this fiscal year, {first} to {last}, and what it is spent on.")
    allocation = named_value("allocation", "Allocation", plain_amount(view.allocation), "sum", note=_rule(view))
    carry_in = named_value("carry_in", "Carried in", plain_amount(view.carry_in), "sum")
    return Sheet(
        TRAINING_BUDGET,
        fill_in(purpose, first=view.context.day(first), last=view.context.day(last)),
        (
            NamedCells((named_formula(m.budget_state, "Check", "head", note=""),), "category", in_title=True),
            Cards((allocation, COMMITTED, MONEY_SPENT, AVAILABLE), {"available": MONEY_LEFT}),
            Cards((carry_in, *OTHER_SUMS)),
            TableData(LINES, lines.rows(LINES, view.budget_items, names, policy, translate, {})),
            Heading(translate("By priority and by category")),
            *_summed_up(view),
        ),
        main="lines",
        colour="money",
        one_page=True,
    )


@cached_by_role
def _summed_up(view: PersonView) -> tuple[Block, ...]:
    """Return the sums of the lines."""
    translate = view.context.translate
    return (
        numbered_rows(FUNDED, 5),
        TableData(BY_CATEGORY, lines.category_total_rows(view.context.policy, translate), beside=True),
    )


def _rule(view: PersonView) -> str:
    if view.fixed:
        return "A fixed amount for the fiscal year; it does not depend on pay."
    return "A share of annual pay, for the employed part of the fiscal year." if view.allocation is not None else ""
