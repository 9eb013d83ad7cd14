"""Overview: the team on one page."""

from __future__ import annotations

from growthsheet.measures import budget, lookups, ratings, responses, team
from growthsheet.measures import overview as summary
from growthsheet.model.code_words import FLAG_WORDS
from growthsheet.sheets.shared.lists import FLAGS, found_by_rank, found_column, numbered_rows, word_column
from growthsheet.sheets.team.people_summary import person_rows
from growthsheet.sheets.team.skill_matrix import on_matrix
from growthsheet.sheets.team.training_budget import on_totals
from growthsheet.text.labels import IN_TITLES, unique_labels
from growthsheet.text.language import fill_in
from growthsheet.views.team import TeamView
from growthsheet.workbook.blocks import Chart, Charts, Heading, NamedCells, Sheet, chart_size
from growthsheet.workbook.tables import (
    Ref,
    TableData,
    calculated_column,
    data_column,
    keyed_table,
    named_formula,
    named_value,
)

OVERVIEW = "Overview"
GAPS_SHOWN = 8
_MANY = ratings.many_not_applicable.name
ANSWERED_ENOUGH = "Answered 80 % or more, n/a included"
UNCONFIRMED = "Prefilled, not confirmed"
UNCONFIRMED_NOTE = "Their workbooks came back with ratings of the last cycle that nobody confirmed; they do not count."


TOP_GAPS = keyed_table(
    "top_gaps",
    found_column(on_matrix("activity"), "Activity", "name", "The activities with the largest gaps.", text=True),
    word_column(FLAGS, "flag", "flag", "flag_code", header="Flag", note=team.flag.words),
    found_column(on_matrix("people_short"), "People short", "count", team.people_short.words),
    found_column(on_matrix("total_gap"), "Sum of gaps", "level", team.total_gap.words),
    *found_by_rank(on_matrix("team_rank")),
    found_column(on_matrix("flag"), name="flag_code", text=True),
    lines=2,
)

BY_FLAG = keyed_table(
    "by_flag",
    word_column(FLAGS, "flag", "flag", "code", header="Flag", note=""),
    calculated_column(team.flags_counted, "Activities", "tally", flags=on_matrix("flag")),
    data_column("code", hidden=True),
)

MONEY = keyed_table(
    "money",
    data_column("currency", "Training budget in", "name"),
    found_column(on_totals("allocation"), "Allocation", "sum", budget.allocation.words),
    found_column(on_totals("committed"), "Committed", "sum", budget.committed.words),
    found_column(on_totals("spent"), "Spent", "sum", budget.spent.words),
    found_column(on_totals("available"), "Available", "left", budget.available.words),
    calculated_column(lookups.at, key="currency", keys=on_totals("currency"), hidden=True),
)


AREA_GAPS = keyed_table(
    "team_areas",
    data_column("area", "Area"),
    calculated_column(team.area_gap, area="key", areas=on_matrix("area_key"), total_gaps=on_matrix("total_gap")),
    calculated_column(summary.plotted, name="plot", value="area_gap"),
)


def area_rows(view: TeamView) -> TableData:
    """Return the gaps of each area, for the hidden tab; a chart shows them."""
    found = {activity.area for activity in view.activities.values()}
    names = unique_labels({area.id: area.name for area in view.context.catalog.areas if area.id in found}, IN_TITLES)
    return TableData(AREA_GAPS, [{"key": f"a:{id}", "area": name} for id, name in names.items()])


def _charts(view: TeamView) -> Charts:
    translate = view.context.translate
    people, areas = len(view.present), len(area_rows(view).rows)
    return Charts(
        (
            Chart(
                "bar",
                translate("Readiness of each person"),
                translate(
                    "For each person, the readiness for the role of today; nothing where less than 80 % is answered."
                ),
                "people",
                "label",
                (("plot", "Readiness"),),
                (0, 1),
                "0%",
                chart_size(people, areas),
            ),
            Chart(
                "bar",
                translate("Gaps in each area"),
                translate("For each area, the sum of the gaps of all people."),
                AREA_GAPS.name,
                "area",
                (("plot", "Sum of gaps"),),
                (0, None),
                "0",
                chart_size(areas, people),
            ),
        )
    )


def team_overview(view: TeamView, currencies: list[str]) -> Sheet:
    """Return the tab."""
    translate = view.context.translate
    waiting = ", ".join(view.labels[each.person.id] for each in view.present if each.unconfirmed)
    return Sheet(
        OVERVIEW,
        fill_in(translate("{cycle} · as of {day}"), cycle=view.context.cycle.label, day=view.context.as_of.isoformat()),
        (
            NamedCells(
                (
                    named_value("people", "People", len(view.present), "whole"),
                    named_formula(
                        responses.no_answer, "No answer yet", "tally", answered=Ref("people", "self_answered")
                    ),
                    *(
                        [named_value("prefilled", UNCONFIRMED, waiting, "told", note=UNCONFIRMED_NOTE)]
                        if waiting
                        else ()
                    ),
                    named_formula(team.people_rated, ANSWERED_ENOUGH, "tally", shares=Ref("people", "completeness")),
                    *(
                        named_formula(
                            team.many_not_applicable_count, label, "tally", name=name, marks=Ref(table, _MANY)
                        )
                        for name, label, table in (
                            ("people_not_applicable", "People with more than a quarter n/a", "people"),
                            ("activities_not_applicable", "Activities with more than a quarter n/a", "matrix"),
                        )
                    ),
                    named_formula(team.team_next_step, "What to do next", "told"),
                )
            ),
            _charts(view),
            Heading(translate("Largest gaps")),
            numbered_rows(TOP_GAPS, GAPS_SHOWN),
            Heading(translate("Coverage")),
            TableData(BY_FLAG, [{"key": f"k:{flag}", "code": flag} for flag in FLAG_WORDS]),
            Heading(translate("Training budget")),
            TableData(MONEY, [{"key": f"k:{currency}", "currency": currency} for currency in currencies]),
            Heading(translate("People")),
            person_rows(view),
        ),
        title=f"{translate('Team')}: {view.called}",
        main="people",
        colour="guide",
        one_page=True,
        portrait=True,
    )
