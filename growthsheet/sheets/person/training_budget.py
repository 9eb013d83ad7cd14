"""Training budget, on a person's own file: the allocation, its lines, and what the money is tied to."""

from __future__ import annotations

from growthsheet.measures import budget as m
from growthsheet.measures import lookups
from growthsheet.sheets.person.plan import on_assessment
from growthsheet.sheets.shared import budget_lines as lines
from growthsheet.views.person import PersonView, alike
from growthsheet.workbook.blocks import Block, Facts, Heading, Prose, Sheet
from growthsheet.workbook.tables import Rows, Table, fact, given, measured, worked_out

BUDGET = "Training budget"
SURVEYED = "Surveys report about 1,050 to 1,300 US dollars a head; 3 % of 120,000 is about three times that."

LINES = lines.table("lines", on_assessment("activity"), on_assessment("order"), on_assessment("gap"))
BY_CATEGORY, BY_STATUS = lines.by_category("lines"), lines.by_status("lines")

FUNDED = Table(
    "funded",
    (
        given("key"),
        measured(
            lookups.found_text,
            "Priority",
            "name",
            name="activity",
            column=on_assessment("activity"),
            note="The top priorities, in their order.",
        ),
        measured(m.money_for, "Money", "sum", amounts=LINES["counted"], ats=LINES["at"]),
        measured(m.without_money, "Check", "label"),
        given("n", hidden=True),
        measured(lookups.at_rank, name="at", ranks=on_assessment("rank"), hidden=True),
    ),
    lines=2,
)

SUMS = (
    worked_out(
        m.sum_of, "Planned", "sum", name="planned", column=BY_CATEGORY["planned_money"], note=m.planned_money.words
    ),
    worked_out(m.sum_of, "Committed", "sum", name="committed", column=BY_CATEGORY["committed"], note=m.committed.words),
    worked_out(m.sum_of, "Spent", "sum", name="spent", column=BY_CATEGORY["spent"], note=m.spent.words),
    worked_out(m.available, "Available", "left", note=m.available.words),
    worked_out(m.budget_state, "Check", "alarm", note=""),
    worked_out(m.carried_out, "Would carry over", "sum"),
    worked_out(
        m.money_without_gap,
        "Money without a gap",
        "sum",
        amounts=LINES["counted"],
        ties=LINES["tie"],
        note=m.money_without_gap.words,
    ),
)


def budget(view: PersonView) -> Sheet:
    """The tab; without an allocation its cells are blank, not zero."""
    say, policy = view.occasion.say, view.occasion.policy
    names = {a.id: a.name for a in view.occasion.catalog.activities}
    first, last = view.occasion.fiscal_year
    return Sheet(
        BUDGET,
        say("What there is for your training, coaching and conferences this fiscal year, and what it is spent on."),
        (
            Facts(
                (
                    fact("fiscal_year", "Fiscal year", f"{first.isoformat()} / {last.isoformat()}", "text"),
                    fact("allocation", "Allocation", _money(view.allocation), "money", note=_rule(view)),
                    fact("carry_in", "Carried in", _money(view.carry_in), "money"),
                    *SUMS,
                )
            ),
            *_summed_up(view),
            Heading(say("Budget lines")),
            Rows(LINES, lines.rows(view.budget_items, names, policy, say, {})),
        ),
        title=f"{say(BUDGET)}: {view.called}",
        main="lines",
        colour="money",
        one_page=True,
        portrait=True,
    )


@alike
def _summed_up(view: PersonView) -> tuple[Block, ...]:
    say = view.occasion.say
    return (
        Prose((say(SURVEYED),)),
        Heading(say("By category")),
        Rows(BY_CATEGORY, lines.category_rows(view.occasion.policy, say)),
        Heading(say("By status")),
        Rows(BY_STATUS, lines.status_rows(say)),
        Heading(say("Priorities and their money")),
        Rows(FUNDED, [{"key": f"k:{n}", "n": n} for n in range(1, 6)]),
    )


def _money(amount: object) -> float | None:
    return None if amount is None else float(str(amount))


def _rule(view: PersonView) -> str:
    return "A share of annual pay, for the employed part of the fiscal year." if view.allocation is not None else ""
